"""Pictures of a filled sheet put into its workbook: a drawing of its own, or added to the one the blank has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from wuling_desktop.domain import media
from wuling_desktop.exchange.forms.package_parts import serialised
from wuling_desktop.exchange.pages.page_commands import POINT
from wuling_desktop.exchange.pages.sheet_columns import PIXEL, Columns
from wuling_desktop.exchange.places import Area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wuling_desktop.exchange.forms.filled_sheet import FilledSheet
    from wuling_desktop.exchange.forms.package_parts import Parts
    from wuling_desktop.exchange.pages.page_commands import Font
    from wuling_desktop.exchange.picture import Picture

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING, _IMAGE = f"{_OFFICE}/drawing", f"{_OFFICE}/image"
_SHEETS = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_SHAPES = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_EMPTY = f'<xdr:wsDr xmlns:xdr="{_SHEETS}" xmlns:a="{_SHAPES}" xmlns:r="{_OFFICE}"/>'.encode()
# What may stand behind a drawing in a sheet; programs are strict about the order.
_BEHIND = frozenset(
    (
        "legacyDrawing",
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    )
)
_ENDINGS = {media.JPEG: "jpeg", media.PNG: "png"}
_EMU = 36_000  # in a millimetre
_PLAIN_ROW = 15.0  # points, where a sheet does not say how high its rows are
_MARGIN = 2 * PIXEL


@dataclass(frozen=True, slots=True)
class _Placed:
    """A picture with the cell it begins in, the distances from that cell's corner and its size, in millimetres."""

    picture: Picture
    column: int
    row: int
    x: float
    y: float
    width: float
    height: float


def put(sheet: FilledSheet, part: str, parts: Parts, normal: Font) -> str:
    """Put a sheet's pictures into its workbook; return the relation the sheet has to name, empty for none new."""
    placed = list(_placed(sheet, normal))
    if not placed:
        return ""
    known = next((each for each in parts.related(part) if each.kind == _DRAWING), None)
    drawing = known.part if known else parts.add("xl/drawings/drawing1.xml", _EMPTY, _DRAWING_TYPE)
    root = etree.fromstring(parts.content(drawing))
    taken = {int(each.get("id", "0")) for each in root.iter(f"{{{_SHEETS}}}cNvPr")}
    for number, each in enumerate(placed, start=max(taken, default=0) + 1):
        ending = _ENDINGS[each.picture.media]
        image = parts.add(f"xl/media/photo1.{ending}", each.picture.content, each.picture.media)
        root.append(_anchor(each, number, parts.link(drawing, _IMAGE, image)))
    parts.put(drawing, serialised(root))
    return "" if known else parts.link(part, _DRAWING, drawing)


def name_drawing(root: etree._Element, relation: str) -> None:
    """Let a sheet name the drawing that lies over it."""
    own = etree.QName(root).namespace
    drawing = etree.Element(f"{{{own}}}drawing", {f"{{{_OFFICE}}}id": relation}, nsmap={"r": _OFFICE})
    behind = (each for each in root if isinstance(each.tag, str) and etree.QName(each).localname in _BEHIND)
    first = next(behind, None)
    if first is None:
        root.append(drawing)
    else:
        first.addprevious(drawing)


def _placed(sheet: FilledSheet, normal: Font) -> Iterator[_Placed]:
    columns = Columns(sheet.root, normal, lambda text, font, _: (len(text) * font.size * POINT * 0.55, 0.0))
    for row in sheet.pictured_rows:
        for column, cell in sheet.cells(row).items():
            if cell.picture is not None:
                area = next((each for each in sheet.merges if each.holds(row, column)), None)
                yield _in_box(sheet, columns, area or Area(row, column, row, column), cell.picture)


def _in_box(sheet: FilledSheet, columns: Columns, area: Area, picture: Picture) -> _Placed:
    """Return the picture in the middle of its box, as large as its shape allows."""
    widths = {column: columns.width(column) for column in range(area.left, area.right + 1)}
    heights = {row: _height(sheet, row) for row in range(area.top, area.bottom + 1)}
    across, down = sum(widths.values()), sum(heights.values())
    width, height = picture.fitted(max(across - 2 * _MARGIN, 1.0), max(down - 2 * _MARGIN, 1.0))
    column, x = _begun((across - width) / 2, widths)
    row, y = _begun((down - height) / 2, heights)
    return _Placed(picture, column, row, x, y, width, height)


def _begun(distance: float, sizes: dict[int, float]) -> tuple[int, float]:
    """Return the row or column a distance ends in, and how far inside it."""
    for place, size in sizes.items():
        if distance < size:
            return place, distance
        distance -= size
    return next(iter(sizes)), 0.0


def _height(sheet: FilledSheet, row: int) -> float:
    given = sheet.row_look(row).get("ht")
    if given is None:
        look = sheet.root.find("{*}sheetFormatPr")
        given = None if look is None else look.get("defaultRowHeight")
    return (float(given) if given else _PLAIN_ROW) * POINT


def _anchor(placed: _Placed, number: int, relation: str) -> etree._Element:
    """Return the markup of one picture; it moves with its cell and keeps its size."""
    width, height = round(placed.width * _EMU), round(placed.height * _EMU)
    markup = f"""
<xdr:oneCellAnchor xmlns:xdr="{_SHEETS}" xmlns:a="{_SHAPES}" xmlns:r="{_OFFICE}"><xdr:from>
<xdr:col>{placed.column - 1}</xdr:col><xdr:colOff>{round(placed.x * _EMU)}</xdr:colOff>
<xdr:row>{placed.row - 1}</xdr:row><xdr:rowOff>{round(placed.y * _EMU)}</xdr:rowOff>
</xdr:from><xdr:ext cx="{width}" cy="{height}"/><xdr:pic>
<xdr:nvPicPr><xdr:cNvPr id="{number}" name="照片 {number}"/>
<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>
<xdr:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>
<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>
</xdr:pic><xdr:clientData/></xdr:oneCellAnchor>"""
    return etree.fromstring(markup.replace("\n", ""))
