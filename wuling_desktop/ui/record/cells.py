"""Painting and editing one cell: chosen rows, the current cell, tags, and an editor that stays until it can be read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from wuling_desktop.ui.record.editors import editor_for, reading_of
from wuling_desktop.ui.widgets.basics import restyle, tip

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.ui.record.editors import Choices, Editor
    from wuling_desktop.ui.theme import Look

TAGS = {"person.standing": {"正式党员": "neutral", "预备党员": "info", "": ""}}
_NUMBERS = frozenset({"whole", "money"})
_DEFAULT_TAG = "due"


class CellDelegate(QStyledItemDelegate):
    """Paints cells from the tokens and makes the editor of a datum's kind."""

    def __init__(self, look: Look, choices: Choices, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look = look
        self._choices = choices
        self._view = view
        self.today = dt.date.today()

    def paint(self, painter: QPainter, option: Any, index: QModelIndex) -> None:  # type: ignore[override]  # the stub hides the option's parts
        """Paint a cell."""
        look, colours, rect = self._look, self._look.colours, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, QColor(colours.red_bg))
            if index.column() == 0:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(colours.red))
        painter.setPen(QColor(colours.line2))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        datum = self.datum(index)
        inner = rect.adjusted(look.px(8), 0, -look.px(8), 0)
        if datum is not None and datum.name in TAGS and text:
            self._paint_tag(painter, inner, text, TAGS[datum.name].get(text, _DEFAULT_TAG))
        else:
            self._paint_text(painter, option, inner, text, datum)
        if self._view.currentIndex() == index and self._view.hasFocus():
            painter.setPen(QPen(QColor(colours.blue), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def datum(self, index: QModelIndex) -> Datum | None:
        """Return what a cell shows."""
        return index.model().datum_at(index.column())  # type: ignore[attr-defined, no-any-return]  # our own models only

    def _paint_text(
        self, painter: QPainter, option: Any, rect: QRect, text: str, datum: Datum | None
    ) -> None:
        font = option.font
        if datum is not None and datum.kind.name == "name":
            font = self._look.font(13, 600)
        painter.setFont(font)
        painter.setPen(QColor(self._look.colours.text))
        side = Qt.AlignmentFlag.AlignLeft
        if datum is not None and datum.kind.name in _NUMBERS:
            side = Qt.AlignmentFlag.AlignRight
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def _paint_tag(self, painter: QPainter, rect: QRect, text: str, tone: str) -> None:
        look, colours = self._look, self._look.colours
        grounds = {"neutral": (colours.mute_bg, colours.text2), "info": (colours.blue_bg, colours.blue)}
        ground, letters = grounds.get(tone, (colours.due_bg, colours.due))
        painter.setFont(look.font(12))
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, rect.width() - look.px(12)
        )
        size = QSize(painter.fontMetrics().horizontalAdvance(shown) + look.px(12), look.px(20))
        box = QRectF(rect.left(), rect.center().y() - size.height() / 2, size.width(), size.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        painter.setPen(QColor(letters))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

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
        return editor

    def setEditorData(self, editor: Any, index: QModelIndex) -> None:  # type: ignore[override]  # plain indexes only
        """Show the value whole: private ones are typed unmasked."""
        value = index.data(Qt.ItemDataRole.EditRole)
        editor.put(value)
        editor.setProperty("before", editor.typed())
        if hasattr(editor, "selectAll"):
            editor.selectAll()

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
        """Keep the editor open while Enter or Tab would lose a text that cannot be read."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            finishing = event.key() in (
                Qt.Key.Key_Return,
                Qt.Key.Key_Enter,
                Qt.Key.Key_Tab,
                Qt.Key.Key_Backtab,
            )
            if finishing and isinstance(watched, QWidget) and watched.property("datum") is not None:
                refusal = self._refusal(watched)
                restyle(watched, "state", "over" if refusal else "")
                if refusal:
                    QToolTip.showText(watched.mapToGlobal(QPoint(0, watched.height())), tip(refusal), watched)
                    return True
        return super().eventFilter(watched, event)

    def _refusal(self, editor: Any) -> str:
        reading = reading_of(editor.property("datum"), editor.typed(), self.today)
        return "" if reading.taken else reading.note
