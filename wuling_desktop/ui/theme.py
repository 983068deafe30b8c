"""Dressing the application: tokens into palette, fonts, one style sheet and the few things Fusion draws itself."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from string import Template
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QFocusFrame, QProxyStyle, QStyle, QStyleOption, QWidget

from wuling_desktop import paths
from wuling_desktop.ui import icons
from wuling_desktop.ui.tokens import FAMILIES, SIZES, TYPE, Tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from wuling_desktop.settings import Preferences
    from wuling_desktop.ui.tokens import Colours

_SMALLER = (
    "QAbstractButton",
    "QLineEdit",
    "QComboBox",
    "QAbstractSpinBox",
    "QAbstractItemView",
    "QMenu",
)
_RING, _RING_GAP = 2, 2
_RING_MARGINS = {
    QStyle.PixelMetric.PM_FocusFrameHMargin: Qt.Orientation.Horizontal,
    QStyle.PixelMetric.PM_FocusFrameVMargin: Qt.Orientation.Vertical,
}
_ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "bg",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "over",
    QPalette.ColorRole.Highlight: "blue",
    QPalette.ColorRole.HighlightedText: "surface",
    QPalette.ColorRole.Link: "blue",
    QPalette.ColorRole.LinkVisited: "blue",
    QPalette.ColorRole.ToolTipBase: "toast",
    QPalette.ColorRole.ToolTipText: "on_toast",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Midlight: "line2",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Dark: "field_line",
    QPalette.ColorRole.Shadow: "field_line",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a widget needs to know of the theme: given to whatever paints or lays out."""

    tokens: Tokens
    family: str

    @property
    def colours(self) -> Colours:
        """The colours of the theme."""
        return self.tokens.colours

    def px(self, size: float) -> int:
        """Return a length of the design at this scale."""
        return self.tokens.px(size)

    def font(self, size: int = TYPE.body, weight: int = 400) -> QFont:
        """Return the family in a size of the design."""
        font = QFont(self.family)
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        return font

    def icon(self, name: str, role: str = "text2", *, active: str = "") -> QIcon:
        """Return an icon in a colour of the tokens."""
        colours = self.colours
        return icons.icon(
            name,
            getattr(colours, role),
            active=getattr(colours, active) if active else "",
            disabled=colours.text3,
        )


def look_for(preferences: Preferences) -> Look:
    """Return the look the user chose for this computer."""
    theme = preferences.theme
    if theme == "system":
        scheme = QApplication.styleHints().colorScheme()
        theme = "dark" if scheme == Qt.ColorScheme.Dark else "light"
    return Look(Tokens(theme, preferences.scale), _family())


def apply(application: QApplication, look: Look) -> None:
    """Dress the whole application; the cost grows with the widgets alive."""
    application.setStyle(HouseStyle(look))
    application.setPalette(_palette(look.colours))
    application.setFont(look.font())
    for name in _SMALLER:
        _set_font(application, look.font(TYPE.table), name)
    _set_font(application, look.font(TYPE.caption), "QToolTip")
    _set_font(application, look.font(TYPE.table, 500), "QHeaderView")
    application.setStyleSheet(style_sheet(look.tokens))


def _set_font(application: QApplication, font: QFont, widgets: str) -> None:
    application.setFont(font, widgets)  # type: ignore[arg-type]  # PySide's stub says bytes, PySide itself takes text only


def style_sheet(tokens: Tokens) -> str:
    """Return the style sheet of a theme at a scale."""
    text = (paths.resources() / "style.qss.in").read_text("utf-8")
    sized = re.sub(r"\b(\d+)u\b", lambda found: f"{tokens.px(int(found[1])) if int(found[1]) else 0}px", text)
    return Template(sized).substitute(asdict(tokens.colours))


def _family() -> str:
    installed = set(QFontDatabase.families())
    return next((name for name in FAMILIES if name in installed), QApplication.font().family())


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, QColor(getattr(colours, name)))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.text3))
    return palette


class HouseStyle(QProxyStyle):
    """Fusion with our own ticks, measures and habits."""

    def __init__(self, look: Look) -> None:
        super().__init__("Fusion")
        self._look = look
        metric, hint = QStyle.PixelMetric, QStyle.StyleHint
        self._metrics = {
            metric.PM_IndicatorWidth: look.px(SIZES.small_icon),
            metric.PM_IndicatorHeight: look.px(SIZES.small_icon),
            metric.PM_ExclusiveIndicatorWidth: look.px(SIZES.small_icon),
            metric.PM_ExclusiveIndicatorHeight: look.px(SIZES.small_icon),
            metric.PM_CheckBoxLabelSpacing: look.px(8),
            metric.PM_RadioButtonLabelSpacing: look.px(8),
            metric.PM_SmallIconSize: look.px(SIZES.small_icon),
            metric.PM_ButtonIconSize: look.px(SIZES.small_icon),
            metric.PM_ToolTipLabelFrameWidth: look.px(4),
        }
        self._hints = {
            hint.SH_DialogButtonBox_ButtonsHaveIcons: 0,
            hint.SH_ComboBox_Popup: 0,
            hint.SH_UnderlineShortcut: 0,
            hint.SH_FocusFrame_AboveWidget: 1,
            hint.SH_EtchDisabledText: 0,
        }

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Return our own measure where there is one."""
        if metric in _RING_MARGINS and isinstance(widget, QFocusFrame):
            return _ring_margin(widget, _RING_MARGINS[metric])
        own = self._metrics.get(metric)
        return super().pixelMetric(metric, option, widget) if own is None else own

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: Any = None,
    ) -> int:
        """Return our own habit where there is one."""
        own = self._hints.get(hint)
        return super().styleHint(hint, option, widget, returnData) if own is None else own

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

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._frame = QFocusFrame()
        application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        by_keyboard = new is not None and new.window().testAttribute(
            Qt.WidgetAttribute.WA_KeyboardFocusChange
        )
        if not shiboken6.isValid(self._frame):  # it lies beside the widget it rings, and went with that page
            self._frame = QFocusFrame()
        self._frame.setWidget(new if by_keyboard else None)  # type: ignore[arg-type]  # None takes the ring away
