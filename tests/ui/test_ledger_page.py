"""A plain ledger on the screen, from its description alone: added, corrected, found, removed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from person_at_the_desk import Person


def test_a_visit_is_entered_changed_removed_and_all_taken_back(demo_desk: Person) -> None:
    demo_desk.go("走访慰问")
    table = demo_desk.one(Table, "走访慰问台账")
    count = table.model().rowCount()
    demo_desk.press("Ctrl+N")
    demo_desk.type("2026.11.20")
    (save,) = [each for each in demo_desk.seen(Button, "新增") if each.text() == "新增"]
    save.click()
    demo_desk.reads("慰问对象不能为空")
    demo_desk.one(QComboBox, "慰问对象").setCurrentText("黄若衡")
    demo_desk.one(QComboBox, "慰问类别").setCurrentText("节日慰问")
    save.click()
    demo_desk.rest()
    assert table.model().rowCount() == count + 1
    amount = demo_desk.write("慰问金额(元)", "500")
    demo_desk.press("Tab")
    demo_desk.rest()
    assert amount.text() == "500.00"
    demo_desk.click("撤销误录")
    demo_desk.rest()
    assert table.model().rowCount() == count
    for left in (count + 1, count + 1, count):
        demo_desk.press("Ctrl+Z")
        demo_desk.rest()
        assert table.model().rowCount() == left


def test_words_are_sought_in_names_and_texts(demo_desk: Person) -> None:
    demo_desk.go("走访慰问")
    table = demo_desk.one(Table, "走访慰问台账")
    whole = table.model().rowCount()
    name = table.model().index(0, 1).data()
    demo_desk.press("Ctrl+F")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    demo_desk.type(name)
    demo_desk.qtbot.waitUntil(lambda: 0 < table.model().rowCount() < whole, timeout=5000)
    assert {table.model().index(row, 1).data() for row in range(table.model().rowCount())} == {name}


def test_an_empty_ledger_says_what_belongs_in_it(secretary: Person) -> None:
    secretary.go("走访慰问")
    secretary.reads("还没有走访慰问的记录。")
    assert secretary.seen(Button, "导入 Excel")


def test_what_is_doubtful_is_said_when_it_is_saved(demo_desk: Person) -> None:
    demo_desk.go("走访慰问")
    table = demo_desk.one(Table, "走访慰问台账")
    demo_desk.click_cell(table, 0)
    day = demo_desk.write("走访日期", "46000")
    demo_desk.press("Tab")
    demo_desk.reads("已存，标“待核”：由表格的日期序号 46000 换算")
    demo_desk.rest()
    assert day.text() == "2025-12-09"
