"""党籍: what the rules say of belonging, absence, letters and party age (ORG-01…08, 12…14)."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wuling_desktop.domain import editions
from wuling_desktop.domain.codes import MemberKind, MemberState, table_of
from wuling_desktop.domain.examination import Examination
from wuling_desktop.domain.findings import Finding, Grade, Place, Subject
from wuling_desktop.domain.months import age, clip, deadline_met, for_every_day, roll
from wuling_desktop.domain.partial_date import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wuling_desktop.domain.editions import Rulebook

_ENDED = frozenset({MemberState.LEFT, MemberState.DEAD})
_ACTIVE = frozenset({MemberState.NORMAL, MemberState.RESTORED})
_NEXT_STATES: dict[str, frozenset[str]] = {
    MemberState.NORMAL: frozenset({MemberState.STOPPED, MemberState.LEFT, MemberState.DEAD}),
    MemberState.STOPPED: frozenset({MemberState.RESTORED, MemberState.LEFT, MemberState.DEAD}),
    MemberState.RESTORED: frozenset({MemberState.STOPPED, MemberState.LEFT, MemberState.DEAD}),
    MemberState.LEFT: frozenset(),
    MemberState.DEAD: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One row of the ledger 党籍 as plain values, under the record's own names."""

    id: int
    branch: int | None = None
    branch_has_groups: bool = False
    in_group: bool = False
    kind: str | None = None
    state: str = MemberState.NORMAL
    full_from: PartialDate | None = None
    in_started_on: PartialDate | None = None
    in_on: PartialDate | None = None
    out_started_on: PartialDate | None = None
    out_on: PartialDate | None = None
    ended_on: PartialDate | None = None
    letter_issued_on: PartialDate | None = None
    letter_valid_until: PartialDate | None = None
    receipt_on: PartialDate | None = None
    away_from: PartialDate | None = None
    away_fixed: bool | None = None
    away_registered_on: PartialDate | None = None
    abroad_from: PartialDate | None = None
    last_contact: PartialDate | None = None
    search_log: str | None = None
    stopped_on: PartialDate | None = None

    @property
    def open(self) -> bool:
        """Whether the person still belongs here."""
        ended = self.out_on is not None or self.ended_on is not None or self.state in _ENDED
        return not ended and not self.coming

    @property
    def coming(self) -> bool:
        """Whether the relation is on its way to us: until it is here, the one who sent it is responsible."""
        return self.in_started_on is not None and self.in_on is None

    @property
    def moving(self) -> bool:
        """Whether the relation is on its way to another organisation."""
        started = (self.letter_issued_on, self.out_started_on, self.out_on)
        return any(day is not None for day in started)

    def place(self, field: str) -> Place:
        """Return where one of its data stands."""
        return Place("membership", self.id, field)


def findings_on_membership(
    subject: Subject, memberships: Sequence[Membership], today: dt.date, book: Rulebook | None = None
) -> list[Finding]:
    """Return what ORG-01…08 and ORG-13 find in all memberships of one person."""
    exam = Examination(subject, today, book or editions.shipped())
    found = list(one_branch(exam, memberships))
    for each in memberships:
        for check in (away, contact, letter, under_way, lost, stopped, abroad):
            found.extend(check(exam, each))
    return found


def party_age(full_from: PartialDate, day: dt.date) -> int:
    """Return ORG-12's whole years from conversion, never from joining; a month counts from its first day."""
    return age(full_from.first, day)


