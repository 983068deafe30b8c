"""党员信息 on the screen: finding, seeing, correcting, adding, taking back; private values covered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from wuling_desktop.domain.identity_card import check_digit
from wuling_desktop.services.people import Who
from wuling_desktop.ui.pages.person_card import CardView
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from pathlib import Path

    from person_at_the_desk import Person


def rows(table: Table) -> list[str]:
    model = table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def column_of(table: Table, label: str) -> int:
    return next(n for n, datum in enumerate(table.rows.rows.datums) if datum.label == label)


def test_chips_and_search_narrow_the_table(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    demo_desk.reads("共 42 人")
    demo_desk.click("预备　3")
    demo_desk.reads("共 3 人")
    demo_desk.click("党员　42")
    demo_desk.press("Ctrl+F")
    demo_desk.type("whr")
    demo_desk.qtbot.waitUntil(lambda: table.model().rowCount() < 42, timeout=5000)
    demo_desk.press("Escape")
    demo_desk.reads("共 42 人")
    demo_desk.write("在本页里找", "黄若衡")
    demo_desk.reads("共 1 人")
    assert rows(table) == ["黄若衡"]


def test_a_cell_is_corrected_where_it_stands_and_taken_back(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    column = column_of(table, "岗位")
    before = table.model().index(1, column).data()
    demo_desk.click_cell(table, 1, column, twice=True)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    demo_desk.type("中学语文教研员、组长")
    demo_desk.press("Return")
    demo_desk.rest()
    assert table.model().index(1, column).data() == "中学语文教研员、组长"
    demo_desk.reads("的岗位")
    demo_desk.press("Ctrl+Z")
    demo_desk.rest()
    assert table.model().index(1, column).data() == before


def test_undo_belongs_to_the_editor_while_it_holds_unsaved_text(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    demo_desk.click_cell(table, 0, column_of(table, "岗位"), twice=True)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    was = editor.text()
    demo_desk.type("X")
    demo_desk.press("Ctrl+Z")
    assert editor.text() == was
    demo_desk.press("Escape")
    demo_desk.rest()
    assert demo_desk.program._desk.history.latest() is None


def test_an_impossible_value_is_refused_with_its_reason(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    column = column_of(table, "入党日期")
    before = table.model().index(0, column).data()
    demo_desk.click_cell(table, 0, column, twice=True)
    editor = QApplication.focusWidget()
    editor.selectAll()
    demo_desk.type("2099-01-01")
    demo_desk.press("Return")
    demo_desk.rest()
    demo_desk.press("Escape")
    assert table.model().index(0, column).data() == before


def test_private_values_are_covered_until_asked_for(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    demo_desk.click_cell(table, 0)
    card = demo_desk.one(CardView, "这个人的各项信息")

    def number() -> str:
        model = card.model()
        return next(
            str(model.index(row, 1).data())
            for row in range(model.rowCount())
            if model.index(row, 0).data() == "身份证号"
        )

    assert number().startswith("**************")
    assert len(number()) == 18
    demo_desk.click("显示证件号、电话和住址")
    assert number().startswith("450199")
    demo_desk.go("报表与打印")
    demo_desk.go("党员信息")
    assert number().startswith("**************")


def test_a_person_is_added_by_name_and_number(secretary: Person) -> None:
    secretary.press("Ctrl+N")
    secretary.rest()
    secretary.type("韦清和")
    first17 = "45019919910805024"
    secretary.press("Tab")
    secretary.type(first17 + check_digit(first17))
    secretary.press("Tab")
    secretary.reads("按身份证号填的，可以改")
    (save,) = [each for each in secretary.seen(Button, "新增") if each.text() == "新增"]
    save.click()
    secretary.rest()
    desk = secretary.program._desk
    (facts,) = desk.people.facts(Who("all"), desk.unit.today())
    assert (facts["person.sex"], str(facts["person.birth_date"])) == ("2", "1991-08-05")
    secretary.press("Ctrl+Z")
    secretary.reads("还没有党员。")


def test_people_entered_by_mistake_are_withdrawn_and_put_back(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    table.selectAll()
    table.clearSelection()
    demo_desk.click_cell(table, 2)
    demo_desk.click("更多")
    demo_desk.menu("撤销误录")
    demo_desk.reads("共 41 人")
    demo_desk.press("Ctrl+Z")
    demo_desk.reads("共 42 人")


def test_the_table_as_shown_is_exported(demo_desk: Person, tmp_path: Path) -> None:
    demo_desk.click("预备　3")
    demo_desk.reads("共 3 人")

    def ask() -> None:
        demo_desk.click("导出")
        demo_desk.menu("当前表格，存成 Excel…")

    demo_desk.choose_file(tmp_path / "预备.xlsx", ask)
    demo_desk.rest()
    values = [cell.value for row in load_workbook(tmp_path / "预备.xlsx").active for cell in row]
    assert values.count("预备党员") == 3


def test_columns_sort_and_the_unknown_stands_last(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    column = column_of(table, "转正日期")
    for ascending in (True, False):
        table._sort_by(column)
        shown = [table.model().index(row, column).data() for row in range(42)]
        known = [each for each in shown if each]
        assert known == sorted(known, reverse=not ascending)
        assert all(not each for each in shown[len(known) :])


def test_what_is_in_doubt_is_marked_where_it_stands(demo_desk: Person) -> None:
    desk = demo_desk.program._desk
    assert "待核" not in demo_desk.text()
    (facts, *_) = desk.people.facts(Who("members"), desk.unit.today())
    demo_desk.program._main.announce(
        desk.people.change(facts["person.id"], {"person.phone": "1990000100"}).changes
    )
    demo_desk.rest()
    demo_desk.click("待核　1")
    demo_desk.reads("共 1 人")
    table = demo_desk.one(Table, "人员名单")
    demo_desk.click_cell(table, 0)
    demo_desk.reads("待核 1 项：")
    view = demo_desk.one(CardView, "这个人的各项信息").lines
    told = [
        view.index(n, 1).data(Qt.ItemDataRole.ToolTipRole) for n, line in enumerate(view.lines) if line.doubt
    ]
    assert len(told) == 1
    assert "号码位数不对" in told[0]
    demo_desk.one(Button, "核对手机").click()
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    demo_desk.type("19900001009")
    demo_desk.press("Return")
    demo_desk.rest()
    demo_desk.reads("共 0 人")
    assert "待核 1 项" not in demo_desk.text()


def test_a_doubt_is_said_under_its_field_in_the_file(demo_desk: Person) -> None:
    desk = demo_desk.program._desk
    (facts, *_) = desk.people.facts(Who("members"), desk.unit.today())
    desk.people.change(facts["person.id"], {"person.phone": "1990000100"})
    demo_desk.program._main.go("person", facts["person.id"])
    demo_desk.reads("待核：号码位数不对")
