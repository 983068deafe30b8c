"""已撤销的录入: what was entered by mistake and taken back in the last 60 days, and putting it back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from wuling_desktop.domain.kinds import LinkKind
from wuling_desktop.domain.problems import Problem
from wuling_desktop.records import BY_NAME, Award, Discipline, Person
from wuling_desktop.records.base import Record, field_of, table_of
from wuling_desktop.services.changes import changes_of
from wuling_desktop.services.person_links import OWN, about
from wuling_desktop.storage.log import CHANGE, OPERATION
from wuling_desktop.storage.undo import LAST_DAYS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wuling_desktop.services.changes import Changes
    from wuling_desktop.storage.operations import Operation, Operations

_LISTED = (Person, Award, Discipline)  # and the plain ledgers; all else comes and goes with a person
_BATCH = 500  # ids named in one IN (…)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A person or an entry of a ledger that was taken back; `along` rows went with it."""

    record: str
    id: int
    operation: int
    text: str
    noun: str
    at: dt.datetime
    clerk: str
    along: int


class WithdrawnEntries:
    """Lists what can be put back, and puts it back with all that went with it."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    def listing(self) -> list[Withdrawn]:
        """Return what was taken back and still is, the latest first."""
        with self._operations.database.reading() as connection:
            return [
                each for _, each in sorted(_Reader(connection, _oldest()).entries().items(), reverse=True)
            ]

    def put_back(self, record: str, id_: int) -> Changes:
        """放回: restore an entry, and what was taken back together with it."""
        with self._operations.database.reading() as connection:
            reader = _Reader(connection, _oldest())
            found = next(
                (each for each in reader.entries().values() if (each.record, each.id) == (record, id_)), None
            )
            if found is None:
                raise Problem(
                    "没有放回：这一条不在已撤销的录入里。",
                    f"可能已经放回，或撤销已过 {LAST_DAYS} 天；数据没有动。",
                    "更早的在操作记录里还能看到。",
                )
            along = reader.along(found)
        with self._operations.begin(f"放回 {found.noun} {found.text}") as (operation, outcome):
            _restore(operation, found, along)
        return changes_of(outcome.written)


def people_gone(connection: sa.Connection) -> list[tuple[Withdrawn, dict[str, list[int]]]]:
    """Return the people whose entry was taken back, however long ago, each with the rows that went along."""
    reader = _Reader(connection, since=None)
    found = (each for each in reader.entries().values() if each.record == Person.__tablename__)
    return [(each, reader.along(each)) for each in found]


def bring_back(operation: Operation, people: Collection[int]) -> None:
    """Put people back inside an open operation, with all that was taken back together with them."""
    for entry, along in people_gone(operation.connection) if people else ():
        if entry.id in people:
            _restore(operation, entry, along)


def _restore(operation: Operation, entry: Withdrawn, along: Mapping[str, list[int]]) -> None:
    operation.restore(BY_NAME[entry.record], [entry.id])
    for name, ids in along.items():
        operation.restore(BY_NAME[name], ids)


def _oldest() -> str:
    return (dt.datetime.now().astimezone() - dt.timedelta(days=LAST_DAYS)).isoformat()


class _Reader:
    def __init__(self, connection: sa.Connection, since: str | None) -> None:
        self._connection = connection
        # An operation with a note of its own (an import, a merge) is taken back as a whole, in the log.
        first = OPERATION.alias()  # what a redo does again
        columns = (
            CHANGE.c.id,
            CHANGE.c.operation,
            CHANGE.c.record,
            CHANGE.c.row,
            OPERATION.c.at,
            OPERATION.c.clerk,
        )
        query = (
            sa.select(*columns)
            .join(OPERATION, OPERATION.c.id == CHANGE.c.operation)
            .outerjoin(first, first.c.id == OPERATION.c.target)
            .where(CHANGE.c.act == "remove", OPERATION.c.kind != "undo")
            .where(OPERATION.c.about.is_(None), first.c.about.is_(None))
            .where(OPERATION.c.at >= (since or ""))
            .order_by(CHANGE.c.id)
        )
        # The latest removal of a row is the one that holds.
        latest = {(row["record"], row["row"]): row for row in connection.execute(query).mappings()}
        removed = self._removed(latest)
        self._removals = {key: row for key, row in latest.items() if key in removed}
        self._rows = removed

    def entries(self) -> dict[int, Withdrawn]:
        """Return people and entries of plain ledgers by the place of their removal in the log."""
        found = {}
        for (name, id_), row in self._removals.items():
            record = BY_NAME[name]
            if record not in _LISTED and not record.plain:
                continue
            along = sum(map(len, self._together(record, id_, row["operation"]).values()))
            at = dt.datetime.fromisoformat(row["at"]).astimezone()
            text = self._text(record, self._rows[name, id_])
            found[row["id"]] = Withdrawn(
                name, id_, row["operation"], text, record.noun, at, row["clerk"], along
            )
        return found

    def along(self, entry: Withdrawn) -> dict[str, list[int]]:
        """Return the rows that were taken back together with an entry and are about it."""
        return self._together(BY_NAME[entry.record], entry.id, entry.operation)

    def _together(self, record: type[Record], id_: int, operation: int) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        if record is not Person:
            return found
        own = {each.__tablename__ for each in about()}
        for (name, row), removal in self._removals.items():
            if name in own and removal["operation"] == operation and self._rows[name, row][OWN] == id_:
                found[name].append(row)
        return found

    def _removed(
        self, latest: Mapping[tuple[str, int], sa.RowMapping]
    ) -> dict[tuple[str, int], sa.RowMapping]:
        by_record: dict[str, list[int]] = defaultdict(list)
        for name, id_ in latest:
            by_record[name].append(id_)
        found = {}
        for name, ids in by_record.items():
            table = table_of(BY_NAME[name])
            for start in range(0, len(ids), _BATCH):
                query = sa.select(table).where(
                    table.c.id.in_(ids[start : start + _BATCH]), table.c.removed_at.isnot(None)
                )
                for row in self._connection.execute(query).mappings():
                    found[name, row["id"]] = row
        return found

    def _text(self, record: type[Record], row: sa.RowMapping) -> str:
        if record is Person:
            return str(row["name"])
        texts = []
        for key in record.table_shows[:2]:
            each = field_of(record, key)
            if row[key] is None:
                continue
            texts.append(
                self._named(each.kind.record, row[key])
                if isinstance(each.kind, LinkKind)
                else each.show(row[key])
            )
        return "　".join(texts)

    def _named(self, record: str, id_: int) -> str:
        table = table_of(BY_NAME[record])
        return self._connection.execute(sa.select(table.c.name).where(table.c.id == id_)).scalar() or ""
