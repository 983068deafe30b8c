"""Forms of one person (采集表, 登记表), their labels beside their values, laid out as a list with a row for each person.

What follows then reads, shows and corrects them as any other list. A person stands in the row of the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wuling_desktop.domain.texts import closed, folded, from_cell
from wuling_desktop.exchange.reading.header_rows import Grid, heads_in, looks_like_form
from wuling_desktop.exchange.reading.headings import Vocabulary
from wuling_desktop.exchange.reading.sheets import Sheet, SheetRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.exchange.reading.sheets import CellValue, Workbook

_NAME = "person.name"
_MOST_ROWS = 2_000  # of a sheet of forms, one below the other
_LONGEST = 30  # characters of a label
_NAMED, _SHORT = 5, 20  # texts named in the note, and characters of each
_EDUCATION, _DEGREE = "学历", "学位"
_WITH_VALUE = re.compile(r"([^:：]{1,30})[:：]\s*(\S.*)", re.DOTALL)
_PARTS = re.compile(r"[\n、，,;；/ \u3000]+")
_TITLE = re.compile(r"[表卡册](?:\([^()]*\))?$|^附件\d*$|^(?:注|备注|说明|填表说明):")
# Who made the form and when, and the place of the photo: nothing about the person.
_SIGNED = re.compile(
    r"(?:填表|制表|审核|填报|上报|经办|负责|截止|本人).{0,5}(?:人|单位|时间|日期|签字|签名|\(盖章\))|.{0,6}(?:签字|签名|盖章|公章)"
    r"|\d{0,4}年\d{0,2}月\d{0,2}日?$|.{0,3}照片|相片|近照"
)


@dataclass(frozen=True, slots=True)
class _Answer:
    """A label with the value beside it; `heading` stands over its column."""

    heading: str
    datum: str
    value: CellValue
    fault: str = ""


@dataclass
class _Person:
    row: SheetRow | None = None  # the one that holds the name
    answers: dict[str, _Answer] = field(default_factory=dict)


@dataclass
class _Form:
    """One pass over a sheet from the top down."""

    grid: Grid
    vocabulary: Vocabulary
    people: list[_Person] = field(default_factory=lambda: [_Person()])
    unread: list[str] = field(default_factory=list)
    _waiting: list[_Answer] = field(default_factory=list)  # what stands between a title and the next name
    _titled: bool = True
    _in_list: bool = False
    _matches: dict[tuple[str, tuple[str, ...]], tuple[Datum, ...]] = field(default_factory=dict)

    def read(self) -> list[_Person]:
        """Return the people whose names are filled in."""
        for row in self.grid.rows:
            self._take_row(row)
        self._take_waiting()
        return [person for person in self.people if person.row is not None]

    def _take_row(self, row: SheetRow) -> None:
        if self._heads_a_list(row):
            self._in_list = True
            return
        unread = len(self.unread)
        answers = list(self._answers(row))
        if self._in_list and not any(answer.datum for answer in answers):
            self.unread += [text for _, text in _texts(row)]
            return
        self._in_list = False
        held = [cell for cell in row.cells if cell is not None]
        if not answers and len(held) == 1:
            self.unread[unread:] = [text for text in self.unread[unread:] if not _TITLE.search(closed(text))]
            self._titled = True
            self._take_waiting()
            return
        for answer in answers:
            if answer.datum == _NAME and answer.value is not None:
                self._begin(row)
            if self._titled and answer.datum != _NAME:
                self._waiting.append(answer)
            else:
                self._take(answer)

    def _begin(self, row: SheetRow) -> None:
        """A name: of the next person where the last has one."""
        if self.people[-1].row is not None:
            self.people.append(_Person())
        self.people[-1].row = row
        self._titled = False
        self._take_waiting()

    def _take_waiting(self) -> None:
        for answer in self._waiting:
            self._take(answer)
        self._waiting.clear()

    def _take(self, answer: _Answer) -> None:
        first = self.people[-1].answers.setdefault(answer.datum or answer.heading, answer)
        if first is not answer and answer.value is not None and answer.value != first.value:
            self.unread.append(f"{answer.heading} {answer.value}")

    def _answers(self, row: SheetRow) -> Iterator[_Answer]:
        """Yield the labels of a row with what stands beside each; what belongs to none is told."""
        over = groups = self._groups_over(row)
        taken = -1  # the last column that was a value
        for column, cell in enumerate(row.cells):
            if cell is None or column <= taken:
                continue
            text = cell if isinstance(cell, str) else ""
            beside = self._right_of(row, column)
            has_value = row.cell(beside) is not None and not self._is_label(row.cell(beside), groups)
            if found := self._labelled(text, row, beside, groups):
                yield from found
                groups = (*over, text) if self._is_education(text) else groups
                taken = beside if has_value else taken
            elif inside := _WITH_VALUE.fullmatch(text):
                yield from self._inline(inside[1], inside[2])
            elif self._spans_rows(row.number, column):
                groups = (*groups, text)
            elif has_value:
                self._pass_over(f"{from_cell(cell)}：{from_cell(row.cell(beside))}")
                taken = beside
            elif beside >= self.grid.width or not text:
                self._pass_over(from_cell(cell))

    def _match(self, text: str, groups: tuple[str, ...] = ()) -> tuple[Datum, ...]:
        """Return what a label means; on many forms the same labels stand."""
        if (text, groups) not in self._matches:
            self._matches[text, groups] = self.vocabulary.match(text, groups).data
        return self._matches[text, groups]

    def _pass_over(self, text: str) -> None:
        if not _SIGNED.match(closed(text)):
            self.unread.append(text)

    def _labelled(self, text: str, row: SheetRow, beside: int, groups: tuple[str, ...]) -> list[_Answer]:
        if not text or len(closed(text)) > _LONGEST:
            return []
        value = row.cell(beside)
        if self._is_label(value, groups):
            value = None
        if self._is_education(text):
            return self._education(text, value, row.fault(beside))
        meant = self._match(text, groups)
        if meant:
            return [self._answer(text, meant[0], value, row.fault(beside))]
        return []

    def _answer(self, text: str, datum: Datum, value: CellValue, fault: str) -> _Answer:
        """Head the column with the words of the form where they say by themselves what they mean."""
        own = self._match(text)[:1] == (datum,)
        return _Answer(" ".join(text.split()) if own else datum.label, datum.name, value, fault)

    def _inline(self, label: str, value: str) -> Iterator[_Answer]:
        meant = self._match(label)
        if meant:
            yield self._answer(label, meant[0], value.strip(), "")
        else:
            self._pass_over(f"{label}：{value}")

    def _education(self, group: str, value: CellValue, fault: str) -> list[_Answer]:
        """Under 全日制教育 the education stands in the first line of one cell and the degree in the second."""
        education, degree = (self._match(each, (group,))[:1] for each in (_EDUCATION, _DEGREE))
        parts = [part for part in _PARTS.split(value.strip()) if part] if isinstance(value, str) else [value]
        answers = [self._answer("", education[0], parts[0], fault)]
        if degree and len(parts) > 1:
            answers.append(self._answer("", degree[0], " ".join(map(str, parts[1:])), ""))
        return answers

    def _is_education(self, text: str) -> bool:
        """Whether a text is no label by itself but parts one 学历 from the other: 全日制教育, 在职教育."""
        if not text or len(closed(text)) > _LONGEST or self._match(text):
            return False
        under, alone = self._match(_EDUCATION, (text,)), self._match(_EDUCATION)
        return bool(under) and under != alone

    def _is_label(self, value: CellValue, groups: tuple[str, ...]) -> bool:
        return isinstance(value, str) and (
            self.vocabulary.knows(value) or self._is_education(value) or self._under(value, groups)
        )

    def _under(self, text: str, groups: tuple[str, ...]) -> bool:
        """Whether a text is a label by the group that it stands under: 毕业院校系及专业."""
        return bool(groups) and len(closed(text)) <= _LONGEST and bool(self._match(text, groups))

    def _groups_over(self, row: SheetRow) -> tuple[str, ...]:
        """Return the texts merged down from rows above that are no labels of their own."""
        over = (
            self.grid.own(top, left - 1)
            for top, left, bottom, _ in self.grid.merges_on(row.number)
            if top < row.number <= bottom
        )
        return tuple(text for text in over if text and not self._match(text))

    def _spans_rows(self, number: int, column: int) -> bool:
        return any(
            (top, left - 1) == (number, column) and bottom > top
            for top, left, bottom, _ in self.grid.merges_on(number)
        )

    def _right_of(self, row: SheetRow, column: int) -> int:
        """Return the column beside a cell, behind what is merged to it."""
        return next(
            (
                right
                for top, left, _, right in self.grid.merges_on(row.number)
                if (top, left - 1) == (row.number, column)
            ),
            column + 1,
        )

    def _heads_a_list(self, row: SheetRow) -> bool:
        """Whether labels stand side by side: heads of a list within the form, as of the family."""
        columns = [column for column, text in _texts(row) if self.vocabulary.knows(text)]
        beside = [column for column in columns if self._right_of(row, column) in columns]
        return len(beside) >= 2


def with_forms_as_lists(workbook: Workbook, data: Iterable[Datum]) -> Workbook:
    """Return the workbook with every sheet of filled-in forms laid out as a list."""
    vocabulary = Vocabulary(data)
    sheets = []
    forms: list[str] = []
    count = 0
    unread: list[str] = []
    for sheet in workbook.sheets:
        grid = Grid(sheet)
        form = _Form(grid, vocabulary)
        if len(sheet.rows) <= _MOST_ROWS and _is_form(grid, vocabulary) and (people := form.read()):
            sheets.append(_as_list(sheet, people))
            forms.append(sheet.name)
            count += len(people)
            unread += form.unread
        else:
            sheets.append(sheet)
    notes = (*workbook.notes, _note(forms, count, unread)) if forms else workbook.notes
    return replace(workbook, sheets=tuple(sheets), notes=notes)


def _is_form(grid: Grid, vocabulary: Vocabulary) -> bool:
    head = next(heads_in(grid, vocabulary, frozenset({_NAME}), {}), None)
    return head is not None and looks_like_form(grid, head, vocabulary)


def _as_list(sheet: Sheet, people: list[_Person]) -> Sheet:
    columns: dict[str, str] = {}
    for person in people:
        for key, answer in person.answers.items():
            columns.setdefault(key, answer.heading)
    places = {key: place for place, key in enumerate(columns)}
    first = people[0].row.number if people[0].row is not None else 1
    down = 1 if first == 1 else 0  # room for the heads above the first person
    rows = [SheetRow(first + down - 1, tuple(columns.values()))]
    for person in people:
        if person.row is None:
            continue
        cells: list[CellValue] = [None] * len(columns)
        for key, answer in person.answers.items():
            cells[places[key]] = answer.value
        faults = tuple((places[key], answer.fault) for key, answer in person.answers.items() if answer.fault)
        rows.append(replace(person.row, number=person.row.number + down, cells=tuple(cells), faults=faults))
    return Sheet(sheet.name, tuple(rows), sheet.hidden)


def _note(sheets: list[str], count: int, unread: list[str]) -> str:
    which = f"“{sheets[0]}”" if len(sheets) == 1 else f"“{sheets[0]}”等 {len(sheets)} 张表"
    labels = dict.fromkeys(" ".join(folded(text.partition("：")[0]).split())[:_SHORT] for text in unread)
    named = "、".join(f"“{label}”" for label in [*labels][:_NAMED]) + ("等" if len(labels) > _NAMED else "")
    rest = f"，有 {len(unread)} 处没有认出来，没有取（{named}）" if unread else ""
    return f"{which}是一人一张的表，按标签读成了 {count} 人{rest}"


def _texts(row: SheetRow) -> list[tuple[int, str]]:
    return [(column, cell) for column, cell in enumerate(row.cells) if isinstance(cell, str)]
