"""Restoring: the backup proved, the present kept, and any stop leads to the old data or to the restored."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import time
from typing import TYPE_CHECKING

import pytest
from file_operations import FileOperations
from storage_trials import SECRET, add, content, litter

from wuling_desktop.domain.problems import Problem
from wuling_desktop.storage import backup, keys, schema, swap
from wuling_desktop.storage.database import Database
from wuling_desktop.storage.restore import Restored, restore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage_trials import Nursery

OLD, PRESENT = (3, 1, 0), (8, 2, 0)


@pytest.fixture
def saved(data: Path, tmp_path: Path) -> Path:
    """A backup on a stick of three people; the data have gone on to eight."""
    now = Database.open(data, password=SECRET)
    path = backup.make(now, tmp_path / "U盘").path
    add(now, 5)
    now.close()
    return path


@pytest.fixture
def anothers(steps: object, tmp_path: Path) -> Path:
    """The backup of another data file."""
    now, _ = Database.create(tmp_path / "别处", "别的口令")
    add(now, 2)
    path = backup.make(now).path
    now.close()
    return path


def opened(folder: Path, password: str = SECRET) -> Database:
    return Database.open(folder, password=password)


def seen(folder: Path, password: str = SECRET) -> tuple[int, int, int]:
    now = opened(folder, password)
    found = content(now)
    assert backup.verify_present(now).ok
    now.close()
    assert litter(folder) == []
    return found


def test_an_open_data_file_goes_on_with_the_backup(data: Path, saved: Path) -> None:
    now = opened(data)
    restored = restore(now, saved)
    assert (restored.before, restored.after) == (8, 3)
    assert content(now) == OLD
    add(now)
    assert restored.kept
    assert restore(now, restored.kept) == Restored(4, 8, backup.listing(data / "backups")[0].path)
    assert content(now) == PRESENT
    now.close()
    assert seen(data) == PRESENT
    assert not list(data.glob("*.before-*"))


def test_a_closed_folder_takes_it_with_the_password(data: Path, saved: Path) -> None:
    restored = restore(data, saved, password=SECRET)
    assert (restored.before, restored.after) == (8, 3)
    assert seen(data) == OLD


def test_a_new_computer_takes_it_with_the_password(saved: Path, tmp_path: Path) -> None:
    restored = restore(tmp_path / "新电脑" / "数据", saved, password=SECRET)
    assert restored == Restored(None, 3, None)
    assert seen(tmp_path / "新电脑" / "数据") == OLD


def test_after_a_change_of_password_the_present_one_stays(data: Path, saved: Path) -> None:
    now = opened(data)
    now.change_password(SECRET, "新口令")
    restore(now, saved)
    now.close()
    assert seen(data, "新口令") == OLD


def test_who_knows_only_the_password_of_that_day_gets_it_with_that_day(data: Path, saved: Path) -> None:
    now = opened(data)
    now.change_password(SECRET, "忘了的口令")
    now.close()
    restored = restore(data, saved, password=SECRET)
    assert restored.before == 8
    assert seen(data) == OLD
    with pytest.raises(Problem, match="密码不对"):
        restore(data, saved, password="猜的")


def test_the_recovery_key_opens_a_backup_too(saved: Path, data: Path, tmp_path: Path) -> None:
    now = opened(data)
    key = now.new_recovery_key(SECRET)
    now.close()
    with pytest.raises(Problem, match="密码不对"):
        restore(tmp_path / "新电脑", saved, password=key)  # of another day
    assert restore(data, saved, password=key.lower().replace("-", " ")).before == 8
    assert seen(data) == OLD


def test_another_data_file_needs_its_password(data: Path, saved: Path, anothers: Path) -> None:
    now = opened(data)
    with pytest.raises(Problem, match="另一份数据的备份"):
        restore(now, anothers)
    with pytest.raises(Problem, match="密码不对"):
        restore(now, anothers, password=SECRET)
    assert content(now) == PRESENT
    was = now.file_id
    restored = restore(now, anothers, password="别的口令")
    assert (restored.before, restored.after, content(now)) == (8, 2, (2, 1, 0))
    assert now.file_id != was
    now.close()
    assert seen(data, "别的口令") == (2, 1, 0)
    assert restored.kept
    restore(data, restored.kept, password=SECRET)
    assert seen(data) == PRESENT


def test_a_closed_folder_says_whose_password_is_wanted(data: Path, saved: Path, anothers: Path) -> None:
    with pytest.raises(Problem, match="另一份数据的备份"):
        restore(data, anothers, password=SECRET)
    with pytest.raises(Problem, match="密码不对"):
        restore(data, anothers, password="谁的也不是")
    assert seen(data) == PRESENT


def test_data_that_no_password_opens_are_kept_beside(data: Path, saved: Path, anothers: Path) -> None:
    before = (data / "wuling.db").read_bytes()
    restored = restore(data, anothers, password="别的口令")
    assert restored == Restored(None, 2, None)
    assert seen(data, "别的口令") == (2, 1, 0)
    assert (data / "wuling.db.replaced-1").read_bytes() == before
    assert (data / "wuling.keys.replaced-1").exists()


@pytest.mark.parametrize("how", ["damaged", "missing", "no keys", "emptied", "anothers"])
def test_whatever_happened_to_the_data_a_backup_brings_them_back(data: Path, saved: Path, how: str) -> None:
    file = data / "wuling.db"
    raw = file.read_bytes()
    if how == "missing":
        file.unlink()
    elif how == "no keys":
        (data / keys.NAME).unlink()
        (data / keys.COPY).unlink()
    else:
        content_ = {
            "damaged": raw[:9000] + b"?" + raw[9001:],
            "emptied": b"",
            "anothers": b"SQLite format 3\0" + raw[16:],
        }
        file.write_bytes(content_[how])
    spoilt = file.read_bytes() if file.exists() else None
    with pytest.raises(Problem):
        opened(data)
    assert restore(data, saved, password=SECRET).after == 3
    assert seen(data) == OLD
    kept = data / "wuling.db.replaced-1"
    assert (kept.read_bytes() if kept.exists() else None) == spoilt


def test_a_backup_of_an_older_schema_is_brought_up(
    data: Path, saved: Path, steps: Callable[[int], Path]
) -> None:
    steps(2)
    now = opened(data)
    assert restore(now, saved).after == 3
    assert content(now) == OLD
    with now.reading() as reader:
        assert schema.current(reader) == "0002"
    now.close()
    restore(data, saved, password=SECRET)
    assert seen(data) == OLD


def test_a_backup_of_a_newer_schema_is_refused(data: Path, saved: Path, steps: Callable[[int], Path]) -> None:
    steps(2)
    now = opened(data)
    newer = backup.make(now).path
    now.close()
    (data / "wuling.db").unlink()
    steps(1)
    restore(data, saved, password=SECRET)
    with pytest.raises(Problem, match="更新版本的程序"):
        restore(data, newer, password=SECRET)
    assert seen(data) == OLD


@pytest.mark.parametrize("place", [50, 5000, 20000, -400, -30])
def test_a_damaged_backup_is_refused(data: Path, saved: Path, place: int) -> None:
    raw = bytearray(saved.read_bytes())
    raw[place] ^= 1
    saved.write_bytes(raw)
    now = opened(data)
    with pytest.raises(Problem) as caught:
        restore(now, saved)
    assert "现在的数据没有动" in caught.value.why
    assert content(now) == PRESENT
    now.close()
    assert seen(data) == PRESENT


def test_what_is_no_backup_is_refused(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(b"PK\x03\x04 not a backup")
    with pytest.raises(Problem, match="这份备份读不出来"):
        restore(data, path, password=SECRET)
    with pytest.raises(Problem, match="找不到"):
        restore(data, tmp_path / "没有.wlbak", password=SECRET)


def test_an_open_reader_is_waited_for(data: Path, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wuling_desktop.storage.database._PATIENCE", 0.1)
    now = opened(data)
    with now.reading(), pytest.raises(Problem, match="正被占用"):
        restore(now, saved)
    assert content(now) == PRESENT
    restore(now, saved)
    assert content(now) == OLD
    now.close()


def test_what_cannot_be_opened_at_once_after_the_exchange_is_opened_by_the_next_step(
    data: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the very moment: the backup is in place all the same, and nobody has to start anew."""

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "planted", "wuling.db")

    now = opened(data)
    with monkeypatch.context() as patch:
        patch.setattr("wuling_desktop.storage.connection.look", full)
        assert restore(now, saved).after == 3
        with pytest.raises(Problem, match="打开数据没有做成：磁盘已满"):
            content(now)
        with pytest.raises(Problem, match="打开数据没有做成：磁盘已满"):
            add(now)
        with pytest.raises(Problem, match="打开数据没有做成：磁盘已满"):
            backup.make(now)
    assert content(now) == OLD
    add(now)
    now.close()


