"""What a page can do: said once, shown as buttons, menu entries and shortcuts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wuling_desktop.ui.theme import Look

_KEYS = {
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "Return": "Enter",
    "Del": "Delete",
    "Space": "空格",
}
_TOLD = "told"  # the keys of an action that something else answers


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
        return "　".join(filter(None, (self.hint or self.text, said_keys(QKeySequence(self.keys)))))


def said_keys(keys: QKeySequence) -> str:
    """Return keys as they stand on a keyboard; Qt's own Chinese names of them are nobody's."""
    parts = keys.toString(QKeySequence.SequenceFormat.PortableText).split("+")
    return "+".join(_KEYS.get(part, part) for part in parts)


def button(look: Look, action: Action, kind: str = "plain") -> Button:
    """Return the button of an action."""
    return Button(look, action.text, action.run, icon=action.icon, kind=kind, hint=action.tip)


def bind(widget: QWidget, actions: Iterable[Action]) -> None:
    """Make the shortcuts of actions work while a widget is in view: the keyboard may be in the bar above it."""
    for action in actions:
        if action.keys:
            made = QAction(action.text, widget)
            made.setShortcut(QKeySequence(action.keys))
            made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            made.triggered.connect(lambda _checked, run=action.run: run())
            widget.addAction(made)


def tell(widget: QWidget, texts: Iterable[tuple[str, str]]) -> None:
    """Name keys that a widget answers by itself, so that the sheet of F12 lists them too: (text, keys)."""
    for text, keys in texts:
        made = QAction(text, widget)
        made.setProperty(_TOLD, keys)
        widget.addAction(made)


def gathered(widget: QWidget) -> list[tuple[str, str]]:
    """Return text and keys of every action a widget and what it holds have, in their order, each once."""
    found: dict[str, str] = {}
    for each in (widget, *widget.findChildren(QWidget)):
        for action in each.actions():
            keys = action.property(_TOLD) or said_keys(action.shortcut())
            if keys and action.text():
                found.setdefault(keys, action.text())
    return [(text, keys) for keys, text in found.items()]


def listed(actions: Iterable[Action]) -> list[tuple[str, str]]:
    """Return text and keys of actions that have keys."""
    return [(each.text, said_keys(QKeySequence(each.keys))) for each in actions if each.keys]


def shortcut(
    widget: QWidget,
    keys: str,
    run: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> None:
    """Let keys do something; PySide leaves the context aside where it is given to the constructor."""
    made = QShortcut(QKeySequence(keys), widget)
    made.setContext(context)
    made.activated.connect(run)


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
