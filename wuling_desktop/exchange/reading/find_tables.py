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
from wuling_desktop.exchange.reading.header_rows import Grid, Head, candidates, heads_in, looks_like_form
from wuling_desktop.exchange.reading.headings import Vocabulary
from wuling_desktop.exchange.reading.questions import LEAVE, TAKE, Question
from wuling_desktop.exchange.reading.sheets import column_number
from wuling_desktop.exchange.reading.tables import Found, FoundTable, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.exchange.reading.sheets import Sheet, SheetRow, Workbook
    from wuling_desktop.exchange.reading.tables import Column

HIDDEN_SHEET, HIDDEN_ROW, STRUCK_ROW, NO_LIST = "隐藏的表", "隐藏的行", "划掉的行", "不是名单"
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
    search = _Search(known, needs, answers, columns, workbook.notes)
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
    tables: list[FoundTable] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)  # sheets that hold a form of one person

    def __post_init__(self) -> None:
        self._by_name = {datum.name: datum for datum in self.data}
        self._vocabulary = Vocabulary(self.data)

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
        hidden = f"有一张隐藏的表“{sheet.name}”，里面也有名单。要一起导入吗？"
        if sheet.hidden and not self._taken(f"hidden_sheet:{sheet.name}", "hidden_sheet", hidden):
            self._pass_over_whole(grid, HIDDEN_SHEET)
            return
        tables = [
            self._table(grid, head, until, said)
            for head, until in zip(lists, [*(head.first for head in lists[1:]), _END], strict=True)
        ]
        above = [row for row in grid.rows if row.number < lists[0].first]
        self.skipped += [Skipped(sheet.name, row.number, TITLE, text_of(row)) for row in above]
        self._ask_about_hidden(tables)

    def result(self) -> Found:
        """Return what was found; rejected where nothing in it can be taken in."""
        found = Found(
            tuple(self.tables),
            tuple(self.questions),
            tuple(sorted(self.skipped, key=lambda each: each.sheet)),
            notes=self.notes,
        )
        if self.questions or any(table.rows for table in self.tables):
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

    def _ask_about_hidden(self, tables: Sequence[FoundTable]) -> None:
        """Hidden and struck-out rows may be old entries or the real ones: only the user knows."""
        for table in tables:
            rows = table.rows
            for kind, reason, words in (
                ("hidden_rows", HIDDEN_ROW, "隐藏着"),
                ("struck_rows", STRUCK_ROW, "划了删除线"),
            ):
                marked = [row for row in rows if (row.hidden if kind == "hidden_rows" else row.struck)]
                if not marked:
                    continue
                numbers = "、".join(str(row.number) for row in marked[:5]) + ("…" if len(marked) > 5 else "")
                text = f"“{table.sheet}”有 {len(marked)} 行{words}（第 {numbers} 行）。要一起导入吗？"
                if not self._taken(f"{kind}:{table.sheet}:{table.header_rows[0]}", kind, text):
                    self._pass_over(table.sheet, marked, reason)
                    rows = tuple(row for row in rows if row not in marked)
            self.tables.append(FoundTable(table.sheet, table.header_rows, table.columns, rows, table.skipped))

    def _taken(self, id_: str, kind: str, text: str) -> bool:
        """Return the answer to a question of taking something in; without one it is asked and taken for yes."""
        answer = self.answers.get(id_)
        if answer not in (TAKE, LEAVE):
            self.questions.append(Question(id_, kind, text, (TAKE, LEAVE)))
        return answer != LEAVE

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

    def _pass_over(self, sheet: str, rows: Iterable[SheetRow], reason: str) -> None:
        self.skipped += [Skipped(sheet, row.number, reason, text_of(row)) for row in rows]

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
        if any(table.columns for table in self.tables):
            samples = any(each.reason == body_rows.SAMPLE for each in self.skipped)
            told = "只有表头和示例，没有真的人或记录" if samples else "只有表头，下面没有人或记录"
            return Problem(
                "这是一张空表。", f"{told}；{safe}", "请选填好了的那一份；空白表要填，请到“报表与打印”。"
            )
        if self.forms:
            return Problem(
                "这是一人一张的表，不是名单。",
                f"“{self.forms[0]}”里的标签和内容横竖交错，不是一人一行；{safe}",
                "请选一人一行的花名册，或把这个人的内容填进花名册再导入。",
            )
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
