"""A word put together by an input method over a table: it grows in the cell's editor, none of its letters is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QTableView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QMouseEvent

    from wuling_desktop.ui.record.editors import Editor
    from wuling_desktop.ui.record.frozen import FrozenColumns
    from wuling_desktop.ui.record.table_cells import TableDelegate


class ComposedInto(QTableView):
    """Keeps the focus until the first word is there: a focus that moves ends the word for the input method."""

    cells: TableDelegate
    frozen: FrozenColumns
    sheet = False
    composing = ""  # the word an input method is putting together

    def open_editor(self, index: QModelIndex) -> Editor | None:
        """Open a cell's editor and return it; None where the cell cannot be typed into."""
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return None
        self.edit(index)
        return self.frozen.cells.editor if self.frozen.covers(index) else self.cells.editor

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Pass what is composed on to the cell's editor, which Qt opens without giving it the focus."""
        if not self.sheet:
            event.ignore()
            return
        editor, word = self.cells.editor or self.frozen.cells.editor, event.commitString()
        self.composing = event.preeditString()
        if editor is None and word and not self.composing:
            self._take_at_once(event)
            return
        if editor is not None and not word and not self.composing:
            editor.setProperty("before", None)  # the word was given up: the cell's value is shown again
        if self.frozen.covers(self.currentIndex()):
            self.frozen.inputMethodEvent(event)
        else:
            super().inputMethodEvent(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Tell where the word is being composed, so that its candidates are shown beside it."""
        if not self.composing or not self.frozen.covers(self.currentIndex()):
            return super().inputMethodQuery(query)
        told = self.frozen.inputMethodQuery(query)
        return told.translated(self.frozen.pos()) if isinstance(told, QRect) else told

    def event(self, event: QEvent) -> bool:
        """Let no shortcut fire while a word is composed: the keys belong to the input method."""
        if self.composing and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return bool(super().event(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the word being composed into its cell before another one is chosen."""
        if self.composing:
            # Put in here: Qt's own way to ask ibus for the word brings nothing.
            taken = QInputMethodEvent()
            taken.setCommitString(self.composing)
            QApplication.sendEvent(self, taken)
            QGuiApplication.inputMethod().reset()
        super().mousePressEvent(event)

    def _take_at_once(self, event: QInputMethodEvent) -> None:
        """Take a word that comes without having been composed: Qt would open the editor and drop it."""
        editor = self.open_editor(self.currentIndex())
        if editor is not None:
            QApplication.sendEvent(editor, event)
