"""The questions that only the user can answer, each with its choices where it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QScrollArea, QWidget

from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, clear, column, fill, frame, label, row
from wuling_desktop.ui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.exchange.reading.questions import Question
    from wuling_desktop.ui.theme import Look

_AT_ONCE = 6  # questions shown together


class Questions(QWidget):
    """Cards of questions; the answers go out together when all shown are given."""

    answered = Signal(object)  # {question id: choice}

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._room = column(self, look, gap=8)
        self._given: dict[str, str] = {}
        self.first: QRadioButton | None = None

    def put(self, questions: Sequence[Question]) -> None:
        """Ask."""
        clear(self._room)
        self.first = None
        shown = sorted(questions, key=lambda each: bool(each.default))[
            :_AT_ONCE
        ]  # those that wait for an answer
        self._given = {question.id: question.default for question in shown if question.default}
        for question in shown:
            self._room.addWidget(self._card(question, len(shown)))
        if shown:
            self._room.addLayout(self._foot(len(questions) - len(shown), len(shown)))
        self.setVisible(bool(shown))

    def _foot(self, more: int, among: int) -> QHBoxLayout:
        self._go = Button(
            self._look, "按这些回答再看一遍", lambda: self.answered.emit(dict(self._given)), kind="primary"
        )
        self._go.setEnabled(len(self._given) == among)
        told = f"还有 {more} 个问题，答完这些接着问。" if more else "答完就接着往下走。"
        foot = row(None, self._look)
        fill(foot, (self._go, label(self._look, told, TYPE.caption, tone="muted"), None))
        return foot

    def _card(self, question: Question, among: int) -> QWidget:
        card = frame("notice", "due")
        card.setAccessibleName(question.text)
        inside = column(card, self._look, 12, 6)
        inside.addWidget(label(self._look, question.text, TYPE.body, 600, wrap=True))
        group = OneOf(card)
        for choice in question.choices:
            button = QRadioButton(choice.replace("&", "&&"))
            button.setAccessibleName(f"{question.text} {choice}")
            button.setChecked(choice == question.default)
            button.clicked.connect(lambda _on, id_=question.id, text=choice: self._answer(id_, text, among))
            group.add(button)
            inside.addWidget(button)
            self.first = self.first or button
        return card

    def _answer(self, id_: str, text: str, among: int) -> None:
        self._given[id_] = text
        self._go.setEnabled(len(self._given) == among)


def above(look: Look, questions: Questions, part: QWidget) -> QScrollArea:
    """Return a step with its questions above it, in one scrolled column."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    inside = QWidget()
    inside.setProperty("ground", "bg")
    room = column(inside, look, gap=12)
    room.addWidget(questions)
    room.addWidget(part, 1)
    part.setMinimumHeight(look.px(260))
    scroll.setWidget(inside)
    return scroll
