"""The heads of a table's columns: label, order and funnel; pale yellow while the table is typed into as a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from wuling_desktop.ui import icons
from wuling_desktop.ui.tokens import SIZES
from wuling_desktop.ui.widgets.basics import restyle, tip

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter

    from wuling_desktop.ui.record.rows import RowsModel
    from wuling_desktop.ui.theme import Look

FUNNEL = 22  # the room a funnel takes at the right end of a head
_SIGN = 14


class Heads(QHeaderView):
    """A click on the label sorts, one on the funnel asks what the column shall show."""

    funnel_asked = Signal(int)
    sort_asked = Signal(int)

    def __init__(self, look: Look, rows: RowsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look, self._rows = look, rows
        self._pressed_at_funnel = -1
        self.setProperty("funnels", "true")
        self.setFixedHeight(look.px(SIZES.header))
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setResizeContentsPrecision(0)  # a double click on an edge looks at the rows in view only
        self.sectionClicked.connect(self.sort_asked)

    def show_sheet(self, *, on: bool) -> None:
        """Turn pale yellow, or white again."""
        restyle(self, "sheet", "true" if on else "")

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint the label, then order and funnel at the right."""
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if logicalIndex >= len(self._rows.rows.datums):
            return
        look, colours = self._look, self._look.colours
        side = look.px(_SIGN)
        funnel = QRectF(self._funnel(rect))
        middle = QRectF(funnel.center().x() - side / 2, funnel.center().y() - side / 2, side, side)
        active = self._rows.rows.datums[logicalIndex].name in self._rows.conditions
        icons.paint(painter, "funnel-simple", middle, colours.blue if active else colours.text3)
        if self._rows.order is not None and self._rows.order[0] == logicalIndex:
            up = self._rows.order[1] == Qt.SortOrder.AscendingOrder
            self._paint_order(painter, funnel, up=up)

    def event(self, event: QEvent) -> bool:
        """Tell what the funnel does, and a label that has no room."""
        if event.type() == QEvent.Type.ToolTip:
            asked: QHelpEvent = event  # type: ignore[assignment]  # a tool tip event is one
            section = self.logicalIndexAt(asked.pos())
            if 0 <= section < len(self._rows.rows.datums):
                label = self._rows.rows.datums[section].label
                told = (
                    f"筛选 {label}　Ctrl+Shift+L"
                    if self._at_funnel(asked.pos()) == section
                    else f"{label}：点一下排序"
                )
                QToolTip.showText(asked.globalPos(), tip(told), self)
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a press on a funnel for the funnel."""
        self._pressed_at_funnel = self._at_funnel(event.position().toPoint())
        if self._pressed_at_funnel < 0 or event.button() != Qt.MouseButton.LeftButton:
            self._pressed_at_funnel = -1
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for what the pressed funnel stands for."""
        pressed, self._pressed_at_funnel = self._pressed_at_funnel, -1
        if pressed >= 0:
            if self._at_funnel(event.position().toPoint()) == pressed:
                self.funnel_asked.emit(pressed)
        else:
            super().mouseReleaseEvent(event)

    def _at_funnel(self, at: QPoint) -> int:
        """Return the column whose funnel lies there, -1 where none does; the edge itself is for dragging."""
        section = self.logicalIndexAt(at)
        edge = self._look.px(4)
        inside = (
            self._funnel(self._rect(section)).adjusted(0, 0, -edge, 0).contains(at) if section >= 0 else False
        )
        return section if inside else -1

    def _rect(self, section: int) -> QRect:
        return QRect(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height())

    def _funnel(self, rect: QRect) -> QRect:
        width = self._look.px(FUNNEL)
        return QRect(rect.right() - width, rect.top(), width, rect.height())

    def _paint_order(self, painter: QPainter, funnel: QRectF, *, up: bool) -> None:
        side = self._look.px(10)
        box = QRectF(funnel.left() - side + self._look.px(2), funnel.center().y() - side / 2, side, side)
        painter.save()
        if up:
            painter.translate(box.center())
            painter.rotate(180)
            painter.translate(-box.center())
        icons.paint(painter, "caret-down", box, self._look.colours.text2)
        painter.restore()
