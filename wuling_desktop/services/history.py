"""撤销、重做、操作记录: what was done on this data file, and taking it back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.changes import Changes, changes_of
from wuling_desktop.storage import undo
from wuling_desktop.storage.undo import Entry, Kept

if TYPE_CHECKING:
    from wuling_desktop.storage.operations import Operations

__all__ = ["Entry", "History", "Kept", "Undone"]


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, and what stays because it was touched since."""

    changes: Changes
    kept: tuple[Kept, ...]


class History:
    """The log of the data file, seen as 操作记录."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    def entries(self, limit: int = undo.LAST_OPERATIONS) -> list[Entry]:
        """Return the latest operations, newest first."""
        with self._operations.database.reading() as connection:
            return undo.entries(connection, limit)

    def latest(self) -> Entry | None:
        """Return what Ctrl+Z would take back: the latest operation of this clerk that stands."""
        return undo.latest_undoable(self.entries(), self._operations.clerk, dt.datetime.now().astimezone())

    def next_redo(self) -> Entry | None:
        """Return what Ctrl+Y would do again."""
        return undo.latest_redoable(self.entries())

    def stands(self, operation: int) -> bool:
        """Whether what an operation did is still so, or so again: not taken back."""
        with self._operations.database.reading() as connection:
            return undo.stands(connection, operation)

    def undo(self, operation: int | None = None) -> Undone:
        """Take back the latest operation, or the named one."""
        if operation is None:
            target = self.latest()
        else:
            found = (entry for entry in self.entries() if entry.id == operation and entry.kind == "do")
            target = next((entry for entry in found if not entry.undone), None)
        if target is None:
            raise Problem(
                "没有可以撤销的操作。",
                f"{undo.LAST_DAYS} 天内由“{self._operations.clerk}”做的操作都已撤销，或还没有操作。",
                "更早的改动可在操作记录里查看，照着改回来。",
            )
        written, kept = undo.take_back(self._operations, target)
        return Undone(changes_of(written), tuple(kept))

    def redo(self) -> Changes:
        """Do again what was taken back last."""
        target = self.next_redo()
        if target is None:
            raise Problem(
                "没有可以重做的操作。", "撤销之后又做了别的改动，或还没有撤销过。", "需要的话请直接再做一次。"
            )
        return changes_of(undo.do_again(self._operations, target))
