"""The recovery key survives a hand: what is mixed up is read as meant, what is wrong is named by its group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain.problems import Problem
from wuling_desktop.storage import recovery_key

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEYS = st.text(LETTERS, min_size=28, max_size=28)


@given(KEYS)
def test_what_is_printed_reads_back(key: str) -> None:
    printed = recovery_key.written(key)
    assert [len(group) for group in printed.split("-")] == [5] * 7
    assert recovery_key.read(printed) == key


def test_new_keys_are_long_and_different() -> None:
    made = {recovery_key.new() for _ in range(50)}
    assert len(made) == 50
    assert all(len(key) * 5 >= 128 for key in made)


@pytest.mark.parametrize(
    "typed",
    [
        "{}",
        "  {}\n",
        "{lower}",
        "{blanks}",
        "{joined}",
        "{wide}",
        "{mixed}",
    ],
)
def test_a_hand_may_mix_up_what_looks_alike(typed: str) -> None:
    key = "0123456789ABCDEFGHJKMNPQRSVW"
    printed = recovery_key.written(key)
    ways = {
        "lower": printed.lower(),
        "blanks": printed.replace("-", " "),
        "joined": printed.replace("-", ""),
        "wide": "".join(chr(ord(sign) + 0xFEE0) for sign in printed),
        "mixed": printed.replace("0", "o").replace("1", "l").replace("V", "u"),
    }
    assert recovery_key.read(typed.format(printed, **ways)) == key


@given(KEYS, st.integers(0, 34), st.sampled_from(LETTERS))
def test_any_one_wrong_character_is_found_and_its_group_named(key: str, place: int, letter: str) -> None:
    joined = recovery_key.written(key).replace("-", "")
    typed = joined[:place] + letter + joined[place + 1 :]
    if typed == joined:
        return
    with pytest.raises(Problem, match=f"第 {place // 5 + 1} 组"):
        recovery_key.read(typed)


def test_groups_in_each_others_place_are_found() -> None:
    groups = recovery_key.written(recovery_key.new()[:4] * 7).split("-")
    groups[0], groups[1] = groups[1], groups[0]
    with pytest.raises(Problem, match=r"第 1、2 组"):
        recovery_key.read("-".join(groups))


@pytest.mark.parametrize(
    ("typed", "why"), [("", "现在是 0 个"), ("ABCDE-FGH", "现在是 8 个"), ("恢复码 12345", "不会用到的字")]
)
def test_what_is_no_key_is_said(typed: str, why: str) -> None:
    with pytest.raises(Problem, match=why):
        recovery_key.read(typed)
