"""Typed letters lead to the row whose name begins so, by its characters or its pinyin; nothing is ever written."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel

from wuling_desktop.domain import name_keys

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from wuling_desktop.ui.record.rows import RowsModel

_PAUSE = 1.0  # seconds after which a letter begins another word
_WORDS = frozenset({"name", "text", "paragraph", "link"})  # kinds of which a row can be called
_COMMAND = QItemSelectionModel.SelectionFlag


class Jump:
    """The letters typed into a list; one letter again and again goes from one such row to the next."""

    def __init__(self, view: QTableView, rows: RowsModel) -> None:
        self._view, self._rows = view, rows
        self._typed = ""
        self._at = 0.0

    def typed(self, letters: str) -> None:
        """Choose the next row that begins with the letters typed without a pause."""
        now = time.monotonic()
        self._typed = letters if now - self._at > _PAUSE else self._typed + letters
        self._at = now
        here = self._view.currentIndex().row()
        place = self._next(self._typed, here if len(self._typed) > 1 else here + 1)
        if place is None and len(set(self._typed)) == 1:
            place = self._next(self._typed[0], here + 1)
        if place is not None:
            index = self._rows.index(place, max(self._view.currentIndex().column(), 0))
            self._view.selectionModel().setCurrentIndex(index, _COMMAND.ClearAndSelect | _COMMAND.Rows)
            self._view.scrollTo(index)

    def _next(self, word: str, start: int) -> int | None:
        """Return the first row from `start` on, and round again, that begins with a word."""
        shown, column = self._rows.rows, self._column()
        if column is None:
            return None
        count = len(shown.ids)
        around = (place % count for place in range(max(start, 0), max(start, 0) + count))
        return next(
            (place for place in around if name_keys.begins(shown.texts[shown.ids[place]][column], word)),
            None,
        )

    def _column(self) -> int | None:
        """Return the first column of words."""
        kinds = (datum.kind.name.partition(":")[0] for datum in self._rows.rows.datums)
        return next((place for place, kind in enumerate(kinds) if kind in _WORDS), None)
