"""Taking operations back and doing them again, from the log that the same transaction wrote."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain.problems import Problem
from wuling_desktop.records import BY_NAME, LEDGERS
from wuling_desktop.records.base import Record, field_of, fields_of, table_of
from wuling_desktop.storage.log import CHANGE, OPERATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.storage.operations import Operation, Operations, Written

LAST_OPERATIONS = 500
LAST_DAYS = 60
_BATCH = 500  # ids named in one IN (…)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of 操作记录."""

    id: int
    name: str
    kind: str
    target: int | None
    at: str
    clerk: str
    rows: int
    about: str | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that was touched since: before the operation, by it, and now; it stays as it is now."""

    record: str
    id: int
    field: str | None
    before: Any
    written: Any
    now: Any


def entries(connection: sa.Connection, limit: int = LAST_OPERATIONS) -> list[Entry]:
    """Return the latest operations, newest first, each with whether it stands taken back."""
    rows = sa.select(CHANGE.c.operation, sa.func.count(sa.distinct(_subject())).label("rows")).group_by(
        CHANGE.c.operation
    )
    counted = rows.subquery()
    query = (
        sa.select(OPERATION, counted.c.rows)
        .outerjoin(counted, counted.c.operation == OPERATION.c.id)
        .order_by(OPERATION.c.id.desc())
        .limit(limit)
    )
    found = connection.execute(query).mappings().all()
    state: dict[int, bool] = {}
    for row in reversed(found):
        if row["kind"] != "do":
            state[row["target"]] = row["kind"] == "undo"
    facts = ("id", "name", "kind", "target", "at", "clerk", "about")
    return [
        Entry(
            **{fact: row[fact] for fact in facts}, rows=row["rows"] or 0, undone=state.get(row["id"], False)
        )
        for row in found
    ]


def stands(connection: sa.Connection, operation: int) -> bool:
    """Whether an operation was not taken back, or was done again since."""
    query = sa.select(OPERATION.c.kind).where(OPERATION.c.target == operation)
    return connection.execute(query.order_by(OPERATION.c.id.desc()).limit(1)).scalar() != "undo"


def latest_undoable(log_entries: Sequence[Entry], clerk: str | None, now: dt.datetime) -> Entry | None:
    """Return what Ctrl+Z takes back: the latest operation (of this clerk) that stands."""
    oldest = (now - dt.timedelta(days=LAST_DAYS)).isoformat()
    redone = {entry.target: entry.id for entry in reversed(log_entries) if entry.kind == "redo"}
    standing = [
        entry
        for entry in log_entries
        if entry.kind == "do" and not entry.undone and entry.at >= oldest and clerk in (None, entry.clerk)
    ]
    return max(standing, key=lambda entry: redone.get(entry.id, entry.id), default=None)


def latest_redoable(log_entries: Sequence[Entry]) -> Entry | None:
    """Return what Ctrl+Y does again: the operation taken back last, until something new is done."""
    by_id = {entry.id: entry for entry in log_entries}
    stack: list[int] = []
    for entry in reversed(log_entries):
        if entry.kind == "do":
            stack.clear()
        elif entry.kind == "undo" and entry.target is not None:
            stack.append(entry.target)
        elif entry.target in stack:
            stack.remove(entry.target)
    return by_id.get(stack[-1]) if stack else None


def take_back(operations: Operations, target: Entry) -> tuple[Written, list[Kept]]:
    """Undo an operation; what was touched since stays as it is now and is listed."""
    kept: list[Kept] = []
    with operations.begin(f"撤销：{target.name}", kind="undo", target=target.id) as (operation, outcome):
        _require_state(operation.connection, target, undone=False)
        changes = _changes(operation.connection, target.id)
        _revert_cells(operation, [c for c in changes if c["act"] == "change"], kept)
        _remove_added(operation, [c for c in changes if c["act"] == "add"], kept)
        for act, opposite in (("remove", operation.restore), ("restore", operation.remove)):
            for record, ids in _by_record(c for c in changes if c["act"] == act).items():
                opposite(record, ids)
    return _committed(outcome.written, target), kept


def do_again(operations: Operations, target: Entry) -> Written:
    """Redo an operation that was taken back."""
    kept: list[Kept] = []
    with operations.begin(f"重做：{target.name}", kind="redo", target=target.id) as (operation, outcome):
        _require_state(operation.connection, target, undone=True)
        changes = _changes(operation.connection, target.id)
        # What leaves goes first: of two records made one, the one that stays takes over the number of the other.
        for record, ids in _by_record(c for c in changes if c["act"] == "remove").items():
            operation.remove(record, ids)
        for record, ids in _by_record(c for c in changes if c["act"] in ("add", "restore")).items():
            operation.restore(record, ids)
        forward = [dict(c, old=c["new"], new=c["old"]) for c in changes if c["act"] == "change"]
        _revert_cells(operation, list(reversed(forward)), kept)
    return _committed(outcome.written, target)


def _require_state(connection: sa.Connection, target: Entry, *, undone: bool) -> None:
    """Raise a Problem where another desk was first: of two that take back the same, one does it."""
    latest = sa.select(OPERATION.c.kind).where(OPERATION.c.target == target.id)
    kind = connection.execute(latest.order_by(OPERATION.c.id.desc()).limit(1)).scalar()
    if (kind == "undo") != undone:
        raise Problem(
            f"“{target.name}”别处刚刚{'重做' if undone else '撤销'}过。",
            "这一步没有再做一遍；数据就是那边做完的样子。",
            "请在操作记录里看一眼现在到了哪一步。",
        )


def _committed(written: Written | None, target: Entry) -> Written:
    if written is None or written.id is None:
        raise Problem(
            f"“{target.name}”没有可撤销的内容了。",
            "它改过的每一处后来都又改过，现在的值都保留着。",
            "要恢复旧值，请在该人员或台账的变更记录里逐项处理。",
        )
    return written


def _changes(connection: sa.Connection, operation: int) -> list[dict[str, Any]]:
    """Return the changes of an operation, latest first: the order in which they are taken back."""
    query = sa.select(CHANGE).where(CHANGE.c.operation == operation).order_by(CHANGE.c.id.desc())
    return [dict(row) for row in connection.execute(query).mappings()]


def _subject() -> sa.ColumnElement[str]:
    return CHANGE.c.record + sa.literal(":") + sa.cast(CHANGE.c.row, sa.String)


def _by_record(changes: Any) -> dict[type[Record], list[int]]:
    found: dict[type[Record], list[int]] = defaultdict(list)
    for change in changes:
        found[BY_NAME[change["record"]]].append(change["row"])
    return found


def _stored(connection: sa.Connection, record: type[Record], ids: Sequence[int]) -> dict[int, sa.RowMapping]:
    """Return rows of a record by id, as they are now."""
    table = table_of(record)
    found: dict[int, sa.RowMapping] = {}
    for start in range(0, len(ids), _BATCH):
        query = sa.select(table).where(table.c.id.in_(ids[start : start + _BATCH]))
        found.update((row["id"], row) for row in connection.execute(query).mappings())
    return found


def _revert_cells(operation: Operation, changes: Sequence[dict[str, Any]], kept: list[Kept]) -> None:
    cells: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for change in changes:
        cells[change["record"], change["row"]].append(change)
    stored = {
        record: _stored(operation.connection, record, ids) for record, ids in _by_record(changes).items()
    }
    for (name, id_), own in cells.items():
        record = BY_NAME[name]
        values: dict[str, Any] = {}
        for cell in own:
            each = field_of(record, cell["field"])
            old, new = json.loads(cell["old"]), json.loads(cell["new"])
            now = each.kind.dump(values.get(each.key, stored[record][id_][each.key]))
            if now == new:
                values[each.key] = each.kind.load(old)
            else:
                kept.append(Kept(name, id_, each.key, old, new, now))
        operation.change(record, id_, values)


def _remove_added(operation: Operation, changes: Sequence[dict[str, Any]], kept: list[Kept]) -> None:
    """Remove what the operation added, unless it was changed since or something that stays points at it."""
    added = {(change["record"], change["row"]) for change in changes}
    leaving = added - _touched_since(operation.connection, changes)
    while pointed := leaving & _pointed_at(operation.connection, leaving):
        leaving -= pointed
    for record, ids in _by_record(changes).items():
        operation.remove(record, [id_ for id_ in ids if (record.__tablename__, id_) in leaving])
    kept.extend(Kept(name, id_, None, None, None, None) for name, id_ in sorted(added - leaving))


def _touched_since(connection: sa.Connection, changes: Sequence[dict[str, Any]]) -> set[tuple[str, int]]:
    """Return the added rows that hold a value now other than the one they were added with."""
    given = {(change["record"], change["row"]): json.loads(change["new"]) for change in changes}
    touched: set[tuple[str, int]] = set()
    for record, ids in _by_record(changes).items():
        name = record.__tablename__
        for id_, row in _stored(connection, record, ids).items():
            now = {
                each.key: each.kind.dump(row[each.key])
                for each in fields_of(record)
                if row[each.key] is not None
            }
            if row["removed_at"] is not None or now != given[name, id_]:
                touched.add((name, id_))
    return touched


def _pointed_at(connection: sa.Connection, leaving: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """Return the rows that living rows link to which are not leaving themselves."""
    pointed: set[tuple[str, int]] = set()
    for record in LEDGERS:
        table = table_of(record)
        for column in table.columns:
            for key in column.foreign_keys:
                query = sa.select(table.c.id, column).where(table.c.removed_at.is_(None), column.isnot(None))
                pointed.update(
                    (key.column.table.name, target)
                    for id_, target in connection.execute(query)
                    if (record.__tablename__, id_) not in leaving
                )
    return pointed
