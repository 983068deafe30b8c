"""The bar of what can be done with several chosen rows; it is seen when two or more are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from wuling_desktop.ui import actions
from wuling_desktop.ui.tokens import SIZES, TYPE
from wuling_desktop.ui.widgets.basics import Button, column, label
from wuling_desktop.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wuling_desktop.ui.actions import Action
    from wuling_desktop.ui.theme import Look

_FROM = 2


class BatchBar(QFrame):
    """The number of chosen rows, the verbs for them, and a way to choose none."""

    def __init__(self, look: Look, noun: str, give_up: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._look, self._noun, self._give_up = look, noun, give_up
        outer = column(self, look)
        outer.setContentsMargins(look.px(12), look.px(4), look.px(8), look.px(4))
        self._line = Flow(look)
        outer.addLayout(self._line)
        self._said = label(look, "", TYPE.table, 600)
        self._said.setMinimumHeight(look.px(SIZES.control))
        self._line.addWidget(self._said)
        self._buttons: list[Button] = []
        self._names: tuple[str, ...] = ()
        self.hide()

    def show_for(self, count: int, verbs: Sequence[Action]) -> None:
        """Show the verbs for so many rows, or go away."""
        if count < _FROM:
            self.hide()
            return
        names = tuple(verb.text for verb in verbs)
        if names != self._names:
            self._names = names
            self._build(verbs)
        self._said.setText(f"已选 {count} {self._noun}")
        self.show()

    def _build(self, verbs: Sequence[Action]) -> None:
        for button in self._buttons:
            self._line.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [actions.button(self._look, verb, "quiet") for verb in verbs]
        for button in self._buttons:
            button.setAccessibleName(f"{button.text()}（所选各{self._noun}）")
        self._buttons.append(Button(self._look, "全部取消", self._give_up, kind="link"))
        for button in self._buttons:
            self._line.addWidget(button)
