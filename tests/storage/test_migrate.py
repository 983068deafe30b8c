"""Migrations: on a checked copy with a backup before; any stop leads to the old file or to the new."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from file_operations import FileOperations
from storage_trials import SECRET, add, content, litter

from wuling_desktop.domain.problems import Problem
from wuling_desktop.storage import backup, connection, keys, log, migrate, schema, swap
from wuling_desktop.storage.connection import BACKUPS
from wuling_desktop.storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage_trials import Nursery

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def opened(folder: Path) -> Database:
    return Database.open(folder, password=SECRET)


def sum_(folder: Path) -> bytes:
    return (folder / "wuling.db").read_bytes()


def schema_of(folder: Path) -> int:
    key = keys.SlotFile.read(folder).unlock_with_password(SECRET)
    return connection.look(folder / "wuling.db", key)


def sound(folder: Path) -> None:
    """Open by the present steps and find everything there."""
    now = opened(folder)
    assert content(now) == (3, 1, 0)
    with now.reading() as reader:
        assert schema.current(reader) == schema.head()
        assert reader.execute(sa.text("SELECT count(*) FROM award")).scalar() == 1
    assert backup.verify_present(now).ok
    assert backup.verify(backup.make(now).path, now.data_key).ok
    now.close()
    assert litter(folder) == []


def test_an_older_file_is_brought_up_after_a_backup(data: Path, steps: Callable[[int], Path]) -> None:
    steps(2)
    now = opened(data)
    assert "新版程序" in now.notes[0]
    (made,) = backup.listing(data / BACKUPS)
    assert (made.schema, made.people, made.full) == ("0001", 3, True)
    with now.reading() as reader:
        columns = {column["name"]: column["nullable"] for column in sa.inspect(reader).get_columns("person")}
        assert columns == {"id": False, "name": False, "removed_at": True, "phone": True}
        assert schema.current(reader) == "0002"
        assert reader.exec_driver_sql("PRAGMA user_version").scalar() == 2
    assert (data / "wuling.db.before-1").exists()
    now.close()
    sound(data)
    assert not (data / "wuling.db.before-1").exists(), "kept until a clean start, not longer"
    assert schema_of(data) == 2


def test_a_start_without_migration_loads_no_alembic(data: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from wuling_desktop.storage import keys, schema\n"
        "from wuling_desktop.storage.database import Database\n"
        f"schema.VERSIONS = Path({str(schema.VERSIONS)!r})\n"
        f"Database.open(Path({str(data)!r}), password={SECRET!r}).close()\n"
        "raise SystemExit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_log_of_a_crash_is_not_left_behind(data: Path, steps: Callable[[int], Path]) -> None:
    now = opened(data)
    add(now, 4)
    crashed = {path: path.read_bytes() for path in data.iterdir() if path.name.startswith("wuling.db")}
    now.close()
    for path, raw in crashed.items():
        path.write_bytes(raw)
    steps(2)
    now = opened(data)
    assert content(now) == (7, 2, 0)
    now.close()


def test_every_stop_has_one_way_forward(
    data: Path, steps: Callable[[int], Path], nursery: Nursery, tmp_path: Path
) -> None:
    steps(2)
    seen = set()
    for place in range(1, 200):
        folder = tmp_path / f"stop {place}"
        shutil.copytree(data, folder)
        status = nursery.run("open", folder, stop_at=place)
        seen.add(swap._state(folder)[0])
        sound(folder)
        assert schema_of(folder) == 2
        shutil.rmtree(folder)
        if status == 0:
            break
        assert status == 9
    assert place > 20
    assert seen == {"", "building", "swapping"}


def test_killed_at_any_moment_it_is_old_or_new(
    data: Path, steps: Callable[[int], Path], nursery: Nursery, tmp_path: Path
) -> None:
    steps(2)
    shutil.copytree(data, tmp_path / "timed")
    start = time.perf_counter()
    assert nursery.run("open", tmp_path / "timed") == 0
    whole = time.perf_counter() - start
    chance = random.Random()
    killed = 0
    for turn in range(20):
        folder = tmp_path / f"kill {turn}"
        shutil.copytree(data, folder)
        pid = nursery.start("open", folder)
        time.sleep(chance.uniform(0, whole))
        os.kill(pid, signal.SIGKILL)
        killed += nursery.end() < 0
        steps(2 if turn % 2 else 1)
        if turn % 2 == 0:  # the old program may still open what was not yet exchanged, and refuses what was
            try:
                sound(folder)
            except Problem as problem:
                assert "更新版本的程序" in problem.what
        steps(2)
        sound(folder)
    assert killed > 5


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_every_failure_leaves_the_old_file(
    data: Path, steps: Callable[[int], Path], tmp_path: Path, code: int
) -> None:
    def fail() -> None:
        raise OSError(code, "planted", "wuling.db")

    steps(2)
    for place in range(1, 200):
        folder = tmp_path / f"{place}"
        shutil.copytree(data, folder)
        before = sum_(folder)
        with FileOperations(place, fail).counted() as operations:
            try:
                opened(folder).close()
            except Problem:
                assert sum_(folder) == before
                assert [name for name in litter(folder) if not name.startswith(".党建")] == []
        sound(folder)
        shutil.rmtree(folder)
        if operations.count < place:
            break
    assert place > 20


def test_two_failures_on_end_still_lead_forward(
    data: Path, steps: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exchange stops half way and so does the way back: the next start finishes it."""
    steps(2)
    real, count = os.replace, 0

    def failing(source: str, target: str) -> None:
        nonlocal count
        count += Path(target).name.startswith("wuling.db")
        if count >= 2:
            raise OSError(errno.EIO, "planted", str(target))
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing)
        with pytest.raises(Problem, match="只做了一半") as caught:
            opened(data)
        assert "一条也没有丢" in caught.value.why
    assert not (data / "wuling.db").exists()
    sound(data)
    assert schema_of(data) == 2


