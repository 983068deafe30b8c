"""One writer: the holder is named, the dead are no holders, and a full or closed folder is not called locked."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from wuling_desktop.domain.problems import Problem
from wuling_desktop.storage import lock
from wuling_desktop.storage.lock import NAME, Holder, Lock

HOLDING = """
import sys, time
from pathlib import Path
from wuling_desktop.storage.lock import Lock
held = Lock.acquire(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def write(folder: Path, holder: Holder) -> None:
    (folder / NAME).write_text(json.dumps(asdict(holder)), encoding="utf-8")


def taken_by(folder: Path) -> int:
    """Take the lock and give it free; return whom its file named meanwhile."""
    held = Lock.acquire(folder)
    named = json.loads((folder / NAME).read_bytes())["pid"]
    held.release()
    return int(named)


def holding(folder: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", HOLDING, str(folder)], stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline().strip() == b"held"
    return process


def test_a_lock_is_taken_once_and_leaves_nothing(tmp_path: Path) -> None:
    held = Lock.acquire(tmp_path)
    with pytest.raises(Problem, match="正被另一个窗口打开着"):
        Lock.acquire(tmp_path)
    held.release()
    held.release()
    assert list(tmp_path.iterdir()) == []
    Lock.acquire(tmp_path).release()


def test_a_living_holder_is_named_with_his_time(tmp_path: Path) -> None:
    process = holding(tmp_path)
    try:
        with pytest.raises(Problem) as caught:
            Lock.acquire(tmp_path)
    finally:
        process.kill()
        process.communicate()
    today = time.localtime()
    assert f"从 {today.tm_mon} 月 {today.tm_mday} 日" in caught.value.why
    assert f"进程 {process.pid}" in caught.value.why


def test_a_killed_holder_is_followed_without_a_word(tmp_path: Path) -> None:
    process = holding(tmp_path)
    process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    process.communicate()
    assert (tmp_path / NAME).read_bytes()
    assert taken_by(tmp_path) == os.getpid()


def test_a_number_given_out_again_is_not_the_holder(tmp_path: Path) -> None:
    write(tmp_path, replace(Holder.here(), pid=os.getppid(), program_start="另一次开机:1"))
    assert taken_by(tmp_path) == os.getpid()


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="the system does not tell when a process began"
)
def test_where_a_drive_knows_no_locks_the_file_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_handle: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "planted")

    monkeypatch.setattr(lock.fcntl, "flock", no_locks)
    parent = replace(Holder.here(), pid=os.getppid(), program_start=lock._program_start(os.getppid()))
    write(tmp_path, parent)
    with pytest.raises(Problem, match="正被另一个窗口打开着"):
        Lock.acquire(tmp_path)
    write(tmp_path, replace(parent, pid=2**22 + 1))
    Lock.acquire(tmp_path).release()


def test_another_computer_is_named_and_never_overridden(tmp_path: Path) -> None:
    write(tmp_path, Holder(1, "办公室-03", "黄芸", "", "2026-11-20T09:05:00+08:00"))
    with pytest.raises(Problem) as caught:
        Lock.acquire(tmp_path)
    assert "办公室-03" in caught.value.what
    assert "黄芸 从 11 月 20 日 09:05 起" in caught.value.why
    assert NAME in caught.value.todo


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe", b'{"pid": "x"}', b'{"pid": 1, "host": 2}']
)
def test_an_unreadable_free_lock_is_free(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert taken_by(tmp_path) == os.getpid()


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.EROFS, "只读"), (errno.EACCES, "没有写入权限"), (errno.ENOSPC, "磁盘已满"), (errno.EIO, "出错")],
)
def test_a_lock_that_cannot_be_written_is_not_called_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    def fail(*_: object) -> int:
        raise OSError(code, "planted", str(tmp_path / NAME))

    monkeypatch.setattr(lock.os, "open" if code != errno.ENOSPC else "write", fail)
    with pytest.raises(Problem) as caught:
        Lock.acquire(tmp_path)
    assert words in str(caught.value)
    assert "打开着" not in str(caught.value)
    monkeypatch.undo()
    Lock.acquire(tmp_path).release()


def test_of_many_at_once_one_gets_in(tmp_path: Path) -> None:
    write(tmp_path, replace(Holder.here(), pid=2**22 + 1, program_start="x"))
    start = tmp_path / "start"
    race = HOLDING.replace(
        "held = Lock", "import os\nwhile not os.path.exists(sys.argv[2]): time.sleep(0.001)\nheld = Lock"
    )
    command = [sys.executable, "-c", race, str(tmp_path), str(start)]
    racers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(6)]
    time.sleep(1)
    start.touch()
    deadline = time.monotonic() + 30
    while sum(racer.poll() is None for racer in racers) > 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    living = [racer for racer in racers if racer.poll() is None]
    for racer in living:
        racer.kill()
    said = [racer.communicate()[0] for racer in racers]
    assert len(living) == 1
    assert said.count(b"held\n") == 1
