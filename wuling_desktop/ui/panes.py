"""The parts of the window that F6 goes through, in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


def next_of(panes: Sequence[QWidget]) -> QWidget:
    """Return the pane after the one that the keyboard is in; a pane that lies inside another stands after it."""
    focused = QApplication.focusWidget()
    inside = [place for place, pane in enumerate(panes) if focused is pane or _holds(pane, focused)]
    return panes[(max(inside, default=-1) + 1) % len(panes)]


def enter(pane: QWidget) -> None:
    """Put the keyboard onto the first thing in a pane that takes it."""
    for each in pane.findChildren(QWidget):
        takes = each.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and each.isVisible() and each.isEnabled():
            each.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and pane.isAncestorOf(focused)
