"""公民身份号码 (GB 11643): check digit, birth date and sex; what spreadsheets do to it (COD-01)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from wuling_desktop.domain.readings import EMPTY, Reading, State, refused
from wuling_desktop.domain.texts import closed, from_cell, says_nothing

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_SHAPE = re.compile(r"[1-9]\d{5}(?:18|19|20)\d{6}\d{3}[\dX]", re.ASCII)
_OLD_SHAPE = re.compile(r"[1-9]\d{14}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE | re.ASCII)
_SPOILT = "身份证号被表格软件当数字存坏了，后几位已无法还原；请把这一列设成文本后重填"


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What a well-formed number says of its holder."""

    number: str
    birth: dt.date
    sex: str  # GB/T 2261.1: "1" 男, "2" 女


def check_digit(first17: str) -> str:
    """Return the 18th character for the first 17 digits."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def normal(text: str) -> str:
    """Return the number folded to half width, without blanks or quotes, x as X."""
    return re.sub(r"[\s'’‘`\"=\-]", "", closed(text)).upper()


def fault(number: str, today: dt.date) -> str | None:
    """Return in Chinese what is wrong with a normal number (COD-01), or None."""
    if not _SHAPE.fullmatch(number):
        return "身份证号应是 18 位（末位可为 X）"
    try:
        birth = _birth(number)
    except ValueError:
        return f"身份证号里的出生日期 {number[6:10]}-{number[10:12]}-{number[12:14]} 不存在"
    if birth > today:
        return "身份证号里的出生日期在今天之后"
    if check_digit(number[:17]) != number[17]:
        return "身份证号最后一位对不上，多半是抄错一位"
    return None


def parse(number: str, today: dt.date) -> IdentityCard | None:
    """Return what the number says, or None where COD-01 finds a fault."""
    if fault(number, today):
        return None
    return IdentityCard(number, _birth(number), "1" if int(number[16]) % 2 else "2")


def from_15(number: str) -> str:
    """Return the 18 characters of an old 15-digit number (all born in 19xx)."""
    first17 = number[:6] + "19" + number[6:]
    return first17 + check_digit(first17)


def read(raw: object, today: dt.date) -> Reading:  # noqa: PLR0911 - one answer for each kind of damage
    """Return what a cell says of an identity number; a number spoilt by a number format is never taken.

    A number with a fault is kept as 待核 (LIKELY): the paper may be right, and the record must be found.
    """
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        # A double holds 15 digits for sure: an 18-digit number kept as one has lost its tail already.
        if abs(raw) >= 1e15:
            return refused(_SPOILT)
        raw = from_cell(raw)
    text = "" if raw is None else str(raw)
    if says_nothing(text) or closed(text) == "无":
        return EMPTY
    if _SCIENTIFIC.fullmatch(closed(text)):
        return refused(_SPOILT)
    number = normal(text)
    if _OLD_SHAPE.fullmatch(number):
        full = from_15(number)
        wrong = fault(full, today)
        note = f"15 位旧号，按 18 位记为 {full[:2]}…{full[-1]}" + (f"；{wrong}" if wrong else "")
        return Reading(full, State.LIKELY, note)
    wrong = fault(number, today)
    if wrong is None:
        return Reading(number)
    if len(number) == 18 and number.endswith("000"):
        return refused(f"身份证号末三位是 000，{_SPOILT.removeprefix('身份证号')}")
    if not re.fullmatch(r"[0-9A-Z()]{5,20}", number):
        return refused(f"“{text.strip()[:20]}”不像身份证号")
    return Reading(number, State.LIKELY, f"{wrong}，先照录，标“待核”")


def _birth(number: str) -> dt.date:
    return dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
