"""Where the heads of a list stand, and what stands over each column from the top down."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wuling_desktop.domain.texts import closed
from wuling_desktop.exchange.reading.headings import INDEX, LONGEST, Vocabulary, heading_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from wuling_desktop.exchange.reading.sheets import Merge, Sheet, SheetRow

_META = re.compile(
    r"^[（(【]?(?:填报|填表|上报|报送|审批|制表|统计|截止|单位|支部|党委|党支部|部门)?(?:单位|名称|时间|日期|人|电话|年度)[^:：]{0,6}[:：]|[:：]$"
)
_DATE_LINE = re.compile(r"^\d{0,4}年\d{0,2}月\d{0,2}日?$")
_LONGEST_GROUP = 40
_TITLE_SHARE = 0.8  # of the width: a merge wider than this is a title, not a group head
_DEEPEST = 3  # rows of heads above or below the row with the key column
_FIRST_ROWS = 60  # occupied rows in which heads are sought anywhere; later only after a gap
_FORM_ROWS = 6  # rows below supposed heads that are looked at to tell a form from a list


@dataclass(frozen=True, slots=True)
class Head:
    """The rows of heads, from `first` to `last`, and the texts over each column from the top down."""

    first: int
    main: int
    last: int
    paths: Mapping[int, tuple[str, ...]]
    needed: Mapping[str, int]  # key datum → its column


class Grid:
    """A sheet with its merges at hand."""

    def __init__(self, sheet: Sheet) -> None:
        self.name = sheet.name
        self.rows = sheet.rows
        self.merges = sorted(sheet.merges)
        self._numbers = [row.number for row in sheet.rows]
        self._tops = [merge[0] for merge in self.merges]
        self.by_number = {row.number: row for row in sheet.rows}
        self._spread: dict[int, dict[int, str]] = {}
        self._touching: dict[int, list[Merge]] = {}
        for merge in sheet.merges:
            for row in range(merge[0], min(merge[2], merge[0] + _DEEPEST) + 1):
                self._touching.setdefault(row, []).append(merge)

    @cached_property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row.cells) for row in self.rows), default=0)

    def between(self, above: int, below: int) -> tuple[SheetRow, ...]:
        """Return the rows between two others, without these."""
        return self.rows[bisect_right(self._numbers, above) : bisect_left(self._numbers, below)]

    def merges_between(self, above: int, below: int) -> list[Merge]:
        """Return the merges that begin between two rows."""
        return self.merges[bisect_right(self._tops, above) : bisect_left(self._tops, below)]

    def merges_on(self, row: int) -> list[Merge]:
        """Return the merges that touch a row with their first few rows, as heads do."""
        return self._touching.get(row, [])

    def own(self, row: int, column: int) -> str:
        """Return the text of a cell itself; numbers and dates are no heads."""
        value = self.by_number[row].cell(column) if row in self.by_number else None
        return value.strip() if isinstance(value, str) else ""

    def covered(self, row: int, column: int) -> str:
        """Return the text of a cell, or of the merge over it."""
        return self.own(row, column) or self._spread_on(row).get(column, "")

    def covers(self, row: int) -> int:
        """Return how many columns hold a text or lie under one: the width of a row of heads."""
        return len(
            {column for column in range(self.width) if self.own(row, column)} | self._spread_on(row).keys()
        )

    def _spread_on(self, row: int) -> dict[int, str]:
        """Return the texts of the merges that touch a row by the columns they cover."""
        if row not in self._spread:
            spread = self._spread[row] = {}
            for top, left, _, right in self.merges_on(row):
                if text := self.own(top, left - 1):
                    spread |= dict.fromkeys(range(left - 1, min(right, self.width)), text)
        return self._spread[row]


def texts_of(row: SheetRow) -> list[tuple[int, str]]:
    """Return the cells of a row that hold text."""
    return [(column, cell) for column, cell in enumerate(row.cells) if isinstance(cell, str) and cell.strip()]


def heads_in(
    grid: Grid, vocabulary: Vocabulary, needs: frozenset[str], forced: Mapping[str, int]
) -> Iterator[Head]:
    """Yield the heads of every list in a sheet, from the top down."""
    after = 0
    before = 0
    earlier: set[tuple[tuple[int, str], ...]] = set()  # rows of the heads of lists above
    for place, row in enumerate(grid.rows):
        near = place < _FIRST_ROWS or row.number > before + 1 or _of_words(row, vocabulary)
        before = row.number
        if row.number <= after or not near:
            continue
        needed = _needed(row, vocabulary, needs, forced)
        if needed is None:
            continue
        first = _first(grid, row.number, after, earlier)
        last = _last(grid, row.number, vocabulary, needed)
        after = last
        earlier |= {tuple(texts_of(each)) for each in grid.between(first - 1, last + 1)}
        yield Head(first, row.number, last, _paths(grid, first, last), needed)


def _of_words(row: SheetRow, vocabulary: Vocabulary) -> bool:
    """Whether a row holds known heads and neither numbers nor dates, as nearly every record does."""
    if any(cell is not None and (not isinstance(cell, str) or cell[:2].isdecimal()) for cell in row.cells):
        return False
    return sum(vocabulary.knows(text) for _, text in texts_of(row) if len(text) <= LONGEST) >= 2


def candidates(grid: Grid, vocabulary: Vocabulary) -> list[SheetRow]:
    """Return the rows that look like heads but for the key column."""
    return [row for row in grid.rows[:_FIRST_ROWS] if len({key for _, key in _known(row, vocabulary)}) >= 3]


def looks_like_form(grid: Grid, head: Head, vocabulary: Vocabulary) -> bool:
    """Whether labels and values alternate: the rows below the supposed heads hold labels too, as if they were names."""
    labels = dict(_known(grid.by_number[head.main], vocabulary))
    as_names = set()
    beside = [grid.own(head.main, column + 1) for column in labels]
    alternate = not any(vocabulary.knows(text) for text in beside if text)
    for number in range(head.last + 1, head.last + 1 + _FORM_ROWS):
        row = grid.by_number.get(number)
        if row is None:
            continue
        again = dict(_known(row, vocabulary))
        as_names |= {again.get(column, "") for column in head.needed.values()} - {"", *labels.values()}
        if len(as_names) >= 2 or (as_names and alternate):
            return True
        if (
            len(again) >= 2
            and again.keys() != labels.keys()
            and not set(again.values()) & set(labels.values())
        ):
            return True
    return False


def _known(row: SheetRow, vocabulary: Vocabulary) -> list[tuple[int, str]]:
    return [(column, heading_key(text)) for column, text in texts_of(row) if vocabulary.knows(text)]


def _needed(
    row: SheetRow, vocabulary: Vocabulary, needs: frozenset[str], forced: Mapping[str, int]
) -> dict[str, int] | None:
    """Return where the key columns stand if the row is the main row of heads."""
    texts = [(column, text) for column, text in texts_of(row) if heading_key(text) not in INDEX]
    if len(texts) < 2 or not all(len(text) <= LONGEST for _, text in texts):
        return None
    needed: dict[str, int] = {need: column for need, column in forced.items() if row.cell(column) is not None}
    surest: dict[str, bool] = {}
    known = 0
    for column, text in texts:
        match = vocabulary.match(text)
        known += bool(match.data)
        for datum in match.data:
            sure = vocabulary.knows(text)
            if (
                datum.name in needs
                and datum.name not in forced
                and (datum.name not in needed or (sure and not surest[datum.name]))
            ):
                needed[datum.name], surest[datum.name] = column, sure
    if needed.keys() != needs or (forced and known < 2):
        return None
    return needed


def _first(grid: Grid, main: int, after: int, earlier: AbstractSet[tuple[tuple[int, str], ...]]) -> int:
    first = main
    while main - first < _DEEPEST and first - 1 > after and _is_group_row(grid, first - 1, first):
        if after and not _begins_a_list(grid, first - 1, earlier):
            break
        first -= 1
    return first


def _begins_a_list(grid: Grid, number: int, earlier: AbstractSet[tuple[tuple[int, str], ...]]) -> bool:
    """Whether a row below a list cannot be its last person: after a gap, under a title, or as heads stood before."""
    above = grid.by_number.get(number - 1)
    return above is None or len(texts_of(above)) <= 1 or tuple(texts_of(grid.by_number[number])) in earlier


def _is_group_row(grid: Grid, number: int, below: int) -> bool:
    """Whether a row holds heads of groups of columns; a title and a line such as 填报单位：… 填报时间：… do not."""
    row = grid.by_number.get(number)
    texts = texts_of(row) if row is not None else []
    if row is None or not texts or len(texts) != sum(cell is not None for cell in row.cells):
        return False
    if any(
        len(text) > _LONGEST_GROUP or _META.search(closed(text)) or _DATE_LINE.match(closed(text))
        for _, text in texts
    ):
        return False
    across = [merge for merge in grid.merges_on(number) if merge[3] > merge[1]]
    if any(right - left + 1 > _TITLE_SHARE * grid.covers(below) for _, left, _, right in across):
        return False
    if across or any(top == number and bottom >= below for top, _, bottom, _ in grid.merges_on(number)):
        return True
    return not grid.merges and 2 <= len(texts) < len(texts_of(grid.by_number[below]))


def _last(grid: Grid, main: int, vocabulary: Vocabulary, needed: Mapping[str, int]) -> int:
    last = max(
        (bottom for top, _, bottom, _ in grid.merges_on(main) if top == main and bottom < main + _DEEPEST),
        default=main,
    )
    while last - main < _DEEPEST and _is_sub_row(grid, last + 1, vocabulary, needed):
        last += 1
    return last


def _is_sub_row(grid: Grid, number: int, vocabulary: Vocabulary, needed: Mapping[str, int]) -> bool:
    """Whether a row, without merges to tell it, holds heads of single columns under the group heads above."""
    row = grid.by_number.get(number)
    if row is None or any(row.cell(column) is not None for column in needed.values()):
        return False
    texts = texts_of(row)
    if not texts or len(texts) != sum(cell is not None for cell in row.cells):
        return False
    words = [
        vocabulary.knows(text) or bool(vocabulary.match(text, _groups(grid, number - 1, column)).data)
        for column, text in texts
    ]
    return sum(words) * 2 > len(words)


def _groups(grid: Grid, number: int, column: int) -> tuple[str, ...]:
    text = grid.covered(number, column) or _from_left(grid, number, column)
    return (text,) if text else ()


def _from_left(grid: Grid, number: int, column: int) -> str:
    """Return the group head that an unmerged row means for a column: the nearest on the left with a head below it."""
    if grid.merges_on(number) or not grid.own(number + 1, column):
        return ""
    for left in range(column - 1, -1, -1):
        if text := grid.own(number, left):
            return text if grid.own(number + 1, left) else ""
    return ""


def _paths(grid: Grid, first: int, last: int) -> dict[int, tuple[str, ...]]:
    paths: dict[int, tuple[str, ...]] = {}
    for column in range(grid.width):
        path: list[str] = []
        for number in range(first, last + 1):
            text = grid.covered(number, column)
            if not text and number < last:
                text = _from_left(grid, number, column)
            if text and text not in path:
                path.append(text)
        if path:
            paths[column] = tuple(path)
    return paths
