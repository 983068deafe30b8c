"""What the rules of codes, membership and discipline find about people on a day, and the one thing that is due."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import sqlalchemy as sa

from wuling_desktop.domain import discipline, editions, membership
from wuling_desktop.domain.codes import MemberState, OrganisationKind
from wuling_desktop.domain.examination import Examination
from wuling_desktop.domain.findings import Finding, Grade, Subject
from wuling_desktop.domain.person import findings_on_person
from wuling_desktop.records import Award, Discipline, Membership, Organisation
from wuling_desktop.records.base import Record, table_of
from wuling_desktop.services.person_facts import facts_of
from wuling_desktop.storage.log import CHANGE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wuling_desktop.domain.editions import Rulebook
    from wuling_desktop.services.person_facts import Facts
    from wuling_desktop.storage.operations import Operations

_GRADES = {Grade.MUST: 0, Grade.EXPLAIN: 1, Grade.REMIND: 2}
_HONOUR = "光荣在党50年"
_KEYS = frozenset(membership.Membership.__dataclass_fields__)
_MEASURE_KEYS = frozenset(discipline.Discipline.__dataclass_fields__)


def due(findings: Iterable[Finding], today: dt.date) -> Finding | None:
    """Return the most urgent: what must be put right, then what is past its day, then what comes first."""
    return min(findings, key=lambda each: _urgency(each, today), default=None)


def _urgency(finding: Finding, today: dt.date) -> tuple[int, bool, str, str]:
    day = finding.until or finding.since
    is_past = finding.until is not None and finding.until < today
    return _GRADES[finding.grade], not is_past, str(day or "9999"), finding.rule


class PersonFindings:
    """Puts the facts of people before the rules; the screen never computes a rule."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    def of(
        self, today: dt.date, ids: Sequence[int] | None = None, book: Rulebook | None = None
    ) -> list[Finding]:
        """Return what is found about the people named, or about everyone, the most urgent first."""
        book = book or editions.shipped()
        with self._operations.database.reading() as connection:
            people = facts_of(connection, today, ids=ids)
            hanging = _Hanging(connection, people)
        found = [each for id_, facts in people.items() for each in _about(id_, facts, hanging, today, book)]
        return sorted(found, key=lambda each: _urgency(each, today))


class _Hanging:
    """The rows that the rules look at beside a person's own facts, by person."""

    def __init__(self, connection: sa.Connection, people: Mapping[int, Facts]) -> None:
        self.measures = _grouped(connection, Discipline, people)
        self.awards = _grouped(connection, Award, people)
        self._memberships = _grouped(connection, Membership, people)
        table = table_of(Organisation)
        rows = connection.execute(sa.select(table).where(table.c.removed_at.is_(None))).mappings().all()
        self._groups = {row["id"] for row in rows if row["kind"] == OrganisationKind.GROUP}
        self._with_groups = {row["parent"] for row in rows if row["kind"] == OrganisationKind.GROUP}
        own = [row["id"] for rows in self._memberships.values() for row in rows]
        self._history = _state_changes(connection, own if len(people) == 1 else None)

    def memberships(self, person: int) -> list[membership.Membership]:
        """Return all memberships of a person as the rules know them."""
        return [
            membership.Membership(
                **{key: value for key, value in row.items() if key in _KEYS},
                branch_has_groups=row["branch"] in self._with_groups,
                in_group=row["branch"] in self._groups,
            )
            for row in self._memberships[person]
        ]

    def standings(self, each: membership.Membership) -> list[tuple[str, str]]:
        """Return the (kind, state) that a membership had one after the other; unknown kinds tell nothing."""
        now = {"kind": each.kind, "state": each.state}
        found = [dict(now)]
        for field, old in reversed(self._history[each.id]):
            now[field] = old
            found.append(dict(now))
        steps = [(step["kind"], step["state"]) for step in reversed(found)]
        return [(kind, state) for kind, state in steps if kind is not None and state is not None]


def _grouped(
    connection: sa.Connection, record: type[Record], people: Mapping[int, Facts]
) -> dict[int, list[sa.RowMapping]]:
    table = table_of(record)
    found: dict[int, list[sa.RowMapping]] = defaultdict(list)
    query = sa.select(table).where(table.c.removed_at.is_(None)).order_by(table.c.id)
    if len(people) == 1:
        query = query.where(table.c.person == next(iter(people)))
    for row in connection.execute(query).mappings():
        found[row["person"]].append(row)
    return found


def _state_changes(
    connection: sa.Connection, ids: Sequence[int] | None
) -> dict[int, list[tuple[str, str | None]]]:
    """Return by membership what its kind and state were before each of their changes."""
    query = sa.select(CHANGE.c.row, CHANGE.c.field, CHANGE.c.old).where(
        CHANGE.c.record == Membership.__tablename__, CHANGE.c.field.in_(("kind", "state"))
    )
    if ids is not None:
        query = query.where(CHANGE.c.row.in_(ids))
    found: dict[int, list[tuple[str, str | None]]] = defaultdict(list)
    for row in connection.execute(query.order_by(CHANGE.c.id)):
        found[row.row].append((row.field, json.loads(row.old)))
    return found


def _about(id_: int, facts: Facts, hanging: _Hanging, today: dt.date, book: Rulebook) -> Iterator[Finding]:
    subject = Subject("person", id_, facts["person.name"])
    exam = Examination(subject, today, book)
    yield from findings_on_person(subject, facts, today, book)
    memberships = hanging.memberships(id_)
    yield from membership.findings_on_membership(subject, memberships, today, book)
    for each in memberships:
        yield from membership.moves(exam, each.id, hanging.standings(each))
    measures = [
        discipline.Discipline(**{key: value for key, value in row.items() if key in _MEASURE_KEYS})
        for row in hanging.measures[id_]
    ]
    awards = hanging.awards[id_]
    yield from _on_measures(exam, measures, awards, facts)
    steps = facts["steps"]
    joined, discussed = (steps.get(code, (0, None))[1] for code in ("assembly_on", "conv_assembly_on"))
    for each in memberships:
        if each.open:
            yield from membership.conversion_days(exam, each, joined, discussed)
            honoured = any(_HONOUR in row["name"] for row in awards)
            held = any(_restricts(measure, today, book) for measure in measures)
            yield from membership.fifty_years(exam, each, restricted=held, honoured=honoured)


def _on_measures(
    exam: Examination,
    measures: Sequence[discipline.Discipline],
    awards: Sequence[sa.RowMapping],
    facts: Facts,
) -> Iterator[Finding]:
    applied = facts["steps"].get("applied_on", (0, None))[1]
    left = facts.get("membership.state") == MemberState.LEFT
    for measure in measures:
        yield from discipline.correction(exam, measure)
        for row in awards:
            if row["given_on"] is not None and measure.decided_on <= row["given_on"]:
                yield from discipline.restricted(exam, measure, row["given_on"], "表彰")
        if applied is not None and left and measure.decided_on <= applied:
            yield from discipline.readmission(exam, measure, applied)
    yield from discipline.once_for_a_matter(exam, measures)


def _restricts(measure: discipline.Discipline, today: dt.date, book: Rulebook) -> bool:
    until = discipline.restriction_until(measure, book)
    return until is not None and today < until
