"""Editing one cell: an editor that takes the first letter of an input method and stays until its text can be read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from wuling_desktop.ui.record.editors import editor_for, reading_of
from wuling_desktop.ui.widgets.basics import restyle, tip
from wuling_desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.ui.record.editors import Choices, Editor
    from wuling_desktop.ui.theme import Look

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FINISHING = (*ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class CellDelegate(QStyledItemDelegate):
    """Makes the editor of a datum's kind and watches how it is left."""

    def __init__(self, look: Look, choices: Choices, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look = look
        self._choices = choices
        self._view = view
        self.editor: Editor | None = None  # the one that is open
        self.today = dt.date.today()

    def datum(self, index: QModelIndex) -> Datum | None:
        """Return what a cell shows."""
        return index.model().datum_at(index.column())  # type: ignore[attr-defined, no-any-return]  # our own models only

    def helpEvent(  # type: ignore[override]  # plain indexes only
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """Tell the whole of a shortened text."""
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        room = view.visualRect(index).width() - self._look.px(16)
        if event.type() == QEvent.Type.ToolTip and view.fontMetrics().horizontalAdvance(text) > room:
            QToolTip.showText(event.globalPos(), tip(text), view)
            return True
        return super().helpEvent(event, view, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> Editor:  # type: ignore[override]  # noqa: ARG002 - Qt's signature
        """Return the editor of the cell's datum."""
        datum = self.datum(index)
        assert datum is not None  # noqa: S101 - only cells with a datum can be edited
        editor = editor_for(self._look, datum, self._choices)
        editor.setParent(parent)
        editor.setProperty("datum", datum)
        self.editor = editor
        return editor

    def destroyEditor(self, editor: QWidget, index: QModelIndex) -> None:  # type: ignore[override]  # plain indexes only
        """Let the editor go."""
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: Any, index: QModelIndex) -> None:  # type: ignore[override]  # plain indexes only
        """Show the value whole: private ones are typed unmasked; what is being typed is left alone."""
        if editor.property("before") is not None:
            return
        value = index.data(Qt.ItemDataRole.EditRole)
        editor.put(value)
        editor.setProperty("before", editor.typed())
        line = editor.lineEdit() if isinstance(editor, Combo) else editor
        if line is not None and hasattr(line, "selectAll"):
            line.selectAll()

    def setModelData(self, editor: Any, model: QAbstractItemModel, index: QModelIndex) -> None:  # type: ignore[override]  # the same
        """Send what was typed, where it differs and can be read."""
        typed = editor.typed()
        if typed != editor.property("before") and not self._refusal(editor):
            model.setData(index, typed, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: Any, index: QModelIndex) -> None:  # type: ignore[override]  # noqa: ARG002 - Qt's signature
        """Give the editor at least the room it needs, inside the view."""
        rect = QRect(option.rect)
        width = max(rect.width(), min(editor.sizeHint().width(), self._look.px(220)))
        height = max(
            rect.height(), editor.minimumSizeHint().height() if editor.minimumHeight() > rect.height() else 0
        )
        room = self._view.viewport().width()
        rect.setSize(QSize(min(width, room), height))
        rect.moveLeft(max(0, min(rect.left(), room - rect.width())))
        editor.setGeometry(rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Finish an editor by Enter or Tab, but not while a word is composed, nor where the text cannot be read."""
        if not isinstance(watched, QWidget) or watched.property("datum") is None:
            return super().eventFilter(watched, event)
        if isinstance(event, QInputMethodEvent):
            watched.setProperty("composing", bool(event.preeditString()))
            return False
        if watched.property("composing") and event.type() in (
            QEvent.Type.KeyPress,
            QEvent.Type.ShortcutOverride,
        ):
            # The keys belong to the input method: no shortcut fires, and Enter takes the word, not the cell.
            event.accept()
            return event.type() == QEvent.Type.ShortcutOverride or event.key() in _FINISHING  # type: ignore[attr-defined]  # both are key events
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _FINISHING
        ):
            return self._finish(watched, event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _finish(self, editor: QWidget, event: QKeyEvent) -> bool:  # noqa: ARG002 - a sheet goes by the key
        """Take a key that ends the typing; False where Qt's own way is the right one."""
        return self.refused(editor)

    def refused(self, editor: QWidget) -> bool:
        """Whether the text cannot be read; the editor then says why and stays open."""
        refusal = self._refusal(editor)
        restyle(editor, "state", "over" if refusal else "")
        if refusal:
            QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), tip(refusal), editor)
        return bool(refusal)

    def _refusal(self, editor: Any) -> str:
        reading = reading_of(editor.property("datum"), editor.typed(), self.today)
        return "" if reading.taken else reading.note
