"""What a number format tells: whether the day was typed, how many noughts were shown, that a number is a date."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wuling_desktop.exchange.reading.number_formats import Shown, as_shown, built_in, shown_as

DAY = Shown("day")
MONTH = Shown("month")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("General", None),
        ("@", None),
        ("0", None),
        ("#,##0.00", None),
        ("yyyy-mm-dd", DAY),
        ("yyyy\\-mm\\-dd", DAY),
        ('yyyy"年"m"月"d"日";@', DAY),
        ("[$-F800]dddd, mmmm dd, yyyy", DAY),
        ("yyyy/m/d h:mm", DAY),
        ("yyyy.mm", MONTH),
        ("yyyy\\.m", MONTH),
        ('[$-804]yyyy"年"m"月"', MONTH),
        ("mmm-yy", MONTH),
        ("yyyy", Shown("year")),
        ("0.00", Shown("decimals", 2)),
        ("0.00_ ", Shown("decimals", 2)),
        ("0.00_);[Red]\\(0.00\\)", Shown("decimals", 2)),
        ("0.0", None),
        ("000", Shown("padded", 3)),
        ('"第"000"号"', Shown("padded", 3)),
        ("", None),
    ],
)
def test_a_code_tells_how_its_numbers_appear(code: str, told: Shown | None) -> None:
    assert shown_as(code) == told


@given(st.text(max_size=30))
def test_any_code_at_all_is_looked_at(code: str) -> None:
    told = shown_as(code)
    assert told is None or (
        told.places >= 2 if told.kind in ("decimals", "padded") else told.kind in ("day", "month", "year")
    )


def test_built_in_formats_are_those_of_chinese_programs() -> None:
    assert (shown_as(built_in(14)), shown_as(built_in(57)), built_in(0)) == (DAY, MONTH, "")


@pytest.mark.parametrize(
    ("value", "shown", "meant"),
    [
        (29495, DAY, dt.date(1980, 10, 1)),
        (29495.75, DAY, dt.date(1980, 10, 1)),
        (29495, MONTH, "1980-10"),
        (29499, MONTH, dt.date(1980, 10, 5)),
        (dt.datetime(1980, 10, 1), MONTH, "1980-10"),  # noqa: DTZ001 - a sheet's time has no zone
        (0, DAY, 0),
        (-5, DAY, -5),
        (99_999_999, DAY, 99_999_999),
        ("甲", DAY, "甲"),
        (None, MONTH, None),
        (True, Shown("padded", 3), True),
        (1980.1, Shown("decimals", 2), "1980.10"),
        (1980, Shown("decimals", 2), 1980),
        (3.5, Shown("decimals", 2), 3.5),
        (7, Shown("padded", 3), "007"),
        (1234, Shown("padded", 3), 1234),
        (7.5, Shown("padded", 3), 7.5),
        ("甲", Shown("padded", 3), "甲"),
    ],
)
def test_a_value_is_taken_with_what_its_format_tells(value: Any, shown: Shown, meant: Any) -> None:
    assert as_shown(value, shown, from_1904=False) == meant


@pytest.mark.parametrize(
    ("serial", "meant"),
    [
        (1, dt.date(1904, 1, 2)),
        (2_957_003, dt.date(9999, 12, 31)),
        (2_957_004, 2_957_004),
        (2_958_465, 2_958_465),
    ],
)
def test_the_calendar_of_1904_begins_and_ends_later(serial: int, meant: Any) -> None:
    assert as_shown(serial, DAY, from_1904=True) == meant


@given(
    value=st.floats() | st.integers() | st.integers(1, 2_958_465) | st.text() | st.none() | st.booleans(),
    shown=st.sampled_from([DAY, MONTH, Shown("year"), Shown("padded", 3), Shown("decimals", 2)]),
    from_1904=st.booleans(),
)
@example(value=10**400, shown=Shown("padded", 3), from_1904=False)
@example(value=2_958_465, shown=DAY, from_1904=True)
def test_a_value_too_strange_for_its_format_stays_as_it_is(
    value: Any, shown: Shown, *, from_1904: bool
) -> None:
    told = as_shown(value, shown, from_1904=from_1904)
    if told is value:
        return
    assert type(value) in (int, float), "only a number is anything else than it is"
    if isinstance(told, dt.date):
        days = (told - as_shown(1, DAY, from_1904=from_1904)).days + 1
        assert days == int(value)
    elif shown in (MONTH, Shown("year")):
        day = as_shown(value, DAY, from_1904=from_1904)
        assert day.isoformat().startswith(told)
    else:
        assert float(told) == pytest.approx(value, abs=0.005)
