"""Every action can be done by keyboard and is listed; every control says its name to those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from walker import Walker

from wuling_desktop.ui.actions import said_keys

if TYPE_CHECKING:
    from person_at_the_desk import Person

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)


def keys_on_the_sheet(person: Person) -> set[str]:
    person.press("F12")
    person.rest()
    said = {label.text() for label in person.seen(QLabel)}
    person.press("Escape")
    return said


def test_every_key_of_a_place_stands_on_the_sheet(demo_desk: Person) -> None:
    walker, missing = Walker(demo_desk), []
    for name in walker.names():
        walker.go(name)
        listed = keys_on_the_sheet(demo_desk)
        for widget in (demo_desk.page, *demo_desk.page.findChildren(QWidget)):
            for action in widget.actions():
                keys = said_keys(action.shortcut())
                if keys and not isinstance(widget, QLineEdit):
                    assert action.text(), f"{name}: {keys} has no text"
                    missing += [f"{name}: {action.text()} {keys}"] if keys not in listed else []
    assert missing == []


def test_every_key_of_the_window_stands_on_the_sheet(demo_desk: Person) -> None:
    listed = keys_on_the_sheet(demo_desk)
    window = demo_desk.program.window
    keys = {said_keys(each.key()) for each in window.findChildren(QShortcut) if each.isEnabled()}
    keys |= {
        said_keys(action.shortcut())
        for widget in (window, demo_desk.program._main)
        if widget is not None
        for action in widget.actions()
    }
    keys -= {"", "↓"}  # from the search into the list below it: going, not doing
    assert sorted(keys - listed) == []


def test_every_control_says_its_name(demo_desk: Person) -> None:
    walker, nameless = Walker(demo_desk), set()
    for state in walker.states():
        for each in demo_desk.program.window.findChildren(QWidget):
            if not isinstance(each, CONTROLS) or isinstance(each, QHeaderView) or not each.isVisible():
                continue
            inside = isinstance(each.parent(), QComboBox | QAbstractSpinBox | QTableView)
            if (inside and type(each).__name__.startswith("Q")) or type(each).__name__ == "QToolButton":
                continue  # a part of a control that has its name, made by Qt
            told = QAccessible.queryAccessibleInterface(each)
            if told is None or not told.text(QAccessible.Text.Name):
                nameless.add(f"{state}: {type(each).__name__} in {type(each.parent()).__name__}")
    assert sorted(nameless) == []


def test_tab_leads_through_every_place_and_round(demo_desk: Person) -> None:
    """No trap: from where a place begins, Tab comes to more than one control and back to the first one."""
    walker, traps = Walker(demo_desk), []
    for name in walker.names():
        walker.go(name)
        first = QApplication.focusWidget()
        assert first is not None, name
        seen = [first]
        for _ in range(150):
            demo_desk.press("Tab")
            here = QApplication.focusWidget()
            if here is None or here is seen[-1] or here is first:
                break
            seen.append(here)
        if len(seen) < 3 or QApplication.focusWidget() is not first:
            traps.append(f"{name}: {[each.accessibleName() or type(each).__name__ for each in seen[-3:]]}")
    assert traps == []
