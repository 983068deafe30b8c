"""The frame round every page of the door: the mark, one card in the middle, the sentence on secrets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFileDialog, QScrollArea, QWidget

from wuling_desktop.ui.actions import Action, bind
from wuling_desktop.ui.help import help_sheet
from wuling_desktop.ui.messages import Notice, announce, problem_notice
from wuling_desktop.ui.side_sheet import SideSheet
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Elided, clear, column, fill, frame, label, row
from wuling_desktop.ui.widgets.busy import BusyLine
from wuling_desktop.ui.widgets.mark import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QBoxLayout

    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.ui.theme import Look

PROGRAM = "党建工作台"
JSON = "数据 (*.json)"
SECRETS = "本程序不得存储、处理涉密文件和工作秘密。"


class Door(QWidget):
    """One page of the door; `body` is the card's own layout."""

    opened = Signal(object)  # the open Desk
    demo = Signal()

    def __init__(self, look: Look, width: int, subtitle: str = "") -> None:
        super().__init__()
        self.look = look
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        scroll = QScrollArea()
        # Of a widget made by Qt PySide asks every kind of widget there is whether it is one: not before the first frame.
        scroll.setViewport(QWidget())
        scroll.viewport().setBackgroundRole(QPalette.ColorRole.NoRole)  # as the one made by Qt has it
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self, look).addWidget(scroll)
        ground = QWidget()
        ground.setProperty("ground", "bg")
        scroll.setWidget(ground)
        outer = column(ground, look, 20, 12)
        self.card = frame("card")
        self.card.setFixedWidth(look.px(width))
        self.card.setAccessibleName(PROGRAM)
        middle = row(None, look)
        fill(middle, (None, self.card, None))
        fill(outer, (None, middle, self._foot(), None))
        inside = column(self.card, look, 28, 16)
        inside.addLayout(self._head(subtitle))
        self._said = column(None, look)
        inside.addLayout(self._said)
        self.body: QBoxLayout = column(None, look, gap=12)
        inside.addLayout(self.body)
        self.busy = BusyLine(look)
        inside.addWidget(self.busy)
        self._sheet: SideSheet | None = (
            None  # made when help is asked for: the first frame need not wait for it
        )
        leave = Action("退出", lambda: self.window().close(), keys="Ctrl+Q")
        bind(self, (Action("帮助", self._show_help, keys="F1"), leave))

    def problem(self, problem: Problem, actions: Sequence[Action] = ()) -> Notice:
        """Tell what stopped the last step."""
        self.forget()
        made = problem_notice(self.look, problem, None if actions else self.forget, actions, narrow=True)
        self._said.addWidget(made)
        announce(self, str(problem))
        return made

    def forget(self) -> None:
        """Take the problem away."""
        clear(self._said)

    def close_half_open(self) -> None:
        """Close what was opened and not entered; most pages open nothing."""

    def _show_help(self) -> None:
        if self._sheet is None:
            self._sheet = SideSheet(self.look, self)
        self._sheet.toggle("帮助", help_sheet(self.look, "door"))

    def _head(self, subtitle: str) -> QBoxLayout:
        words = column(None, self.look)
        words.addWidget(label(self.look, PROGRAM, TYPE.page_title, 600))
        if subtitle:
            words.addWidget(Elided(self.look, subtitle, TYPE.table, tone="muted"))
        head = row(None, self.look, gap=12)
        head.addWidget(Mark(self.look, 40), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(words, 1)
        return head

    def _foot(self) -> QWidget:
        foot = label(self.look, SECRETS, TYPE.table, tone="muted")
        foot.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return foot


def ask_backup(page: QWidget, start: Path) -> Path | None:
    """Ask for the file of a backup."""
    path, _ = QFileDialog.getOpenFileName(page, "选一份备份", str(start), "备份 (*.wlbak);;所有文件 (*)")
    return Path(path) if path else None
