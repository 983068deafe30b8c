"""Dressing the application: tokens into palette, fonts and one style sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from wuling_desktop import paths
from wuling_desktop.ui import icons
from wuling_desktop.ui.tokens import FAMILIES, TYPE, Tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QPixmap

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

    def sign(self, name: str, role: str, side: int) -> QPixmap:
        """Return an icon as a picture, to stand beside words."""
        return icons.picture(name, getattr(self.colours, role), side)


def look_for(preferences: Preferences) -> Look:
    """Return the look the user chose for this computer."""
    theme = preferences.theme
    if theme == "system":
        scheme = QApplication.styleHints().colorScheme()
        theme = "dark" if scheme == Qt.ColorScheme.Dark else "light"
    return Look(Tokens(theme, preferences.scale), _family())


def apply(application: QApplication, look: Look) -> None:
    """Dress the whole application; the cost grows with the widgets alive."""
    apply_style(application, look)
    application.setStyleSheet(style_sheet(look.tokens))


def apply_plainly(application: QApplication, look: Look) -> None:
    """Dress the application but for what the house's style draws itself."""
    _colour_and_letter(application, look)
    application.setStyleSheet(style_sheet(look.tokens))


def apply_style(application: QApplication, look: Look) -> None:
    """Put on the house's style; with another style Qt forgets the letters of each kind of widget."""
    from wuling_desktop.ui.house_style import HouseStyle  # noqa: PLC0415 - the first frame does without, see there

    application.setStyle(HouseStyle(look))
    _colour_and_letter(application, look)


def _colour_and_letter(application: QApplication, look: Look) -> None:
    application.setPalette(_palette(look.colours))
    application.setFont(look.font())
    for name in _SMALLER:
        _set_font(application, look.font(TYPE.table), name)
    _set_font(application, look.font(TYPE.caption), "QToolTip")
    _set_font(application, look.font(TYPE.table, 500), "QHeaderView")


def _set_font(application: QApplication, font: QFont, widgets: str) -> None:
    application.setFont(font, widgets)  # type: ignore[arg-type]  # PySide's stub says bytes, PySide itself takes text only


def style_sheet(tokens: Tokens) -> str:
    """Return the style sheet of a theme at a scale."""
    text = (paths.resources() / "style.qss.in").read_text("utf-8")
    sized = re.sub(r"\b(\d+)u\b", lambda found: f"{tokens.px(int(found[1])) if int(found[1]) else 0}px", text)
    return Template(sized).substitute(tokens.colours._asdict())


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
