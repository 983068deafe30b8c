"""The funnel of a column: its values with their counts, a word it must hold, a span of dates, blank or filled."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView

from wuling_desktop.domain import date_text
from wuling_desktop.ui.house_style import measure_small
from wuling_desktop.ui.record.sieve import BLANK, Condition, NotBlank
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, fill, label, restyle, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.ui.record.rows import RowsModel
    from wuling_desktop.ui.theme import Look

_WIDTH, _ROWS = 280, 9
_MODEL_INDEX = QModelIndex()


class ValuesModel(QAbstractListModel):
    """Values to tick; a word narrows what is listed."""

    ticked = Signal()

    def __init__(
        self, card: QFrame, values: Sequence[tuple[str, int]], chosen: frozenset[str] | None
    ) -> None:
        super().__init__(card)
        self._all = list(values)
        self._listed = self._all
        self.chosen = {text for text, _ in values} if chosen is None else set(chosen)

    @property
    def listed(self) -> list[str]:
        """The values in view."""
        return [text for text, _ in self._listed]

    def narrow(self, word: str) -> None:
        """List only what holds a word."""
        self.beginResetModel()
        word = word.strip().casefold()
        self._listed = [pair for pair in self._all if word in (pair[0] or BLANK).casefold()]
        self.endResetModel()

    def tick_listed(self, *, on: bool) -> None:
        """Tick all that is listed, or nothing of it."""
        self.chosen = self.chosen | set(self.listed) if on else self.chosen - set(self.listed)
        self.dataChanged.emit(self.index(0), self.index(max(len(self._listed) - 1, 0)))
        self.ticked.emit()

    def complete(self) -> bool:
        """Whether every value is ticked."""
        return len(self.chosen) >= len(self._all)

    def rowCount(self, parent: QModelIndex = _MODEL_INDEX) -> int:  # type: ignore[override]  # Qt's default is an invalid index
        """Return how many are listed."""
        return 0 if parent.isValid() else len(self._listed)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # type: ignore[override]  # plain indexes only
        """Return a value with its count, and whether it is ticked."""
        text, count = self._listed[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{text or BLANK}　{count}"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if text in self.chosen else Qt.CheckState.Unchecked
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # type: ignore[override]  # the same
        """Tick a value or take its tick away."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        text = self._listed[index.row()][0]
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.chosen.add(text)
        else:
            self.chosen.discard(text)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:  # type: ignore[override]  # noqa: ARG002 - all alike
        """Let every value be ticked."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable


class Funnel(QFrame):
    """The small window under a head; nothing is filtered before 筛选 is pressed."""

    settled = Signal(str, object)  # the column's full name; a Condition, or None for all

    def __init__(self, look: Look, rows: RowsModel, place: int) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.setProperty("kind", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = look
        self._datum = rows.datum_at(place)
        self.setAccessibleName(f"筛选 {self._datum.label}")
        now = rows.conditions.get(self._datum.name, Condition())
        self.values = ValuesModel(self, rows.values_of(place), now.texts)
        self._touched = now.texts is not None
        self.values.ticked.connect(self._touch)
        self.word = QLineEdit(now.contains)
        measure_small(look, self.word)
        self.word.setAccessibleName("包含的字")
        self.word.setPlaceholderText("包含的字")
        self.word.setClearButtonEnabled(True)
        self.word.textChanged.connect(self._narrow)
        self.word.returnPressed.connect(self.settle)
        self.since, self.until = (
            self._day(name, day) for name, day in (("从", now.since), ("到", now.until))
        )
        self.list = QListView()
        measure_small(look, self.list)
        self.list.setModel(self.values)
        self.list.setAccessibleName(f"{self._datum.label} 的值")
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(look.px(2))
        self.list.setProperty("bare", "true")
        self._lay_out(filtered=self._datum.name in rows.conditions)
        self._narrow(now.contains)
        for keys in ("Return", "Enter"):
            QShortcut(QKeySequence(keys), self.list, self.settle, context=Qt.ShortcutContext.WidgetShortcut)

    def open_at(self, corner: QPoint, across: int) -> None:
        """Show it under a head, inside the screen."""
        self.adjustSize()
        screen = QApplication.screenAt(corner) or QApplication.primaryScreen()
        room = screen.availableGeometry()
        left = min(corner.x() + max(across, 0), room.right() - self.width())
        top = min(corner.y(), room.bottom() - self.height())
        self.move(max(left, room.left()), max(top, room.top()))
        self.show()
        self.word.setFocus(Qt.FocusReason.PopupFocusReason)

    def settle(self) -> None:
        """Filter by what was said."""
        condition = self._condition()
        if condition is not None:
            self.settled.emit(self._datum.name, condition)
            self.close()

    def _condition(self) -> Condition | None:
        """Return what was said; None where a date cannot be read."""
        try:
            since, until = self._read(self.since), self._read(self.until)
        except ValueError:
            return None
        if since or until:
            return Condition(since=since, until=until)
        word = self.word.text().strip()
        if word and not self._touched:
            return Condition(contains=word)
        if self.values.complete() and not word:
            return Condition()
        chosen = self.values.chosen & set(self.values.listed) if word else self.values.chosen
        return Condition(texts=frozenset(chosen))

    def _read(self, field: QLineEdit) -> dt.date | None:
        """Return a day of the span; ValueError, and the field marked, where the text is none."""
        if not field.text().strip():
            return None
        reading = date_text.read(field.text(), dt.date.today())
        good = reading.taken and reading.value is not None
        restyle(field, "state", "" if good else "over")
        if not good:
            field.setFocus()
            raise ValueError(field.accessibleName())
        day: dt.date = reading.value.first if field is self.since else reading.value.last
        return day

    def _lay_out(self, *, filtered: bool) -> None:
        look = self._look
        room = column(self, look, 12, 8)
        room.addWidget(label(look, f"筛选：{self._datum.label}", TYPE.table, 600))
        room.addWidget(self.word)
        if self._datum.kind.name == "day":
            span = row(None, look, gap=6)
            fill(span, (label(look, "从", TYPE.table), self.since, label(look, "到", TYPE.table), self.until))
            room.addLayout(span)
        all_, none = (
            Button(look, text, partial(self.values.tick_listed, on=on), kind="link")
            for text, on in (("全选", True), ("全不选", False))
        )
        blank = Button(
            look, "只看空白", lambda: self._settle_with(Condition(texts=frozenset({""}))), kind="link"
        )
        filled = Button(look, "只看非空", lambda: self._settle_with(NotBlank()), kind="link")
        ticks = row(None, look, gap=2)
        fill(ticks, (all_, none, None, blank, filled))
        room.addLayout(ticks)
        room.addWidget(self.list)
        self.list.setFixedHeight(look.px(26) * _ROWS)
        foot = row(None, look)
        clear = Button(look, "取消这列筛选", lambda: self._settle_with(None), kind="quiet")
        clear.setEnabled(filtered)
        fill(foot, (Button(look, "筛选", self.settle, kind="primary"), clear, None))
        room.addLayout(foot)
        self.setMinimumWidth(look.px(_WIDTH))

    def _settle_with(self, condition: Condition | None) -> None:
        self.settled.emit(self._datum.name, condition)
        self.close()

    def _day(self, name: str, day: dt.date | None) -> QLineEdit:
        field = QLineEdit(str(day) if day else "")
        field.setAccessibleName(f"{self._datum.label} {name}")
        field.setPlaceholderText("1990-07")
        field.setMinimumWidth(self._look.px(90))
        field.returnPressed.connect(self.settle)
        return field

    def _narrow(self, word: str) -> None:
        self.values.narrow(word)

    def _touch(self) -> None:
        self._touched = True
