"""Backups as the desk keeps them: which one is due, how long none lies outside, what putting one back would change."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from wuling_desktop.domain.problems import Problem
from wuling_desktop.storage import backup
from wuling_desktop.storage.backup import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk
    from wuling_desktop.storage.database import Database


pytestmark = pytest.mark.own_to_the_file

PASSWORD = "测试口令 2026"


def now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def file_of(desk: Desk) -> Database:
    """Return what alone has backups of its own."""
    return desk._database.as_file("备份")


def test_a_backup_is_due_once_a_day_and_only_after_a_change(desk: Desk) -> None:
    file_of(desk)
    tomorrow = now() + dt.timedelta(days=1)
    assert desk.backups.due(now())
    desk.backups.make()
    assert not desk.backups.unsaved()
    assert not desk.backups.due(now())
    assert not desk.backups.due(tomorrow)
    desk.people.add({"person.name": "韦清和"})
    assert desk.backups.unsaved()
    assert not desk.backups.due(now())
    assert desk.backups.due(tomorrow)


def test_a_copy_outside_is_wanted_after_seven_days(desk: Desk, tmp_path: Path) -> None:
    file_of(desk)
    later = now() + dt.timedelta(days=8)
    assert desk.backups.outside_overdue(now()) == (False, None)
    assert desk.backups.latest() is None
    assert desk.backups.outside_overdue(later) == (True, None)
    (tmp_path / "stick").mkdir()
    made = desk.backups.make_outside(tmp_path / "stick")
    assert made.path.parent == tmp_path / "stick"
    overdue, last = desk.backups.outside_overdue(later - dt.timedelta(days=2))
    assert not overdue
    assert last is not None
    assert abs(last - now()) < dt.timedelta(minutes=1)
    assert desk.backups.latest() == last
    beside = desk.backups.make()
    assert desk.backups.latest() == max(last, beside.at)


def test_a_clock_that_once_was_wrong_stops_no_backup(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy dated far ahead is not waited for: neither the one of the day, nor the one outside, nor the full check."""

    class Ahead(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return dt.datetime(2099, 1, 1, 8, tzinfo=tz)

    with monkeypatch.context() as wrong:
        wrong.setattr("wuling_desktop.storage.backup.dt.datetime", Ahead)
        assert desk.backups.make().at.year == 2099
        desk.backups.make_outside(tmp_path / "stick")
    desk.people.add({"person.name": "韦清和"})
    assert desk.backups.due(now())
    assert desk.backups.outside_overdue(now())[0]
    made = desk.backups.make()
    assert made.full
    assert desk.backups.listing()[0].path == made.path
    assert not desk.backups.due(now())


def test_a_copy_beside_the_data_is_none_outside(desk: Desk) -> None:
    desk.backups.make_outside(desk._database.folder / "another")
    assert desk.backups.outside_overdue(now())[1] is None


def test_a_copy_that_reads_back_otherwise_does_not_count(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_of(desk)
    bad = Verdict(ok=False, schema="", people=0, faults=("第 3 页读不出。",))
    monkeypatch.setattr(backup, "verify", lambda *_: bad)
    with pytest.raises(Problem, match="第 3 页读不出"):
        desk.backups.make_outside(tmp_path / "stick")
    assert desk.backups.outside_overdue(now())[1] is None


def test_a_copy_that_could_not_be_read_back_to_the_end_does_not_stay(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(backup, "verify", cut_off)
    (tmp_path / "stick").mkdir()
    with pytest.raises(RuntimeError):
        desk.backups.make_outside(tmp_path / "stick")
    assert [path for path in (tmp_path / "stick").iterdir() if path.is_file()] == []
    assert desk.backups.outside_overdue(now())[1] is None


def test_what_would_be_lost_is_told_before(desk: Desk) -> None:
    desk.people.add({"person.name": "韦清和"})
    made = desk.backups.make()
    desk.people.add({"person.name": "林晓"})
    desk.people.add({"person.name": "黄一"})
    difference = desk.backups.difference(made.path)
    assert (difference.people_then, difference.people_now) == (1, 3)
    assert difference.last_then == "新增 韦清和"
    assert difference.since == ("新增 黄一", "新增 林晓")


def test_a_backup_of_another_course_of_events_is_told_as_such(desk: Desk) -> None:
    before = desk.backups.make()
    desk.people.add({"person.name": "韦清和"})
    made = desk.backups.make()
    desk.backups.restore(before.path)
    desk.people.add({"person.name": "林晓"})
    assert desk.backups.difference(made.path).since is None
