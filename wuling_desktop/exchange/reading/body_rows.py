"""Which rows under the heads are records, and why the others are not."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wuling_desktop.domain.texts import closed, folded, from_cell
from wuling_desktop.exchange.reading import row_words as words
from wuling_desktop.exchange.reading.headings import INDEX, heading_key
from wuling_desktop.exchange.reading.tables import Skipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wuling_desktop.exchange.reading.header_rows import Grid, Head
    from wuling_desktop.exchange.reading.sheets import CellValue, Merge, SheetRow

TITLE, NOTE, SAMPLE, SUM, SIGNATURE, REQUIRED = "标题", "说明", "示例", "小计", "签字", "必填"
REPEATED, EMPTY, BLOCK, CONTINUED = "重复表头", "空行", "小标题", "合并行"

_WIDE = 0.6  # of the width of the list
_LABELLED = 2  # cells of a row that is a label with what belongs to it
_LONG = 8  # characters; a lone text that long is a remark


@dataclass
class Body:
    """The rows of one list, sorted."""

    rows: list[SheetRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of a list before its rows are looked at."""

    key: int  # the column without which a row is nobody
    singular: frozenset[int]  # columns that are never filled down: key and identity
    index: int | None
    width: int
    head_rows: frozenset[tuple[tuple[int, str], ...]]
    of_people: bool = True  # whether the key column holds names


def sort_rows(grid: Grid, head: Head, until: int, frame: Frame) -> Body:
    """Return the rows from below the heads to before row `until`, each a record or skipped with a reason."""
    body = Body()
    merges = grid.merges_between(head.last, until)
    rows = _without_boxes(grid, grid.between(head.last, until), merges, body)
    for row in _filled_down(grid, rows, merges, frame, body):
        reason = _reason(grid, row, frame)
        if reason:
            body.skipped.append(Skipped(grid.name, row.number, reason, text_of(row)))
        else:
            body.rows.append(_without_dittos(row))
    body.skipped.sort(key=lambda each: each.row)
    return body


def text_of(row: SheetRow) -> str:
    """Return what a row says, short enough for a list."""
    return " ".join(folded(from_cell(cell)).replace("\n", " ") for cell in row.cells if cell is not None)[:80]


def head_texts(row: SheetRow) -> tuple[tuple[int, str], ...]:
    """Return what a row of heads says, for finding it again further down."""
    return tuple(
        (column, heading_key(from_cell(cell))) for column, cell in enumerate(row.cells) if cell is not None
    )


def name_like(value: CellValue) -> bool:
    """Whether a cell may hold a person's name."""
    if not isinstance(value, str):
        return False
    name = folded(value)
    return len(name) <= 30 and bool(words.NAME_LIKE.fullmatch(name))


def _reason(grid: Grid, row: SheetRow, frame: Frame) -> str:
    """Return why a row is no record; nothing for a record, also for one that lacks its name and must be asked about."""
    if _repeats(row, frame):
        return REPEATED
    held = _held(row, frame)
    if not held:
        return EMPTY
    named = name_like(row.cell(frame.key))
    # Beside a name only what stands left of it can turn a row into something else than a record.
    seen = row.cells[: frame.key + 1] if named else row.cells
    texts = [closed(cell) if isinstance(cell, str) else "" for cell in seen]
    if (
        len(held) == 1
        and not row.fault(frame.key)  # an error stands for the name of somebody
        and held[0] < len(texts)
        and (reason := _lone(grid, row, frame, held[0], texts[held[0]]))
    ):
        return reason
    reason = next((reason for reason, belongs in _RULES if belongs(row, texts, frame)), "")
    return reason or (_is_foot(row, texts, frame) if frame.of_people else "")


def _held(row: SheetRow, frame: Frame) -> list[int]:
    """Return the columns that hold something, but for the running number."""
    return [
        column
        for column, cell in enumerate(row.cells)
        if cell is not None and not (column == frame.index and _is_number(cell))
    ]


def _is_number(cell: CellValue) -> bool:
    """Whether a cell of the column of running numbers holds one, and not a remark that begins there."""
    return not isinstance(cell, str) or bool(re.fullmatch(r"\d{1,5}[.、]?", closed(cell)))


