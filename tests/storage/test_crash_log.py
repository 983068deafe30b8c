"""What a crash left to be read: a saving that a disk lost again is told, and one that was never done is no loss."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest
from storage_trials import SECRET, add, content

from wuling_desktop.storage import crash_log
from wuling_desktop.storage.crash_log import Rest
from wuling_desktop.storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FRAME, HEADER = 4096 + 24, 32
SAVINGS = 6


@pytest.fixture
def left(data: Path, tmp_path: Path) -> Path:
    """The folder as a crash leaves it: six savings lie in the log, none in the file itself."""
    now = Database.open(data, password=SECRET)
    for _ in range(SAVINGS):
        add(now, 5)
    folder = tmp_path / "left"
    shutil.copytree(data, folder, ignore=shutil.ignore_patterns("*.lock", "*-shm"))
    now.close()
    return folder


def commits(log: bytes) -> list[int]:
    """Return where the frames that end a saving begin."""
    starts = range(HEADER, len(log), FRAME)
    return [start for start in starts if log[start + 4 : start + 8] != bytes(4)]


def opened_with(folder: Path, change: Callable[[bytearray], bytes]) -> tuple[str, int]:
    """Open a copy with a changed log; return what was told of it, and how many savings are there."""
    copy = folder.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    log = copy / "wuling.db-wal"
    log.write_bytes(change(bytearray(log.read_bytes())))
    now = Database.open(copy, password=SECRET)
    people, operations, broken = content(now)
    assert broken == 0
    assert people == 3 + 5 * (operations - 1), "half a saving"
    told = now.lost
    now.close()
    assert Database.open(copy, password=SECRET).lost == "", "told once"
    return told, operations - 1


def flipped(at: int) -> Callable[[bytearray], bytes]:
    def change(log: bytearray) -> bytes:
        log[at] ^= 1 << at % 8
        return bytes(log)

    return change


def test_a_log_that_is_whole_loses_nothing_and_says_nothing(left: Path) -> None:
    assert opened_with(left, bytes) == ("", SAVINGS)


def test_savings_a_disk_lost_are_told(left: Path) -> None:
    log = (left / "wuling.db-wal").read_bytes()
    ends = commits(log)
    assert len(ends) == SAVINGS
    chance = random.Random(20261125)
    for at in (0, 8, 20, 30, *(chance.randrange(HEADER, ends[-2]) for _ in range(40))):
        told, there = opened_with(left, flipped(at))
        assert "读不出" in told, at
        assert "备份" in told
        assert there == (0 if at < HEADER else sum(end + FRAME <= at for end in ends))


def test_a_last_saving_that_is_not_whole_is_told_as_such(left: Path) -> None:
    log = (left / "wuling.db-wal").read_bytes()
    *_, before, end = commits(log)
    for at in (before + FRAME, before + FRAME + 12, end - 1, end + 4, end + 10, end + 2000, len(log) - 1):
        told, there = opened_with(left, flipped(at))
        assert "没有做完" in told, at
        assert there == SAVINGS - 1
    for cut in (1, FRAME - 1, FRAME + 1, end - before):
        told, there = opened_with(left, lambda log, cut=cut: bytes(log[:-cut]))
        assert ("没有做完" in told) == (cut != end - before), (
            "a cut between two savings leaves nothing to be seen"
        )
        assert there == SAVINGS - 1


def test_what_an_earlier_round_left_in_the_log_is_no_loss(data: Path, tmp_path: Path) -> None:
    now = Database.open(data, password=SECRET)
    for _ in range(SAVINGS):
        add(now, 5)
    with now.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    size = (data / "wuling.db-wal").stat().st_size
    add(now, 5)
    assert (data / "wuling.db-wal").stat().st_size == size, "the log began anew over the old frames"
    shutil.copytree(data, tmp_path / "left", ignore=shutil.ignore_patterns("*.lock", "*-shm"))
    now.close()
    assert opened_with(tmp_path / "left", bytes) == ("", SAVINGS + 1)


def test_without_a_log_nothing_is_behind_it(data: Path) -> None:
    now = Database.open(data, password=SECRET)
    key = bytes(now.data_key)
    now.close()
    assert crash_log.rest(data / "wuling.db", key) is Rest.NOTHING
