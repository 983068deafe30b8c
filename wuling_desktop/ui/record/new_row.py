"""The empty last row of a sheet: what is typed into it, until it is complete and left and becomes a row of the data."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from wuling_desktop.services.cell_edits import CellEdit
from wuling_desktop.ui import projector
from wuling_desktop.ui.record.editors import reading_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.domain.fields import Datum

NEW_ROW = 0  # its id in the table: no row of the data has it
_SENT_AS = -1  # its number among the edits that are written


class NewRow:
    """What was typed by full name, with the value and the text of each cell; a hidden column keeps what it has."""

    def __init__(self) -> None:
        self.shown = False
        self.today = dt.date.today()
        self.typed: dict[str, Any] = {}
        self.sent: tuple[CellEdit, ...] = ()  # as it stood when it was last sent to be written
        self._values: dict[str, Any] = {}

    def take(self, datum: Datum, typed: Any) -> str:
        """Take what was typed for a cell, nothing where it was emptied; return why it cannot be read, or nothing."""
        self.typed.pop(datum.name, None)
        self._values.pop(datum.name, None)
        if typed in ("", None):
            return ""
        reading = reading_of(datum, typed, self.today)
        self.typed[datum.name] = typed
        if reading.taken:
            self._values[datum.name] = reading.value
            return ""
        return reading.note

    def value(self, datum: Datum) -> Any:
        """Return the value of a cell; None where there is none, or none that can be read."""
        return self._values.get(datum.name)

    def text(self, datum: Datum) -> str:
        """Return what a cell shows: its value, or what was typed where that cannot be read."""
        if datum.name not in self.typed:
            return ""
        value = self._values.get(datum.name)
        text = datum.show(value) if value is not None else str(self.typed[datum.name])
        return projector.shown(datum.private, text) if datum.private else text.replace("\n", " ")

    def edits(self) -> tuple[CellEdit, ...]:
        """Return the row as it is to be written."""
        return tuple(CellEdit(_SENT_AS, name, typed) for name, typed in self.typed.items())

    def written(self, edits: Sequence[CellEdit]) -> None:
        """Let go of what became a row; what was typed since begins the next one."""
        for edit in edits:
            if self.typed.get(edit.name) == edit.typed:
                self.typed.pop(edit.name)
                self._values.pop(edit.name, None)
        self.sent = ()

    def clear(self) -> None:
        """Give up what was typed."""
        self.typed.clear()
        self._values.clear()
        self.sent = ()
