"""Step 5 of an import: what was written, taking it back whole, keeping the rows that were not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wuling_desktop.ui.messages import tone_icon
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, clear, column, fill, frame, label, row

if TYPE_CHECKING:
    from wuling_desktop.services.importing import Imported
    from wuling_desktop.ui.theme import Look


class DoneStep(QWidget):
    """The result."""

    undo_asked = Signal()
    save_asked = Signal()
    again_asked = Signal()
    look_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._room = column(self, look, gap=12)
        self.first: Button | None = None

    def put(self, done: Imported, said: str) -> None:
        """Show what was written."""
        clear(self._room)
        look = self._look
        card = frame("card")
        inside = column(card, look, 20, 12)
        head = row(None, look, gap=10)
        head.addWidget(tone_icon(look, "ok"))
        head.addWidget(label(look, said, TYPE.card_title, 600, wrap=True), 1)
        told = f"来自 {done.preview.path.name}，操作记录里的名字是“{done.changes.name}”。随时可以整次撤销，重新启动以后也可以。"
        held = done.preview.count("held")
        buttons = row(None, look)
        self.first = Button(look, "去看名单", self.look_asked.emit, kind="primary", icon="arrow-right")
        parts: list[Button | None] = [
            self.first,
            Button(look, "撤销整次导入", self.undo_asked.emit, icon="arrow-u-up-left"),
        ]
        if held:
            parts.append(
                Button(look, f"把没导的 {held} 行另存…", self.save_asked.emit, icon="download-simple")
            )
        parts.append(Button(look, "再导入一份", self.again_asked.emit, icon="upload-simple"))
        fill(buttons, (*parts, None))
        fill(inside, (head, label(look, told, TYPE.table, tone="muted", wrap=True), buttons))
        fill(self._room, (card, None))

    def put_undone(self, said: str) -> None:
        """Show that it was taken back."""
        clear(self._room)
        look = self._look
        card = frame("card")
        inside = column(card, look, 20, 12)
        buttons = row(None, look)
        self.first = Button(look, "再导入一份", self.again_asked.emit, kind="primary", icon="upload-simple")
        fill(buttons, (self.first, Button(look, "去看名单", self.look_asked.emit), None))
        fill(inside, (label(look, said, TYPE.card_title, 600, wrap=True), buttons))
        fill(self._room, (card, None))
