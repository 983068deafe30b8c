"""Calendar arithmetic of the rules: deadlines are never lengthened, minimums never shortened."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
from typing import TYPE_CHECKING

from wuling_desktop.domain.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable


def clip(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month `months` later, else that month's last day: for deadlines."""
    year, month = _month_after(day, months)
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def roll(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month `months` later, else the first of the next: for least times."""
    year, month = _month_after(day, months)
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, day.day) if day.day <= last else dt.date(year, month, last) + dt.timedelta(1)


def deadline_met(event: dt.date, since: dt.date, months: int) -> bool:
    """Whether the event lies within so many months of `since`, that day itself not counted."""
    return event <= clip(since, months)


def minimum_met(event: dt.date, since: dt.date, months: int) -> bool:
    """Whether so many months or more have gone by since `since`."""
    return event >= roll(since, months)


def age(birth: dt.date, day: dt.date) -> int:
    """Return the whole years from `birth` to `day`; a 29 February is completed on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def for_every_day(holds: Callable[..., bool], *dates: PartialDate | dt.date) -> bool | None:
    """Return what a check says of every day the dates may mean: True, False, or None where days disagree.

    `holds` compares days, so it changes at most once along each span and the ends of the spans speak for all.
    """
    spans = [(date.first, date.last) if isinstance(date, PartialDate) else (date,) for date in dates]
    answers = {holds(*days) for days in itertools.product(*spans)}
    return answers.pop() if len(answers) == 1 else None


def _month_after(day: dt.date, months: int) -> tuple[int, int]:
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1
