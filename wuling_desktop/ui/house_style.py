"""The few things Fusion draws itself, as the house has them: ticks and the focus ring.

A style written in Python makes PySide learn every kind of style option and every figure of QStyle. So it is put on when
the first frame has been shown, which holds nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QFocusFrame, QProxyStyle, QStyle, QStyleOption, QWidget

from wuling_desktop.ui.tokens import SIZES

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QApplication

    from wuling_desktop.ui.theme import Look

_RING, _RING_GAP = 2, 2
_BY_KEY = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})
_RING_MARGINS = {
    QStyle.PixelMetric.PM_FocusFrameHMargin: Qt.Orientation.Horizontal,
    QStyle.PixelMetric.PM_FocusFrameVMargin: Qt.Orientation.Vertical,
}

_SMALL = (
    QStyle.PixelMetric.PM_IndicatorWidth,
    QStyle.PixelMetric.PM_IndicatorHeight,
    QStyle.PixelMetric.PM_SmallIconSize,
)


class HouseStyle(QProxyStyle):
    """Fusion with our own ticks.

    Its measures and habits are asked thousands of times for a page and stand in the style sheet: Python answers slowly.
    """

    def __init__(self, look: Look) -> None:
        super().__init__("Fusion")
        self._look = look

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: Any,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw ticks from the tokens; the focus is shown by the ring, not by a dotted line."""
        primitive = QStyle.PrimitiveElement
        if element == primitive.PE_FrameFocusRect:
            return
        if element in (primitive.PE_IndicatorCheckBox, primitive.PE_IndicatorItemViewItemCheck):
            draw_tick(painter, QRectF(option.rect), option.state, self._look)
        elif element == primitive.PE_IndicatorRadioButton:
            _draw_radio(painter, QRectF(option.rect), option.state, self._look)
        else:
            super().drawPrimitive(element, option, painter, widget)


class _MeasuringStyle(HouseStyle):
    """Has the small measures itself, for what asks them past the style sheet: a list with ticks, a field with a sign."""

    def __init__(self, look: Look, widget: QWidget) -> None:
        super().__init__(look)
        self.setParent(widget)
        self._side = look.px(SIZES.small_icon)

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Return the side of a tick or a sign."""
        return self._side if metric in _SMALL else super().pixelMetric(metric, option, widget)


def measure_small(look: Look, widget: QWidget) -> None:
    """Have ticks and signs in a widget grow with the letters."""
    widget.setStyle(_MeasuringStyle(look, widget))


class _RingStyle(QProxyStyle):
    """How the focus ring is drawn, and how far off it stands."""

    def __init__(self, look: Look) -> None:
        super().__init__("Fusion")
        self._look = look

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Stand off as far as there is room."""
        if metric in _RING_MARGINS and isinstance(widget, QFocusFrame):
            return _ring_margin(widget, _RING_MARGINS[metric])
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: Any = None,
    ) -> int:
        """Lie above what is ringed."""
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returnData)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: Any,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the focus ring."""
        if element != QStyle.ControlElement.CE_FocusFrame:
            super().drawControl(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._look.colours.blue), _RING))
        half = _RING / 2
        frame = QRectF(option.rect).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(frame, self._look.px(8), self._look.px(8))
        painter.restore()


def _ring_margin(ring: QFocusFrame, way: Qt.Orientation) -> int:
    """Return how far the ring stands off: less, down to lying on the widget, where it would be cut at an edge."""
    widget, ground = ring.widget(), ring.parentWidget()
    if widget is None or ground is None or not ground.isAncestorOf(widget):
        return _RING + _RING_GAP
    place, room = QRect(widget.mapTo(ground, QPoint(0, 0)), widget.size()), ground.rect()
    if way == Qt.Orientation.Horizontal:
        free = min(place.left(), room.right() - place.right())
    else:
        free = min(place.top(), room.bottom() - place.bottom())
    return min(max(free, 0), _RING + _RING_GAP)


def draw_tick(painter: QPainter, rect: QRectF, state: QStyle.StateFlag, look: Look) -> None:
    """Draw a check box: empty, ticked or partly ticked."""
    colours = look.colours
    on = bool(state & (QStyle.StateFlag.State_On | QStyle.StateFlag.State_NoChange))
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    enabled = bool(state & QStyle.StateFlag.State_Enabled)
    edge = colours.field_line if enabled else colours.line
    fill = (colours.red_fill if enabled else colours.text3) if on else colours.surface
    painter.setPen(QPen(QColor(fill if on else edge), 1))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(box, 4, 4)
    if on:
        side, left, top = box.width(), box.left(), box.top()
        painter.setPen(QPen(QColor(colours.on_red), max(1.6, side / 9)))
        points = ((0.24, 0.52), (0.43, 0.70), (0.77, 0.32))
        if state & QStyle.StateFlag.State_NoChange:
            points = ((0.26, 0.5), (0.5, 0.5), (0.74, 0.5))
        painter.drawPolyline([QPointF(left + side * x, top + side * y) for x, y in points])
    painter.restore()


def _draw_radio(painter: QPainter, rect: QRectF, state: QStyle.StateFlag, look: Look) -> None:
    colours = look.colours
    on = bool(state & QStyle.StateFlag.State_On)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.red_fill if on else colours.field_line), 1))
    painter.setBrush(QColor(colours.surface))
    painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.red_fill))
        painter.drawEllipse(rect.center() + QPointF(0, 0), rect.width() * 0.27, rect.width() * 0.27)
    painter.restore()


class FocusRing(QObject):
    """Shows a ring round whatever the keyboard has brought the focus to; the mouse needs none."""

    def __init__(self, application: QApplication, parent: QObject, look: Look) -> None:
        super().__init__(parent)
        self._look, self._style = look, _RingStyle(look)
        self._frame = self._made()
        self._keyed = False  # whether the latest input of the watched window was a key
        self._application = application
        application.focusChanged.connect(self._follow)

    def end(self) -> None:
        """Follow no more: while the program ends, focus moves to widgets that are going."""
        self._application.focusChanged.disconnect(self._follow)
        if shiboken6.isValid(self._frame):
            self._frame.setWidget(None)  # type: ignore[arg-type]  # takes the ring away

    def watch(self, window: QWindow) -> None:
        """Learn of keys that change the page, too: Qt itself knows of Tab and of nothing else."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember what the hand was last on."""
        if event.type() in _BY_KEY:
            self._keyed = True
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._keyed = False
        return super().eventFilter(watched, event)

    def dress(self, look: Look) -> None:
        """Take on another look."""
        self._look, self._style = look, _RingStyle(look)
        if shiboken6.isValid(self._frame):
            self._frame.setStyle(self._style)

    def _made(self) -> QFocusFrame:
        if not shiboken6.isValid(self._style):  # while the program ends it may go before the last focus moves
            self._style = _RingStyle(self._look)
        made = QFocusFrame()
        made.setStyle(self._style)
        return made

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        by_keyboard = new is not None and (
            self._keyed or new.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        )
        if not shiboken6.isValid(self._frame):  # it lies beside the widget it rings, and went with that page
            self._frame = self._made()
        self._frame.setWidget(new if by_keyboard else None)  # type: ignore[arg-type]  # None takes the ring away
