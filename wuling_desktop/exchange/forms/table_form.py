"""The form of a plain table: title, a line of facts, heads repeated on every page, one row to repeat, numbered pages."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from wuling_desktop.exchange.forms.blank import read_blank
from wuling_desktop.exchange.forms.fill_form import Form
from wuling_desktop.exchange.forms.tab_names import tab_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

_UPRIGHT = 74  # figures that fit across an upright A4 page at full size
_INDEX_WIDTH, _NARROWEST, _WIDEST, _HIGHEST_HEAD = 5, 6, 36, 16
_HEAD = 3  # the row of the heads


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of the table: its head, the token its cells ask for, and the width of its longest text in figures."""

    head: str
    token: str
    width: int
    number: bool = False


def table_form(title: str, columns: Sequence[TableColumn]) -> Form:
    """Return a form with one row to repeat; the head asks for unit.name, as_of, count and demo."""
    book = Workbook()
    book.properties.creator = ""
    book.properties.title = title
    sheet: Worksheet = book.worksheets[0]
    sheet.title = tab_name(title, set())
    across = len(columns) + 1
    sheet.append([title])
    sheet.append(["{unit.name}　截止日期：{as_of|yyyy年M月d日}　共 {count} 条　{demo}"])
    sheet.append(["序号", *(each.head for each in columns)])
    sheet.append(["{index}", *("{" + each.token + "}" for each in columns)])
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=max(across, 2))
    widths = [_INDEX_WIDTH, *(_fit(each) for each in columns)]
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _dress(sheet, columns)
    _set_up(sheet, upright=sum(widths) <= _UPRIGHT)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return Form(read_blank(file, title))


def _fit(column: TableColumn) -> int:
    head = min(len(column.head) * 2, _HIGHEST_HEAD)
    return min(max(column.width, head, _NARROWEST), _WIDEST) + 2


def _dress(sheet: Worksheet, columns: Sequence[TableColumn]) -> None:
    thin = Side("thin")
    framed = Border(thin, thin, thin, thin)
    sheet.cell(1, 1).font, sheet.cell(1, 1).alignment = Font("黑体", 16), Alignment("center", "center")
    sheet.cell(2, 1).font, sheet.cell(2, 1).alignment = Font("宋体", 10.5), Alignment("left", "center")
    sheet.row_dimensions[1].height = 30
    for place in range(1, len(columns) + 2):
        head, cell = sheet.cell(_HEAD, place), sheet.cell(_HEAD + 1, place)
        head.font, cell.font = Font("黑体", 10.5), Font("宋体", 10.5)
        side = "center" if place == 1 else "right" if columns[place - 2].number else "left"
        head.alignment, cell.alignment = (
            Alignment("center", "center", wrap_text=True),
            Alignment(side, "center", wrap_text=True),
        )
        head.border = cell.border = framed
        cell.number_format = "General" if place == 1 or columns[place - 2].number else "@"


def _set_up(sheet: Worksheet, *, upright: bool) -> None:
    sheet.freeze_panes = f"A{_HEAD + 1}"
    sheet.print_title_rows = f"1:{_HEAD}"
    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页 共 &N 页"))
