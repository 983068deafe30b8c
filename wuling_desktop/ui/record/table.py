"""A table over row ids and ready text: a list to read and choose from, or a sheet to type into."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView

from wuling_desktop.ui import actions
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.record.cells import ENTER
from wuling_desktop.ui.record.composing import ComposedInto
from wuling_desktop.ui.record.frozen import FrozenColumns
from wuling_desktop.ui.record.funnel import Funnel
from wuling_desktop.ui.record.heads import Heads
from wuling_desktop.ui.record.jump import Jump
from wuling_desktop.ui.record.new_row import NEW_ROW
from wuling_desktop.ui.record.rows import Ready, RowsModel, ready
from wuling_desktop.ui.record.sheet_work import SheetWork
from wuling_desktop.ui.record.table_cells import TableDelegate
from wuling_desktop.ui.record.widths import fitting
from wuling_desktop.ui.tokens import ROW_HEIGHTS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QEvent, QModelIndex, QPoint
    from PySide6.QtGui import QResizeEvent

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.theme import Look

__all__ = ["Ready", "Table", "ready"]

_SELECT = QItemSelectionModel.SelectionFlag
_TRIGGER = QAbstractItemView.EditTrigger
_LIST_TRIGGERS = _TRIGGER.EditKeyPressed | _TRIGGER.DoubleClicked


class Table(ComposedInto):
    """Rows are chosen or ticked, cells edited with F2 or a double click; as a sheet cells are chosen and typed into."""

    chosen = Signal()
    filtered = Signal()
    sheet_changed = Signal(bool)

    def __init__(self, look: Look, name: str, choices: Choices, editable: Callable[[Datum], bool]) -> None:
        super().__init__()
        self._look = look
        self.sheet = False
        self._waiting: Ready | None = None  # rows that came while a cell was being edited
        self.rows = RowsModel(self, editable)
        self.setModel(self.rows)
        self.cells = TableDelegate(look, choices, self, self)
        self.setItemDelegate(self.cells)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(_LIST_TRIGGERS)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.heads = Heads(look, self.rows, self)
        self.setHorizontalHeader(self.heads)
        self.heads.setStretchLastSection(True)
        side = self.verticalHeader()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        side.setHighlightSections(False)
        side.setSectionsClickable(False)
        side.setToolTip("空格勾选这一行")
        side.setDefaultSectionSize(look.px(ROW_HEIGHTS["standard"]))
        self._jump = Jump(self, self.rows)
        self.work = SheetWork(self)
        self.frozen = FrozenColumns(look, self, choices)
        self._connect()

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────────────

    def put(self, rows: Ready) -> None:
        """Show rows, keeping who was chosen and where the table was scrolled to; a cell being typed into is not disturbed."""
        if (self.sheet or self.editing) and self.rows.put_in_place(rows):
            return
        if self.editing:
            self._waiting = rows
            return
        ids, column = self._selected_ids(), max(self.currentIndex().column(), 0)
        current = self.currentIndex()
        current_id = self.rows.id_at(current.row()) if current.isValid() else NEW_ROW
        scrolled = self.verticalScrollBar().value()
        fresh = rows.datums != self.rows.rows.datums
        self.rows.put(rows)
        if fresh:
            for place, width in enumerate(fitting(self._look, self.rows.rows)):
                self.setColumnWidth(place, width)
        self.choose(ids, column, current_id)
        self.verticalScrollBar().setValue(scrolled)

    def chosen_ids(self) -> list[int]:
        """Return the ids of the ticked rows that are shown, else of the chosen ones, from top to bottom."""
        if self.rows.ticked:
            ticked = self.rows.ticked
            return [id_ for id_ in self.rows.rows.ids if id_ in ticked]
        return [id_ for id_ in self._selected_ids() if id_ != NEW_ROW]

    def ticked(self, index: QModelIndex) -> bool:
        """Whether a cell's row is ticked."""
        return bool(self.rows.ticked) and self.rows.id_at(index.row()) in self.rows.ticked

    def invites(self, index: QModelIndex) -> bool:
        """Whether a cell is the one where the empty last row says that it can be typed into."""
        if not self.rows.new.shown or self.rows.new.typed or index.row() < len(self.rows.rows.ids):
            return False
        before = (self.rows.editable(self.rows.datum_at(place)) for place in range(index.column()))
        return self.rows.editable(self.rows.datum_at(index.column())) and not any(before)

    def choose(self, ids: Sequence[int], column: int = 0, current_id: int = NEW_ROW) -> None:
        """Choose rows by id, as far as they are shown."""
        places = sorted(place for place in map(self.rows.place_of, ids) if place >= 0)
        selection, last = self.selectionModel(), max(self.rows.columnCount() - 1, 0)
        chosen = QItemSelection()
        column = min(column, last)
        left, right = (column, column) if self.sheet else (0, last)
        for first, end in _runs(places):
            chosen.select(self.rows.index(first, left), self.rows.index(end, right))
        selection.select(chosen, _SELECT.ClearAndSelect)
        if places:
            at = self.rows.place_of(current_id)
            current = self.rows.index(at if at in places else places[0], column)
            selection.setCurrentIndex(current, _SELECT.NoUpdate)
            self.scrollTo(current)
        else:
            self.chosen.emit()

    def tick_current(self) -> None:
        """Tick the current row or take its tick away."""
        if self.currentIndex().isValid():
            id_ = self.rows.id_at(self.currentIndex().row())
            self.rows.tick([id_], on=id_ not in self.rows.ticked)

    def choose_nobody(self) -> None:
        """Take every tick away and choose nothing."""
        self.rows.tick(list(self.rows.ticked), on=False)
        self.clearSelection()

    # ── how it is shown ──────────────────────────────────────────────────────────────────────────────────

    def set_row_height(self, name: str) -> None:
        """Give the rows another height: compact, standard or roomy."""
        self.verticalHeader().setDefaultSectionSize(self._look.px(ROW_HEIGHTS[name]))
        self.frozen.take_over()

    def set_today(self, today: dt.date) -> None:
        """Read what is typed as on that day."""
        self.cells.today = self.frozen.cells.today = self.work.today = self.rows.new.today = today

    def set_sheet(self, *, on: bool) -> None:
        """Become a sheet to type into, or a list again."""
        if on == self.sheet:
            return
        if not on:
            self.work.finish_new()
        self.sheet = on
        self.rows.show_new(on=on)
        current = self.currentIndex()
        self.rows.marks.clear()
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectItems if on else behaviour.SelectRows)
        self.setEditTriggers(_LIST_TRIGGERS | _TRIGGER.AnyKeyPressed if on else _LIST_TRIGGERS)
        for heads in (self.heads, self.frozen.heads):
            heads.show_sheet(on=on)
        self.frozen.take_over()
        if on:
            self.rows.tick(list(self.rows.ticked), on=False)
            if not current.isValid() and self.rows.rowCount():
                current = self.rows.index(0, 0)
        if current.isValid():
            rows = _SELECT.NoUpdate if on else _SELECT.Rows
            self.selectionModel().setCurrentIndex(current, _SELECT.ClearAndSelect | rows)
        self._let_input_method_in(current)
        self.viewport().update()
        self.sheet_changed.emit(on)

    def ask_funnel(self, column: int) -> None:
        """Ask what a column shall show."""
        if 0 <= column < self.rows.columnCount():
            funnel = Funnel(self._look, self.rows, column)
            funnel.settled.connect(self._filter)
            heads = (
                self.frozen.heads if self.frozen.isVisible() and column < self.frozen.count else self.heads
            )
            funnel.open_at(
                heads.mapToGlobal(heads.rect().bottomLeft()), heads.sectionViewportPosition(column)
            )

    def clear_filter(self) -> None:
        """Let every row be shown."""
        if self.rows.conditions:
            self.rows.clear_filter()
            self.filtered.emit()

    # ── editing ──────────────────────────────────────────────────────────────────────────────────────────

    @property
    def editing(self) -> bool:
        """Whether a cell is being typed into."""
        return self.cells.editor is not None or self.frozen.cells.editor is not None

    def edit(self, index: QModelIndex, trigger: Any = None, event: QEvent | None = None) -> bool:  # type: ignore[override]  # Qt has two of this name
        """Edit a cell where it is seen: among the columns that stand still, or here."""
        if trigger is None:
            if self.frozen.covers(index):
                self.frozen.edit(index)
            else:
                super().edit(index)
            return self.editing
        wanted = trigger & self.editTriggers() and self.frozen.covers(index)
        if not wanted or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return bool(super().edit(index, trigger, event))  # type: ignore[arg-type]  # Qt gives none where a cell became current
        self.frozen.edit(index)
        if isinstance(event, QKeyEvent) and self.frozen.cells.editor is not None and event.text().strip():
            QApplication.sendEvent(self.frozen.cells.editor, event)
        return True

    def step(self, across: int, down: int) -> bool:
        """Go to another cell of the sheet, past the end of a row to the next one; False where there is none."""
        current, columns = self.currentIndex(), self.rows.columnCount()
        place = current.row() * columns + current.column() + across + down * columns
        if current.isValid() and place >= columns * self.rows.rowCount() and self.work.finish_new():
            place = current.row() * columns  # the next new row begins where this one began
        if not current.isValid() or not 0 <= place < columns * self.rows.rowCount():
            return False
        there = self.rows.index(place // columns, place % columns)
        self.selectionModel().setCurrentIndex(there, _SELECT.ClearAndSelect)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with the space bar; in a sheet go down with Enter."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if self.composing:
            event.accept()
        elif self.sheet and plain and event.key() in ENTER:
            self.step(0, -1 if shift else 1)
        elif not self.sheet and plain and event.key() == Qt.Key.Key_Space:
            self.tick_current()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Go to the row whose name begins with the letters typed."""
        if not self.sheet:
            self._jump.typed(search)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """In a sheet Tab goes to the next cell; past the last one, and in a list, it leaves the table."""
        return (self.sheet and self.hasFocus() and self.step(1 if onward else -1, 0)) or bool(
            super().focusNextPrevChild(onward)
        )

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]  # plain indexes only
        """Let the input method in only where letters are typed: in a list they jump to a name."""
        super().currentChanged(current, previous)
        self._let_input_method_in(current)
        if previous.isValid() and current.isValid() and current.row() != previous.row():
            self.work.left_row(previous.row())

    def scrollTo(  # type: ignore[override]  # plain indexes only
        self,
        index: QModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into view, out from under the columns that stand still."""
        if not index.isValid():
            return
        across = self.horizontalScrollBar()
        before = across.value()
        super().scrollTo(index, hint)
        if index.column() < self.frozen.count and before > 0:
            across.setValue(before)
        hidden = self.frozen.covered - self.visualRect(index).left()
        if index.column() >= self.frozen.count and hidden > 0:
            across.setValue(across.value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the columns that stand still in their place."""
        super().resizeEvent(event)
        self.frozen.place()

    # ── within ───────────────────────────────────────────────────────────────────────────────────────────

    def _connect(self) -> None:
        self.selectionModel().selectionChanged.connect(self.chosen)
        self.rows.ticks_changed.connect(self.viewport().update)
        self.rows.ticks_changed.connect(self.chosen)
        for heads in (self.heads, self.frozen.heads):
            heads.sort_asked.connect(self._sort_by)
            heads.funnel_asked.connect(self.ask_funnel)
            heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            heads.customContextMenuRequested.connect(partial(self._show_heads_menu, heads))
        for cells in (self.cells, self.frozen.cells):
            cells.closeEditor.connect(lambda *_closed: self._put_waiting())
        self.frozen.take_over()

    def _show_heads_menu(self, heads: Heads, at: QPoint) -> None:
        column = heads.logicalIndexAt(at)
        if column >= 0:
            entries = (
                Action("筛选这一列", partial(self.ask_funnel, column), keys="Ctrl+Shift+L"),
                Action("排序", partial(self._sort_by, column)),
                None,
                Action("左边到这一列不动", partial(self.frozen.freeze, column + 1)),
                Action("各列都随着动", partial(self.frozen.freeze, 0)),
            )
            actions.menu(self, entries).popup(heads.mapToGlobal(at))

    def _let_input_method_in(self, current: QModelIndex) -> None:
        typed_into = self.sheet and current.isValid() and bool(current.flags() & Qt.ItemFlag.ItemIsEditable)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, typed_into)

    def _put_waiting(self) -> None:
        rows, self._waiting = self._waiting, None
        if rows is not None:
            self.cells.editor = self.frozen.cells.editor = None
            self.put(rows)

    def _filter(self, name: str, condition: Any) -> None:
        self.rows.filter(name, condition)
        self.filtered.emit()
        self.chosen.emit()

    def _selected_ids(self) -> list[int]:
        places: set[int] = set()
        for each in self.selectionModel().selection().toList():
            places.update(range(each.top(), each.bottom() + 1))
        return [self.rows.id_at(place) for place in sorted(places)]

    def _sort_by(self, column: int) -> None:
        order = Qt.SortOrder.AscendingOrder
        if self.rows.order == (column, order):
            order = Qt.SortOrder.DescendingOrder
        self.rows.sort(column, order)
        self.heads.viewport().update()
        self.frozen.heads.viewport().update()


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Return runs of neighbouring places as (first, last)."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
