"""The panel at the right of a page of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtWidgets import QFrame, QWidget

from wuling_desktop.ui.widgets.basics import column

if TYPE_CHECKING:
    from wuling_desktop.ui.theme import Look


class Panel(QFrame):
    """The panel at the right: beside the table where there is room, over it where there is not."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self._look = look
        self.room = column(self, look)

    def put(self, content: QWidget) -> None:
        """Show another content."""
        while (item := self.room.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget is not content:
                widget.hide()
                widget.setParent(None)
            shiboken6.delete(item)  # nobody else does, once it is taken
        self.room.addWidget(content)
        content.show()
