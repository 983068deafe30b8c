"""Saving a filled layout as other kinds of files than .xlsx, as people and systems do."""

from __future__ import annotations

import csv
import datetime as dt
from html import escape
from typing import TYPE_CHECKING

from openpyxl.cell import MergedCell

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_HEAD = '<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">'
_STYLE = (
    '<style><!-- .xl66 {mso-number-format:"\\@";} .xl67 {text-decoration:line-through;} --></style></head>'
)


def write_csv(sheet: Worksheet, path: Path) -> None:
    """Save a sheet as a Chinese spreadsheet program does: GB18030, numbers as they are shown."""
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([_shown(cell.value) for cell in row] for row in sheet.iter_rows())


def write_html(sheet: Worksheet, path: Path) -> None:
    """Save a sheet as the page that spreadsheet programs write and systems give out as .xls."""
    spans = {(each.min_row, each.min_col): each.size for each in sheet.merged_cells.ranges}
    rows = [
        f"<tr height=19{hidden}>\n {''.join(_cell(cell, spans) for cell in cells)}</tr>\n"
        for number, cells in enumerate(sheet.iter_rows(), 1)
        for hidden in (" style='display:none'" if sheet.row_dimensions[number].hidden else "",)
    ]
    page = f"{_HEAD}{_STYLE}<body><table border=0>{''.join(rows)}</table></body></html>"
    path.write_text(page, "gb18030")


def _cell(cell: Cell | MergedCell, spans: dict[tuple[int, int], dict[str, int]]) -> str:
    if isinstance(cell, MergedCell):
        return ""
    size = spans.get((cell.row, cell.column), {"rows": 1, "columns": 1})
    shown = escape(str(_shown(cell.value) if cell.value is not None else "")).replace("\n", "<br>\n  ")
    looks = "xl67" if cell.font.strike else "xl66" if isinstance(cell.value, str) else "xl65"
    return f"<td class={looks} rowspan={size['rows']} colspan={size['columns']}>{shown}</td>\n "


def _shown(value: object) -> object:
    if isinstance(value, dt.date):
        return f"{value.year}/{value.month}/{value.day}"
    return f"{value:.5E}" if isinstance(value, int) and value > 10**11 else value
