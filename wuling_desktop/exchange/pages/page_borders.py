"""The borders of a page's cells, each drawn once: the stronger where two neighbours disagree, in one line as far as it goes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from wuling_desktop.exchange.pages.page_commands import Line
from wuling_desktop.exchange.pages.sheet_styles import Edge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wuling_desktop.exchange.pages.page_commands import Box
    from wuling_desktop.exchange.pages.page_grid import Grid
    from wuling_desktop.exchange.pages.sheet_styles import CellStyle, Styles

Numbers = tuple[int | None, ...]  # of the styles of a row's cells
_GRID = Edge("hair", "#808080")  # where the sheet asks for its grid to be printed


class Borders:
    """Finds the lines of one page."""

    def __init__(self, grid: Grid, styles: Styles, scale: float, *, gridlines: bool) -> None:
        self._grid, self._styles, self._scale = grid, styles, scale
        self._least = _GRID if gridlines else None
        # With the rows beyond the page's own: a line between two pages closes the table on both.
        columns = [grid.columns[0] - 1, *grid.columns, grid.columns[-1] + 1]
        rows = [grid.rows[0] - 1, *grid.rows, grid.rows[-1] + 1]
        self._numbers = [self._style_numbers(row, columns) for row in rows]
        self._merged = {down for down, _ in grid.parts}
        self._known: dict[object, list[Edge | None]] = {}

    def lines(self) -> Iterator[Line]:
        """Yield every line, first across, then down."""
        grid = self._grid
        for place, y in enumerate(grid.ys):
            for first, last, edge in _joined(self._above(place)):
                for aside in self._sides(edge):
                    yield self._line(edge, (grid.xs[first], y + aside), (grid.xs[last], y + aside))
        beside = [self._beside(place) for place in range(len(grid.rows))]
        for place, x in enumerate(grid.xs):
            for first, last, edge in _joined([edges[place] for edges in beside]):
                for aside in self._sides(edge):
                    yield self._line(edge, (x + aside, grid.ys[first]), (x + aside, grid.ys[last]))

    def diagonals(self, style: CellStyle, box: Box) -> Iterator[Line]:
        """Yield the lines through a divided cell."""
        right, bottom = box.x + box.width, box.y + box.height
        if style.falling:
            yield self._line(style.falling, (box.x, box.y), (right, bottom))
        if style.rising:
            yield self._line(style.rising, (box.x, bottom), (right, box.y))

    def _style_numbers(self, row: int, columns: list[int]) -> Numbers:
        cells = self._grid.cells(row)
        return tuple(cells[column].style if column in cells else None for column in columns)

    def _above(self, place: int) -> list[Edge | None]:
        """Return the edges above the page's row of that place, column by column."""
        upper, lower = self._numbers[place], self._numbers[place + 1]
        if place == 0:
            upper = self._if_boxed(lower, upper)
        elif place == len(self._grid.rows):
            lower = self._if_boxed(upper, lower)
        if place in self._merged or place - 1 in self._merged:
            edges = self._between(upper, lower)
            parts = self._grid.parts
            for column in range(len(edges)):
                part = parts.get((place, column))
                if part is not None and part is parts.get((place - 1, column)):
                    edges[column] = None
            return edges
        key = (upper, lower)  # most rows of a list look alike
        if key not in self._known:
            self._known[key] = self._between(upper, lower)
        return self._known[key]

    def _between(self, upper: Numbers, lower: Numbers) -> list[Edge | None]:
        pairs = [(self._style(one), self._style(other)) for one, other in zip(upper, lower, strict=True)]
        return [
            self._stronger(above.bottom if above else None, below.top if below else None)
            for above, below in pairs[1:-1]
        ]

    def _beside(self, row: int) -> list[Edge | None]:
        """Return the edges before each column of a row, and behind the last."""
        numbers = self._numbers[row + 1]
        if row in self._merged:
            edges = self._in_row(numbers)
            parts = self._grid.parts
            for column in range(1, len(edges)):
                part = parts.get((row, column))
                if part is not None and part is parts.get((row, column - 1)):
                    edges[column] = None
            return edges
        if numbers not in self._known:
            self._known[numbers] = self._in_row(numbers)
        return self._known[numbers]

    def _in_row(self, numbers: Numbers) -> list[Edge | None]:
        first = self._if_boxed(numbers[1:2], numbers[:1])
        last = self._if_boxed(numbers[-2:-1], numbers[-1:])
        styles = [self._style(number) for number in (*first, *numbers[1:-1], *last)]
        return [
            self._stronger(left.right if left else None, right.left if right else None)
            for left, right in pairwise(styles)
        ]

    def _if_boxed(self, inside: Numbers, beyond: Numbers) -> Numbers:
        """Return the styles beyond the page where its own cells have lines; else theirs would belong to no table."""
        found = []
        for own, other in zip(inside, beyond, strict=True):
            style = self._style(own)
            found.append(other if style is not None and style.boxed else None)
        return tuple(found)

    def _style(self, number: int | None) -> CellStyle | None:
        return None if number is None else self._styles.of(number)

    def _stronger(self, one: Edge | None, other: Edge | None) -> Edge | None:
        if one is None or other is None:
            return one or other or self._least
        return one if one.stroke.strength >= other.stroke.strength else other

    def _sides(self, edge: Edge) -> tuple[float, ...]:
        """Return how far the lines of an edge lie from it: two for a double one."""
        aside = edge.stroke.width * self._scale
        return (-aside, aside) if edge.style == "double" else (0.0,)

    def _line(self, edge: Edge, begin: tuple[float, float], end: tuple[float, float]) -> Line:
        stroke = edge.stroke
        return Line(*begin, *end, stroke.width * self._scale, edge.colour, stroke.dashes)


def _joined(edges: list[Edge | None]) -> Iterator[tuple[int, int, Edge]]:
    """Yield stretches of the same edge: first place, place behind the last, edge."""
    begin = 0
    for place, edge in enumerate(edges):
        following = edges[place + 1] if place + 1 < len(edges) else None
        if edge is not None and edge == following:
            continue
        if edge is not None:
            yield begin, place + 1, edge
        begin = place + 1
