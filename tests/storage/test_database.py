"""The data file: enciphered, whole after any end, one writer, and every way of not opening told apart."""

from __future__ import annotations

import errno
import os
import random
import signal
import sqlite3
import stat
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from file_operations import FileOperations
from storage_trials import CANARY, SECRET, add, content, litter

from wuling_desktop.domain.problems import Problem
from wuling_desktop.storage import backup, connection, database, keys, lock, troubles
from wuling_desktop.storage.database import Database, exists

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage_trials import Nursery

INSERT = sa.text("INSERT INTO person (name) VALUES (:name)")


def opened(folder: Path) -> Database:
    return Database.open(folder, password=SECRET)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def plain_traces(folder: Path) -> list[str]:
    marks = [CANARY.encode(code) for code in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")]
    marks += [b"SQLite format 3", b"CREATE TABLE"]
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file()
        for mark in marks
        if mark in path.read_bytes()
    ]


def test_what_is_made_opens_by_password_and_by_recovery_key(steps: object, tmp_path: Path) -> None:
    folder = tmp_path / "新建" / "数据"
    assert not exists(folder)
    made, printed = Database.create(folder, SECRET)
    assert exists(folder)
    assert len(made.file_id) == 8
    add(made, 2)
    made.close()
    assert litter(folder) == []
    by_key = Database.open(folder, recovery_key=printed)
    assert content(by_key) == (2, 1, 0)
    by_key.set_password("新口令")
    by_key.close()
    again = Database.open(folder, password="新口令")
    assert (content(again), again.notes) == ((2, 1, 0), [])
    again.close()


def test_changing_the_password(data: Path) -> None:
    now = opened(data)
    with pytest.raises(Problem, match="密码不对"):
        now.change_password("猜的", "新口令")
    now.change_password(SECRET, "新口令")
    printed = now.new_recovery_key("新口令")
    now.close()
    with pytest.raises(Problem, match="密码不对"):
        opened(data)
    Database.open(data, password="新口令").close()
    Database.open(data, recovery_key=printed).close()


def test_closing_forgets_the_key(data: Path) -> None:
    now = opened(data)
    assert any(now.data_key)
    now.close()
    assert not any(now.data_key)
    with pytest.raises(Problem), now.reading():
        pass
    now.close()


