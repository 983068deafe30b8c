"""The head of a person's file: who it is, where they stand, what is due, and the ways on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from wuling_desktop.ui import actions
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.pages.due_line import DueLine
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, Elided, column, fill, label, restyle, row
from wuling_desktop.ui.widgets.flow import Flow

if TYPE_CHECKING:
    import datetime as dt

    from wuling_desktop.services.person_file import PersonFile
    from wuling_desktop.ui.theme import Look

TAGS = {"正式党员": "neutral", "预备党员": "info"}


class PersonHead(QFrame):
    """Name, state, the due line, and buttons."""

    step_asked = Signal(int)  # to the next person, or back
    print_asked = Signal()
    transfer_asked = Signal()
    withdraw_asked = Signal()
    uncovered = Signal(bool)
    due_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._look = look
        self._tile = QLabel()
        self._tile.setTextFormat(Qt.TextFormat.PlainText)
        self._tile.setProperty("tile", "true")
        self._tile.setFont(look.font(22, 600))
        self._tile.setFixedSize(look.px(52), look.px(52))
        self._tile.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name = Elided(look, "", TYPE.person, 600)
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._tag = label(look, "", TYPE.caption)
        self._tag.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._subtitle = Elided(look, "", TYPE.table, tone="muted")
        self._place = label(look, "", TYPE.caption, tone="hint")
        self.due = DueLine(look)
        self.due.asked.connect(self.due_asked)
        first = row(None, look, gap=8)
        fill(first, (self._name, self._tag, None))
        words = column(None, look, gap=2)
        fill(words, (first, self._subtitle))
        top = row(None, look, gap=12)
        top.addWidget(self._tile)
        top.addLayout(words, 1)
        top.addWidget(self._place)
        for step, text, icon, keys in (
            (-1, "上一个人", "caret-left", "Alt+↑"),
            (1, "下一个人", "arrow-right", "Alt+↓"),
        ):
            go = partial(self.step_asked.emit, step)
            top.addWidget(Button(look, text, go, icon=icon, kind="icon", hint=f"{text}　{keys}"))
        outer = column(self, look, 12, 8)
        outer.addLayout(top)
        outer.addLayout(self._tools())
        outer.addWidget(self.due)

    def put(self, file: PersonFile, place: str, today: dt.date) -> None:
        """Show a person."""
        card = file.card
        self._tile.setText(card.name[:1])
        self._name.say(card.name)
        standing = card.standing.text if card.standing else ""
        self._tag.setText(standing)
        restyle(self._tag, "tag", TAGS.get(standing, "due"))
        self._tag.setVisible(bool(standing))
        complete = f"信息完整度 {card.percent} %" + (
            f"（还缺{'、'.join(datum.label for datum in card.missing)}）" if card.missing else ""
        )
        self._subtitle.say("　".join(filter(None, (card.subtitle, complete))))
        self._place.setText(place)
        self.due.put(file.due, today)

    def cover(self) -> None:
        """Let go of the eye."""
        self._eye.setChecked(False)

    def _tools(self) -> Flow:
        look = self._look
        self._eye = Button(
            look, "显示证件号、电话和住址", icon="eye", kind="icon", hint="显示完整的证件号、电话和住址"
        )
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self.uncovered)
        tools = Flow(look)
        for action in (
            Action("打印采集表", self.print_asked.emit, "printer", "Ctrl+P"),
            Action("转接…", self.transfer_asked.emit, "arrow-right", hint="组织关系转出、转入"),
        ):
            tools.addWidget(actions.button(look, action))
        tools.addWidget(
            Button(
                look,
                "撤销误录",
                self.withdraw_asked.emit,
                kind="danger",
                hint="录错的人才撤；转出、去世不在这里办",
            )
        )
        tools.addWidget(self._eye)
        return tools
