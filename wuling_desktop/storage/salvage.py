"""Reading what can still be read of a damaged data file: on a copy, row by row where a page cannot be opened."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from wuling_desktop.domain.problems import of_os_error
from wuling_desktop.records import LEDGERS, Setting
from wuling_desktop.records.base import fields_of, table_of
from wuling_desktop.storage import connection as cipher
from wuling_desktop.storage import copies, dump, schema
from wuling_desktop.storage.connection import FILE
from wuling_desktop.storage.keys import SlotFile
from wuling_desktop.storage.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wuling_desktop.records.base import Record

_LOG = f"{FILE}-wal"
_MOST_ERRORS = 500  # of one ledger; then its root is gone and looking further finds nothing
_GUESS = 4096  # rows looked for where the file cannot say how many there are


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The plain content that could be read, and the ledgers of which something is missing."""

    content: dict[str, Any]
    rows: int
    lacking: tuple[str, ...]


def salvage(folder: Path, password: str) -> Salvaged:
    """Return what can be read of a data file nobody has open; the file itself is not touched."""
    lock = Lock.acquire(folder)
    try:
        slots = SlotFile.read(folder)
        data_key = slots.unlock_with_password(password)
        with copies.looked_into(slots.file_id) as place:
            for name in (FILE, _LOG):
                if (folder / name).exists():
                    shutil.copy(folder / name, place / name)
            return _read(place / FILE, data_key)
    except OSError as error:
        raise of_os_error(error, "导出") from error
    finally:
        lock.release()


def _read(file: Path, data_key: bytes | bytearray) -> Salvaged:
    cipher.look(file, data_key)  # Problem where not even the beginning can be read
    engine = cipher.engine_on(lambda: cipher.connect(file, data_key), StaticPool)
    records: dict[str, Any] = {}
    lacking: list[str] = []
    try:
        with engine.connect() as connection:
            for record in LEDGERS:
                reader = _Ledger(connection, record)
                records[record.__tablename__] = dict(reader.rows())
                if reader.errors:
                    lacking.append(record.ledger)
    finally:
        engine.dispose()
    settings = records.pop(Setting.__tablename__)
    content = {"format": dump.FORMAT, "schema": schema.head(), "records": records, "settings": settings}
    return Salvaged(content, sum(map(len, records.values())), tuple(lacking))


class _Ledger:
    """One ledger, read in ranges of ids that are halved as long as they cannot be read."""

    def __init__(self, connection: sa.Connection, record: type[Record]) -> None:
        self._connection, self._record = connection, record
        self._table = table_of(record)
        self.errors = 0

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield id and plain values of every living row that can be read."""
        yield from self._between(1, self._last())

    def _last(self) -> int:
        try:
            return int(self._connection.execute(sa.select(sa.func.max(self._table.c.id))).scalar() or 0)
        except sa.exc.DatabaseError:
            self.errors += 1
            return _GUESS

    def _between(self, first: int, last: int) -> Iterator[tuple[str, dict[str, Any]]]:
        if first > last or self.errors > _MOST_ERRORS:
            return
        query = sa.select(self._table).where(self._table.c.id.between(first, last)).order_by(self._table.c.id)
        try:
            found = self._connection.execute(query).mappings().all()
        except sa.exc.DatabaseError:
            self.errors += 1
            if first < last:
                middle = (first + last) // 2
                yield from self._between(first, middle)
                yield from self._between(middle + 1, last)
            return
        for row in found:
            if row["removed_at"] is None:
                plain = {each.key: each.kind.dump(row[each.key]) for each in fields_of(self._record)}
                yield str(row["id"]), plain
