"""What a page can do: said once, shown as buttons, menu entries and shortcuts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QWidget

    from wuling_desktop.ui.theme import Look


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done; `keys` is its shortcut as Qt spells it."""

    text: str
    run: Callable[[], object]
    icon: str = ""
    keys: str = ""
    hint: str = ""

    @property
    def tip(self) -> str:
        """What it does, and its keys."""
        keys = QKeySequence(self.keys).toString(QKeySequence.SequenceFormat.NativeText) if self.keys else ""
        return "　".join(filter(None, (self.hint or self.text, keys)))


def button(look: Look, action: Action, kind: str = "plain") -> Button:
    """Return the button of an action."""
    return Button(look, action.text, action.run, icon=action.icon, kind=kind, hint=action.tip)


def bind(widget: QWidget, actions: Iterable[Action]) -> None:
    """Make the shortcuts of actions work while the focus is anywhere inside a widget."""
    for action in actions:
        if action.keys:
            made = QAction(action.text, widget)
            made.setShortcut(QKeySequence(action.keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.triggered.connect(lambda _checked, run=action.run: run())
            widget.addAction(made)


def menu(parent: QWidget, actions: Iterable[Action | None]) -> QMenu:
    """Return a menu of actions; None is a line."""
    made = QMenu(parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for action in actions:
        if action is None:
            made.addSeparator()
            continue
        entry = made.addAction(action.text.replace("&", "&&"))
        if action.keys:
            entry.setShortcut(QKeySequence(action.keys))
            entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown; the page's own one answers
        entry.triggered.connect(lambda _checked, run=action.run: run())
    return made
