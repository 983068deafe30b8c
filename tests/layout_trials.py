"""Filling a layout that lists people with invented people, in the manners of real sheets, and its truth.

Where each datum stands is said by whoever describes the layout, never by the importer's own words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

import xlrd
from invented_people import DATES, people
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from invented_people import Person
    from openpyxl.worksheet.worksheet import Worksheet

# As whoever fills it in carefully; with spoilt numbers, dates in every writing, merges and samples left standing; by
# branches with sums and signatures; with rows hidden and rows struck out.
MANNERS = CLEAN, PAINS, BRANCHES, CONCEALED = "clean", "pains", "branches", "concealed"
_TWO = ("第一党支部", "第二党支部")
_STRUCK = Font(strike=True)
EXCEL_EPOCH = dt.date(1899, 12, 30)
_LONG_POSTS = {"书记": "支部书记", "副书记": "支部副书记"}
_SHORT = {"大学本科毕业": "本科", "硕士研究生毕业": "硕士研究生", "汉族": "汉", "壮族": "壮"}
_MORE = 8  # rows beside the people where they stand by branches: titles, sums, remarks, signatures
# For columns that mean nothing to us.
_STRANGE = ("020100", "是", 85, dt.date(2019, 5, 6), "所党总支", "√", 12.5)

Value = str | int | float | dt.date | None


@dataclass(frozen=True)
class Layout:
    """One blank: the head row, and from column A on the public name under each head.

    `-` is a column that the program does not hold, `#` the running number, `.` an empty one; `status=223_` is
    written with that code before it. `of` says whom it lists: members, on_the_way, applicants, committee.
    """

    sheet: str
    head_row: int
    columns: str
    of: str = "members"
    kept: int = 0  # sample and 必填 rows under the heads, that whoever fills it in in a hurry leaves standing
    box: tuple[int, int] | None = None  # rows of a box of notes inside the data area
    footer: int | None = None  # first row below the people


@dataclass(frozen=True)
class Told:
    """What the truth knows of a cell: the values that are right; none where the cell must be told as unreadable."""

    column: str
    values: frozenset[str]


@dataclass
class Truth:
    """What was written: by row and public name; with every column of the layout and what it holds."""

    sheet: str
    columns: dict[str, str] = field(default_factory=dict)
    rows: dict[int, dict[str, Told]] = field(default_factory=dict)
    concealed: set[int] = field(default_factory=set)  # rows hidden or struck out

    def add(self, row: int, name: str, told: Told) -> None:
        """Note a cell; of two columns with the same datum the first is named."""
        self.rows.setdefault(row, {}).setdefault(name, told)

    def without_concealed(self) -> Truth:
        """Return what is true of the file when nothing concealed is wanted."""
        rows = {row: cells for row, cells in self.rows.items() if row not in self.concealed}
        return Truth(self.sheet, self.columns, rows)


def opened(path: Path) -> Workbook:
    """Return a blank as an openpyxl workbook; of an .xls the same cells on the same sheets."""
    if path.suffix != ".xls":
        return load_workbook(path)
    book = Workbook()
    book.remove(book.active)
    for old in xlrd.open_workbook(str(path)).sheets():
        sheet = book.create_sheet(old.name)
        sheet.sheet_state = "hidden" if old.visibility else "visible"
        for row in range(old.nrows):
            for column, cell in enumerate(old.row(row), 1):
                sheet.cell(row + 1, column).value = cell.value or None
    return book


def fill(book: Workbook, layout: Layout, manner: str = CLEAN, *, merge: bool = True) -> Truth:
    """Write 42 people into a blank, and return what is then true of its cells."""
    sheet = book[layout.sheet]
    pains = manner == PAINS
    everyone = people(layout.of)
    if pains:
        everyone.sort(key=lambda person: person["branch"])
    truth = Truth(layout.sheet)
    words = dict(_words(layout))
    truth.columns = {letter: word.partition("=")[0] for letter, word in words.items()}
    _check_heads(sheet, layout, truth.columns)
    rows = _cleared(sheet, layout, len(everyone), pains=pains, more=_MORE if manner == BRANCHES else 0)
    if manner == BRANCHES:
        rows = _in_branches(sheet, layout, truth, rows, everyone)
    for number, (row, person) in enumerate(zip(rows, everyone, strict=True)):
        _write_person(sheet, truth, words, (row, number), person, pains=pains)
    if pains and merge:
        _merge(sheet, truth, rows)
    if manner == CONCEALED:
        _conceal(sheet, truth, rows)
    return truth


def _write_person(
    sheet: Worksheet,
    truth: Truth,
    words: Mapping[str, str],
    place: tuple[int, int],
    person: Mapping[str, str],
    *,
    pains: bool,
) -> None:
    """Write one person into a row; `place` is the row and the running number."""
    row, number = place
    names = [*truth.columns.values()]
    sound = "id_number" in {*names} & {*person} and not (pains and _spoils(row, person["id_number"]))
    for column, (letter, word) in enumerate(words.items()):
        name, _, code = word.partition("=")
        cell = sheet[f"{letter}{row}"]
        if name in "-#":
            cell.value = number + 1 if name == "#" else _STRANGE[(column + 3) % len(_STRANGE)]
            continue
        first = names.index(name)  # who fills in a datum twice copies it
        value, values = _written(name, person.get(name, ""), row, first, pains=pains, sound=sound)
        cell.value = f"{code}{value}" if code and value else value
        cell.number_format = "yyyy-mm-dd" if isinstance(value, dt.date) else "General"
        truth.add(row, name, Told(letter, values))


def _in_branches(
    sheet: Worksheet, layout: Layout, truth: Truth, rows: Sequence[int], everyone: Sequence[Person]
) -> list[int]:
    """Write the titles and sums of two branches and what stands below a list; return the rows for the people."""
    width = len(layout.columns.split())
    half = len(everyone) // 2
    free = iter(rows)
    taken: list[int] = []
    for branch, members in zip(_TWO, (everyone[:half], everyone[half:]), strict=True):
        title = next(free)
        sheet.cell(title, 1).value = f"{branch}（{len(members)} 人）" if branch == _TWO[0] else branch
        if branch == _TWO[0]:  # the other is not merged: both are met
            sheet.merge_cells(start_row=title, end_row=title, start_column=1, end_column=width)
        for person in members:
            person["branch"] = branch
            taken.append(next(free))
            if "branch" not in truth.columns.values():
                truth.add(taken[-1], "branch", Told("A", frozenset({branch})))
        total = next(free)
        sheet.cell(total, 1).value, sheet.cell(total, 2).value = "小计", f"{len(members)} 人"
    below = ("合计", "注：本表一式两份，由支部和总支各存一份。", "填表人：", "2026年11月24日")
    for row, text in zip(free, below, strict=True):
        sheet.cell(row, 1).value = text
    return taken


def _conceal(sheet: Worksheet, truth: Truth, rows: Sequence[int]) -> None:
    """Hide some rows and strike out others; one is both."""
    for place, row in enumerate(rows):
        if place % 9 == 4:
            sheet.row_dimensions[row].hidden = True
        if place % 8 == 5:
            for cell in sheet[row]:
                cell.font = _STRUCK
        if place % 9 == 4 or place % 8 == 5:
            truth.concealed.add(row)


def _words(layout: Layout) -> Iterator[tuple[str, str]]:
    for index, word in enumerate(layout.columns.split(), 1):
        if word != ".":
            yield get_column_letter(index), word


def _check_heads(sheet: Worksheet, layout: Layout, columns: Iterable[str]) -> None:
    """A layout described for another edition of the blank would make a false truth."""
    found = {cell.column_letter for cell in sheet[layout.head_row] if isinstance(cell, Cell) and cell.value}
    for merge in sheet.merged_cells.ranges:
        if merge.min_row < layout.head_row == merge.max_row:
            found.add(get_column_letter(merge.min_col))
    if found != set(columns):
        message = f"{sheet.title}: heads in {sorted(found ^ set(columns))} are not as described"
        raise ValueError(message)


def _cleared(sheet: Worksheet, layout: Layout, count: int, *, pains: bool, more: int) -> list[int]:
    """Make room and return the rows to fill: samples and notes go, or stay where a filler in a hurry leaves them."""
    kept = layout.kept if pains else 0
    box = layout.box if pains else None
    end = layout.footer or sheet.max_row + 1
    for merge in [*sheet.merged_cells.ranges]:
        if merge.min_row > layout.head_row and not (box and merge.min_row == box[0]):
            sheet.unmerge_cells(str(merge))
    for row in range(layout.head_row + kept + 1, end):
        for cell in sheet[row] if not (box and box[0] <= row <= box[1]) else ():
            cell.value = None
    if layout.footer:
        down = layout.head_row + kept + count + more + 2 - layout.footer
        sheet.move_range(f"A{layout.footer}:{get_column_letter(sheet.max_column)}{sheet.max_row}", rows=down)
    rows: list[int] = []
    row = layout.head_row + kept + 1
    while len(rows) < count + more:
        if not (box and box[0] <= row <= box[1]):
            rows.append(row)
        row += 1
    return rows


def _written(
    name: str, value: str, row: int, column: int, *, pains: bool, sound: bool
) -> tuple[Value, frozenset[str]]:
    """Return what stands in the cell, and which values are a right reading of it."""
    if not value:
        return None, frozenset({""})
    right = frozenset({value})
    if name in DATES:
        return _date(name, value, row + column, pains=pains, sound=sound)
    if name == "party_post":
        return _LONG_POSTS.get(value, value), right
    if pains and name == "id_number" and _spoils(row, value):
        return int(value[:15] + "000"), frozenset()
    return (_in_pain(name, value, row) if pains else value), right


def _in_pain(name: str, value: str, row: int) -> Value:
    """Return another writing of the same, as it stands in one column beside the plain one."""
    if name == "name" and len(value) == 2:
        return f"{value[0]}  {value[1]}"
    if row % 2 and name == "phone":
        return int(value)
    return _SHORT.get(value, value) if row % 2 else value


def _spoils(row: int, number: str) -> bool:
    return row % 3 == 0 and number.isdigit()


def _date(name: str, value: str, turn: int, *, pains: bool, sound: bool) -> tuple[Value, frozenset[str]]:
    """Write a date in one of the manners met in one column; a decimal keeps the month only, or not even that."""
    year, month, *day = map(int, value.split("-"))
    month_only = frozenset({value[:7]})
    whole = dt.date(year, month, day[0]) if day else None
    if not pains:
        return whole or value, frozenset({value})
    manners: tuple[tuple[Value, frozenset[str]], ...] = (
        (whole or f"{year}年{month}月", frozenset({value})),
        (int(value.replace("-", "")), frozenset({value})),
        (".".join(map(str, (year, month, *day))), frozenset({value})),
        (float(f"{year}.{month:02d}" if turn % 2 else f"{year}.{month}"), month_only),
        (f"{year}{month:02d}", month_only),
        ((whole - EXCEL_EPOCH).days if whole else value, frozenset({value})),
    )
    decimal = month in (1, 10) and turn % 2 == 0  # often enough that both months meet in one column
    written, right = manners[3 if decimal else turn % len(manners)]
    if isinstance(written, float) and str(written).endswith(".1") and not (name == "birth_date" and sound):
        return written, frozenset()  # January or October: only a sound identity number can tell
    return written, right


def _merge(sheet: Worksheet, truth: Truth, rows: Sequence[int]) -> None:
    """Merge what is the same down the column, as bureaus do; the last person takes two rows."""
    for letter, name in truth.columns.items():
        if name not in ("branch", "status"):
            continue
        runs = groupby(rows, key=lambda row, name=name: (truth.rows[row][name].values, row - rows.index(row)))
        for _, run in runs:
            same = [*run]
            for row in same[1:]:
                sheet[f"{letter}{row}"].value = None
            if len(same) > 1:
                sheet.merge_cells(f"{letter}{same[0]}:{letter}{same[-1]}")
    last = rows[-1]
    merged = {cell for each in sheet.merged_cells.ranges for cell in each.cells}
    for cell in sheet[last]:
        if (last, cell.column) not in merged and cell.value is not None:
            sheet.merge_cells(
                start_row=last, end_row=last + 1, start_column=cell.column, end_column=cell.column
            )
