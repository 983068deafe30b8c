"""The rows and columns that stand on one page, with their places on the paper and what is merged there."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from wuling_desktop.exchange.pages.page_commands import Box

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wuling_desktop.exchange.forms.filled import FilledCell, FilledSheet
    from wuling_desktop.exchange.pages.sheet_columns import Columns
    from wuling_desktop.exchange.pages.sheet_rows import Rows
    from wuling_desktop.exchange.places import Area

_NOTHING: Mapping[int, FilledCell] = {}


@dataclass(frozen=True, slots=True)
class Measured:
    """A sheet with the sizes of its rows and columns."""

    sheet: FilledSheet
    merges: Sequence[Area]
    rows: Rows
    columns: Columns


@dataclass(frozen=True, slots=True)
class Part:
    """What of merged cells lies on this page; `whole` is the box all of it would take, over the page's edge too."""

    area: Area
    first: tuple[int, int]  # places in the page's rows and columns
    last: tuple[int, int]
    box: Box
    whole: Box

    @property
    def is_split(self) -> bool:
        """Whether some of it lies on other pages."""
        return self.box != self.whole


@dataclass(slots=True)
class Grid:
    """One page's cells; `ys` and `xs` are the edges of its rows and columns in millimetres, one more than these."""

    sheet: FilledSheet
    rows: Sequence[int]
    columns: Sequence[int]
    ys: Sequence[float]
    xs: Sequence[float]
    end: float  # how far to the right a text may run beyond the last column
    parts: dict[tuple[int, int], Part] = field(default_factory=dict)  # by place, each cell of a merged one
    _cells: dict[int, Mapping[int, FilledCell]] = field(default_factory=dict)

    def cells(self, row: int) -> Mapping[int, FilledCell]:
        """Return the cells of a row of the sheet, none outside it."""
        if row not in self._cells:
            inside = 1 <= row <= self.sheet.last_row
            self._cells[row] = self.sheet.cells(row) if inside else _NOTHING
        return self._cells[row]

    def cell(self, row: int, column: int) -> FilledCell | None:
        """Return a cell of the sheet, None where nothing is."""
        return self.cells(row).get(column)

    def box(self, down: int, across: int) -> Box:
        """Return the box of the cell at a place of the page."""
        x, y = self.xs[across], self.ys[down]
        return Box(x, y, self.xs[across + 1] - x, self.ys[down + 1] - y)


def grid_of(
    measured: Measured,
    rows: Sequence[int],
    columns: Sequence[int],
    origin: tuple[float, float],
    end: float,
    scale: float,
) -> Grid:
    """Return the grid of a page; `rows` and `columns` are the visible ones in the order in which they stand."""
    widths = (measured.columns.width(column) * scale for column in columns)
    heights = (measured.rows.height(row) * scale for row in rows)
    xs = list(accumulate(widths, initial=origin[0]))
    ys = list(accumulate(heights, initial=origin[1]))
    grid = Grid(measured.sheet, rows, columns, ys, xs, max(xs[-1], end))
    top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
    for area in measured.merges:
        if area.top <= bottom and area.bottom >= top and area.left <= right and area.right >= left:
            _add_parts(grid, area, measured, scale)
    return grid


def _add_parts(grid: Grid, area: Area, measured: Measured, scale: float) -> None:
    heights, widths = measured.rows, measured.columns
    across = [place for place, column in enumerate(grid.columns) if area.left <= column <= area.right]
    if not across:
        return
    for down in _stretches(
        [place for place, row in enumerate(grid.rows) if area.top <= row <= area.bottom], grid.rows
    ):
        x, y = grid.xs[across[0]], grid.ys[down[0]]
        box = Box(x, y, grid.xs[across[-1] + 1] - x, grid.ys[down[-1] + 1] - y)
        first_row, last_row = grid.rows[down[0]], grid.rows[down[-1]]
        first_column, last_column = grid.columns[across[0]], grid.columns[across[-1]]
        above = heights.between(area.top, first_row - 1) * scale
        below = heights.between(last_row + 1, min(area.bottom, grid.sheet.last_row)) * scale
        before = widths.between(area.left, first_column - 1) * scale
        behind = widths.between(last_column + 1, min(area.right, grid.sheet.last_column)) * scale
        whole = Box(x - before, y - above, box.width + before + behind, box.height + above + below)
        part = Part(area, (down[0], across[0]), (down[-1], across[-1]), box, whole)
        for row in range(down[0], down[-1] + 1):
            for column in range(across[0], across[-1] + 1):
                grid.parts[row, column] = part


def _stretches(places: list[int], rows: Sequence[int]) -> list[list[int]]:
    """Cut places where repeated title rows end: the rows below them need not be their neighbours in the sheet."""
    found: list[list[int]] = []
    for place in places:
        if found and place == found[-1][-1] + 1 and (rows[place] > rows[place - 1]):
            found[-1].append(place)
        else:
            found.append([place])
    return found
