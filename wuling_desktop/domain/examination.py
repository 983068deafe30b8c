"""One subject before the rules on one day: looking up an edition, saying a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wuling_desktop.domain.findings import Finding, Grade, Place, Subject, undecided
from wuling_desktop.domain.months import for_every_day, minimum_met

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from wuling_desktop.domain.editions import Rule, Rulebook
    from wuling_desktop.domain.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Examination:
    """Who is examined, on which day, by which book."""

    subject: Subject
    today: dt.date
    book: Rulebook

    def rule(self, rule_id: str, day: dt.date | None = None) -> Rule | None:
        """Return the edition that judges an event of `day`, or a state of today."""
        return self.book.rule(rule_id, day or self.today)

    def passed(self, since: PartialDate, months: int) -> bool | None:
        """Whether so many months have gone by; None where the date is not known well enough to tell."""
        return for_every_day(lambda day: minimum_met(self.today, day, months), since)

    def say(
        self,
        rule: Rule,
        grade: Grade,
        occurrence: str,
        message: str,
        todo: str,
        *,
        place: Place,
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> Finding:
        """Return a finding about the subject, with the rule's article and edition."""
        return Finding(
            rule=rule.id,
            grade=grade,
            subject=self.subject,
            occurrence=occurrence,
            message=message,
            todo=todo,
            article=rule.article,
            edition=rule.edition,
            place=place,
            since=since,
            until=until,
        )

    def judge(self, failed: bool | None, said: Finding, *dates: PartialDate) -> Iterator[Finding]:  # noqa: FBT001 - an answer of three values
        """Yield what is said where a check failed, a reminder where its dates are not known well enough."""
        if failed:
            yield said
        elif failed is None:
            yield self.unsure(said, *dates)

    def unsure(self, said: Finding, *dates: PartialDate) -> Finding:
        """Return the reminder that stands for a finding as long as a day is missing."""
        return Finding(
            rule=said.rule,
            grade=Grade.REMIND,
            subject=said.subject,
            occurrence=said.occurrence,
            message=undecided(*dates),
            todo="请补日",
            article=said.article,
            edition=said.edition,
            place=said.place,
        )
