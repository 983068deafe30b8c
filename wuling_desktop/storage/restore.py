"""Putting a backup in the place of the data: unpacked, checked, the present backed up, and only then exchanged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wuling_desktop.domain.problems import Problem, of_os_error
from wuling_desktop.storage import attachments, backup, keys, schema, swap, troubles
from wuling_desktop.storage import connection as cipher
from wuling_desktop.storage.attachments import Store
from wuling_desktop.storage.backup_file import BackupFile
from wuling_desktop.storage.connection import FILE
from wuling_desktop.storage.keys import SlotFile
from wuling_desktop.storage.lock import Lock

if TYPE_CHECKING:
    from wuling_desktop.storage.backup import BackupInfo
    from wuling_desktop.storage.database import Database

_DOING = "恢复"


@dataclass(frozen=True, slots=True)
class Restored:
    """How many people there were and are, and the backup of what was replaced; None where that could not be read."""

    before: int | None
    after: int
    kept: Path | None
    faults: tuple[str, ...] = ()  # attachments that lie neither here nor beside the backup


@dataclass(frozen=True, slots=True)
class _Opened:
    """A backup with its key, and with its slots where they are to replace those in the folder."""

    file: BackupFile
    data_key: bytearray
    slots: SlotFile | None


def restore(present: Database | Path, path: Path, *, password: str | None = None) -> Restored:
    """Replace the data by a backup: of an open Database, which goes on with it, or of a folder that nobody has open.

    A folder needs the password, the present one or that of the backup's day, or one of their recovery keys; so does a
    Database where the backup is of another data file. What cannot be backed up, because it is damaged, is kept beside as
    `wuling.db.replaced-<n>`.
    """
    found = BackupFile.read(path)
    if found.note.schema > schema.number():
        raise troubles.newer()
    if isinstance(present, Path):
        return _into_folder(present, found, password or "")
    return _into_database(present, found, password)


def _into_database(database: Database, found: BackupFile, password: str | None) -> Restored:
    if found.slots.file_id == database.file_id:
        opened = _Opened(found, bytearray(database.data_key), None)
    elif password is None:
        raise troubles.anothers_backup()
    else:
        opened = _Opened(found, found.slots.unlock_with_either(password), found.slots)
    folder = database.folder
    with swap.building(folder, _DOING):
        after, faults = _build(folder, opened)
        try:
            kept: BackupInfo | None = backup.make(database)
        except troubles.Damaged:
            kept = None
        with database.set_aside():
            _exchange(folder, opened, kept)
            if opened.slots:
                database.take_slots(opened.slots, opened.data_key)
    return Restored(kept.people if kept else None, after, kept.path if kept else None, faults)


def _into_folder(folder: Path, found: BackupFile, password: str) -> Restored:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise of_os_error(error, _DOING) from error
    lock = Lock.acquire(folder)
    try:
        swap.resume(folder)
        present = _slots_here(folder)
        opened, present_key = _keys(found, present, password)
        with swap.building(folder, _DOING):
            after, faults = _build(folder, opened)
            kept = _back_up(folder, present, present_key)
            _exchange(folder, opened, kept)
    finally:
        lock.release()
    return Restored(kept.people if kept else None, after, kept.path if kept else None, faults)


def _slots_here(folder: Path) -> SlotFile | None:
    try:
        return SlotFile.read(folder)
    except Problem:
        return None


def _keys(found: BackupFile, present: SlotFile | None, password: str) -> tuple[_Opened, bytearray | None]:
    """Return the backup opened by the present password or key or those of its day, and the key of the present data."""
    key = None
    if present:
        try:
            key = present.unlock_with_either(password)
        except Problem:
            key = None  # then it may be the password of the backup's day
    if key and present and present.file_id == found.slots.file_id:
        return _Opened(found, key, None), key
    try:
        opened = _Opened(found, found.slots.unlock_with_either(password), found.slots)
    except troubles.WrongPassword:
        if key is None:
            raise
        raise troubles.anothers_backup() from None  # it opens what lies here, and the backup is not of that
    same = present is not None and present.file_id == found.slots.file_id
    return opened, opened.data_key if same else key


def _build(folder: Path, opened: _Opened) -> tuple[int, tuple[str, ...]]:
    """Write and check everything that is to be put in place; return how many people it holds, and what is lacking.

    Attachments come first: sealed files that belong to nothing yet do no harm.
    """
    swap.require_room(folder, opened.file.size, _DOING)
    target = swap.new(folder)
    opened.file.unpack(target)
    verdict = backup.verdict(target, opened.data_key, opened.file.note.facts)
    if not verdict.ok:
        raise troubles.bad_copy_in_backup(verdict.faults)
    if opened.slots:
        for name in (keys.NAME, keys.COPY):
            swap.new(folder, name).write_bytes(opened.slots.content())
    needed = backup.needed_by(target, opened.data_key)
    store = Store(folder / attachments.FOLDER, opened.data_key)
    source = backup.beside(opened.file, opened.data_key)
    store.take_over((each.sha256 for each in needed), source, every_byte=True)
    return verdict.people, tuple(store.faults(needed))


def _back_up(folder: Path, slots: SlotFile | None, data_key: bytearray | None) -> BackupInfo | None:
    """Return a backup of the present data, or None where there are none or they cannot be read."""
    if slots is None or data_key is None or not (folder / FILE).exists():
        return None
    try:
        cipher.look(folder / FILE, data_key)
    except Problem:  # damaged, emptied, or another program's file in its place
        return None
    try:
        return backup.make_of_closed(folder, data_key, slots)
    except troubles.Damaged:
        return None


def _exchange(folder: Path, opened: _Opened, kept: BackupInfo | None) -> None:
    names = (FILE, keys.NAME, keys.COPY) if opened.slots else (FILE,)
    swap.put_in_place(folder, names, _DOING, keep=swap.BEFORE if kept else swap.REPLACED)
