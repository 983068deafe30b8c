"""单位与组织: the names that stand on forms, and the Party organisations; every change says what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from wuling_desktop.ui.pages.desk_settings.section import Section
from wuling_desktop.ui.telling import tried
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, fill, label, row
from wuling_desktop.ui.widgets.text_table import Column, TextRow, TextTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.organisations import Organisations, Place
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.ui.theme import Look

_COLUMNS = (Column("党组织", 0), Column("现有人员", 8))


class UnitSection(Section):
    """The unit's name and the tree of its organisations."""

    title = "单位与组织"

    def __init__(self, look: Look, unit: Unit, organisations: Organisations) -> None:
        super().__init__(look)
        self._unit, self._organisations = unit, organisations
        self._places: list[Place] = []
        inside = self.card("单位名称", "印在名册和各种表的表头上。改了以后新做的表用新名称，已存的文件不变。")
        self._name = _field("单位名称")
        self._name.returnPressed.connect(self._rename_unit)
        line = row(None, look)
        fill(line, (self._name, Button(look, "改单位名称", self._rename_unit)))
        inside.addLayout(line)
        tree = self.card(
            "党组织",
            "党总支、支部、党小组。改名不动人：人还在里面，名单、导入和新做的表用新名称。转支部在党员信息里一个一个改。",
        )
        self._table = TextTable(look, "党组织", _COLUMNS)
        self._table.setMinimumHeight(look.px(180))
        self._table.chosen.connect(self._show_chosen)
        tree.addWidget(self._table, 1)
        self._new_name = _field("选中的党组织的新名称")
        self._new_name.returnPressed.connect(self._rename)
        self._rename_button = Button(look, "改名", self._rename)
        self._added = _field("新党组织的名称")
        self._added.setPlaceholderText("如 第四党支部、第一党小组")
        self._added.returnPressed.connect(self._add)
        self._add_button = Button(look, "加在选中的下面", self._add, icon="plus")
        self._told = label(look, "", TYPE.caption, tone="muted", wrap=True)
        for field, button in ((self._new_name, self._rename_button), (self._added, self._add_button)):
            line = row(None, look)
            fill(line, (field, button))
            tree.addLayout(line)
        tree.addWidget(self._told)
        self.room.addStretch(1)

    def enter(self) -> None:
        """Read the names."""
        chosen = self._table.chosen_key()
        self._places = self._organisations.tree()
        self._name.setText(self._unit.name())
        self._table.put(
            [
                TextRow(place.id, (f"{'　' * place.depth}{place.name}", str(place.people)))
                for place in self._places
            ]
        )
        ids = [place.id for place in self._places]
        if ids:
            self._table.selectRow(ids.index(chosen) if chosen in ids else 0)
        self._show_chosen()

    def focus(self) -> None:
        """Begin with the unit's name."""
        self._name.setFocus()

    @property
    def _chosen(self) -> Place | None:
        key = self._table.chosen_key()
        return next((place for place in self._places if place.id == key), None)

    def _show_chosen(self) -> None:
        place = self._chosen
        for each in (self._new_name, self._rename_button, self._added, self._add_button):
            each.setEnabled(place is not None)
        if place is not None:
            self._new_name.setText(place.name)
            changes = f"{place.people} 人的所在党支部跟着显示新名称。" if place.people else "里面还没有人。"
            self._told.setText(f"改“{place.name}”的名：{changes}可以撤销。")

    def _rename_unit(self) -> None:
        name = self._name.text()
        if name.strip() != self._unit.name():
            self._do(lambda: self._organisations.rename_unit(name))

    def _rename(self) -> None:
        place, name = self._chosen, self._new_name.text()
        if place is not None and name.strip() != place.name:
            self._do(lambda: self._organisations.rename(place.id, name))

    def _add(self) -> None:
        place, name = self._chosen, self._added.text()
        if place is not None and self._do(lambda: self._organisations.add(name, place.id)):
            self._added.clear()

    def _do(self, run: Callable[[], Changes]) -> bool:
        changes = tried(run, self.trouble)
        if changes is not None:
            self.changed.emit(changes)
            self.enter()
        return changes is not None


def _field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    return made
