"""Locking with something open over the page: nothing of it stays in view, and nothing of it is heard later."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from functools import partial
from typing import TYPE_CHECKING

import pytest
from person_at_the_desk import PASSWORD, leave_nothing_deleted_late, unlocked
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QRadioButton
from walker import Walker

from wuling_desktop import settings
from wuling_desktop.ui.clerk import ClerkPopup
from wuling_desktop.ui.entrance.first_run import FirstRun
from wuling_desktop.ui.entrance.unlock import UnlockPage
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from person_at_the_desk import Person


def test_a_card_over_the_window_goes_with_the_desk(secretary: Person) -> None:
    secretary.click("经办人　韦清和")
    assert isinstance(QApplication.activePopupWidget(), ClerkPopup)
    secretary.program.lock()
    secretary.one(Button, "打开")
    assert QApplication.activePopupWidget() is None
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [secretary.program.window]


def test_data_on_a_drive_taken_out_are_asked_for_and_not_begun_anew(
    secretary: Person, tmp_path: Path
) -> None:
    (tmp_path / "data").rename(tmp_path / "taken out")
    secretary.press("Ctrl+L")
    assert isinstance(secretary.program.window.centralWidget(), UnlockPage)
    secretary.write("密码", PASSWORD)
    secretary.click("打开")
    secretary.reads("可能在拔掉的 U 盘上")
    (tmp_path / "taken out").rename(tmp_path / "data")
    unlocked(secretary)


def test_a_start_without_its_drive_asks_for_it_and_leaves_a_way_to_begin_anew(
    secretary: Person, open_program: Callable[..., Person], tmp_path: Path
) -> None:
    secretary.program.close_all()
    (tmp_path / "data").rename(tmp_path / "taken out")
    later = open_program()
    assert isinstance(later.program.window.centralWidget(), UnlockPage)
    later.write("密码", PASSWORD)
    later.click("打开")
    later.reads("可能在拔掉的 U 盘上")
    later.click("从头开始…")
    assert isinstance(later.program.window.centralWidget(), FirstRun)


def test_the_minutes_until_it_locks_are_chosen_and_kept(secretary: Person) -> None:
    assert secretary.program._idle._timer.interval() == 10 * 60_000
    secretary.go("设置与备份")
    secretary.click("密码与恢复码")
    secretary.one(QRadioButton, "没人用就锁定 5 分钟").click()
    assert secretary.program._idle._timer.interval() == 5 * 60_000
    assert settings.load().lock_after == 5
    secretary.program._idle._timer.start(1)
    secretary.one(Button, "打开")


def test_a_file_being_chosen_is_left_before_the_desk_goes(demo_desk: Person) -> None:
    asked: list[str] = []

    def lock_while_asking() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            asked.append(dialog.windowTitle())
            demo_desk.program.lock()
        else:
            QTimer.singleShot(20, lock_while_asking)

    demo_desk.program._main.go("import")  # type: ignore[union-attr]  # it is open
    QTimer.singleShot(20, lock_while_asking)
    demo_desk.click("选文件…")
    demo_desk.qtbot.waitUntil(
        lambda: isinstance(demo_desk.program.window.centralWidget(), UnlockPage), timeout=5000
    )
    assert asked
    assert QApplication.activeModalWidget() is None


def test_an_answer_that_comes_after_locking_is_not_heard(secretary: Person) -> None:
    heard: list[object] = []
    begin, page = threading.Event(), secretary.page
    secretary.program._background.run(page, begin.wait, heard.append, heard.append)
    secretary.program.lock()
    begin.set()
    secretary.rest()
    secretary.one(Button, "打开")
    assert heard == []


@pytest.mark.parametrize("place", ["党员信息", "走访慰问"])
def test_a_word_typed_just_before_is_not_looked_for_later(demo_desk: Person, place: str) -> None:
    demo_desk.go(place)
    heard: list[str] = []
    demo_desk.page.word_changed.connect(partial(heard.append, place))  # type: ignore[attr-defined]  # a page of rows
    demo_desk.write("在本页里找", "韦")
    demo_desk.program.lock()
    until = time.monotonic() + 0.4
    while time.monotonic() < until:
        QApplication.processEvents()  # the page still lives in here: it is deleted by the loop outside
    assert heard == []


@pytest.mark.parametrize("keys", ["F12", "Ctrl+K"])
def test_what_had_the_keyboard_before_may_be_gone(demo_desk: Person, keys: str) -> None:
    button = Button(demo_desk.page.look, "暂时的")
    button.setParent(demo_desk.page)
    button.show()
    button.setFocus()
    demo_desk.press(keys)
    button.deleteLater()
    leave_nothing_deleted_late()
    demo_desk.press("Escape")
    demo_desk.press("Ctrl+F")
    demo_desk.type("黄若衡")
    demo_desk.reads("共 1 人")


@pytest.mark.parametrize("rooms", ["one", "every"])
def test_nothing_of_the_desk_outlives_it(demo_desk: Person, rooms: str) -> None:
    widgets = []
    for _ in range(3):
        for _ in Walker(demo_desk).states() if rooms == "every" else ():
            pass
        watched = _weakly(demo_desk)
        demo_desk.program.lock()
        demo_desk.one(Button, "打开")
        demo_desk.rest()
        assert _alive(watched) == []
        widgets.append(len(QApplication.allWidgets()))
        unlocked(demo_desk)
    assert widgets == [widgets[0]] * 3


def test_a_locked_desk_is_gone_at_once(demo_desk: Person) -> None:
    watched = _weakly(demo_desk)
    gc.disable()  # by itself Python would come to it at some time
    try:
        demo_desk.program.lock()
        leave_nothing_deleted_late()
        demo_desk.qtbot.waitUntil(lambda: all(each() is None for each in watched), timeout=5000)
    finally:
        gc.enable()


def _weakly(person: Person) -> list[weakref.ref[object]]:
    """Return the open data file and everything on the screen that shows it, without keeping it alive."""
    main = person.program._main
    assert main is not None
    desk = main._desk
    return [weakref.ref(each) for each in (desk, desk._database.engine, main, *main.findChildren(QObject))]


def _alive(watched: list[weakref.ref[object]]) -> list[str]:
    """Return the kinds of what is still there, once all that nobody holds is gone."""
    leave_nothing_deleted_late()
    gc.collect()
    return sorted({type(found).__name__ for each in watched if (found := each()) is not None})
