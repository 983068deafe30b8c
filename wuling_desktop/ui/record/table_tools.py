"""The small buttons over a table: sheet or list, columns, height of rows, the eye on private columns."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wuling_desktop.ui import actions, projector
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.record.columns import ColumnsPopup
from wuling_desktop.ui.telling import tried
from wuling_desktop.ui.widgets.basics import Button, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.column_sets import ColumnSet
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.record.columns import Columns
    from wuling_desktop.ui.record.table import Table
    from wuling_desktop.ui.theme import Look

_ROWS = {"compact": "紧凑", "standard": "标准", "roomy": "宽松"}


class TableTools(QWidget):
    """How one table is shown; what is chosen of the columns is told, so that its rows are read anew."""

    read_anew = Signal()
    changed = Signal(object)  # Changes
    trouble = Signal(object)  # Problem

    def __init__(self, look: Look, table: Table, columns: Columns, file_choice: FileChoice) -> None:
        super().__init__()
        self._look, self._table, self._columns, self._file_choice = look, table, columns, file_choice
        self.now = columns.opening()
        self.datums = columns.datums(self.now)
        self.whole = False  # whether private columns are shown in full
        self.sheet = Action(
            "表格编辑", self.toggle_sheet, "table", "Ctrl+Shift+E", "像表格软件一样填：直接输入，整块粘贴"
        )
        self.funnel = Action("筛选这一列", self._ask_funnel, "funnel-simple", "Ctrl+Shift+L")
        self._sheet_button, self._columns_button, self._rows_button = (
            actions.button(look, each, "quiet")
            for each in (
                self.sheet,
                Action("列", self.ask_columns, "columns", hint="选列、排顺序、存成方案"),
                Action("行高", self._ask_row_height, "rows"),
            )
        )
        hint = "表里显示完整证件号、电话和住址"
        self._eye = Button(look, "完整证件号", self.toggle_whole, icon="eye", kind="icon", hint=hint)
        for button in (self._sheet_button, self._eye):
            button.setCheckable(True)
        room = row(self, look, gap=2)
        for button in (self._sheet_button, self._columns_button, self._rows_button, self._eye):
            room.addWidget(button)
        actions.bind(self, (self.sheet, self.funnel))
        table.sheet_changed.connect(self._sheet_button.setChecked)
        table.set_row_height(file_choice.preferences.rows)
        table.frozen.freeze(self.now.frozen)
        self._show_eye()

    def toggle_sheet(self) -> None:
        """Type into the table as into a sheet, or read it as a list again."""
        self._table.set_sheet(on=not self._table.sheet)
        self._sheet_button.setChecked(self._table.sheet)
        self._table.setFocus()

    def toggle_whole(self) -> None:
        """Show private columns in full, or only their tails again."""
        self.whole = not self.whole
        self._eye.setChecked(self.whole)
        self.read_anew.emit()

    def cover(self) -> None:
        """Hide private columns again: the page is left."""
        if self.whole:
            self.toggle_whole()

    def ask_columns(self) -> None:
        """Ask which columns are to be shown."""
        popup = ColumnsPopup(self._look, self._columns, self.now)
        popup.chosen.connect(self.show_columns)
        popup.keep_asked.connect(lambda asked: self._keep(*asked))
        popup.remove_asked.connect(
            lambda name: self._told(lambda: self._columns.sets.remove(self._columns.table, name))
        )
        corner = self._columns_button.mapToGlobal(self._columns_button.rect().bottomLeft())
        popup.open_at(corner)

    def show_columns(self, chosen: ColumnSet) -> None:
        """Show other columns."""
        self.now, self.datums = chosen, self._columns.datums(chosen)
        self._table.frozen.freeze(chosen.frozen)
        self._show_eye()
        self.read_anew.emit()
        tried(lambda: self._columns.remember(chosen), self.trouble)

    def _keep(self, made: ColumnSet, opens: bool) -> None:
        sets, table = self._columns.sets, self._columns.table
        self._told(lambda: sets.save(table, made))
        if opens:
            self._told(lambda: sets.open_with(table, made.name))

    def _told(self, run: Callable[[], Changes]) -> None:
        changes = tried(run, self.trouble)
        if changes is not None:
            self.changed.emit(changes)

    def _ask_row_height(self) -> None:
        now = self._file_choice.preferences.rows
        entries = [
            Action(f"{'✓ ' if name == now else ''}{text}", partial(self._set_row_height, name))
            for name, text in _ROWS.items()
        ]
        corner = self._rows_button.mapToGlobal(self._rows_button.rect().bottomLeft())
        actions.menu(self, entries).popup(corner)

    def _set_row_height(self, name: str) -> None:
        self._file_choice.keep(dataclasses.replace(self._file_choice.preferences, rows=name))
        self._table.set_row_height(name)

    def _ask_funnel(self) -> None:
        self._table.ask_funnel(max(self._table.currentIndex().column(), 0))

    def _show_eye(self) -> None:
        self._eye.setVisible(not projector.is_on() and any(datum.private for datum in self.datums))
