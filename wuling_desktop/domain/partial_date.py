"""A date that keeps how precisely it was known: a day, a month or a year."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A span of one day, one month or one year; stored and sorted as ISO text (`1979-03`)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            message = "a day needs its month"
            raise ValueError(message)
        # A zero is no month and no day: only None stands for the unknown.
        dt.date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Return the date written as ISO text; ValueError for anything else."""
        return _parsed(text)

    @classmethod
    def of(cls, day: dt.date) -> PartialDate:
        """Return the partial date of an exact day."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    def __lt__(self, other: PartialDate) -> bool:
        return str(self) < str(other)

    def __le__(self, other: PartialDate) -> bool:
        return str(self) <= str(other)

    @property
    def first(self) -> dt.date:
        """The first day of the span; counts and ages use it."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day of the span."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.day is not None

    def agrees(self, other: PartialDate) -> bool:
        """Whether one span lies inside the other, so that both may speak of the same day."""
        return str(self).startswith(str(other)) or str(other).startswith(str(self))


@lru_cache(maxsize=2**15)
def _parsed(text: str) -> PartialDate:
    """Return the date; a list of people reads the same days again and again."""
    found = _ISO.fullmatch(text)
    if not found:
        message = f"not an ISO date: {text!r}"
        raise ValueError(message)
    return PartialDate(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]  # year is always there
