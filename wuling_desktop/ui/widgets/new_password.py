"""Choosing a password: typed twice, its strength told in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import column, label, restyle

if TYPE_CHECKING:
    from wuling_desktop.ui.theme import Look

SHORTEST = 8
_KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^\w\s]|_", r"[^\x00-\x7f]")
_RUNS = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


class Strength(NamedTuple):
    """How good a password is, in words; `enough` lets it be used."""

    enough: bool
    tone: str
    words: str


def strength(password: str) -> Strength:
    """Return what is to be said of a password."""
    if not password:
        return Strength(
            enough=False, tone="hint", words=f"至少 {SHORTEST} 个字符，可以是一句只有自己记得的话。"
        )
    if len(password) < SHORTEST:
        return Strength(enough=False, tone="over", words=f"太短：还差 {SHORTEST - len(password)} 个字符。")
    kinds = sum(bool(re.search(kind, password)) for kind in _KINDS)
    plain = password.lower()
    easy = len(set(plain)) < 5 or any(plain in run * 2 for run in _RUNS)
    if easy or (kinds == 1 and password.isdigit()):
        return Strength(enough=True, tone="due", words="容易被猜到：再加几个字母或汉字会好得多。")
    if len(password) >= 14 or (kinds >= 3 and len(password) >= 10):
        return Strength(enough=True, tone="ok", words="很好，不容易被猜到。")
    return Strength(enough=True, tone="ok", words="可以用；再长一些更稳妥。")


class NewPassword(QWidget):
    """Two fields for a new password and a sentence about it."""

    changed = Signal()
    entered = Signal()

    def __init__(self, look: Look, caption: str = "密码") -> None:
        super().__init__()
        room = column(self, look, gap=4)
        self.first = password_field(caption)
        self.second = password_field("再输一次")
        self._words = label(look, size=TYPE.caption, wrap=True)
        self._same = label(look, size=TYPE.caption, tone="over")
        for text, part, below in ((caption, self.first, self._words), ("再输一次", self.second, self._same)):
            room.addWidget(label(look, text, TYPE.table))
            room.addWidget(part)
            room.addWidget(below)
            part.textChanged.connect(self._look_at)
            part.returnPressed.connect(self.entered)
        self._look_at()

    @property
    def password(self) -> str:
        """The password, or nothing while it cannot be used."""
        typed = self.first.text()
        return typed if strength(typed).enough and typed == self.second.text() else ""

    def forget(self) -> None:
        """Empty both fields."""
        self.first.clear()
        self.second.clear()

    def _look_at(self) -> None:
        found = strength(self.first.text())
        self._words.setText(found.words)
        restyle(self._words, "tone", found.tone)
        second = self.second.text()
        differs = bool(second) and not self.first.text().startswith(second)
        unfinished = bool(second) and second != self.first.text()
        self._same.setText("两次输入不一样。" if differs else "还没有输完。" if unfinished else "")
        restyle(self._same, "tone", "over" if differs else "hint")
        self.changed.emit()


def password_field(name: str) -> QLineEdit:
    """Return a field that hides what is typed."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(name)
    return made
