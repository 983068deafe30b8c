"""Finding one's way by hand: help, the list of shortcuts, panes, the way back, and every action by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from person_at_the_desk import PASSWORD
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu

from wuling_desktop import paths
from wuling_desktop.ui import actions
from wuling_desktop.ui import help as page_help
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.side_sheet import SideSheet
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from person_at_the_desk import Person


def places(person: Person) -> list[str]:
    return [place.name for place in person.program._main._rooms.places() if place.name != "lock"]


def test_every_room_has_its_help(demo_desk: Person) -> None:
    names = {name.partition(":")[0] for name in demo_desk.program._main._rooms.names} | {"door"}
    for name in names:
        kinds = [kind for kind, _ in page_help.blocks(name)]
        assert kinds.count("head") >= 2, name
        assert kinds.count("point") >= 3, name
    shipped = {path.stem for path in (paths.resources() / "help").glob("*.md")}
    assert shipped == names


def test_help_and_shortcuts_come_beside_the_page_and_go_with_esc(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    table.setFocus()
    demo_desk.press("F1")
    demo_desk.reads("找一个人、看他的信息")
    demo_desk.press("F12")
    demo_desk.reads("到处都能用")
    sheet = demo_desk.one(SideSheet, "快捷键")
    said = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"新增人员", "Ctrl+N", "锁定", "Ctrl+L", "走访慰问", "Alt+←"} <= said
    demo_desk.press("Esc")
    assert not sheet.isVisible()
    assert table.hasFocus()
    demo_desk.press("F12")
    demo_desk.press("F12")
    assert not sheet.isVisible()


def test_help_at_the_door(secretary: Person) -> None:
    secretary.press("Ctrl+L")
    secretary.one(QLineEdit, "密码")
    secretary.press("F1")
    secretary.reads("忘了密码：点“用恢复码打开”")
    secretary.press("Esc")
    secretary.type(PASSWORD)
    secretary.press("Return")
    secretary.reads("还没有党员。")


def test_every_shortcut_says_what_it_does_in_chinese(demo_desk: Person) -> None:
    main = demo_desk.program._main
    for name in places(demo_desk):
        main.go(name)
        demo_desk.rest()
        for text, keys in actions.gathered(demo_desk.page):
            assert any("\u4e00" <= letter <= "\u9fff" for letter in text), (name, text, keys)


def test_the_way_back_leads_to_what_was_shown(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    demo_desk.press("Ctrl+F")
    demo_desk.type("韦")
    demo_desk.qtbot.waitUntil(lambda: table.rows.rowCount() < 42, timeout=5000)
    demo_desk.rest()
    chosen = table.rows.id_at(table.rows.rowCount() - 1)
    table.choose([chosen])
    demo_desk.go("走访慰问")
    demo_desk.go("设置与备份")
    demo_desk.press("Alt+Left")
    demo_desk.rest()
    assert demo_desk.page.title == "走访慰问台账"
    demo_desk.press("Alt+Left")
    demo_desk.rest()
    assert demo_desk.page.title == "党员信息"
    assert demo_desk.page.search.text() == "韦"  # type: ignore[attr-defined]  # the page of people
    assert table.chosen_ids() == [chosen]
    demo_desk.press("Alt+Left")
    assert demo_desk.page.title == "党员信息"


def test_the_fourth_button_of_the_mouse_leads_back(demo_desk: Person) -> None:
    demo_desk.go("走访慰问")
    handle = demo_desk.program.window.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.BackButton, pos=QPoint(700, 400))
    demo_desk.rest()
    assert demo_desk.page.title == "党员信息"


def test_f6_goes_round_the_panes(demo_desk: Person) -> None:
    main = demo_desk.program._main
    table = demo_desk.one(Table, "人员名单")
    demo_desk.click_cell(table, 1)
    demo_desk.rest()
    panel = demo_desk.page.panel  # type: ignore[attr-defined]  # the page of people
    demo_desk.press("F6")
    assert panel.isAncestorOf(QApplication.focusWidget())
    demo_desk.press("F6")
    assert main._navigation.isAncestorOf(QApplication.focusWidget())
    demo_desk.press("F6")
    assert table.hasFocus()


@pytest.mark.parametrize("size", [(1440, 860), (1024, 700)])
def test_every_button_is_reached_by_tab_and_nothing_traps_the_keyboard(
    demo_desk: Person, size: tuple[int, int]
) -> None:
    window = demo_desk.program.window
    window.resize(*size)
    for name in places(demo_desk):
        demo_desk.program._main.go(name)
        demo_desk.rest()
        window.activateWindow()
        demo_desk.page.focus()
        reached = set()
        for _ in range(200):
            focused = QApplication.focusWidget()
            assert focused is not None, name
            if focused in reached:
                break
            reached.add(focused)
            focused.window().focusNextChild() if not hasattr(focused, "focusNextChild") else QTest.keyClick(
                focused, Qt.Key.Key_Tab
            )
        wanted = {
            button
            for button in demo_desk.page.findChildren(Button)
            if button.isVisible() and button.isEnabled() and not button.visibleRegion().isEmpty()
        }
        unreached = [b.accessibleName() for b in wanted - reached if not (b.isCheckable() and b.group())]
        assert unreached == [], name


def test_help_and_shortcuts_are_found_by_the_mouse_and_by_their_names(demo_desk: Person) -> None:
    demo_desk.click("帮助")
    demo_desk.reads("找一个人、看他的信息")
    demo_desk.click("快捷键一览")
    demo_desk.reads("到处都能用")
    (sheet,) = demo_desk.seen(SideSheet)
    QTest.mouseClick(sheet.close_button, Qt.MouseButton.LeftButton)
    for word in ("这一页的帮助", "zyydbz", "帮助"):
        demo_desk.press("Ctrl+K")
        demo_desk.type(word)
        demo_desk.press("Return")
        demo_desk.reads("找一个人、看他的信息")
        demo_desk.press("Esc")
    for word in ("快捷键", "kjj"):
        demo_desk.press("Ctrl+K")
        demo_desk.type(word)
        demo_desk.press("Return")
        demo_desk.reads("到处都能用")
        demo_desk.press("Esc")


def test_the_list_of_shortcuts_names_what_tables_and_steps_answer_themselves(demo_desk: Person) -> None:
    main = demo_desk.program._main
    for place, keys in (("members", {"F2", "Enter", "空格"}), ("import", {"F2", "F8"})):
        main.go(place)
        assert keys <= {told for _, told in actions.gathered(demo_desk.page)}


def test_settings_and_leaving_have_their_keys(demo_desk: Person) -> None:
    demo_desk.press("Ctrl+,")
    demo_desk.reads("本机的备份")
    demo_desk.press("Ctrl+Q")
    demo_desk.qtbot.waitUntil(lambda: not demo_desk.program.window.isVisible(), timeout=15_000)


def test_the_menu_of_a_row_comes_by_keys(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    table.choose([table.rows.id_at(3)])
    table.setFocus()
    demo_desk.press("Shift+F10")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert any("打开" in each.text() for each in menu.actions())
    assert table.viewport().rect().contains(table.viewport().mapFromGlobal(menu.pos()))
    menu.close()
