"""What the blanks of make_forms.py are put together from: looks of cells, a book, its paper, a file that is always the same."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils.indexed_list import IndexedList

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FORMS = Path(__file__).resolve().parents[2] / "resources" / "forms"
MADE = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed day in the file's properties, not a moment
NORMAL = Font("宋体", 11)
TITLE, LINE, HEAD, BODY = (
    Font("方正小标宋简体", 20),
    Font("仿宋_GB2312", 12),
    Font("黑体", 11),
    Font("仿宋_GB2312", 11),
)
THIN = Side("thin")
FRAME = Border(THIN, THIN, THIN, THIN)
TEXT, NUMBER = "@", "General"
AS_OF = "{as_of|yyyy年M月d日}"
MONTH, DAY = "|yyyy.MM", "|yyyy.MM.dd"


@dataclass(frozen=True)
class Look:
    """How a cell of a blank looks."""

    font: Font
    across: str = "center"
    wrap: bool = False
    shrink: bool = False
    format: str = NUMBER
    framed: bool = True


OPEN = Look(LINE, "left", shrink=True, framed=False)
MARK = Look(Font("黑体", 14), framed=False)


def new_book(title: str, tab: str) -> tuple[Workbook, Worksheet]:
    """Return a workbook whose Normal font is the Chinese one, as columns are measured in it."""
    book = Workbook()
    book._fonts = IndexedList([NORMAL])
    book._named_styles["Normal"].font = NORMAL
    book.properties.title = title
    book.properties.creator = ""
    book.properties.created = MADE
    book.active.title = tab
    return book, book.active


def put(sheet: Worksheet, area: str, text: str | None, look: Look) -> None:
    """Write a text into an area, merged and framed as one."""
    first, _, last = area.partition(":")
    cell = sheet[first]
    cell.value, cell.font, cell.number_format = text, look.font, look.format
    inside = look.across == "left" and look.framed
    cell.alignment = Alignment(
        look.across, "center", wrap_text=look.wrap, shrink_to_fit=look.shrink, indent=int(inside)
    )
    for row in sheet[area] if last else ((cell,),):
        for each in row:
            each.border = FRAME if look.framed else Border()
    if last and first != last:
        sheet.merge_cells(area)


def set_paper(sheet: Worksheet, printed: str, orientation: str) -> None:
    """Set A4, one page wide, with the number of the page below."""
    sheet.print_area = printed
    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.35
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.2, 0.25
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def save(book: Workbook, name: str) -> None:
    """Write a blank without the moment at which it was made."""
    made = io.BytesIO()
    book.save(made)
    moment = MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(FORMS / f"{name}.xlsx", "w") as package:
        for part in parts.namelist():
            content = re.sub(
                rb"(<dcterms:modified[^>]*>)[^<]*", lambda found: found[1] + moment, parts.read(part)
            )
            about = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            about.compress_type, about.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(about, content)
