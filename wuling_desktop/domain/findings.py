"""What a rule has to say: graded, never blocking, with a key that stays while the facts stay."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from wuling_desktop.domain.partial_date import PartialDate

if TYPE_CHECKING:
    import datetime as dt


class Grade(StrEnum):
    """How much weighs what was found; the words are shown to the user."""

    MUST = "须整改"
    EXPLAIN = "须说明"
    REMIND = "提醒"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what a finding is about; the name is for the screen, record and id for the key."""

    record: str
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the facts stand: the screen maps it to a page."""

    record: str
    id: int
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found; `since` it holds, `until` when something must have been done, `todo` says what."""

    rule: str
    grade: Grade
    subject: Subject
    occurrence: str  # tells apart what one rule finds about one subject; no wording, no day of asking in it
    message: str
    todo: str
    article: str
    edition: str
    place: Place
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def key(self) -> str:
        """Rule, subject and occurrence: equal on every run while the facts are equal."""
        return f"{self.rule}:{self.subject.record}:{self.subject.id}:{self.occurrence}"


def undecided(*dates: PartialDate | dt.date) -> str:
    """Return what is said where a check holds for some days of a month or year and fails for others."""
    known_to = "年" if any(isinstance(date, PartialDate) and date.month is None for date in dates) else "月"
    return f"日期只到{known_to}，判不了，请补日"
