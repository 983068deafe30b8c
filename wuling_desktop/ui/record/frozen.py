"""Columns that stand still: a second view on the same rows, laid over the first columns once these scroll away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from wuling_desktop.ui.record.heads import Heads
from wuling_desktop.ui.record.table_cells import TableDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.record.table import Table
    from wuling_desktop.ui.theme import Look


class FrozenColumns(QTableView):
    """The first columns of a table: model, selection and scrolling are the table's own."""

    def __init__(self, look: Look, table: Table, choices: Choices) -> None:
        super().__init__(table)
        self._table = table
        self.count = 1
        self.setModel(table.rows)
        self.setSelectionModel(table.selectionModel())
        self.cells = TableDelegate(look, choices, self, table)
        self.setItemDelegate(self.cells)
        self.heads = Heads(look, table.rows, self)
        self.setHorizontalHeader(self.heads)
        self.setAccessibleName("不动的列")
        self.setProperty("bare", "true")
        self.setProperty("frozen", "true")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(table)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.hide()
        self._connect()

    def covers(self, index: QModelIndex) -> bool:
        """Whether a cell is seen here and not in the table."""
        return self.isVisible() and index.column() < self.count

    @property
    def covered(self) -> int:
        """How many pixels of the table lie under these columns."""
        return self.width() if self.isVisible() else 0

    def freeze(self, count: int) -> None:
        """Let other columns stand still, counted from the left."""
        self.count = count
        self.place()

    def take_over(self) -> None:
        """Take height of rows, ways to edit and to select from the table."""
        self.verticalHeader().setDefaultSectionSize(self._table.verticalHeader().defaultSectionSize())
        self.setEditTriggers(self._table.editTriggers())
        self.setSelectionBehavior(self._table.selectionBehavior())
        self.setSelectionMode(self._table.selectionMode())

    def place(self) -> None:
        """Lie over the first columns where these are scrolled away, be away where they are seen."""
        table = self._table
        columns = range(min(self.count, table.rows.columnCount()))
        width = sum(table.columnWidth(column) for column in columns)
        shown = bool(columns) and table.horizontalScrollBar().value() > 0 and width < table.viewport().width()
        if not shown:
            self.hide()
            return
        for column in range(table.rows.columnCount()):
            self.setColumnHidden(column, column not in columns)
            if column in columns:
                self.setColumnWidth(column, table.columnWidth(column))
        edge = table.frameWidth()
        self.setGeometry(
            edge + table.verticalHeader().width(),
            edge,
            width + 1,
            table.viewport().height() + table.horizontalHeader().height(),
        )
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.show()
        self.raise_()

    def _connect(self) -> None:
        table = self._table
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.place())
        table.horizontalHeader().sectionResized.connect(lambda *_sizes: self.place())
        table.rows.modelReset.connect(self.place)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        self.activated.connect(table.activated)
        self.customContextMenuRequested.connect(
            lambda at: table.customContextMenuRequested.emit(
                table.viewport().mapFromGlobal(self.viewport().mapToGlobal(QPoint(at)))
            )
        )
