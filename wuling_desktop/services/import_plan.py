"""What an import would do, row by row and cell by cell, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from wuling_desktop.domain.kinds import Link, Mention
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.readings import Reading, State
from wuling_desktop.domain.texts import from_cell, readable_name, visible
from wuling_desktop.exchange.reading.sheets import column_letters
from wuling_desktop.services.unit import organisation_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.exchange.reading.questions import Question
    from wuling_desktop.exchange.reading.read_rows import RowRead
    from wuling_desktop.exchange.reading.tables import Found, FoundTable
    from wuling_desktop.services.import_columns import Recalled
    from wuling_desktop.services.person_facts import Facts


class Place(NamedTuple):
    """A row of the file."""

    sheet: str
    row: int

    def seen_from(self, other: Place) -> str:
        """Return in words where it is, with its sheet where the other one is on another."""
        return f"第 {self.row} 行" if self.sheet == other.sheet else f"“{self.sheet}”第 {self.row} 行"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What was noticed about a cell or a row; a blocking one holds the row back."""

    place: Place
    column: str
    datum: Datum | None
    found: str
    message: str
    blocking: bool


@dataclass(frozen=True, slots=True)
class CellDiff:
    """A stored value and the one the file brings."""

    datum: Datum
    old: Any
    new: Any
    note: str = ""


class Source(NamedTuple):
    """Where in the file a value of a row was read, and how surely."""

    place: Place
    column: str
    reading: Reading


@dataclass(slots=True)
class RowDiff:
    """One row of the file against what is stored.

    `verdict` is new, changed, same, held, joined (its data stand in an earlier row of the same person), or returning:
    a person taken back earlier who is brought back.
    """

    place: Place
    verdict: str
    title: str
    values: dict[str, Any]
    cells: tuple[CellDiff, ...] = ()
    problems: list[RowProblem] = field(default_factory=list)
    subject: int | None = None
    facts: Facts | None = None
    member: bool = False
    returns: bool = False  # `facts` are of a person taken back earlier
    sources: dict[str, Source] = field(default_factory=dict)  # of a person's values, by full name

    def notice(self, datum: Datum | None, found: str, message: str) -> None:
        """Tell something of a value, or of the whole row, that does not hold it back."""
        source = self.sources.get(datum.name) if datum is not None else None
        place, column = (source.place, source.column) if source is not None else (self.place, "")
        self.problems.append(RowProblem(place, column, datum, found, message, blocking=False))


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole plan of an import, as the page shows it and as `commit` carries it out."""

    path: Path
    kind: str  # 党员, 走访慰问 …
    found: Found
    rows: tuple[RowDiff, ...]
    questions: tuple[Question, ...]
    missing: tuple[Link, ...]
    rejection: str = ""
    decided: Mapping[str, str] = field(default_factory=dict)  # what the user said of columns, now or before
    recalled: tuple[Recalled, ...] = ()  # what of it was remembered

    @property
    def file_name(self) -> str:
        """Return the name of the file, for people and for the log."""
        return readable_name(self.path.name)

    @property
    def outcome(self) -> str:
        """Return imported, partial, asks or rejected, as `commit` would end."""
        if self.open_questions:
            return "asks"
        if self.rejection or not self.rows:
            return "rejected"
        return "partial" if self.count("held") else "imported"

    @property
    def open_questions(self) -> list[Question]:
        """Return the questions that must be answered before anything is written."""
        return [question for question in self.questions if not question.default]

    def count(self, verdict: str) -> int:
        """Return the number of rows with a verdict."""
        return sum(row.verdict == verdict for row in self.rows)

    @property
    def changed_cells(self) -> int:
        """Return the number of cells that would be written over."""
        return sum(len(row.cells) for row in self.rows if row.verdict in ("changed", "returning"))

    @property
    def problems(self) -> list[RowProblem]:
        """Return what was noticed, in the order of the file."""
        return [problem for row in self.rows for problem in row.problems]


def columns_by_datum(table: FoundTable) -> dict[str, str]:
    """Return the column letter of each datum found in a table."""
    return {
        column.datum.name: column_letters(column.index)
        for column in table.columns
        if column.datum is not None
    }


def take_values(
    read: RowRead, readings: Mapping[str, Reading], columns: Mapping[str, str], datums: Mapping[str, Datum]
) -> tuple[dict[str, Any], list[RowProblem]]:
    """Return the values that may be stored without an answer, and what was noticed about the others.

    A value that is refused or must be asked stays out, its row goes on; the user sees the cell named.
    """
    values: dict[str, Any] = {}
    problems: list[RowProblem] = []
    place = Place(read.sheet, read.row)
    for name, reading in readings.items():
        if reading.taken and reading.value is not None:
            values[name] = reading.value
        if reading.note and (reading.state is not State.SURE or not reading.taken):
            found = visible(from_cell(read.raw.get(name)))[:60]
            message = reading.note if reading.taken else f"{reading.note}；这一格先不导"
            problems.append(
                RowProblem(place, columns.get(name, ""), datums[name], found, message, blocking=False)
            )
    return values, problems


def same(datum: Datum, old: Any, new: Any) -> bool:
    """Whether a stored value already says what the file says; a day known better than the file's month does."""
    if isinstance(old, Link) and isinstance(new, (Link, Mention)):
        key: Callable[[str], str] = organisation_key if datum.name == "branch.name" else str
        return key(old.text) == key(new.text)
    if isinstance(old, PartialDate) and isinstance(new, PartialDate):
        return old == new or str(old).startswith(f"{new}-")
    return bool(old == new)


def differences(
    values: Mapping[str, Any], stored: Mapping[str, Any], datums: Mapping[str, Datum]
) -> tuple[CellDiff, ...]:
    """Return the cells in which the file differs; what the file leaves empty is never erased."""
    return tuple(
        CellDiff(datums[name], stored.get(name), value)
        for name, value in values.items()
        if not same(datums[name], stored.get(name), value)
    )


def hold_repeats(rows: Sequence[RowDiff], key: Callable[[RowDiff], object]) -> None:
    """Hold back rows of the file that speak of a subject already spoken of above."""
    seen: dict[object, RowDiff] = {}
    for row in rows:
        if row.verdict == "held":
            continue
        subject = key(row)
        if subject in seen:
            where = seen[subject].place.seen_from(row.place)
            row.verdict = "held"
            row.problems.append(
                RowProblem(
                    row.place, "", None, row.title, f"与{where}是同一条，只导前面那一行", blocking=True
                )
            )
        else:
            seen[subject] = row


def told_apart(facts: Facts) -> str:
    """Return what tells a stored person from one of the same name."""
    number = facts["person.id_number"]
    parts = (
        facts["person.name"],
        str(facts["person.birth_date"] or "出生年月未填"),
        facts["person.position"] or facts["person.post"],
        f"身份证尾号 {number[-4:]}" if number else None,
    )
    return "，".join(filter(None, parts))
