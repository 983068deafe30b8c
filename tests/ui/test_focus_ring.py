"""The ring round what the keyboard has reached is seen wholly, at the edges of panels and of the window too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from person_at_the_desk import place_in
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFocusFrame, QScrollArea, QWidget
from walker import SAMPLE, Walker

if TYPE_CHECKING:
    from person_at_the_desk import Person


def cut_rings(person: Person) -> list[str]:
    """Put the keyboard on everything in view that takes it by Tab, and return what has a cut ring."""
    person.press("Tab")  # by which the window knows that the keyboard is used
    found = []
    for each in person.program.window.findChildren(QWidget):
        if not each.focusPolicy() & Qt.FocusPolicy.TabFocus or not each.isVisible() or not each.isEnabled():
            continue
        each.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        ring = next((one for one in person.program.window.findChildren(QFocusFrame) if one.isVisible()), None)
        if ring is None or ring.widget() is not each or not wholly_seen(each, each):
            continue
        if not wholly_seen(ring, each):
            found.append(f"{type(each).__name__} {each.accessibleName()}")
    return found


def wholly_seen(what: QWidget, within: QWidget) -> bool:
    """Whether nothing that scrolls, and not the window, cuts it."""
    window = within.window()
    place = place_in(window, what)
    parent = within.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QScrollArea) and not place_in(window, parent).contains(place):
            return False
        parent = parent.parentWidget()
    return window.rect().contains(place)


def ringed(person: Person) -> QWidget | None:
    """Return what has the ring."""
    rings = [each for each in person.program.window.findChildren(QFocusFrame) if each.isVisible()]
    return rings[0].widget() if rings else None


def test_a_page_reached_by_a_key_shows_where_the_keyboard_is(demo_desk: Person) -> None:
    demo_desk.click("报表与打印")
    demo_desk.rest()
    assert ringed(demo_desk) is None  # the mouse needs none
    for keys in ("Ctrl+1", "Ctrl+,", "Ctrl+I"):
        QTest.keySequence(
            demo_desk.program.window.windowHandle(), keys
        )  # as a keyboard does, past the widget
        demo_desk.rest()
        assert ringed(demo_desk) is QApplication.focusWidget() is not None, keys


def test_the_ring_rests_once_the_program_ends(demo_desk: Person) -> None:
    demo_desk.press("Tab")
    assert ringed(demo_desk) is not None
    demo_desk.program.end()
    demo_desk.press("Tab")
    assert ringed(demo_desk) is None


def test_no_ring_is_cut_on_any_page(demo_desk: Person) -> None:
    demo_desk.program.window.resize(1366, 697)
    walker, wrong = Walker(demo_desk), []
    for name in walker.names():
        walker.go(name)
        wrong += [f"{name}: {each}" for each in cut_rings(demo_desk)]
    walker.go("import", SAMPLE)
    for step in (1, 2, 3):
        demo_desk.page._go(step)
        wrong += [f"import {step}: {each}" for each in cut_rings(demo_desk)]
    walker.go("members")
    demo_desk.press("F1")
    wrong += [f"help: {each}" for each in cut_rings(demo_desk)]
    assert wrong == []
