"""What is seen of a sheet beside its values, and how both are put together into plain rows."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wuling_desktop import progress
from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.file_kind import damaged
from wuling_desktop.exchange.reading.number_formats import Shown, as_shown
from wuling_desktop.exchange.reading.sheets import STRUCK, CellValue, Merge, column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BROKEN = "这一格里有坏了的字，没有取；请照原件重填"
NO_RESULT = "这一格是公式，文件里没有存下结果；请在 WPS 里打开并保存一次"
_TOLD_EVERY = 200  # rows between two tellings of how far the reading has come
_NAMED = 5  # places named in one note
_LOST = re.compile(
    "\ufffd|锟斤拷"
)  # what a program puts where it could not read a character, and that read again
_ERROR = re.compile(r"#(?:DIV/0|REF|VALUE|NUM|NULL)!|#NAME\?|#N/A", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass
class SheetMarks:
    """What one pass over a sheet's own record gathers; rows count from 1, columns from 0."""

    occupied: set[int] = field(default_factory=set)
    cells: int = 0
    columns: set[int] = field(default_factory=set)
    last_row: int = 0
    twice: set[int] = field(default_factory=set)  # rows that stand there twice or hold a cell twice
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[int] = field(default_factory=list)
    struck: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    faults: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    shown: dict[int, dict[int, Shown]] = field(default_factory=lambda: defaultdict(dict))
    merges: list[Merge] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)  # page header and footer
    from_1904: bool = False

    def saw(self, row: int, columns: Iterable[int]) -> None:
        """Count the cells of a row that hold something."""
        before = self.cells
        for column in columns:
            self.columns.add(column)
            self.cells += 1
        if self.cells > before:
            self.occupied.add(row)
            self.last_row = max(self.last_row, row)
            if len(self.occupied) % _TOLD_EVERY == 0:
                progress.tell("已读", len(self.occupied), None, "行")

    def check(self, name: str) -> None:
        """Problem where the sheet goes beyond the limits."""
        if len(self.occupied) > limits.ROWS:
            raise limits.too_large(f"“{name}”里有 {len(self.occupied)} 行以上有内容，最多读 {limits.ROWS} 行")
        if len(self.columns) > limits.COLUMNS:
            raise limits.too_large(
                f"“{name}”里有 {len(self.columns)} 列以上有内容，最多读 {limits.COLUMNS} 列"
            )
        if self.merges:
            self._check_merges(name)

    def _check_merges(self, name: str) -> None:
        """Problem where merges are more than a person makes, or lie upon each other so that all are looked through."""
        if len(self.merges) > limits.MERGES:
            raise limits.too_large(f"“{name}”里有 {len(self.merges)} 处合并单元格")
        rows = sorted(self.occupied)
        across: Counter[int] = Counter()
        down = 0
        for top, left, bottom, right in self.merges:
            across[top] += max(0, right - left + 1)
            down += max(0, bisect_right(rows, bottom) - bisect_right(rows, top))
        if down > limits.MERGED_ROWS or max(across.values()) > limits.LAST_COLUMN:
            raise damaged(f"“{name}”里的合并单元格互相重叠")

    @property
    def dense(self) -> int:
        """How many places lie between the first cell and the last."""
        return self.last_row * (max(self.columns, default=0) + 1)


def plain_sheet(
    name: str, rows: Iterable[tuple[int, list[Any]]], marks: SheetMarks, *, hidden: bool
) -> dict[str, Any]:
    """Return the sheet as plain JSON: values by row number with what the marks say of them."""
    plain: list[list[Any]] = []
    told = set()
    for number, values in rows:
        told.add(number)
        shown, faults = marks.shown.get(number, {}), dict(marks.faults.get(number, {}))
        cells = [_value(value) for value in values]
        for column, as_ in shown.items():
            if column < len(cells):
                cells[column] = as_shown(cells[column], as_, from_1904=marks.from_1904)
        while cells and cells[-1] is None:
            cells.pop()
        held = {column for column, value in enumerate(cells) if value is not None}
        if not held and not faults:
            continue
        crossed = marks.struck.get(number, set()) & held
        struck = bool(crossed) and len(crossed) * 2 >= len(held)
        faults |= {column: why for column in held if (why := _unreadable(cells[column]))}
        if not struck:
            faults |= dict.fromkeys(crossed, STRUCK)
        plain.append(
            [
                number,
                number in marks.hidden_rows,
                struck,
                [_dumped(cell) for cell in cells],
                sorted(faults.items()),
            ]
        )
    # Rows of nothing but errors, which the reader of values passes over.
    plain += (
        [number, number in marks.hidden_rows, False, [], sorted(marks.faults[number].items())]
        for number in marks.faults.keys() - told
    )
    plain.sort(key=lambda row: row[0])
    return {"name": name, "hidden": hidden, "merges": marks.merges, "margins": marks.margins, "rows": plain}


def notes_on(name: str, plain: Mapping[str, Any], marks: SheetMarks) -> list[str]:
    """Return what to report of one sheet: where both readings differ, and what could not be read as it stands."""
    notes = []
    cells = sum(cell is not None for row in plain["rows"] for cell in row[3])
    missing = sorted(marks.occupied - {row[0] for row in plain["rows"]})
    if missing:
        notes.append(f"“{name}”第 {_some(map(str, missing))} 行有内容没有读出来，请在 WPS 里另存一份再导入")
    elif cells < marks.cells:
        where = f"第 {_some(map(str, sorted(marks.twice)))} 行" if marks.twice else "里"
        notes.append(f"“{name}”{where}有 {marks.cells - cells} 格重复写了两次，只读到其中一次，请核对")
    places = [f"{column_letters(column)}{row}" for row, faults in marks.faults.items() for column in faults]
    if places:
        notes.append(f"“{name}”有 {len(places)} 格是错误值或没有结果的公式（{_some(places)}），当作没有填")
    if marks.hidden_columns:
        notes.append(f"“{name}”有隐藏的列（{_some(map(column_letters, marks.hidden_columns))}），也一起读了")
    return notes


def _unreadable(value: CellValue) -> str:
    """Return why a text is none: an error that was saved as text, or characters that are lost."""
    if not isinstance(value, str):
        return ""
    if _ERROR.fullmatch(value.strip()):
        return f"这一格显示错误值 {value.strip()}"
    return BROKEN if _LOST.search(value) else ""


def _some(places: Iterable[str]) -> str:
    named = list(places)
    return "、".join(named[:_NAMED]) + ("…" if len(named) > _NAMED else "")


def _value(value: Any) -> CellValue:
    """Return the reader's value as ours: no empty texts, no marks of control, whole numbers without a fraction."""
    if isinstance(value, str):
        if len(value) > limits.CELL_CHARACTERS:
            raise limits.too_large(f"有一格写了 {len(value)} 个字")
        value = _CONTROL.sub("", value)
        return value if value.strip() else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    if isinstance(value, (dt.time, dt.timedelta)):
        return str(value)
    return value  # type: ignore[no-any-return]  # bool, int, date, datetime, None


def _dumped(value: CellValue) -> Any:
    if isinstance(value, dt.datetime):
        return {"at": value.isoformat()}
    if isinstance(value, dt.date):
        return {"on": value.isoformat()}
    return value


def loaded(plain: Any) -> CellValue:
    """Return the cell value of its plain JSON."""
    if isinstance(plain, dict):
        return dt.date.fromisoformat(plain["on"]) if "on" in plain else dt.datetime.fromisoformat(plain["at"])
    return plain  # type: ignore[no-any-return]  # str, int, float, bool, None
