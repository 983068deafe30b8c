"""Reading an .xlsx: values from calamine, everything it does not tell from the sheet's own XML."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.close_up import closed_up
from wuling_desktop.exchange.reading.file_kind import damaged
from wuling_desktop.exchange.reading.left_out import notes_on_parts
from wuling_desktop.exchange.reading.sheet_marks import SheetMarks, notes_on, plain_sheet
from wuling_desktop.exchange.reading.xlsx_marks import SheetPlace, book_of, marks_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wuling_desktop.exchange.package import Package


def read(path: Path, package: Package) -> dict[str, Any]:
    """Return the workbook as plain JSON."""
    try:
        book = book_of(package)
        sheets = [(place, marks_of(package, place.part, book)) for place in book.sheets]
    except etree.XMLSyntaxError as error:
        raise damaged("里面的内容断了一截") from error
    except ValueError as error:
        raise damaged("里面有的数字读不出来") from error
    _check(sheets)
    notes = notes_on_parts(package.names)
    plain = []
    try:
        workbook = CalamineWorkbook.from_filelike(
            io.BytesIO(path.read_bytes())
        )  # by a path it believes its ending
        for place, marks in sheets:
            rows = _rows(path, package, workbook, place, marks)
            sheet = plain_sheet(place.name, rows, marks, hidden=place.hidden)
            notes += notes_on(place.name, sheet, marks)
            plain.append(sheet)
    except (CalamineError, KeyError, IndexError) as error:
        raise damaged("里面的结构对不上") from error
    return {"kind": "xlsx", "notes": notes, "sheets": plain}


def _check(sheets: list[tuple[SheetPlace, SheetMarks]]) -> None:
    for place, marks in sheets:
        marks.check(place.name)
    rows = sum(len(marks.occupied) for _, marks in sheets)
    if rows > limits.ROWS:
        raise limits.too_large(f"几张表加起来有 {rows} 行，最多读 {limits.ROWS} 行")


def _rows(
    path: Path, package: Package, workbook: CalamineWorkbook, place: SheetPlace, marks: SheetMarks
) -> Iterator[tuple[int, list[Any]]]:
    if not marks.occupied:
        return
    if marks.dense <= limits.DENSE_CELLS:
        yield from values_of(workbook.get_sheet_by_index(place.index))
        return
    packed, rows, columns = closed_up(path, package, place.part, marks)
    for new, values in values_of(CalamineWorkbook.from_filelike(packed).get_sheet_by_index(place.index)):
        held = [(column, value) for column, value in zip(columns, values, strict=False) if value != ""]
        spread = [None] * (held[-1][0] + 1)  # a row is as long as what it holds, not as the stray cell is far
        for column, value in held:
            spread[column] = value
        yield rows[new - 1], spread


def values_of(sheet: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    """Yield the rows that calamine read, by their numbers in the sheet, each from column A on."""
    if sheet.start is None:
        return
    before: list[Any] = [None] * sheet.start[1]
    for number, values in enumerate(sheet.iter_rows(), 1):
        if any(value != "" for value in values):
            yield number, before + values
