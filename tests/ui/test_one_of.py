"""One of several: Tab lands on what is chosen, from both sides, and the arrows go on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton
from walker import Walker

from wuling_desktop.ui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from person_at_the_desk import Person


def test_tab_lands_on_the_chosen_one_and_arrows_choose_another(demo_desk: Person) -> None:
    demo_desk.click("设置与备份")
    demo_desk.click("外观")
    sizes = demo_desk.seen(QRadioButton, "字号")
    themes = demo_desk.seen(QRadioButton, "颜色")
    assert [each.focusPolicy() == Qt.FocusPolicy.StrongFocus for each in sizes] == [
        each.isChecked() for each in sizes
    ]
    next(each for each in themes if each.isChecked()).setFocus()
    demo_desk.press("Tab")
    assert next(each for each in sizes if each.isChecked()).hasFocus()
    demo_desk.press("Shift+Tab")
    assert next(each for each in themes if each.isChecked()).hasFocus()


def test_every_group_of_every_place_takes_the_keyboard_at_the_chosen_one(demo_desk: Person) -> None:
    walker, wrong = Walker(demo_desk), []
    for name in walker.names():
        walker.go(name)
        for group in demo_desk.page.findChildren(OneOf):
            stops = [button for button in group.buttons() if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
            if group.checkedButton() is not None and stops != [group.checkedButton()]:
                wrong.append(f"{name}: {[each.accessibleName() for each in stops]}")
    assert wrong == []
