"""Row ids and ready text, sorted and filtered on the list of ids, as a table shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QCollator, QLocale, QModelIndex, Qt, Signal

from wuling_desktop.domain.kinds import CodeKind
from wuling_desktop.ui import projector
from wuling_desktop.ui.record import sieve
from wuling_desktop.ui.record.new_row import NEW_ROW, NewRow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from PySide6.QtWidgets import QTableView

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.services.people import Row
    from wuling_desktop.ui.record.sieve import Condition

NUMBERS = frozenset({"whole", "money"})
_MODEL_INDEX = QModelIndex()
_TICK, _NEW = "✓", "＋"
_HEADER_SIDE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Ready:
    """Rows as the model holds them: made off the screen's thread."""

    datums: tuple[Datum, ...]
    ids: list[int]
    texts: dict[int, tuple[str, ...]]
    values: dict[int, tuple[Any, ...]]


def ready(datums: Sequence[Datum], rows: Sequence[Row], *, whole: bool = False) -> Ready:
    """Return rows with the texts that the screen shows, private ones with their tail only or `whole`."""
    shown_columns = [
        _column(datum, [row.values[place] for row in rows], whole=whole) for place, datum in enumerate(datums)
    ]
    shown = list(zip(*shown_columns, strict=True)) if datums else [()] * len(rows)
    texts = {row.id: line for row, line in zip(rows, shown, strict=True)}
    return Ready(tuple(datums), [row.id for row in rows], texts, {row.id: row.values for row in rows})


def _column(datum: Datum, values: Sequence[Any], *, whole: bool) -> list[str]:
    """Return the texts of a column; the few values of a code or a branch are shown once and not anew for each row."""
    show, private = datum.show, datum.private
    if private and (projector.is_on() or not whole):
        return [projector.shown(private, show(value)) for value in values]
    known: dict[Any, str] = {}
    texts = []
    for value in values:
        text = known.get(value)
        if text is None:
            text = known[value] = show(value).replace("\n", " ")
        texts.append(text)
    return texts


