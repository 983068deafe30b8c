"""Places in a sheet as workbooks write them: B5, $B$5:D7, A5:A9 C5:C9."""

from __future__ import annotations

import re
from typing import NamedTuple

from wuling_desktop.exchange.reading.sheets import column_letters, column_number

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


class Area(NamedTuple):
    """A rectangle of cells; rows and columns count from 1, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def lower(self, rows: int) -> Area:
        """Return the area that many rows further down."""
        return Area(self.top + rows, self.left, self.bottom + rows, self.right)

    def __str__(self) -> str:
        first = address(self.top, self.left)
        last = address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


def address(row: int, column: int) -> str:
    """Return how a cell is written: B5."""
    return f"{column_letters(column - 1)}{row}"


def place(text: str) -> tuple[int, int]:
    """Return row and column of B5 or $B$5; ValueError for anything else."""
    found = _PLACE.fullmatch(text)
    if not found:
        message = f"not a cell: {text!r}"
        raise ValueError(message)
    return int(found[2]), column_number(found[1]) + 1


def area(text: str) -> Area:
    """Return the rectangle written as B5, B5:D7, B:D or 5:7; ValueError for anything else."""
    first, _, last = text.replace("$", "").partition(":")
    last = last or first
    if first.isdecimal() and last.isdecimal():
        return Area(int(first), 1, int(last), LAST_COLUMN)
    if re.fullmatch(r"[A-Za-z]{1,3}", first) and re.fullmatch(r"[A-Za-z]{1,3}", last):
        return Area(1, column_number(first) + 1, LAST_ROW, column_number(last) + 1)
    top, left = place(first)
    bottom, right = place(last)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
