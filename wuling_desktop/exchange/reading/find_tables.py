"""Finding the lists in a workbook by the words of their heads; everything passed over is told with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wuling_desktop.domain import kinds
from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading import body_rows
from wuling_desktop.exchange.reading.body_rows import (
    TITLE,
    Frame,
    head_texts,
    index_column,
    sort_rows,
    text_of,
)
from wuling_desktop.exchange.reading.columns import columns_of, key_question, overridden, settled
from wuling_desktop.exchange.reading.concealed import CONCEALED, HIDDEN_SHEET, Concealed
from wuling_desktop.exchange.reading.file_kind import web_page
from wuling_desktop.exchange.reading.header_rows import Grid, Head, candidates, heads_in, looks_like_form
from wuling_desktop.exchange.reading.headings import Vocabulary
from wuling_desktop.exchange.reading.sheets import column_number
from wuling_desktop.exchange.reading.tables import Found, FoundTable, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.exchange.reading.questions import Question
    from wuling_desktop.exchange.reading.sheets import Sheet, Workbook
    from wuling_desktop.exchange.reading.tables import Column

NO_LIST = "不是名单"
_OF_PEOPLE = frozenset({"person.name"})
_END = 1_048_577  # below the last row of the grid


def find_tables(
    workbook: Workbook,
    data: Iterable[Datum],
    *,
    needs: frozenset[str],
    answers: Mapping[str, str],
    columns: Mapping[str, str],
) -> Found:
    """Return the lists of a workbook.

    `needs` are the data without which a row of heads is none; `answers` {question id: choice}; `columns`
    {"sheet!column index": datum name, or "" for none} overrule what the heads say.
    """
    known = tuple(data)
    search = _Search(known, needs, answers, columns, workbook.notes, is_page=workbook.kind == "html")
    for sheet in workbook.sheets:
        search.look_through(sheet)
    return search.result()


@dataclass
class _Search:
    """One pass over the sheets of a workbook."""

    data: Sequence[Datum]
    needs: frozenset[str]
    answers: Mapping[str, str]
    said: Mapping[str, str]
    notes: tuple[str, ...] = ()
    is_page: bool = False  # a web page, of which most hold no list at all
    tables: list[FoundTable] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)  # sheets that hold a form of one person

    def __post_init__(self) -> None:
        self._by_name = {datum.name: datum for datum in self.data}
        self._vocabulary = Vocabulary(self.data)
        self._concealed = Concealed(self.answers)

    def look_through(self, sheet: Sheet) -> None:
        """Take the lists out of one sheet."""
        grid = Grid(sheet)
        said = self._said_of(sheet.name)
        forced = {
            datum.name: index
            for index, datum in said.items()
            if datum is not None and datum.name in self.needs
        }
        forced |= self._answered_key(sheet.name)
        heads = list(heads_in(grid, self._vocabulary, self.needs, forced))
        lists = [head for head in heads if forced or not looks_like_form(grid, head, self._vocabulary)]
        if not lists:
            self._tell_of_no_list(grid, sheet, is_form=bool(heads))
            return
        if sheet.hidden and not self._concealed.takes_sheet(sheet.name):
            self._pass_over_whole(grid, HIDDEN_SHEET)
            return
        for head, until in zip(lists, [*(head.first for head in lists[1:]), _END], strict=True):
            table, left = self._concealed.sifted(self._table(grid, head, until, said))
            self.tables.append(table)
            self.skipped += left
        above = [row for row in grid.rows if row.number < lists[0].first]
        self.skipped += [Skipped(sheet.name, row.number, TITLE, text_of(row)) for row in above]

    def result(self) -> Found:
        """Return what was found; rejected where nothing in it can be taken in."""
        questions = (*self.questions, *self._concealed.questions())
        found = Found(
            tuple(self.tables),
            questions,
            tuple(sorted(self.skipped, key=lambda each: each.sheet)),
            notes=self.notes,
        )
        if questions or any(table.rows for table in self.tables):
            return found
        return replace(found, rejected=self._rejection())

    def _table(self, grid: Grid, head: Head, until: int, said: Mapping[int, Datum | None]) -> FoundTable:
        columns = columns_of(head.paths, grid.between(head.last, until), self._vocabulary, grid.width)
        columns = overridden(_as_needed(columns, head, self._by_name), said)
        body = sort_rows(grid, head, until, self._frame(grid, head, columns))
        columns, questions = settled(grid.name, columns, head.paths, body.rows, self.answers)
        self.questions += [each for each in questions if each not in self.questions]
        self.skipped += body.skipped
        header = tuple(number for number in range(head.first, head.last + 1) if number in grid.by_number)
        return FoundTable(grid.name, header, tuple(columns), tuple(body.rows), tuple(body.skipped))

    def _frame(self, grid: Grid, head: Head, columns: Sequence[Column]) -> Frame:
        of_people = {
            name: index
            for name, index in head.needed.items()
            if self._by_name[name].kind.name in (kinds.NAME.name, "link:person")
        }
        key = min((of_people or head.needed).values())
        own = {each.index for each in columns if each.datum is not None and each.datum.kind is kinds.IDENTITY}
        rows = (grid.by_number.get(number) for number in range(head.first, head.last + 1))
        texts = frozenset(head_texts(row) for row in rows if row is not None)
        return Frame(
            key, frozenset({key, *own}), index_column(head.paths), len(head.paths), texts, bool(of_people)
        )

    def _tell_of_no_list(self, grid: Grid, sheet: Sheet, *, is_form: bool) -> None:
        """Tell what a sheet without a list is; ask for the key column where only that is missing."""
        rows = candidates(grid, self._vocabulary)
        if is_form:
            self.forms.append(sheet.name)
        elif rows and not sheet.hidden and len(self.needs) == 1 and not self.answers.get(f"key:{sheet.name}"):
            (need,) = self.needs
            self.questions.append(key_question(sheet.name, self._by_name[need].label, rows[0]))
        self._pass_over_whole(grid, NO_LIST)

    def _pass_over_whole(self, grid: Grid, reason: str) -> None:
        if grid.rows:
            text = f"整张表，{len(grid.rows)} 行：{text_of(grid.rows[0])}"
            self.skipped.append(Skipped(grid.name, grid.rows[0].number, reason, text))

    def _said_of(self, sheet: str) -> dict[int, Datum | None]:
        said: dict[int, Datum | None] = {}
        for place, name in self.said.items():
            on, _, index = place.rpartition("!")
            if on == sheet and index.isdecimal():
                said[int(index)] = self._by_name.get(name)
        return said

    def _answered_key(self, sheet: str) -> dict[str, int]:
        """Return the key column that the user named: “C 列“…””."""
        letters = self.answers.get(f"key:{sheet}", "").partition(" ")[0]
        if not letters.isascii() or not letters.isalpha() or len(self.needs) != 1:
            return {}
        (need,) = self.needs
        return {need: column_number(letters)}

    def _rejection(self) -> Problem:
        safe = "没有写进任何东西。"
        if any(each.reason in CONCEALED for each in self.skipped):
            return Problem(
                "没有剩下要导入的行。",
                f"名单里的行都隐藏着或划掉了，按您的回答没有导；{safe}",
                "要导入，请重新选这个文件，改答“一起导入”。",
            )
        if any(table.columns for table in self.tables):
            samples = any(each.reason == body_rows.SAMPLE for each in self.skipped)
            told = "只有表头和示例，没有真的人或记录" if samples else "只有表头，下面没有人或记录"
            return Problem(
                "这是一张空表。", f"{told}；{safe}", "请选填好了的那一份；空白表要填，请到“报表与打印”。"
            )
        if self.forms and self.needs == _OF_PEOPLE:  # those with a name in them are lists by now
            return Problem(
                "这是一张空表。",
                f"“{self.forms[0]}”是一人一张的表，姓名一格没有填；{safe}",
                "请选填好了的那一份；空白表要填，请到“报表与打印”。",
            )
        if self.forms:
            return Problem(
                "这是一人一张的表，不是名单。",
                f"“{self.forms[0]}”里的标签和内容横竖交错，不是一人一行；{safe}",
                "请选一行一条的台账，或把内容填进台账再导入。",
            )
        if self.is_page:
            return web_page()
        labels = "、".join(f"“{self._by_name[need].label}”" for need in sorted(self.needs))
        return Problem(
            f"没找到{labels}这一列。", f"每张表都看过了；{safe}", "请核对是不是选错了文件；表头里要有这一列。"
        )


def _as_needed(columns: Sequence[Column], head: Head, by_name: Mapping[str, Datum]) -> list[Column]:
    """Give the key columns the data by which the heads were found, where the user had to name them."""
    said = {
        index: by_name[name]
        for name, index in head.needed.items()
        if not any(each.index == index and each.datum is not None for each in columns)
    }
    return overridden(columns, said)
