"""A table with what lies round it: the strip of a paste, the bar for several rows, the line that counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from wuling_desktop.ui.record import figures
from wuling_desktop.ui.record.batch_bar import BatchBar
from wuling_desktop.ui.record.new_row import NEW_ROW
from wuling_desktop.ui.record.paste_strip import PasteStrip
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, Elided, column, label, row
from wuling_desktop.ui.widgets.busy import BusyLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.services.cell_edits import CellEdit, Refusal, SavedMany, Sifted
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.ui.actions import Action
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.record.block import Paste
    from wuling_desktop.ui.record.table import Table
    from wuling_desktop.ui.theme import Look

_SHEET_KEYS = "Enter 下　Tab 右　Ctrl+D 照上格　Ctrl+Enter 填满　Ctrl+V 粘贴　Ctrl+Shift+E 退出"


@dataclass(frozen=True, slots=True)
class CellTyping:
    """What may be typed in the cells of a table, and how many cells at once are looked at and written."""

    editable: Callable[[Datum], bool]
    look_at: Callable[[Sequence[CellEdit]], Sifted]
    write: Callable[[Sequence[CellEdit], str], SavedMany]


class TableDesk(QWidget):
    """Many cells at once are looked at first, written in one operation, and named where they were not taken."""

    changed = Signal(object)  # Changes
    trouble = Signal(object)  # Problem
    said = Signal(str)
    row_added = Signal(object)  # Changes: what was typed into the empty last row is a row now
    row_given_up = Signal()

    def __init__(
        self,
        look: Look,
        table: Table,
        noun: str,
        background: Background,
        cells: CellTyping,
        batch: Callable[[], Sequence[Action]],
    ) -> None:
        super().__init__()
        self._table, self._noun, self._background = table, noun, background
        self._cells, self._batch = cells, batch
        self._keys_said = ""
        self._not_laid: tuple[Refusal, ...] = ()  # of the block that is being pasted
        self._told_of: int | None = None  # the operation of which is told what was not taken
        self.stack = QStackedWidget()
        self.stack.addWidget(table)
        self.strip, self.busy = PasteStrip(look), BusyLine(look)
        self.bar = BatchBar(look, noun, table.choose_nobody)
        self._counts = label(look, "", TYPE.caption, tone="muted")
        self._filter = Elided(look, "", TYPE.caption, tone="blue")
        self._clear = Button(look, "清除筛选", table.clear_filter, kind="link", hint="清除筛选　Esc")
        self._keys = Elided(look, "", TYPE.caption, tone="hint")
        self._keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        room = column(self, look, gap=8)
        room.addWidget(self.strip)
        room.addWidget(self.busy)
        room.addWidget(self.stack, 1)
        room.addWidget(self.bar)
        foot = row(None, look)
        foot.setContentsMargins(look.px(4), 0, look.px(4), look.px(4))
        foot.addWidget(self._counts)
        foot.addWidget(self._filter, 2)
        foot.addWidget(self._clear)
        foot.addWidget(self._keys, 3)
        room.addLayout(foot)
        self._tell_filter()
        self._connect()

    def tell(self, keys: str = "") -> None:
        """Say how many rows there are, how many are chosen, what their numbers come to, and which keys help here."""
        table, rows = self._table, self._table.rows
        self._keys_said = keys or self._keys_said
        chosen = table.chosen_ids()
        parts = [f"共 {len(rows.rows.ids)} {self._noun}"]
        if table.sheet:
            parts.append(f"已选 {len(table.selectionModel().selectedIndexes())} 格")
        elif chosen:
            parts.append(f"已选 {len(chosen)} {self._noun}")
        parts.append(figures.said(rows.rows, chosen if len(chosen) > 1 else rows.rows.ids))
        if table.sheet:
            parts.insert(0, "正在表格编辑")
        self._counts.setText("　".join(filter(None, parts)))
        self._keys.say(_SHEET_KEYS if table.sheet else self._keys_said)
        self.bar.show_for(0 if table.sheet else len(chosen), self._batch())
        self._tell_filter()

    def heard_of(self, changes: Changes | None) -> None:
        """Say no more what an operation did not take, once another one was done: it may just have been undone."""
        if changes is None or self._told_of is None or changes.operation == self._told_of:
            return
        self._told_of = None
        rows = self._table.rows
        rows.marks = {cell: note for cell, note in rows.marks.items() if cell[0] == NEW_ROW}
        self.strip.hide()

    def _connect(self) -> None:
        table = self._table
        table.filtered.connect(self.tell)
        table.sheet_changed.connect(lambda _on: self.tell())
        table.work.edited.connect(self._write_edits)
        table.work.paste_asked.connect(self._ask)
        table.work.row_typed.connect(self._write_row)
        self.strip.agreed.connect(lambda edits: self._write_edits(edits, "粘贴"))
        self.strip.left.connect(table.setFocus)

    def _tell_filter(self) -> None:
        said = self._table.rows.filtered_by()
        self._filter.say(said)
        self._filter.setVisible(bool(said))
        self._clear.setVisible(bool(said))

    def _ask(self, paste: Paste) -> None:
        self._not_laid = paste.refused
        work = partial(self._cells.look_at, paste.edits)
        self._background.run(
            self,
            work,
            lambda sifted: self.strip.ask(paste, (*paste.refused, *sifted.refused)),
            self.trouble.emit,
        )

    def _write_edits(self, edits: Sequence[CellEdit], verb: str) -> None:
        not_laid = self._not_laid if verb == "粘贴" else ()
        self._not_laid = ()
        self._background.run(
            self,
            partial(self._cells.write, edits, verb),
            lambda saved: self._written(saved, (*not_laid, *saved.refused)),
            self.trouble.emit,
        )

    def _write_row(self, edits: Sequence[CellEdit]) -> None:
        """Write the row that was typed last, whole or not at all: what was typed stays where it cannot be written."""

        def work() -> SavedMany | tuple[Refusal, ...]:
            sifted = self._cells.look_at(edits)
            return sifted.refused or self._cells.write(edits, "新增")

        self._background.run(self, work, partial(self._row_written, edits), self.trouble.emit)

    def _row_written(self, edits: Sequence[CellEdit], answer: SavedMany | tuple[Refusal, ...]) -> None:
        rows = self._table.rows
        if isinstance(answer, tuple):
            rows.marks.update({(NEW_ROW, each.edit.name): each.note for each in answer if not each.for_row})
            rows.show_new_again()
            self.strip.tell_new(answer, rows, self._back_to_row, self._give_up_row)
            return
        rows.new.written(edits)
        rows.marks = {cell: note for cell, note in rows.marks.items() if cell[0] != NEW_ROW}
        rows.show_new_again()
        self.strip.hide()
        self.changed.emit(answer.changes)
        self.row_added.emit(answer.changes)
        if answer.doubtful:
            self.said.emit(f"已存；{answer.doubtful} 格标“待核”")

    def _back_to_row(self) -> None:
        self.strip.hide()
        rows, table = self._table.rows, self._table
        place = rows.place_of(NEW_ROW)
        columns = range(rows.columnCount())
        lacking = (each for each in columns if not rows.new.typed.get(rows.datum_at(each).name))
        table.setCurrentIndex(rows.index(place, next(lacking, 0)))
        table.setFocus()

    def _give_up_row(self) -> None:
        rows = self._table.rows
        rows.new.clear()
        rows.marks = {cell: note for cell, note in rows.marks.items() if cell[0] != NEW_ROW}
        rows.show_new_again()
        self.row_given_up.emit()
        self.strip.give_up()

    def _written(self, saved: SavedMany, refused: Sequence[Refusal]) -> None:
        rows = self._table.rows
        of_new = {cell: note for cell, note in rows.marks.items() if cell[0] == NEW_ROW}
        told = {(each.edit.row, each.edit.name): each.note for each in refused if each.edit.row >= 0}
        rows.marks = of_new | told
        self._told_of = saved.changes.operation if refused else None
        self.changed.emit(saved.changes)
        self._table.viewport().update()
        if refused:
            self.strip.tell(rows, refused)
            return
        self._table.setFocus()
        if saved.doubtful:
            self.said.emit(f"已存；{saved.doubtful} 格标“待核”")
