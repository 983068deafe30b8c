"""The house's style, put on after the first frame, takes nothing away of what the window wears already."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from wuling_desktop.settings import Preferences
from wuling_desktop.ui import theme


@pytest.mark.usefixtures("qtbot")
def test_the_letters_of_each_kind_of_widget_outlast_another_style() -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    look = theme.look_for(Preferences())
    kinds = ("QTableView", "QHeaderView", "QToolTip")
    theme.apply_plainly(application, look)
    theme.apply_style(application, look)
    assert [QApplication.font(kind).pixelSize() for kind in kinds] != [look.font().pixelSize()] * len(kinds)
    assert QApplication.font("QToolTip").pixelSize() == look.font(theme.TYPE.caption).pixelSize()
