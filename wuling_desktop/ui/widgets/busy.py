"""The sign that work is under way: what is being done in words, a thin bar, and a way to leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Elided, column

if TYPE_CHECKING:
    from wuling_desktop.ui.theme import Look

_AFTER = 150  # milliseconds: what is done sooner needs no sign
_SECONDS_AFTER = 2


class BusyLine(QWidget):
    """Shown only while something takes longer than a moment; the seconds are counted from the second on."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        room = column(self, look, gap=4)
        self._words = Elided(look, "", TYPE.table, tone="muted")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("正在处理")
        room.addWidget(self._words)
        room.addWidget(self._bar)
        self._text = ""
        self._since = QElapsedTimer()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_AFTER)
        self._delay.timeout.connect(self._appear)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count)
        self.hide()

    def start(self, text: str) -> None:
        """Say what is being done."""
        self._text = text
        self._since.start()
        self._words.say(text)
        if not self.isVisible():
            self._delay.start()

    def stop(self) -> None:
        """Say no more."""
        self._delay.stop()
        self._tick.stop()
        self.hide()

    def _appear(self) -> None:
        self._tick.start()
        self.show()

    def _count(self) -> None:
        seconds = self._since.elapsed() // 1000
        if seconds >= _SECONDS_AFTER:
            self._words.say(f"{self._text}　已用 {seconds} 秒")
