"""A table over row ids and ready text: sorted on its list of ids, painted by a delegate, edited in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from wuling_desktop.domain import masking
from wuling_desktop.domain.kinds import CodeKind
from wuling_desktop.ui.record.cells import CellDelegate
from wuling_desktop.ui.tokens import SIZES, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.services.people import Row
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.theme import Look

# Width of an empty column in letters, by kind; the user may drag it.
_LETTERS = {
    "name": 7,
    "whole": 5,
    "flag": 5,
    "day": 8,
    "identity": 12,
    "phone": 9,
    "money": 7,
    "link": 10,
    "text": 10,
    "paragraph": 16,
}
_USUAL, _WIDEST = 6, 13  # letters
_SEEN = 60  # rows by which columns are fitted
_NUMBERS = frozenset({"whole", "money"})
_MODEL_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Ready:
    """Rows as the model holds them: made off the screen's thread."""

    datums: tuple[Datum, ...]
    ids: list[int]
    texts: dict[int, tuple[str, ...]]
    values: dict[int, tuple[Any, ...]]


def ready(datums: Sequence[Datum], rows: Sequence[Row]) -> Ready:
    """Return rows with the texts that the screen shows, private ones with their tail only."""
    shows = [(datum.show, datum.private) for datum in datums]
    texts = {
        row.id: tuple(
            masking.on_screen(private, show(value)) if private else show(value).replace("\n", " ")
            for (show, private), value in zip(shows, row.values, strict=True)
        )
        for row in rows
    }
    return Ready(tuple(datums), [row.id for row in rows], texts, {row.id: row.values for row in rows})


class RowsModel(QAbstractTableModel):
    """Ids in their order on the screen, and what each row shows."""

    edited = Signal(int, object, object)  # row id, datum, what was typed

    def __init__(self, editable: Callable[[Datum], bool]) -> None:
        super().__init__()
        self.rows = Ready((), [], {}, {})
        self.order: tuple[int, Qt.SortOrder] | None = None
        self._editable = editable
        self._collator = QCollator(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self._collator.setNumericMode(True)

    def put(self, rows: Ready) -> None:
        """Show other rows in the order chosen last."""
        self.beginResetModel()
        self.rows = rows
        self._sort()
        self.endResetModel()

    def id_at(self, row: int) -> int:
        """Return the id of the row at a place."""
        return self.rows.ids[row]

    def place_of(self, id_: int) -> int:
        """Return the place of a row, -1 where it is not shown."""
        return self.rows.ids.index(id_) if id_ in self.rows.texts else -1

    def datum_at(self, column: int) -> Datum:
        """Return the datum of a column."""
        return self.rows.datums[column]

    def value_at(self, index: QModelIndex) -> Any:
        """Return the value behind a cell."""
        return self.rows.values[self.rows.ids[index.row()]][index.column()]

    def rowCount(self, parent: QModelIndex = _MODEL_INDEX) -> int:  # type: ignore[override]  # Qt's default is an invalid index
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows.ids)

    def columnCount(self, parent: QModelIndex = _MODEL_INDEX) -> int:  # type: ignore[override]  # the same
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.rows.datums)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # type: ignore[override]  # plain indexes only
        """Return the ready text; at once for what is not served here."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows.texts[self.rows.ids[index.row()]][index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return self.value_at(index)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's label, a row's number."""
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.rows.datums[section].label if orientation == Qt.Orientation.Horizontal else section + 1
            )
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]  # plain indexes only
        """Tell which cells can be edited."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return (
            flags | Qt.ItemFlag.ItemIsEditable if self._editable(self.rows.datums[index.column()]) else flags
        )

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # type: ignore[override]  # the same
        """Send what was typed to be saved; the table is read again afterwards."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.edited.emit(self.id_at(index.row()), self.datum_at(index.column()), value)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the list of ids."""
        self.order = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        before = [(index, self.id_at(index.row())) for index in self.persistentIndexList()]
        self._sort()
        places = {id_: place for place, id_ in enumerate(self.rows.ids)}
        for index, id_ in before:
            self.changePersistentIndex(index, self.index(places[id_], index.column()))
        self.layoutChanged.emit()

    def _sort(self) -> None:
        if self.order is None or self.order[0] >= len(self.rows.datums):
            return
        column, order = self.order
        datum, values, texts = self.rows.datums[column], self.rows.values, self.rows.texts
        kind = datum.kind.name
        known = [id_ for id_ in self.rows.ids if values[id_][column] is not None]
        unknown = [id_ for id_ in self.rows.ids if values[id_][column] is None]
        if kind in _NUMBERS:
            known.sort(key=lambda id_: values[id_][column])
        elif kind == "day" or isinstance(datum.kind, CodeKind):
            known.sort(key=lambda id_: str(values[id_][column]))
        else:
            known.sort(key=lambda id_: self._collator.sortKey(texts[id_][column]))
        if order == Qt.SortOrder.DescendingOrder:
            known.reverse()
        self.rows.ids[:] = known + unknown  # what is not known stands last either way


