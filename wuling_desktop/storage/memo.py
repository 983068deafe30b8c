"""What the desk remembers for itself: half-typed forms, the day of the last copy outside.

Enciphered with the data and kept by every backup, but no record: it has no operation, no undo, and no place in a dump.
Where desks share the data, each account has its own: a half-typed form is nobody else's business.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.records.base import Record

if TYPE_CHECKING:
    from wuling_desktop.storage.data import Data

MEMO = sa.Table(
    "memo",
    Record.metadata,
    sa.Column("key", sa.String(60), primary_key=True),
    sa.Column("at", sa.String(32), nullable=False),  # local time with its offset, ISO
    sa.Column("content", sa.Text, nullable=False),  # JSON
)


@dataclass(frozen=True, slots=True)
class Memo:
    """One thing remembered, and since when."""

    key: str
    at: dt.datetime
    content: Any


def keep(database: Data, key: str, content: Any) -> None:
    """Remember something in the place of what was remembered under the same key."""
    own = _own(database, key)
    row = {
        "key": own,
        "at": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        "content": json.dumps(content, ensure_ascii=False),
    }
    with database.writing() as connection:
        connection.execute(sa.delete(MEMO).where(MEMO.c.key == own))
        connection.execute(sa.insert(MEMO), row)


def forget(database: Data, key: str) -> None:
    """Remember something no longer."""
    with database.writing() as connection:
        connection.execute(sa.delete(MEMO).where(MEMO.c.key == _own(database, key)))


def under(database: Data, prefix: str) -> list[Memo]:
    """Return what is remembered under the keys that begin so, latest first."""
    query = sa.select(MEMO).where(MEMO.c.key.startswith(_own(database, prefix), autoescape=True))
    with database.reading() as connection:
        rows = connection.execute(query.order_by(MEMO.c.at.desc(), MEMO.c.key)).all()
    before = _own(database, "")
    return [
        Memo(row.key.removeprefix(before), dt.datetime.fromisoformat(row.at), json.loads(row.content))
        for row in rows
    ]


def _own(database: Data, key: str) -> str:
    return f"{database.whose}/{key}" if database.whose else key
