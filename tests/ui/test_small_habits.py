"""What a hand at the desk notices: where the keyboard is, what a second message does, the way back, what Enter takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from person_at_the_desk import PASSWORD
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from wuling_desktop.settings import Preferences
from wuling_desktop.ui.file_choice import FileChoice
from wuling_desktop.ui.messages import Toast
from wuling_desktop.ui.pages.person_card import CardView
from wuling_desktop.ui.record.page import LedgerPage
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.top_bar import TopBar
from wuling_desktop.ui.widgets.basics import Button
from wuling_desktop.ui.widgets.combo import Combo
from wuling_desktop.ui.widgets.text_table import TextTable
from wuling_desktop.ui.window import fills

if TYPE_CHECKING:
    from person_at_the_desk import Person
    from pytestqt.qtbot import QtBot


def a_name_is_corrected(demo_desk: Person) -> Table:
    table = demo_desk.one(Table, "人员名单")
    demo_desk.click_cell(table, 1, twice=True)
    demo_desk.type("韦青和")
    demo_desk.press("Return")
    demo_desk.reads("的姓名")
    demo_desk.rest()
    return table


def test_the_password_is_typed_at_once_after_locking(secretary: Person) -> None:
    secretary.click("锁定")
    secretary.type(PASSWORD)
    secretary.press("Return")
    secretary.reads("还没有党员。")


def test_enter_presses_the_button_the_keyboard_is_on(secretary: Person) -> None:
    secretary.one(Button, "设置与备份").setFocus()
    secretary.press("Return")
    secretary.reads("做一份备份")


def test_the_search_leads_into_what_it_found(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    demo_desk.press("Ctrl+F")
    demo_desk.type("韦清和")
    demo_desk.reads("共 1 人")
    demo_desk.press("Down")
    assert table.hasFocus()
    assert len(table.chosen_ids()) == 1
    demo_desk.press("Ctrl+F")
    demo_desk.type("没有这个人")
    demo_desk.reads("没找到“没有这个人”。")
    demo_desk.click("清除查找")
    demo_desk.reads("共 42 人")
    assert table.hasFocus()


def test_enter_in_the_last_field_adds_a_person(demo_desk: Person) -> None:
    demo_desk.press("Ctrl+N")
    demo_desk.write("姓名", "唐键盘")
    demo_desk.write("手机", "19900003003")
    demo_desk.press("Return")
    demo_desk.reads("新增 唐键盘")


def test_ctrl_enter_adds_an_entry_from_any_field(demo_desk: Person) -> None:
    demo_desk.go("走访慰问")
    demo_desk.press("Ctrl+N")
    demo_desk.write("走访日期", "今天")
    demo_desk.press("Ctrl+Return")
    demo_desk.reads("必填")
    demo_desk.write("慰问对象", "韦清和")
    demo_desk.press("Tab")
    demo_desk.write("慰问类别", "节日慰问")
    demo_desk.press("Ctrl+Return")
    demo_desk.reads("新增 走访慰问")


def test_a_second_message_has_room_for_its_words(demo_desk: Person) -> None:
    a_name_is_corrected(demo_desk)
    demo_desk.press("Ctrl+Z")
    demo_desk.reads("撤销：")
    (toast,) = demo_desk.seen(Toast)
    (words,) = [each for each in toast.findChildren(QLabel) if each.isVisible()]
    assert words.width() >= words.sizeHint().width()
    assert toast.rect().contains(words.geometry())


def test_a_new_look_leaves_one_where_it_was_chosen(demo_desk: Person) -> None:
    demo_desk.go("设置与备份")
    demo_desk.click("外观")
    demo_desk.program._main.file_choice.keep(Preferences(theme="dark"))  # type: ignore[union-attr]  # it is open
    demo_desk.rest()
    assert demo_desk.one(Button, "外观").isChecked()
    demo_desk.reads("打印总是白底黑字。")


def test_a_preview_shows_the_way_back(demo_desk: Person) -> None:
    demo_desk.go("走访慰问")
    assert not demo_desk.seen(Button, "返回")
    demo_desk.click("打印")
    demo_desk.menu("走访慰问台账…")
    demo_desk.reads("台账里的全部记录")
    demo_desk.click("返回")
    demo_desk.rest()
    assert demo_desk.page.title == "走访慰问台账"


def test_enter_takes_the_first_of_a_narrowed_list(demo_desk: Person) -> None:
    demo_desk.go("走访慰问")
    demo_desk.press("Ctrl+N")
    whom = demo_desk.one(Combo, "慰问对象")
    line = whom.lineEdit()
    assert line is not None
    line.setFocus()
    demo_desk.type("清和")
    completer = whom.completer()
    assert completer is not None
    demo_desk.qtbot.keyClicks(line, " ")
    demo_desk.qtbot.keyPress(line, "\b")
    demo_desk.qtbot.waitUntil(completer.popup().isVisible, timeout=3000)
    demo_desk.qtbot.keyClick(completer.popup(), "\r")
    assert whom.currentText() == "韦清和"


def test_enter_ends_an_edit_in_the_side_panel_without_beginning_another(
    demo_desk: Person, qtlog: object
) -> None:
    demo_desk.click_cell(demo_desk.one(Table, "人员名单"), 1)
    demo_desk.rest()
    card = demo_desk.one(CardView, "这个人的各项信息")
    place = next(n for n, line in enumerate(card.lines.lines) if line.caption == "籍贯")
    demo_desk.click_cell(card, place, 1, twice=True)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    demo_desk.type("广西柳州")
    demo_desk.press("Return")
    demo_desk.rest()
    assert card.lines.index(place, 1).data() == "广西柳州"
    assert not [each for each in qtlog.records if "editing failed" in each.message]  # type: ignore[attr-defined]


def test_a_fresh_file_is_looked_at_from_its_first_problem(secretary: Person, tmp_path: Path) -> None:
    for name, rows in (
        ("一.xlsx", [["说明：填到日"], [], ["姓名", "性别"], ["林晓", "女"]]),
        ("二.xlsx", [["名册"], ["姓名", "入党日期"], ["林晓", "去年"], ["", "2010.7.1"], ["合计", "2 人"]]),
    ):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        secretary.go("党员信息")
        secretary.program._main.go("import", tmp_path / name)  # type: ignore[union-attr]  # as a dropped file does
        secretary.rest()
        secretary.click("3　看与改")
        groups = secretary.one(TextTable, "要看的事")
        assert groups.currentIndex().row() == 0
    assert all("N" not in row.texts[0] for row in groups.content.rows)


def test_a_file_is_sought_at_home_where_there_are_no_documents(qtbot: QtBot) -> None:
    assert FileChoice(Preferences())._folder("导入") == Path.home()


def test_a_window_as_large_as_the_screen_opens_maximized(qtbot: QtBot) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert fills(room)
    assert not fills(QRect(room.left(), room.top(), room.width() // 2, room.height()))


def test_the_arrow_keys_choose_in_a_form(demo_desk: Person) -> None:
    demo_desk.go("走访慰问")
    demo_desk.press("Ctrl+N")
    kind = demo_desk.one(Combo, "慰问类别")
    kind.setFocus()
    demo_desk.press("Down")
    assert kind.currentText() == "节日慰问"
    demo_desk.press("Down")
    assert kind.currentText() == "因病慰问"


def test_the_page_keeps_the_keyboard_when_a_button_above_it_was_clicked(demo_desk: Person) -> None:
    table = a_name_is_corrected(demo_desk)
    above = next(each for each in demo_desk.seen(Button, "撤销") if isinstance(each.parent(), TopBar))
    above.setFocus()
    above.click()
    demo_desk.reads("撤销：")
    assert table.hasFocus()


def test_a_corrected_cell_leads_to_the_next_problem_and_locking_keeps_the_file(
    secretary: Person, tmp_path: Path
) -> None:
    book = Workbook()
    for line in (
        ["姓名", "出生年月", "入党日期"],
        ["林晓", "1990/13/40", "去年"],
        ["黄一", "1990.2", "2010.7.1"],
    ):
        book.active.append(line)
    book.save(tmp_path / "名册.xlsx")
    secretary.program._main.go("import", tmp_path / "名册.xlsx")  # type: ignore[union-attr]  # as a dropped file does
    secretary.rest()
    secretary.click("3　看与改")
    secretary.press("F8")
    cells = secretary.one(TextTable, "这一类的各行")
    assert cells.hasFocus()
    cells.content.edited.emit(cells.content.rows[0].key, 3, "1990.01")
    secretary.rest()
    assert cells.hasFocus()
    assert cells.content.rows[0].texts[2] == "入党日期"
    secretary.press("Ctrl+L")
    secretary.type(PASSWORD)
    secretary.press("Return")
    secretary.reads("名册.xlsx")


def test_enter_opens_a_ledgers_entry_where_the_panel_lies_over_the_table(demo_desk: Person) -> None:
    demo_desk.go("走访慰问")
    demo_desk.program.window.resize(1024, 620)
    demo_desk.rest()
    page = demo_desk.page
    assert isinstance(page, LedgerPage)
    assert not page.panel.isVisible()
    demo_desk.click_cell(page.table, 0)
    demo_desk.press("Return")
    assert page.panel.isVisible()
    assert page.panel.isAncestorOf(QApplication.focusWidget())
    demo_desk.press("Escape")
    assert not page.panel.isVisible()
    assert page.table.hasFocus()
