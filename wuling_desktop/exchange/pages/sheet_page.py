"""Pages of a filled workbook: where they end is found at once, what stands on one is made when it is looked at."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, overload

from wuling_desktop.exchange.pages import header_footer
from wuling_desktop.exchange.pages.page_borders import Borders
from wuling_desktop.exchange.pages.page_breaks import best_scale, spans
from wuling_desktop.exchange.pages.page_commands import Fill, Page
from wuling_desktop.exchange.pages.page_grid import Measured, grid_of
from wuling_desktop.exchange.pages.page_pictures import image
from wuling_desktop.exchange.pages.page_setup import page_setup
from wuling_desktop.exchange.pages.page_texts import Texts
from wuling_desktop.exchange.pages.printed_area import is_empty, printed_area
from wuling_desktop.exchange.pages.sheet_columns import Columns
from wuling_desktop.exchange.pages.sheet_rows import Rows
from wuling_desktop.exchange.places import Area

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wuling_desktop.exchange.forms.filled import FilledSheet, FilledWorkbook
    from wuling_desktop.exchange.pages.page_commands import Box, Command, Image, Line, Measure, Text
    from wuling_desktop.exchange.pages.page_grid import Grid
    from wuling_desktop.exchange.pages.page_setup import PageSetup
    from wuling_desktop.exchange.pages.sheet_styles import Styles

__all__ = ["CellPlace", "Page", "cell_places", "lay_out"]

_KEPT = 16  # pages remembered after they were made


def lay_out(
    filled: FilledWorkbook, measure: Measure, *, now: dt.datetime | None = None, file_name: str = ""
) -> Sequence[Page]:
    """Return the pages of all sheets; `now` and `file_name` are for heads and feet that ask for them."""
    sheets = [_Layout(sheet, filled.styles, measure) for sheet in filled.sheets]
    return _Pages(sheets, now or dt.datetime.now().astimezone(), file_name)


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell of the sheet lies on its page; a merged one is told by its first row and column."""

    row: int
    column: int
    box: Box


def cell_places(filled: FilledWorkbook, measure: Measure) -> list[list[CellPlace]]:
    """Return the places of all cells, page by page, in reading order."""
    sheets = [_Layout(sheet, filled.styles, measure) for sheet in filled.sheets]
    return [list(sheet.places(span)) for sheet in sheets for span in sheet.spans]


@dataclass(frozen=True, slots=True)
class _Span:
    """Rows and columns of one page."""

    rows: tuple[int, int]
    columns: tuple[int, int]


class _Pages(Sequence[Page]):
    """The pages of a workbook, numbered through all its sheets as when it is printed in one go."""

    def __init__(self, sheets: list[_Layout], now: dt.datetime, file_name: str) -> None:
        self._places: list[tuple[_Layout, _Span, int, bool]] = []
        number = 0
        for sheet in sheets:
            if sheet.setup.first_number is not None:
                number = sheet.setup.first_number - 1
            for place, span in enumerate(sheet.spans):
                number += 1
                self._places.append((sheet, span, number, place == 0))
        self._now, self._file_name = now, file_name
        self._page = lru_cache(maxsize=_KEPT)(self._made)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Page: ...
    @overload
    def __getitem__(self, place: slice) -> list[Page]: ...
    def __getitem__(self, place: int | slice) -> Page | list[Page]:
        if isinstance(place, slice):
            return [self._page(each) for each in range(*place.indices(len(self)))]
        return self._page(range(len(self))[place])

    def _made(self, place: int) -> Page:
        sheet, span, number, first = self._places[place]
        facts = header_footer.Facts(number, len(self), sheet.name, self._file_name, self._now)
        return sheet.page(span, facts, first=first)


