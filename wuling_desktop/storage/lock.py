"""One writer at a time: a lock file that names who holds the data folder.

The file is locked through the system for as long as it is held, so a crash frees it; its content (who, where,
since when) is for people, and for network drives whose locks do not reach other machines. A lock left by a
dead program of this computer is taken over without a word, one left by another computer never: only people
can know that it is off.
"""

from __future__ import annotations

import datetime as dt
import errno
import getpass
import json
import os
import platform
import sys
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wuling_desktop.domain.problems import Problem, of_os_error

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = "wuling.lock"
_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_FAR = 2**30  # Windows locks bytes, also beyond the end: far from those others read
_TRIES = 5  # the file may be removed by its last holder between opening and locking it


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a data folder, as the lock file says."""

    pid: int
    host: str
    user: str
    program_start: (
        str  # of the process, where the system tells: numbers of dead processes are given out again
    )
    since: str

    @classmethod
    def here(cls) -> Holder:
        """Return this program."""
        since = dt.datetime.now().astimezone().isoformat(timespec="seconds")
        return cls(os.getpid(), platform.node(), _user(), _program_start(os.getpid()), since)

    @property
    def elsewhere(self) -> bool:
        """Whether another computer holds it."""
        return self.host != platform.node()

    @property
    def lives(self) -> bool:
        """Whether a process of this computer still is the one named here."""
        if self.pid == os.getpid() or sys.platform == "win32":
            return False  # the system's own lock was free; nothing else is to be asked
        if Path("/proc/self/stat").exists():
            return bool(self.program_start) and _program_start(self.pid) == self.program_start
        try:
            os.kill(self.pid, 0)
        except OSError as error:
            return error.errno == errno.EPERM
        return True


class Lock:
    """The held lock of a data folder."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle: int | None = handle

    @classmethod
    def acquire(cls, folder: Path) -> Lock:
        """Take the folder for this program; Problem names who holds it, or why no lock can be written."""
        path = folder / NAME
        try:
            for _ in range(_TRIES):
                handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
                try:
                    free = _seized(handle, path)
                except BaseException:
                    os.close(handle)
                    raise
                if free:
                    lock = cls(path, handle)
                    with lock.kept_if_done():
                        _sign(handle)
                    return lock
                os.close(handle)
        except OSError as error:
            raise of_os_error(error, "打开数据") from error
        raise _held_by(None)

    @contextmanager
    def kept_if_done(self) -> Iterator[None]:
        """Keep the folder when the block ends well, give it free when it does not."""
        try:
            yield
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Give the folder free."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        with suppress(OSError):  # an empty lock file is as free as none
            os.ftruncate(handle, 0)
        if sys.platform == "win32":  # which does not remove an open file
            os.close(handle)
            with suppress(OSError):
                self._path.unlink()
            return
        with suppress(OSError):
            self._path.unlink()
        os.close(handle)


def _seized(handle: int, path: Path) -> bool:
    """Lock the open file through the system; False where it was removed meanwhile: open the next."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            raise _held_by(_read(handle)) from error
        # This drive knows no locks: what the file says has to do.
    holder = _read(handle)
    if holder and (holder.elsewhere or holder.lives):
        raise _held_by(holder)
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _sign(handle: int) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, json.dumps(asdict(Holder.here()), ensure_ascii=False).encode())
    os.fsync(handle)


def _read(handle: int) -> Holder | None:
    """Return the holder the file names, or None where it is empty or unreadable."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        plain = json.loads(os.read(handle, 4096))
        return Holder(
            int(plain["pid"]), *(str(plain[key]) for key in ("host", "user", "program_start", "since"))
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _held_by(holder: Holder | None) -> Problem:
    if holder is None:
        return Problem(
            "数据正被另一个窗口打开着。",
            "同一份数据一次只能由一个窗口写；数据没有动。",
            "请到那个窗口里接着做，或关掉它再打开。",
        )
    since = f"{holder.user} 从 {_moment(holder.since)} 起"
    if holder.elsewhere:
        return Problem(
            f"数据正被另一台电脑（{holder.host}）打开着。",
            f"{since}开着它，同一份数据一次只能在一处写；数据没有动。",
            f"请到那台电脑上关掉程序；它确实没有开着时，删掉数据文件夹里的 {NAME} 再打开。",
        )
    return Problem(
        "数据正被另一个窗口打开着。",
        f"{since}开着它（进程 {holder.pid}），同一份数据一次只能由一个窗口写；数据没有动。",
        "请到那个窗口里接着做，或关掉它再打开。",
    )


def _moment(since: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(since)
    except ValueError:
        return "刚才"
    return f"{moment.month} 月 {moment.day} 日 {moment:%H:%M}"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "有人"


def _program_start(pid: int) -> str:
    """Return when a process began (clock ticks since this boot), or nothing where that is not told."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
    return f"{boot}:{stat.rpartition(')')[2].split()[19]}"
