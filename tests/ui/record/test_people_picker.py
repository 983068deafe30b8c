"""Choosing a person: letters narrow the list, post and branch tell namesakes apart, Enter takes the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QInputMethodEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from wuling_desktop.ui.record.choice import DETAIL
from wuling_desktop.ui.record.editors import LinkEditor

if TYPE_CHECKING:
    from person_at_the_desk import Person


@pytest.fixture
def picker(demo_desk: Person) -> LinkEditor:
    """The field of whom the branch visits."""
    demo_desk.program._main._desk.people.add({"person.name": "黄若衡", "person.position": "门卫"})
    demo_desk.go("走访慰问")
    demo_desk.press("Ctrl+N")
    chooser = demo_desk.one(LinkEditor, "慰问对象")
    line = chooser.lineEdit()
    assert line is not None
    line.setFocus()
    return chooser


def listed(chooser: LinkEditor) -> list[tuple[Any, Any]]:
    completer = chooser.completer()
    assert completer is not None
    assert completer.popup().isVisible()
    found = completer.completionModel()
    return [(found.index(row, 0).data(), found.index(row, 0).data(DETAIL)) for row in range(found.rowCount())]


def test_initials_show_namesakes_apart_and_enter_takes_the_first(picker: LinkEditor) -> None:
    QTest.keyClicks(picker.lineEdit(), "hrh")
    assert listed(picker) == [("黄若衡", "所长　第一党支部"), ("黄若衡", "门卫")]
    QTest.keyClick(picker.completer().popup(), Qt.Key.Key_Return)
    QApplication.processEvents()
    chosen = picker.typed()
    assert (chosen.text, chosen.detail) == ("黄若衡", "所长　第一党支部")
    assert picker.currentText() == "黄若衡"


def test_the_second_of_one_name_can_be_chosen(picker: LinkEditor) -> None:
    QTest.keyClicks(picker.lineEdit(), "huangrh")
    popup = picker.completer().popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert picker.typed().detail == "门卫"


def test_what_names_nobody_stays_what_was_typed(picker: LinkEditor) -> None:
    QTest.keyClicks(picker.lineEdit(), "zzvq")
    assert picker.typed() == picker.currentText() == "zzvq"
    for _ in range(4):
        QTest.keyClick(picker.lineEdit(), Qt.Key.Key_Backspace)
    assert picker.typed() == ""
    assert picker.count() > 40


def test_an_input_method_and_a_correction_in_the_middle(picker: LinkEditor) -> None:
    line = picker.lineEdit()
    given = QInputMethodEvent()
    given.setCommitString("若衡")
    QApplication.sendEvent(line, given)
    line.setCursorPosition(0)
    given = QInputMethodEvent()
    given.setCommitString("黄")
    QApplication.sendEvent(line, given)
    assert line.cursorPosition() == 1
    assert [name for name, _ in listed(picker)] == ["黄若衡", "黄若衡"]


def test_a_line_is_painted(picker: LinkEditor) -> None:
    picture = QImage(300, 28, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    before = picture.copy()
    option = QStyleOptionViewItem()
    option.rect = picture.rect()
    painter = QPainter(picture)
    picker.view().itemDelegate().paint(painter, option, picker.model().index(1, 0))
    painter.end()
    assert picture != before
