"""A serial number of a spreadsheet's calendar written as the date format has it: yyyy年m月d日, yyyy.mm, h:mm."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's calendar has no zone
_LAST = 2_958_465  # 9999-12-31
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKDAYS = "一二三四五六日"
_ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FIGURES = "〇一二三四五六七八九"

Tokens = tuple[tuple[str, str], ...]


def date_text(number: Decimal, tokens: Tokens, *, chinese: bool = False) -> str | None:
    """Return the date, or None for a number outside the calendar."""
    if not 0 <= number <= _LAST:
        return None
    moment = _EPOCH + dt.timedelta(seconds=round(number * 86400))
    halved = any(kind == "half" for kind, _ in tokens)
    said = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "date":
            said.append(
                _part(text.lower(), moment, minutes=_is_minutes(tokens, at), halved=halved, chinese=chinese)
            )
        elif kind == "half":
            early, _, late = text.partition("/")
            said.append(early if moment.hour < 12 else late)
        elif kind == "other" and text == "@":
            continue
        else:
            said.append(text)
    return "".join(said)


def _is_minutes(tokens: Tokens, at: int) -> bool:
    """Whether an m stands beside hours or seconds."""
    parts = [place for place, (kind, _) in enumerate(tokens) if kind == "date"]
    place = parts.index(at)
    before = tokens[parts[place - 1]][1].lower() if place else ""
    behind = tokens[parts[place + 1]][1].lower() if place + 1 < len(parts) else ""
    return before.startswith("h") or behind.startswith("s")


def _part(code: str, moment: dt.datetime, *, minutes: bool, halved: bool, chinese: bool) -> str:
    letter, count = code[0], len(code)
    if letter in "ye":
        year = f"{moment.year % 100:02d}" if code in ("y", "yy") else f"{moment.year:04d}"
        return "".join(_FIGURES[int(figure)] for figure in year) if chinese else year
    if letter == "a":
        return ("星期" if count > 3 else "") + _WEEKDAYS[moment.weekday()]
    if letter == "m" and not minutes and count > 2:
        name = _MONTHS[moment.month - 1]
        return name[0] if count == 5 else name[:3] if count == 3 else name
    if letter == "d" and count > 2:
        name = _ENGLISH_WEEKDAYS[moment.weekday()]
        return name if count > 3 else name[:3]
    hour = (moment.hour + 11) % 12 + 1 if halved else moment.hour
    value = {"m": moment.minute if minutes else moment.month, "d": moment.day, "h": hour, "s": moment.second}[
        letter
    ]
    if chinese:
        return _in_characters(value)
    return f"{value:02d}" if count > 1 else str(value)


def _in_characters(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _FIGURES[ones]
    return ("" if tens == 1 else _FIGURES[tens]) + "十" + (_FIGURES[ones] if ones else "")
