"""Which rows of a blank are repeated for the records: those of {index}, with the empty rows of the same frame below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wuling_desktop.exchange.reading.file_kind import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wuling_desktop.exchange.forms.blank import BlankCell, BlankRow
    from wuling_desktop.exchange.pages.sheet_styles import Styles
    from wuling_desktop.exchange.places import Area

INDEX = "index"
_HIGHEST = 200  # rows of one record


@dataclass(frozen=True, slots=True)
class Repeated:
    """The list of a blank: `height` rows a record from `first` on, with room for so many records."""

    first: int
    height: int
    room: int


def found(rows: Mapping[int, BlankRow], merges: Sequence[Area], styles: Styles) -> Repeated | None:
    """Return the list of a sheet, or None where no cell holds {index}."""
    for number in sorted(rows):
        for column, cell in rows[number].cells.items():
            if cell.text is not None and any(token.name == INDEX for token in cell.text.tokens):
                merge = next((area for area in merges if area.holds(number, column)), None)
                height = 1 if merge is None else merge.bottom - merge.top + 1
                if height > _HIGHEST:
                    raise damaged(f"序号那一格合并了 {height} 行")
                finder = _Finder(rows, merges, styles, number, height)
                return Repeated(number, height, finder.room(column))
    return None


class _Finder:
    """Compares the rows below with the rows of the first record."""

    def __init__(
        self, rows: Mapping[int, BlankRow], merges: Sequence[Area], styles: Styles, first: int, height: int
    ) -> None:
        self._rows = rows
        self._merges = merges
        self._styles = styles
        self._first = first
        self._height = height

    def room(self, index: int) -> int:
        """Return for how many records there are rows; `index` is the column of running numbers."""
        room = 1
        while self._continues(room, index):
            room += 1
        return room

    def _continues(self, block: int, index: int) -> bool:
        start = self._first + block * self._height
        if set(self._merges_in(start)) != set(self._merges_in(self._first)):
            return False
        return all(
            self._is_like(self._first + offset, start + offset, block, index)
            for offset in range(self._height)
        )

    def _merges_in(self, start: int) -> Iterator[Area]:
        """Yield the merges that touch the rows of a record, counted from its first row."""
        for area in self._merges:
            if area.top < start + self._height and area.bottom >= start:
                yield area.lower(-start)

    def _is_like(self, model: int, number: int, block: int, index: int) -> bool:
        """Whether a row is free for a record: framed alike, without words of its own."""
        if model not in self._rows or number not in self._rows:
            return False
        first, row = self._rows[model].cells, self._rows[number].cells
        for column, cell in row.items():
            numbered = column == index and cell.number == block + 1
            told = first.get(column)
            computed = cell.formula and told is not None and told.formula
            if not (cell.empty or numbered or computed):
                return False
        if framed := self._framed(first):
            return framed == self._framed(row)
        looks = {column: cell.style for column, cell in first.items() if cell.style}
        return bool(looks) and looks == {column: cell.style for column, cell in row.items() if cell.style}

    def _framed(self, cells: Mapping[int, BlankCell]) -> set[int]:
        return {column for column, cell in cells.items() if self._styles.of(cell.style).boxed}
