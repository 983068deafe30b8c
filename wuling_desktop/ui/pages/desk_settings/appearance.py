"""外观: light or dark, and the size of the letters."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from wuling_desktop.settings import SCALES
from wuling_desktop.ui import projector
from wuling_desktop.ui.pages.desk_settings.section import Section
from wuling_desktop.ui.widgets.basics import Button, fill, row

if TYPE_CHECKING:
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.theme import Look

_THEMES = {"system": "跟随系统", "light": "浅色", "dark": "深色"}


class AppearanceSection(Section):
    """Choices of this computer, at once in force."""

    title = "外观"
    projector_asked = Signal()

    def __init__(self, look: Look, file_choice: FileChoice) -> None:
        super().__init__(look)
        self._file_choice = file_choice
        now = file_choice.preferences
        themes = {text: name for name, text in _THEMES.items()}
        sizes = {f"{scale} %": scale for scale in SCALES}
        self._first = self.choice(
            "颜色", "打印总是白底黑字。", themes, now.theme, lambda theme: self._choose(theme=theme)
        )
        self.choice(
            "字号", "字、行高和按钮一起放大。", sizes, now.scale, lambda scale: self._choose(scale=scale)
        )
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

    def _choose(self, **change: Any) -> None:
        self._file_choice.keep(dataclasses.replace(self._file_choice.preferences, **change))
