"""The lines of a person in the side panel: groups of data, each line edited where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from wuling_desktop.ui import projector
from wuling_desktop.ui.record.cells import CellDelegate
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import tip

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.services.people import Card
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.theme import Look

_LABEL, _VALUE = 0, 1
_LABEL_WIDTH, _ROW = 92, 30
DOUBTFUL = "待核"
_MODEL_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line: the head of a group where `datum` is None."""

    caption: str
    datum: Datum | None = None
    value: Any = None
    editable: bool = False
    missing: bool = False
    doubt: str = ""  # why the value is to be looked at


def lines_of(card: Card) -> list[CardLine]:
    """Return the card's lines; what is not known and not missing is left to the full file."""
    missing = {datum.name for datum in card.missing}
    lines: list[CardLine] = []
    for group in card.groups:
        lines.append(CardLine(group.title))
        lines.extend(
            CardLine(
                line.datum.label,
                line.datum,
                line.value,
                line.editable,
                line.datum.name in missing,
                card.doubts.get(line.datum.name, ""),
            )
            for line in group.lines
        )
    return lines


class CardModel(QAbstractTableModel):
    """Two columns, label and value; private values show their tail until they are uncovered."""

    edited = Signal(object, object)  # datum, what was typed

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.lines: list[CardLine] = []
        self.uncovered = False

    def put(self, lines: list[CardLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def seen(self, datum: Datum) -> dict[str, Any]:
        """Return the value that a line shows, by full name."""
        line = next((each for each in self.lines if each.datum == datum), None)
        return {datum.name: line.value} if line else {}

    def uncover(self, *, on: bool) -> None:
        """Show private values whole, or hide them again."""
        self.uncovered = on
        self.dataChanged.emit(self.index(0, _VALUE), self.index(max(len(self.lines) - 1, 0), _VALUE))

    def datum_at(self, column: int) -> None:
        """Say that a column has no datum of its own."""

    def rowCount(self, parent: QModelIndex = _MODEL_INDEX) -> int:  # type: ignore[override]  # plain indexes only
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: QModelIndex = _MODEL_INDEX) -> int:  # type: ignore[override]  # the same
        """Return label and value."""
        return 0 if parent.isValid() else 2

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # type: ignore[override]  # the same
        """Return the text of a cell."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return line.value
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole) and line.doubt:
            return tip(f"待核：{line.doubt}")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == _LABEL or line.datum is None:
            return line.caption
        text = line.datum.show(line.value)
        uncovered = self.uncovered and not projector.is_on()
        return text if uncovered else projector.shown(line.datum.private, text)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]  # the same
        """Tell which values can be edited."""
        line = self.lines[index.row()]
        if line.datum is None:
            return Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if line.editable and index.column() == _VALUE else flags

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # type: ignore[override]  # the same
        """Send what was typed to be saved."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.edited.emit(self.lines[index.row()].datum, value)
        return True


class _LineDelegate(CellDelegate):
    """Paints heads, labels, values, 填写 where a value is expected and missing, 待核 where one is in doubt."""

    def datum(self, index: QModelIndex) -> Datum | None:
        model = index.model()
        return model.lines[index.row()].datum if isinstance(model, CardModel) else None

    def paint(self, painter: QPainter, option: Any, index: QModelIndex) -> None:  # type: ignore[override]  # the stub hides the option's parts
        model = index.model()
        if not isinstance(model, CardModel):
            return
        look, colours = self._look, self._look.colours
        line, rect = model.lines[index.row()], option.rect
        painter.save()
        text, colour, weight = str(index.data() or ""), colours.text, 400
        if line.datum is None:
            weight = 600
            painter.setPen(QColor(colours.line))
            if index.row():
                painter.drawLine(rect.left(), rect.top() + look.px(4), rect.right(), rect.top() + look.px(4))
            rect = rect.adjusted(0, look.px(8), 0, 0)
        elif index.column() == _LABEL:
            colour = colours.text2
        elif not text:
            text, colour = ("未填", colours.due) if line.missing else ("—", colours.text3)
        painter.setFont(look.font(TYPE.table, weight))
        painter.setPen(QColor(colour))
        left = look.px(16) if index.column() == _LABEL else look.px(4)
        inner = rect.adjusted(left, 0, -look.px(8), 0)
        if index.column() == _VALUE and (line.missing or line.doubt):
            word, tone = ("填写", colours.blue) if line.missing else (DOUBTFUL, colours.due)
            inner = self._paint_word(painter, inner, word, tone)
            painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(
            text.replace("\n", " "), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if self._view.currentIndex() == index and self._view.hasFocus() and line.datum is not None:
            painter.setPen(QPen(QColor(colours.blue), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    @staticmethod
    def _paint_word(painter: QPainter, inner: QRect, word: str, tone: str) -> QRect:
        painter.setPen(QColor(tone))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)
        return inner.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(f"{word}　"), 0)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: Any, index: QModelIndex) -> bool:  # type: ignore[override]  # plain indexes only
        """Open the editor at one click where it says 填写 or 待核."""
        line = model.lines[index.row()] if isinstance(model, CardModel) else None
        clicked = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease
        if line is not None and (line.missing or line.doubt) and clicked and index.column() == _VALUE:
            self._view.edit(index)
            return True
        return super().editorEvent(event, model, option, index)


class CardView(QTableView):
    """The lines of one person; F2, Enter or a double click edits one."""

    def __init__(self, look: Look, choices: Choices) -> None:
        super().__init__()
        self.lines = CardModel(self)
        self.setModel(self.lines)
        self.cells = _LineDelegate(look, choices, self)
        self.setItemDelegate(self.cells)
        self.setProperty("bare", "true")
        self.setAccessibleName("这个人的各项信息")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(_ROW))
        self.horizontalHeader().setSectionResizeMode(_LABEL, QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(True)
        self.setColumnWidth(_LABEL, look.px(_LABEL_WIDTH + 16))
        self.verticalHeader().setMinimumSectionSize(look.px(_ROW))
        self._look = look

    def put(self, card: Card) -> None:
        """Show a person, staying at the same line."""
        current, scrolled = self.currentIndex(), self.verticalScrollBar().value()
        fresh = lines_of(card)
        same = [line.caption for line in fresh] == [line.caption for line in self.lines.lines]
        place = (current.row(), current.column()) if current.isValid() and same else (1, _VALUE)
        self.lines.put(fresh)
        for row, line in enumerate(fresh):
            self.setRowHeight(row, self._look.px(_ROW + 8 if line.datum is None else _ROW))
            wide = 2 if line.datum is None else 1
            if self.columnSpan(row, 0) != wide:
                self.setSpan(row, 0, 1, wide)
        self.setCurrentIndex(self.lines.index(*place))
        self.verticalScrollBar().setValue(scrolled if same else 0)

    def fill_in(self, name: str) -> None:
        """Go to a datum and begin to edit it."""
        for row, line in enumerate(self.lines.lines):
            if line.datum is not None and line.datum.name == name:
                index = self.lines.index(row, _VALUE)
                self.setCurrentIndex(index)
                self.scrollTo(index)
                self.edit(index)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit with Enter as well as with F2."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.currentIndex().isValid() and self.state() != self.State.EditingState:
            self.edit(self.lines.index(self.currentIndex().row(), _VALUE))
            return
        super().keyPressEvent(event)
