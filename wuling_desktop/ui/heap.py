"""How the heap is kept small: large blocks go back to the system at once, and Qt forgets what it remembers of what is gone."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress

from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # as malloc.h numbers them
_LARGE, _FREE_AT_END = 256 * 2**10, 2**20


def settle() -> None:
    """Have large blocks lie outside the heap for good.

    glibc by itself counts a block as large only until the first of its size was freed. Then the pictures of pages and
    windows lie in the heap too, small things settle in the gaps they leave, and the program grows the longer it is used.
    """
    if not sys.platform.startswith("linux"):
        return
    with suppress(OSError, AttributeError):  # another C library has other habits
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_TRIM_THRESHOLD, _FREE_AT_END)


def forget() -> None:
    """Let Qt forget the pictures it was shown, and how widgets look that were asked for their style but never shown.

    Those are remembered by their address until the style sheet changes, long after they were deleted.
    """
    QPixmapCache.clear()
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.style().unpolish(application)


def sweep() -> None:
    """Collect a desk that was closed: its pages hold each other, and Python by itself comes to what is old very seldom."""
    gc.collect()
