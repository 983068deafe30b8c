"""列: the named sets of columns of a table, undone like any other change; what is shown without a name is a memo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wuling_desktop.services.changes import changes_of
from wuling_desktop.services.unit import write_setting
from wuling_desktop.storage import memo

if TYPE_CHECKING:
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.storage.operations import Operations

_KEY = "columns."
_LAST = "columns:"  # the memo


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
        kept = self._kept(table)
        kept["sets"][made.name] = {"columns": list(made.columns), "frozen": made.frozen}
        return self._write(table, kept, f"保存列“{made.name}”")

    def remove(self, table: str, name: str) -> Changes:
        """Forget a set."""
        kept = self._kept(table)
        kept["sets"].pop(name, None)
        if kept["opening"] == name:
            kept["opening"] = None
        return self._write(table, kept, f"删去列“{name}”")

    def open_with(self, table: str, name: str | None) -> Changes:
        """Have a table open with a set, or with its usual columns."""
        kept = self._kept(table)
        kept["opening"] = name
        return self._write(table, kept, f"打开时用列“{name}”" if name else "打开时用常用列")

    def _kept(self, table: str) -> dict[str, Any]:
        kept: dict[str, Any] = self._unit.get(_KEY + table) or {"sets": {}, "opening": None}
        return kept

    def _write(self, table: str, kept: dict[str, Any], name: str) -> Changes:
        with self._operations.begin(name) as (operation, outcome):
            write_setting(operation, _KEY + table, kept)
        return changes_of(outcome.written)
