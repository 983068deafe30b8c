"""列: which columns a table shows and in what order; a choice can be kept under a name for the whole data file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
)

from wuling_desktop.services.column_sets import ColumnSet
from wuling_desktop.ui import actions
from wuling_desktop.ui.house_style import measure_small
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, fill, label, row
from wuling_desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.services.column_sets import ColumnSets
    from wuling_desktop.ui.theme import Look

USUAL = "常用列"
_NAME = Qt.ItemDataRole.UserRole
_MOST_FROZEN = 4
_WIDTH, _HEIGHT = 230, 300


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table can show, by facet, what it shows at first, and where its named sets are kept."""

    table: str
    sets: ColumnSets
    groups: Mapping[str, Sequence[Datum]]
    usual: tuple[Datum, ...]

    def opening(self) -> ColumnSet:
        """Return the set the table opens with."""
        return self.sets.opening(self.table) or self._usual

    def remember(self, shown: ColumnSet) -> None:
        """Have the table open so next time, where no set was chosen for that."""
        usual = (shown.columns, shown.frozen) == (self._usual.columns, self._usual.frozen)
        self.sets.remember(self.table, None if usual else shown)

    @property
    def _usual(self) -> ColumnSet:
        return ColumnSet(USUAL, tuple(datum.name for datum in self.usual))

    def datums(self, chosen: ColumnSet) -> tuple[Datum, ...]:
        """Return the columns of a set, as far as there still are such data."""
        known = {datum.name: datum for datums in self.groups.values() for datum in datums}
        found = tuple(known[name] for name in chosen.columns if name in known)
        return found or self.usual


