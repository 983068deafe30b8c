"""A cell of a table: its text or tag, chosen rows, the current cell, what was not taken, and how a sheet is typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from wuling_desktop.ui.record.cells import ENTER, CellDelegate
from wuling_desktop.ui.record.standing_tag import tone_of
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import tip

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.record.table import Table
    from wuling_desktop.ui.theme import Look

_TAGGED = "person.standing"
_NUMBERS = frozenset({"whole", "money"})
_INVITATION = "在这里接着填"
# Where an editor that is finished leads in a sheet: columns and rows to go.
_STEPS = {Qt.Key.Key_Tab: (1, 0), Qt.Key.Key_Backtab: (-1, 0)}


class TableDelegate(CellDelegate):
    """Paints cells from the tokens; in a sheet Enter goes down, Tab to the right, Ctrl+Enter fills what is chosen."""

    def __init__(self, look: Look, choices: Choices, view: QAbstractItemView, table: Table) -> None:
        super().__init__(look, choices, view)
        self._table = table  # the view itself, or the one whose first columns the view shows
        self._name_font = look.font(TYPE.table, 600)
        self._colours = {name: QColor(value) for name, value in look.colours._asdict().items()}

    def paint(self, painter: QPainter, option: Any, index: QModelIndex) -> None:  # type: ignore[override]  # the stub hides the option's parts
        """Paint a cell."""
        look, colours, rect = self._look, self._colours, option.rect
        table = self._table
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) or table.ticked(index)
        painter.save()
        if chosen:
            painter.fillRect(rect, colours["blue_bg" if table.sheet else "red_bg"])
            if index.column() == 0 and not table.sheet:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colours["red"])
        painter.setPen(colours["line2"])
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if table.sheet:
            painter.drawLine(rect.topRight(), rect.bottomRight())
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        datum = self.datum(index)
        inner = rect.adjusted(look.px(8), 0, -look.px(8), 0)
        if not text and table.invites(index):
            self._paint_hint(painter, option, inner)
        elif datum is not None and datum.name == _TAGGED and text:
            self._paint_tag(painter, inner, text, tone_of(text))
        else:
            self._paint_text(painter, option, inner, text, datum)
        if table.rows.marks and table.rows.mark_at(index):
            self._paint_mark(painter, rect)
        if table.currentIndex() == index and table.hasFocus():
            painter.setPen(QPen(colours["blue"], 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_mark(self, painter: QPainter, rect: QRect) -> None:
        """A cell that did not take what was meant for it: a frame and a corner, told in its tip."""
        side = self._look.px(8)
        painter.setPen(QPen(self._colours["over"], 1))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.setBrush(self._colours["over"])
        corner = rect.topRight()
        painter.drawPolygon(QPolygon([corner, corner - QPoint(side, 0), corner + QPoint(0, side)]))

    def _paint_text(
        self, painter: QPainter, option: Any, rect: QRect, text: str, datum: Datum | None
    ) -> None:
        named = datum is not None and datum.kind.name == "name"
        painter.setFont(self._name_font if named else option.font)
        painter.setPen(self._colours["text"])
        side = Qt.AlignmentFlag.AlignLeft
        if datum is not None and datum.kind.name in _NUMBERS:
            side = Qt.AlignmentFlag.AlignRight
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def _paint_hint(self, painter: QPainter, option: Any, rect: QRect) -> None:
        """The empty last row says what it is for."""
        painter.setFont(option.font)
        painter.setPen(self._colours["text3"])
        shown = painter.fontMetrics().elidedText(_INVITATION, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

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
        """Tell why a cell did not take what was meant for it."""
        if (
            event.type() == QEvent.Type.ToolTip
            and index.isValid()
            and (mark := self._table.rows.mark_at(index))
        ):
            QToolTip.showText(event.globalPos(), tip(f"没写进去：{mark}"), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _finish(self, editor: QWidget, event: QKeyEvent) -> bool:
        """Take a key that ends the typing; False where Qt's own way is the right one."""
        entered, keys = event.key() in ENTER, event.modifiers()
        if isinstance(editor, QPlainTextEdit) and entered:
            if keys & Qt.KeyboardModifier.AltModifier:
                editor.insertPlainText("\n")
                return True
            if not self._table.sheet:
                return False
        if self.refused(editor) or not self._table.sheet:
            return self.refused(editor)
        if entered and keys & Qt.KeyboardModifier.ControlModifier:
            typed = editor.typed()  # type: ignore[attr-defined]  # every editor of ours tells it
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self._table.work.fill(typed)
            return True
        up = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        across, down = _STEPS.get(Qt.Key(event.key()), (0, -1 if up else 1))
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self._table.step(across, down)
        return True
