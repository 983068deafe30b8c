"""Which datum each column of a list holds, with what must be asked where two columns claim the same."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from wuling_desktop.domain.fields import Field
from wuling_desktop.domain.kinds import CodeKind
from wuling_desktop.domain.readings import EMPTY, State
from wuling_desktop.domain.texts import folded, from_cell
from wuling_desktop.exchange.reading.headings import Match, Vocabulary, heading_key
from wuling_desktop.exchange.reading.questions import Question
from wuling_desktop.exchange.reading.sheets import column_letters
from wuling_desktop.exchange.reading.tables import Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.exchange.reading.sheets import SheetRow

NONE_OF_THEM = "都不要"
_PLAIN_GROUP = re.compile(r"(?:基本|个人|本人|人员|党员)?(?:基本)?(?:信息|情况|资料)")
_MOST = 0.5
_SAMPLED = 50  # rows by whose values two data of the same name are told apart


def columns_of(
    paths: Mapping[int, tuple[str, ...]], rows: Sequence[SheetRow], vocabulary: Vocabulary, width: int
) -> list[Column]:
    """Return every column with the datum its heads mean; two may still claim the same."""
    last_words = [path[-1] for path in paths.values()]
    filled = {index for row in rows for index, cell in enumerate(row.cells) if cell is not None}
    columns = []
    for index in range(width):
        path = paths.get(index, ())
        if not path:
            if index in filled:
                columns.append(Column(index, f"{column_letters(index)} 列", note="这一列没有列名"))
            continue
        heading = path[-1] if last_words.count(path[-1]) == 1 else " ".join(path)
        match = vocabulary.match(path[-1], path[:-1])
        datum, note = _by_values(match, index, rows)
        if datum is not None and not isinstance(datum, Field):
            note = f"{datum.label}由程序推算，不导入"
        columns.append(Column(index, " ".join(heading.split()), datum, match.state, note or match.note))
    return _in_order(_in_company(columns, paths, vocabulary), paths, rows, vocabulary)


def _in_order(
    columns: Sequence[Column],
    paths: Mapping[int, tuple[str, ...]],
    rows: Sequence[SheetRow],
    vocabulary: Vocabulary,
) -> list[Column]:
    """Read the heads that several steps share by the steps before them; their own group heads go before."""
    told: list[Column] = []
    for column in columns:
        path = paths.get(column.index)
        left = [(paths[each.index][-1], each.datum) for each in reversed(told) if each.index in paths]
        by_stage = path is not None and vocabulary.match(path[-1], path[:-1]).by_stage
        match = Match() if path is None or by_stage else vocabulary.in_order(path[-1], left)
        if by_stage and column.datum is not None and not _holds(column.datum, column.index, rows):
            told.append(_without(column, "里面写的不是日期，没有取"))
        elif (
            match.data
            and match.data[0] is not column.datum
            and _holds(match.data[0], column.index, rows)
            and not _is_earlier(column.index, match.data[0], told, rows, vocabulary)
        ):
            told.append(replace(column, datum=match.data[0], confidence=match.state, note=match.note))
        else:
            told.append(column)
    return told


def _is_earlier(
    index: int, datum: Datum, told: Sequence[Column], rows: Sequence[SheetRow], vocabulary: Vocabulary
) -> bool:
    """Whether most days of a column lie before those of the step on its left, after which it should come."""
    steps = (each for each in reversed(told) if each.datum is not None and vocabulary.is_step(each.datum))
    before = next(steps, None)
    if before is None:
        return False
    days = [
        [datum.kind.read(row.cell(each), dt.date.max).value for each in (before.index, index)]
        for row in rows[:_SAMPLED]
    ]
    known = [(str(first), str(second)) for first, second in days if first is not None and second is not None]
    return sum(second < first for first, second in known) > len(known) * _MOST


def _holds(datum: Datum, index: int, rows: Sequence[SheetRow]) -> bool:
    """Whether most of a column's values are such as the datum has: 完成 under 政治审查 is no day."""
    values = [cell for row in rows[:_SAMPLED] if (cell := row.cell(index)) is not None]
    read = sum(datum.kind.read(value, dt.date.max).taken for value in values)
    return not values or read > len(values) * _MOST


def _in_company(
    columns: Sequence[Column], paths: Mapping[int, tuple[str, ...]], vocabulary: Vocabulary
) -> list[Column]:
    """Read the heads that say too little by themselves by what else the list holds."""
    names = {each.datum.name for each in columns if each.datum is not None}
    told = []
    for column in columns:
        path = paths.get(column.index)
        match = vocabulary.in_company(path[-1], names) if path and column.datum is None else Match()
        datum = match.data[0] if match.data else column.datum
        told.append(
            replace(column, datum=datum, confidence=match.state, note=match.note)
            if match.data or match.note
            else column
        )
    return told