class ColumnsPopup(QFrame):
    """The small window of the columns: tick at the left, drag at the right, keep below."""

    chosen = Signal(object)  # the ColumnSet to be shown
    keep_asked = Signal(object)  # a ColumnSet to be kept, and whether the table shall open with it
    remove_asked = Signal(str)

    def __init__(self, look: Look, columns: Columns, now: ColumnSet) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.setProperty("kind", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("列")
        self._look, self._columns = look, columns
        self._kept = {each.name: each for each in columns.sets.listing(columns.table)}
        self.all = QListWidget()
        measure_small(look, self.all)
        self.all.setAccessibleName("可以显示的列")
        self.shown = QListWidget()
        self.shown.setAccessibleName("显示的列，从左到右")
        self.shown.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.shown.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.frozen = QSpinBox()
        self.frozen.setRange(0, _MOST_FROZEN)
        self.frozen.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.frozen.setAccessibleName("左边不动的列数")
        self.sets = Combo(look, "列的方案", [USUAL, *self._kept])
        self.sets.activated.connect(lambda _place: self._take(self.sets.currentText()))
        self.name = QLineEdit()
        self.name.setAccessibleName("方案名称")
        self.name.setPlaceholderText("起个名字，如 局花名册")
        self.name.returnPressed.connect(self._keep)
        self.opens = QCheckBox("打开时用它")
        self.opens.setAccessibleName("打开时用它")
        self._list_all()
        self._put(now)
        self.all.itemChanged.connect(self._ticked)
        for keys, steps in (("Alt+Up", -1), ("Alt+Down", 1)):
            actions.shortcut(
                self.shown,
                keys,
                partial(self.move_current, steps),
                Qt.ShortcutContext.WidgetShortcut,
            )
        self._lay_out()

    def open_at(self, corner: QPoint) -> None:
        """Show it under its button, inside the screen."""
        self.adjustSize()
        screen = QApplication.screenAt(corner) or QApplication.primaryScreen()
        room = screen.availableGeometry()
        left = max(min(corner.x(), room.right() - self.width()), room.left())
        self.move(left, max(min(corner.y(), room.bottom() - self.height()), room.top()))
        self.show()
        self.all.setFocus(Qt.FocusReason.PopupFocusReason)

    def selection(self, name: str = "") -> ColumnSet:
        """Return what is ticked, in its order."""
        items = (self.shown.item(place) for place in range(self.shown.count()))
        return ColumnSet(name, tuple(item.data(_NAME) for item in items), self.frozen.value())

    def move_current(self, steps: int) -> None:
        """Move the column chosen at the right up or down."""
        place = self.shown.currentRow()
        there = place + steps
        if place >= 0 and 0 <= there < self.shown.count():
            self.shown.insertItem(there, self.shown.takeItem(place))
            self.shown.setCurrentRow(there)

    def apply(self) -> None:
        """Show the table so."""
        chosen = self.selection(self.sets.currentText())
        if chosen.columns:
            self.chosen.emit(chosen)
            self.close()

    def _list_all(self) -> None:
        look = self._look
        for facet, datums in self._columns.groups.items():
            if len(self._columns.groups) > 1:
                head = QListWidgetItem(facet)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setFont(look.font(TYPE.caption, 600))
                self.all.addItem(head)
            for datum in datums:
                item = QListWidgetItem(datum.label)
                item.setData(_NAME, datum.name)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                item.setCheckState(Qt.CheckState.Unchecked)
                self.all.addItem(item)

    def _put(self, chosen: ColumnSet) -> None:
        """Tick and order what a set holds."""
        datums = self._columns.datums(chosen)
        names = {datum.name for datum in datums}
        self.all.blockSignals(True)
        for place in range(self.all.count()):
            item = self.all.item(place)
            if item.data(_NAME):
                item.setCheckState(
                    Qt.CheckState.Checked if item.data(_NAME) in names else Qt.CheckState.Unchecked
                )
        self.all.blockSignals(False)
        self.shown.clear()
        for datum in datums:
            self._add(datum.label, datum.name)
        self.frozen.setValue(chosen.frozen)
        if chosen.name in (USUAL, *self._kept):
            self.sets.setCurrentText(chosen.name)
        self.name.setText(chosen.name if chosen.name in self._kept else "")

    def _take(self, name: str) -> None:
        usual = ColumnSet(USUAL, tuple(datum.name for datum in self._columns.usual))
        self._put(self._kept.get(name, usual))

    def _add(self, text: str, name: str) -> None:
        item = QListWidgetItem(text)
        item.setData(_NAME, name)
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        )
        self.shown.addItem(item)

    def _ticked(self, item: QListWidgetItem) -> None:
        name = item.data(_NAME)
        places = [place for place in range(self.shown.count()) if self.shown.item(place).data(_NAME) == name]
        if item.checkState() == Qt.CheckState.Checked and not places:
            self._add(item.text(), name)
        elif item.checkState() == Qt.CheckState.Unchecked:
            for place in places:
                self.shown.takeItem(place)

    def _keep(self) -> None:
        name = self.name.text().strip()
        made = self.selection(name)
        if name and name != USUAL and made.columns:
            self.keep_asked.emit((made, self.opens.isChecked()))
            self.chosen.emit(made)
            self.close()
        else:
            self.name.setFocus()

    def _remove(self) -> None:
        if self.sets.currentText() in self._kept:
            self.remove_asked.emit(self.sets.currentText())
            self.close()

    def _lay_out(self) -> None:
        look = self._look
        room = column(self, look, 12, 8)
        known = row(None, look)
        fill(
            known,
            (
                label(look, "方案", TYPE.table),
                self.sets,
                Button(look, "删去这个方案", self._remove, kind="quiet"),
                None,
            ),
        )
        lists = row(None, look, gap=12)
        for title, listed, hint in (
            ("可以显示的", self.all, "空格勾选"),
            ("从左到右", self.shown, "拖动排序，或 Alt+↑↓"),
        ):
            side = column(None, look, gap=4)
            heading = row(None, look)
            fill(
                heading,
                (label(look, title, TYPE.table, 600), label(look, hint, TYPE.caption, tone="hint"), None),
            )
            side.addLayout(heading)
            listed.setSpacing(look.px(2))
            listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            listed.setMinimumSize(look.px(_WIDTH), look.px(_HEIGHT))
            side.addWidget(listed)
            lists.addLayout(side)
        still = row(None, look)
        fill(
            still,
            (
                label(look, "左边不动的列", TYPE.table),
                self.frozen,
                None,
                Button(look, "上移", lambda: self.move_current(-1), kind="quiet"),
                Button(look, "下移", lambda: self.move_current(1), kind="quiet"),
            ),
        )
        keeping = row(None, look)
        keeping.addWidget(self.name, 1)
        fill(keeping, (self.opens, Button(look, "存成方案", self._keep)))
        foot = row(None, look)
        fill(
            foot,
            (
                Button(look, "显示这些列", self.apply, kind="primary"),
                Button(look, "不改", self.close, kind="quiet"),
                None,
            ),
        )
        for each in (known, lists, still, keeping, foot):
            room.addLayout(each)
