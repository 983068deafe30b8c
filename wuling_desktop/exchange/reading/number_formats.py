"""What a number format tells of a value that the bare number does not: its precision, its noughts, that it is a date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wuling_desktop.exchange.reading.sheets import CellValue

_DAY, _MONTH, _YEAR, _DECIMALS, _PADDED = "day", "month", "year", "decimals", "padded"
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
# Built-in numbers whose code is not in the file; 27-36 and 50-58 as Chinese programs mean them.
_BUILT_IN = {2: "0.00", 14: "yyyy/m/d", 15: "d-mmm-yy", 17: "mmm-yy", 22: "yyyy/m/d h:mm"}
_BUILT_IN |= dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月") | dict.fromkeys((30, 31), "yyyy年m月d日")


@dataclass(frozen=True, slots=True)
class Shown:
    """How numbers of one format appear: `kind`, and for decimals and padded noughts how many places."""

    kind: str
    places: int = 0


@cache
def shown_as(code: str) -> Shown | None:
    """Return what a format code tells; None where the bare value says it all."""
    first = code.split(";", maxsplit=1)[0]
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", first).strip().lower()
    if "y" in bare:
        if "d" in bare or "h" in bare:
            return Shown(_DAY)
        return Shown(_MONTH if "m" in bare else _YEAR)
    if found := re.fullmatch(r"0\.(0{2})", bare):
        return Shown(_DECIMALS, len(found[1]))
    if re.fullmatch(r"0{2,}", bare):
        return Shown(_PADDED, len(bare))
    return None


def built_in(number: int) -> str:
    """Return the code of a built-in format, empty where it tells nothing."""
    return _BUILT_IN.get(number, "")


def as_shown(value: CellValue, shown: Shown, *, from_1904: bool) -> CellValue:
    """Return the value with what its format tells.

    A date shown without its day was typed as a month: the 1st is the program's invention. 1980.1 shown as 1980.10 is
    October.
    """
    if shown.kind in (_DAY, _MONTH, _YEAR):
        return _as_date(value, shown.kind, from_1904=from_1904)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    if (
        shown.kind == _DECIMALS
        and isinstance(value, float)
        and 1900 < value < 2100
        and not value.is_integer()
    ):
        return f"{value:.{shown.places}f}"
    if shown.kind == _PADDED and 0 <= value < 10**shown.places and float(value).is_integer():
        return f"{int(value):0{shown.places}d}"
    return value


def _as_date(value: CellValue, kind: str, *, from_1904: bool) -> CellValue:
    epoch = _EPOCH_1904 if from_1904 else _EPOCH
    last = (dt.date.max - epoch).days
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 1 <= value <= last:
        value = epoch + dt.timedelta(days=int(value))
    if not isinstance(value, dt.date):
        return value
    if kind == _MONTH and value.day == 1:
        return f"{value.year:04d}-{value.month:02d}"
    if kind == _YEAR and (value.month, value.day) == (1, 1):
        return f"{value.year:04d}"
    return value
