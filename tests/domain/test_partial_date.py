"""Dates that keep how precisely they were known."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain.partial_date import PartialDate

DATES = st.builds(
    lambda day, parts: PartialDate(day.year, *(day.month, day.day)[:parts]),
    st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)),
    st.integers(0, 2),
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1979", "1979-01-01", "1979-12-31"),
        ("1979-03", "1979-03-01", "1979-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1979-03-05", "1979-03-05", "1979-03-05"),
    ],
)
def test_a_span_from_its_first_to_its_last_day(text: str, first: str, last: str) -> None:
    date = PartialDate.parse(text)
    assert (date.first.isoformat(), date.last.isoformat()) == (first, last)
    assert date.exact == (first == last)


@pytest.mark.parametrize("parts", [(1979, 0), (1979, 3, 0), (1979, 13), (2026, 2, 29), (1979, None, 5)])
def test_what_is_on_no_calendar_is_no_date(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate(*parts)


@pytest.mark.parametrize("text", ["1979-3", "1979-00", "79-03", "1979-03-05T00:00", ""])
def test_only_iso_text_is_parsed(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(text)


@given(DATES)
def test_text_and_back(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date
    assert PartialDate.of(date.first).agrees(date)


@given(DATES, DATES)
def test_order_is_the_order_of_the_text(one: PartialDate, other: PartialDate) -> None:
    assert (one < other) == (str(one) < str(other))
    assert (one <= other) == (str(one) <= str(other))


@given(DATES, DATES)
def test_two_dates_agree_where_they_may_mean_one_day(one: PartialDate, other: PartialDate) -> None:
    assert one.agrees(other) == (one.first <= other.last and other.first <= one.last)
