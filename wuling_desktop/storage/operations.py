"""Every change is a named operation: data and log are written here, by Core, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain.problems import Problem
from wuling_desktop.records import Person
from wuling_desktop.records.base import Record, fields_of, table_of
from wuling_desktop.storage import log, search
from wuling_desktop.storage.called import CalledPeople
from wuling_desktop.storage.log import CHANGE, OPERATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wuling_desktop.storage.data import Data

_BATCH = 500  # rows named in one IN (…); SQLite and PostgreSQL allow far more


@dataclass(frozen=True, slots=True)
class Written:
    """What an operation touched; `id` is None where nothing differed and nothing was written."""

    id: int | None
    name: str
    touched: Mapping[str, frozenset[int]]

    @property
    def rows(self) -> int:
        """How many rows were touched."""
        return sum(len(ids) for ids in self.touched.values())


@dataclass(slots=True)
class Operation:
    """An open operation; what is done through it is written at once and logged when it ends."""

    connection: sa.Connection
    name: str
    now: dt.datetime
    kind: str = "do"
    target: int | None = None
    about: Mapping[str, Any] | None = None
    _changes: list[dict[str, Any]] = field(default_factory=list)

    def add(self, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Insert rows of {field key: value} and return their ids in the same order."""
        if not rows:
            return []
        table = table_of(record)
        keys = [each.key for each in fields_of(record)]
        full = [{key: row.get(key) for key in keys} | {"version": 1} for row in rows]
        insert = sa.insert(record).returning(table.c.id, sort_by_parameter_order=True)
        ids = [int(id_) for id_ in self.connection.execute(insert, full).scalars()]
        for id_, row in zip(ids, rows, strict=True):
            self._note(record, id_, "add", new=_plain_row(record, row))
        return ids

    def change(self, record: type[Record], id_: int, values: Mapping[str, Any]) -> list[str]:
        """Write the values that differ from those stored and return the keys of these."""
        table = table_of(record)
        stored = self.connection.execute(sa.select(table).where(table.c.id == id_)).mappings().one()
        changed = {key: value for key, value in values.items() if stored[key] != value}
        if not changed:
            return []
        update = sa.update(table).where(table.c.id == id_).values(**changed, version=table.c.version + 1)
        self.connection.execute(update)
        for each in fields_of(record):
            if each.key in changed:
                old, new = each.kind.dump(stored[each.key]), each.kind.dump(changed[each.key])
                self._note(record, id_, "change", field=each.key, old=log.plain(old), new=log.plain(new))
        return list(changed)

    def remove(self, record: type[Record], ids: Sequence[int]) -> None:
        """Mark rows as removed; they can be put back."""
        self._mark(record, ids, "remove", self.now.isoformat(timespec="seconds"))

    def restore(self, record: type[Record], ids: Sequence[int]) -> None:
        """Put removed rows back."""
        self._mark(record, ids, "restore", None)

    def _mark(self, record: type[Record], ids: Sequence[int], act: str, removed_at: str | None) -> None:
        table = table_of(record)
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            update = sa.update(table).where(table.c.id.in_(batch))
            self.connection.execute(update.values(removed_at=removed_at, version=table.c.version + 1))
        for id_ in ids:
            self._note(record, id_, act)

    def _note(
        self,
        record: type[Record],
        id_: int,
        act: str,
        *,
        field: str | None = None,
        old: str | None = None,
        new: str | None = None,
    ) -> None:
        name = record.__tablename__
        self._changes.append({"record": name, "row": id_, "act": act, "field": field, "old": old, "new": new})

    def seal(self, clerk: str) -> Written:
        """Write the log of what was done; called once, by `Operations.begin`."""
        touched: dict[str, set[int]] = defaultdict(set)
        for change in self._changes:
            touched[change["record"]].add(change["row"])
        if not self._changes:
            return Written(None, self.name, {})
        latest = self.connection.execute(sa.select(sa.func.max(OPERATION.c.id))).scalar() or 0
        row = {
            "id": latest + 1,
            "name": self.name,
            "kind": self.kind,
            "target": self.target,
            "at": self.now.isoformat(timespec="seconds"),
            "clerk": clerk,
            "about": log.plain(self.about) if self.about is not None else None,
        }
        row["hash"] = log.chained(log.head(self.connection), row, self._changes)
        self.connection.execute(sa.insert(OPERATION), row)
        self.connection.execute(
            sa.insert(CHANGE), [{"operation": row["id"], **change} for change in self._changes]
        )
        if people := touched.get(Person.__tablename__):
            search.follow(self.connection, people, latest + 1)
        return Written(latest + 1, self.name, {name: frozenset(ids) for name, ids in touched.items()})


@dataclass(slots=True)
class Outcome:
    """Filled when the operation has been committed."""

    written: Written | None = None


class Operations:
    """Begins operations on a data file in the name of the clerk at the desk."""

    def __init__(self, database: Data, clerk: str) -> None:
        self.database = database
        self.clerk = clerk
        self.called = CalledPeople()

    @contextmanager
    def begin(
        self,
        name: str,
        *,
        kind: str = "do",
        target: int | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> Iterator[tuple[Operation, Outcome]]:
        """Open a transaction; at its end data and log are committed together, on any error neither is."""
        outcome = Outcome()
        try:
            with self.database.writing() as connection:
                now = dt.datetime.now().astimezone()
                operation = Operation(connection, name, now, kind, target, about)
                yield operation, outcome
                outcome.written = operation.seal(self.clerk)
        except sa.exc.IntegrityError as error:
            raise _clash(error) from error


def _plain_row(record: type[Record], row: Mapping[str, Any]) -> str:
    kept = {
        each.key: each.kind.dump(row[each.key]) for each in fields_of(record) if row.get(each.key) is not None
    }
    return log.plain(kept)


def _clash(error: sa.exc.IntegrityError) -> Problem:
    """Say which uniqueness or link was broken, without the values, which may be private."""
    text = str(error.orig)
    if "id_number" in text:
        what = "没有保存：已经有一个人用这个身份证号。"
    elif "membership" in text and "person" in text:
        what = "没有保存：这个人已有一份没有结束的党籍。"
    elif "name" in text:
        what = "没有保存：已经有同名的一条。"
    else:
        what = "没有保存：它与已有的记录对不上。"
    return Problem(what, "同一件东西只能记一次；原来的数据没有动。", "请先找到已有的那一条，在那里修改。")
