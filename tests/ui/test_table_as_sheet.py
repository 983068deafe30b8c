"""A table to type into: keys of a spreadsheet, blocks from one, an input method that loses no letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from wuling_desktop.ui import clipboard
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from person_at_the_desk import Person

SELECT = QItemSelectionModel.SelectionFlag


def column_of(table: Table, label: str) -> int:
    return next(n for n, datum in enumerate(table.rows.rows.datums) if datum.label == label)


def texts(table: Table, label: str, rows: range) -> list[str]:
    return [str(table.model().index(row, column_of(table, label)).data()) for row in rows]


def stand_on(table: Table, row: int, label: str, last: int | None = None) -> None:
    """Choose a cell, or the cells below it too."""
    column = column_of(table, label)
    model, selection = table.model(), table.selectionModel()
    selection.setCurrentIndex(model.index(row, column), SELECT.ClearAndSelect)
    for below in range(row, (row if last is None else last) + 1):
        selection.select(model.index(below, column), SELECT.Select)
    table.setFocus()


def key_in(text: str) -> None:
    """Type letter by letter: the first one brings the editor, the others go to it."""
    for letter in text:
        QTest.keyClick(QApplication.focusWidget(), letter)


@pytest.fixture
def sheet(demo_desk: Person) -> Table:
    """Return the list of people, turned into a sheet."""
    table = demo_desk.one(Table, "人员名单")
    table.setFocus()
    demo_desk.press("Ctrl+Shift+E")
    demo_desk.reads("正在表格编辑")
    return table


def composed(preedit: str = "", commit: str = "") -> QInputMethodEvent:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    return event


def test_typing_edits_enter_goes_down_tab_to_the_right(demo_desk: Person, sheet: Table) -> None:
    assert sheet.heads.property("sheet") == "true"
    stand_on(sheet, 0, "岗位")
    for text in ("A1", "A2", "A3"):
        key_in(text)
        demo_desk.press("Return")
    demo_desk.rest()
    assert texts(sheet, "岗位", range(3)) == ["A1", "A2", "A3"]
    assert (sheet.currentIndex().row(), sheet.currentIndex().column()) == (3, column_of(sheet, "岗位"))
    demo_desk.press("Tab")
    assert sheet.currentIndex().column() == column_of(sheet, "岗位") + 1
    demo_desk.press("Ctrl+Z")
    demo_desk.rest()
    assert texts(sheet, "岗位", range(3))[:2] == ["A1", "A2"]
    demo_desk.press("Ctrl+Shift+E")
    assert sheet.heads.property("sheet") == ""
    demo_desk.reads("F2 改")


def test_a_text_begun_while_the_last_one_is_saved_is_not_disturbed(demo_desk: Person, sheet: Table) -> None:
    stand_on(sheet, 0, "岗位")
    key_in("first")
    demo_desk.press("Return")
    key_in("sec")
    demo_desk.rest()
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "sec"
    key_in("ond")
    demo_desk.press("Return")
    demo_desk.rest()
    assert texts(sheet, "岗位", range(2)) == ["first", "second"]


def test_filling_from_above_with_one_value_today_and_clearing(demo_desk: Person, sheet: Table) -> None:
    before = texts(sheet, "岗位", range(6))
    latest = demo_desk.program._desk.history.latest
    stand_on(sheet, 0, "岗位", 5)
    demo_desk.press("Ctrl+D")
    demo_desk.rest()
    assert set(texts(sheet, "岗位", range(6))) == {before[0]}
    assert latest().name == "填充 5 人 的岗位"
    demo_desk.press("Ctrl+Z")
    demo_desk.rest()
    assert texts(sheet, "岗位", range(6)) == before
    stand_on(sheet, 0, "岗位", 3)
    key_in("same")
    demo_desk.press("Ctrl+Return")
    demo_desk.rest()
    assert texts(sheet, "岗位", range(5)) == ["same"] * 4 + [before[4]]
    stand_on(sheet, 0, "岗位", 3)
    demo_desk.press("Delete")
    demo_desk.rest()
    assert texts(sheet, "岗位", range(4)) == [""] * 4
    stand_on(sheet, 1, "入党日期")
    demo_desk.press("Ctrl+;")
    demo_desk.rest()
    assert texts(sheet, "入党日期", range(1, 2)) == ["2026-11-24"]


def test_alt_down_opens_the_list_of_choices(demo_desk: Person, sheet: Table) -> None:
    stand_on(sheet, 0, "民族")
    demo_desk.press("Alt+Down")
    combo = sheet.cells.editor
    assert isinstance(combo, QComboBox)
    assert combo.view().isVisible()
    combo.hidePopup()


def test_a_block_is_looked_at_then_pasted_as_one_operation(demo_desk: Person, sheet: Table) -> None:
    before = texts(sheet, "岗位", range(42)), texts(sheet, "入党日期", range(42))
    lines = [f"岗位{n}\t{'去年' if n in (3, 7) else '2003.7.1'}\t2004-07-01\t正式党员" for n in range(12)]
    clipboard.put("\r\n".join(lines) + "\r\n")
    stand_on(sheet, 2, "岗位")
    demo_desk.press("Ctrl+V")
    demo_desk.rest()
    demo_desk.reads("将贴入 12 行 × 4 列，从 岗位 开始；第 2 列是日期，2 格读不懂")
    assert texts(sheet, "岗位", range(42)) == before[0], "nothing is written before it is agreed to"
    demo_desk.press("Return")
    demo_desk.rest()
    assert texts(sheet, "岗位", range(2, 14)) == [f"岗位{n}" for n in range(12)]
    demo_desk.reads("2 格没有写，已在表里标出：第 6 行的入党日期，“去年”读不成日期")
    days = texts(sheet, "入党日期", range(42))
    assert [row for row in range(2, 14) if days[row] == before[1][row]] == [5, 9]
    marked = [sheet.rows.mark_at(sheet.model().index(row, column_of(sheet, "入党日期"))) for row in range(42)]
    assert [row for row, mark in enumerate(marked) if mark] == [5, 9]
    demo_desk.click("知道了")
    demo_desk.press("Ctrl+Z")
    demo_desk.rest()
    assert (texts(sheet, "岗位", range(42)), texts(sheet, "入党日期", range(42))) == before


def test_what_was_not_pasted_is_told_no_more_once_it_is_undone(demo_desk: Person, sheet: Table) -> None:
    clipboard.put("甲\t去年\n乙\t2004-07-01\n")
    stand_on(sheet, 2, "岗位")
    demo_desk.press("Ctrl+V")
    demo_desk.rest()
    demo_desk.press("Return")
    demo_desk.rest()
    demo_desk.reads("1 格没有写")
    demo_desk.rest()
    assert sheet.rows.marks
    sheet.setFocus()
    demo_desk.press("Ctrl+Z")
    demo_desk.rest()
    assert not demo_desk.seen(Button, "知道了")
    assert not sheet.rows.marks


def test_a_block_that_is_not_wanted_leaves_no_trace(demo_desk: Person, sheet: Table) -> None:
    before = texts(sheet, "岗位", range(42))
    clipboard.put("甲\n乙")
    stand_on(sheet, 0, "岗位")
    demo_desk.press("Ctrl+V")
    demo_desk.rest()
    demo_desk.reads("将贴入 2 行 × 1 列")
    demo_desk.press("Escape")
    assert sheet.hasFocus()
    assert texts(sheet, "岗位", range(42)) == before
    assert demo_desk.program._desk.history.latest() is None


def test_one_copied_value_fills_what_is_chosen_and_a_masked_one_is_not_taken(
    demo_desk: Person, sheet: Table
) -> None:
    stand_on(sheet, 0, "岗位")
    demo_desk.press("Ctrl+C")
    stand_on(sheet, 1, "岗位", 4)
    demo_desk.press("Ctrl+V")
    demo_desk.rest()
    assert len(set(texts(sheet, "岗位", range(5)))) == 1
    phones = texts(sheet, "手机", range(3))
    stand_on(sheet, 0, "手机", 1)
    demo_desk.press("Ctrl+C")
    stand_on(sheet, 1, "手机")
    demo_desk.press("Ctrl+V")
    demo_desk.rest()
    assert not [each for each in demo_desk.seen(Button) if each.text().startswith("贴入")]
    demo_desk.press("Escape")
    assert texts(sheet, "手机", range(3)) == phones


def test_rows_past_the_last_one_are_added(demo_desk: Person) -> None:
    demo_desk.go("走访慰问")
    table = demo_desk.one(Table, "走访慰问台账")
    rows = len(table.rows.rows.ids)
    table.setFocus()
    demo_desk.press("Ctrl+Shift+E")
    clipboard.put("2026-11-20\t韦清和\t节日慰问\n2026-11-21\t黄若衡\t节日慰问\n")
    stand_on(table, rows - 1, "走访日期")
    demo_desk.press("Ctrl+V")
    demo_desk.rest()
    demo_desk.reads("多出的 1 行是新增的")
    demo_desk.press("Return")
    demo_desk.rest()
    assert len(table.rows.rows.ids) == rows + 1
    demo_desk.press("Ctrl+Z")
    demo_desk.rest()
    assert len(table.rows.rows.ids) == rows


def test_the_first_letter_of_an_input_method_is_not_lost(demo_desk: Person, sheet: Table) -> None:
    """A focus that moves ends the word for the input method, so it stays until the word is there."""
    stand_on(sheet, 0, "岗位")
    assert sheet.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    for preedit in ("z", "zh", "zhu"):
        QApplication.sendEvent(sheet, composed(preedit))
        assert QApplication.focusWidget() is sheet
    editor = sheet.cells.editor
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "", "what is being composed takes the place of the old text"
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.editing, "Enter belongs to the input method"
    assert sheet.currentIndex().row() == 0
    QApplication.sendEvent(sheet, composed("", "主任"))
    assert QApplication.focusWidget() is editor
    assert editor.text() == "主任"
    for event in (composed("h"), composed("", "会")):
        QApplication.sendEvent(editor, event)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    demo_desk.rest()
    assert texts(sheet, "岗位", range(1)) == ["主任会"]
    assert sheet.currentIndex().row() == 1


def test_a_word_is_composed_in_a_list_of_choices_too(demo_desk: Person, sheet: Table) -> None:
    stand_on(sheet, 0, "民族")
    for event in (composed("y"), composed("yao"), composed("", "瑶族")):
        QApplication.sendEvent(sheet, event)
    editor = sheet.cells.editor
    assert isinstance(editor, QComboBox)
    assert editor.currentText() == "瑶族"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    demo_desk.rest()
    assert texts(sheet, "民族", range(1)) == ["瑶族"]


def test_a_word_is_composed_in_a_column_that_stands_still(demo_desk: Person, sheet: Table) -> None:
    demo_desk.program.window.resize(1024, 700)
    demo_desk.rest()
    sheet.horizontalScrollBar().setValue(sheet.horizontalScrollBar().maximum())
    assert sheet.frozen.isVisible()
    stand_on(sheet, 0, "姓名")
    for event in (composed("w"), composed("wei")):
        QApplication.sendEvent(sheet, event)
        assert QApplication.focusWidget() is sheet
    place = sheet.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert sheet.frozen.geometry().contains(place.center()), "the candidates stand where the word is"
    QApplication.sendEvent(sheet, composed("", "韦小满"))
    editor = sheet.frozen.cells.editor
    assert editor is not None
    assert QApplication.focusWidget() is editor
    assert editor.typed() == "韦小满"
    demo_desk.press("Escape")


def test_a_click_elsewhere_takes_the_word_into_its_cell(demo_desk: Person, sheet: Table) -> None:
    stand_on(sheet, 0, "岗位")
    QApplication.sendEvent(sheet, composed("主任"))
    demo_desk.click_cell(sheet, 2, column_of(sheet, "岗位"))
    demo_desk.rest()
    assert not sheet.editing
    assert sheet.currentIndex().row() == 2
    assert texts(sheet, "岗位", range(1)) == ["主任"]


def test_a_word_committed_at_once_opens_the_cell_too(demo_desk: Person, sheet: Table) -> None:
    stand_on(sheet, 0, "岗位")
    QApplication.sendEvent(sheet, composed("", "教"))
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QApplication.sendEvent(editor, composed("", "研员"))
    assert editor.text() == "教研员"
    demo_desk.press("Escape")


def test_no_shortcut_fires_while_a_word_is_composed(demo_desk: Person, sheet: Table) -> None:
    stand_on(sheet, 0, "岗位")
    before = texts(sheet, "岗位", range(1))
    QApplication.sendEvent(sheet, composed("n"))
    for key in (Qt.Key.Key_N, Qt.Key.Key_L, Qt.Key.Key_Semicolon):
        QTest.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)
    assert sheet.editing
    assert demo_desk.page.title == "党员信息"
    QApplication.sendEvent(sheet, composed(""))
    demo_desk.press("Escape")
    demo_desk.rest()
    assert texts(sheet, "岗位", range(1)) == before, "a word given up leaves the cell as it was"


def test_in_a_list_letters_are_not_composed(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    demo_desk.click_cell(table, 0, 1)
    assert not table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
