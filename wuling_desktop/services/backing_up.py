"""备份与恢复, dump and load: the data leaves the program and comes back whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop import files
from wuling_desktop.domain import problems
from wuling_desktop.domain.problems import Problem
from wuling_desktop.records import LEDGERS, Person
from wuling_desktop.records.base import table_of
from wuling_desktop.storage import attachments, backup, dump, restore, schema, search
from wuling_desktop.storage.attachments import Store
from wuling_desktop.storage.connection import BACKUPS
from wuling_desktop.storage.log import CHANGE, OPERATION

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.storage.backup import BackupInfo, Verdict
    from wuling_desktop.storage.operations import Operations
    from wuling_desktop.storage.restore import Restored


class Backups:
    """Copies of the encrypted data file, each verified before it counts."""

    def __init__(self, operations: Operations) -> None:
        self._database = operations.database

    def make(self, folder: Path | None = None) -> BackupInfo:
        """Back up beside the data, or into `folder` (a stick, a share)."""
        return backup.make(self._database, folder)

    def listing(self) -> list[BackupInfo]:
        """Return the backups beside the data, newest first."""
        return backup.listing(self._database.folder / BACKUPS)

    def verify(self, path: Path | None = None) -> Verdict:
        """Check a backup, or the data file itself, page by page."""
        if path is None:
            return backup.verify_present(self._database)
        return backup.verify(path, self._database.data_key)

    def restore(self, path: Path) -> Restored:
        """Put a backup in the place of the present data, which is backed up first."""
        restored = restore.restore(self._database, path)
        search.keep_in_step(self._database)
        return restored

    def dump(self, path: Path, *, records_only: bool = False) -> dict[str, int]:
        """Write the whole data, or the records only, as one plain JSON file; return the rows by ledger."""
        with self._database.reading() as connection:
            content = dump.dumped(connection, schema.current(connection), records_only=records_only)
            spoken_of = [] if records_only else attachments.every(connection.connection.dbapi_connection)
        try:
            with files.whole(path) as file:
                file.writelines(dump.pieces(content, dump.contents(spoken_of, Store.of(self._database))))
        except OSError as error:
            raise problems.of_os_error(error, f"写 {path.name} ") from error
        return {name: len(rows) for name, rows in content["records"].items()}

    def load(self, path: Path) -> dict[str, int]:
        """Write a dump into this data file, which must hold no people yet; return the rows by ledger."""
        content = _read_dump(path)
        with self._database.writing() as connection:
            if content.get("schema") != schema.current(connection):
                raise Problem(
                    "没有装入：这个文件是另一个版本的程序导出的。",
                    "两边的数据结构不同；这里没有写进任何东西。",
                    "请用导出它的那个版本装入，或先在那边升级后重新导出。",
                )
            if connection.execute(sa.select(sa.func.count()).select_from(table_of(Person))).scalar():
                raise Problem(
                    "没有装入：这个数据文件里已经有人员。",
                    "装入只用于空的数据文件，免得两份数据混在一起；原来的数据没有动。",
                    "请先用 init 建一个新的数据文件。",
                )
            dump.keep_contents(content, Store.of(self._database))
            _empty(connection)
            return dump.load(connection, content)


def _read_dump(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise problems.of_os_error(error, f"读 {path.name} ") from error
    except ValueError as error:
        raise dump.not_a_dump() from error
    if not isinstance(content, dict) or content.get("format") != dump.FORMAT:
        raise dump.not_a_dump()
    return content


def _empty(connection: sa.Connection) -> None:
    """Take out what `init` wrote (unit, branch, settings and its log), so that the dump stands alone."""
    for table in (CHANGE, OPERATION, *(table_of(record) for record in LEDGERS)):
        connection.execute(sa.delete(table))
