"""Locking with something open over the page: nothing of it stays in view, and nothing of it is heard later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from wuling_desktop.ui.clerk import ClerkPopup
from wuling_desktop.ui.entrance.unlock import UnlockPage
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from person_at_the_desk import Person


def test_a_card_over_the_window_goes_with_the_desk(secretary: Person) -> None:
    secretary.click("经办人　韦清和")
    assert isinstance(QApplication.activePopupWidget(), ClerkPopup)
    secretary.program.lock()
    secretary.one(Button, "打开")
    assert QApplication.activePopupWidget() is None
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [secretary.program.window]


def test_a_file_being_chosen_is_left_before_the_desk_goes(demo_desk: Person) -> None:
    asked: list[str] = []

    def lock_while_asking() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            asked.append(dialog.windowTitle())
            demo_desk.program.lock()
        else:
            QTimer.singleShot(20, lock_while_asking)

    demo_desk.go("导入") if demo_desk.seen(Button, "导入") else None
    QTimer.singleShot(20, lock_while_asking)
    demo_desk.click("选文件…")
    demo_desk.qtbot.waitUntil(
        lambda: isinstance(demo_desk.program.window.centralWidget(), UnlockPage), timeout=5000
    )
    assert asked
    assert QApplication.activeModalWidget() is None
