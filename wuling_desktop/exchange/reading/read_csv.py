"""Reading a .csv: its encoding and separator found, never a broken quote passed over."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.problems import Problem
from wuling_desktop.domain.texts import readable_name
from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.sheet_marks import SheetMarks, plain_sheet
from wuling_desktop.exchange.reading.text_coding import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SEPARATORS = ",;\t"
_LOOKED_AT = 50  # lines by which the separator is found
_LONGEST_CELL = 20  # lines: a cell with more swallowed its neighbours
_NOTES = 5
_YEAR_TENTH = re.compile(r"(?:19|20)\d\d\.\d", re.ASCII)
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_GUARDED = re.compile(r"\t(?=[=+\-@\t＝＋－＠])")


def read(path: Path) -> dict[str, Any]:
    """Return the file as plain JSON, one sheet named like the file."""
    name = readable_name(path.stem)
    text = decoded(path.read_bytes())
    said = re.match(r"sep=(.)\r?\n", text)
    text = text[said.end() :] if said else text
    separator = said[1] if said else _separator(text)
    _refuse_endless_lines(text, separator)
    marks = SheetMarks()
    rows = []
    notes = []
    width = 0
    for number, values in _rows(text, separator):
        width = max(width, len(values))
        if any(_swallowed_a_row(value, separator, width) for value in values):
            notes.append(f"第 {number} 行有一格里夹着换行和分隔号，可能少了引号、连进了下一行的人，请核对")
        marks.saw(
            number, [at for at, value in enumerate(values) if isinstance(value, float) or value.strip()]
        )
        rows.append((number, values))
        marks.check(name)
    sheet = plain_sheet(name, rows, marks, hidden=False)
    return {"kind": "csv", "notes": notes[:_NOTES], "sheets": [sheet]}


def _separator(text: str) -> str:
    """Return the separator that most lines hold outside quotes, the earliest of equals."""
    lines = re.sub(r'"[^"]*"', "", text[:200_000]).splitlines()[:_LOOKED_AT]
    return max(
        _SEPARATORS,
        key=lambda each: (sum(each in line for line in lines), sum(line.count(each) for line in lines)),
    )


def _refuse_endless_lines(text: str, separator: str) -> None:
    """Problem before millions of empty cells are made of one line."""
    if text.count(separator) <= limits.LAST_COLUMN:
        return
    columns = max(line.count(separator) for line in text.splitlines()) + 1
    if columns > limits.LAST_COLUMN:
        raise limits.too_large(f"有一行写了 {columns} 列，最多读 {limits.COLUMNS} 列")


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[Any]]]:
    csv.field_size_limit(limits.CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for number, values in enumerate(reader, 1):
            if any(value.count("\n") >= _LONGEST_CELL for value in values):
                raise _unclosed(start)
            start = reader.line_num + 1
            yield number, [typed(value) for value in values]
    except csv.Error as error:
        if '"' not in text:
            raise limits.too_large(f"第 {start} 行有一格超过 {limits.CELL_CHARACTERS} 个字") from error
        raise _unclosed(start) from error


def _swallowed_a_row(value: str | float, separator: str, width: int) -> bool:
    """Whether a cell of several lines holds as many separators as a whole row: two quotes may have closed by chance."""
    return isinstance(value, str) and "\n" in value and value.count(separator) >= width - 1 > 0


def _unclosed(line: int) -> Problem:
    return Problem(
        f"从第 {line} 行起，引号没有配对，没有读。",
        "一个引号没有合上，后面的人会连成一格，读进来就会丢人；程序里的数据没有动。",
        f"请补上或删掉第 {line} 行的引号；或在 WPS 里打开核对后，另存为 xlsx 再导入。",
    )


def typed(text: str) -> str | float:
    """Return a cell as typed: 1980.1 may be a spoilt 1980.10, so it stays a number that is asked about."""
    if found := _FORMULA_TEXT.fullmatch(text.strip()):
        return found[1]
    if _YEAR_TENTH.fullmatch(text.strip()):
        return float(text)
    return _GUARDED.sub("", text, count=1)
