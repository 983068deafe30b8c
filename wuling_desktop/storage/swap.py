"""Putting a finished copy in the place of the data file: any stop leaves the old or the new, never neither.

New files are built beside the old as `<name>.new`. A journal says how far things are; the next start goes on:

    no journal   leftover .new files are of no use: removed
    building     the old files hold: .new files and journal are removed
    swapping     the new files are whole and checked: each .new still there is put in place, the old kept beside

The old file is kept as `wuling.db.before-<n>` until a later start finds everything in order; one of which no backup
could be made is kept as `wuling.db.replaced-<n>` for good.
"""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from wuling_desktop import files
from wuling_desktop.domain.problems import Problem, of_os_error
from wuling_desktop.storage import keys, troubles
from wuling_desktop.storage.connection import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

JOURNAL = "wuling.journal"
BEFORE, REPLACED = "before", "replaced"
_FORMAT = 1
_BUILDING, _SWAPPING = "building", "swapping"
_NAMES = (FILE, keys.NAME, keys.COPY)
_SIDES = ("", "-wal", "-shm", "-journal")


def new(folder: Path, name: str = FILE) -> Path:
    """Return where the successor of a file is built."""
    return folder / f"{name}.new"


def require_room(folder: Path, size: int, doing: str) -> None:
    """Raise a Problem where the disk has not three times the room of what is to be copied."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise of_os_error(error, doing) from error
    if free < 3 * size:
        raise troubles.no_room(doing, 3 * size, free)


@contextmanager
def building(folder: Path, doing: str) -> Iterator[None]:
    """Open a time of building `.new` files; whatever stops it, the old files hold and no litter is left."""
    try:
        _note(folder, _BUILDING, [], BEFORE)
        yield
    except OSError as error:
        raise of_os_error(error, doing) from error
    finally:
        if _state(folder)[0] != _SWAPPING:
            with suppress(OSError):  # else the next start clears it away
                _clear(folder)


def put_in_place(folder: Path, names: Sequence[str], doing: str, *, keep: str = BEFORE) -> None:
    """Make the finished `.new` files durable and exchange them for the old; inside `building`, all closed."""
    try:
        for name in names:
            files.sync_file(new(folder, name))
        _note(folder, _SWAPPING, names, keep)
        _go_on(folder)
    except OSError as error:
        try:
            _go_back(folder, names)
        except OSError:
            raise Problem(
                f"{doing}只做了一半：磁盘读写出错。",
                "新旧两份数据都在，一条也没有丢。",
                "请检查磁盘是否还在，再打开程序；它会接着做完。",
            ) from error
        raise of_os_error(error, doing) from error


def resume(folder: Path) -> bool:
    """Bring what an earlier run left half done to its end; whether there was anything to end."""
    state, _, _ = _state(folder)
    try:
        if state == _SWAPPING:
            _go_on(folder)
        else:
            _clear(folder)
    except OSError as error:
        raise of_os_error(error, "接着做上次没做完的一步") from error
    return bool(state)


def unfinished(folder: Path) -> bool:
    """Whether checked new files wait to be put in place."""
    return _state(folder)[0] == _SWAPPING


def kept_before(folder: Path) -> list[Path]:
    """Return the files kept from before earlier exchanges."""
    return sorted(path for name in _NAMES for path in folder.glob(f"{name}.{BEFORE}-*"))


def _note(folder: Path, state: str, names: Sequence[str], keep: str) -> None:
    taken = [
        int(path.name.rpartition("-")[2]) for path in folder.glob(f"*.{keep}-*") if path.name[-1].isdigit()
    ]
    plain = {
        "format": _FORMAT,
        "state": state,
        "names": [*names],
        "kept_as": f"{keep}-{max(taken, default=0) + 1}",
    }
    with files.whole(folder / JOURNAL) as file:
        file.write(json.dumps(plain).encode())


def _state(folder: Path) -> tuple[str, list[str], str]:
    """Return state, names and ending for the kept files, as the journal says; empty where there is none."""
    path = folder / JOURNAL
    if not path.exists():
        return "", [], ""
    try:
        plain = json.loads(path.read_bytes())
        return str(plain["state"]), [name for name in _NAMES if name in plain["names"]], str(plain["kept_as"])
    except (OSError, ValueError, KeyError, TypeError):
        # A journal is written whole, so this is a failing disk: the old file holds where it still is there.
        return (_BUILDING if (folder / FILE).exists() else _SWAPPING), [*_NAMES], f"{BEFORE}-0"


def _go_on(folder: Path) -> None:
    """Put every `.new` still there in place; each step may be the last of a run and the first of the next."""
    _, names, kept_as = _state(folder)
    for name in names:
        if not new(folder, name).exists():
            continue
        old, kept = folder / name, folder / f"{name}.{kept_as}"
        if old.exists():
            files.replace(old, kept)
        if (
            folder / f"{name}-wal"
        ).exists():  # the log of an old file that was not closed must never meet the new one
            files.replace(folder / f"{name}-wal", folder / f"{kept.name}-wal")
        files.remove(folder / f"{name}-shm")
        files.replace(new(folder, name), old)
    files.remove(folder / JOURNAL)
    with suppress(
        OSError
    ):  # should the name come back after a power cut, there is nothing left to put in place
        files.sync_folder(folder)


def _go_back(folder: Path, names: Sequence[str]) -> None:
    """Undo a stopped exchange; should this stop too, the journal still leads forward."""
    state, _, kept_as = _state(folder)
    if state == _SWAPPING:
        for name in names:
            old, kept = folder / name, folder / f"{name}.{kept_as}"
            if old.exists() and not new(folder, name).exists():
                files.replace(old, new(folder, name))
            if kept.exists():
                files.replace(kept, old)
            if (folder / f"{kept.name}-wal").exists():
                files.replace(folder / f"{kept.name}-wal", folder / f"{name}-wal")
    _clear(folder)


def _clear(folder: Path) -> None:
    """Remove the journal, and only then what it spoke of."""
    if (folder / JOURNAL).exists():
        files.remove(folder / JOURNAL)
        files.sync_folder(folder)
    half = [folder / f"{new(folder, name).name}{side}" for name in _NAMES for side in _SIDES]
    files.remove(*half, *folder.glob(".wuling.*.part"))
