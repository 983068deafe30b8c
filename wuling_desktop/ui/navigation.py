"""The left edge: places in groups, lock and clerk at the foot; a rail of icons where the window is narrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QWidget

from wuling_desktop.ui.tokens import SIZES, TYPE
from wuling_desktop.ui.widgets.basics import Button, Elided, column, fill, label, restyle, row, rule
from wuling_desktop.ui.widgets.mark import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.ui.theme import Look


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the navigation; a group's caption stands above its first place."""

    name: str
    text: str
    icon: str
    group: str = ""
    foot: bool = False


class Navigation(QFrame):
    """The places; `rail` shows their icons only."""

    chosen = Signal(str)
    clerk_asked = Signal()

    def __init__(self, look: Look, places: Sequence[Place], unit: str) -> None:
        super().__init__()
        self.setProperty("kind", "nav")
        self._look = look
        self._places = {place.name: place for place in places}
        self._buttons: dict[str, Button] = {}
        self._texts: list[QWidget] = []
        self._group = QButtonGroup(self)
        self._rail = False
        outer = column(self, look, 10, 2)
        outer.addLayout(self._head(unit))
        outer.addSpacing(look.px(8))
        group = ""
        for place in places:
            if place.foot and not any(self._places[name].foot for name in self._buttons):
                outer.addStretch(1)
                outer.addWidget(rule())
            if place.group and place.group != group:
                caption = label(look, place.group, TYPE.caption, tone="hint")
                caption.setContentsMargins(look.px(10), look.px(8), 0, look.px(2))
                self._texts.append(caption)
                outer.addWidget(caption)
                group = place.group
            outer.addWidget(self._button(place))
        self.clerk = Button(look, "", self.clerk_asked.emit, icon="user-circle", kind="nav")
        outer.addWidget(self.clerk)

    def focus_first(self) -> None:
        """Put the keyboard onto the place one is at."""
        shown = next((button for button in self._buttons.values() if button.isChecked()), self.clerk)
        shown.setFocus(Qt.FocusReason.TabFocusReason)

    def mark(self, name: str) -> None:
        """Show where one is."""
        for each, button in self._buttons.items():
            button.setChecked(each == name)
            place = self._places[each]
            button.setIcon(self._look.icon(place.icon, "red" if each == name else "text2"))

    def show_place(self, name: str, *, on: bool) -> None:
        """Show or hide a place that is there only at times."""
        self._buttons[name].setVisible(on)

    def say_clerk(self, name: str) -> None:
        """Show the 经办人."""
        self.clerk.setProperty("words", f"经办人　{name}")
        self._dress(self.clerk, f"经办人　{name}")

    def fit(self, *, rail: bool, low: bool) -> None:
        """Be a rail, or have low rows."""
        self._rail = rail
        self.setFixedWidth(self._look.px(SIZES.rail if rail else SIZES.nav))
        for widget in self._texts:
            widget.setVisible(not rail)
        for name, button in self._buttons.items():
            self._dress(button, self._places[name].text)
            restyle(button, "low", "true" if low else "false")
        self._dress(self.clerk, str(self.clerk.property("words") or ""))

    def _dress(self, button: Button, text: str) -> None:
        button.say(text)
        if self._rail:
            button.setText("")
        button.setToolTip(text if self._rail else "")

    def _button(self, place: Place) -> Button:
        button = Button(
            self._look, place.text, lambda: self.chosen.emit(place.name), icon=place.icon, kind="nav"
        )
        button.setFont(self._look.font(TYPE.body))
        button.setCheckable(place.name != "lock")
        self._buttons[place.name] = button
        return button

    def _head(self, unit: str) -> QHBoxLayout:
        words = column(None, self._look)
        program = label(self._look, "党建工作台", TYPE.body, 600)
        name = Elided(self._look, unit, TYPE.caption, tone="muted")
        self._texts += [program, name]
        fill(words, (program, name))
        head = row(None, self._look, gap=8)
        head.setContentsMargins(self._look.px(2), self._look.px(4), 0, 0)
        head.addWidget(Mark(self._look, 30))
        head.addLayout(words, 1)
        return head