def _lone(grid: Grid, row: SheetRow, frame: Frame, column: int, text: str) -> str:
    """A row with one text: a title of the rows below, a remark, or a person of whom only the name is known."""
    if not text:
        return ""
    note = NOTE if words.NOTE_WORDS.match(text) or len(text) > 2 * _LONG else ""
    spans = any(
        left <= column + 1 <= right and right - left + 1 >= _WIDE * frame.width
        for _, left, _, right in grid.merges_on(row.number)
    )
    if spans or (frame.of_people and words.BLOCK_WORDS.search(text)):
        return note or BLOCK
    if words.LONE_SIGNER.fullmatch(text):
        return SIGNATURE
    told_apart = (row.cell(frame.key) is not None and ":" not in text) or any(
        pattern.fullmatch(text) for pattern in (words.SUM_WORDS, words.SIGNER, words.STAMP, words.DATE_LINE)
    )
    return note if told_apart else NOTE


def _repeats(row: SheetRow, frame: Frame) -> bool:
    first = next((column for column, cell in enumerate(row.cells) if cell is not None), None)
    if first is None or not isinstance(row.cells[first], str):
        return False
    start = (first, heading_key(from_cell(row.cells[first])))
    return any(head and head[0] == start for head in frame.head_rows) and head_texts(row) in frame.head_rows


def _is_sum(row: SheetRow, texts: Sequence[str], frame: Frame) -> bool:  # noqa: ARG001 - one form for all rules
    return any(words.SUM_WORDS.fullmatch(text) for text in list(filter(None, texts))[:3])


def _is_signature(row: SheetRow, texts: Sequence[str], frame: Frame) -> bool:
    if any(words.SIGNER.fullmatch(text) or words.STAMP.fullmatch(text) for text in texts):
        return True
    # A date by itself closes a list; beside anything else it is that of somebody whose name is missing.
    said = [row.cell(column) for column in _held(row, frame)]
    return bool(said) and all(
        isinstance(cell, str) and words.DATE_LINE.fullmatch(closed(cell)) for cell in said
    )


def _is_required(row: SheetRow, texts: Sequence[str], frame: Frame) -> bool:
    if row.cell(frame.key) is not None:
        return frame.key < len(texts) and bool(words.REQUIRED_WORDS.match(texts[frame.key]))
    return any(words.REQUIRED_WORDS.match(text) for text in texts)


def _is_sample(row: SheetRow, texts: Sequence[str], frame: Frame) -> bool:  # noqa: ARG001 - the same
    key = texts[frame.key] if frame.key < len(texts) else ""
    if words.SAMPLE_PREFIX.match(key) or (frame.of_people and words.SAMPLE_NAME.fullmatch(key)):
        return True
    return any(words.SAMPLE_WORD.fullmatch(text) for text in list(filter(None, texts))[:2])


def _is_note(row: SheetRow, texts: Sequence[str], frame: Frame) -> bool:
    key = row.cell(frame.key)
    if any(words.NOTE_HEAD.fullmatch(text) for text in texts[: frame.key]):
        return True
    numbered = frame.index is not None and row.cell(frame.index) is not None
    if (
        isinstance(key, str)
        and closed(key).endswith(":")
        and not numbered
        and len(_held(row, frame)) <= _LABELLED
    ):
        return True
    if isinstance(key, str) and words.NOTHING_BELOW.fullmatch(closed(key)):
        return True
    first = next(filter(None, texts), "")
    return not name_like(key) and bool(words.NOTE_WORDS.match(first))


def _is_foot(row: SheetRow, texts: Sequence[str], frame: Frame) -> str:
    """Return what a row is whose first word stands in the place of a running number or of a name and is neither."""
    for column in (frame.key, *(() if frame.index is None else (frame.index,))):
        text = texts[column] if column < len(texts) else ""
        if not text or (column == frame.index and _is_number(row.cell(column))):
            continue
        text = text.rstrip(":")
        if words.FOOT_SUM.fullmatch(text):
            return SUM
        if words.LONE_SIGNER.fullmatch(text):
            return SIGNATURE
        if words.FOOT_NOTE.fullmatch(text):
            return NOTE
    return ""


