"""Calendar arithmetic: what deadlines and least times come to, and what holds for every day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain.findings import undecided
from wuling_desktop.domain.months import (
    age,
    clip,
    deadline_met,
    for_every_day,
    minimum_met,
    roll,
)
from wuling_desktop.domain.partial_date import PartialDate

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2090, 12, 31))
MONTHS = st.integers(0, 240)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("since", "months", "expected"),
    [("2026-01-31", 1, "2026-02-28"), ("2027-12-31", 2, "2028-02-29"), ("2026-11-30", 3, "2027-02-28")],
)
def test_clip(since: str, months: int, expected: str) -> None:
    assert clip(day(since), months) == day(expected)


@pytest.mark.parametrize(
    ("since", "months", "expected"),
    [
        ("2024-02-29", 12, "2025-03-01"),
        ("2025-08-31", 6, "2026-03-01"),
        ("2026-03-31", 6, "2026-10-01"),
        ("2024-03-15", 36, "2027-03-15"),
        ("2024-02-29", 36, "2027-03-01"),
    ],
)
def test_roll(since: str, months: int, expected: str) -> None:
    assert roll(day(since), months) == day(expected)


@pytest.mark.parametrize(("on", "years"), [("2026-02-28", 17), ("2026-03-01", 18)])
def test_age_of_one_born_on_the_29th_of_february(on: str, years: int) -> None:
    assert age(day("2008-02-29"), day(on)) == years


@pytest.mark.parametrize(("event", "met"), [("2026-02-28", True), ("2026-03-01", False)])
def test_a_deadline_does_not_count_its_own_day(event: str, met: bool) -> None:  # noqa: FBT001 - the expected answer
    assert deadline_met(day(event), day("2026-01-31"), 1) is met


@pytest.mark.parametrize(("event", "met"), [("2025-02-28", False), ("2025-03-01", True)])
def test_a_minimum_is_never_shortened(event: str, met: bool) -> None:  # noqa: FBT001 - the expected answer
    assert minimum_met(day(event), day("2024-02-29"), 12) is met


@given(DAYS, MONTHS)
def test_clip_never_passes_roll_and_both_keep_the_day_where_they_can(since: dt.date, months: int) -> None:
    limit, least = clip(since, months), roll(since, months)
    assert limit <= least <= limit + dt.timedelta(1)
    assert (limit == least) == (limit.day == since.day)


@given(DAYS, DAYS, MONTHS)
def test_later_days_have_later_limits(one: dt.date, other: dt.date, months: int) -> None:
    earlier, later = sorted((one, other))
    assert clip(earlier, months) <= clip(later, months)
    assert roll(earlier, months) <= roll(later, months)


@given(DAYS, st.integers(1, 80))
def test_an_age_is_reached_on_the_day_on_which_the_years_are_over(born: dt.date, years: int) -> None:
    birthday = roll(born, years * 12)
    assert age(born, birthday) == years
    assert age(born, birthday - dt.timedelta(1)) == years - 1


@pytest.mark.parametrize(("born", "answer"), [("2008-11", None), ("2008-12", False), ("2008-10", True)])
def test_a_check_on_a_month_holds_for_all_its_days_for_none_or_is_undecided(
    born: str,
    answer: bool | None,  # noqa: FBT001 - the expected answer
) -> None:
    """18 years on the day of application, 2026-11-23."""
    date = PartialDate.parse(born)
    assert for_every_day(lambda birth: age(birth, day("2026-11-23")) >= 18, date) is answer


@given(
    st.integers(2007, 2009),
    st.integers(1, 12) | st.none(),
    st.dates(dt.date(2024, 1, 1), dt.date(2029, 12, 31)),
)
def test_the_ends_of_a_span_speak_for_all_its_days(year: int, month: int | None, on: dt.date) -> None:
    span = PartialDate(year, month)

    def holds(born: dt.date) -> bool:
        return age(born, on) >= 18

    count = (span.last - span.first).days + 1
    answers = {holds(span.first + dt.timedelta(each)) for each in range(count)}
    assert for_every_day(holds, span) is (answers.pop() if len(answers) == 1 else None)


@pytest.mark.parametrize(("dates", "said"), [(("2008-11",), "月"), (("2008", "2008-11"), "年")])
def test_an_undecided_check_asks_for_the_day(dates: tuple[str, ...], said: str) -> None:
    assert undecided(*map(PartialDate.parse, dates)) == f"日期只到{said}，判不了，请补日"
