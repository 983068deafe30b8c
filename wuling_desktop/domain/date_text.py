"""Every way people write a date, read with its precision, never guessed in silence."""

from __future__ import annotations

import datetime as dt
import re

from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.readings import EMPTY, Reading, State, asked, refused
from wuling_desktop.domain.texts import folded, from_cell, says_nothing

_EXCEL_EPOCH = dt.date(1899, 12, 30)  # day 0 of the 1900 system, past its false leap day
_FIRST_SERIAL, _LAST_SERIAL = 3654, 73050  # 1910 to 2099
_AGE = re.compile(r"\(\s*\d{1,3}\s*(?:周?岁)?\s*\)|\d{1,3}\s*周?岁")
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*$")
_PARTS = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2}))?\s*[日号月]?\s*\.?", re.ASCII)
_YEAR = re.compile(r"(\d{4})\s*年?", re.ASCII)
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)
_POINTS = re.compile("[。、·—–‐−]")  # what an input method puts where a point or a hyphen was meant
_LONGEST = 40


def read(raw: object, today: dt.date) -> Reading:
    """Return the date meant by typed text or a cell.

    A number such as 1980.1 may be January or October: it is asked (the identity number may settle it).
    """
    if isinstance(raw, dt.datetime):
        raw = raw.date()
    if isinstance(raw, dt.date):
        return _checked(raw.year, raw.month, raw.day, str(raw))
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _number(raw)
    text = folded(from_cell(raw))
    if says_nothing(text) or text == "无":
        return EMPTY
    if text in ("今天", "今日"):
        return Reading(PartialDate.of(today))
    if len(text) > _LONGEST:
        return refused(f"“{text[:20]}…”不像一个日期")
    return _text(text)


def _text(text: str) -> Reading:
    bare = _POINTS.sub(".", _TIME.sub("", _AGE.sub("", text)).strip())
    if found := _PARTS.fullmatch(bare):
        year, month, day = found.groups()
        if month == "1" and day is None and re.fullmatch(r"\d{4}\.1", bare):
            first, tenth = PartialDate(int(year), 1), PartialDate(int(year), 10)
            return Reading(first, State.LIKELY, f"“{bare}”也可能是 {tenth}，请核对", (first, tenth))
        return _checked(int(year), int(month), int(day) if day else None, text)
    if re.fullmatch(r"\d+", bare, re.ASCII):
        return _number(int(bare))
    if found := _YEAR.fullmatch(bare):
        return _checked(int(found[1]), None, None, text)
    return refused(f"“{text[:20]}”读不成日期；可写 1979-03-05、1979.03、1979年3月")


def _number(number: float) -> Reading:
    """A bare number: 19800301, 198003, 1980, 1980.3, or a serial of a spreadsheet's calendar."""
    if isinstance(number, float) and not number.is_integer():
        return _decimal(number)
    digits = str(int(number))
    if (found := _RUN.fullmatch(digits)) and 1900 <= int(found[1]) <= 2099:
        return _checked(int(found[1]), int(found[2]), int(found[3]) if found[3] else None, digits)
    if re.fullmatch(r"(?:19|20)\d\d", digits):
        return Reading(PartialDate(int(digits)))
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        day = _EXCEL_EPOCH + dt.timedelta(days=int(number))
        return Reading(PartialDate.of(day), State.LIKELY, f"由表格的日期序号 {digits} 换算")
    return refused(f"“{digits[:20]}”读不成日期")


def _decimal(number: float) -> Reading:
    text = repr(number)
    found = re.fullmatch(r"((?:19|20)\d\d)\.(\d{1,2})", text)
    if found is None:
        if _FIRST_SERIAL <= number <= _LAST_SERIAL:  # a serial with a time of day
            return _number(int(number))
        return refused(f"“{text[:20]}”读不成日期")
    year, month = int(found[1]), found[2]
    if month == "1":
        first, tenth = PartialDate(year, 1), PartialDate(year, 10)
        return asked(f"{text} 是数字，可能是 {first} 或 {tenth}", first, tenth)
    return _checked(year, int(month), None, text)


def _checked(year: int, month: int | None, day: int | None, written: str) -> Reading:
    try:
        date = PartialDate(year, month, day)
    except ValueError:
        return refused(f"“{written[:20]}”不是存在的日期")
    if not 1900 <= year <= 2099:
        return refused(f"“{written[:20]}”的年份不对")
    return Reading(date)


def in_pattern(date: PartialDate, pattern: str) -> str:
    """Return the date written by a form's own pattern of yyyy, MM, M, dd, d, as far as it is known.

    `yyyy.MM.dd` of a month is written `1979.03`: parts not known are left out with their separators.
    """
    known = pattern
    if date.day is None:
        known = re.sub(r"[-./]?d{1,2}日?", "", known)
    if date.month is None:
        known = re.sub(r"[-./]?M{1,2}月?", "", known)
    known = known.replace("yyyy", f"{date.year:04d}")
    if date.month is not None:
        known = known.replace("MM", f"{date.month:02d}").replace("M", str(date.month))
    if date.day is not None:
        known = known.replace("dd", f"{date.day:02d}").replace("d", str(date.day))
    return known
