"""A line of a list to choose from: the name, and beside it what tells it from its namesakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wuling_desktop.ui.tokens import TYPE

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from wuling_desktop.ui.theme import Look

DETAIL = Qt.ItemDataRole.UserRole
_LINE = 28  # height of the design
_LETTERS = 24  # so wide that a name and a post stand beside each other


class ChoiceDelegate(QStyledItemDelegate):
    """Paints a choice from the tokens."""

    def __init__(self, look: Look, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look = look
        view.setMinimumWidth(QFontMetrics(look.font(TYPE.caption)).horizontalAdvance("国") * _LETTERS)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]  # noqa: ARG002 - Qt's signature
        """Return the height of a line."""
        return QSize(0, self._look.px(_LINE))

    def paint(self, painter: QPainter, option: Any, index: QModelIndex) -> None:  # type: ignore[override]  # the stub hides the option's parts
        """Paint a line."""
        look, colours = self._look, self._look.colours
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(option.rect, QColor(colours.red_bg))
        inner = option.rect.adjusted(look.px(8), 0, -look.px(8), 0)
        for text, size, colour in (
            (str(index.data() or ""), TYPE.table, colours.text),
            (str(index.data(DETAIL) or ""), TYPE.caption, colours.text2),
        ):
            font = look.font(size)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            inner.setLeft(inner.left() + QFontMetrics(font).horizontalAdvance(shown) + look.px(12))
        painter.restore()