def may_become(before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Whether a (kind, state) may follow another on the same file: nobody comes back from 出党."""
    (kind, state), (next_kind, next_state) = before, after
    if kind == MemberKind.FULL and next_kind == MemberKind.PROBATIONARY:
        return False
    if kind == next_kind == MemberKind.PROBATIONARY and next_state in (
        MemberState.STOPPED,
        MemberState.RESTORED,
    ):
        return state == next_state
    if kind != next_kind and state not in _ACTIVE:
        return False
    return state == next_state or next_state in _NEXT_STATES.get(state, frozenset())


def moves(exam: Examination, membership_id: int, history: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """Find steps from one (kind, state) to another that do not follow on each other."""
    rule = exam.rule("ORG")
    if rule is None:
        return
    for number, (before, after) in enumerate(itertools.pairwise(history), start=1):
        if not may_become(before, after):
            message = f"党籍不能由{_words(before)}变为{_words(after)}"
            place = Place("membership", membership_id, "state")
            yield exam.say(
                rule,
                Grade.MUST,
                f"{membership_id}:{number}",
                message,
                "请核对；重新入党的另立一份",
                place=place,
            )


def _words(standing: tuple[str, str]) -> str:
    kind, state = standing
    return f"“{table_of(MemberKind).text(kind)}·{table_of(MemberState).text(state)}”"


def one_branch(exam: Examination, memberships: Sequence[Membership]) -> Iterator[Finding]:
    """ORG-01: exactly one open membership, in a branch, and in a group where the branch has groups."""
    rule, living = exam.rule("ORG-01"), [each for each in memberships if each.open]
    if rule is None or not living:
        return
    first = living[0]
    if len(living) > 1:
        message = f"同一人有 {len(living)} 条未结束的党籍"
        yield exam.say(
            rule,
            Grade.MUST,
            "two",
            message,
            "请核对组织关系在哪个支部，另一条办转出",
            place=first.place("branch"),
        )
    elif first.branch is None:
        yield exam.say(
            rule, Grade.MUST, "branch", "没有编入党支部", "请编入一个支部", place=first.place("branch")
        )
    elif first.branch_has_groups and not first.in_group:
        yield exam.say(
            rule,
            Grade.MUST,
            "group",
            "支部设有党小组，没有编入小组",
            "请编入一个党小组",
            place=first.place("branch"),
        )


def away(exam: Examination, member: Membership) -> Iterator[Finding]:
    """ORG-02 for a fixed place, else ORG-06: after half a year transferred, or else registered."""
    since = member.away_from
    rule = exam.rule("ORG-02" if member.away_fixed else "ORG-06")
    if rule is None or since is None or not member.open or member.moving:
        return
    if member.away_fixed:
        message, todo = (
            f"在固定地点外出已满 {rule.params['months']} 个月，组织关系还没有转",
            "请商量转移组织关系",
        )
    elif member.away_registered_on is None:
        message, todo = f"外出已满 {rule.params['months']} 个月，还没有登记为流动党员", "请在系统里登记"
    else:
        return
    from_day = roll(since.last, rule.params["months"])
    place = member.place("away_from")
    said = exam.say(rule, Grade.REMIND, f"away:{since}", message, todo, place=place, since=from_day)
    yield from exam.judge(exam.passed(since, rule.params["months"]), said, since)


def contact(exam: Examination, member: Membership) -> Iterator[Finding]:
    """ORG-06: contact at least half-yearly with those abroad, by setting with all who are away."""
    rule = exam.rule("ORG-06")
    if rule is None or not member.open or member.moving or member.away_fixed:
        return
    gone = member.abroad_from or (member.away_from if rule.params["contact_everyone"] else None)
    if gone is None:
        return
    since, months = member.last_contact or gone, rule.params["contact_months"]
    message = f"已超过 {months} 个月没有联系记录"
    until = clip(since.last, months)
    place = member.place("last_contact")
    said = exam.say(
        rule, Grade.REMIND, f"contact:{since}", message, "请联系本人并记下日期", place=place, until=until
    )
    late = for_every_day(lambda day: not deadline_met(exam.today, day, months), since)
    yield from exam.judge(late, said, since)


def letter(exam: Examination, member: Membership) -> Iterator[Finding]:
    """ORG-04 validity of the letter; ORG-03 its receipt in time; ORG-05 who is responsible meanwhile."""
    issued, until, back = member.letter_issued_on, member.letter_valid_until, member.receipt_on
    validity = exam.rule("ORG-04", issued.first) if issued else None
    if issued is None or validity is None or member.state in _ENDED:
        return
    months, place = validity.params["months"], member.place("letter_valid_until")
    limit = clip(issued.last, months)
    if until is not None:
        message = f"介绍信有效期写到 {until}，超过 {months} 个月（到 {limit} 为止）"
        said = exam.say(
            validity, Grade.REMIND, str(issued), message, "请核对有效期", place=place, until=limit
        )
        longer = for_every_day(lambda start, end: not deadline_met(end, start, months), issued, until)
        yield from exam.judge(longer, said, issued, until)
    last = until or PartialDate.of(limit)
    yield from _receipt(exam, member, str(issued), last, back)


def under_way(exam: Examination, member: Membership) -> Iterator[Finding]:
    """ORG-05 where the relation moves in the members' system and there is no letter to speak of."""
    rule, since = exam.rule("ORG-05"), member.out_started_on
    if rule is None or since is None or not member.open or member.letter_issued_on is not None:
        return
    if member.receipt_on is None:
        message, todo = "组织关系在途，对方接收以前仍由本支部负责", "对方接收后登记接收日期"
        place = member.place("receipt_on")
        yield exam.say(rule, Grade.REMIND, str(since), message, todo, place=place, since=since.first)


def _receipt(
    exam: Examination, member: Membership, issued: str, last: PartialDate, back: PartialDate | None
) -> Iterator[Finding]:
    returned, responsible, place = exam.rule("ORG-03"), exam.rule("ORG-05"), member.place("receipt_on")
    if returned is None or responsible is None:
        return
    if back is not None:
        said = exam.say(
            returned,
            Grade.REMIND,
            issued,
            "回执晚于介绍信有效期",
            "请核对回执日期",
            place=place,
            until=last.last,
        )
        late = for_every_day(lambda came, end: came > end, back, last)
        yield from exam.judge(late, said, back, last)
    elif exam.today > last.last:
        message, todo = "介绍信已过有效期，还没有收到回执", "请与对方联系，查清组织关系落在哪里"
        yield exam.say(returned, Grade.REMIND, issued, message, todo, place=place, until=last.last)
    else:
        message, todo = "组织关系在途，对方接收以前仍由本支部负责", "收到回执后登记日期"
        yield exam.say(responsible, Grade.REMIND, issued, message, todo, place=place, until=last.last)


def lost(exam: Examination, member: Membership) -> Iterator[Finding]:
    """ORG-07: half a year without contact after a search is for the committee; before that, search."""
    rule, since = exam.rule("ORG-07"), member.last_contact
    if rule is None or since is None or not member.open or member.state not in _ACTIVE:
        return
    months, place = rule.params["months"], member.place("last_contact")
    if member.search_log and (gone := exam.passed(since, months)) is not False:
        message = f"失去联系已满 {months} 个月，经查找没有音讯"
        from_day = roll(since.last, months)
        said = exam.say(rule, Grade.EXPLAIN, str(since), message, "请支委会研究", place=place, since=from_day)
        yield from exam.judge(gone, said, since)
    elif exam.passed(since, rule.params["search_months"]):
        message = f"自 {since} 起没有联系记录，先查找"
        yield exam.say(rule, Grade.REMIND, str(since), message, "请查找并记下经过", place=place)


def stopped(exam: Examination, member: Membership) -> Iterator[Finding]:
    """ORG-08: what follows on it is said only in a file opened after a meeting."""
    rule, since = exam.rule("ORG-08"), member.stopped_on
    if rule is None or since is None or member.state != MemberState.STOPPED:
        return
    months = rule.params["months"]
    message, from_day = "停止党籍满两年，请支委会研究", roll(since.last, months)
    place = member.place("stopped_on")
    said = exam.say(rule, Grade.REMIND, str(since), message, "请列入支委会议题", place=place, since=from_day)
    yield from exam.judge(exam.passed(since, months), said, since)


def abroad(exam: Examination, member: Membership) -> Iterator[Finding]:
    """ORG-13: five years abroad and not back."""
    rule, since = exam.rule("ORG-13"), member.abroad_from
    if rule is None or since is None or not member.open or member.state not in _ACTIVE:
        return
    months = rule.params["months"]
    message, from_day = f"出国（境）已满 {months // 12} 年", roll(since.last, months)
    place = member.place("abroad_from")
    said = exam.say(rule, Grade.REMIND, str(since), message, "请支委会研究", place=place, since=from_day)
    yield from exam.judge(exam.passed(since, months), said, since)


def conversion_days(
    exam: Examination, member: Membership, joined: PartialDate | None, discussed: PartialDate | None
) -> Iterator[Finding]:
    """ORG-12: the day party age counts from against the assembly that discussed conversion.

    A full membership counts from the end of probation even where the assembly met later.
    """
    rule, full_from = exam.rule("ORG-12"), member.full_from
    if rule is None or full_from is None or discussed is None or full_from.agrees(discussed):
        return
    months = rule.params["probation_months"]
    on_time = joined is not None and full_from.agrees(PartialDate.of(roll(joined.first, months)))
    if on_time and full_from <= discussed:
        return
    message = f"转正日期 {full_from} 与支部大会讨论转正日期 {discussed} 不一致"
    yield exam.say(
        rule, Grade.REMIND, str(discussed), message, "请核对党龄从哪一天算起", place=member.place("full_from")
    )


def fifty_years(
    exam: Examination, member: Membership, *, restricted: bool, honoured: bool
) -> Iterator[Finding]:
    """ORG-14: from April on, who on 1 July has fifty years of party age and no measure in force.

    `honoured`: has the medal already; `restricted`: ORG-20 speaks on that day.
    """
    rule = exam.rule("ORG-14")
    if rule is None or member.full_from is None or honoured or restricted:
        return
    year, figures = exam.today.year, rule.params
    day = dt.date(year, figures["month"], figures["day"])
    from_day = dt.date(year, figures["remind_from_month"], 1)
    in_window = from_day <= exam.today <= day
    if (
        in_window
        and member.open
        and member.state in _ACTIVE
        and party_age(member.full_from, day) >= figures["years"]
    ):
        years = party_age(member.full_from, day)
        message = f"到 {day} 党龄 {years} 年" + ("" if member.full_from.exact else "（按月）")
        place = member.place("full_from")
        yield exam.say(
            rule, Grade.REMIND, str(year), message, "请核对后列入名单", place=place, since=from_day, until=day
        )
