"""The colours of a workbook: by red-green-blue, by number, by theme with its tint."""

from __future__ import annotations

import colorsys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

BLACK = "#000000"
_SYSTEM = {"window": "#FFFFFF", "windowText": BLACK}
# Office's own theme, for a workbook without one; in the order in which cells number the colours.
_OFFICE = (
    "#FFFFFF", BLACK, "#E7E6E6", "#44546A", "#4472C4", "#ED7D31", "#A5A5A5", "#FFC000", "#5B9BD5", "#70AD47",
    "#0563C1", "#954F72",
)  # fmt: skip
_THEME_ORDER = (
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
)  # fmt: skip
_INDEXED_CODES = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF "
    "00FFFF 800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 "
    "0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF "
    "FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 "
    "993300 993366 333399 333333"
)
_INDEXED = tuple(f"#{code}" for code in _INDEXED_CODES.split())


class Palette:
    """Turns a colour element of styles.xml into #RRGGBB."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None) -> None:
        self._theme = _theme_colours(theme)
        own = [] if styles is None else styles.findall("{*}colors/{*}indexedColors/{*}rgbColor")
        listed = [_from_rgb(each.get("rgb", "")) or BLACK for each in own]
        self._indexed = (*listed, *_INDEXED[len(listed) :])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Palette) and self._all == other._all

    def __hash__(self) -> int:
        """Be the same for the same colours: what is remembered of one filling of a form serves the next."""
        return hash(self._all)

    @property
    def _all(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self._theme, self._indexed

    def colour(self, element: etree._Element | None, other: str) -> str:
        """Return the colour an element names, `other` where it names none or leaves it to the program."""
        if element is None:
            return other
        found = ""
        if rgb := element.get("rgb"):
            found = _from_rgb(rgb)
        elif (theme := _number(element.get("theme"))) is not None:
            found = self._theme[theme] if theme < len(self._theme) else ""
        elif (index := _number(element.get("indexed"))) is not None:
            found = self._indexed[index] if index < len(self._indexed) else ""
        if not found:
            return other
        return _tinted(found, element.get("tint"))


def _theme_colours(theme: etree._Element | None) -> tuple[str, ...]:
    scheme = None if theme is None else theme.find(".//{*}clrScheme")
    if scheme is None:
        return _OFFICE
    colours = []
    for name, office in zip(_THEME_ORDER, _OFFICE, strict=True):
        colour = scheme.find(f"{{*}}{name}/*")
        value = "" if colour is None else colour.get("lastClr") or colour.get("val") or ""
        colours.append(_SYSTEM.get(value) or _from_rgb(value) or office)
    return tuple(colours)


def _from_rgb(text: str) -> str:
    """Return #RRGGBB for RRGGBB or AARRGGBB; the alpha is nought in many files and means nothing."""
    code = text[-6:].upper()
    return f"#{code}" if len(code) == 6 and set(code) <= set("0123456789ABCDEF") else ""


def _tinted(colour: str, tint: str | None) -> str:
    try:
        amount = float(tint or 0)
    except ValueError:
        return colour
    if not amount:
        return colour
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + amount) if amount < 0 else light * (1 - amount) + amount
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), saturation)
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None
