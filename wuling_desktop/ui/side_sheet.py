"""A sheet over the right side of the window for reading: help, shortcuts; Esc puts it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from wuling_desktop.ui.messages import announce
from wuling_desktop.ui.tokens import SIZES, TYPE
from wuling_desktop.ui.widgets.basics import Button, column, label, row, rule

if TYPE_CHECKING:
    from wuling_desktop.ui.theme import Look


class SideSheet(QFrame):
    """Shows one content at a time; asking for the same again puts it away."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("kind", "panel")
        self._look, self._window = look, window
        self._shown = ""
        self._before: QWidget | None = None
        self._title = label(look, "", TYPE.person, 600)
        self.close_button = Button(look, "收起", self.put_away, kind="icon", icon="x", hint="收起　Esc")
        head = row(None, look)
        head.setContentsMargins(look.px(16), look.px(10), look.px(10), look.px(10))
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        outer = column(self, look)
        outer.addLayout(head)
        outer.addWidget(rule())
        outer.addWidget(self._scroll, 1)
        window.installEventFilter(self)
        self.hide()

    def toggle(self, title: str, content: QWidget) -> None:
        """Show a content under its title, or put the sheet away where it shows that already."""
        if self.isVisible() and self._shown == title:
            content.deleteLater()
            self.put_away()
            return
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._shown = title
        self._title.setText(title)
        self.setAccessibleName(title)
        content.setProperty("ground", "surface")
        self._scroll.setWidget(content)
        self._scroll.setAccessibleName(title)
        self._place()
        self.show()
        self.raise_()
        self._scroll.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(self, title)

    def put_away(self) -> None:
        """Hide it and give the keyboard back."""
        self.hide()
        before = self._before
        if before is not None and shiboken6.isValid(before) and before.isVisible():  # its page may be gone
            before.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the page beneath while the keyboard is here."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the sheet away with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the right side of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        look, room = self._look, self._window.size()
        top = look.px(SIZES.top)
        width = min(look.px(SIZES.panel), room.width())
        self.setGeometry(room.width() - width, top, width, room.height() - top)
