"""Lists that lie on their side, the labels down the first column and a person in each further one: turned upright."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wuling_desktop.exchange.reading.headings import Vocabulary
from wuling_desktop.exchange.reading.sheets import Sheet, SheetRow, column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.exchange.reading.sheets import Workbook

_NAME = "person.name"
_LEAST_LABELS, _LEAST_PEOPLE = 2, 2  # fewer may be a form of one person
_MOST_ROWS = 500  # labels; a longer sheet is a list as others are


def with_people_as_rows(workbook: Workbook, data: Iterable[Datum]) -> Workbook:
    """Return the workbook with such sheets turned: row 2 is column B. It is told, so that a place can be found again."""
    vocabulary = Vocabulary(data)
    notes = []
    sheets = []
    for sheet in workbook.sheets:
        first = _label_column(sheet, vocabulary)
        if first is None:
            sheets.append(sheet)
            continue
        sheets.append(_turned(sheet, first))
        seen = column_letters(first + 1)
        notes.append(
            f"“{sheet.name}”里一列一个人，已转过来读：下面说的第 {first + 2} 行就是表里的 {seen} 列，依此类推"
        )
    return replace(workbook, sheets=tuple(sheets), notes=(*workbook.notes, *notes))


def _label_column(sheet: Sheet, vocabulary: Vocabulary) -> int | None:
    """Return the column that holds the labels, where all further ones hold people; None where it is another sheet."""
    if not sheet.rows or sheet.merges or len(sheet.rows) > _MOST_ROWS:
        return None
    first = min(column for row in sheet.rows for column, cell in enumerate(row.cells) if cell is not None)
    labels, people = 0, 0
    for row in sheet.rows:
        texts = [(column, cell) for column, cell in enumerate(row.cells) if isinstance(cell, str)]
        if any(column != first and vocabulary.knows(text) for column, text in texts):
            return None
        text = next((text for column, text in texts if column == first), "")
        if vocabulary.knows(text):
            labels += 1
            if [datum.name for datum in vocabulary.match(text).data[:1]] == [_NAME]:
                people += sum(cell is not None for cell in row.cells[first + 1 :])
    return first if labels >= _LEAST_LABELS and people >= _LEAST_PEOPLE else None


def _turned(sheet: Sheet, first: int) -> Sheet:
    width = max(len(row.cells) for row in sheet.rows)
    rows = []
    for column in range(first, width):
        cells = tuple(row.cell(column) for row in sheet.rows)
        faults = tuple((at, why) for at, row in enumerate(sheet.rows) if (why := row.fault(column)))
        if any(cell is not None for cell in cells) or faults:
            rows.append(SheetRow(column + 1, cells, faults=faults))
    return Sheet(sheet.name, tuple(rows), sheet.hidden)
