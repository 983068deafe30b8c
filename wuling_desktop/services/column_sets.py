"""列: the named sets of columns of a table, undone like any other change; what is shown without a name is a memo."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wuling_desktop.services.changes import changes_of
from wuling_desktop.services.unit import read_setting, write_setting
from wuling_desktop.storage import memo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.storage.operations import Operations, Outcome

_KEY = "columns."
_LAST = "shown:"  # the memo


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """A set of columns: full names in their order, and how many of the first stand still."""

    name: str
    columns: tuple[str, ...]
    frozen: int = 1


class ColumnSets:
    """Reads and changes the named sets of columns, by table."""

    def __init__(self, operations: Operations, unit: Unit) -> None:
        self._operations = operations
        self._unit = unit

    def listing(self, table: str) -> list[ColumnSet]:
        """Return the sets of a table in the order they were made."""
        return [
            ColumnSet(name, tuple(kept["columns"]), kept["frozen"])
            for name, kept in self._kept(table)["sets"].items()
        ]

    def opening(self, table: str) -> ColumnSet | None:
        """Return the set a table opens with: the one chosen for that, else the one shown last; None for its usual columns."""
        wanted = self._kept(table)["opening"]
        chosen = next((each for each in self.listing(table) if each.name == wanted), None)
        return chosen or self._shown_last(table)

    def remember(self, table: str, shown: ColumnSet | None) -> None:
        """Have a table open with what it shows now; None where these are its usual columns."""
        if shown is None:
            memo.forget(self._operations.database, _LAST + table)
        else:
            kept = {"name": shown.name, "columns": list(shown.columns), "frozen": shown.frozen}
            memo.keep(self._operations.database, _LAST + table, kept)

    def _shown_last(self, table: str) -> ColumnSet | None:
        for each in memo.under(self._operations.database, _LAST + table):
            if each.key == _LAST + table:
                return ColumnSet(each.content["name"], tuple(each.content["columns"]), each.content["frozen"])
        return None

    def save(self, table: str, made: ColumnSet) -> Changes:
        """Keep a set under its name; one of that name is replaced."""
        with self._changing(table, f"保存列“{made.name}”") as (kept, outcome):
            kept["sets"][made.name] = {"columns": list(made.columns), "frozen": made.frozen}
        return changes_of(outcome.written)

    def remove(self, table: str, name: str) -> Changes:
        """Forget a set."""
        with self._changing(table, f"删去列“{name}”") as (kept, outcome):
            kept["sets"].pop(name, None)
            if kept["opening"] == name:
                kept["opening"] = None
        return changes_of(outcome.written)

    def open_with(self, table: str, name: str | None) -> Changes:
        """Have a table open with a set, or with its usual columns."""
        done = f"打开时用列“{name}”" if name else "打开时用常用列"
        with self._changing(table, done) as (kept, outcome):
            kept["opening"] = name
        return changes_of(outcome.written)

    def _kept(self, table: str) -> dict[str, Any]:
        return _whole(self._unit.get(_KEY + table))

    @contextmanager
    def _changing(self, table: str, name: str) -> Iterator[tuple[dict[str, Any], Outcome]]:
        """Read in the operation that writes: another desk may have kept a set of its own meanwhile."""
        with self._operations.begin(name) as (operation, outcome):
            kept = _whole(read_setting(operation.connection, _KEY + table))
            yield kept, outcome
            write_setting(operation, _KEY + table, kept)


def _whole(kept: dict[str, Any] | None) -> dict[str, Any]:
    return kept or {"sets": {}, "opening": None}
