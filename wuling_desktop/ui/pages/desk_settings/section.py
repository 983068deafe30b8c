"""The frame of one section of the settings: a title, a sentence, and what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QRadioButton, QScrollArea, QWidget

from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import column, fill, frame, label, row
from wuling_desktop.ui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QBoxLayout

    from wuling_desktop.ui.theme import Look

_SETTLED = 60  # milliseconds until what was added has its height


class Section(QWidget):
    """One section; it tells its page what happened."""

    title = ""
    trouble = Signal(object)  # Problem
    said = Signal(str)
    wrote = Signal(str, object)  # as `said`, of a file that was written, and its path
    changed = Signal(object)  # Changes

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.room = column(self, look, gap=12)

    def card(self, title: str, text: str = "") -> QBoxLayout:
        """Add a card and return its layout."""
        card = frame("card")
        inside = column(card, self.look, 16, 10)
        inside.addWidget(label(self.look, title, TYPE.card_title, 600))
        if text:
            inside.addWidget(label(self.look, text, TYPE.table, tone="muted", wrap=True))
        fill(self.room, (card,))
        return inside

    def choice(
        self, title: str, text: str, choices: Mapping[str, Any], now: Any, choose: Callable[[Any], object]
    ) -> QRadioButton:
        """Add a card with one choice of a few, by their words, and return the button of the present one."""
        inside = self.card(title, text)
        line = row(None, self.look, gap=20)
        group = OneOf(self)
        for words, value in choices.items():
            button = QRadioButton(words)
            button.setAccessibleName(f"{title} {words}")
            button.setChecked(value == now)
            button.clicked.connect(lambda _on, value=value: choose(value))
            group.add(button)
            line.addWidget(button)
        line.addStretch(1)
        fill(inside, (line,))
        return group.checkedButton()  # type: ignore[return-value]  # there are no others in it

    def answer_for_server(self) -> None:
        """Say in the place of all else that a server's administrator does what is done here."""
        self.card(
            self.title,
            "这份数据在单位的服务器上。备份和恢复由服务器管理员做；登录用服务器的账户和密码，没有恢复码。"
            "这类事情请找服务器管理员。",
        )

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to what has just appeared, once it has its place."""
        scroll = self.parentWidget()
        while scroll is not None and not isinstance(scroll, QScrollArea):
            scroll = scroll.parentWidget()
        if scroll is not None:
            QTimer.singleShot(_SETTLED, widget, lambda: scroll.ensureWidgetVisible(widget))

    def enter(self) -> None:
        """Read what it shows."""

    def focus(self) -> None:
        """Put the keyboard where this section begins."""
        self.focusNextChild()
