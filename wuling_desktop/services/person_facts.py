"""Reading people with everything that hangs on them: one mapping of full name to value per person."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain.codes import Measure, PartyPost
from wuling_desktop.domain.kinds import Link, LinkKind
from wuling_desktop.domain.person_figures import FIGURES, begun
from wuling_desktop.records import (
    BY_NAME,
    Award,
    CommitteeMember,
    Discipline,
    Membership,
    Person,
    StepFact,
    Term,
)
from wuling_desktop.records.base import Record, fields_of, table_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

Facts = dict[str, Any]
_BATCH = 500  # ids named in one IN (…)


def facts_of(
    connection: sa.Connection,
    as_of: dt.date,
    *,
    ids: Sequence[int] | None = None,
    condition: Any = None,
    figures: Collection[str] | None = None,
    back: Mapping[str, Collection[int]] | None = None,
) -> dict[int, Facts]:
    """Return the facts of living people by id, in the order of ids: fields, steps, posts, then figures for the day.

    Beside the full names stand `membership.id` (None where there is no membership), `membership.open` and
    `membership.begun` on that day, `steps` {code: (step fact id, day or None, note)}, `again` {code: days before that
    one} of what happened several times, and `rewards` (lines).
    `figures` are the ones wanted, by full name; `back` {record: ids} are rows taken back, read as if they were not.
    """
    back = back or {}
    people: dict[int, Facts] = {}
    links = {name: dict(_names(connection, BY_NAME[name])) for name in ("organisation", "department")}
    values_of = _reader(Person, links)
    for row in _rows(connection, Person, ids, condition, back=back):
        facts = values_of(row)
        facts |= {"person.id": row.id, "membership.id": None, "steps": {}}
        people[row.id] = facts
    _add_memberships(connection, people, links, ids, as_of, back)
    for row in _rows(connection, StepFact, ids, key="person", back=back):
        if row.person in people:
            _add_step(people[row.person], row)
    _add_posts(connection, people, back)
    _add_rewards(connection, people, ids)
    wanted = [(each.name, each.of) for each in FIGURES if figures is None or each.name in figures]
    for facts in people.values():
        facts["membership.begun"] = facts["membership.id"] is not None and begun(facts, as_of)
        for name, of in wanted:
            facts[name] = of(facts, as_of)
    return people


def rows_behind(facts: Facts) -> set[tuple[str, int]]:
    """Return the rows (record, id) that hold what is known of a person and can be corrected."""
    held = {
        ("person", facts["person.id"]),
        ("membership", facts["membership.id"]),
        ("committee_member", facts.get("committee_member.id")),
        *(("step_fact", step[0]) for step in facts["steps"].values()),
    }
    return {(record, id_) for record, id_ in held if id_ is not None}


def _rows(
    connection: sa.Connection,
    record: type[Record],
    ids: Sequence[int] | None,
    condition: Any = None,
    *,
    key: str = "id",
    back: Mapping[str, Collection[int]] = MappingProxyType({}),
) -> Iterator[sa.Row[Any]]:
    table = table_of(record)
    query = sa.select(table).where(_stands(record, back)).order_by(table.c.id)
    if condition is not None:
        query = query.where(condition)
    if ids is None:
        yield from connection.execute(query).all()
        return
    for start in range(0, len(ids), _BATCH):
        batch = query.where(table.c[key].in_(ids[start : start + _BATCH]))
        yield from connection.execute(batch).all()


def _stands(record: type[Record], back: Mapping[str, Collection[int]]) -> sa.ColumnElement[bool]:
    """Return the condition that a row was not taken back, or is read as if it were not."""
    table, again = table_of(record), back.get(record.__tablename__, ())
    stands = table.c.removed_at.is_(None)
    return sa.or_(stands, table.c.id.in_(again)) if again else stands


def _names(connection: sa.Connection, record: type[Record]) -> Iterator[tuple[int, str]]:
    table = table_of(record)
    for row in connection.execute(sa.select(table.c.id, table.c.name)):
        yield row.id, row.name


def _reader(record: type[Record], links: Mapping[str, Mapping[int, str]]) -> Callable[[sa.Row[Any]], Facts]:
    """Return what makes facts of a row by the places of its columns; it is asked for tens of thousands of rows."""
    places = {column.key: place for place, column in enumerate(table_of(record).columns)}
    fields = fields_of(record)
    names = [each.name for each in fields]
    values = itemgetter(*(places[each.key] for each in fields))
    linked = [
        (each.name, links[each.kind.record])
        for each in fields
        if isinstance(each.kind, LinkKind) and each.kind.record in links
    ]

    def values_of(row: sa.Row[Any]) -> Facts:
        facts: Facts = dict(zip(names, values(row), strict=True))
        for name, texts in linked:
            value = facts[name]
            if value is not None:
                facts[name] = Link(value, texts.get(value, ""))
        return facts

    return values_of


def _add_memberships(
    connection: sa.Connection,
    people: dict[int, Facts],
    links: Mapping[str, Mapping[int, str]],
    ids: Sequence[int] | None,
    as_of: dt.date,
    back: Mapping[str, Collection[int]],
) -> None:
    """Give each person the membership open on a day, else the latest closed one."""
    values_of = _reader(Membership, links)
    for row in _rows(connection, Membership, ids, key="person", back=back):
        facts = people.get(row.person)
        if facts is None or facts.get("membership.open"):
            continue
        facts |= values_of(row)
        facts["membership.id"] = row.id
        coming = row.in_started_on is not None and row.in_on is None  # not ours yet
        facts["membership.open"] = (row.out_on is None or row.out_on.first > as_of) and not coming


def _add_step(facts: Facts, row: sa.Row[Any]) -> None:
    code = row.code
    if code in facts["steps"]:  # it happens again and again: the latest told stands for all
        facts.setdefault("again", {}).setdefault(code, []).append(facts["steps"][code][1])
    facts["steps"][code] = (row.id, row.on, row.note)
    facts[f"step_fact.{code}"] = row.on
    if row.note is not None:
        facts[f"step_note.{code}"] = row.note


def _add_posts(
    connection: sa.Connection, people: dict[int, Facts], back: Mapping[str, Collection[int]]
) -> None:
    """Give each person the highest Party post held in a term that has not ended."""
    member, term = table_of(CommitteeMember), table_of(Term)
    query = (
        sa.select(member.c.id, member.c.person, member.c.post)
        .join(term, term.c.id == member.c.term)
        .where(_stands(CommitteeMember, back), term.c.removed_at.is_(None))
        .where(member.c.until.is_(None), term.c.ended_on.is_(None))
    )
    rank = {post.value: index for index, post in enumerate(PartyPost)}
    for row in sorted(connection.execute(query), key=lambda row: rank.get(row.post, len(rank)), reverse=True):
        if row.person in people:
            people[row.person]["committee_member.post"] = row.post
            people[row.person]["committee_member.id"] = row.id


def _add_rewards(connection: sa.Connection, people: dict[int, Facts], ids: Sequence[int] | None) -> None:
    lines: dict[int, list[str]] = defaultdict(list)
    for row in _rows(connection, Award, ids, key="person"):
        lines[row.person].append(" ".join(str(part) for part in (row.given_on, row.name) if part))
    for row in _rows(connection, Discipline, ids, key="person"):
        lines[row.person].append(f"{row.decided_on} {Measure(row.measure).text}")
    for id_, said in lines.items():
        if id_ in people:
            people[id_]["rewards"] = tuple(sorted(said))