class Table(QTableView):
    """The table: rows are chosen, cells edited with F2 or a double click."""

    chosen = Signal()

    def __init__(self, look: Look, name: str, choices: Choices, editable: Callable[[Datum], bool]) -> None:
        super().__init__()
        self._look = look
        self.rows = RowsModel(editable)
        self.setModel(self.rows)
        self.cells = CellDelegate(look, choices, self)
        self.setItemDelegate(self.cells)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        side, top = self.verticalHeader(), self.horizontalHeader()
        side.setDefaultSectionSize(look.px(SIZES.row))
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        side.setHighlightSections(False)
        side.setSectionsClickable(False)
        top.setFixedHeight(look.px(SIZES.header))
        top.setHighlightSections(False)
        top.setStretchLastSection(True)
        top.sectionClicked.connect(self._sort_by)
        self.selectionModel().selectionChanged.connect(self.chosen)

    def put(self, rows: Ready) -> None:
        """Show rows, keeping who was chosen and where the table was scrolled to."""
        ids, column = self.chosen_ids(), max(self.currentIndex().column(), 0)
        scrolled = self.verticalScrollBar().value()
        fresh = rows.datums != self.rows.rows.datums
        self.rows.put(rows)
        if fresh:
            self._set_widths()
        self.choose(ids, column)
        self.verticalScrollBar().setValue(scrolled)

    def chosen_ids(self) -> list[int]:
        """Return the ids of the chosen rows, from top to bottom."""
        return [self.rows.id_at(index.row()) for index in sorted(self.selectionModel().selectedRows())]

    def choose(self, ids: Sequence[int], column: int = 0) -> None:
        """Choose rows by id, as far as they are shown."""
        places = [place for place in map(self.rows.place_of, ids) if place >= 0]
        command = QItemSelectionModel.SelectionFlag
        selection = self.selectionModel()
        selection.clearSelection()
        for place in places:
            selection.select(self.rows.index(place, 0), command.Select | command.Rows)
        if places:
            current = self.rows.index(places[0], min(column, self.rows.columnCount() - 1))
            selection.setCurrentIndex(current, command.NoUpdate)
            self.scrollTo(current)
        else:
            self.chosen.emit()

    def edit_cell(self, id_: int, name: str) -> None:
        """Begin to edit one datum of a row."""
        columns = [place for place, datum in enumerate(self.rows.rows.datums) if datum.name == name]
        if columns and self.rows.place_of(id_) >= 0:
            self.edit(self.rows.index(self.rows.place_of(id_), columns[0]))

    def _sort_by(self, column: int) -> None:
        order = Qt.SortOrder.AscendingOrder
        if self.rows.order == (column, order):
            order = Qt.SortOrder.DescendingOrder
        self.horizontalHeader().setSortIndicator(column, order)
        self.horizontalHeader().setSortIndicatorShown(True)
        self.rows.sort(column, order)

    def _set_widths(self) -> None:
        """Fit the columns to the first screenful; a column that says nothing there gets the width of its kind."""
        metrics = QFontMetrics(self._look.font(TYPE.table, 500))
        letter = metrics.horizontalAdvance("国")
        seen = [self.rows.rows.texts[id_] for id_ in self.rows.rows.ids[:_SEEN]]
        for column, datum in enumerate(self.rows.rows.datums):
            said = max((metrics.horizontalAdvance(texts[column]) for texts in seen), default=0)
            wanted = said or _LETTERS.get(datum.kind.name.partition(":")[0], _USUAL) * letter
            width = max(min(wanted, _WIDEST * letter), metrics.horizontalAdvance(datum.label))
            self.setColumnWidth(column, width + self._look.px(24))
