"""备份与恢复, dump and load: the data leaves the program and comes back whole."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop import files
from wuling_desktop.domain import problems
from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.saving import saved
from wuling_desktop.records import LEDGERS, Person
from wuling_desktop.records.base import table_of
from wuling_desktop.storage import attachments, backup, dump, log, memo, restore, schema, search
from wuling_desktop.storage.connection import BACKUPS
from wuling_desktop.storage.log import CHANGE, OPERATION

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.storage.backup import BackupInfo
    from wuling_desktop.storage.data import Verdict
    from wuling_desktop.storage.operations import Operations
    from wuling_desktop.storage.restore import Restored


_OUTSIDE = "outside copy"  # the memo of the last backup that lies on a stick or a share
OUTSIDE_DAYS = 7  # after so many without one the desk says so


@dataclass(frozen=True, slots=True)
class Difference:
    """What putting a backup back would change: people then and now, and the operations done since.

    `since` is None where the backup is of another data file or of another course of events.
    """

    at: dt.datetime
    people_then: int
    people_now: int
    last_then: str
    since: tuple[str, ...] | None


class Backups:
    """Copies of the encrypted data file, each verified before it counts."""

    def __init__(self, operations: Operations) -> None:
        self._database = operations.database

    @property
    def by_server(self) -> bool:
        """Whether all this is the business of a server's administrator: what is asked for here is then answered so."""
        return bool(self._database.whose)

    @property
    def _own(self) -> list[BackupInfo]:
        """The backups of these data that lie beside them, newest first."""
        return backup.listing(self._database.folder / BACKUPS, self._database.file_id)

    def make(self, folder: Path | None = None) -> BackupInfo:
        """Back up beside the data, or into `folder` (a stick, a share)."""
        return backup.make(self._database.as_file("备份"), folder)

    def make_outside(self, folder: Path) -> BackupInfo:
        """Back up into a folder away from the data, read the copy back page by page, and remember the day."""
        file = self._database.as_file("备份")
        made = backup.make(file, folder)
        try:
            verdict = backup.verify(made.path, file.data_key)
        except Exception:  # told to stop, or the desk was locked meanwhile
            with suppress(OSError):
                files.remove(made.path)  # what was not read back is no backup
            raise
        # What was missing here already cannot be in the copy: it is told, and keeps no other datum from being saved.
        if set(verdict.faults) - set(made.faults):
            raise Problem(
                f"备份没有存好：{made.path.name} 读回来和数据不一样。",
                f"{'；'.join(verdict.faults)}数据没有动。",
                "请换一个 U 盘或文件夹再存一次。",
            )
        if not folder.resolve().is_relative_to(self._database.folder.resolve()):
            memo.keep(self._database, _OUTSIDE, {"at": made.at.isoformat(timespec="seconds")})
        return made

    def unsaved(self) -> bool:
        """Whether something was done since the newest backup beside the data."""
        if self.by_server:
            return False
        listed = self._own
        with self._database.reading() as connection:
            return not listed or listed[0].hash != log.head(connection)

    def due(self, now: dt.datetime) -> bool:
        """Whether the backup of the day is still to be made."""
        listed = self._own
        # Another day, not a later one: a clock that was once ahead would put every backup off until then.
        return (not listed or listed[0].at.astimezone().date() != now.astimezone().date()) and self.unsaved()

    def outside_overdue(self, now: dt.datetime) -> tuple[bool, dt.datetime | None]:
        """Return whether a copy outside has been wanting for too long, and when the last one was made."""
        last = self._outside()
        if self.by_server:
            return False, last
        with self._database.reading() as connection:
            first = connection.execute(sa.select(sa.func.min(OPERATION.c.at))).scalar()
        begun = dt.datetime.fromisoformat(first) if first else now
        return abs(now - (last or begun)) > dt.timedelta(days=OUTSIDE_DAYS), last

    def latest(self) -> dt.datetime | None:
        """Return when the newest copy was made, beside the data or outside."""
        listed = self._own
        made = [each for each in (listed[0].at if listed else None, self._outside()) if each is not None]
        return max(made, default=None)

    def _outside(self) -> dt.datetime | None:
        kept = memo.under(self._database, _OUTSIDE)
        return dt.datetime.fromisoformat(kept[0].content["at"]) if kept else None

    def difference(self, path: Path) -> Difference:
        """Return what putting this backup back would change, by its note and the log; nothing is unpacked."""
        found = backup.info(path)
        person = table_of(Person)
        living = sa.select(sa.func.count()).select_from(person).where(person.c.removed_at.is_(None))
        facts = sa.select(OPERATION.c.name, OPERATION.c.hash).where(OPERATION.c.id == found.operation)
        later = sa.select(OPERATION.c.name).where(OPERATION.c.id > found.operation)
        with self._database.reading() as connection:
            now = int(connection.execute(living).scalar_one())
            last = connection.execute(facts).one_or_none()
            since = connection.execute(later.order_by(OPERATION.c.id.desc())).scalars().all()
        same = last is not None and last.hash == found.hash and found.file_id == self._database.file_id
        return Difference(
            found.at, found.people, now, last.name if last and same else "", tuple(since) if same else None
        )

    def listing(self) -> list[BackupInfo]:
        """Return the backups beside the data, newest first."""
        return backup.listing(self._database.folder / BACKUPS)

    def verify(self, path: Path | None = None) -> Verdict:
        """Check a backup, or the data file itself, page by page."""
        if path is None:
            return self._database.verify()
        return backup.verify(path, self._database.as_file("检查备份").data_key)

    def restore(self, path: Path) -> Restored:
        """Put a backup in the place of the present data, which is backed up first."""
        restored = restore.restore(self._database.as_file("恢复"), path)
        with suppress(
            Problem
        ):  # the backup is in place; the next step tells what the disk has against opening
            search.keep_in_step(self._database)
        return restored

    def dump(self, path: Path, *, records_only: bool = False) -> dict[str, int]:
        """Write the whole data, or the records only, as one plain JSON file; return the rows by ledger."""
        with self._database.reading() as connection:
            content = dump.dumped(connection, schema.current(connection), records_only=records_only)
            spoken_of = [] if records_only else attachments.every(connection)
        with saved(path) as file:
            file.writelines(dump.pieces(content, dump.contents(spoken_of, self._database.contents())))
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
                    "没有装入：这个数据文件里已经有人员，或有过人员。",
                    "装入只用于空的数据文件，免得两份数据混在一起；原来的数据没有动。",
                    "请先用 init 建一个新的数据文件。",
                )
            dump.keep_contents(content, self._database.contents())
            _empty(connection)
            return dump.load(connection, content)


def _read_dump(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise problems.of_os_error(error, f"读 {path.name} ") from error
    except (ValueError, RecursionError) as error:
        raise dump.not_a_dump() from error
    if not isinstance(content, dict) or content.get("format") != dump.FORMAT:
        raise dump.not_a_dump()
    return content


def _empty(connection: sa.Connection) -> None:
    """Take out what `init` wrote (unit, branch, settings and its log), so that the dump stands alone."""
    for table in (CHANGE, OPERATION, *(table_of(record) for record in LEDGERS)):
        connection.execute(sa.delete(table))
