"""Writing a file so that afterwards it is whole or was never there."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REPLACE_TRIES = 20  # a virus scanner on Windows may hold a new file for a moment
_REPLACE_PAUSE = 0.1  # seconds


@contextmanager
def whole(target: Path) -> Iterator[IO[bytes]]:
    """Open a new file beside `target` and put it in its place when the block ends well; OSError leaves it as it was."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        replace(beside, target)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def replace(source: Path, target: Path) -> None:
    """Move `source` to `target` in one step and make the folder remember it."""
    for attempt in range(_REPLACE_TRIES):
        try:
            source.replace(target)
            break
        except PermissionError:
            if os.name != "nt" or attempt == _REPLACE_TRIES - 1:
                raise
            time.sleep(_REPLACE_PAUSE)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows keeps them by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Make the content of a written file durable."""
    with path.open("r+b") as file:  # Windows syncs only a handle that may write
        os.fsync(file.fileno())


def remove(*paths: Path) -> None:
    """Delete files that may be there."""
    for path in paths:
        path.unlink(missing_ok=True)
