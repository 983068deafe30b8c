"""The usual ways to show many rows, for the comparison in show_table.py: a sorting proxy, and a table of items."""

from __future__ import annotations

import gc
import os
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication, QTableView, QTableWidget, QTableWidgetItem

if TYPE_CHECKING:
    from collections.abc import Callable

Texts = list[tuple[str, ...]]
_Index = QModelIndex | QPersistentModelIndex


class TextModel(QAbstractTableModel):
    """Rows of ready texts."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802, ARG002 - Qt's own
        """Return how many rows there are."""
        return len(self._texts)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802, ARG002 - Qt's own
        """Return how many columns there are."""
        return len(self._texts[0])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell."""
        return self._texts[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


def proxied(texts: Texts, word: str) -> dict[str, float]:
    """Return how long a QSortFilterProxyModel under a view takes to sort the rows and to filter them by a word."""
    model, proxy, view = TextModel(texts), QSortFilterProxyModel(), QTableView()
    proxy.setSourceModel(model)
    view.setModel(proxy)
    view.resize(1400, 900)
    view.show()
    proxy.setFilterKeyColumn(0)
    figures = {
        "sort": max(taken(lambda c=c: proxy.sort(c, Qt.SortOrder.AscendingOrder)) for c in (0, 2)),
        "filter": taken(lambda: proxy.setFilterFixedString(word)),
    }
    view.deleteLater()
    QApplication.processEvents()
    return figures


def taken(run: Callable[[], Any]) -> float:
    """Return the seconds of a call alone; what it leaves to be painted is painted afterwards."""
    begun = time.perf_counter()
    run()
    seconds = time.perf_counter() - begun
    QApplication.processEvents()
    return seconds


def items_take(texts: Texts) -> int:
    """Return the bytes a QTableWidget adds for the rows."""

    def fill() -> QTableWidget:
        table = QTableWidget(len(texts), len(texts[0]))
        for row, line in enumerate(texts):
            for column, text in enumerate(line):
                table.setItem(row, column, QTableWidgetItem(text))
        table.show()
        return table

    return added_by(fill)


def added_by(make: Callable[[], Any]) -> int:
    """Return by how many bytes the program grows while it makes and shows something."""
    gc.collect()
    before = _resident()
    made = make()
    QApplication.processEvents()
    grown = _resident() - before
    made.deleteLater()
    QApplication.processEvents()
    return grown


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no path of ours
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
