"""处分与处置: how long measures hold and what must not follow on them (ORG-10, ORG-11, ORG-20).

Reminders never name the way out of the Party; such words stand only in the measure's own file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wuling_desktop.domain.codes import Measure
from wuling_desktop.domain.findings import Finding, Grade, Place
from wuling_desktop.domain.months import clip, deadline_met, for_every_day, minimum_met, roll

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from wuling_desktop.domain.editions import Rule, Rulebook
    from wuling_desktop.domain.examination import Examination
    from wuling_desktop.domain.partial_date import PartialDate

_OUT = frozenset({Measure.EXPELLED, Measure.PERSUADED_OUT, Measure.STRUCK_OFF})


@dataclass(frozen=True, slots=True, kw_only=True)
class Discipline:
    """One measure as plain values; `until` is the last day of a correction or of 留党察看."""

    id: int
    measure: str
    decided_on: PartialDate
    start: PartialDate | None = None
    until: PartialDate | None = None
    matter: str = ""  # what it was for, as its paper names it

    def place(self, field: str) -> Place:
        """Return where one of its data stands."""
        return Place("discipline", self.id, field)


def restriction_until(measure: Discipline, book: Rulebook) -> dt.date | None:
    """Return the first day surely free of ORG-20's restriction; None where none is known."""
    counted = _restriction(measure, book)
    return roll(counted[1].last, counted[2]) if counted else None


def _restriction(measure: Discipline, book: Rulebook) -> tuple[Rule, PartialDate, int] | None:
    """Return the rule, the day from which and the months for which a measure restricts."""
    rule = book.rule("ORG-20", measure.decided_on.first)
    if rule is None:
        return None
    if measure.measure == Measure.PROBATION:
        return None if measure.until is None else (rule, measure.until, rule.params["months_after_probation"])
    months = rule.params["months"].get(measure.measure)
    return None if months is None else (rule, measure.decided_on, months)


def restricted(
    exam: Examination, measure: Discipline, listed_on: PartialDate, purpose: str
) -> Iterator[Finding]:
    """ORG-20: a person named for promotion or praise (`purpose`) while a measure restricts."""
    counted = _restriction(measure, exam.book)
    if counted is None:
        return
    rule, since, months = counted
    free = roll(since.last, months)
    message = f"处分影响期到 {free} 才满，{listed_on} 已列入{purpose}名单"
    place = measure.place("decided_on")
    said = exam.say(
        rule,
        Grade.MUST,
        f"{measure.id}:{purpose}:{listed_on}",
        message,
        "请核对名单",
        place=place,
        until=free,
    )
    too_early = for_every_day(lambda day, start: not minimum_met(day, start, months), listed_on, since)
    yield from exam.judge(too_early, said, listed_on, since)


def correction(exam: Examination, measure: Discipline) -> Iterator[Finding]:
    """ORG-10: a time to mend one's ways is generally half a year and at most one."""
    start, until = measure.start or measure.decided_on, measure.until
    rule = exam.rule("ORG-10", start.first)
    if rule is None or until is None or measure.measure != Measure.CORRECTION:
        return
    longest, usual = rule.params["longest_months"], rule.params["months"]
    place, occurrence = measure.place("until"), str(measure.id)
    for months, grade, words in ((longest, Grade.MUST, "最长"), (usual, Grade.EXPLAIN, "一般")):
        limit = clip(start.last, months)
        message = f"限期改正到 {until}，{words}不超过 {months} 个月（到 {limit} 为止）"
        said = exam.say(rule, grade, occurrence, message, "请核对起止日期", place=place, until=limit)
        longer = for_every_day(lambda a, b, months=months: not deadline_met(b, a, months), start, until)
        if longer is not False:
            yield from exam.judge(longer, said, start, until)
            return


def readmission(exam: Examination, measure: Discipline, applied_on: PartialDate) -> Iterator[Finding]:
    """ORG-11: five years from having left before an application can be taken."""
    rule = exam.rule("ORG-11", applied_on.first)
    if rule is None or measure.measure not in _OUT:
        return
    months, decided = rule.params["months"], measure.decided_on
    free = roll(decided.last, months)
    message = f"出党决定未满 {months // 12} 年，{free} 起才能受理入党申请"
    place = measure.place("decided_on")
    said = exam.say(
        rule, Grade.MUST, f"{measure.id}:{applied_on}", message, "请核对申请日期", place=place, until=free
    )
    early = for_every_day(lambda day, start: not minimum_met(day, start, months), applied_on, decided)
    yield from exam.judge(early, said, applied_on, decided)


def once_for_a_matter(exam: Examination, measures: Sequence[Discipline]) -> Iterator[Finding]:
    """ORG-11: one matter is not answered by two measures."""
    rule = exam.rule("ORG-11")
    if rule is None:
        return
    first: dict[str, Discipline] = {}
    for each in measures:
        if each.matter and first.setdefault(each.matter, each) is not each:
            message, todo = f"同一事由“{each.matter}”已有一次处分或处置", "请核对是否同一件事"
            yield exam.say(rule, Grade.MUST, f"matter:{each.id}", message, todo, place=each.place("measure"))
