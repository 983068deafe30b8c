"""Cleaning of text: names that look alike become equal, nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain import texts

# What people and input methods type: Han, Latin and full-width marks, blanks, unseen marks, interpuncts.
TYPED = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
    | st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    | st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E)
    | st.sampled_from("\u3000\u00a0\u200b\ufeff\u202e·•・\r\n\t"),
    max_size=45,
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("韦 清 和", "韦清和"),
        ("韦\u3000清和 ", "韦清和"),
        ("\ufeff韦\u200b清和", "韦清和"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("John  Smith", "John Smith"),
        ("ＪＯＨＮ", "JOHN"),
    ],
)
def test_a_name_is_as_on_the_card(written: str, name: str) -> None:
    assert texts.person_name(written) == name


@pytest.mark.parametrize("label", ["入  党\n时  间", "入党时间", " 入党\u3000时间\r\n", "入党\u200b时间"])
def test_labels_are_compared_without_white_space(label: str) -> None:
    assert texts.closed(label) == "入党时间"


@pytest.mark.parametrize(
    ("raw", "text"),
    [(None, ""), (True, "是"), (12.0, "12"), (1.5, "1.5"), (13800138000.0, "13800138000"), ("无", "无")],
)
def test_a_cell_is_read_as_its_reader_sees_it(raw: object, text: str) -> None:
    assert texts.from_cell(raw) == text


@pytest.mark.parametrize("text", ["", "—", "－", "/", "NULL", "n/a", " \u3000 "])
def test_ways_of_writing_nothing(text: str) -> None:
    assert texts.says_nothing(text)


def test_that_there_is_none_is_not_nothing() -> None:
    assert not texts.says_nothing("无")


@given(TYPED)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert texts.visible(texts.visible(text)) == texts.visible(text)
    assert texts.closed(texts.closed(text)) == texts.closed(text)
    assert texts.person_name(texts.person_name(text)) == texts.person_name(text)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("名册.xlsx", "名册.xlsx"),
        ("㐂📎.xlsx", "㐂📎.xlsx"),
        ("名册.xlsx".encode("gbk").decode("utf-8", "surrogateescape"), "名册.xlsx"),
        ("\udcff\udcff.xlsx", "\ufffd\ufffd.xlsx"),
        ("名\ud800册.xlsx", "名?册.xlsx"),
    ],
)
def test_a_files_name_is_text_whatever_bytes_it_is_of(name: str, read: str) -> None:
    assert texts.readable_name(name) == read
    assert texts.readable_name(read) == read
