"""What is done with cells chosen in a table: copied, cut, cleared, filled, dated, pasted; many cells are one operation."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.services.cell_edits import CellEdit
from wuling_desktop.ui import actions, clipboard
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.record import block
from wuling_desktop.ui.record.new_row import NEW_ROW
from wuling_desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex

    from wuling_desktop.ui.record.table import Table


class SheetWork(QObject):
    """The verbs of a table that is typed into as a sheet; in a list only copying."""

    edited = Signal(object, str)  # CellEdits and the verb of the operation
    paste_asked = Signal(object)  # a Paste to be looked at first
    row_typed = Signal(object)  # CellEdits of the empty last row, now left

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table
        self.today = dt.date.today()
        for action in self.actions(sheet=True):
            if action.keys not in ("Ctrl+C", "Alt+Down"):
                actions.shortcut(
                    table,
                    action.keys,
                    partial(self._in_sheet, action.run),
                    Qt.ShortcutContext.WidgetShortcut,
                )
        actions.tell(table, actions.listed(self.actions(sheet=True)))
        actions.shortcut(table, "Ctrl+C", self.copy, Qt.ShortcutContext.WidgetShortcut)
        actions.shortcut(
            table, "Alt+Down", lambda: self._in_sheet(self.choose_value), Qt.ShortcutContext.WidgetShortcut
        )

    def actions(self, *, sheet: bool) -> list[Action]:
        """Return the verbs with their keys, for the menu of a cell."""
        copying = Action("复制", self.copy, "copy", "Ctrl+C")
        if not sheet:
            return [copying]
        return [
            copying,
            Action("剪切", self.cut, keys="Ctrl+X"),
            Action("粘贴", self.paste, keys="Ctrl+V"),
            Action("照上一格填", self.from_above, keys="Ctrl+D"),
            Action("用当前格填满所选", self.fill_with_current, keys="Ctrl+Return"),
            Action("填今天", self.put_today, keys="Ctrl+;"),
            Action("从列表里选", self.choose_value, keys="Alt+Down"),
            Action("清空", self.clear, keys="Del"),
        ]

    def copy(self) -> None:
        """Put the chosen rows, in a sheet the chosen cells, on the clipboard as they are shown."""
        model = self._table.rows
        if self._table.sheet:
            top, left, bottom, right = self._around()
            places = range(top, min(bottom + 1, model.rowCount()))
            rows = [model.texts_at(place)[left : right + 1] for place in places]
        else:
            rows = [model.rows.texts[id_] for id_ in self._table.chosen_ids()]
        if rows:
            clipboard.put_table(rows)

    def cut(self) -> None:
        """Copy, then clear."""
        self.copy()
        self._edit("", "剪切")

    def clear(self) -> None:
        """Empty the chosen cells."""
        self._edit("", "清空")

    def put_today(self) -> None:
        """Put today's date into the chosen cells that hold dates."""
        self._edit(str(PartialDate.of(self.today)), "填写", kind="day")

    def fill(self, typed: Any) -> None:
        """Put one value into every chosen cell."""
        self._edit(typed, "填充")

    def fill_with_current(self) -> None:
        """Put the current cell's value into every other chosen cell of its column."""
        current = self._table.currentIndex()
        if current.isValid():
            value = self._value(current)
            chosen = [
                index for index in self._cells() if index.column() == current.column() and index != current
            ]
            self._send(chosen, value, "填充")

    def from_above(self) -> None:
        """Let the chosen cells take what stands in the first of them, a single one what stands above it."""
        top, _, bottom, _ = self._around()
        model = self._table.rows
        source = top if bottom > top else top - 1
        if source < 0:
            return
        edits = [
            CellEdit(
                model.id_at(index.row()),
                model.datum_at(index.column()).name,
                self._value(model.index(source, index.column())),
                model.value_at(index),
            )
            for index in self._cells()
            if index.row() > source
        ]
        self._emit(edits, "填充")

    def choose_value(self) -> None:
        """Open the choice list of the current cell."""
        editor = self._table.open_editor(self._table.currentIndex())
        if isinstance(editor, Combo):
            editor.showPopup()

    def paste(self) -> None:
        """Lay what is on the clipboard over the cells from the first chosen one on."""
        text = clipboard.text()
        if not text or not self._table.rows.rows.datums:
            return
        cells = block.parse(text)
        top, left, bottom, right = self._around()
        if len(cells) == 1 and len(cells[0]) == 1 and (bottom > top or right > left):
            self._edit(cells[0][0], "粘贴")
            return
        self.paste_asked.emit(block.lay_out(self._table.rows, cells, top, left, bottom - top + 1))

    def left_row(self, place: int) -> None:
        """A row is left: the last one becomes a row of the data, where something was typed into it."""
        if self._table.rows.id_at(place) == NEW_ROW:
            self.finish_new()

    def finish_new(self) -> bool:
        """Send what was typed into the last row to be written; False where there is nothing, or nothing new to try."""
        new = self._table.rows.new
        edits = new.edits()
        if not edits or edits == new.sent:
            return False
        new.sent = edits
        self.row_typed.emit(edits)
        return True

    def _in_sheet(self, run: Any) -> None:
        if self._table.sheet:
            run()

    def _around(self) -> tuple[int, int, int, int]:
        """Return the rectangle round the chosen cells: top, left, bottom, right."""
        ranges = self._table.selectionModel().selection().toList()
        current = self._table.currentIndex()
        if not ranges:
            row, column = max(current.row(), 0), max(current.column(), 0)
            return row, column, row, column
        return (
            min(each.top() for each in ranges),
            min(each.left() for each in ranges),
            max(each.bottom() for each in ranges),
            max(each.right() for each in ranges),
        )

    def _cells(self) -> list[QModelIndex]:
        """Return the chosen cells that can be typed into."""
        model = self._table.rows
        chosen = self._table.selectionModel().selectedIndexes() or [self._table.currentIndex()]
        found = [
            index for index in chosen if index.isValid() and model.editable(model.datum_at(index.column()))
        ]
        return sorted(found, key=lambda index: (index.row(), index.column()))

    def _value(self, index: QModelIndex) -> Any:
        """Return a cell's value as it can be typed again; another subject as itself, so that its name need not be unique."""
        value = self._table.rows.value_at(index)
        return value if hasattr(value, "id") else self._table.rows.datum_at(index.column()).show(value)

    def _edit(self, typed: Any, verb: str, *, kind: str = "") -> None:
        model = self._table.rows
        cells = [
            each for each in self._cells() if not kind or model.datum_at(each.column()).kind.name == kind
        ]
        self._send(cells, typed, verb)

    def _send(self, cells: Sequence[QModelIndex], typed: Any, verb: str) -> None:
        model = self._table.rows
        self._emit(
            [
                CellEdit(
                    model.id_at(each.row()), model.datum_at(each.column()).name, typed, model.value_at(each)
                )
                for each in cells
            ],
            verb,
        )

    def _emit(self, edits: Sequence[CellEdit], verb: str) -> None:
        rows = self._table.rows
        for edit in edits:
            rows.marks.pop((edit.row, edit.name), None)
            if edit.row == NEW_ROW:
                rows.type_new(edit.name, edit.typed)
        known = tuple(edit for edit in edits if edit.row != NEW_ROW)
        if known:
            self.edited.emit(known, verb)
