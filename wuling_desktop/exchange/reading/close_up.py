"""A sheet with cells far apart, written again with the empty rows and columns between them left out.

The reader keeps one place for every cell between the first and the last: a stray mark in the last row of the grid
would ask for gigabytes.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from wuling_desktop.exchange.reading.sheets import column_letters
from wuling_desktop.exchange.reading.xlsx_marks import cells_of, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.exchange.package import Package
    from wuling_desktop.exchange.reading.sheet_marks import SheetMarks

_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_FOOT = b"</sheetData></worksheet>"


def closed_up(
    path: Path, package: Package, part: str, marks: SheetMarks
) -> tuple[io.BytesIO, list[int], list[int]]:
    """Return the package with the sheet closed up, and the rows and columns that its new ones stand for."""
    rows, columns = sorted(marks.occupied), sorted(marks.columns)
    new_row = {old: new for new, old in enumerate(rows, 1)}
    new_column = {old: column_letters(new) for new, old in enumerate(columns)}
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in package.names:
            if name != part:
                new.writestr(name, old.read(name))
        with new.open(part, "w", force_zip64=True) as file:
            file.write(_HEAD)
            for number, row in rows_of(package, part):
                if number not in new_row:
                    continue
                file.write(b'<row r="%d">' % new_row[number])
                for column, cell in cells_of(row, number):
                    if column in new_column:
                        cell.set("r", f"{new_column[column]}{new_row[number]}")
                        file.write(etree.tostring(cell, with_tail=False))
                file.write(b"</row>")
            file.write(_FOOT)
    packed.seek(0)
    return packed, rows, columns
