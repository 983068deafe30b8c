"""The left edge: places in groups; help, lock and clerk at the foot; a rail of icons where the window is narrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from wuling_desktop.ui.tokens import SIZES, TYPE
from wuling_desktop.ui.widgets.basics import Button, Elided, column, fill, label, restyle, row, rule, tip
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
    help_asked = Signal()
    clerk_asked = Signal()
    scope_asked = Signal()

    def __init__(self, look: Look, places: Sequence[Place], unit: str) -> None:
        super().__init__()
        self.setProperty("kind", "nav")
        self._look = look
        self._places = {place.name: place for place in places}
        self._buttons: dict[str, Button] = {}
        self._texts: list[QWidget] = []
        self._rail = False
        self._choice = False  # whether there is another organisation to look at
        self._help = Button(look, "帮助", self.help_asked.emit, icon="question", kind="nav")
        self._help.setFont(look.font(TYPE.body))
        outer = column(self, look, 10, 2)
        outer.addLayout(self._head(unit))
        self.scope = Button(look, "", self.scope_asked.emit, icon="tree-structure", kind="nav")
        self.scope.hide()
        outer.addSpacing(look.px(4))
        outer.addWidget(self.scope)
        outer.addSpacing(look.px(8))
        group = ""
        for place in places:
            if place.foot and not any(self._places[name].foot for name in self._buttons):
                outer.addStretch(1)
                outer.addWidget(rule())
                outer.addWidget(self._help)
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

    def say_scope(self, name: str, *, choice: bool) -> None:
        """Show which Party organisation is looked at, as a button where there is a choice."""
        self._choice = choice
        self._name.say(name)
        self.scope.setProperty("words", name)
        self._show_scope()

    def hide_clerk(self) -> None:
        """Leave the 经办人 out: others look at the screen."""
        self.clerk.hide()

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
        self._dress(self._help, "帮助", hint="这一页的帮助　F1")
        restyle(self._help, "low", "true" if low else "false")
        self._dress(self.clerk, str(self.clerk.property("words") or ""))
        self._show_scope()

    def _show_scope(self) -> None:
        name = str(self.scope.property("words") or "")
        self.scope.setVisible(self._choice)
        self._name.setVisible(not self._rail and not self._choice)
        room = self._look.px(SIZES.nav - 76)
        text = self.scope.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        self.scope.setText("" if self._rail else text.replace("&", "&&"))
        self.scope.setAccessibleName(f"看哪个组织：{name}")
        self.scope.setToolTip(tip(f"{name}　点开换一个组织看"))

    def _dress(self, button: Button, text: str, hint: str = "") -> None:
        button.say(text)
        if self._rail:
            button.setText("")
        button.setToolTip(hint or (text if self._rail else ""))

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
        self._name = Elided(self._look, unit, TYPE.caption, tone="muted")
        self._texts += [program, self._name]
        fill(words, (program, self._name))
        head = row(None, self._look, gap=8)
        head.setContentsMargins(self._look.px(2), self._look.px(4), 0, 0)
        head.addWidget(Mark(self._look, 30))
        head.addLayout(words, 1)
        return head
