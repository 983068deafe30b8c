"""The styles of a blank as its pages need them: fonts, fills, borders, alignment, number formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from lxml import etree

from wuling_desktop.exchange.pages.page_commands import POINT, Font
from wuling_desktop.exchange.pages.sheet_colours import BLACK, Palette

_T = TypeVar("_T")
_NO = frozenset({"0", "false", "off", "none"})
_NORMAL = Font("宋体", 11)
# Formats that every program knows by number and no file spells out, as Chinese programs show them.
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy/m/d",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日",
    32: "h时mm分", 33: "h时mm分ss秒", 36: "yyyy年m月", 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00", 45: "mm:ss", 49: "@", 50: "yyyy年m月",
    51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
_STACKED = 255
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a border is drawn; `strength` decides where two neighbours disagree."""

    strength: int
    width: float  # millimetres; of a double line each of the two
    dashes: tuple[float, ...] = ()


_HAIR, _THIN, _MEDIUM, _THICK = 0.25 * POINT, 0.7 * POINT, 1.5 * POINT, 2.25 * POINT
STROKES = {
    "hair": Stroke(1, _HAIR, (2, 2)),
    "dotted": Stroke(2, _THIN, (1, 1)),
    "dashDotDot": Stroke(3, _THIN, (5, 2, 1, 2, 1, 2)),
    "dashDot": Stroke(4, _THIN, (5, 2, 1, 2)),
    "dashed": Stroke(5, _THIN, (3, 2)),
    "thin": Stroke(6, _THIN),
    "mediumDashDotDot": Stroke(7, _MEDIUM, (5, 2, 1, 2, 1, 2)),
    "slantDashDot": Stroke(8, _MEDIUM, (6, 1, 2, 1)),
    "mediumDashDot": Stroke(9, _MEDIUM, (5, 2, 1, 2)),
    "mediumDashed": Stroke(10, _MEDIUM, (3, 2)),
    "medium": Stroke(11, _MEDIUM),
    "double": Stroke(12, _THIN),
    "thick": Stroke(13, _THICK),
}


@dataclass(frozen=True, slots=True)
class Edge:
    """One side of a cell's border: thin, medium, double … and its colour."""

    style: str
    colour: str

    @property
    def stroke(self) -> Stroke:
        """How it is drawn."""
        return STROKES[self.style]


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How one cell looks."""

    font: Font
    colour: str = BLACK
    fill: str = ""
    left: Edge | None = None
    right: Edge | None = None
    top: Edge | None = None
    bottom: Edge | None = None
    falling: Edge | None = None  # the diagonal of a divided head
    rising: Edge | None = None
    across: str = "general"
    down: str = "bottom"
    wrap: bool = False
    shrink: bool = False
    rotation: int = 0  # degrees counter-clockwise
    stacked: bool = False  # letters upright, one below the other
    indent: int = 0
    format: str = "General"

    @property
    def boxed(self) -> bool:
        """Whether the cell has a line on any side."""
        return bool(self.left or self.right or self.top or self.bottom)


@dataclass(slots=True)
class Styles:
    """The styles of a workbook by number."""

    cells: list[CellStyle] = field(default_factory=list)
    normal: Font = _NORMAL
    palette: Palette = field(default_factory=lambda: Palette(None, None))

    def of(self, number: int) -> CellStyle:
        """Return a style; a number out of range looks as the first one, as other programs have it."""
        if 0 <= number < len(self.cells):
            return self.cells[number]
        return self.cells[0] if self.cells else CellStyle(self.normal)

    def of_run(self, look: str, style: CellStyle) -> tuple[Font, str]:
        """Return font and colour of a stretch of text from its markup, those of its cell where it has none."""
        return _run_look(look, self.palette, self.normal) or (style.font, style.colour)

    @staticmethod
    def struck(look: str, style: CellStyle) -> str:
        """Return the markup of a stretch of text with a line through it; without a look of its own it has its cell's."""
        element = etree.fromstring(look) if look else _markup(style)
        etree.SubElement(element, etree.QName(etree.QName(element).namespace, "strike"))
        return etree.tostring(element, encoding="unicode")


