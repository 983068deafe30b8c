"""A workbook as read: plain values with what the reader saw around them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CellValue = str | int | float | bool | dt.date | dt.datetime | None
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column, all counted from 1

STRUCK = "这一格划了删除线，没有取"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that holds something; `number` counts from 1 as WPS shows it, cells start at column A."""

    number: int
    cells: tuple[CellValue, ...]
    hidden: bool = False
    struck: bool = False  # at least half of what the row holds is struck out
    faults: tuple[tuple[int, str], ...] = ()  # column from 0, and why the cell's value cannot be trusted

    def cell(self, column: int) -> CellValue:
        """Return the value of a column counted from 0; None beyond the last."""
        return self.cells[column] if 0 <= column < len(self.cells) else None

    def fault(self, column: int) -> str:
        """Return why a cell cannot be trusted, or nothing."""
        return next((why for at, why in self.faults if at == column), "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with its occupied rows."""

    name: str
    rows: tuple[SheetRow, ...]
    hidden: bool = False
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read; `kind` is xlsx, xls, ods, html, xml or csv, `notes` say in Chinese what could not be read as it stands."""

    file_name: str
    kind: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def corrected(workbook: Workbook, corrections: Mapping[str, str]) -> Workbook:
    """Return the workbook with cells as the user typed them over: {"sheet!row!column letters": text}."""
    typed: dict[str, dict[int, dict[int, str]]] = {}
    for place, text in corrections.items():
        sheet, row, letters = place.rsplit("!", 2)
        typed.setdefault(sheet, {}).setdefault(int(row), {})[column_number(letters)] = text
    if not typed:
        return workbook
    sheets = tuple(
        replace(
            sheet, rows=tuple(_with(row, typed.get(sheet.name, {}).get(row.number, {})) for row in sheet.rows)
        )
        for sheet in workbook.sheets
    )
    return replace(workbook, sheets=sheets)


def _with(row: SheetRow, texts: Mapping[int, str]) -> SheetRow:
    if not texts:
        return row
    cells = [*row.cells, *[None] * (max(texts) + 1 - len(row.cells))]
    for column, text in texts.items():
        cells[column] = text or None
    return replace(row, cells=tuple(cells), faults=tuple(each for each in row.faults if each[0] not in texts))


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the column counted from 0 of letters such as AB."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
