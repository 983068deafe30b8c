"""The sign that work is under way: what is being done in words, how far it has come, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from wuling_desktop.progress import Progress
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, Elided, column, fill, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.theme import Look

_AFTER = 150  # milliseconds: what is done sooner needs no sign
_LOOK_EVERY = 100  # milliseconds
_SECONDS_AFTER = 2


class BusyLine(QWidget):
    """Shown only while something takes longer than a moment; counts what the work tells, else the seconds."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        room = column(self, look, gap=4)
        self._words = Elided(look, "", TYPE.table, tone="muted")
        self._stop = Button(look, "取消", self._stop_work, kind="quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("正在处理")
        line = row(None, look, gap=8)
        fill(line, (self._words, self._stop))
        line.setStretch(0, 1)
        room.addLayout(line)
        room.addWidget(self._bar)
        self._text = ""
        self._progress: Progress | None = None
        self._since = QElapsedTimer()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_AFTER)
        self._delay.timeout.connect(self._appear)
        self._tick = QTimer(self)
        self._tick.setInterval(_LOOK_EVERY)
        self._tick.timeout.connect(self._tell)
        self.hide()

    def start(self, text: str, progress: Progress | None = None, *, stoppable: bool = True) -> None:
        """Say what is being done; with `progress` also how far it has come, and let it be stopped."""
        self._text, self._progress = text, progress
        self._stop.setVisible(progress is not None and stoppable)
        self._stop.setEnabled(True)
        self._bar.setRange(0, 0)
        self._since.start()
        self._words.say(text)
        if not self.isVisible():
            self._delay.start()

    def run(
        self,
        background: Background,
        owner: QObject,
        text: str,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[Problem], object],
        stopped: Callable[[], object] | None = None,
    ) -> None:
        """Have work done in the worker and say so till its answer is there; with `stopped` it may be stopped."""

        def ended(then: Callable[..., object]) -> Callable[..., object]:
            def first(*answer: Any) -> None:
                self.stop()
                then(*answer)

            return first

        progress = Progress()
        self.start(text, progress, stoppable=stopped is not None)
        background.run(owner, work, ended(done), ended(failed), progress, ended(stopped or (lambda: None)))

    def stop(self) -> None:
        """Say no more."""
        self._delay.stop()
        self._tick.stop()
        self._progress = None
        self.hide()

    def _appear(self) -> None:
        self._tick.start()
        self.show()

    def _stop_work(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._stop.setEnabled(False)
            self._tell()

    def _tell(self) -> None:
        progress = self._progress
        told = progress.told if progress is not None else None
        if progress is not None and progress.stopped:
            self._words.say("正在停下…")
        elif told is not None:
            self._words.say(f"{self._text}　{told}")
            self._bar.setRange(0, told.of or 0)
            self._bar.setValue(told.done)
        elif (seconds := self._since.elapsed() // 1000) >= _SECONDS_AFTER:
            self._words.say(f"{self._text}　已用 {seconds} 秒")
