"""Backups: made from the enciphered bytes, opened and compared before they count, thinned out by age.

Those in the data folder's own `backups` are thinned out: 10 newest, and the newest of 14 days, 8 weeks and 12
months. What the user had written elsewhere is the user's and stays. Only a new backup that stood every check
lets others go. The sealed files of attachments lie beside the backups, each once for all of them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from wuling_desktop import files
from wuling_desktop.domain.problems import Problem, of_os_error
from wuling_desktop.storage import attachments, backup_file, copies, log, schema, swap, troubles
from wuling_desktop.storage import connection as cipher
from wuling_desktop.storage.attachments import Needed, Store
from wuling_desktop.storage.backup_file import BackupFile, Note
from wuling_desktop.storage.connection import BACKUPS, FILE, Facts
from wuling_desktop.storage.data import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    import sqlalchemy as sa

    from wuling_desktop.storage.database import Database
    from wuling_desktop.storage.keys import SlotFile

_DOING = "备份"
_RECENT, _DAYS, _WEEKS, _MONTHS = 10, 14, 8, 12
_FULL_EVERY = dt.timedelta(days=7)  # structure and links take several times as long as the seals of the pages


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup in a list."""

    path: Path
    file_id: str
    number: int
    at: dt.datetime
    people: int
    schema: str
    full: bool
    faults: tuple[str, ...] = ()  # of a new one: attachments that were missing or damaged already
    operation: int = 0  # the latest one in it, and its seal in the log
    hash: str = ""

    @property
    def sha256(self) -> str:
        """The sum of the backup's file, as any other tool gives it; read when asked for."""
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise of_os_error(error, "读备份") from error


def make(database: Database, to: Path | None = None) -> BackupInfo:
    """Write a backup of the open data file, into its own folder of backups or into `to`; saving goes on meanwhile."""
    folder = to or database.folder / BACKUPS
    with database.held_still() as (driver, source):
        data = _Data(source, cipher.facts(driver), attachments.needed_by_file(driver), Store.of(database))
        made = _made(data, database.slots, database.data_key, folder, full=False)
    if to is None:
        _thin_out(folder, database.file_id)
    return made


def make_of_closed(folder: Path, data_key: bytes | bytearray, slots: SlotFile) -> BackupInfo:
    """Write a fully checked backup of the data file of a locked folder that no connection has open."""
    file = folder / FILE
    try:
        with closing(cipher.connect(file, data_key)) as driver:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            facts, needed = cipher.facts(driver), attachments.needed_by_file(driver)
    except dbapi2.Error as error:
        raise troubles.of_sql(error, _DOING) or troubles.damaged() from error
    try:
        with file.open("rb") as source:
            data = _Data(source, facts, needed, Store(folder / attachments.FOLDER, data_key))
            made = _made(data, slots, data_key, folder / BACKUPS, full=True)
    except OSError as error:
        raise of_os_error(error, _DOING) from error
    _thin_out(folder / BACKUPS, slots.file_id)
    return made


def listing(folder: Path, file_id: str | None = None) -> list[BackupInfo]:
    """Return the readable backups in a folder, newest first; of one data file, where it is named."""
    found = []
    for path in folder.glob(f"*{backup_file.SUFFIX}"):
        try:
            read = info(path)
        except Problem:
            continue
        if file_id in (None, read.file_id):
            found.append(read)
    return sorted(found, key=lambda each: (each.number, each.at), reverse=True)


def info(path: Path) -> BackupInfo:
    """Return what a backup says of itself; Problem where the file is none."""
    return _info(path, BackupFile.read(path).note)


def verify(path: Path, data_key: bytes | bytearray) -> Verdict:
    """Unpack a backup beside nothing of ours and check pages, structure, links, the log's seals and attachments."""
    try:
        backup = BackupFile.read(path)
        with copies.looked_into(backup.note.file_id) as place:
            file = place / FILE
            backup.unpack(file)
            found = verdict(file, data_key, backup.note.facts)
            if not found.ok:
                return found
            lacking = beside(backup, data_key).faults(needed_by(file, data_key))
            return replace(found, ok=not lacking, faults=tuple(lacking))
    except OSError as error:
        raise of_os_error(error, "检查备份") from error
    except (troubles.Damaged, troubles.NotABackup) as problem:
        return Verdict(ok=False, schema="", people=0, faults=(problem.what,))


def verify_present(database: Database) -> Verdict:
    """Check the open data file as `verify` checks a backup."""
    with database.held_still() as (driver, _):
        found = cipher.faults(driver)
        facts = cipher.facts(driver)
        needed = [] if found else attachments.needed_by_file(driver)
    if not found:
        with database.reading() as connection:
            found = _seals(connection, facts)
        found += Store.of(database).faults(needed)
    return Verdict(not found, f"{facts.schema:04}", facts.people, tuple(found))


def verdict(file: Path, data_key: bytes | bytearray, expected: Facts) -> Verdict:
    """Check an unpacked data file nobody has open against what its backup said of it."""
    try:
        with closing(cipher.connect_to_copy(file, data_key)) as driver:
            found = cipher.faults(driver)
            facts = cipher.facts(driver)
    except dbapi2.DatabaseError:
        return Verdict(ok=False, schema="", people=0, faults=("用现在的钥匙读不出里面的数据。",))
    if facts != expected:
        found.append("里面的人数或操作记录与备份时记下的不同。")
    if not found:
        engine = cipher.engine_on(lambda: cipher.connect_to_copy(file, data_key), NullPool)
        with engine.connect() as connection:
            found = _seals(connection, facts)
    return Verdict(not found, f"{facts.schema:04}", facts.people, tuple(found))


