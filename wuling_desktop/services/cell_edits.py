"""Many cells typed, filled or pasted at once: each is read by its field, what cannot be taken is named and left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.kinds import Link
from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.overtaken import UNSEEN, note

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Mapping, Sequence

    from wuling_desktop.domain.fields import Field
    from wuling_desktop.services.changes import Changes

_LABELS_SAID = 3


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What was typed for one cell; a row below zero is new: all edits of the same number make one row."""

    row: int
    name: str  # the datum's full name
    typed: Any
    seen: Any = UNSEEN  # what stood in the cell when it was typed into


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that is not written, and why."""

    edit: CellEdit
    note: str
    for_row: bool = False  # the cell itself is right, its new row lacks something


@dataclass(frozen=True, slots=True)
class SavedMany:
    """An answer to many edits: what was written, what was not, and how many cells were kept as 待核."""

    changes: Changes
    refused: tuple[Refusal, ...]
    doubtful: int


@dataclass(frozen=True, slots=True)
class Sifted:
    """Edits as read: values by row and full name, and what was refused."""

    rows: Mapping[int, Mapping[str, Any]]
    refused: tuple[Refusal, ...]
    doubtful: int

    @property
    def known(self) -> dict[int, Mapping[str, Any]]:
        """The rows there are already."""
        return {row: values for row, values in self.rows.items() if row >= 0}

    @property
    def new(self) -> list[Mapping[str, Any]]:
        """The rows to be added, in the order they were given."""
        return [self.rows[row] for row in sorted(self.rows, reverse=True) if row < 0]


def sift(
    fields: Mapping[str, Field],
    edits: Sequence[CellEdit],
    today: dt.date,
    resolve: Callable[[Field, Any], Any],
) -> Sifted:
    """Return what of the edits can be written; a new row that lacks what every row must have is refused whole."""
    rows: dict[int, dict[str, Any]] = {}
    refused: list[Refusal] = []
    doubtful = 0
    for edit in edits:
        field = fields.get(edit.name)
        if field is None:
            refused.append(Refusal(edit, "这一项是算出来的，不能填"))
            continue
        value, note, taken = _read(field, edit.typed, today, resolve)
        if taken:
            rows.setdefault(edit.row, {})[edit.name] = value
            doubtful += bool(note)
        else:
            refused.append(Refusal(edit, note))
    required = [each for each in fields.values() if each.required]
    for row in [row for row in rows if row < 0]:
        lacking = [each.label for each in required if rows[row].get(each.name) is None]
        if lacking:
            note = f"新的一行缺{'、'.join(lacking)}"
            refused += [
                Refusal(edit, note, for_row=True)
                for edit in edits
                if edit.row == row and edit.name in rows[row]
            ]
            del rows[row]
    return Sifted(rows, tuple(refused), doubtful)


def _read(
    field: Field, typed: Any, today: dt.date, resolve: Callable[[Field, Any], Any]
) -> tuple[Any, str, bool]:
    if isinstance(typed, Link):
        return resolve(field, typed), "", True
    reading = field.read(typed, today)
    if not reading.taken:
        return None, reading.note, False
    try:
        return resolve(field, reading.value), reading.note, True
    except Problem as problem:
        return None, problem.what.partition("：")[2].rstrip("。") or problem.what, False


def hold_against(
    edits: Sequence[CellEdit],
    fields: Mapping[str, Field],
    rows: Mapping[int, Mapping[str, Any]],
    now: Mapping[int, Mapping[str, Any]],
    guarded: Collection[int],
) -> tuple[dict[int, Mapping[str, Any]], tuple[Refusal, ...]]:
    """Return what of the rows may be written still, and the cells that another desk was first to change.

    `guarded` are the rows that another desk has touched at all: what one's own desk wrote a moment ago, before the screen
    has read it again, is nobody's hindrance.
    """
    left = {row: dict(values) for row, values in rows.items() if row in now}
    refused = []
    for edit in edits:
        values = left.get(edit.row, {})
        if edit.row not in guarded or edit.name not in values:
            continue
        if said := note(fields[edit.name], values[edit.name], edit.seen, now[edit.row].get(edit.name)):
            refused.append(Refusal(edit, said))
            del values[edit.name]
    return {row: values for row, values in left.items() if values}, tuple(refused)


def said(labels: Sequence[str]) -> str:
    """Return the names of columns for the name of an operation, the first few of them."""
    shown = list(dict.fromkeys(labels))
    return "、".join(shown[:_LABELS_SAID]) + ("等" if len(shown) > _LABELS_SAID else "")
