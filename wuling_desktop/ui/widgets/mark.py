"""The mark of the program: five rising strokes on a red ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from wuling_desktop.ui.theme import Look

_STROKES, _ICON_SIDES = 5, (16, 32, 48, 128, 256)


def paint_mark(painter: QPainter, rect: QRectF, look: Look) -> None:
    """Paint the mark into a square."""
    side = rect.width()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.colours.red_fill))
    painter.drawRoundedRect(rect, side * 0.22, side * 0.22)
    painter.setBrush(QColor(look.colours.on_red))
    width, step = side * 0.07, side * 0.125
    for number in range(_STROKES):
        height = side * (0.2 + 0.09 * number)
        left = rect.left() + side * 0.215 + step * number
        painter.drawRoundedRect(
            QRectF(left, rect.top() + side * 0.78 - height, width, height), width / 2, width / 2
        )


class Mark(QWidget):
    """The mark as a widget."""

    def __init__(self, look: Look, side: float) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(look.px(side), look.px(side))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the mark."""
        painter = QPainter(self)
        paint_mark(painter, QRectF(self.rect()), self._look)
        painter.end()


def window_icon(look: Look) -> QIcon:
    """Return the icon of the window."""
    icon = QIcon()
    for side in _ICON_SIDES:
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(QColor(Qt.GlobalColor.transparent))
        painter = QPainter(pixmap)
        paint_mark(painter, QRectF(0, 0, side, side), look)
        painter.end()
        icon.addPixmap(pixmap)
    return icon
