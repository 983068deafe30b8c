"""What the program says: a toast for one event, a banner for a lasting fact, a panel for a problem in three parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from wuling_desktop.ui.tokens import SIZES, TYPE
from wuling_desktop.ui.widgets.basics import Button, Elided, clear, column, fill, label, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.ui.actions import Action
    from wuling_desktop.ui.theme import Look

_SHORT, _LONG = 6000, 8000  # milliseconds a toast stays, and one that offers something
_ASIDE = 8  # free on both sides of the words
_TONE_ICONS = {
    "over": "warning-circle",
    "vio": "warning-circle",
    "due": "warning",
    "info": "info",
    "ok": "check-circle",
}


def announce(widget: QWidget, text: str) -> None:
    """Tell a screen reader."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 - not for the first frame: large

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def tone_icon(look: Look, tone: str) -> QLabel:
    """Return the sign of a tone; the words beside it say the same."""
    sign = QLabel()
    side = look.px(SIZES.icon)
    sign.setPixmap(look.sign(_TONE_ICONS[tone], "blue" if tone == "info" else tone, side))
    sign.setFixedWidth(side)
    return sign


class Notice(QFrame):
    """A strip on the page with a sign, sentences, and what can be done about it."""

    def __init__(
        self,
        look: Look,
        tone: str,
        head: str,
        lines: Sequence[str] = (),
        *,
        actions: Sequence[Action] = (),
        narrow: bool = False,
    ) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "notice")
        self.setProperty("tone", tone)
        self.setAccessibleName(" ".join((head, *lines)))
        room = row(self, look, 12, 12)
        beside = Qt.AlignmentFlag.AlignTop if lines else Qt.AlignmentFlag.AlignVCenter
        room.addWidget(tone_icon(look, tone), 0, beside)
        words = column(None, look, gap=4)
        words.addWidget(label(look, head, TYPE.body, 600 if lines else 400, wrap=True))
        for line in lines:
            words.addWidget(label(look, line, TYPE.table, wrap=True))
        room.addLayout(words, 1)
        self._offers = row(None, look, gap=8)
        if narrow:
            words.addLayout(self._offers)
        else:
            room.addLayout(self._offers)
        self.buttons = [
            Button(look, action.text, action.run, icon=action.icon, hint=action.tip) for action in actions
        ]
        for button in self.buttons:
            self._offers.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        if narrow:
            self._offers.addStretch(1)

    def closable(self, text: str, close: Callable[[], object]) -> None:
        """Offer to take it away."""
        self.buttons.append(Button(self._look, text, close, kind="quiet"))
        self._offers.insertWidget(len(self.buttons) - 1, self.buttons[-1], 0, Qt.AlignmentFlag.AlignTop)


def problem_notice(
    look: Look,
    problem: Problem,
    close: Callable[[], object] | None = None,
    actions: Sequence[Action] = (),
    *,
    narrow: bool = False,
) -> Notice:
    """Return a problem in its three parts: what happened; why, and what is safe; what to do."""
    made = Notice(look, "over", problem.what, (problem.why, problem.todo), actions=actions, narrow=narrow)
    if close is not None:
        made.closable("知道了", close)
    return made


class Toast(QFrame):
    """One sentence at the foot of the window, gone after some seconds; a second one takes its place."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("kind", "toast")
        self._look = look
        self._room = row(self, look, 4, 4)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, offers: Sequence[Action] = ()) -> None:
        """Show a sentence, with what can be done about it."""
        self.hide()  # what is added to a frame in view is shown later than it is measured
        clear(self._room)
        words = Elided(self._look, text, TYPE.table)
        words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        fill(self._room, (self._look.px(_ASIDE), words, self._look.px(_ASIDE)))
        for offer in offers:
            taken = Button(self._look, offer.text, offer.run, icon=offer.icon, hint=offer.tip)
            taken.clicked.connect(self.hide)
            self._room.addWidget(taken)
        self._room.addWidget(Button(self._look, "关闭提示", self.hide, icon="x", kind="icon"))
        self.show()
        self.raise_()
        self._place()
        announce(self, text)
        self._timer.start(_LONG if offers else _SHORT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        room = self._window.size()
        width = min(self.sizeHint().width(), room.width() - self._look.px(32))
        height = self.sizeHint().height()
        self.setGeometry(
            (room.width() - width) // 2, room.height() - height - self._look.px(40), width, height
        )


class Messages(QWidget):
    """The strip under the top bar where problems and lasting facts are told, and the toast of the window."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__()
        self._look = look
        self._toast = Toast(look, window)
        self._room = column(self, look, gap=8)
        self._room.setContentsMargins(look.px(SIZES.margin), look.px(12), look.px(SIZES.margin), 0)
        self._notices: list[Notice] = []
        self._problem: Notice | None = None
        self.hide()

    def toast(self, text: str, *offers: Action) -> None:
        """Tell one event, and offer what can be done about it; what stood in the way before is told no more."""
        self.forget()
        self._toast.say(text, offers)

    def problem(self, problem: Problem, actions: Sequence[Action] = ()) -> None:
        """Tell what stopped a step; it takes the place of an earlier one."""
        self.forget()
        self._problem = problem_notice(self._look, problem, self.forget, actions)
        self._show(self._problem, len(self._notices))
        announce(self, str(problem))

    def banner(
        self, tone: str, text: str, actions: Sequence[Action] = (), *, closable: bool = False
    ) -> Notice:
        """Tell a lasting fact."""
        made = Notice(self._look, tone, text, actions=actions)
        if closable:
            made.closable("知道了", lambda: self.drop(made))
        self._show(made, 0)
        return made

    def drop(self, notice: Notice) -> None:
        """Take a banner away."""
        if notice in self._notices:
            self._drop(notice)

    def forget(self) -> None:
        """Take the last problem away: what it was about is done or left."""
        if self._problem is not None:
            self._drop(self._problem)
            self._problem = None

    def _show(self, notice: Notice, place: int) -> None:
        self._notices.insert(place, notice)
        self._room.insertWidget(place, notice)
        self.show()

    def _drop(self, notice: Notice) -> None:
        self._notices.remove(notice)
        self._room.removeWidget(notice)
        notice.hide()
        notice.deleteLater()
        self.setVisible(bool(self._notices))
