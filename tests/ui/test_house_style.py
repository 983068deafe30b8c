"""The house's style, put on after the first frame, takes nothing away of what the window wears already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyleOptionButton,
    QStyleOptionViewItem,
)

from wuling_desktop.settings import Preferences
from wuling_desktop.ui import theme
from wuling_desktop.ui.house_style import FocusRing, measure_small

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


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


@pytest.mark.parametrize("scale", [100, 150])
def test_ticks_and_signs_grow_with_the_letters(qtbot: QtBot, scale: int) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    look = theme.look_for(Preferences(scale=scale))
    theme.apply(application, look)
    box, ticked, field = QCheckBox("打码"), QListWidget(), QLineEdit()
    for widget in (box, ticked, field):
        qtbot.addWidget(widget)
    for widget in (ticked, field):
        measure_small(look, widget)
    metric, option = QStyle.PixelMetric, QStyleOptionButton()
    box.ensurePolished()
    box.initStyleOption(option)
    tick = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
    assert (tick.width(), tick.height()) == (look.px(16), look.px(16))
    assert ticked.style().pixelMetric(metric.PM_IndicatorHeight, None, ticked) == look.px(16)
    assert field.style().pixelMetric(metric.PM_LineEditIconSize, None, field) == look.px(16)


def test_the_text_beside_a_tick_in_a_list_stands_clear_of_it(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    look = theme.look_for(Preferences(scale=150))
    theme.apply(application, look)
    ticked = QListWidget()
    qtbot.addWidget(ticked)
    measure_small(look, ticked)
    item = QListWidgetItem("男", ticked)
    item.setCheckState(Qt.CheckState.Checked)
    option = QStyleOptionViewItem()
    ticked.initViewItemOption(option)
    option.features |= (
        QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        | QStyleOptionViewItem.ViewItemFeature.HasDisplay
    )
    option.text, option.rect = item.text(), ticked.visualItemRect(item)
    places = [
        ticked.style().subElementRect(element, option, ticked)
        for element in (
            QStyle.SubElement.SE_ItemViewItemCheckIndicator,
            QStyle.SubElement.SE_ItemViewItemText,
        )
    ]
    assert places[0].right() < places[1].left()


def test_a_focus_that_moves_while_the_program_ends_is_no_fault(qapp: QApplication) -> None:
    parent = QObject()
    ring = FocusRing(qapp, parent, theme.look_for(Preferences()))
    for gone in (ring._frame, ring._style):
        if shiboken6.isValid(gone):
            shiboken6.delete(gone)
    ring._follow(None, None)
    assert shiboken6.isValid(ring._frame)
    qapp.focusChanged.disconnect(ring._follow)