def test_every_stop_has_one_way_forward(data: Path, saved: Path, nursery: Nursery, tmp_path: Path) -> None:
    states, results = set(), []
    for place in range(1, 200):
        folder = tmp_path / f"stop {place}"
        shutil.copytree(data, folder)
        status = nursery.run("restore", folder, stop_at=place, backup=str(saved))
        states.add(swap._state(folder)[0])
        results.append(seen(folder))
        shutil.rmtree(folder)
        if status == 0:
            break
        assert status == 9
    assert place > 20
    assert states == {"", "building", "swapping"}
    assert results == sorted(results, reverse=True), "once restored, never old again"
    assert {results[0], results[-1]} == {PRESENT, OLD}


def test_every_stop_while_keys_change_too(
    data: Path, saved: Path, anothers: Path, nursery: Nursery, tmp_path: Path
) -> None:
    """Data and keys are exchanged together or not at all."""
    for place in range(1, 200):
        folder = tmp_path / f"stop {place}"
        status = nursery.run("restore", folder, stop_at=place, backup=str(saved))
        if (folder / "wuling.db").exists() or swap.unfinished(folder):
            assert seen(folder) == OLD
        else:
            restore(folder, saved, password=SECRET)
            assert seen(folder) == OLD
        if status == 0:
            break
    assert place > 15


