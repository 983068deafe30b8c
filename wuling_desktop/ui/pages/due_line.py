"""The one thing that is due about a person: a sign, what and by when, and 办理."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wuling_desktop.domain.findings import Grade
from wuling_desktop.ui import projector
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.messages import Notice
from wuling_desktop.ui.widgets.basics import clear, column

if TYPE_CHECKING:
    import datetime as dt

    from wuling_desktop.domain.findings import Finding
    from wuling_desktop.ui.theme import Look

_WORDS = {Grade.MUST: "不符合规定", Grade.EXPLAIN: "请写明情况", Grade.REMIND: "提醒"}


class DueLine(QWidget):
    """Shows a finding, or nothing at all."""

    asked = Signal(str)  # the full name of the datum where it is settled

    def __init__(self, look: Look, *, narrow: bool = False) -> None:
        super().__init__()
        self._look, self._narrow = look, narrow
        self._low = False
        self._shown: tuple[Finding | None, dt.date] | None = None
        self._room = column(self, look)
        self.hide()

    def be_low(self, *, on: bool) -> None:
        """Take one line where there is no room for two: the basis is then in the tip."""
        if on != self._low:
            self._low = on
            if self._shown is not None:
                self.put(*self._shown)

    def put(self, finding: Finding | None, today: dt.date) -> None:
        """Show what is due."""
        self._shown = (finding, today)
        clear(self._room)
        shown = finding is not None and not projector.is_on()
        self.setVisible(shown)
        if finding is None or not shown:
            return
        tone = "due" if finding.grade is Grade.REMIND and not is_past(finding, today) else "over"
        if finding.grade is Grade.MUST:
            tone = "vio"
        basis = "　".join(filter(None, (finding.todo, finding.article)))
        name = f"{finding.place.record}.{finding.place.field}"
        act = Action("办理", lambda: self.asked.emit(name), "arrow-right", hint=basis)
        head = f"{words(finding, today)}：{finding.message}"
        self._room.addWidget(
            Notice(self._look, tone, head, () if self._low else (basis,), actions=(act,), narrow=self._narrow)
        )


def is_past(finding: Finding, today: dt.date) -> bool:
    """Whether the day by which something had to be done is over."""
    return finding.until is not None and finding.until < today


def words(finding: Finding, today: dt.date) -> str:
    """Return the state in words: never by colour alone."""
    if finding.grade is not Grade.REMIND or finding.until is None:
        return _WORDS[finding.grade]
    days = (finding.until - today).days
    if days < 0:
        return f"逾期 {-days} 天"
    return "今天到期" if days == 0 else f"剩 {days} 天"
