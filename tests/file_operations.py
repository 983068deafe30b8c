"""Counts what is done to files, by Python and by SQLite, and does something else than the N-th: fail, or stop dead."""

from __future__ import annotations

import ctypes
import errno
import io
import os
import shutil
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pytest
import sqlcipher3._sqlite3 as driver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class FileOperations:
    """The operations that change something on a disk, counted from the moment of `counted`.

    The N-th is replaced by `instead`; where that raises, Python's caller meets the OSError and SQLite the same errno.
    `writes=False` leaves out the single writes into open files, of which there are many, and SQLite. `stays`: all that
    come after the N-th and need room are replaced too, as on a disk that is full.
    """

    WRITING = frozenset("wxa+")
    NAMES: ClassVar = ((os, "replace"), (os, "fsync"), (os, "unlink"), (os, "mkdir"), (shutil, "copyfile"))
    NEED_ROOM = frozenset(
        {"open", "write", "mkdir", "copyfile", "SQLite open", "SQLite write", "SQLite pwrite"}
    )
    MORE_NAMES: ClassVar = ((os, "rename"), (os, "rmdir"), (os, "write"), (os, "ftruncate"))

    def __init__(
        self,
        stop_at: int = -1,
        instead: Callable[[], None] = lambda: None,
        *,
        writes: bool = False,
        stays: bool = False,
    ) -> None:
        self.count = 0
        self.stopped = ""  # the operation that was replaced
        self.stop_at = stop_at
        self.instead = instead
        self._writes, self._stays = writes, stays

    @contextmanager
    def counted(self) -> Iterator[FileOperations]:
        with ExitStack() as stack:
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            for module, name in (*self.NAMES, *(self.MORE_NAMES if self._writes else ())):
                patch.setattr(module, name, self._wrapped(name, getattr(module, name)))
            patch.setattr(io, "open", self._opening(io.open))
            if self._writes:
                patch.setattr(os, "open", self._opening_by_number(os.open))
                stack.enter_context(_system_calls(self.step))
            yield self

    def step(self, name: str) -> None:
        """Count an operation that is about to be done."""
        self.count += 1
        if self.count == self.stop_at:
            self.stopped = name
            self.instead()
        elif self._stays and 0 < self.stop_at < self.count and name in self.NEED_ROOM:
            self.instead()

    def _wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **more: Any) -> Any:
            self.step(name)
            return real(*args, **more)

        return step

    def _opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opened(file: Any, mode: str = "r", *args: Any, **more: Any) -> Any:
            if not self.WRITING & set(mode):
                return real(file, mode, *args, **more)
            self.step("open")
            found = real(file, mode, *args, **more)
            return _Written(found, self.step) if self._writes else found

        return opened

    def _opening_by_number(self, real: Callable[..., int]) -> Callable[..., int]:
        def opened(path: Any, flags: int, *args: Any, **more: Any) -> int:
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                self.step("open")
            return real(path, flags, *args, **more)

        return opened


class _Written:
    """An open file whose writes are counted one by one."""

    def __init__(self, file: Any, step: Callable[[str], None]) -> None:
        self._file, self._step = file, step

    def write(self, content: Any) -> Any:
        self._step("write")
        return self._file.write(content)

    def truncate(self, size: int | None = None) -> Any:
        self._step("truncate")
        return self._file.truncate(size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


# ── SQLite ───────────────────────────────────────────────────────────────────────────────────────────────
# Its layer over the system lets every call be replaced, for trials such as these. It calls fsync directly.

_POINTER = ctypes.c_void_p
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_int, use_errno=True)
_UNLINK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, use_errno=True)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int64, use_errno=True)
_WRITE = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_int, _POINTER, ctypes.c_size_t, use_errno=True)
_WRITE_AT = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t, ctypes.c_int, _POINTER, ctypes.c_size_t, ctypes.c_int64, use_errno=True
)
_CALLS = {"open": _OPEN, "unlink": _UNLINK, "ftruncate": _TRUNCATE, "write": _WRITE, "pwrite": _WRITE_AT}


class _Layer(ctypes.Structure):
    """sqlite3_vfs, as sqlite3.h has it."""

    _fields_ = (
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        *((name, _POINTER) for name in ("pNext", "zName", "pAppData", "xOpen", "xDelete", "xAccess")),
        *((name, _POINTER) for name in ("xFullPathname", "xDlOpen", "xDlError", "xDlSym", "xDlClose")),
        *((name, _POINTER) for name in ("xRandomness", "xSleep", "xCurrentTime", "xGetLastError")),
        ("xCurrentTimeInt64", _POINTER),
        ("xSetSystemCall", ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_char_p, _POINTER)),
        ("xGetSystemCall", ctypes.CFUNCTYPE(_POINTER, _POINTER, ctypes.c_char_p)),
    )


@contextmanager
def _system_calls(step: Callable[[str], None]) -> Iterator[None]:
    """Have SQLite's own calls counted too."""
    library = ctypes.CDLL(driver.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Layer)
    layer = library.sqlite3_vfs_find(None)
    if not layer or layer.contents.iVersion < 3:
        pytest.skip("SQLite's layer over this system lets no call be replaced")
    itself, calls = ctypes.cast(layer, _POINTER), layer.contents
    replaced = []
    try:
        for name, kind in _CALLS.items():
            real = calls.xGetSystemCall(itself, name.encode())
            counted = kind(_call(name, kind(real), step))
            calls.xSetSystemCall(itself, name.encode(), ctypes.cast(counted, _POINTER))
            replaced.append((name, real, counted))  # kept alive as long as SQLite may call it
        yield
    finally:
        for name, real, _ in replaced:
            calls.xSetSystemCall(itself, name.encode(), real)


def _call(name: str, real: Callable[..., int], step: Callable[[str], None]) -> Callable[..., int]:
    def counted(*args: Any) -> int:
        if name != "open" or args[1] & (os.O_WRONLY | os.O_RDWR):
            try:
                step(f"SQLite {name}")
            except OSError as error:
                ctypes.set_errno(error.errno or errno.EIO)
                return -1
        return real(*args)

    return counted
