"""Masking: the tail on screen, less in a masked file, nothing in a notice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain.fields import Private
from wuling_desktop.domain.masking import in_file, on_screen

NUMBER = "450199198002290012"


@pytest.mark.parametrize(
    ("private", "text", "shown"),
    [
        (Private.IDENTITY, NUMBER, "**************0012"),
        (Private.IDENTITY, "11010519491231002X", "**************002X"),
        (Private.PHONE, "13800136021", "138****6021"),
        (Private.PHONE, "0771-5550000", "077*****0000"),
        (Private.ADDRESS, "广西南宁市某某路 1 号", "广西南宁市某****"),
        (Private.ADDRESS, "本所宿舍", "本所宿舍"),
        (None, "韦清和", "韦清和"),
    ],
)
def test_on_screen(private: Private | None, text: str, shown: str) -> None:
    assert on_screen(private, text) == shown


@pytest.mark.parametrize(
    ("private", "text", "shown"),
    [
        (Private.IDENTITY, NUMBER, "45***************2"),
        (Private.PHONE, "13800136021", "138********"),
        (Private.ADDRESS, "本所宿舍", "****"),
        (Private.ADDRESS, "", ""),
        (None, "韦清和", "韦清和"),
    ],
)
def test_in_a_masked_file(private: Private | None, text: str, shown: str) -> None:
    assert in_file(private, text) == shown


@given(st.sampled_from([Private.IDENTITY, Private.PHONE]), st.text("0123456789X-", max_size=20))
def test_numbers_keep_their_length_and_hide_something(private: Private, text: str) -> None:
    for shown in (on_screen(private, text), in_file(private, text)):
        assert len(shown) == len(text)
        assert not text or shown.count("*") >= min(3, len(text))
