"""政治生日 and 光荣在党50年."""

from __future__ import annotations

import datetime as dt

import pytest

from wuling_desktop.domain import anniversaries
from wuling_desktop.domain.partial_date import PartialDate


@pytest.mark.parametrize(
    ("joined", "month", "years"),
    [
        ("2001-06-24", 6, 25),
        ("2001-06", 6, 25),
        ("2001-06-24", 7, None),
        ("2001", 6, None),
        ("2026-06-24", 6, None),
    ],
)
def test_the_anniversary_falls_into_its_month(joined: str, month: int, years: int | None) -> None:
    assert anniversaries.political_birthday(PartialDate.parse(joined), month, 2026) == years


@pytest.mark.parametrize(
    ("joined", "text"),
    [
        ("2001-06-24", "6 月 24 日（25 周年）"),
        ("2024-02-29", "2 月 28 日（2 周年）"),
        ("2001-06", "6 月（25 周年）"),
        ("2001", None),
        ("2026-06-24", None),
    ],
)
def test_the_anniversary_is_told_as_far_as_it_is_known(joined: str, text: str | None) -> None:
    assert anniversaries.political_birthday_text(PartialDate.parse(joined), dt.date(2026, 11, 24)) == text


@pytest.mark.parametrize(
    ("full_from", "year", "due"),
    [
        ("1977-07-01", 2027, True),
        ("1977-07-02", 2027, False),
        ("1977-07-01", 2026, False),
        ("1977-07", 2027, True),
    ],
)
def test_fifty_years_are_counted_on_the_first_of_july(full_from: str, year: int, due: bool) -> None:  # noqa: FBT001 - a case
    assert anniversaries.has_fifty_years(PartialDate.parse(full_from), year) is due
