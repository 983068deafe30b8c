"""An .ods written by hand: of the XML of its sheets, or of the cells of an openpyxl workbook."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from openpyxl.cell import MergedCell

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        ("number", "datastyle"), ("draw", "drawing"), ("manifest", "manifest"),
    )
)  # fmt: skip
STRUCK = (
    '<style:style style:name="{name}" style:family="{family}">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
)
_STYLES = (
    STRUCK.format(name="struck", family="table-cell")
    + '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def parts_of_ods(sheets: str, styles: str = "", named: str = "") -> dict[str, bytes]:
    """Return the parts of an .ods: XML of its sheets, of its own styles and of the named ones with the margins."""
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
    )
    content += f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    manifest = f'<manifest:manifest {_SPACES}><manifest:file-entry manifest:full-path="/" '
    manifest += f'manifest:media-type="{MIMETYPE.decode()}"/></manifest:manifest>'
    parts = {"content.xml": content, "META-INF/manifest.xml": manifest}
    if named:
        parts["styles.xml"] = f"<office:document-styles {_SPACES}>{named}</office:document-styles>"
    return {"mimetype": MIMETYPE} | {name: text.encode() for name, text in parts.items()}


def pack_ods(path: Path, sheets: str, styles: str = "", named: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts_of_ods(sheets, styles, named).items():
            package.writestr(name, content)
    return path


def table(*rows: str, name: str = "名册", more: str = "") -> str:
    return f'<table:table table:name="{name}" {more}>{"".join(rows)}</table:table>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def cell(value: Any, more: str = "") -> str:
    """Return a cell as LibreOffice writes it: its type, its value, and what it shows."""
    if isinstance(value, dt.date):
        typed, shown = f'date" office:date-value="{value.isoformat()}', value.isoformat()
    elif isinstance(value, (int, float)):
        typed, shown = f'float" office:value="{value}', str(value)
    else:
        typed, shown = "string", value
    shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n"))
    return f'<table:table-cell office:value-type="{typed}" {more}>{shown}</table:table-cell>'


def write_ods(book: Workbook, path: Path) -> Path:
    """Save values, merges, hidden and struck-out rows and hidden sheets of a workbook."""
    return pack_ods(path, "".join(map(_table, book.worksheets)), _STYLES)


def _table(sheet: Worksheet) -> str:
    spans = {
        (each.min_row, each.min_col): f'table:number-rows-spanned="{each.size["rows"]}" '
        f'table:number-columns-spanned="{each.size["columns"]}"'
        for each in sheet.merged_cells.ranges
    }
    rows = [
        row(
            *(_cell(each, spans.get((number, each.column or 0), "")) for each in cells),
            more='table:visibility="collapse"' if sheet.row_dimensions[number].hidden else "",
        )
        for number, cells in enumerate(sheet.iter_rows(), 1)
    ]
    rows.append(
        row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            more='table:number-rows-repeated="900000"',
        )
    )
    hidden = 'table:style-name="hidden"' if sheet.sheet_state == "hidden" else ""
    return table(*rows, name=sheet.title, more=hidden)


def _cell(of: Cell | MergedCell, spans: str) -> str:
    if isinstance(of, MergedCell):
        return "<table:covered-table-cell/>"
    if of.value is None:
        return f"<table:table-cell {spans}/>"
    return cell(of.value, f'{spans} table:style-name="struck"' if of.font.strike else spans)
