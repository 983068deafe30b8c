"""Reading a web page that a system gave out as a workbook: its tables as one sheet, named like the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.texts import readable_name
from wuling_desktop.exchange.reading.file_kind import web_page
from wuling_desktop.exchange.reading.html_tables import HtmlCell, stacked, tables_in
from wuling_desktop.exchange.reading.read_csv import typed
from wuling_desktop.exchange.reading.sheet_marks import SheetMarks, notes_on, plain_sheet
from wuling_desktop.exchange.reading.text_coding import decoded

if TYPE_CHECKING:
    from pathlib import Path

_SAID = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CUT_OFF = re.compile(r"<[A-Za-z/][^<>]*\Z")
_CUT_OFF_NOTE = "文件在半个标签处断了，后面的人可能没有拷贝下来，请核对人数"
_LOOKED_AT = 4096


def read(path: Path) -> dict[str, Any]:
    """Return the page as plain JSON."""
    name = readable_name(path.stem)
    content = path.read_bytes()
    said = _SAID.search(content[:_LOOKED_AT])
    text = decoded(content, said[1].decode("ascii") if said else "")
    cut = _CUT_OFF.search(text)
    blocks = tables_in(text[: cut.start()] if cut else text)
    if not any(len(row.cells) > 1 for block in blocks for row in block.rows):
        raise web_page()
    marks = SheetMarks()
    rows = []
    last = sum(len(block.rows) for block in blocks)
    for number, row in stacked(blocks):
        if row.hidden:
            marks.hidden_rows.add(number)
        values: list[Any] = []
        for cell in row.cells:
            values += [None] * (cell.column + 1 - len(values))
            values[cell.column] = _value(cell)
            _look_at(cell, number, last, marks)
        marks.saw(number, [at for at, value in enumerate(values) if value not in (None, "")])
        rows.append((number, values))
        marks.check(name)
    hidden = {column for block in blocks for column in block.hidden_columns}
    marks.hidden_columns = sorted((hidden | set(marks.hidden_columns)) & marks.columns)
    sheet = plain_sheet(name, rows, marks, hidden=False)
    notes = [_CUT_OFF_NOTE] if cut else []
    return {"kind": "html", "notes": [*notes, *notes_on(name, sheet, marks)], "sheets": [sheet]}


def _value(cell: HtmlCell) -> str | float | None:
    text = cell.text
    if not text.strip():
        return None
    return text if cell.looks.text else typed(text)


def _look_at(cell: HtmlCell, number: int, last: int, marks: SheetMarks) -> None:
    if cell.struck:
        marks.struck[number].add(cell.column)
    if cell.looks.hidden:
        marks.hidden_columns.append(cell.column)
    bottom = min(number + cell.down - 1, last)
    if cell.across > 1 or bottom > number:
        marks.merges.append((number, cell.column + 1, bottom, cell.column + cell.across))