class _Layout:
    """One sheet dealt out to pages."""

    def __init__(self, sheet: FilledSheet, styles: Styles, measure: Measure) -> None:
        self._sheet, self._styles, self._measure = sheet, styles, measure
        self.name = sheet.name
        self.setup: PageSetup = page_setup(sheet.root)
        self._columns = Columns(sheet.root, styles.normal, measure)
        merges = sheet.merges
        self._rows = Rows(sheet, styles, self._columns, measure, merges)
        self._measured = Measured(sheet, merges, self._rows, self._columns)
        area = printed_area(sheet, merges, styles)
        self._shown_rows = [row for row in range(area.top, area.bottom + 1) if self._rows.height(row)]
        self._shown_columns = [each for each in range(area.left, area.right + 1) if self._columns.width(each)]
        self._titles = self._title_rows()
        self._row_ends = _visible(sheet.breaks, self._shown_rows)
        column_breaks = [int(each.get("id", "0")) for each in sheet.root.iterfind("{*}colBreaks/{*}brk")]
        self._column_ends = _visible(column_breaks, self._shown_columns)
        self.scale = self._scale()
        self.spans = self._spans()

    def page(self, span: _Span, facts: header_footer.Facts, *, first: bool) -> Page:
        """Return one page of the sheet."""
        setup, grid = self.setup, self._grid(span)
        codes = setup.texts.of(facts.number, first=first)
        size = self.scale if setup.texts.scaled else 1.0
        commands: list[Command] = list(self._cells(grid))
        commands += header_footer.texts(setup, codes, facts, self._styles.normal, size)
        return Page(setup.width, setup.height, tuple(commands))

    def places(self, span: _Span) -> Iterator[CellPlace]:
        """Yield the places of the cells of one page."""
        grid = self._grid(span)
        for down, row in enumerate(grid.rows):
            for across, column in enumerate(grid.columns):
                part = grid.parts.get((down, across))
                if part is None:
                    yield CellPlace(row, column, grid.box(down, across))
                elif part.first == (down, across):
                    yield CellPlace(part.area.top, part.area.left, part.box)

    def _grid(self, span: _Span) -> Grid:
        setup, scale = self.setup, self.scale
        titles = self._titles if self._titles and span.rows[0] > self._titles[-1] else []
        rows = [*titles, *_between(self._shown_rows, span.rows)]
        columns = _between(self._shown_columns, span.columns)
        across = sum(map(self._columns.width, columns)) * scale
        down = sum(map(self._rows.height, rows)) * scale
        x = setup.left + (max(setup.room[0] - across, 0) / 2 if setup.middle_across else 0)
        y = setup.top + (max(setup.room[1] - down, 0) / 2 if setup.middle_down else 0)
        is_last = columns[-1] == self._shown_columns[-1] and self._sheet.print_area is None
        end = setup.width - setup.right if is_last else 0.0
        return grid_of(self._measured, rows, columns, (x, y), end, scale)

    def _cells(self, grid: Grid) -> Iterator[Command]:
        borders = Borders(grid, self._styles, self.scale, gridlines=self.setup.grid)
        texts = Texts(grid, self._styles, self.scale, self._measure)
        fills: list[Fill] = []
        said: list[Text | None] = []
        seen: list[Image] = []
        drawn: list[Line] = []
        for down, row in enumerate(grid.rows):
            cells = grid.cells(row)
            for across, column in enumerate(grid.columns):
                part = grid.parts.get((down, across))
                if part is None:
                    cell, box = cells.get(column), grid.box(down, across)
                elif part.first == (down, across):
                    cell, box = grid.cell(part.area.top, part.area.left), part.box
                else:
                    continue
                if cell is None:
                    continue
                style = self._styles.of(cell.style)
                if style.fill:
                    fills.append(Fill(box, style.fill))
                if style.falling or style.rising:
                    drawn += borders.diagonals(style, box)
                if cell.picture:
                    seen.append(image(cell.picture, part.whole if part else box, box, self.scale))
                said.append(texts.plain(cell, down, across) if part is None else texts.merged(part))
        yield from _joined(fills)
        yield from seen
        yield from (text for text in said if text is not None)
        yield from drawn
        yield from borders.lines()

    def _title_rows(self) -> list[int]:
        """Return the rows repeated on every page, none where they would leave no room for others."""
        if self._sheet.title_rows is None:
            return []
        first, last = self._sheet.title_rows
        rows = [row for row in range(first, min(last, self._sheet.last_row) + 1) if self._rows.height(row)]
        return rows if sum(map(self._rows.height, rows)) < self.setup.room[1] * 0.75 else []

    def _scale(self) -> float:
        setup = self.setup
        if setup.fit is None:
            return setup.scale
        wide, high = setup.fit
        # Excel leaves out breaks made by hand in a direction in which it fits the pages itself.
        self._column_ends = frozenset() if wide else self._column_ends
        self._row_ends = frozenset() if high else self._row_ends

        def fits(scale: float) -> bool:
            return (not wide or len(self._across(scale)) <= wide) and (
                not high or len(self._down(scale)) <= high
            )

        return best_scale(fits)

    def _across(self, scale: float) -> list[tuple[int, int]]:
        room = self.setup.room[0] / scale
        return spans(self._shown_columns, self._columns.width, lambda _: room, self._column_ends)

    def _down(self, scale: float) -> list[tuple[int, int]]:
        whole = self.setup.room[1] / scale
        heads = sum(map(self._rows.height, self._titles))
        last = self._titles[-1] if self._titles else 0

        def room(row: int) -> float:
            return whole - heads if self._titles and row > last else whole

        return spans(self._shown_rows, self._rows.height, room, self._row_ends)

    def _spans(self) -> list[_Span]:
        across, down = self._across(self.scale), self._down(self.scale)
        if self.setup.across_first:
            found = [_Span(rows, columns) for rows in down for columns in across]
        else:
            found = [_Span(rows, columns) for columns in across for rows in down]
        return [span for span in found if not self._is_empty(span)]

    def _is_empty(self, span: _Span) -> bool:
        (top, bottom), (left, right) = span.rows, span.columns
        return is_empty(self._sheet, self._measured.merges, self._styles, Area(top, left, bottom, right))


def _visible(breaks: Iterable[int], shown: list[int]) -> frozenset[int]:
    """Return for each break the last visible row (or column) before it."""
    return frozenset(shown[place - 1] for each in breaks if (place := bisect_right(shown, each)))


def _between(shown: list[int], span: tuple[int, int]) -> list[int]:
    return shown[bisect_right(shown, span[0] - 1) : bisect_right(shown, span[1])]


def _joined(fills: list[Fill]) -> Iterator[Fill]:
    """Yield the fills with neighbours of a row in one: between two rectangles a seam would shine through."""
    for place, each in enumerate(fills):
        before = fills[place - 1] if place else None
        if before is not None and _touch(before, each):
            continue
        last = each
        for following in fills[place + 1 :]:
            if not _touch(last, following):
                break
            last = following
        width = last.box.x + last.box.width - each.box.x
        yield Fill(each.box._replace(width=width), each.colour)


def _touch(one: Fill, other: Fill) -> bool:
    same = one.colour == other.colour and (one.box.y, one.box.height) == (other.box.y, other.box.height)
    return same and abs(one.box.x + one.box.width - other.box.x) < 1e-6
