"""The empty last row of a sheet: typed from the left to the right it becomes a row, and nothing of it is lost before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from person_at_the_desk import PASSWORD
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from wuling_desktop.ui import clipboard
from wuling_desktop.ui.record.new_row import NEW_ROW
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from person_at_the_desk import Person

VISITS = "走访慰问"


def fill(table: Table, text: str, key: Qt.Key = Qt.Key.Key_Tab) -> None:
    """Type into the current cell and leave it by a key."""
    editor = table.open_editor(table.currentIndex())
    assert editor is not None
    (editor.lineEdit() if isinstance(editor, QComboBox) else editor).setText(text)
    QTest.keyClick(editor, key)


def column_of(table: Table, label: str) -> int:
    return next(n for n, datum in enumerate(table.rows.rows.datums) if datum.label == label)


def stand_on_new(table: Table, label: str = "走访日期") -> None:
    index = table.rows.index(table.rows.place_of(NEW_ROW), column_of(table, label))
    table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    table.setFocus()


def text_of(table: Table, row: int, label: str) -> str:
    return str(table.rows.index(row, column_of(table, label)).data())


def sheet_of(person: Person) -> Table:
    person.go(VISITS)
    person.press("Ctrl+Shift+E")
    person.rest()
    table = person.one(Table, "走访慰问台账")
    table.setFocus()
    return table


@pytest.fixture
def sheet(demo_desk: Person) -> Table:
    """Return the ledger of visits, turned into a sheet."""
    return sheet_of(demo_desk)


def type_row(table: Table, *cells: str) -> None:
    """Type cell after cell from the first one on, Tab between them, and stay in the last."""
    stand_on_new(table)
    for cell in cells[:-1]:
        fill(table, cell)
    fill(table, cells[-1], Qt.Key.Key_Return)


def test_a_list_has_none_and_a_sheet_has_one_that_is_not_counted(demo_desk: Person, sheet: Table) -> None:
    rows = len(sheet.rows.rows.ids)
    assert sheet.rows.rowCount() == rows + 1
    demo_desk.reads(f"共 {rows} 条")
    assert sheet.rows.headerData(rows, Qt.Orientation.Vertical) == "＋"
    stand_on_new(sheet)
    assert sheet.chosen_ids() == []
    demo_desk.press("Ctrl+Shift+E")
    assert sheet.rows.rowCount() == rows


def test_a_row_typed_from_left_to_right_is_added_when_it_is_left(demo_desk: Person, sheet: Table) -> None:
    rows = len(sheet.rows.rows.ids)
    stand_on_new(sheet)
    for cell in ("2026.11.20", "韦清和", "节日慰问"):
        fill(sheet, cell)
    demo_desk.rest()
    assert len(sheet.rows.rows.ids) == rows
    demo_desk.press("Up")
    demo_desk.rest()
    assert len(sheet.rows.rows.ids) == rows + 1
    assert [text_of(sheet, rows, label) for label in ("走访日期", "慰问对象", "慰问类别")] == [
        "2026-11-20",
        "韦清和",
        "节日慰问",
    ]
    assert sheet.rows.new.typed == {}
    assert demo_desk.program._desk.drafts.kept() == []
    demo_desk.press("Ctrl+Z")
    demo_desk.rest()
    assert len(sheet.rows.rows.ids) == rows


def test_enter_in_it_adds_it_and_begins_the_next_one(demo_desk: Person, sheet: Table) -> None:
    rows = len(sheet.rows.rows.ids)
    for day in ("2026.11.20", "2026.11.21", "2026.11.22"):
        type_row(sheet, day, "韦清和", "节日慰问")
        demo_desk.rest()
        assert sheet.rows.id_at(sheet.currentIndex().row()) == NEW_ROW
        assert sheet.currentIndex().column() == 0
    assert len(sheet.rows.rows.ids) == rows + 3


def test_tab_goes_to_the_next_cell_while_the_names_are_listed(demo_desk: Person, sheet: Table) -> None:
    stand_on_new(sheet, "慰问对象")
    editor = sheet.open_editor(sheet.currentIndex())
    assert isinstance(editor, QComboBox)
    editor.setFocus()
    editor.lineEdit().setText("韦清和")
    editor.completer().setCompletionPrefix("韦清和")
    editor.completer().complete()
    names = editor.completer().popup()
    assert names.isVisible()
    QTest.keyClick(names, Qt.Key.Key_Tab)
    demo_desk.rest()
    assert sheet.currentIndex().column() == column_of(sheet, "慰问类别")
    assert text_of(sheet, sheet.rows.place_of(NEW_ROW), "慰问对象") == "韦清和"


def test_what_lacks_something_stays_where_it_was_typed(demo_desk: Person, sheet: Table) -> None:
    rows = len(sheet.rows.rows.ids)
    type_row(sheet, "2026.11.20", "韦清和")
    demo_desk.press("Up")
    demo_desk.reads("新的一行还没有存：新的一行缺慰问类别")
    assert text_of(sheet, rows, "走访日期") == "2026-11-20"
    demo_desk.click("接着填")
    assert sheet.currentIndex().row() == rows
    assert sheet.currentIndex().column() == column_of(sheet, "慰问类别")
    fill(sheet, "节日慰问", Qt.Key.Key_Return)
    demo_desk.rest()
    assert len(sheet.rows.rows.ids) == rows + 1
    assert not demo_desk.seen(Button, "接着填")


def test_whom_nobody_knows_is_told_and_the_row_can_be_given_up(demo_desk: Person, sheet: Table) -> None:
    rows = len(sheet.rows.rows.ids)
    type_row(sheet, "2026.11.20", "无此人", "节日慰问")
    demo_desk.reads("新的一行还没有存：新的一行的慰问对象，“无此人”对不上人。")
    who = sheet.rows.index(rows, column_of(sheet, "慰问对象"))
    assert sheet.rows.mark_at(who)
    demo_desk.click("不要这一行")
    demo_desk.rest()
    assert sheet.rows.new.typed == {}
    assert not sheet.rows.mark_at(who)
    assert demo_desk.program._desk.drafts.kept() == []
    assert len(sheet.rows.rows.ids) == rows


def test_it_is_filled_cleared_and_copied_like_any_row(demo_desk: Person, sheet: Table) -> None:
    rows = len(sheet.rows.rows.ids)
    stand_on_new(sheet)
    demo_desk.press("Ctrl+D")
    assert text_of(sheet, rows, "走访日期") == text_of(sheet, rows - 1, "走访日期")
    demo_desk.press("Ctrl+C")
    assert clipboard.text().strip() == text_of(sheet, rows, "走访日期")
    demo_desk.press("Del")
    assert text_of(sheet, rows, "走访日期") == ""
    demo_desk.press("Ctrl+;")
    assert sheet.rows.new.typed
    stand_on_new(sheet, "慰问对象")
    clipboard.put("韦清和\t节日慰问\n")
    demo_desk.press("Ctrl+V")
    demo_desk.rest()
    demo_desk.reads("将贴入 1 行 × 2 列")


def test_a_list_without_rows_can_be_begun_by_typing(secretary: Person) -> None:
    secretary.program._desk.people.add({"person.name": "韦清和", "person.standing": "正式党员"})
    secretary.go(VISITS)
    secretary.reads("还没有走访慰问的记录")
    secretary.press("Ctrl+Shift+E")
    table = secretary.one(Table, "走访慰问台账")
    type_row(table, "2026.11.20", "韦清和", "节日慰问")
    secretary.rest()
    assert len(table.rows.rows.ids) == 1
    secretary.press("Ctrl+Z")
    secretary.rest()
    assert secretary.one(Table, "走访慰问台账").rows.rowCount() == 1


def test_a_person_of_a_name_only_is_told_not_to_be_in_the_list(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    table.setFocus()
    demo_desk.press("Ctrl+Shift+E")
    stand_on_new(table, "姓名")
    fill(table, "唐新", Qt.Key.Key_Return)
    demo_desk.reads("新的一行已存，不在现在列出的里面")
    assert [each.text for each in demo_desk.program._desk.people.choices("person", "唐新")] == ["唐新"]


def test_half_a_row_is_kept_over_a_lock_and_offered_in_the_panel(secretary: Person) -> None:
    secretary.program._desk.people.add({"person.name": "韦清和", "person.standing": "正式党员"})
    table = sheet_of(secretary)
    type_row(table, "2026.11.20")
    secretary.rest()
    secretary.press("Ctrl+L")
    secretary.write("密码", PASSWORD)
    secretary.click("打开")
    secretary.qtbot.waitUntil(lambda: secretary.program._main is not None, timeout=15_000)
    secretary.rest()
    assert secretary.one(QLineEdit, "走访日期").text() == "2026.11.20"
    assert secretary.program._desk.ledgers.rows("visit") == []


def test_a_whole_row_is_added_when_the_page_is_left(demo_desk: Person, sheet: Table) -> None:
    rows = len(sheet.rows.rows.ids)
    stand_on_new(sheet)
    for cell in ("2026.11.20", "韦清和", "节日慰问"):
        fill(sheet, cell)
    demo_desk.go("党员信息")
    demo_desk.rest()
    demo_desk.go(VISITS)
    demo_desk.rest()
    assert len(sheet.rows.rows.ids) == rows + 1
