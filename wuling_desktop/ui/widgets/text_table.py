"""A table of ready texts: ticks in its first column, tones, and cells that may be typed into or chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from wuling_desktop.ui.house_style import draw_tick
from wuling_desktop.ui.tokens import SIZES, TYPE
from wuling_desktop.ui.widgets.basics import tip
from wuling_desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QAbstractItemModel

    from wuling_desktop.ui.theme import Look

_T = TypeVar("_T")
_KEPT = 200  # rows made and kept: some pages of a window
_MODEL_INDEX = QModelIndex()
_TICKS = {
    True: QStyle.StateFlag.State_On | QStyle.StateFlag.State_Enabled,
    False: QStyle.StateFlag.State_Off | QStyle.StateFlag.State_Enabled,
    None: QStyle.StateFlag.State_NoChange | QStyle.StateFlag.State_Enabled,
}
PARTLY = None  # a tick of a row of which some parts are taken and some are not


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title and its width in letters; 0 takes what is left."""

    title: str
    letters: int = 8
    editable: bool = False


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row: its texts, and the key by which the page knows it."""

    key: Any
    texts: tuple[str, ...]
    tones: Mapping[int, str] = field(default_factory=dict)  # colour of the tokens, by column
    ticked: bool | None = False
    can_tick: bool = False
    strong: bool = False
    indent: bool = False


class MadeRows(Sequence[TextRow]):
    """Rows made when they are looked at: so a plan of 20,000 people is shown as soon as one of twenty."""

    def __init__(self, items: Sequence[_T], make: Callable[[_T], TextRow]) -> None:
        self._count = len(items)
        self._made = lru_cache(_KEPT)(lambda place: make(items[place]))

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: Any) -> Any:
        """Return the row at a place."""
        if not 0 <= place < self._count:
            raise IndexError(place)
        return self._made(place)


class TextModel(QAbstractTableModel):
    """Rows of texts."""

    ticked = Signal(object, bool)
    edited = Signal(object, int, str)

    def __init__(self, view: QTableView, columns: Sequence[Column]) -> None:
        super().__init__(view)
        self.columns = tuple(columns)
        self.rows: Sequence[TextRow] = ()

    def put(self, rows: Sequence[TextRow], columns: Sequence[Column] | None = None) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        if columns is not None:
            self.columns = tuple(columns)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _MODEL_INDEX) -> int:  # type: ignore[override]  # plain indexes only
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = _MODEL_INDEX) -> int:  # type: ignore[override]  # the same
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # type: ignore[override]  # the same
        """Return the text of a cell."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.rows[index.row()].texts[index.column()]
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole and row.can_tick and index.column() == 0:
            return f"{'已选' if row.ticked else '没选'} {row.texts[0]}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]  # plain indexes only
        """Tell which cells can be edited."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()].editable else flags

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # type: ignore[override]  # the same
        """Tell what was typed or chosen."""
        row = self.rows[index.row()]
        if role != Qt.ItemDataRole.EditRole or value == row.texts[index.column()]:
            return False
        self.edited.emit(row.key, index.column(), value)
        return True

    def toggle(self, index: QModelIndex) -> None:
        """Tick or untick a row."""
        row = self.rows[index.row()]
        if row.can_tick:
            self.ticked.emit(row.key, row.ticked is not True)


class _Delegate(QStyledItemDelegate):
    """Paints texts and ticks."""

    def __init__(self, look: Look, view: TextTable) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def paint(self, painter: QPainter, option: Any, index: QModelIndex) -> None:  # type: ignore[override]  # the stub hides the option's parts
        look, colours, rect = self._look, self._look.colours, QRect(option.rect)
        row = self._view.content.rows[index.row()]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.red_bg))
            if index.column() == 0:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(colours.red))
        painter.setPen(QColor(colours.line2))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(look.px(8), 0, -look.px(8), 0)
        if index.column() == 0 and row.indent:
            inner.adjust(look.px(20), 0, 0, 0)
        if index.column() == 0 and row.can_tick:
            draw_tick(painter, QRectF(self._tick_box(inner)), _TICKS[row.ticked], look)
            inner.adjust(look.px(SIZES.small_icon + 8), 0, 0, 0)
        painter.setFont(look.font(TYPE.table, 600 if row.strong else 400))
        painter.setPen(QColor(getattr(colours, row.tones.get(index.column(), "text"))))
        text = row.texts[index.column()].replace("\n", " ")
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if self._view.content.columns[index.column()].editable:
            painter.setPen(QColor(colours.field_line))
            painter.drawLine(
                inner.left(), rect.bottom() - look.px(5), inner.right(), rect.bottom() - look.px(5)
            )
        if self._view.currentIndex() == index and self._view.hasFocus():
            painter.setPen(QPen(QColor(colours.blue), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:  # type: ignore[override]  # noqa: ARG002 - Qt's signature
        choices = self._view.choices
        name = self._view.content.columns[index.column()].title
        if choices is None:
            editor: QWidget = QLineEdit(parent)
            editor.setAccessibleName(name)
            return editor
        combo = Combo(self._look, name, choices(), find=True)
        combo.setParent(parent)
        combo.activated.connect(lambda: self._finish(combo))
        return combo

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:  # type: ignore[override]  # plain indexes only
        text = str(index.data() or "")
        if isinstance(editor, Combo):
            editor.setCurrentText(text)
            if (line := editor.lineEdit()) is not None:
                line.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex) -> None:  # type: ignore[override]  # the same
        if isinstance(editor, Combo):
            if editor.findText(editor.currentText()) >= 0:
                model.setData(index, editor.currentText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: Any, index: QModelIndex) -> bool:  # type: ignore[override]  # the same
        row = self._view.content.rows[index.row()]
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and index.column() == 0
        ):
            left = option.rect.left() + self._look.px(8 + (20 if row.indent else 0))
            if row.can_tick and left <= event.position().x() <= left + self._look.px(SIZES.small_icon + 8):
                self._view.content.toggle(index)
                return True
        return super().editorEvent(event, model, option, index)

    def helpEvent(  # type: ignore[override]  # plain indexes only
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        text = str(index.data() or "") if index.isValid() else ""
        room = view.visualRect(index).width() - self._look.px(16)
        if event.type() == QEvent.Type.ToolTip and view.fontMetrics().horizontalAdvance(text) > room:
            QToolTip.showText(event.globalPos(), tip(text), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _tick_box(self, inner: QRect) -> QRect:
        side = self._look.px(SIZES.small_icon)
        return QRect(inner.left(), inner.center().y() - side // 2, side, side)


class TextTable(QTableView):
    """The view; a key press on a row with a tick turns it, F2 or a click on a choice edits."""

    chosen = Signal()

    def __init__(
        self,
        look: Look,
        name: str,
        columns: Sequence[Column],
        *,
        choices: Callable[[], Sequence[str]] | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self.choices = choices
        self.content = TextModel(self, columns)
        self.setModel(self.content)
        self.setItemDelegate(_Delegate(look, self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        if choices is not None:
            triggers |= QAbstractItemView.EditTrigger.SelectedClicked
        self.setEditTriggers(triggers)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(SIZES.row))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setFixedHeight(look.px(SIZES.header))
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().selectionChanged.connect(self.chosen)
        self._set_widths()

    def put(self, rows: Sequence[TextRow], columns: Sequence[Column] | None = None) -> None:
        """Show rows, staying where it was."""
        current, scrolled = self.currentIndex(), self.verticalScrollBar().value()
        place = (current.row(), current.column()) if current.isValid() else None
        self.content.put(rows, columns)
        if columns is not None:
            self._set_widths()
        if place is not None and place[0] < len(rows):
            self.setCurrentIndex(self.content.index(place[0], min(place[1], self.content.columnCount() - 1)))
            self.verticalScrollBar().setValue(scrolled)

    def chosen_key(self) -> Any:
        """Return the key of the chosen row, or None."""
        found = self.selectionModel().selectedRows()
        return self.content.rows[found[0].row()].key if found else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the tick with the space bar; Enter edits what can be edited."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid() and self.content.rows[index.row()].can_tick:
            self.content.toggle(index)
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and index.isValid() and self.state() != self.State.EditingState:
            editable = [place for place, column in enumerate(self.content.columns) if column.editable]
            if editable:
                self.edit(self.content.index(index.row(), editable[0]))
                return
        super().keyPressEvent(event)

    def _set_widths(self) -> None:
        letter = QFontMetrics(self._look.font(TYPE.table)).horizontalAdvance("国")
        header = self.horizontalHeader()
        header.setStretchLastSection(all(column.letters for column in self.content.columns))
        for place, column in enumerate(self.content.columns):
            if column.letters:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(place, column.letters * letter + self._look.px(24))
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
