"""The tables of a web page one below the other, as a spreadsheet program shows them when it opens the page.

Read tag by tag with whatever is left open or closed twice; nothing in the page runs, nothing it names is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.html_looks import PLAIN, Looks, StyleSheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BLANK = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAKS = re.compile(r" *\n *")
_CELLS = frozenset({"td", "th"})
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_BOXES = (
    frozenset({"div", "section", "center", "form", "table", "tr"}) | _SECTIONS
)  # what may hide rows in it
_BLOCKS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "center", "caption", "hr", "form"})
_INLINE = frozenset({"span", "font", "s", "strike", "del", "b", "i", "u", "a", "em", "strong"})
_SILENT = frozenset({"script", "style", "title", "noscript", "template", "comment", "xml"})
_MOST_ROWS = 65_534  # that a cell may span
_DEEPEST = 40  # tables in tables, and boxes in boxes, that are followed


@dataclass
class HtmlCell:
    """One cell; `column` counts from 0."""

    column: int
    across: int
    down: int
    looks: Looks
    pieces: list[str] = field(default_factory=list)
    in_doubt: bool = False  # whether some of its text is not struck out

    @property
    def text(self) -> str:
        """Return what the cell shows, line by line."""
        return _AROUND_BREAKS.sub("\n", _joined(self.pieces)).strip(" \n")

    @property
    def struck(self) -> bool:
        """Whether all that it shows is struck out."""
        return not self.in_doubt


@dataclass
class HtmlRow:
    """One row of a table, or a line of text between tables."""

    hidden: bool = False
    cells: list[HtmlCell] = field(default_factory=list)


@dataclass
class HtmlTable:
    """One table, or the text outside of them."""

    rows: list[HtmlRow] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    row: HtmlRow | None = None
    cell: HtmlCell | None = None
    columns: int = 0  # told so far by <col>
    _below: dict[int, int] = field(default_factory=dict)  # column → rows that a cell above still takes

    def open_row(self, *, hidden: bool) -> None:
        """Begin a row; what was open ends."""
        self.close_row()
        self.row = HtmlRow(hidden)
        self.rows.append(self.row)

    def close_row(self) -> None:
        """End the row, and count down what spans it from above."""
        self.close_cell()
        if self.row is not None:
            self._below = {column: left - 1 for column, left in self._below.items() if left > 1}
        self.row = None

    def open_cell(self, across: int, down: int, looks: Looks) -> None:
        """Begin a cell in the first free place of the row."""
        self.close_cell()
        if self.row is None:
            self.open_row(hidden=False)
        assert self.row is not None  # noqa: S101 - opened in the line above
        column = self.row.cells[-1].column + self.row.cells[-1].across if self.row.cells else 0
        while column in self._below:
            column += 1
        if column + across > limits.LAST_COLUMN:
            raise limits.too_large(f"有一行写了 {column + across} 列，最多读 {limits.COLUMNS} 列")
        self.cell = HtmlCell(column, across, down, looks)
        self.row.cells.append(self.cell)

    def close_cell(self) -> None:
        """End the cell; where it spans rows, its place is taken in those below."""
        if self.cell is not None and self.cell.down > 1:
            for column in range(self.cell.column, self.cell.column + self.cell.across):
                self._below[column] = self.cell.down
        self.cell = None


class HtmlTables(HTMLParser):
    """Reads a page into tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[HtmlTable] = []
        self._open: list[HtmlTable] = []
        self._styles = StyleSheet()
        self._boxes: list[tuple[str, bool]] = []  # open ones, and whether they hide
        self._inline: list[tuple[str, bool]] = []  # open ones, and whether they strike out
        self._silent = ""
        self._loose: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open what the tag opens; what a page forgot to close is closed."""
        if self._silent:
            return
        if tag in _SILENT:
            self._silent = tag
            return
        attributes = dict(attrs)
        looks = self._styles.of(tag, attributes)
        table = self._open[-1] if self._open else None
        if tag in _BOXES and len(self._boxes) < _DEEPEST:
            self._boxes.append((tag, looks.hidden))
        if tag == "table":
            self._begin_table()
        elif tag == "br" or tag in _BLOCKS:
            self._break()
        elif tag in _INLINE:
            self._inline.append((tag, looks.struck))
        elif table is None:
            return
        elif tag == "tr":
            table.open_row(hidden=any(hides for _, hides in self._boxes))
        elif tag in _CELLS:
            self._inline.clear()
            table.open_cell(_span(attributes.get("colspan"), limits.LAST_COLUMN),
                            _span(attributes.get("rowspan"), _MOST_ROWS), looks)  # fmt: skip
        elif tag == "col":
            span = _span(attributes.get("span"), limits.LAST_COLUMN)
            if looks.hidden:
                table.hidden_columns |= {*range(table.columns, table.columns + span)}
            table.columns += span

    def handle_endtag(self, tag: str) -> None:
        """Close what the tag closes, if it is open."""
        if self._silent:
            self._silent = "" if tag == self._silent else self._silent
            return
        _forget(self._boxes, tag)
        _forget(self._inline, tag)
        if tag in _BLOCKS:
            self._break()
        if not self._open:
            return
        table = self._open[-1]
        if tag == "table":
            table.close_row()
            self._open.pop()
        elif tag == "tr":
            table.close_row()
        elif tag in _CELLS:
            table.close_cell()

    def handle_data(self, data: str) -> None:
        """Add a text to the open cell, or to the line between tables."""
        if self._silent:
            if self._silent == "style":
                self._styles.add(data)
            return
        text = _BLANK.sub(" ", data)
        cell = self._open[-1].cell if self._open else None
        if cell is None:
            self._loose.append(text)
            return
        cell.pieces.append(text)
        if text.strip() and not cell.looks.struck and not any(strikes for _, strikes in self._inline):
            cell.in_doubt = True

    def unknown_decl(self, data: str) -> None:
        """Pass over what office programs put between <![ and ]>."""

    def close(self) -> None:
        """End the page and whatever is open in it."""
        super().close()
        self._break()
        for table in self._open:
            table.close_row()
        self._open.clear()

    def _begin_table(self) -> None:
        self._break()
        table = HtmlTable()
        self.blocks.append(table)
        if len(self._open) >= _DEEPEST:
            raise limits.too_large("里面的表格一层套一层，套得太深")
        self._open.append(table)

    def _break(self) -> None:
        """Begin a new line: in the open cell, or between tables."""
        if self._open and self._open[-1].cell is not None:
            self._open[-1].cell.pieces.append("\n")
            return
        text = _joined(self._loose).strip()
        self._loose.clear()
        if text:
            self.blocks.append(HtmlTable([HtmlRow(cells=[HtmlCell(0, 1, 1, PLAIN, [text], in_doubt=True)])]))


def tables_in(text: str) -> list[HtmlTable]:
    """Return the tables of a page and the lines of text between them, from the top down."""
    parser = HtmlTables()
    parser.feed(text)
    parser.close()
    return parser.blocks


def stacked(blocks: Sequence[HtmlTable]) -> Iterator[tuple[int, HtmlRow]]:
    """Yield all rows with their numbers, one table below the other."""
    number = 0
    for block in blocks:
        for row in block.rows:
            number += 1
            yield number, row


def _joined(pieces: Sequence[str]) -> str:
    return re.sub(" {2,}", " ", "".join(pieces))


def _span(said: str | None, most: int) -> int:
    """Return over how many rows or columns a cell reaches; nonsense is one, nought the rest."""
    told = (said or "").strip()
    if not told.isascii() or not told.isdecimal():
        return 1
    number = int(told[:9])
    return min(number, most) if number else most


def _forget(open_: list[tuple[str, bool]], tag: str) -> None:
    """Take the last open element of a tag away, with whatever was left open in it."""
    for place in range(len(open_) - 1, -1, -1):
        if open_[place][0] == tag:
            del open_[place:]
            return
