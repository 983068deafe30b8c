"""Reading an old .xls: values from calamine, hidden and struck-out rows and number formats from xlrd."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

import xlrd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.file_kind import damaged, holds_stream, protected
from wuling_desktop.exchange.reading.left_out import MACRO_STREAM, MACROS
from wuling_desktop.exchange.reading.number_formats import shown_as
from wuling_desktop.exchange.reading.read_xlsx import values_of
from wuling_desktop.exchange.reading.sheet_marks import SheetMarks, notes_on, plain_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UNREADABLE = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


def read(path: Path) -> dict[str, Any]:
    """Return the workbook as plain JSON."""
    book = _opened(path)
    notes = [MACROS] if holds_stream(path.read_bytes(), MACRO_STREAM) else []
    plain = []
    rows_left = limits.ROWS
    try:
        workbook = CalamineWorkbook.from_filelike(
            io.BytesIO(path.read_bytes())
        )  # by a path it believes its ending
        for sheet in book.sheets():
            marks = _marks(book, sheet)
            marks.check(sheet.name)
            rows_left -= len(marks.occupied)
            if rows_left < 0:
                raise limits.too_large(f"几张表加起来超过 {limits.ROWS} 行")
            values = _values(workbook, sheet, marks)
            read_ = plain_sheet(sheet.name, values, marks, hidden=bool(sheet.visibility))
            notes += notes_on(sheet.name, read_, marks)
            plain.append(read_)
    except PasswordError as error:
        raise protected() from error
    except (CalamineError, LookupError) as error:
        raise damaged("里面的结构对不上") from error
    return {"kind": "xls", "notes": notes, "sheets": plain}


def _opened(path: Path) -> xlrd.book.Book:
    try:
        return xlrd.open_workbook(str(path), formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except _UNREADABLE as error:
        if "encrypted" in str(error):
            raise protected() from error
        raise damaged("里面的结构对不上") from error


def _marks(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet) -> SheetMarks:
    marks = SheetMarks(from_1904=bool(book.datemode))
    for index in range(sheet.nrows):
        seen = sheet.rowinfo_map.get(index)
        if seen is not None and seen.hidden:
            marks.hidden_rows.add(index + 1)
        for column, (kind, value) in enumerate(
            zip(sheet.row_types(index), sheet.row_values(index), strict=True)
        ):
            _look_at(book, sheet, marks, (index, column), (kind, value))
    marks.hidden_columns = sorted(
        column for column, info in sheet.colinfo_map.items() if info.hidden and column in marks.columns
    )
    marks.merges = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    marks.margins = (
        [text for text in (sheet.header_str, sheet.footer_str) if text]
        if hasattr(sheet, "header_str")
        else []
    )
    return marks


def _look_at(
    book: xlrd.book.Book,
    sheet: xlrd.sheet.Sheet,
    marks: SheetMarks,
    place: tuple[int, int],
    cell: tuple[int, Any],
) -> None:
    index, column = place
    kind, value = cell
    if kind == xlrd.XL_CELL_ERROR:
        error = xlrd.error_text_from_code.get(value, "")
        marks.faults[index + 1][column] = f"这一格显示错误值 {error}"
        return
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or (kind == xlrd.XL_CELL_TEXT and not value.strip()):
        return
    style = book.xf_list[sheet.cell_xf_index(index, column)]
    if book.font_list[style.font_index].struck_out:
        marks.struck[index + 1].add(column)
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        shown = shown_as(
            book.format_map[style.format_key].format_str or ""
        )  # one that could not be read is None
        if shown:
            marks.shown[index + 1][column] = shown
    marks.saw(index + 1, [column])


def _values(
    workbook: CalamineWorkbook, sheet: xlrd.sheet.Sheet, marks: SheetMarks
) -> Iterator[tuple[int, list[Any]]]:
    """Yield what calamine read; xlrd's own values where the cells lie too far apart for it."""
    if not marks.occupied:
        return
    if marks.dense <= limits.DENSE_CELLS:
        yield from values_of(workbook.get_sheet_by_name(sheet.name))
        return
    for number in sorted(marks.occupied):
        kinds = sheet.row_types(number - 1)
        yield (
            number,
            [
                bool(value) if kind == xlrd.XL_CELL_BOOLEAN else None if kind == xlrd.XL_CELL_ERROR else value
                for kind, value in zip(kinds, sheet.row_values(number - 1), strict=True)
            ],
        )
