"""What people were called before, read from the log: names and numbers that were changed, or left behind by a merge."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.records import Person
from wuling_desktop.records.base import table_of
from wuling_desktop.storage.log import CHANGE, OPERATION

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME, _NUMBER = "name", "id_number"


@dataclass(frozen=True, slots=True)
class Former:
    """The names and identity numbers that one living person does not have any more."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]


def former(connection: sa.Connection) -> dict[int, Former]:
    """Return by id what living people were called before; what was taken back was never so."""
    undone = _undone(connection)
    into = dict(_merges(connection, undone))
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: {_NAME: [], _NUMBER: []})
    changed = (
        sa.select(CHANGE.c.operation, CHANGE.c.row, CHANGE.c.field, CHANGE.c.old)
        .join(OPERATION, OPERATION.c.id == CHANGE.c.operation)
        .where(CHANGE.c.record == Person.__tablename__, CHANGE.c.act == "change", OPERATION.c.kind == "do")
        .where(CHANGE.c.field.in_((_NAME, _NUMBER)))
        .order_by(CHANGE.c.id.desc())
    )
    for row in connection.execute(changed):
        if row.operation not in undone and (old := json.loads(row.old)):
            found[_now(row.row, into)][row.field].append(old)
    person = table_of(Person)
    columns = sa.select(person.c.id, person.c.name, person.c.id_number)
    left = columns.where(person.c.id.in_(into)).order_by(person.c.id)
    for row in connection.execute(left) if into else ():
        told = found[_now(row.id, into)]
        told[_NAME].append(row.name)
        told[_NUMBER] += filter(None, [row.id_number])
    living = columns.where(person.c.id.in_(found), person.c.removed_at.is_(None))
    everybody: dict[int, Former] = {}
    for row in connection.execute(living) if found else ():
        names, numbers = (
            tuple(each for each in dict.fromkeys(found[row.id][field]) if each != now)
            for field, now in ((_NAME, row.name), (_NUMBER, row.id_number))
        )
        if names or numbers:
            everybody[row.id] = Former(names, numbers)
    return everybody


def _undone(connection: sa.Connection) -> set[int]:
    """Return the operations that stand taken back."""
    query = sa.select(OPERATION.c.target, OPERATION.c.kind).where(OPERATION.c.target.isnot(None))
    latest = {row.target: row.kind for row in connection.execute(query.order_by(OPERATION.c.id))}
    return {operation for operation, kind in latest.items() if kind == "undo"}


def _merges(connection: sa.Connection, undone: set[int]) -> Iterator[tuple[int, int]]:
    """Yield (the record that left, the one that stayed) of every merge that stands."""
    query = sa.select(OPERATION.c.id, OPERATION.c.about).where(
        OPERATION.c.kind == "do", OPERATION.c.about.contains('"merged":')
    )
    for row in connection.execute(query.order_by(OPERATION.c.id)):
        about: dict[str, Any] = json.loads(row.about)
        if row.id not in undone:
            yield about["merged"], about["into"]


def _now(person: int, into: dict[int, int]) -> int:
    """Return who a person is now: who was merged may have been so again."""
    while person in into:
        person = into[person]
    return person