def test_every_connection_has_its_settings(data: Path) -> None:
    now = opened(data)
    wanted = {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "temp_store": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 5000,
        "application_id": connection.APPLICATION_ID,
        "cipher_log_level": "NONE",
    }
    with now.reading() as first, now.reading() as second:
        for each in (first, second):
            found = {name: each.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
            assert found == wanted
            assert each.exec_driver_sql("PRAGMA cache_size").scalar() <= -8192
    now.close()


def test_a_drive_without_wal_is_refused(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = connection.value
    monkeypatch.setattr(
        connection, "value", lambda c, sql: "delete" if "journal_mode" in sql else real(c, sql)
    )
    with pytest.raises(Problem, match="存不稳"):
        opened(data)


def test_a_setting_that_is_not_taken_stops_the_program(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = connection.value
    monkeypatch.setattr(
        connection, "value", lambda c, sql: 0 if sql == "PRAGMA secure_delete" else real(c, sql)
    )
    with pytest.raises(RuntimeError, match="secure_delete"):
        opened(data)


def test_nothing_plain_lies_anywhere(data: Path, tmp_path: Path) -> None:
    now = opened(data)
    add(now, 200)
    backup.make(now)
    with now.reading() as reader:
        reader.execute(sa.text("SELECT name FROM person ORDER BY name DESC")).all()
        assert plain_traces(data) == []
    now.close()
    assert plain_traces(tmp_path) == []


def test_an_error_leaves_nothing_written_tables_included(data: Path) -> None:
    now = opened(data)
    with pytest.raises(ZeroDivisionError), now.writing() as writer:
        writer.execute(INSERT, {"name": "甲"})
        writer.execute(sa.text("CREATE TABLE half (id INTEGER)"))
        raise ZeroDivisionError
    assert content(now) == (3, 1, 0)
    with now.reading() as reader:
        assert "half" not in sa.inspect(reader).get_table_names()
    now.close()


def test_reading_sees_one_state_and_keeps_nothing(data: Path) -> None:
    now = opened(data)
    count = sa.text("SELECT count(*) FROM person")
    with now.reading() as reader:
        assert reader.execute(count).scalar() == 3
        add(now, 5)
        assert reader.execute(count).scalar() == 3
    with now.reading() as reader:
        reader.execute(INSERT, {"name": "甲"})
    assert content(now) == (8, 2, 0)
    now.close()


def test_links_hold(data: Path) -> None:
    now = opened(data)
    with pytest.raises(sa.exc.IntegrityError), now.writing() as writer:
        writer.execute(sa.text("INSERT INTO award (person) VALUES (999)"))
    now.close()


def test_faults_of_the_program_stay_faults_without_values(data: Path) -> None:
    now = opened(data)
    with pytest.raises(sa.exc.OperationalError) as caught, now.writing() as writer:
        writer.execute(sa.text("INSERT INTO nowhere VALUES (:name)"), {"name": CANARY})
    assert CANARY not in str(caught.value)
    now.close()


def test_threads_write_in_turn(data: Path) -> None:
    now = opened(data)
    threads = [threading.Thread(target=lambda: [add(now) for _ in range(20)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert content(now) == (83, 81, 0)
    with now.writing(), pytest.raises(RuntimeError, match="open in this thread"), now.writing():
        pass
    add(now)
    now.close()


def test_a_full_disk_loses_nothing(data: Path) -> None:
    now = opened(data)
    with now.reading() as reader:
        pages = reader.exec_driver_sql("PRAGMA page_count").scalar()
        reader.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(Problem, match="磁盘已满"), now.writing() as writer:
        for _ in range(2000):
            writer.execute(INSERT, {"name": CANARY * 50})
    assert content(now) == (3, 1, 0)
    with now.reading() as reader:
        reader.exec_driver_sql("PRAGMA max_page_count = 1000000")
    add(now)
    now.close()
    again = opened(data)
    assert content(again) == (4, 2, 0)
    again.close()


@pytest.fixture
def small_disk(steps: object, tmp_path: Path):
    """A real disk of 3 MB, where this machine lets one be mounted."""
    place = tmp_path / "小盘"
    place.mkdir()
    if os.system(f"mount -t tmpfs -o size=3m none '{place}' 2>/dev/null") != 0:  # noqa: S605 - our own folder
        pytest.skip("may not mount")
    yield place
    os.system(f"umount -l '{place}'")  # noqa: S605 - the same


def test_a_disk_that_is_really_full_loses_nothing(small_disk: Path) -> None:
    now, _ = Database.create(small_disk, SECRET)
    said = 0
    with pytest.raises(Problem, match="磁盘已满"):
        for _ in range(200):
            add(now, 400)
            said += 1
    assert content(now) == (said * 400, said, 0)
    with pytest.raises(Problem, match="磁盘"):
        backup.make(now)
    now.close()
    os.system(f"mount -o remount,size=30m '{small_disk}'")  # noqa: S605 - our own folder
    now = opened(small_disk)
    assert content(now) == (said * 400, said, 0)
    add(now)
    now.close()
    assert litter(small_disk) == []


def test_a_closed_folder_is_not_called_locked(nursery: Nursery, steps: object) -> None:
    """A real user without rights: the child gives up being root first."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        Database.create(folder, SECRET)[0].close()
        note = Path(place) / "note"
        note.touch()
        note.chmod(0o666)
        Path(place).chmod(0o755)
        before = snapshot(folder)
        for path in folder.iterdir():
            path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        folder.chmod(0o555)
        assert nursery.run("open_as_nobody", folder, note=str(note)) == 3
        assert "没有写入权限" in note.read_text("utf-8")
        folder.chmod(0o755)
        assert snapshot(folder) == before


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_medium_that_takes_no_writing_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """Where the tests run as root no folder is read-only, so the system's answer is planted."""
    before = snapshot(data)

    def fail(*_: object) -> int:
        raise OSError(code, "planted", str(data))

    with monkeypatch.context() as patch:
        patch.setattr(lock.os, "open", fail)
        with pytest.raises(Problem, match=r"打开数据没有做成|没有写入权限"):
            opened(data)
    assert snapshot(data) == before


@pytest.mark.parametrize("typed", ["", "猜的", SECRET + " "])
def test_a_wrong_password_touches_nothing(data: Path, typed: str) -> None:
    before = snapshot(data)
    with pytest.raises(Problem, match="密码不对"):
        Database.open(data, password=typed)
    assert snapshot(data) == before


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "no bytes": lambda _: b"",
    "a few bytes": lambda raw: raw[:100],
    "half": lambda raw: raw[: len(raw) // 2],
    "one byte short": lambda raw: raw[:-1],
    "first page": lambda raw: raw[:50] + bytes([raw[50] ^ 1]) + raw[51:],
    "second page": lambda raw: raw[:5000] + bytes([raw[5000] ^ 1]) + raw[5001:],
    "zeroed page": lambda raw: raw[:8192] + bytes(4096) + raw[12288:],
    "salt": lambda raw: bytes([raw[0] ^ 1]) + raw[1:],
    "noise": lambda raw: random.Random(1).randbytes(len(raw)),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_file_is_refused_untouched(data: Path, how: str, capfd: pytest.CaptureFixture[str]) -> None:
    file = data / "wuling.db"
    file.write_bytes(DAMAGES[how](file.read_bytes()))
    before = snapshot(data)
    with pytest.raises(Problem, match=r"数据文件有损坏|数据文件打不开"):
        opened(data)
    assert snapshot(data) == before
    assert capfd.readouterr() == ("", "")


def test_every_damaged_page_in_use_is_found(data: Path) -> None:
    now = opened(data)
    add(now, 500)
    now.close()
    file = data / "wuling.db"
    raw = file.read_bytes()
    chance = random.Random(20261124)
    for page in range(len(raw) // 4096):
        place = page * 4096 + chance.randrange(4096)
        file.write_bytes(raw[:place] + bytes([raw[place] ^ (1 << chance.randrange(8))]) + raw[place + 1 :])
        with pytest.raises(Problem, match=r"损坏|打不开"):
            opened(data)
    file.write_bytes(raw)
    opened(data).close()


def test_damage_met_while_working_is_told(data: Path) -> None:
    now = opened(data)
    add(now, 500)
    now.close()
    now = opened(data)
    now.engine.dispose()  # its connections hold every page in memory
    raw = now.file.read_bytes()
    now.file.write_bytes(raw[:4096] + random.Random(1).randbytes(len(raw) - 4096))
    with pytest.raises(Problem, match="数据文件有损坏"):
        content(now)
    now.close()


def test_a_newer_file_is_refused_untouched(data: Path, steps: Callable[[int], Path]) -> None:
    steps(2)
    opened(data).close()
    steps(1)
    before = snapshot(data)
    with pytest.raises(Problem, match="更新版本的程序"):
        opened(data)
    assert snapshot(data) == before


def test_a_newer_file_with_an_unread_log_is_refused_untouched(
    data: Path, steps: Callable[[int], Path]
) -> None:
    """As a crash leaves it: the newest state is in the log, and folding it in would already be a change."""
    steps(2)
    now = opened(data)
    add(now, 3)
    crashed = {name: raw for name, raw in snapshot(data).items() if name != "wuling.lock"}
    now.close()
    for name, raw in crashed.items():
        (data / name).write_bytes(raw)
    steps(1)
    with pytest.raises(Problem, match="更新版本的程序"):
        opened(data)
    after = snapshot(data)
    assert {name: after[name] for name in ("wuling.db", "wuling.db-wal")} == {
        name: crashed[name] for name in ("wuling.db", "wuling.db-wal")
    }
    steps(2)
    now = opened(data)
    assert content(now) == (6, 2, 0)
    now.close()


def test_anothers_database_is_not_ours(data: Path) -> None:
    file = data / "wuling.db"
    file.unlink()
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE theirs (id)")
    other.commit()
    other.close()
    before = snapshot(data)
    with pytest.raises(Problem, match="不是本程序的数据文件"):
        opened(data)
    assert snapshot(data) == before


def test_an_enciphered_file_of_another_program_is_not_ours(data: Path) -> None:
    slots = keys.SlotFile.read(data)
    key = slots.unlock_with_password(SECRET)
    driver = connection.connect(data / "wuling.db", key)
    driver.execute("PRAGMA application_id = 7")
    driver.close()
    with pytest.raises(Problem, match="不是本程序的数据文件"):
        opened(data)


def test_missing_parts_are_told_apart(data: Path, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="这里没有数据文件"):
        opened(tmp_path / "没有")
    assert not (tmp_path / "没有").exists()
    (data / "wuling.db").rename(tmp_path / "elsewhere")
    assert exists(data)
    with pytest.raises(Problem, match="找不到数据文件"):
        opened(data)
    with pytest.raises(Problem, match="已经有一份数据"):
        Database.create(data, SECRET)
    (tmp_path / "elsewhere").rename(data / "wuling.db")
    for name in (keys.NAME, keys.COPY):
        (data / name).unlink()
    with pytest.raises(Problem, match="找不到钥匙文件"):
        opened(data)


def test_a_second_file_is_never_made_over_the_first(data: Path) -> None:
    before = snapshot(data)
    with pytest.raises(Problem, match="已经有一份数据"):
        Database.create(data, SECRET)
    assert snapshot(data) == before


def test_a_second_program_is_told_who_holds_it(data: Path, nursery: Nursery) -> None:
    pid = nursery.start("hold", data)
    deadline = time.monotonic() + 20
    while not (data.parent / "held").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    with pytest.raises(Problem) as caught:
        opened(data)
    os.kill(pid, signal.SIGKILL)
    assert nursery.end() == -signal.SIGKILL
    assert caught.value.what == "数据正被另一个窗口打开着。"
    assert f"进程 {pid}" in caught.value.why
    opened(data).close()


def test_a_stranger_writing_past_the_lock_is_noticed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slots = keys.SlotFile.read(data)
    monkeypatch.setattr(connection, "_PATIENCE", 200)
    monkeypatch.setitem(connection._SETTINGS, "busy_timeout", 200)
    driver = connection.connect(data / "wuling.db", slots.unlock_with_password(SECRET))
    driver.execute("BEGIN IMMEDIATE")
    with pytest.raises(Problem, match="正被占用"):
        opened(data)
    driver.rollback()
    driver.close()
    opened(data).close()


def test_one_worn_key_file_is_mended_and_said(data: Path) -> None:
    (data / keys.NAME).write_bytes(b"")
    now = opened(data)
    assert "钥匙文件" in now.notes[0]
    now.close()
    assert (data / keys.NAME).read_bytes() == (data / keys.COPY).read_bytes()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES])
def test_a_failure_while_making_leaves_nothing(steps: object, tmp_path: Path, code: int) -> None:
    def fail() -> None:
        raise OSError(code, "planted", "wuling.db")

    for place in range(1, 100):
        folder = tmp_path / f"{place}"
        folder.mkdir()
        with FileOperations(place, fail).counted() as operations:
            try:
                Database.create(folder, SECRET)[0].close()
            except Problem:
                assert list(folder.iterdir()) == []
                assert not exists(folder)
        if operations.count < place:
            break
    assert place > 10


def test_a_stop_while_making_is_cleared_or_finished(steps: object, tmp_path: Path, nursery: Nursery) -> None:
    for place in range(1, 100):
        folder = tmp_path / f"{place}"
        status = nursery.run("create", folder, stop_at=place)
        if exists(folder):
            opened(folder).close()
        else:
            Database.create(folder, SECRET)[0].close()
        assert litter(folder) == []
        if status == 0:
            break
    assert place > 10


def test_killed_at_any_moment_nothing_said_is_lost(data: Path, nursery: Nursery) -> None:
    chance = random.Random()
    said_file = data.parent / "said"
    for _ in range(20):
        pid = nursery.start("write", data)
        time.sleep(chance.uniform(0.005, 0.15))
        os.kill(pid, signal.SIGKILL)
        assert nursery.end() == -signal.SIGKILL
        now = opened(data)
        people, operations, broken = content(now)
        now.close()
        said = int(said_file.read_text().split()[-1]) if said_file.exists() and said_file.read_text() else 1
        assert broken == 0
        assert operations in (said, said + 1), "a saving that was said is lost, or half of one is there"
        assert people == 3 + (operations - 1) * 20
        said_file.write_text(f"{operations}\n")
    assert operations > 5
    assert database.exists(data)


def test_a_log_without_room_for_its_index_is_a_full_disk() -> None:
    class NoRoom(Exception):  # noqa: N818 - as the driver raises it
        sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE

    problem = troubles.of_sql(NoRoom(), "打开数据")
    assert problem is not None
    assert problem.what == "打开数据没有做成：磁盘已满。"
