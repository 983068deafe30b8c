"""What the styles of an .ods tell of cells and sheets: struck out, hidden, and how numbers and dates are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wuling_desktop.exchange.reading.number_formats import Shown, shown_as

if TYPE_CHECKING:
    from lxml import etree

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT, STYLE, NUMBER = (
    f"{{{_SPACE}{name}:1.0}}" for name in ("table", "office", "text", "style", "datastyle")
)
STYLE_TAGS = ("style", "date-style", "number-style")
_DIGITS = 30  # more in a style of numbers mean nothing
_TURNS = 8  # styles that stand on each other: more is a ring
_PARTS_OF_DATES = {"year": "y", "month": "m", "day": "d", "hours": "h"}


@dataclass
class _Style:
    parent: str = ""
    format: str = ""  # name of the style of its numbers
    struck: bool | None = None
    hidden: bool = False


@dataclass
class OdsStyles:
    """The styles met so far by their names."""

    _styles: dict[tuple[str, str], _Style] = field(default_factory=dict)  # by family and name
    _codes: dict[str, str] = field(default_factory=dict)

    def add(self, element: etree._Element) -> None:
        """Take in a style of cells, texts or sheets, or of numbers."""
        name = element.get(f"{STYLE}name", "")
        if tag_of(element) != "style":
            self._codes[name] = _code(element)
            return
        style = _Style(
            element.get(f"{STYLE}parent-style-name", ""), element.get(f"{STYLE}data-style-name", "")
        )
        for properties in element:
            if tag_of(properties) == "text-properties":
                style.struck = _strikes(properties)
            elif tag_of(properties) == "table-properties":
                style.hidden = properties.get(f"{TABLE}display") == "false"
        self._styles[element.get(f"{STYLE}family", ""), name] = style

    def strikes_cell(self, name: str) -> bool:
        """Whether a style of cells strikes out."""
        return self._strikes("table-cell", name)

    def strikes_text(self, name: str) -> bool:
        """Whether a style of texts strikes out."""
        return self._strikes("text", name)

    def hides_sheet(self, name: str) -> bool:
        """Whether a style of sheets hides."""
        style = self._styles.get(("table", name))
        return style is not None and style.hidden

    def shown(self, name: str) -> Shown | None:
        """Return what a style of cells tells of its numbers."""
        for style in self._line("table-cell", name):
            if style.format:
                return shown_as(self._codes.get(style.format, ""))
        return None

    def _strikes(self, family: str, name: str) -> bool:
        return next((each.struck for each in self._line(family, name) if each.struck is not None), False)

    def _line(self, family: str, name: str) -> list[_Style]:
        """Return a style and those it stands on."""
        line: list[_Style] = []
        while (style := self._styles.get((family, name))) is not None and len(line) < _TURNS:
            line.append(style)
            name = style.parent
        return line


def tag_of(element: etree._Element) -> str:
    """Return the name of an element without its space; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _strikes(properties: etree._Element) -> bool | None:
    told = {properties.get(f"{STYLE}text-line-through-{word}") for word in ("style", "type")} - {None}
    return "none" not in told if told else None


def _code(element: etree._Element) -> str:
    """Return the code that an .xlsx would have for a style of numbers or dates."""
    if tag_of(element) == "date-style":
        return "/".join(_PARTS_OF_DATES[tag_of(each)] for each in element if tag_of(each) in _PARTS_OF_DATES)
    for each in element:
        if tag_of(each) == "number":
            digits, places = (
                min(int(each.get(f"{NUMBER}{name}", usual)), _DIGITS)
                for name, usual in (("min-integer-digits", "1"), ("decimal-places", "0"))
            )
            return "0" * digits + ("." + "0" * places if places else "")
    return ""
