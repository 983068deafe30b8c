"""Copies that are only looked into: enciphered as they were, in a folder of their own among the system's passing files."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def looked_into(file_id: str) -> Iterator[Path]:
    """Yield a folder for a copy of this data file, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=_prefix(file_id), ignore_cleanup_errors=True) as place:
        yield Path(place)


def sweep(file_id: str) -> None:
    """Remove what a crash left; asked by whoever holds the lock of this data file, so that nobody else looks now."""
    for place in Path(tempfile.gettempdir()).glob(f"{_prefix(file_id)}*"):
        shutil.rmtree(place, ignore_errors=True)


def _prefix(file_id: str) -> str:
    # Not the name itself: that of a stranger's backup may be anything, a path too.
    return f"wuling-{hashlib.sha256(file_id.encode()).hexdigest()[:12]}-"