def beside(backup: BackupFile, data_key: bytes | bytearray) -> Store:
    """Return the store in which the attachments of a backup lie."""
    return Store(backup_file.attachments_folder(backup.path.parent, backup.note.file_id), data_key)


def needed_by(file: Path, data_key: bytes | bytearray) -> list[Needed]:
    """Return the attachments that a sound data file needs which nobody has open."""
    with closing(cipher.connect_to_copy(file, data_key)) as driver:
        return attachments.needed_by_file(driver)


def surplus(backups: Sequence[BackupInfo]) -> list[BackupInfo]:
    """Return those of one data file's backups, newest first, that need not be kept any longer."""
    kept = set(range(min(_RECENT, len(backups))))
    periods: tuple[tuple[int, Callable[[dt.datetime], Hashable]], ...] = (
        (_DAYS, lambda at: at.date()),
        (_WEEKS, lambda at: at.isocalendar()[:2]),
        (_MONTHS, lambda at: (at.year, at.month)),
    )
    for most, period in periods:
        newest: dict[Hashable, int] = {}
        for place, info in enumerate(backups):
            newest.setdefault(period(info.at), place)
        kept.update(list(newest.values())[:most])
    return [info for place, info in enumerate(backups) if place not in kept]


@dataclass(frozen=True, slots=True)
class _Data:
    """What is backed up: the bytes of the data file, what must be the same in the copy, the attachments it needs."""

    source: IO[bytes]
    facts: Facts
    needed: Sequence[Needed]
    store: Store


def _made(
    data: _Data, slots: SlotFile, data_key: bytes | bytearray, folder: Path, *, full: bool
) -> BackupInfo:
    """Write the backup under a passing name, check it, and give it its name only then."""
    source, facts = data.source, data.facts
    now = dt.datetime.now().astimezone()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        size = os.fstat(source.fileno()).st_size
        swap.require_room(folder, size, _DOING)
        earlier = listing(folder, slots.file_id)
        full = full or not any(info.full and abs(now - info.at) < _FULL_EVERY for info in earlier)
        number = max((info.number for info in earlier), default=0) + 1
        at = now.isoformat(timespec="seconds")
        note = Note(slots.file_id, number, at, facts.schema, facts.people, facts.operation, facts.hash, full)
        path = folder / note.file_name
        beside = backup_file.attachments_folder(folder, slots.file_id)
        # What a crash cut off.
        files.remove(*folder.glob(f".*{slots.file_id}*.part"), *beside.glob(".*.part"))
        lacking = _attachments_copied(data, slots.file_id, data_key, folder, full=full)
        with files.whole(path) as file:
            names = map(data.store.name, (each.sha256 for each in data.needed))
            backup_file.write(file, source, size, slots, note, names)
            file.flush()
            _prove(Path(file.name), data_key, note)
    except OSError as error:
        raise of_os_error(error, _DOING) from error
    return replace(_info(path, note), faults=tuple(lacking))


def _attachments_copied(
    data: _Data, file_id: str, data_key: bytes | bytearray, folder: Path, *, full: bool
) -> list[str]:
    """Copy sealed files that do not lie beside the backups yet; return what is missing here and there."""
    kept = Store(backup_file.attachments_folder(folder, file_id), data_key)
    kept.take_over((each.sha256 for each in data.needed), data.store, every_byte=full)
    return (
        []
        if not data.needed
        else kept.faults(each for each in data.needed if full or not kept.has(each.sha256))
    )


def _prove(path: Path, data_key: bytes | bytearray, note: Note) -> None:
    """Open the written backup as one would in need; Problem where it would not help."""
    with copies.looked_into(note.file_id) as place:
        file = place / FILE
        BackupFile.read(path).unpack(file)
        try:
            with closing(cipher.connect_to_copy(file, data_key)) as driver:
                found = cipher.faults(driver, full=note.full)
                if not found and cipher.facts(driver) != note.facts:
                    found = ["副本里的人数或操作记录与数据里的不同。"]
        except dbapi2.DatabaseError:
            found = ["文件的开头读不出。"]
    if found:
        raise troubles.bad_backup(found)


def _thin_out(folder: Path, file_id: str) -> None:
    for info in surplus(listing(folder, file_id)):
        try:
            files.remove(info.path)
        except OSError:
            return  # the next backup tries again
    _thin_out_attachments(folder, file_id)


def _thin_out_attachments(folder: Path, file_id: str) -> None:
    """Remove sealed files that no backup needs; none as long as one backup cannot be read."""
    needed: set[str] = set()
    try:
        for path in folder.glob(f"*{backup_file.SUFFIX}"):
            needed |= BackupFile.read(path).attachments()
        for path in backup_file.attachments_folder(folder, file_id).glob("*"):
            if path.name not in needed:
                files.remove(path)
    except (Problem, OSError):
        return  # the next backup tries again


def _seals(connection: sa.Connection, facts: Facts) -> list[str]:
    """Return whether the log was altered; only that of this program's schema can be read."""
    return log.faults(connection) if facts.schema == schema.number() else []


def _info(path: Path, note: Note) -> BackupInfo:
    at = dt.datetime.fromisoformat(note.at)
    facts = (path, note.file_id, note.number, at, note.people, f"{note.schema:04}", note.full)
    return BackupInfo(*facts, operation=note.operation, hash=note.hash)
