"""What is gone leaves nothing behind in Qt and in the heap: a day of locking and looking about takes no more memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from person_at_the_desk import leave_nothing_deleted_late
from PySide6.QtWidgets import QLabel, QWidget

from wuling_desktop.settings import Preferences
from wuling_desktop.ui import theme
from wuling_desktop.ui.widgets.basics import clear, column, fill, row
from wuling_desktop.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def test_what_is_cleared_goes_with_its_items(qtbot: QtBot) -> None:
    look, page = theme.look_for(Preferences()), QWidget()
    qtbot.addWidget(page)
    layout = column(page, look)
    inner = row(None, look)
    fill(inner, (QLabel("里面"), None))
    fill(layout, (QLabel("外面"), 4, inner, None))
    items = [each.itemAt(place) for each in (layout, inner) for place in range(each.count())]
    clear(layout)
    assert layout.count() == 0
    assert [each for each in items if shiboken6.isValid(each)] == []


def test_a_line_of_widgets_goes_with_its_items() -> None:
    page = QWidget()
    line = Flow(theme.look_for(Preferences()))
    page.setLayout(line)
    for word in "甲乙丙":
        line.addWidget(QLabel(word))
    items = [line.itemAt(place) for place in range(line.count())]
    page.deleteLater()
    leave_nothing_deleted_late()
    assert [each for each in items if shiboken6.isValid(each)] == []


def test_a_sign_is_the_same_picture_each_time(qapp: QApplication) -> None:
    look = theme.look_for(Preferences())
    signs = [look.sign("info", "blue", 18).cacheKey() for _ in range(2)]
    assert signs[0] == signs[1]
    assert look.sign("info", "red", 18).cacheKey() != signs[0]
