"""政治生日 and 光荣在党50年: days of a party career that come round again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from wuling_desktop.domain.months import clip

if TYPE_CHECKING:
    from wuling_desktop.domain.partial_date import PartialDate

HONOURED_YEARS = 50
_HONOUR_DAY = (7, 1)  # ORG-14 counts party age on the birthday of the Party


def political_birthday(joined: PartialDate | None, month: int, year: int) -> int | None:
    """Return which anniversary of joining falls into a month, None where none does or the month is unknown."""
    if joined is None or joined.month != month or year <= joined.year:
        return None
    return year - joined.year


def political_birthday_text(joined: PartialDate | None, today: dt.date) -> str | None:
    """Return the anniversary of joining in the year of `today`: 6 月 24 日（22 周年）; a month where no more is known."""
    if joined is None or joined.month is None or today.year <= joined.year:
        return None
    years = today.year - joined.year
    if joined.day is None:
        return f"{joined.month} 月（{years} 周年）"
    day = clip(joined.first, 12 * years)
    return f"{day.month} 月 {day.day} 日（{years} 周年）"


def honour_day(year: int) -> dt.date:
    """Return the day by which a year's list of 光荣在党50年 is made."""
    return dt.date(year, *_HONOUR_DAY)


def has_fifty_years(full_from: PartialDate | None, year: int) -> bool:
    """Whether party age comes to fifty years by 1 July of a year."""
    if full_from is None:
        return False
    return honour_day(year) >= clip(full_from.first, 12 * HONOURED_YEARS)
