"""The log of operations: what was done, when, by whom, row by row, chained by hashes."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.records.base import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OPERATION = sa.Table(
    "operation",
    Record.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),  # as shown: 修改 韦清和 的岗位
    sa.Column("kind", sa.String(8), nullable=False),  # do, undo, redo; found: of the file itself
    sa.Column("target", sa.Integer, sa.ForeignKey("operation.id")),  # what an undo or redo is about
    sa.Column("at", sa.String(32), nullable=False),  # local time with its offset, ISO
    sa.Column("clerk", sa.String(60), nullable=False),  # 经办人
    sa.Column("about", sa.Text),  # JSON: of an import its file and counts
    sa.Column("hash", sa.String(64), nullable=False),
)
CHANGE = sa.Table(
    "change",
    Record.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("operation", sa.Integer, sa.ForeignKey("operation.id"), nullable=False, index=True),
    sa.Column("record", sa.String(40), nullable=False),
    sa.Column("row", sa.Integer, nullable=False),
    sa.Column("act", sa.String(8), nullable=False),  # add, change, remove, restore
    sa.Column("field", sa.String(40)),  # of a change
    sa.Column("old", sa.Text),  # JSON
    sa.Column("new", sa.Text),  # JSON; of an added row all its values
    sa.Index("ix_change_record_row", "record", "row"),
)
_OPERATION_FACTS = ("id", "name", "kind", "target", "at", "clerk", "about")
_CHANGE_FACTS = ("record", "row", "act", "field", "old", "new")
FIRST_HASH = "0" * 64


def plain(value: Any) -> str:
    """Return a value as canonical JSON text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chained(previous: str, operation: Mapping[str, Any], changes: Iterable[Mapping[str, Any]]) -> str:
    """Return the hash that seals an operation and its changes to all before it."""
    sealed = {fact: operation[fact] for fact in _OPERATION_FACTS}
    rows = [[change[fact] for fact in _CHANGE_FACTS] for change in changes]
    return hashlib.sha256((previous + plain([sealed, rows])).encode()).hexdigest()


def head(connection: sa.Connection) -> str:
    """Return the hash of the latest operation."""
    latest = sa.select(OPERATION.c.hash).order_by(OPERATION.c.id.desc()).limit(1)
    return connection.execute(latest).scalar() or FIRST_HASH


def latest(connection: sa.Connection) -> tuple[str, str] | None:
    """Return name and moment of the latest operation, or None where there is none."""
    query = sa.select(OPERATION.c.name, OPERATION.c.at).order_by(OPERATION.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return (row.name, row.at) if row else None


def first_broken(connection: sa.Connection) -> int | None:
    """Return the id of the first operation whose seal does not fit, or None where the whole log is sound."""
    changes: dict[int, list[Mapping[str, Any]]] = {}
    for row in connection.execute(sa.select(CHANGE).order_by(CHANGE.c.id)).mappings():
        changes.setdefault(row["operation"], []).append(dict(row))
    previous = FIRST_HASH
    for operation in connection.execute(sa.select(OPERATION).order_by(OPERATION.c.id)).mappings():
        previous = chained(previous, dict(operation), changes.pop(operation["id"], ()))
        if previous != operation["hash"]:
            return int(operation["id"])
    return min(changes, default=None)


def faults(connection: sa.Connection) -> list[str]:
    """Return whether the log was altered, as sentences."""
    broken = first_broken(connection)
    return [] if broken is None else [f"操作记录从第 {broken} 步起对不上封签，有人在程序外面改过数据。"]


def holds(connection: sa.Connection, seal: str) -> bool:
    """Whether the operation of this seal is in the log; a seal holds all before it, so there is no other."""
    found = sa.select(OPERATION.c.id).where(OPERATION.c.hash == seal)
    return connection.execute(found).scalar() is not None
