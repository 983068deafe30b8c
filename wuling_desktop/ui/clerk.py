"""Switching the 经办人 at the foot of the navigation; no rights hang on the name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, label, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.history import History
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.ui.navigation import Navigation
    from wuling_desktop.ui.theme import Look

_KNOWN, _LOOKED_AT = 5, 100


class ClerkPopup(QFrame):
    """The small window in which another 经办人 is named."""

    named = Signal(str)

    def __init__(self, look: Look, now: str, known: Sequence[str]) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.setProperty("kind", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = column(self, look, 12, 6)
        room.addWidget(label(look, "经办人", TYPE.table, 600))
        room.addWidget(label(look, "记在操作记录里，谁做的就写谁。", TYPE.caption, tone="muted"))
        for name in known:
            if name != now:
                room.addWidget(
                    Button(look, name, partial(self._take, name), kind="quiet", icon="user-circle")
                )
        self._field = QLineEdit(now)
        self._field.setAccessibleName("经办人姓名")
        self._field.returnPressed.connect(lambda: self._take(self._field.text()))
        self._field.selectAll()
        line = row(None, look)
        line.addWidget(self._field, 1)
        line.addWidget(Button(look, "换成这个人", lambda: self._take(self._field.text())))
        room.addLayout(line)

    def open_above(self, at: QPoint) -> None:
        """Show it with its foot at a point."""
        self.adjustSize()
        self.move(at - QPoint(0, self.height()))
        self.show()
        self._field.setFocus()

    def _take(self, name: str) -> None:
        if name.strip():
            self.named.emit(name.strip())
            self.close()


def ask(
    look: Look, navigation: Navigation, unit: Unit, history: History, told: Callable[[Changes], object]
) -> ClerkPopup:
    """Ask above the foot of the navigation who works here now."""
    known = dict.fromkeys(entry.clerk for entry in history.entries(_LOOKED_AT))
    popup = ClerkPopup(look, unit.clerk(), list(known)[:_KNOWN])
    popup.named.connect(lambda name: told(unit.set_clerk(name)))
    popup.open_above(navigation.clerk.mapToGlobal(navigation.clerk.rect().topLeft()))
    return popup
