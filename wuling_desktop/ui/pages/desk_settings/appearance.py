"""外观: light or dark, and the size of the letters."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton

from wuling_desktop.settings import SCALES
from wuling_desktop.ui import projector
from wuling_desktop.ui.pages.desk_settings.section import Section
from wuling_desktop.ui.widgets.basics import Button, fill, row
from wuling_desktop.ui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from wuling_desktop.settings import Preferences
    from wuling_desktop.ui.theme import Look

_THEMES = {"system": "跟随系统", "light": "浅色", "dark": "深色"}


class AppearanceSection(Section):
    """Choices of this computer, at once in force."""

    title = "外观"
    chosen = Signal(object)  # the preferences
    projector_asked = Signal()

    def __init__(self, look: Look, preferences: Preferences) -> None:
        super().__init__(look)
        self.preferences = preferences
        self._groups: list[OneOf] = []
        themes: dict[str, dict[str, object]] = {text: {"theme": name} for name, text in _THEMES.items()}
        sizes: dict[str, dict[str, object]] = {f"{scale} %": {"scale": scale} for scale in SCALES}
        self._first = self._choice("颜色", "打印总是白底黑字。", themes, _THEMES[preferences.theme])
        self._choice("字号", "字、行高和按钮一起放大。", sizes, f"{preferences.scale} %")
        self._offer_projector()
        self.room.addStretch(1)

    def _offer_projector(self) -> None:
        inside = self.card(
            "演示模式",
            "投影或共享屏幕时打开：证件号、电话、住址、人员身上的提示和经办人都不显示。锁定以后自动结束。",
        )
        text = "结束演示模式" if projector.is_on() else "打开演示模式"
        button = Button(
            self.look, text, self.projector_asked.emit, icon="projector-screen", hint=f"{text}　Ctrl+Shift+P"
        )
        button.setObjectName("projector")  # the same button whatever it says
        line = row(None, self.look)
        fill(line, (button, None))
        fill(inside, (line,))

    def focus(self) -> None:
        """Begin with the colours."""
        self._first.setFocus()

    def _choice(self, title: str, text: str, choices: dict[str, dict[str, object]], now: str) -> QRadioButton:
        inside = self.card(title, text)
        line = row(None, self.look, gap=20)
        group = OneOf(self)
        self._groups.append(group)
        for words, change in choices.items():
            button = QRadioButton(words)
            button.setAccessibleName(f"{title} {words}")
            button.setChecked(words == now)
            button.clicked.connect(lambda _on, change=change: self._choose(change))
            group.add(button)
            line.addWidget(button)
        line.addStretch(1)
        fill(inside, (line,))
        return group.checkedButton()  # type: ignore[return-value]

    def _choose(self, change: dict[str, object]) -> None:
        self.preferences = dataclasses.replace(self.preferences, **change)  # type: ignore[arg-type]  # of two known fields
        self.chosen.emit(self.preferences)
