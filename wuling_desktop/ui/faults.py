"""Faults of the program itself: caught wherever they come out, logged by their places, told once in plain words."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from wuling_desktop import paths
from wuling_desktop.domain import problems
from wuling_desktop.domain.problems import Problem

if TYPE_CHECKING:
    from types import TracebackType

_log = logging.getLogger(__name__)
_MANY, _WITHIN = 3, 60  # so many faults in so many seconds, and starting anew is advised
_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Faults(QObject):
    """Hears of every exception that nobody caught; `told` comes on the screen's thread."""

    told = Signal(object)  # Problem
    _heard = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._times: list[float] = []
        self._heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def listen(self) -> None:
        """Begin to hear; to be called once, by the windowed program."""
        sys.excepthook = self.fault
        threading.excepthook = lambda given: self.fault(given.exc_type, given.exc_value, given.exc_traceback)
        sys.unraisablehook = lambda given: self.fault(given.exc_type, given.exc_value, given.exc_traceback)
        qInstallMessageHandler(_say_what_qt_says)
        try:
            paths.log_folder().mkdir(parents=True, exist_ok=True)
            faulthandler.enable((paths.log_folder() / "crash.log").open("a"))
        except OSError:
            _log.warning("no place to write what a crash leaves behind")

    def fault(
        self, _kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Log the places of a fault, never its text, which may hold values; then have it told."""
        if isinstance(error, Exception):  # Ctrl+C and the like are none
            self._heard.emit(problems.of_fault(error.with_traceback(trace), _log))

    def _tell(self, problem: Problem) -> None:
        now = time.monotonic()
        self._times = [*(at for at in self._times if now - at < _WITHIN), now]
        if len(self._times) < _MANY:
            self.told.emit(problem)
            return
        self.told.emit(
            Problem(
                "程序接连出了几次差错。",
                "存过的数据没有动，没填完的也留着；经过已记下。",
                "请关掉窗口重新打开；还是这样，把日志交给做程序的人。",
            )
        )


def _say_what_qt_says(kind: QtMsgType, _context: Any, text: str) -> None:
    _log.log(_LEVELS.get(kind, logging.INFO), "Qt: %s", text)
