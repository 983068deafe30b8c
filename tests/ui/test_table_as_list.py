"""A table to read: funnels, ticks and the bar for several rows, columns and their sets, columns that stand still, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import load_workbook
from person_at_the_desk import unlocked
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from wuling_desktop import settings
from wuling_desktop.services.column_sets import ColumnSet
from wuling_desktop.ui import clipboard
from wuling_desktop.ui.record.columns import ColumnsPopup
from wuling_desktop.ui.record.funnel import Funnel
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from pathlib import Path

    from person_at_the_desk import Person
    from pytestqt.qtbot import QtBot


def column_of(table: Table, label: str) -> int:
    return next(n for n, datum in enumerate(table.rows.rows.datums) if datum.label == label)


def shown(table: Table, label: str) -> list[str]:
    column = column_of(table, label)
    return [str(table.model().index(row, column).data()) for row in range(table.model().rowCount())]


def popup(kind: type) -> object:
    (found,) = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()
    ]
    return found


def press_in(button: Button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def button_in(window: object, text: str) -> Button:
    return next(each for each in window.findChildren(Button) if each.text() == text)


def test_a_funnel_narrows_says_so_and_is_cleared(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    column = column_of(table, "民族")
    heads = table.heads
    at = QPoint(heads.sectionViewportPosition(column) + heads.sectionSize(column) - 12, heads.height() // 2)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=at)
    funnel = popup(Funnel)
    assert table.rows.order is None, "a click on the funnel must not sort"
    press_in(button_in(funnel, "全不选"))
    place = funnel.values.listed.index("壮族")
    funnel.list.setCurrentIndex(funnel.values.index(place, 0))
    funnel.list.setFocus()
    QTest.keyClick(funnel.list, Qt.Key.Key_Space)
    QTest.keyClick(funnel.list, Qt.Key.Key_Return)
    count = table.model().rowCount()
    assert 0 < count < 42
    assert set(shown(table, "民族")) == {"壮族"}
    demo_desk.reads(f"筛选：民族=壮族（{count}）")
    demo_desk.reads(f"共 {count} 人")
    table.setFocus()
    demo_desk.press("Escape")
    demo_desk.reads("共 42 人")
    assert "筛选：" not in demo_desk.text()


def test_a_word_a_span_of_days_blank_and_filled(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    table.setCurrentIndex(table.model().index(0, column_of(table, "岗位")))
    table.setFocus()
    demo_desk.press("Ctrl+Shift+L")
    demo_desk.type("语文")
    demo_desk.press("Return")
    assert all("语文" in text for text in shown(table, "岗位"))
    demo_desk.reads("岗位含“语文”")
    table.clear_filter()
    table.ask_funnel(column_of(table, "入党日期"))
    funnel = popup(Funnel)
    funnel.since.setText("2010")
    funnel.until.setText("去年")
    press_in(button_in(funnel, "筛选"))
    assert funnel.until.property("state") == "over"
    funnel.until.setText("2015")
    press_in(button_in(funnel, "筛选"))
    assert all("2010" <= text[:4] <= "2015" for text in shown(table, "入党日期"))
    table.clear_filter()
    for words, blank in (("只看空白", True), ("只看非空", False)):
        table.ask_funnel(column_of(table, "转正日期"))
        press_in(button_in(popup(Funnel), words))
        assert {not text for text in shown(table, "转正日期")} == {blank}
    table.clear_filter()


def test_a_funnel_that_lets_nothing_through_shows_the_way_back(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    table.ask_funnel(column_of(table, "岗位"))
    demo_desk.type("没有这样的岗位")
    demo_desk.press("Return")
    demo_desk.reads("筛选以后没有一行。")
    demo_desk.click("清除筛选　Esc")
    demo_desk.reads("共 42 人")


def test_space_ticks_and_the_bar_does_for_several(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    demo_desk.click_cell(table, 1)
    demo_desk.press("Space")
    assert not demo_desk.page.desk.bar.isVisible()
    demo_desk.press("Down")
    demo_desk.press("Down")
    demo_desk.press("Space")
    assert table.chosen_ids() == [table.rows.id_at(1), table.rows.id_at(3)]
    assert table.model().headerData(3, Qt.Orientation.Vertical) == "✓"
    demo_desk.reads("已选 2 人")
    table._sort_by(0)
    assert len(table.chosen_ids()) == 2
    demo_desk.click("打印采集表（所选各人）")
    demo_desk.reads("所选 2 人")
    demo_desk.click("返回")
    demo_desk.rest()
    demo_desk.click("全部取消")
    assert table.chosen_ids() == []
    assert not demo_desk.page.desk.bar.isVisible()


def test_columns_are_chosen_ordered_kept_and_open_the_table_again(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    demo_desk.click("列")
    columns: ColumnsPopup = popup(ColumnsPopup)
    item = next(
        columns.all.item(n) for n in range(columns.all.count()) if columns.all.item(n).text() == "党龄"
    )
    item.setCheckState(Qt.CheckState.Checked)
    columns.shown.setCurrentRow(columns.shown.count() - 1)
    columns.shown.setFocus()
    for _ in range(columns.shown.count() - 2):
        QTest.keyClick(columns.shown, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    columns.frozen.setValue(2)
    columns.opens.setChecked(True)
    columns.name.setText("骨干名册")
    press_in(button_in(columns, "存成方案"))
    demo_desk.rest()
    assert [datum.label for datum in table.rows.rows.datums[:3]] == ["姓名", "党龄", "性别"]
    demo_desk.reads("平均党龄")
    desk = demo_desk.program._desk
    assert desk.column_sets.opening("person").columns[1] == "membership.party_age"
    assert table.frozen.count == 2
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert table.frozen.isVisible() == (table.horizontalScrollBar().maximum() > 0)


def test_columns_shown_by_hand_are_there_again_after_the_lock(secretary: Person) -> None:
    tools = secretary.page.table_tools
    tools.show_columns(ColumnSet("", ("person.name", "person.phone"), 0))
    secretary.click("锁定")
    unlocked(secretary)
    assert [datum.name for datum in secretary.page.table_tools.datums] == ["person.name", "person.phone"]
    usual = secretary.page.table_tools._columns._usual
    secretary.page.table_tools.show_columns(usual)
    assert secretary.program._desk.column_sets.opening("person") is None


def test_the_first_columns_stand_still_and_are_edited_where_they_stand(
    demo_desk: Person, qtbot: QtBot
) -> None:
    table = demo_desk.one(Table, "人员名单")
    demo_desk.program.window.resize(1100, 700)
    demo_desk.rest()
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert table.frozen.isVisible()
    scrolled = table.horizontalScrollBar().value()
    index = table.model().index(2, 0)
    QTest.mouseClick(
        table.frozen.viewport(), Qt.MouseButton.LeftButton, pos=table.frozen.visualRect(index).center()
    )
    assert table.currentIndex() == index
    demo_desk.press("F2")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert table.frozen.isAncestorOf(editor)
    editor.setText("陆书函")
    demo_desk.press("Return")
    demo_desk.rest()
    assert table.model().index(2, 0).data() == "陆书函"
    assert table.horizontalScrollBar().value() == scrolled
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert table.frozen.verticalScrollBar().value() == table.verticalScrollBar().value()
    table.setCurrentIndex(table.model().index(30, 1))
    assert table.visualRect(table.currentIndex()).left() >= table.frozen.covered


def test_the_menu_of_a_head_lets_columns_stand_still(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    at = QPoint(table.heads.sectionViewportPosition(2) + 10, table.heads.height() // 2)
    table.heads.customContextMenuRequested.emit(at)
    demo_desk.menu("左边到这一列不动")
    assert table.frozen.count == 3
    table.heads.customContextMenuRequested.emit(at)
    demo_desk.menu("各列都随着动")
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert not table.frozen.isVisible()


def test_the_height_of_rows_is_a_choice_of_this_computer(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    for words, height in (("紧凑", 28), ("宽松", 40), ("标准", 32)):
        demo_desk.click("行高")
        demo_desk.menu(words)
        assert table.verticalHeader().defaultSectionSize() == height
        demo_desk.go("走访慰问")
        assert demo_desk.page.file_choice.preferences.rows in ("compact", "standard", "roomy")
        demo_desk.go("党员信息")


def test_copied_rows_are_masked_as_shown_and_an_open_number_does_not_stay(
    demo_desk: Person, qtbot: QtBot, monkeypatch: object
) -> None:
    monkeypatch.setattr(clipboard, "KEPT_FOR", 200)
    table = demo_desk.one(Table, "人员名单")
    tools = demo_desk.page.table_tools
    tools.now = None
    names = ("person.name", "person.id_number", "step_fact.assembly_on")
    tools.datums = tuple(datum for datum in demo_desk.program._desk.people.datums() if datum.name in names)
    tools.read_anew.emit()
    demo_desk.rest()
    table.choose(table.rows.rows.ids[:10])
    table.setFocus()
    demo_desk.press("Ctrl+C")
    lines = clipboard.text().split("\n")
    assert len(lines) == 10
    assert all(line.split("\t")[1].startswith("**************") for line in lines)
    demo_desk.click("完整证件号")
    demo_desk.rest()
    table.setFocus()
    demo_desk.press("Ctrl+C")
    data = QApplication.clipboard().mimeData()
    assert data.text().split("\n")[0].split("\t")[1].startswith("450199")
    assert "mso-number-format:'\\@'" in data.html(), "WPS and Excel take the cells as text"
    assert 'sdnum="1033;0;@"' in data.html(), "so does LibreOffice"
    qtbot.waitUntil(lambda: clipboard.text() == "", timeout=3000)
    demo_desk.go("走访慰问")
    demo_desk.go("党员信息")
    demo_desk.rest()
    assert all("450199" not in text for text in shown(table, "身份证号"))


def test_what_is_shown_is_exported_and_printed(demo_desk: Person, tmp_path: Path) -> None:
    table = demo_desk.one(Table, "人员名单")
    table.ask_funnel(column_of(table, "民族"))
    demo_desk.type("壮")
    demo_desk.press("Return")
    table._sort_by(column_of(table, "入党日期"))
    names = shown(table, "姓名")

    def ask() -> None:
        demo_desk.click("导出")
        demo_desk.menu("当前表格，存成 Excel…")

    demo_desk.choose_file(tmp_path / "表.xlsx", ask)
    demo_desk.rest()
    sheet = load_workbook(tmp_path / "表.xlsx").active
    assert [sheet.cell(row, 1).value for row in range(4, sheet.max_row + 1)] == names
    demo_desk.click("打印")
    demo_desk.menu("当前表格…")
    demo_desk.rest()
    demo_desk.reads(f"当前表格，{len(names)} 行")
    filled = demo_desk.page._filled
    (page,) = filled.sheets
    assert [page.cells(row)[2].value for row in range(4, 4 + len(names))] == names


def test_an_export_can_be_cancelled_and_leaves_no_file(demo_desk: Person, tmp_path: Path) -> None:
    def ask() -> None:
        demo_desk.click("导出")
        demo_desk.menu("当前表格，存成 Excel…")

    with demo_desk.holding_up():
        demo_desk.choose_file(tmp_path / "表.xlsx", ask)
        demo_desk.reads("正在写 表.xlsx…")
        demo_desk.click("取消")
    demo_desk.reads("已取消，没有写文件")
    assert not [each for each in tmp_path.iterdir() if "表" in each.name]


def test_the_side_panel_is_put_away_and_stays_away(demo_desk: Person) -> None:
    demo_desk.program.window.resize(1366, 768)
    panel = demo_desk.page.panel
    room = demo_desk.page.table.width()
    assert panel.isVisible()
    demo_desk.click("右侧面板")
    assert not panel.isVisible()
    demo_desk.qtbot.waitUntil(lambda: demo_desk.page.table.width() > room + 200)
    demo_desk.go("走访慰问")
    assert not demo_desk.page.panel.isVisible()
    assert not settings.load().panel
    demo_desk.go("党员信息")
    demo_desk.press("Ctrl+N")
    assert panel.isVisible()
    demo_desk.click("先不加")
    assert not panel.isVisible()
    demo_desk.click("右侧面板")
    assert panel.isVisible()
    assert settings.load().panel
