"""Every change is a named operation: data and log are written here, by Core, in one transaction."""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain.problems import Problem
from wuling_desktop.records import Person
from wuling_desktop.records.base import Record, fields_of, table_of
from wuling_desktop.storage import log, search, server_troubles
from wuling_desktop.storage.called import CalledPeople
from wuling_desktop.storage.log import CHANGE, OPERATION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from wuling_desktop.storage.data import Data

_BATCH = 500  # rows named in one IN (…); SQLite and PostgreSQL allow far more
_PAUSES = (0, 1, 2, 4)  # seconds before a server whose connection broke is asked again


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
    hash: str = ""  # the seal, once there is something to seal
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
        if not values:
            return []
        table = table_of(record)
        stored = self.connection.execute(sa.select(table).where(table.c.id == id_)).mappings().one()
        changed = {key: value for key, value in values.items() if stored[key] != value}
        if not changed:
            return []
        # Writers wait for each other, so nothing comes between; whoever writes past the program is noticed here.
        update = sa.update(table).where(table.c.id == id_, table.c.version == stored["version"])
        if self.connection.execute(update.values(**changed, version=table.c.version + 1)).rowcount != 1:
            raise _written_past_us()
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
        row["hash"] = self.hash = log.chained(log.head(self.connection), row, self._changes)
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
        with database.reading() as connection:
            self._since = connection.execute(sa.select(sa.func.max(OPERATION.c.id))).scalar() or 0
        self._own: set[int] = set()  # written by this desk since then

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
        outcome, seal = Outcome(), ""
        try:
            with self.database.writing() as connection:
                now = dt.datetime.now().astimezone()
                operation = Operation(connection, name, now, kind, target, about)
                yield operation, outcome
                outcome.written = operation.seal(self.clerk)
                seal = operation.hash
        except sa.exc.IntegrityError as error:
            raise _clash(error) from error
        except server_troubles.Unsure as unsure:
            if seal:
                self._require_saved(seal, unsure)
        if outcome.written is not None and outcome.written.id is not None:
            self._own.add(outcome.written.id)

    def touched_elsewhere(
        self, connection: sa.Connection, rows: Collection[tuple[str, int]]
    ) -> set[tuple[str, int]]:
        """Return which rows (record, id) another desk has touched since this one was opened; of a file there is none."""
        later = sa.select(OPERATION.c.id).where(OPERATION.c.id > self._since)
        others = set(connection.execute(later).scalars()) - self._own
        if not others:
            return set()
        by_record: dict[str, list[int]] = defaultdict(list)
        for record, id_ in rows:
            by_record[record].append(id_)
        touched = set()
        for record, ids in by_record.items():
            for start in range(0, len(ids), _BATCH):
                query = sa.select(CHANGE.c.row, CHANGE.c.operation).where(
                    CHANGE.c.record == record,
                    CHANGE.c.row.in_(ids[start : start + _BATCH]),
                    CHANGE.c.operation > self._since,
                )
                found = connection.execute(query)
                touched |= {(record, row) for row, operation in found if operation in others}
        return touched

    def _require_saved(self, seal: str, unsure: Problem) -> None:
        """Look an operation up whose end nobody confirmed; Problem where it did not come through, or nobody can tell.

        The question waits, as a writer does, until the server has ended the broken transaction.
        """
        for pause in _PAUSES:
            time.sleep(pause)
            try:
                with self.database.writing() as connection:
                    saved = log.holds(connection, seal)
            except Problem:
                continue
            if not saved:
                raise server_troubles.lost("保存") from unsure
            return
        raise unsure


def _written_past_us() -> Problem:
    return Problem(
        "没有保存：这一条刚刚被别处改过。",
        "改它的不是本程序，程序没有盖掉那边的值；原来的数据没有动。",
        "请刷新后看一眼现在的值，再改一次。",
    )


def _plain_row(record: type[Record], row: Mapping[str, Any]) -> str:
    kept = {
        each.key: each.kind.dump(row[each.key]) for each in fields_of(record) if row.get(each.key) is not None
    }
    return log.plain(kept)


def _clash(error: sa.exc.IntegrityError) -> Problem:
    """Say which uniqueness or link was broken, without the values, which may be private."""
    diagnosis = getattr(error.orig, "diag", None)  # a server says it in its own language, but for the name
    text = str(diagnosis.constraint_name if diagnosis else error.orig)
    if "id_number" in text:
        what = "没有保存：已经有一个人用这个身份证号。"
    elif "membership" in text and "person" in text:
        what = "没有保存：这个人已有一份没有结束的党籍。"
    elif "name" in text:
        what = "没有保存：已经有同名的一条。"
    else:
        what = "没有保存：它与已有的记录对不上。"
    return Problem(what, "同一件东西只能记一次；原来的数据没有动。", "请先找到已有的那一条，在那里修改。")