_RULES = (
    (SUM, _is_sum),
    (REQUIRED, _is_required),
    (SAMPLE, _is_sample),
    (SIGNATURE, _is_signature),
    (NOTE, _is_note),
)


def _without_dittos(row: SheetRow) -> SheetRow:
    """A cell that only points to the row above is no value; which row is meant may have changed by sorting."""
    dittos = [
        column
        for column, cell in enumerate(row.cells)
        if isinstance(cell, str) and words.DITTO.fullmatch(closed(cell))
    ]
    if not dittos:
        return row
    why = "“同上”不是内容，没有取；请写全"
    return replace(row, faults=(*row.faults, *((column, why) for column in dittos)))


def _without_boxes(
    grid: Grid, rows: Sequence[SheetRow], merges: Sequence[Merge], body: Body
) -> list[SheetRow]:
    """Take out boxes of instructions merged over several rows and columns; what else stands in the rows stays."""
    boxes = {(top, left - 1) for top, left, bottom, right in merges if bottom > top and right > left}
    kept = []
    for row in rows:
        for column in [
            column
            for column, cell in enumerate(row.cells)
            if (row.number, column) in boxes and isinstance(cell, str)
        ]:
            text = closed(from_cell(row.cells[column]))
            if words.NOTE_WORDS.match(text) or len(text) > 2 * _LONG:
                body.skipped.append(
                    Skipped(grid.name, row.number, NOTE, folded(from_cell(row.cells[column]))[:80])
                )
                row = _with_cell(row, column, None)  # noqa: PLW2901 - the row without the box
        if any(cell is not None for cell in row.cells) or row.faults:
            kept.append(row)
    return kept


def _filled_down(
    grid: Grid, rows: Sequence[SheetRow], merges: Sequence[Merge], frame: Frame, body: Body
) -> list[SheetRow]:
    """Give every row of a merge down a column its value; rows under a merged name belong to the same person."""
    by_number = {row.number: row for row in rows}
    numbers = sorted(by_number)
    below = [
        (merge, numbers[bisect_right(numbers, merge[0]) : bisect_right(numbers, merge[2])])
        for merge in merges
    ]
    for (top, left, _, _), under in below:
        column = left - 1
        if not under or top not in by_number or column in frame.singular or column == frame.index:
            continue
        value = by_number[top].cell(column)
        for number in under:
            if value is not None and by_number[number].cell(column) is None:
                by_number[number] = _with_cell(by_number[number], column, value)
    for (top, left, _, _), under in below:
        if left - 1 == frame.key and under and top in by_number:
            _take_together(grid.name, by_number, [top, *under], body)
    return [by_number[number] for number in sorted(by_number)]


def _take_together(sheet: str, by_number: dict[int, SheetRow], numbers: Sequence[int], body: Body) -> None:
    """Make one row of those under one merged name: an empty cell takes what stands below, two values are told."""
    main = by_number[numbers[0]]
    for number in numbers[1:]:
        row = by_number.pop(number, None)
        if row is None:
            continue
        for column, value in enumerate(row.cells):
            if value is None or value == main.cell(column):
                continue
            if main.cell(column) is None:
                main = _with_cell(main, column, value)
            else:
                why = f"这个人占了几行，第 {number} 行还写着“{from_cell(value)[:20]}”，请核对"
                main = replace(main, faults=(*main.faults, (column, why)))
        body.skipped.append(Skipped(sheet, number, CONTINUED, text_of(row)))
    by_number[numbers[0]] = main


def _with_cell(row: SheetRow, column: int, value: CellValue) -> SheetRow:
    cells = [*row.cells, *[None] * (column + 1 - len(row.cells))]
    cells[column] = value
    return replace(row, cells=tuple(cells))


def index_column(paths: Mapping[int, tuple[str, ...]]) -> int | None:
    """Return the column of running numbers, if there is one."""
    return next((column for column, path in paths.items() if heading_key(path[-1]) in INDEX), None)