class RowsModel(QAbstractTableModel):
    """Ids in their order on the screen, and what each row shows; in a sheet an empty row stands after them."""

    edited = Signal(int, object, object)  # row id, datum, what was typed
    new_typed = Signal()  # into the empty last row
    ticks_changed = Signal()

    def __init__(self, view: QTableView, editable: Callable[[Datum], bool]) -> None:
        super().__init__(view)
        self.rows = Ready((), [], {}, {})
        self.order: tuple[int, Qt.SortOrder] | None = None
        self.conditions: dict[str, Condition] = {}
        self.ticked: set[int] = set()
        self.marks: dict[tuple[int, str], str] = {}  # (row, full name) → why a cell was not taken
        self.editable = editable
        self.new = NewRow()
        self._all: list[int] = []
        self._sorted: list[int] = []  # all of them, in the order chosen last: a funnel only leaves some out
        self._places: dict[int, int] | None = None
        self._collator = QCollator(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self._collator.setNumericMode(True)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────

    def put(self, rows: Ready) -> None:
        """Show other rows, in the order chosen last and through the conditions that still have their column."""
        self.beginResetModel()
        if self.order is not None and self.rows.datums != rows.datums:
            self._follow_sorted_column(rows)
        self._all = list(rows.ids)
        self.rows = replace(rows, ids=list(rows.ids))
        names = {datum.name for datum in rows.datums}
        self.conditions = {name: each for name, each in self.conditions.items() if name in names}
        self.ticked &= rows.texts.keys()
        self._sort()
        self._arrange()
        self.endResetModel()

    def put_in_place(self, rows: Ready) -> bool:
        """Show new values of the same rows without moving any; False where the rows are others."""
        if rows.datums != self.rows.datums or rows.texts.keys() != self.rows.texts.keys():
            return False
        self._all = list(rows.ids)
        self.rows = replace(rows, ids=self.rows.ids)
        if self.rows.ids:
            last = self.index(len(self.rows.ids) - 1, len(self.rows.datums) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        return True

    def filter(self, name: str, condition: Condition | None) -> None:
        """Let through what a column's condition allows; None takes it away."""
        if condition is None or condition.open:
            self.conditions.pop(name, None)
        else:
            self.conditions[name] = condition
        self._rearranged()

    def clear_filter(self) -> None:
        """Let everything through."""
        self.conditions = {}
        self._rearranged()

    def values_of(self, column: int) -> list[tuple[str, int]]:
        """Return what a column shows and how often, among the rows that the other columns let through."""
        ids = sieve.passing(self.rows, self._all, self.conditions, self.rows.datums[column].name)
        return sieve.values_of(self.rows, ids, column)

    def filtered_by(self) -> str:
        """Return in words what the rows are narrowed by."""
        return sieve.sentence(self.rows, self.conditions, len(self.rows.ids))

    # ── places ───────────────────────────────────────────────────────────────────────────────────────────

    def id_at(self, row: int) -> int:
        """Return the id of the row at a place, `NEW_ROW` for the empty last one."""
        return self.rows.ids[row] if row < len(self.rows.ids) else NEW_ROW

    def place_of(self, id_: int) -> int:
        """Return the place of a row, -1 where it is not shown."""
        if id_ == NEW_ROW:
            return len(self.rows.ids) if self.new.shown else -1
        if self._places is None:
            self._places = {each: place for place, each in enumerate(self.rows.ids)}
        return self._places.get(id_, -1)

    def datum_at(self, column: int) -> Datum:
        """Return the datum of a column."""
        return self.rows.datums[column]

    def value_at(self, index: QModelIndex) -> Any:
        """Return the value behind a cell."""
        id_, datum = self.id_at(index.row()), self.rows.datums[index.column()]
        return self.new.value(datum) if id_ == NEW_ROW else self.rows.values[id_][index.column()]

    def seen_at(self, id_: int, datum: Datum) -> dict[str, Any]:
        """Return what a row shows of a datum, by full name; nothing where it has no column for it."""
        if datum not in self.rows.datums or id_ not in self.rows.values:
            return {}
        return {datum.name: self.rows.values[id_][self.rows.datums.index(datum)]}

    def texts_at(self, place: int) -> tuple[str, ...]:
        """Return what a row shows."""
        id_ = self.id_at(place)
        return tuple(map(self.new.text, self.rows.datums)) if id_ == NEW_ROW else self.rows.texts[id_]

    def mark_at(self, index: QModelIndex) -> str:
        """Return why the cell did not take what was last meant for it; empty where nothing is to be said."""
        if not self.marks:
            return ""
        return self.marks.get((self.id_at(index.row()), self.rows.datums[index.column()].name), "")

    def show_new(self, *, on: bool) -> None:
        """Have an empty row to type into after the last one, or not; what was typed into it is kept."""
        place = len(self.rows.ids)
        if on and not self.new.shown:
            self.beginInsertRows(_MODEL_INDEX, place, place)
            self.new.shown, self.new.sent = True, ()
            self.endInsertRows()
        elif self.new.shown and not on:
            self.beginRemoveRows(_MODEL_INDEX, place, place)
            self.new.shown = False
            self.endRemoveRows()

    def type_new(self, name: str, typed: Any) -> None:
        """Put what was typed into a cell of the empty last row."""
        datum = next(each for each in self.rows.datums if each.name == name)
        note = self.new.take(datum, typed)
        self.marks.pop((NEW_ROW, name), None)
        if note:
            self.marks[NEW_ROW, name] = note
        self.show_new_again()
        self.new_typed.emit()

    def show_new_again(self) -> None:
        """Have the empty last row painted anew."""
        if self.new.shown and self.rows.datums:
            place = len(self.rows.ids)
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.rows.datums) - 1))

    def tick(self, ids: Collection[int], *, on: bool) -> None:
        """Tick rows, or take their ticks away."""
        self.ticked = self.ticked | set(ids) if on else self.ticked - set(ids)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(len(self.rows.ids) - 1, 0))
        self.ticks_changed.emit()

    # ── Qt's questions ───────────────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: QModelIndex = _MODEL_INDEX) -> int:  # type: ignore[override]  # Qt's default is an invalid index
        """Return the number of rows, the empty one that is shown among them."""
        return 0 if parent.isValid() else len(self.rows.ids) + self.new.shown

    def columnCount(self, parent: QModelIndex = _MODEL_INDEX) -> int:  # type: ignore[override]  # the same
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.rows.datums)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # type: ignore[override]  # plain indexes only
        """Return the ready text; at once for what is not served here."""
        if role == Qt.ItemDataRole.DisplayRole:
            ids, place, column = self.rows.ids, index.row(), index.column()
            if place < len(ids):
                return self.rows.texts[ids[place]][column]
            return self.new.text(self.rows.datums[column])
        if role == Qt.ItemDataRole.EditRole:
            return self.value_at(index)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.mark_at(index) or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's label, a row's number or its tick."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.rows.datums[section].label
            return _HEADER_SIDE if role == Qt.ItemDataRole.TextAlignmentRole else None
        id_ = self.id_at(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return _NEW if id_ == NEW_ROW else _TICK if id_ in self.ticked else section + 1
        if role == Qt.ItemDataRole.AccessibleTextRole and (id_ == NEW_ROW or id_ in self.ticked):
            return "新的一行" if id_ == NEW_ROW else f"{section + 1} 已勾选"
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]  # plain indexes only
        """Tell which cells can be edited."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.editable(self.rows.datums[index.column()]):
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # type: ignore[override]  # the same
        """Send what was typed to be saved; the table is read again afterwards."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        datum, id_ = self.datum_at(index.column()), self.id_at(index.row())
        if id_ == NEW_ROW:
            self.type_new(datum.name, value)
            return True
        self.marks.pop((id_, datum.name), None)
        self.edited.emit(id_, datum, value)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the list of ids."""
        self.order = (column, order) if column >= 0 else None
        self._sort()
        self._rearranged()

    # ── order ────────────────────────────────────────────────────────────────────────────────────────────

    def _rearranged(self) -> None:
        """Arrange the ids anew and let chosen cells follow their rows."""
        self.layoutAboutToBeChanged.emit()
        before = [(index, self.id_at(index.row())) for index in self.persistentIndexList()]
        self._arrange()
        after = [
            self.index(self.place_of(id_), index.column()) if self.place_of(id_) >= 0 else QModelIndex()
            for index, id_ in before
        ]
        self.changePersistentIndexList([index for index, _ in before], after)
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        self.rows.ids[:] = sieve.passing(self.rows, self._sorted, self.conditions)
        self._places = None

    def _follow_sorted_column(self, rows: Ready) -> None:
        assert self.order is not None  # noqa: S101 - asked for only then
        column, order = self.order
        name = self.rows.datums[column].name if column < len(self.rows.datums) else ""
        places = [place for place, datum in enumerate(rows.datums) if datum.name == name]
        self.order = (places[0], order) if places else None

    def _sort(self) -> None:
        self._sorted = list(self._all)
        if self.order is None or self.order[0] >= len(self.rows.datums):
            return
        column, order = self.order
        datum, values, texts = self.rows.datums[column], self.rows.values, self.rows.texts
        kind = datum.kind.name
        known = [id_ for id_ in self._all if values[id_][column] is not None]
        unknown = [id_ for id_ in self._all if values[id_][column] is None]
        if kind in NUMBERS:
            known.sort(key=lambda id_: values[id_][column])
        elif kind == "day" or isinstance(datum.kind, CodeKind):
            known.sort(key=lambda id_: str(values[id_][column]))
        else:
            keys = {text: self._collator.sortKey(text) for text in {texts[id_][column] for id_ in known}}
            known.sort(key=lambda id_: keys[texts[id_][column]])
        if order == Qt.SortOrder.DescendingOrder:
            known.reverse()
        self._sorted = known + unknown  # what is not known stands last either way
