"""The head of a person's file: who it is, where they stand, what is due, and the ways on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from wuling_desktop.ui import actions, projector
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.pages.due_line import DueLine
from wuling_desktop.ui.pages.person_actions import eye, withdraw
from wuling_desktop.ui.record.standing_tag import StandingTag
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, Elided, column, fill, label, row

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QResizeEvent

    from wuling_desktop.services.person_file import PersonFile
    from wuling_desktop.ui.pages.photo_tile import PhotoTile
    from wuling_desktop.ui.theme import Look

_WIDE = 860  # at 100 %


class PersonHead(QFrame):
    """Name, state, the due line, and buttons."""

    step_asked = Signal(int)  # to the next person, or back
    print_asked = Signal()
    transfer_asked = Signal()
    letter_asked = Signal()
    withdraw_asked = Signal()
    uncovered = Signal(bool)
    due_asked = Signal(str)

    def __init__(self, look: Look, photo: PhotoTile) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._look, self._photo = look, photo
        self._is_member = False
        self._name = Elided(look, "", TYPE.person, 600)
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._tag = StandingTag(look)
        self._subtitle = Elided(look, "", TYPE.table, tone="muted")
        self._place = label(look, "", TYPE.caption, tone="hint")
        self.due = DueLine(look)
        self.due.asked.connect(self.due_asked)
        first = row(None, look, gap=8)
        fill(first, (self._name, self._tag, None))
        words = column(None, look, gap=2)
        fill(words, (first, self._subtitle))
        self._top = row(None, look, gap=12)
        self._top.addWidget(photo)
        self._top.addLayout(words, 1)
        self._top.addWidget(self._place)
        for step, text, icon, keys in (
            (-1, "上一个人", "caret-left", "Alt+↑"),
            (1, "下一个人", "caret-right", "Alt+↓"),
        ):
            go = partial(self.step_asked.emit, step)
            self._top.addWidget(Button(look, text, go, icon=icon, kind="icon", hint=f"{text}　{keys}"))
        self._tools = self._make_tools()
        self._outer = column(self, look, 12, 8)
        self._outer.addLayout(self._top)
        self._outer.addWidget(self._tools)
        self._outer.addWidget(self.due)
        self._beside = False  # whether the tools stand in the first line

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tools beside the name where there is room, below it where there is not."""
        super().resizeEvent(event)
        beside = self.width() >= self._look.px(_WIDE)
        if beside != self._beside:
            self._beside = beside
            if beside:
                self._top.insertWidget(2, self._tools)
            else:
                self._outer.insertWidget(1, self._tools)

    def put(self, file: PersonFile, place: str, today: dt.date) -> None:
        """Show a person."""
        card = file.card
        self._is_member = bool(file.values.get("membership.open"))
        self._photo.put(card.id, card.name)
        self._name.say(card.name)
        self._tag.say(card.standing.text if card.standing else "")
        complete = f"信息完整度 {card.percent} %" + (
            f"（还缺{'、'.join(datum.label for datum in card.missing)}）" if card.missing else ""
        )
        known = "" if projector.is_on() else complete
        self._subtitle.say("　".join(filter(None, (card.subtitle, known))))
        self._place.setText(place)
        self.due.put(file.due, today)

    @property
    def uncovers(self) -> bool:
        """Whether private values are shown whole."""
        return self._eye.isChecked()

    def cover(self) -> None:
        """Let go of the eye."""
        self._eye.setChecked(False)

    def _make_tools(self) -> QWidget:
        look = self._look
        self._eye = eye(look)
        self._eye.toggled.connect(self.uncovered)
        self._more = Button(look, "更多", self._show_more, icon="caret-down", kind="quiet")
        tools = QWidget()
        line = row(tools, look)
        print_form = Action("打印采集表", self.print_asked.emit, "printer", "Ctrl+P")
        move = Action("转接…", self.transfer_asked.emit, hint="组织关系转出、转入")
        fill(
            line, (actions.button(look, print_form), actions.button(look, move), self._more, self._eye, None)
        )
        return tools

    def _show_more(self) -> None:
        letter = (Action("打印介绍信…", self.letter_asked.emit), None) if self._is_member else ()
        actions.menu(self, (*letter, withdraw(self.withdraw_asked.emit))).popup(
            self._more.mapToGlobal(self._more.rect().bottomLeft())
        )
