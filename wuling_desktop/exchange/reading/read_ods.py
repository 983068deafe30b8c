"""Reading an .ods: values and marks from its own content, held against what calamine reads."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.file_kind import damaged, protected
from wuling_desktop.exchange.reading.left_out import notes_on_parts
from wuling_desktop.exchange.reading.ods_sheets import CONTENT, sheets_of
from wuling_desktop.exchange.reading.read_xlsx import values_of
from wuling_desktop.exchange.reading.sheet_marks import notes_on, plain_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.exchange.package import Package
    from wuling_desktop.exchange.reading.ods_sheets import OdsSheet

_MANIFEST = "META-INF/manifest.xml"


def read(path: Path, package: Package) -> dict[str, Any]:
    """Return the workbook as plain JSON."""
    try:
        if _MANIFEST in package.names and package.tree(_MANIFEST).find(".//{*}encryption-data") is not None:
            raise protected()
        if CONTENT not in package.names:
            raise damaged("找不到表格的内容")
        sheets = sheets_of(package)
    except etree.XMLSyntaxError as error:
        raise damaged("里面的内容断了一截") from error
    except ValueError as error:
        raise damaged("里面有的数字读不出来") from error
    rows = sum(len(sheet.rows) for sheet in sheets)
    if rows > limits.ROWS:
        raise limits.too_large(f"几张表加起来有 {rows} 行，最多读 {limits.ROWS} 行")
    notes = notes_on_parts(package.names)
    plain = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())) if _near(sheets) else None
        for sheet in sheets:
            sheet.marks.check(sheet.name)
            read_ = plain_sheet(sheet.name, sheet.rows, sheet.marks, hidden=sheet.hidden)
            notes += notes_on(sheet.name, read_, sheet.marks)
            if workbook is not None and (differing := _differing(sheet, workbook)):
                notes.append(f"“{sheet.name}”第 {differing} 行起，两种读法读出的格数不一样，请核对")
            plain.append(read_)
    except (CalamineError, LookupError, OSError) as error:
        raise damaged("里面的结构对不上") from error
    return {"kind": "ods", "notes": notes, "sheets": plain}


def _near(sheets: list[OdsSheet]) -> bool:
    """Whether the other reader can be asked: it keeps one place for every cell between the first and the last."""
    return sum(sheet.marks.dense for sheet in sheets) <= limits.DENSE_CELLS


def _differing(sheet: OdsSheet, workbook: CalamineWorkbook) -> int:
    """Return the first row of which the other reader reads more or fewer cells, 0 where none differs."""
    theirs = {number: _held(values) for number, values in values_of(workbook.get_sheet_by_index(sheet.index))}
    for number, values in sheet.rows:
        ours = _held(values) | set(sheet.marks.faults.get(number, ()))
        other = theirs.pop(number, set())
        if number not in sheet.untyped and ours != other | set(sheet.marks.faults.get(number, ())):
            return number
    return min(theirs, default=0)


def _held(values: list[Any]) -> set[int]:
    return {
        column
        for column, value in enumerate(values)
        if value is not None and not (isinstance(value, str) and not value.strip())
    }
