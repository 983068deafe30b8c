"""Backups: proved before they count, found out when damaged, thinned out by age and never by a failing file."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import random
import shutil
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from file_operations import FileOperations
from storage_trials import SECRET, add, content, litter

from wuling_desktop.domain.problems import Problem
from wuling_desktop.storage import backup
from wuling_desktop.storage.backup import BackupInfo
from wuling_desktop.storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def now(data: Path) -> Iterator[Database]:
    opened = Database.open(data, password=SECRET)
    yield opened
    opened.close()


def test_a_backup_is_one_file_that_says_what_it_holds(now: Database) -> None:
    made = backup.make(now)
    assert made.path.parent == now.folder / "backups"
    assert made.path.name == f"党建数据备份-{now.file_id}-00001-{made.at:%Y-%m-%d}.wlbak"
    assert (made.people, made.schema, made.full) == (3, "0001", True)
    assert made.sha256 == hashlib.sha256(made.path.read_bytes()).hexdigest()
    with zipfile.ZipFile(made.path) as archive:
        assert archive.namelist() == ["wuling.keys", "wuling.db", "backup.json"]
        assert archive.read("wuling.db") == now.file.read_bytes()
        assert archive.read("wuling.keys") == (now.folder / "wuling.keys").read_bytes()
    verdict = backup.verify(made.path, now.data_key)
    assert (verdict.ok, verdict.schema, verdict.people, verdict.faults) == (True, "0001", 3, ())
    assert backup.listing(made.path.parent) == [made]


def test_it_holds_all_that_is_saved_up_to_then(now: Database, tmp_path: Path) -> None:
    for count in (1, 50, 1):
        add(now, count)
        made = backup.make(now, tmp_path / "U盘")
        assert made.people == content(now)[0]
    numbers = [info.number for info in backup.listing(tmp_path / "U盘", now.file_id)]
    assert numbers == [3, 2, 1]
    assert [info.full for info in backup.listing(tmp_path / "U盘")] == [False, False, True]
    assert backup.listing(tmp_path / "U盘", "another1") == []


def test_saving_goes_on_while_a_backup_is_made(now: Database) -> None:
    stop = threading.Event()
    done: list[int] = []

    def write() -> None:
        while not stop.is_set():
            done.append(add(now, 30))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup.make(now) for _ in range(8)]
    finally:
        stop.set()
        writer.join()
    assert all(backup.verify(info.path, now.data_key).ok for info in made)
    counts = [info.people for info in made]
    assert counts == sorted(counts)
    assert all((count - 3) % 30 == 0 for count in counts)
    assert content(now) == (3 + 30 * len(done), 1 + len(done), 0)
    assert len(done) > 8


def test_a_saving_made_while_the_file_is_held_is_not_in_it(now: Database) -> None:
    with now.held_still() as (_, raw):
        before = raw.read()
        add(now, 2000)
        raw.seek(0)
        assert raw.read() == before
    assert content(now) == (2003, 2, 0)


def test_any_damaged_byte_of_a_backup_is_found(now: Database, tmp_path: Path) -> None:
    raw = backup.make(now).path.read_bytes()
    chance = random.Random(20261124)
    path = tmp_path / "损坏.wlbak"
    for _ in range(150):
        place = chance.randrange(len(raw))
        path.write_bytes(raw[:place] + bytes([raw[place] ^ (1 << chance.randrange(8))]) + raw[place + 1 :])
        try:
            verdict = backup.verify(path, now.data_key)
        except Problem as problem:
            assert "更新版本" in problem.what
            continue
        # A few bytes carry nothing: dates and flags of the container, which no data hang on.
        assert not verdict.ok or verdict.people == 3
        if not verdict.ok:
            assert verdict.faults


@pytest.mark.parametrize("cut", [0, 1, 100, 5000, -1, -22, -300])
def test_a_cut_off_backup_is_found(now: Database, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "半份.wlbak"
    path.write_bytes(backup.make(now).path.read_bytes()[:cut])
    assert backup.verify(path, now.data_key).faults == ("这份备份读不出来。",)
    assert backup.listing(tmp_path) == []


def test_no_backup_at_all_is_told(now: Database, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="找不到"):
        backup.verify(tmp_path / "没有.wlbak", now.data_key)


def test_anothers_key_reads_nothing(now: Database) -> None:
    verdict = backup.verify(backup.make(now).path, bytes(32))
    assert not verdict.ok
    assert "钥匙" in verdict.faults[0]


def test_a_backup_that_says_other_numbers_is_found(now: Database, tmp_path: Path) -> None:
    made, path = backup.make(now).path, tmp_path / "改过.wlbak"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'"people": 3', b'"people": 4'))
    assert backup.verify(path, now.data_key).faults == ("里面的人数或操作记录与备份时记下的不同。",)


@pytest.mark.parametrize(
    "said",
    [
        (b'"schema": ', b'"schema": "x",\n"schema": "'),
        (b'"people": 3', b'"people": [3]'),
        (b'"full": true', b'"full": 1'),
    ],
)
def test_a_note_of_other_types_is_no_note(now: Database, tmp_path: Path, said: tuple[bytes, bytes]) -> None:
    made, path = backup.make(now).path, tmp_path / "改过.wlbak"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            changed = content.replace(*said) if name == "backup.json" else content
            new.writestr(name, changed)
            assert name != "backup.json" or changed != content
    with pytest.raises(Problem, match="读不出来"):
        backup.info(path)


def test_a_log_altered_outside_is_found(now: Database) -> None:
    add(now)
    with now.writing() as writer:
        writer.execute(sa.text("UPDATE operation SET clerk = '别人' WHERE id = 2"))
    present, copy = backup.verify_present(now), backup.verify(backup.make(now).path, now.data_key)
    assert present == copy
    assert "从第 2 步起" in present.faults[0]


def test_a_failing_file_makes_no_backup_and_lets_none_go(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Database.open(data, password=SECRET)
    add(opened, 300)
    for _ in range(12):
        backup.make(opened)
    kept = sorted((data / "backups").iterdir())
    raw = bytearray(opened.file.read_bytes())
    raw[-2000] ^= 1
    with opened.file.open("r+b") as file:  # closed at once: what a failing disk does, in one process
        file.write(raw)
    with pytest.raises(Problem, match="备份没有写成：数据文件里有损坏"):
        backup.make(opened)
    assert sorted((data / "backups").iterdir()) == kept
    assert not backup.verify_present(opened).ok
    opened.close()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
def test_every_failure_leaves_whole_backups_only(now: Database, code: int) -> None:
    def fail() -> None:
        raise OSError(code, "planted", "U盘")

    before = now.file.read_bytes()
    for place in range(1, 100):
        with FileOperations(place, fail).counted() as operations:
            try:
                backup.make(now)
            except Problem as problem:
                assert problem.what.startswith(("备份没有做成", "展开备份没有做成", "读备份没有做成"))
        assert now.file.read_bytes() == before
        folder = now.folder / "backups"
        if folder.exists():
            assert [name for name in litter(folder) if not name.endswith(".part")] == []
            assert all(backup.verify(info.path, now.data_key).ok for info in backup.listing(folder))
            assert len(backup.listing(folder)) == len(list(folder.glob("党*")))
        if operations.count < place:
            break
    assert place > 5
    add(now)
    assert backup.make(now).people == 4
    assert litter(now.folder / "backups") == []


def test_a_small_disk_is_told_before_anything_is_written(
    now: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 1000))
    with pytest.raises(Problem, match="磁盘空间不够"):
        backup.make(now, tmp_path / "U盘")
    assert list((tmp_path / "U盘").iterdir()) == []


def made_on(*moments: dt.datetime) -> list[BackupInfo]:
    return [
        BackupInfo(Path(), "x", number, at, 1, "0001", full=True)
        for number, at in reversed(list(enumerate(moments, start=1)))
    ]


def kept_of(moments: list[dt.datetime]) -> list[dt.datetime]:
    backups = made_on(*moments)
    gone = {info.number for info in backup.surplus(backups)}
    return [info.at for info in backups if info.number not in gone]


END = dt.datetime(2026, 11, 24, 17, 30, tzinfo=dt.UTC)


def test_ten_at_once_all_stay() -> None:
    assert len(kept_of([END - dt.timedelta(minutes=left) for left in range(10, 0, -1)])) == 10
    assert len(kept_of([END - dt.timedelta(minutes=left) for left in range(40, 0, -1)])) == 10


def test_two_years_of_daily_backups_become_days_weeks_and_months() -> None:
    moments = [END - dt.timedelta(days=left) for left in range(730, -1, -1)]
    kept = kept_of(moments)
    assert kept[0] == END
    assert [END - at for at in kept[:14]] == [dt.timedelta(days=days) for days in range(14)]
    assert len({at.isocalendar()[:2] for at in kept}) >= 8
    assert len({(at.year, at.month) for at in kept}) == 12
    assert len(kept) <= 14 + 8 + 12


def test_a_year_of_three_a_day_keeps_the_last_of_each_day() -> None:
    moments = [
        END - dt.timedelta(days=left, hours=hours) for left in range(365, -1, -1) for hours in (8, 4, 0)
    ]
    kept = kept_of(moments)
    assert kept[:10] == moments[::-1][:10]
    assert all(at.hour == END.hour for at in kept[10:])
    assert len(kept) <= 10 + 14 + 8 + 12


def test_a_clock_set_back_never_lets_the_newest_go() -> None:
    moments = [END - dt.timedelta(days=left) for left in range(60, 0, -1)]
    moments += [dt.datetime(1999, 1, 1, tzinfo=dt.UTC)]
    assert kept_of(moments)[0] == moments[-1]


def test_only_the_own_folder_is_thinned_out(now: Database, tmp_path: Path) -> None:
    for _ in range(14):
        backup.make(now)
        backup.make(now, tmp_path / "U盘")
    assert [info.number for info in backup.listing(now.folder / "backups")] == list(range(14, 4, -1))
    assert len(backup.listing(tmp_path / "U盘")) == 14