def _by_values(match: Match, index: int, rows: Sequence[SheetRow]) -> tuple[Datum | None, str]:
    """Choose among data that share their words: the one whose codes most of the values are, else a plain text."""
    if len(match.data) < 2:
        return (match.data[0] if match.data else None), ""
    best = max(match.data, key=lambda datum: _coded(datum, index, rows))
    if _coded(best, index, rows) > _MOST:
        return best, ""
    return next((datum for datum in match.data if not isinstance(datum.kind, CodeKind)), best), ""


def _coded(datum: Datum | None, index: int, rows: Sequence[SheetRow]) -> float:
    """Return the share of a column's values that are codes of the datum."""
    values = [cell for row in rows[:_SAMPLED] if (cell := row.cell(index)) is not None]
    if datum is None or not values or not isinstance(datum.kind, CodeKind):
        return 0
    return sum(datum.kind.table.find(folded(from_cell(value))) is not None for value in values) / len(values)


def overridden(columns: Sequence[Column], said: Mapping[int, Datum | None]) -> list[Column]:
    """Return the columns as the user mapped them; a datum given to one column is taken from the others."""
    given = {datum.name for datum in said.values() if datum is not None}
    changed = []
    for column in columns:
        if column.index in said:
            datum = said[column.index]
            state = State.REFUSED if datum is None else State.SURE
            changed.append(Column(column.index, column.heading, datum, state, "按您的选择"))
        elif column.datum is not None and column.datum.name in given:
            changed.append(_without(column, "已另选一列"))
        else:
            changed.append(column)
    return changed


def settled(
    sheet: str,
    columns: Sequence[Column],
    paths: Mapping[int, tuple[str, ...]],
    rows: Sequence[SheetRow],
    answers: Mapping[str, str],
) -> tuple[list[Column], list[Question]]:
    """Return the columns with one for each datum, and a question where the sheet itself does not tell which."""
    claims: dict[str, list[Column]] = {}
    for column in columns:
        if column.datum is not None:
            claims.setdefault(column.datum.name, []).append(column)
    losers: dict[int, str] = {}
    questions = []
    for name, claimants in claims.items():
        if len(claimants) == 1:
            continue
        chosen = _chosen(claimants, paths, rows)
        if chosen is None:
            question = _question(sheet, name, claimants)
            answer = answers.get(question.id)
            if answer not in question.choices:
                questions.append(question)
            chosen = next((each for each in claimants if _choice(each) == answer), None)
        for column in claimants:
            if column is not chosen:
                losers[column.index] = f"“{_label(column)}”已用{_choice(chosen)}" if chosen else ""
    return [
        _without(each, losers[each.index]) if each.index in losers else each for each in columns
    ], questions


def _without(column: Column, note: str) -> Column:
    return replace(column, datum=None, confidence=State.REFUSED, note=note)


def _chosen(
    claimants: Sequence[Column], paths: Mapping[int, tuple[str, ...]], rows: Sequence[SheetRow]
) -> Column | None:
    """Return the column that a datum is read from, or None where only the user can say."""
    filled = [
        each for each in claimants if any(row.cell(each.index) is not None for row in rows)
    ] or claimants[:1]
    coded = [each for each in filled if _coded(each.datum, each.index, rows) > _MOST]
    for candidates in (
        filled,
        [each for each in filled if each.confidence is State.SURE],
        [
            each
            for each in filled
            if all(_PLAIN_GROUP.fullmatch(heading_key(head)) for head in paths[each.index][:-1])
        ],
        coded,
    ):
        if len(candidates) == 1:
            return candidates[0]
    rivals = coded or filled
    agree = all(len({_said(each, row) for each in rivals}) == 1 for row in rows)
    return rivals[0] if agree else None


def _said(column: Column, row: SheetRow) -> object:
    """Return what a cell says, so that 2003-12-08 and 2003年12月8日 are the same."""
    cell = row.cell(column.index)
    reading = column.datum.kind.read(cell, dt.date.max) if column.datum is not None else EMPTY
    return reading.value if reading.taken else folded(from_cell(cell))


def _label(column: Column) -> str:
    return column.datum.label if column.datum is not None else column.heading


def _choice(column: Column) -> str:
    return f"{column_letters(column.index)} 列“{column.heading}”"


def _question(sheet: str, name: str, claimants: Sequence[Column]) -> Question:
    label = _label(claimants[0])
    choices = tuple(_choice(each) for each in claimants)
    return Question(
        f"column:{sheet}:{name}:{'-'.join(column_letters(each.index) for each in claimants)}",
        "column",
        f"“{sheet}”里有 {len(claimants)} 列都像是“{label}”，内容不一样。用哪一列？",
        (*choices, NONE_OF_THEM),
    )


def key_question(sheet: str, label: str, row: SheetRow) -> Question:
    """Return the question which column holds the key datum, where the heads do not say it."""
    choices = tuple(
        f"{column_letters(index)} 列“{' '.join(cell.split())[:20]}”"
        for index, cell in enumerate(row.cells)
        if isinstance(cell, str)
    )
    return Question(
        f"key:{sheet}",
        "column",
        f"“{sheet}”第 {row.number} 行像是表头，但没有“{label}”一列。哪一列是{label}？",
        (*choices, NONE_OF_THEM),
    )
