"""The frame of one facet of a person's file: what it shows, what it tells the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from wuling_desktop.ui import projector
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import column, frame, label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QBoxLayout

    from wuling_desktop.services.person_file import PersonFile
    from wuling_desktop.ui.theme import Look


class Facet(QWidget):
    """One facet; it is given the whole file and shows its part."""

    title = ""
    changed = Signal(object)  # Changes
    edited = Signal(object, object)  # datum, what was typed
    trouble = Signal(object)  # Problem
    said = Signal(str)  # one event worth a toast
    wrote = Signal(str, object)  # the same of a file that was written, and its path
    wanted = Signal(str, object)  # another page, and what to show there

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setProperty("ground", "bg")

    def put(self, file: PersonFile) -> None:
        """Show a person."""

    @staticmethod
    def count(file: PersonFile) -> int | None:  # noqa: ARG004 - some facets are no lists
        """Return how many lines there are, None where that says nothing."""
        return None

    def cover(self, *, on: bool) -> None:
        """Mask private values, or show them whole."""

    def fill_in(self, name: str) -> bool:  # noqa: ARG002 - most facets hold no field
        """Go to a datum and begin to edit it; False where it is not here."""
        return False

    def focus(self) -> None:
        """Put the keyboard where this facet begins."""
        self.focusNextChild()


def shown_doubts(file: PersonFile) -> Mapping[str, str]:
    """Return what of a person is to be looked at, as a form shows it: nothing of it for a room."""
    return {} if projector.is_on() else file.card.doubts


class Cards(QScrollArea):
    """Cards below each other, scrolled."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setWidgetResizable(True)
        inside = QWidget()
        inside.setProperty("ground", "bg")
        self.setWidget(inside)
        self._room = column(inside, look, gap=12)
        self._room.addStretch(1)

    def card(self, title: str = "") -> QBoxLayout:
        """Add a card and return its layout."""
        made = frame("card")
        inside = column(made, self._look, 16, 10)
        if title:
            inside.addWidget(label(self._look, title, TYPE.card_title, 600))
        self.add(made)
        return inside

    def add(self, card: QWidget) -> None:
        """Add a card that is made elsewhere."""
        self._room.insertWidget(self._room.count() - 1, card)
