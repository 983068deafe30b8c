"""Every writing of a date met in the wild, with its precision."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain import date_text
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.readings import State

TODAY = dt.date(2026, 11, 23)


def read(raw: object) -> tuple[str, State]:
    reading = date_text.read(raw, TODAY)
    return str(reading.value), reading.state


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-09-04", "2026-09-04"),
        ("2026.9.4", "2026-09-04"),
        ("2026/09/04", "2026-09-04"),
        ("20260904", "2026-09-04"),
        (20260904, "2026-09-04"),
        (20260904.0, "2026-09-04"),
        ("2026年9月4日", "2026-09-04"),
        ("2026 年 9 月 4 日", "2026-09-04"),
        ("2026年9月4号", "2026-09-04"),
        ("２０２６．９．４", "2026-09-04"),
        ("2026。9。4", "2026-09-04"),
        ("2026—9—4", "2026-09-04"),
        ("2026-09-04 00:00:00", "2026-09-04"),
        ("2019/2/3  14:30", "2019-02-03"),
        ("2026-09-04T08:30:00", "2026-09-04"),
        (dt.date(2026, 9, 4), "2026-09-04"),
        (dt.datetime(2026, 9, 4, 8, 30), "2026-09-04"),  # noqa: DTZ001 - a sheet's date has no zone
        ("202609", "2026-09"),
        (202609, "2026-09"),
        ("2026.9", "2026-09"),
        ("2026.09", "2026-09"),
        ("2026年9月", "2026-09"),
        ("1979.03.", "1979-03"),
        ("1979-3", "1979-03"),
        ("1980/1", "1980-01"),
        ("1980.10", "1980-10"),
        (1980.3, "1980-03"),
        (1980.12, "1980-12"),
        ("1985.06\n（41岁）", "1985-06"),
        ("1985.06(41)", "1985-06"),
        ("1985.06 41周岁", "1985-06"),
        ("1985", "1985"),
        ("1985年", "1985"),
        (1985, "1985"),
    ],
)
def test_a_date_is_read_with_its_precision(written: object, meant: str) -> None:
    assert read(written) == (meant, State.SURE)


@pytest.mark.parametrize(
    "sample",
    [dt.date(1980, 3, 1), "19800301", "1980.3.1", 19800301, dt.datetime(1980, 3, 1)],  # noqa: DTZ001 - as above
)
def test_five_writings_of_one_column_mean_one_day(sample: object) -> None:
    assert read(sample) == ("1980-03-01", State.SURE)


def test_a_decimal_that_may_be_january_or_october_is_asked() -> None:
    reading = date_text.read(1980.1, TODAY)
    assert (reading.value, reading.state) == (None, State.ASK)
    assert reading.choices == (PartialDate(1980, 1), PartialDate(1980, 10))


def test_the_same_as_text_is_likely_and_names_the_other() -> None:
    reading = date_text.read("1980.1", TODAY)
    assert (reading.value, reading.state) == (PartialDate(1980, 1), State.LIKELY)
    assert "1980-10" in reading.note
    assert len(reading.choices) == 2


@pytest.mark.parametrize("serial", [36923, "36923", 36923.0, 36923.5])
def test_a_bare_serial_is_converted_and_said(serial: object) -> None:
    assert read(serial) == ("2001-02-01", State.LIKELY)


@pytest.mark.parametrize(
    "wrong",
    [
        "2026-02-29",
        "2026-13-01",
        "2026.00",
        "1979.03.00",
        "20260230",
        "202613",
        "1899-12-31",
        dt.date(1899, 12, 30),
        "2026-9-4-1",
        "2015.09-2018.06",
        "上学期",
        "完成",
        "79.3",
        12,
        1980.123,
        123456789,
        True,
        "1" * 41,
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(wrong: object) -> None:
    reading = date_text.read(wrong, TODAY)
    assert (reading.value, reading.state) == (None, State.REFUSED)
    assert reading.note


@pytest.mark.parametrize("nothing", [None, "", "无", "—", "/", "NULL", "\u3000"])
def test_nothing_is_nothing(nothing: object) -> None:
    assert read(nothing) == ("None", State.SURE)


def test_today_is_the_day_given() -> None:
    assert read("今天") == ("2026-11-23", State.SURE)


@pytest.mark.parametrize(
    ("date", "pattern", "written"),
    [
        ("1979-03-05", "yyyy.MM.dd", "1979.03.05"),
        ("1979-03-05", "yyyy.MM", "1979.03"),
        ("1979-03", "yyyy.MM.dd", "1979.03"),
        ("1979-03", "yyyy年M月d日", "1979年3月"),
        ("1979-03-05", "yyyy年M月d日", "1979年3月5日"),
        ("1979", "yyyy-MM-dd", "1979"),
        ("1979", "yyyy年M月", "1979年"),
        ("1979-03-05", "yyyyMMdd", "19790305"),
    ],
)
def test_a_form_writes_in_its_own_pattern_what_is_known(date: str, pattern: str, written: str) -> None:
    assert date_text.in_pattern(PartialDate.parse(date), pattern) == written


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["-", ".", "/"]))
def test_every_day_is_read_back_from_its_writings(day: dt.date, mark: str) -> None:
    date = PartialDate.of(day)
    for written in (
        f"{day.year}{mark}{day.month}{mark}{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        str(date),
        day,
    ):
        assert date_text.read(written, TODAY).value == date


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_whatever_stands_in_a_cell_gets_an_answer(raw: object) -> None:
    reading = date_text.read(raw, TODAY)
    assert reading.value is None or isinstance(reading.value, PartialDate)
