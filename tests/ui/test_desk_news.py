"""What the desk does and tells by itself: backups by the day and on leaving, a copy outside, a start that went wrong."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING

from person_at_the_desk import PASSWORD

from wuling_desktop import paths
from wuling_desktop.services.backing_up import Backups
from wuling_desktop.ui.main_window import MainWindow
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from person_at_the_desk import Person

    from wuling_desktop.ui.application import Program


def unlock(person: Person) -> None:
    person.write("密码", PASSWORD)
    person.click("打开")
    person.rest()


def test_a_backup_is_made_once_a_day_in_use(secretary: Person) -> None:
    desk = secretary.program._desk
    assert desk.backups.listing() == []
    for _ in range(2):
        secretary.program._main.news.keep_daily()
        secretary.rest()
    assert len(desk.backups.listing()) == 1
    secretary.reads("已备份")


def test_leaving_makes_a_backup_and_then_closes(secretary: Person, tmp_path: Path) -> None:
    window = secretary.program.window
    secretary.program._desk.people.add({"person.name": "韦清和"})
    window.close()
    secretary.qtbot.waitUntil(lambda: not window.isVisible(), timeout=15_000)
    assert len(list((tmp_path / "data" / "backups").glob("*.wlbak"))) == 1
    assert secretary.program._desk is None


def test_a_backup_that_fails_on_leaving_can_be_left_out(secretary: Person, tmp_path: Path) -> None:
    (tmp_path / "data" / "backups").write_text("in the way")
    window = secretary.program.window
    window.close()
    secretary.reads("没有做成")
    assert window.isVisible()
    secretary.click("不备份，关掉")
    secretary.qtbot.waitUntil(lambda: not window.isVisible(), timeout=15_000)


def test_a_copy_outside_is_asked_for_and_made_in_one_click(
    secretary: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, real = secretary.program, Backups.outside_overdue
    monkeypatch.setattr(Backups, "outside_overdue", lambda self, now: real(self, now + dt.timedelta(days=8)))
    secretary.press("Ctrl+L")
    unlock(secretary)
    secretary.reads("还没有在电脑外面存过备份。")
    (tmp_path / "stick").mkdir()
    secretary.choose_file(tmp_path / "stick", lambda: secretary.click("存到 U 盘…"))
    secretary.reads("并读回检查过")
    secretary.rest()
    assert len(list((tmp_path / "stick").glob("*.wlbak"))) == 1
    assert "还没有在电脑外面存过备份" not in secretary.text()
    assert "还没有备份" not in secretary.text()
    program._main.news.save_outside()
    secretary.rest()
    assert len(list((tmp_path / "stick").glob("*.wlbak"))) == 2


def test_what_a_crash_cost_is_told_once(
    secretary: Person, open_program: Callable[..., Person], tmp_path: Path
) -> None:
    """The log a crash left, with a page in it that the disk has lost since."""
    desk = secretary.program._desk
    for name in ("韦清和", "林晓", "黄一"):
        desk.people.add({"person.name": name})
    folder = tmp_path / "left"
    shutil.copytree(tmp_path / "data", folder, ignore=shutil.ignore_patterns("*.lock", "*-shm"))
    secretary.program.close_all()
    log = folder / "wuling.db-wal"
    raw = bytearray(log.read_bytes())
    raw[len(raw) // 2] ^= 1
    log.write_bytes(raw)
    (folder / "wuling.keys.copy").unlink()
    person = open_program(folder)
    unlock(person)
    person.reads("有几次保存在磁盘上读不出来了")
    person.reads("两份钥匙文件里有一份（wuling.keys.copy）不对，已用好的那份补上。")
    assert person.seen(Button, "存到 U 盘…")
    person.press("Ctrl+L")
    unlock(person)
    person.reads("党员信息")
    assert "读不出来" not in person.text()
    assert "钥匙文件" not in person.text()


def test_a_start_cut_off_begins_with_a_plain_page(
    secretary: Person, open_program: Callable[..., Person], tmp_path: Path
) -> None:
    secretary.program._desk.people.add({"person.name": "韦清和"})
    secretary.program.close_all()
    (paths.log_folder() / "opening").touch()
    person = open_program()
    unlock(person)
    person.reads("上次打开到一半停下了。")
    person.choose_file(tmp_path / "能读的.json", lambda: person.click("导出能读的…"))
    person.reads("已导出到 能读的.json。")
    records = json.loads((tmp_path / "能读的.json").read_text("utf-8"))["records"]
    assert [each["name"] for each in records["person"].values()] == ["韦清和"]
    person.click("再试一次")
    person.reads("党员信息")
    assert person.program._main is not None


def test_a_page_that_stumbles_at_the_start_leaves_the_data_in_reach(
    secretary: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = secretary.program._desk
    desk.people.add({"person.name": "韦清和"})
    backup = desk.backups.make().path
    desk.people.add({"person.name": "林晓"})
    secretary.press("Ctrl+L")

    def stumble(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    with monkeypatch.context() as planted:
        planted.setattr(MainWindow, "go", stumble)
        unlock(secretary)
        secretary.reads("上次打开到一半停下了。")
    secretary.choose_file(backup, lambda: secretary.click("从备份恢复…"))
    secretary.qtbot.waitUntil(lambda: secretary.program._main is not None, timeout=15_000)
    secretary.rest()
    again = secretary.program._desk
    assert again.people.counts(again.unit.today())["all"] == 1


def test_restoring_says_before_what_will_be_lost(demo_desk: Person) -> None:
    desk = demo_desk.program._desk
    desk.backups.make()
    first, *_ = desk.people.choices("person")
    desk.people.change(first.id, {"person.native_place": "广西钦州"})
    demo_desk.go("设置与备份")
    demo_desk.click_cell(demo_desk.page._sections["backups"]._table, 0)
    demo_desk.click("恢复到这一份…")
    demo_desk.reads("那时 54 人，现在 54 人。")
    demo_desk.reads("那以后的 1 步会不在了：“修改")
    demo_desk.click("先不恢复")
    assert not demo_desk.seen(Button, "先不恢复")


def test_a_fault_is_told_in_plain_words(secretary: Person, qapp: object) -> None:
    from wuling_desktop.ui.faults import Faults  # noqa: PLC0415 - as the program itself does, late

    program: Program = secretary.program
    faults = Faults(program)
    faults.told.connect(program.tell)
    for _ in range(3):
        faults.fault(RuntimeError, RuntimeError("planted"), None)
    secretary.reads("程序接连出了几次差错。")
    assert "planted" not in secretary.text()


def test_a_recovery_key_lost_with_the_window_is_told_at_the_next_start(
    secretary: Person, open_program: Callable[..., Person]
) -> None:
    secretary.program._desk.recovery.shown()  # the power went before it was printed
    secretary.program.close_all()
    again = open_program()
    unlock(again)
    again.reads("恢复码还没有打印或抄下来")
    again.click("换一组恢复码…")
    again.reads("旧的恢复码单找不到了")
    assert "恢复码还没有打印" not in again.text()


def test_a_recovery_key_that_was_kept_is_not_told_of(secretary: Person) -> None:
    assert "恢复码还没有打印" not in secretary.text()


def test_undo_and_redo_do_not_move_when_the_last_backup_is_told(demo_desk: Person) -> None:
    top = demo_desk.program._main._top
    places = set()
    now = dt.datetime.now().astimezone()
    for at in (None, now, now - dt.timedelta(days=1), now - dt.timedelta(days=365)):
        top.show_backup(at)
        demo_desk.rest()
        places.add((top._undo.geometry().left(), top._redo.geometry().left()))
    assert len(places) == 1
