"""The chips of 党员信息: which people are shown; some are there only while somebody belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wuling_desktop.ui import projector
from wuling_desktop.ui.widgets.basics import Button
from wuling_desktop.ui.widgets.combo import Combo
from wuling_desktop.ui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from wuling_desktop.ui.theme import Look
    from wuling_desktop.ui.widgets.flow import Flow

_ALWAYS = (
    ("members", "党员"),
    ("full", "正式"),
    ("probationary", "预备"),
    ("pipeline", "在培养"),
    ("incomplete", "信息不全"),
    ("others", "其他人员"),
)
_AT_TIMES = (
    ("unclear", "未分正式预备"),
    ("doubtful", "待核"),
    ("moving", "转接在途"),
    ("away", "流动"),
    ("lost", "失联"),
    ("birthday", "政治生日"),
    ("fifty", "光荣在党50年"),
    ("left", "转出和历史"),
)
_HINTS = {
    "unclear": "没有人员身份，也没有转正日期，分不出是正式还是预备党员",
    "doubtful": "照录下来、还要核对的：号码不对，或几项互相对不上",
    "birthday": "这个月满周年的入党日期；选中后可以换月份",
    "fifty": "到今年 7 月 1 日党龄满五十年的党员，核对后列入名单",
    "left": "已转出、去世等，不再计入党员人数",
}
WHERE_NEW_PEOPLE_ARE = ("members", "pipeline", "others", "moving", "left", "lost")


class MemberChips(QObject):
    """One group at a time, with its number; 可能重复 leads elsewhere."""

    chosen = Signal()
    duplicates_asked = Signal()

    def __init__(self, look: Look, page: QWidget, line: Flow, month: int) -> None:
        super().__init__(page)
        self._group = OneOf(self)
        self._chips: dict[str, Button] = {}
        for name, text in (*_ALWAYS, *_AT_TIMES):
            chip = Button(look, text, kind="chip", hint=_HINTS.get(name, ""))
            chip.setCheckable(True)
            chip.clicked.connect(self._choose)
            self._group.add(chip)
            self._chips[name] = chip
            line.addWidget(chip)
        self._months = Combo(look, "政治生日的月份", [f"{number} 月" for number in range(1, 13)])
        self._months.setCurrentIndex(month - 1)
        self._months.activated.connect(lambda _place: self.chosen.emit())
        self._months.hide()
        line.addWidget(self._months)
        self._alike = Button(look, "可能重复", self.duplicates_asked.emit, icon="warning", kind="chip")
        self._alike.setToolTip("可能是同一个人的记录，并排看过再决定")
        self._alike.hide()
        line.addWidget(self._alike)
        self.go("members")

    @property
    def group(self) -> str:
        """The group chosen."""
        return next((name for name, chip in self._chips.items() if chip.isChecked()), "members")

    @property
    def month(self) -> int:
        """The month of the 政治生日 asked for."""
        return self._months.currentIndex() + 1

    def go(self, name: str) -> None:
        """Choose a group without telling; members where there is no such group any more."""
        name = name if name in self._chips else "members"
        self._chips[name].setChecked(True)
        self._months.setVisible(name == "birthday" and self._months.parentWidget() is not None)

    def put(self, counts: Mapping[str, int]) -> None:
        """Show how many belong to each group that is counted."""
        for name, text in (*_ALWAYS, *_AT_TIMES):
            if name in counts:
                self._chips[name].say(f"{text}　{counts[name]}")
        for name, _ in _AT_TIMES:
            if name in counts:
                self._chips[name].setVisible(bool(counts[name]) or self._chips[name].isChecked())
        self._cover()

    def put_alike(self, pairs: int) -> None:
        """Show how many pairs may be one person each."""
        self._alike.say(f"可能重复　{pairs} 对")
        self._alike.setVisible(bool(pairs))
        self._cover()

    def _cover(self) -> None:
        if projector.is_on():  # what is wanting in people, and who cannot be found, is nothing for a room
            for chip in (
                self._chips["incomplete"],
                self._chips["doubtful"],
                self._chips["lost"],
                self._alike,
            ):
                chip.hide()

    def _choose(self) -> None:
        self._months.setVisible(self.group == "birthday")
        self.chosen.emit()
