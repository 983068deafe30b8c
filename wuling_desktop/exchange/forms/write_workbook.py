"""Plain workbooks of our own: a table as it is shown, and rows handed back with the reason why they were not taken."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from wuling_desktop.exchange import places
from wuling_desktop.exchange.forms.filled import FilledCell
from wuling_desktop.exchange.forms.package_parts import write_package
from wuling_desktop.exchange.forms.splice_sheet import cell_xml
from wuling_desktop.exchange.forms.tab_names import tab_name
from wuling_desktop.exchange.saving import saved
from wuling_desktop.progress import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from wuling_desktop.domain.fields import Datum, Private
    from wuling_desktop.exchange.reading.sheets import CellValue
    from wuling_desktop.exchange.reading.tables import Found, FoundTable

    Mask = Callable[[Private | None, str], str | None]

REASON = "没导的原因"
_TITLE, _SUBTITLE, _HEAD, _TEXT, _WHOLE, _NUMBER, _MONEY, _DAY = range(8)  # the looks, one a row of the model
_FORMATS = {_HEAD: "@", _TEXT: "@", _WHOLE: "0", _MONEY: "0.00", _DAY: "yyyy-mm-dd"}
_EPOCH = dt.date(1899, 12, 30)
_NARROWEST, _WIDEST = 6, 42  # figures
_LOOKED_AT = 500  # rows that decide how wide a column is
_DATA = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"\s*/>')

_Line = list[FilledCell]  # with the look in the place of the style, until the model tells its number


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet: `above` stands over the heads."""

    name: str
    heads: list[str]
    body: list[_Line]
    above: tuple[str, ...] = ()

    @property
    def lines(self) -> Iterator[_Line]:
        """All rows from the top down."""
        for text, look in zip(self.above, (_TITLE, _SUBTITLE), strict=False):
            yield [FilledCell(look, text)]
        yield [FilledCell(_HEAD, head) for head in self.heads]
        yield from self.body


def write_table(
    path: Path,
    *,
    title: str,
    subtitle: str,
    datums: Sequence[Datum],
    rows: Sequence[Sequence[Any]],
    mask: Mask | None = None,
) -> None:
    """Write rows of values under the labels of their data; `mask` hides what is private."""
    body = [
        [_of_datum(datum, value, mask) for datum, value in zip(datums, row, strict=True)]
        for row in counted("已整理", rows, "行")
    ]
    heads = [datum.label for datum in datums]
    _write(path, [_Table(tab_name(title, set()), heads, body, (title, subtitle))])


def write_rejected(path: Path, found: Found, held: Mapping[tuple[str, int], str]) -> None:
    """Write the rows held back, {(sheet, row): reason}, under their own headings: to be mended and taken in again."""
    taken: set[str] = set()
    tables = []
    for table in found.tables:
        rows = [row for row in table.rows if (table.sheet, row.number) in held]
        if rows:
            heads = _heads(table, max(len(row.cells) for row in rows))
            body = [
                [
                    *(_of_cell(row.cell(column)) for column in range(len(heads))),
                    FilledCell(_TEXT, held[table.sheet, row.number]),
                ]
                for row in rows
            ]
            tables.append(_Table(tab_name(table.sheet, taken), [*heads, REASON], body))
    _write(path, tables or [_Table("没有没导的行", [REASON], [])])


def _heads(table: FoundTable, width: int) -> list[str]:
    """Return the headings of a table by column."""
    known = {column.index: column.heading for column in table.columns}
    return [known.get(index, "") for index in range(max(width, max(known, default=-1) + 1))]


def _of_datum(datum: Datum, value: Any, mask: Mask | None) -> FilledCell:
    """Return a datum as a cell: sums and counts are numbers, all else (dates too, as far as known) is text."""
    if value is None:
        return FilledCell(_TEXT)
    if datum.private is None and isinstance(value, Decimal):
        return FilledCell(_MONEY, value)
    if datum.private is None and isinstance(value, int) and not isinstance(value, bool):
        return FilledCell(_WHOLE, value)
    text = datum.show(value)
    return FilledCell(_TEXT, mask(datum.private, text) if mask else text)


