"""Buttons of which one is chosen: Tab comes to that one, the arrows go between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QAbstractButton


class OneOf(QButtonGroup):
    """An exclusive group; Qt by itself leaves Tab to every button until one of them has had the keyboard."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.buttonToggled.connect(self._follow)

    def add(self, button: QAbstractButton, number: int = -1) -> None:
        """Take one more button."""
        self.addButton(button, number)
        if self.checkedButton() is not None:
            self._follow(self.checkedButton(), on=True)

    def _follow(self, chosen: QAbstractButton, on: bool) -> None:
        if not on:
            return
        for button in self.buttons():
            policy = Qt.FocusPolicy.StrongFocus if button is chosen else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
