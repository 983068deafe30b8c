"""Builds broken on purpose, each in one way that programs are broken in: the harness must find every one of them.

A sabotage is carried out in the child that is to be killed, by putting another function in the place of the program's.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from contextlib import contextmanager
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

from wuling_desktop.storage import backup, keys, restore, swap
from wuling_desktop.storage.connection import FILE
from wuling_desktop.storage.database import Database
from wuling_desktop.storage.keys import SlotFile
from wuling_desktop.storage.operations import Operation, Operations, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import sqlalchemy as sa

PAGE = 4096
DISK = 0.005  # seconds a slow disk takes for a write, also where the trials lie in memory


def said_before_kept() -> None:
    """Say that it is saved and save it a moment later, as programs do that save in the background."""
    writing, reading = Database.writing, Database.reading
    under_way: list[Thread] = []

    def wait() -> None:
        while under_way:
            under_way.pop().join()

    def keep(block: Any) -> None:
        time.sleep(0.02)
        block.__exit__(None, None, None)

    @contextmanager
    def later(self: Database) -> Iterator[sa.Connection]:
        wait()
        block = writing(self)
        connection = block.__enter__()
        try:
            yield connection
        except BaseException:
            block.__exit__(*sys.exc_info())
            raise
        under_way.append(Thread(target=keep, args=(block,)))
        under_way[-1].start()

    @contextmanager
    def in_turn(self: Database) -> Iterator[sa.Connection]:
        wait()  # whoever reads sees what was said to be saved: from within, the program looks right
        with reading(self) as connection:
            yield connection

    Database.writing, Database.reading = later, in_turn  # type: ignore[method-assign]


def log_apart() -> None:
    """Write the data in one transaction and the log of them in the next."""

    @contextmanager
    def begin(
        self: Operations, name: str, *, kind: str = "do", target: int | None = None, about: Any = None
    ) -> Iterator[tuple[Operation, Outcome]]:
        outcome = Outcome()
        with self.database.writing() as connection:
            operation = Operation(connection, name, dt.datetime.now().astimezone(), kind, target, about)
            yield operation, outcome
        time.sleep(DISK)
        with self.database.writing() as connection:
            operation.connection = connection
            outcome.written = operation.seal(self.clerk)

    Operations.begin = begin  # type: ignore[method-assign]


def keys_in_place() -> None:
    """Write the key files where they lie, both at a time."""

    def write(self: SlotFile, folder: Path, _doing: str) -> SlotFile:
        content = self.content()
        with (folder / keys.NAME).open("wb") as one, (folder / keys.COPY).open("wb") as other:
            for start in range(0, len(content), 100):
                for file in (one, other):
                    file.write(content[start : start + 100])
                    _reach_the_disk(file)
        return self

    SlotFile.write = write  # type: ignore[method-assign]


def old_backups_first() -> None:
    """Make room before the new backup stands."""
    made = backup._made

    def thinned_then_made(data: Any, slots: Any, data_key: Any, folder: Path, *, full: bool) -> Any:
        for info in backup.listing(folder, slots.file_id)[9:]:
            info.path.unlink()
        return made(data, slots, data_key, folder, full=full)

    backup._made = thinned_then_made


def restored_in_place() -> None:
    """Pour a backup over the data, page by page, and look at it afterwards."""

    def into_database(database: Database, found: Any, _password: Any) -> Any:
        kept = backup.make(database)
        unpacked = swap.new(database.folder)  # which the next start clears away
        found.unpack(unpacked)
        with database.set_aside(), (database.folder / FILE).open("r+b") as file:
            content = unpacked.read_bytes()
            unpacked.unlink()
            for start in range(0, len(content), 4 * PAGE):
                file.write(content[start : start + 4 * PAGE])
                _reach_the_disk(file)
            file.truncate(len(content))
        verdict = backup.verify_present(database)
        return restore.Restored(kept.people, verdict.people, kept.path, verdict.faults)

    restore._into_database = into_database


def _reach_the_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
    time.sleep(DISK)


SABOTAGES: dict[str, Callable[[], None]] = {
    each.__name__: each
    for each in (said_before_kept, log_apart, keys_in_place, old_backups_first, restored_in_place)
}