def test_killed_at_any_moment_it_is_old_or_new(
    data: Path, saved: Path, nursery: Nursery, tmp_path: Path
) -> None:
    shutil.copytree(data, tmp_path / "timed")
    start = time.perf_counter()
    assert nursery.run("restore", tmp_path / "timed", backup=str(saved)) == 0
    whole = time.perf_counter() - start
    chance = random.Random()
    found = set()
    for turn in range(20):
        folder = tmp_path / f"kill {turn}"
        shutil.copytree(data, folder)
        pid = nursery.start("restore", folder, backup=str(saved))
        time.sleep(chance.uniform(0, whole * 1.1))
        os.kill(pid, signal.SIGKILL)
        nursery.end()
        found.add(seen(folder))
    assert found <= {OLD, PRESENT}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_every_failure_is_told_and_leaves_one_whole_state(
    data: Path, saved: Path, tmp_path: Path, code: int
) -> None:
    def fail() -> None:
        raise OSError(code, "planted", "wuling.db")

    for place in range(1, 200):
        folder = tmp_path / f"{place}"
        shutil.copytree(data, folder)
        now = opened(folder)
        with FileOperations(place, fail).counted() as operations:
            try:
                restore(now, saved)
                expected = OLD
            except Problem:
                expected = PRESENT
        assert content(now) == expected
        now.close()
        assert seen(folder) == expected
        shutil.rmtree(folder)
        if operations.count < place:
            break
    assert place > 20