def _of_cell(value: CellValue) -> FilledCell:
    """Return a raw cell as it was: what was read as a number or a date is one again."""
    match value:
        case None:
            return FilledCell(_TEXT)
        case bool():
            return FilledCell(_TEXT, "是" if value else "否")
        case dt.datetime() if value.time() != dt.time():
            return FilledCell(_TEXT, str(value))
        case dt.date():
            day = value.date() if isinstance(value, dt.datetime) else value
            return FilledCell(_DAY, (day - _EPOCH).days)
        case str():
            return FilledCell(_TEXT, value)
    return FilledCell(_WHOLE if float(value).is_integer() else _NUMBER, Decimal(repr(value)))


def _write(path: Path, tables: Sequence[_Table]) -> None:
    """Write tables; openpyxl makes the looks and the set-up only, so that no data pass through its temporary files."""
    model, styles = _model(tables)
    with saved(path) as file, zipfile.ZipFile(model) as package:
        write_package(_parts(package, tables, styles), file)


def _parts(
    package: zipfile.ZipFile, tables: Sequence[_Table], styles: Sequence[int]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    sheets = {f"xl/worksheets/sheet{number}.xml": table for number, table in enumerate(tables, start=1)}
    for name in package.namelist():
        content = package.read(name)
        yield name, _sheet(content, sheets[name], styles) if name in sheets else iter((content,))


def _sheet(content: bytes, table: _Table, styles: Sequence[int]) -> Iterator[bytes]:
    lines = list(table.lines)
    reach = f'<dimension ref="A1:{places.address(len(lines), len(table.heads))}"/>'
    head, tail = _DATA.split(_DIMENSION.sub(reach.encode(), content), maxsplit=1)
    yield head
    yield b"<sheetData>"
    letters = [get_column_letter(column) for column in range(1, len(table.heads) + 1)]
    for number, line in enumerate(counted("已写", lines, "行"), start=1):
        cells = "".join(
            cell_xml(f"{letter}{number}", FilledCell(styles[cell.style], cell.value))
            for letter, cell in zip(letters, line, strict=False)
        )
        yield f'<row r="{number}">{cells}</row>'.encode()
    yield b"</sheetData>"
    yield tail


def _model(tables: Sequence[_Table]) -> tuple[io.BytesIO, list[int]]:
    """Return a workbook with every sheet set up and no data in it, and the number of each look's style."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = ""  # nobody's name goes out with a list
    for table in tables:
        _set_up(book.create_sheet(table.name), table)
    styles = _looks(book.worksheets[0])
    model = io.BytesIO()
    book.save(model)
    return model, styles


def _looks(sheet: Worksheet) -> list[int]:
    """Put the looks into a column, where saving finds them, and return their numbers."""
    thin = Side("thin")
    framed = Border(thin, thin, thin, thin)
    numbers = []
    for look in range(_DAY + 1):
        cell = sheet.cell(look + 1, 1)
        heading = look in (_TITLE, _SUBTITLE)
        cell.font = Font("黑体", 16) if look == _TITLE else Font("宋体", 10.5, bold=look == _HEAD)
        across = {_TITLE: "center", _HEAD: "center", _SUBTITLE: "left", _TEXT: "left"}.get(look)
        cell.alignment = Alignment(across, "center", wrap_text=not heading)
        cell.number_format = _FORMATS.get(look, "General")
        if not heading:
            cell.border = framed
        numbers.append(cell.style_id)
    return numbers


def _set_up(sheet: Worksheet, table: _Table) -> None:
    """Set paper, repeated heads and widths."""
    head_row = len(table.above) + 1
    sheet.freeze_panes = f"A{head_row + 1}"
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页 共 &N 页"))
    for row in range(1, head_row):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=max(len(table.heads), 2))
    for place, head in enumerate(table.heads):
        widest = max((_width(line[place].value) for line in table.body[:_LOOKED_AT]), default=0)
        fit = min(max(widest, min(_width(head), 12), _NARROWEST) + 2, _WIDEST)
        sheet.column_dimensions[get_column_letter(place + 1)].width = fit


def _width(value: object) -> int:
    """Return how many figures wide the longest line of a value is; a Chinese character is as wide as two."""
    lines = ("" if value is None else str(value)).split("\n")
    return max(sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line) for line in lines)
