"""Two sets of data under one name: one human being, two, or not to be told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.same_person import Likeness, born, likeness, number_key

TODAY = dt.date(2026, 11, 24)
SOUND, OTHER, FAULTY = "450199199108050248", "450199198002290011", "450199199108050249"
AUGUST, MAY = PartialDate(1991, 8), PartialDate(1991, 5)


def values(number: str | None, birth: PartialDate | None, phone: str | None) -> dict[str, Any]:
    return {"person.id_number": number, "person.birth_date": birth, "person.phone": phone}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((SOUND, None, None), (SOUND, MAY, None), Likeness.YES),  # a wrong birth date, but one number
        ((SOUND, AUGUST, None), (OTHER, AUGUST, None), Likeness.NO),
        ((FAULTY, None, None), (FAULTY, None, None), Likeness.YES),
        ((SOUND, None, None), (FAULTY, AUGUST, None), Likeness.YES),  # one digit wrong, the same birth
        ((SOUND, None, None), (FAULTY, None, None), Likeness.MAYBE),
        ((SOUND, None, None), (None, AUGUST, None), Likeness.YES),  # the birth stands in the number
        ((SOUND, None, None), (None, MAY, None), Likeness.NO),
        ((None, AUGUST, None), (None, PartialDate(1991, 8, 5), None), Likeness.YES),
        ((None, AUGUST, None), (None, PartialDate(1991), None), Likeness.MAYBE),
        ((None, None, "19900001001"), (None, AUGUST, "19900001001"), Likeness.YES),
        ((None, None, "19900001001"), (None, None, "19900001002"), Likeness.MAYBE),
        ((None, None, None), (None, None, None), Likeness.MAYBE),
        ((None, None, None), (SOUND, AUGUST, None), Likeness.MAYBE),
    ],
)
def test_one_or_two(one: tuple[Any, ...], other: tuple[Any, ...], expected: Likeness) -> None:
    assert likeness(values(*one), values(*other), TODAY) is expected
    assert likeness(values(*other), values(*one), TODAY) is expected


def test_an_old_number_is_the_new_one() -> None:
    assert number_key("450102850615002") == number_key("450102198506150021") == "450102198506150021"
    assert number_key(None) == ""


def test_birth_is_told_before_it_is_read_from_the_number() -> None:
    assert born(values(SOUND, MAY, None), TODAY) == MAY
    assert born(values(SOUND, None, None), TODAY) == PartialDate(1991, 8, 5)
    assert born(values(FAULTY, None, None), TODAY) is None