def styles_of(root: etree._Element | None, theme: etree._Element | None) -> Styles:
    """Return the styles read from styles.xml and the theme's colours."""
    if root is None:
        return Styles()
    palette = Palette(root, theme)
    fonts = [_font(each, palette, _NORMAL) for each in root.iterfind("{*}fonts/{*}font")]
    fills = [_fill(each, palette) for each in root.iterfind("{*}fills/{*}fill")]
    borders = [_border(each, palette) for each in root.iterfind("{*}borders/{*}border")]
    formats = {
        _whole(each.get("numFmtId")): each.get("formatCode", "General")
        for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    if not fonts:
        fonts = [(_NORMAL, BLACK)]
    cells = []
    for each in root.iterfind("{*}cellXfs/{*}xf"):
        font, colour = _at(fonts, each.get("fontId"), fonts[0])
        number = _whole(each.get("numFmtId"))
        cells.append(
            CellStyle(
                font=font,
                colour=colour,
                fill=_at(fills, each.get("fillId"), ""),
                format=formats.get(number) or _BUILT_IN.get(number, "General"),
                **(_at(borders, each.get("borderId"), {})),
                **_alignment(each.find("{*}alignment")),
            )
        )
    return Styles(cells, _at(fonts, _normal_font(root), fonts[0])[0], palette)


def _normal_font(root: etree._Element) -> str | None:
    """Return the number of the font that the style Normal has: columns are measured in its digits."""
    style = next(iter(root.iterfind("{*}cellStyles/{*}cellStyle[@builtinId='0']")), None)
    place = 0 if style is None else _whole(style.get("xfId"))
    named = root.findall("{*}cellStyleXfs/{*}xf")
    return named[place].get("fontId") if place < len(named) else None


@lru_cache(maxsize=256)
def _run_look(look: str, palette: Palette, normal: Font) -> tuple[Font, str] | None:
    if not look:
        return None
    try:
        element = etree.fromstring(look)
    except etree.XMLSyntaxError:
        return None
    return _font(element, palette, normal)


def _markup(style: CellStyle) -> etree._Element:
    """Return the look of a cell as that of a run: a run that says one thing of itself inherits nothing."""
    element = etree.fromstring(f'<rPr xmlns="{_MAIN}"/>')
    font = style.font
    said = {"rFont": font.family, "sz": f"{font.size:g}", "color": ""}
    said |= {tag: "" for tag, on in (("b", font.bold), ("i", font.italic), ("u", font.underline)) if on}
    for tag, value in said.items():
        part = etree.SubElement(element, f"{{{_MAIN}}}{tag}")
        if tag == "color":
            part.set("rgb", style.colour.replace("#", "FF"))
        elif value:
            part.set("val", value)
    return element


def _font(element: etree._Element, palette: Palette, other: Font) -> tuple[Font, str]:
    """Return the font an element describes; a name is `name` in styles and `rFont` in a run."""
    parts = {etree.QName(each).localname: each for each in element if isinstance(each.tag, str)}
    name = parts.get("name", parts.get("rFont"))
    size = parts.get("sz")
    font = Font(
        other.family if name is None else name.get("val") or other.family,
        other.size if size is None else min(max(_real(size.get("val"), other.size), 1.0), 409.0),
        bold=_on(parts.get("b")),
        italic=_on(parts.get("i")),
        underline=_on(parts.get("u")),
        strike=_on(parts.get("strike")),
    )
    return font, palette.colour(parts.get("color"), BLACK)


def _fill(element: etree._Element, palette: Palette) -> str:
    """Return the colour behind a cell, nothing for none; a gradient is painted in its first colour."""
    pattern = element.find("{*}patternFill")
    if pattern is None:
        return palette.colour(element.find("{*}gradientFill/{*}stop/{*}color"), "")
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return ""
    if kind == "solid":
        return palette.colour(pattern.find("{*}fgColor"), "")
    return palette.colour(
        pattern.find("{*}bgColor"), ""
    )  # the dots of a pattern would only make print harder to read


def _border(element: etree._Element, palette: Palette) -> dict[str, Any]:
    edges = {
        side: _edge(
            element.find(f"{{*}}{other}")
            if element.find(f"{{*}}{side}") is None
            else element.find(f"{{*}}{side}"),
            palette,
        )
        for side, other in (("left", "start"), ("right", "end"), ("top", "top"), ("bottom", "bottom"))
    }
    diagonal = _edge(element.find("{*}diagonal"), palette)
    edges["falling"] = diagonal if _is_yes(element.get("diagonalDown")) else None
    edges["rising"] = diagonal if _is_yes(element.get("diagonalUp")) else None
    return edges


def _edge(element: etree._Element | None, palette: Palette) -> Edge | None:
    style = "none" if element is None else element.get("style", "none")
    if element is None or style not in STROKES:
        return None
    return Edge(style, palette.colour(element.find("{*}color"), BLACK))


def _alignment(element: etree._Element | None) -> dict[str, Any]:
    if element is None:
        return {}
    turned = _whole(element.get("textRotation"))
    across = element.get("horizontal", "general")
    down = element.get("vertical", "bottom")
    return {
        "across": across,
        "down": {"distributed": "center", "justify": "top"}.get(down, down),
        "wrap": _is_yes(element.get("wrapText")) or across in ("justify", "distributed"),
        "shrink": _is_yes(element.get("shrinkToFit")),
        "rotation": 0 if turned > 180 else 90 - turned if turned > 90 else turned,
        "stacked": turned == _STACKED,
        "indent": _whole(element.get("indent")),
    }


def _on(element: etree._Element | None) -> bool:
    return element is not None and element.get("val", "1") not in _NO


def _is_yes(text: str | None) -> bool:
    return text is not None and text not in _NO


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _real(text: str | None, other: float) -> float:
    try:
        return float(text or other)
    except ValueError:
        return other


def _at(things: list[_T], number: str | None, other: _T) -> _T:
    place = _whole(number)
    return things[place] if place < len(things) else other
