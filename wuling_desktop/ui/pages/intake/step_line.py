"""The five steps of an import in one line: where one stands, and which can be gone back to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wuling_desktop.ui.widgets.basics import Button, row
from wuling_desktop.ui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wuling_desktop.ui.theme import Look


class StepLine(QWidget):
    """A button for each step, numbered."""

    asked = Signal(int)

    def __init__(self, look: Look, titles: Sequence[str]) -> None:
        super().__init__()
        self._buttons = OneOf(self)
        line = row(self, look, gap=4)
        for number, title in enumerate(titles):
            button = Button(look, f"{number + 1}　{title}", partial(self.asked.emit, number), kind="step")
            button.setCheckable(True)
            self._buttons.add(button, number)
            line.addWidget(button)
        line.addStretch(1)

    def stand(self, step: int, reachable: Callable[[int], bool]) -> None:
        """Mark a step as the present one."""
        for button in self._buttons.buttons():
            button.setEnabled(reachable(self._buttons.id(button)))
        self._buttons.button(step).setChecked(True)