def test_a_small_disk_is_told_before_anything_happens(
    data: Path, steps: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sum_(data)
    steps(2)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 1000))
    with pytest.raises(Problem, match="磁盘空间不够") as caught:
        opened(data)
    assert "MB" in caught.value.why
    assert sum_(data) == before
    assert not (data / BACKUPS).exists()


BAD_STEPS = {
    "少了行": 'op.execute("DELETE FROM award")',
    "指向不存在": 'op.execute("PRAGMA foreign_keys")\n    op.execute("UPDATE award SET person = 999")',
}


@pytest.mark.parametrize("told", BAD_STEPS)
def test_a_step_that_spoils_the_data_is_not_put_in_place(
    data: Path, steps: Callable[[int], Path], told: str
) -> None:
    place = steps(1)
    head = 'from alembic import op\n\nrevision = "0002"\ndown_revision = "0001"\n'
    step = f'"""Spoils."""\n\n{head}\n\ndef upgrade():\n    {BAD_STEPS[told]}\n'
    (place / "v0002_spoils.py").write_text(step, encoding="utf-8")
    before = sum_(data)
    with pytest.raises(Problem, match="没有通过检查") as caught:
        opened(data)
    assert told in caught.value.why
    assert sum_(data) == before
    (place / "v0002_spoils.py").unlink()
    sound(data)


def test_a_step_that_fails_leaves_the_old_file(data: Path, steps: Callable[[int], Path]) -> None:
    place = steps(1)
    head = 'revision = "0002"\ndown_revision = "0001"\n'
    step = f'"""Fails."""\n\n{head}\n\ndef upgrade():\n    raise KeyError("a fault of ours")\n'
    (place / "v0002_fails.py").write_text(step, encoding="utf-8")
    with pytest.raises(KeyError):
        opened(data)
    (place / "v0002_fails.py").unlink()
    sound(data)


def test_a_damaged_file_is_not_migrated(data: Path, steps: Callable[[int], Path]) -> None:
    raw = sum_(data)
    (data / "wuling.db").write_bytes(raw[:9000] + b"x" + raw[9001:])
    steps(2)
    with pytest.raises(Problem, match="有损坏"):
        opened(data)
    assert sum_(data) == raw[:9000] + b"x" + raw[9001:]
    assert backup.listing(data / BACKUPS) == []


def metadata() -> sa.MetaData:
    """What the first step makes."""
    made = sa.MetaData(naming_convention=NAMING)
    sa.Table(
        "person",
        made,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text),
        sa.Column("removed_at", sa.Text),
    )
    link = sa.ForeignKey("person.id")
    sa.Table(
        "award",
        made,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.Integer, link, nullable=False),
    )
    log.OPERATION.to_metadata(made)
    log.CHANGE.to_metadata(made)
    return made


def test_differences_are_found_both_ways(steps: Callable[[int], Path]) -> None:
    assert migrate.differences(metadata()) == []
    more = metadata()
    more.tables["person"].append_column(sa.Column("phone", sa.String(30)))
    (found,) = migrate.differences(more)
    assert (found[0], found[3].name) == ("add_column", "phone")
    steps(2)
    names = {
        found[0] if isinstance(found, tuple) else found[0][0] for found in migrate.differences(metadata())
    }
    assert names == {"remove_table", "remove_index", "remove_column", "modify_nullable"}


def test_what_search_owns_is_no_difference(steps: Callable[[int], Path]) -> None:
    with closing(migrate._empty_at_head().connect()) as reader:
        reader.exec_driver_sql("CREATE TABLE search_person (id INTEGER)")
        context = migrate.MigrationContext.configure(reader, opts=migrate.options())
        assert migrate.compare_metadata(context, metadata()) == []


class Whole(sa.types.TypeDecorator[int]):
    """A column type of the program's own."""

    impl = sa.BigInteger
    cache_ok = True


def test_a_new_migration_is_written_from_the_models(
    steps: Callable[[int], Path], data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The recipe of a new ledger: it passes the linter, needs nothing of the program, and leads to the models."""
    assert migrate.new("nothing", metadata()) is None
    more = metadata()
    link = sa.ForeignKey("person.id")
    sa.Table(
        "help",
        more,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.Integer, link, index=True),
        sa.Column("amount", Whole),
        sa.Index("uq_help_living", "amount", unique=True, sqlite_where=sa.text("amount IS NOT NULL")),
    )
    path = migrate.new("困难帮扶 help for people in need", more)
    assert path is not None
    assert path.name.startswith("v0002_")
    text = path.read_text("utf-8")
    assert "wuling_desktop" not in text
    assert "sa.BigInteger()" in text
    root = Path(migrate.__file__).parents[2]
    lint = [sys.executable, "-m", "ruff", "check", "--no-cache", f"--config={root / 'pyproject.toml'}"]
    subprocess.run([*lint, "--ignore=INP001", str(path)], check=True)
    assert migrate.differences(more) == []
    now = opened(data)
    assert content(now) == (3, 1, 0)
    now.close()
    assert schema.head() == "0002"


def test_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert migrate.main([]) == 2
    assert "new" in capsys.readouterr().err


def test_the_shipped_steps_stand_in_one_line() -> None:
    names = sorted(path.stem for path in schema.VERSIONS.glob("v*.py"))
    assert [name[:5] for name in names] == [f"v{number:04}" for number in range(1, len(names) + 1)]
    assert schema.number() == len(names) > 0
