"""A choice list: our own arrow, type to find, and a wheel that never changes a value by passing over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter

from wuling_desktop.ui import icons
from wuling_desktop.ui.tokens import SIZES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from wuling_desktop.ui.theme import Look


class Combo(QComboBox):
    """A combo box; with `find` the text may be typed and narrows the list by what it contains."""

    def __init__(self, look: Look, name: str, texts: Iterable[str] = (), *, find: bool = False) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.addItems(list(texts))
        if find:
            self.setEditable(True)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            if (line := self.lineEdit()) is not None:
                line.setAccessibleName(name)
            if (completer := self.completer()) is not None:
                completer.setFilterMode(Qt.MatchFlag.MatchContains)
                completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
                completer.popup().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter in the narrowed list take its first entry, or the one that is typed out; Tab leaves the field."""
        completer = self.completer()
        if completer is None or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            # The list would give the key to the field past whoever watches it, as a table does.
            completer.popup().hide()
            QApplication.sendEvent(self, event.clone())
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            found, popup = completer.completionModel(), completer.popup()
            if not popup.currentIndex().isValid() and found.rowCount():
                texts = [found.index(row, 0).data() for row in range(found.rowCount())]
                typed = self.currentText()
                popup.setCurrentIndex(found.index(texts.index(typed) if typed in texts else 0, 0))
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow that the style sheet cannot tint."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._look.px(SIZES.small_icon) * 0.85
        colours = self._look.colours
        box = QRectF(self.width() - side - self._look.px(6), (self.height() - side) / 2, side, side)
        icons.paint(painter, "caret-down", box, colours.text2 if self.isEnabled() else colours.text3)
        painter.end()
