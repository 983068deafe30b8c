"""Measures how long the screen's thread does not answer: switched on in test builds by WULING_WATCHDOG, in milliseconds."""

from __future__ import annotations

import faulthandler
import gc
import os
import re
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

SWITCH = "WULING_WATCHDOG"
_BEAT = 20  # milliseconds between two signs of life
_OURS = str(Path(__file__).resolve().parent).encode("ascii", "backslashreplace").decode("ascii")
_THREAD = re.compile(r"hread 0x([0-9a-f]+)")  # as faulthandler writes them
_CALL = re.compile(r'File "(.*)", line \d+ in (.*)')


@dataclass(frozen=True, slots=True)
class Stall:
    """One time the window did not answer: by the clock, as far as the program itself was busy, and where it was then.

    Rounds of the collector are not counted as busy: their length tells of all that was ever run in the process.
    """

    milliseconds: int
    busy: int
    where: str


class Watchdog(QObject):
    """A timer gives signs of life, a thread misses them; only stalls inside the screen's own code count."""

    def __init__(self, limit: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stalls: list[Stall] = []
        self._limit = limit / 1000
        self._main = threading.get_ident()
        self._life, self._worked = time.monotonic(), time.thread_time()
        self._seen: tuple[float, str] | None = None  # since when it is silent, and where it was first seen
        self._collected = self._round = 0.0  # seconds since the last sign of life; when the round began
        gc.callbacks.append(self._collector)
        self._over = threading.Event()
        # No sign of life between the look at the clock and the look at the calls.
        self._looking = threading.Lock()
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT)
        self._timer.timeout.connect(self._live)
        self._timer.start()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the watch."""
        self._live()
        self._timer.stop()
        gc.callbacks.remove(self._collector)
        self._over.set()
        self._thread.join()

    def _live(self) -> None:
        with self._looking:
            now, worked = time.monotonic(), time.thread_time()
            if self._seen is not None:
                silent, busy = now - self._seen[0], worked - self._worked - self._collected
                self.stalls.append(Stall(round(silent * 1000), round(busy * 1000), self._seen[1]))
                self._seen = None
            self._life, self._worked, self._collected = now, worked, 0.0

    def _collector(self, phase: str, _info: dict[str, int]) -> None:
        if threading.get_ident() != self._main:
            return
        if phase == "start":
            self._round = time.thread_time()
        else:
            self._collected += time.thread_time() - self._round

    def _watch(self) -> None:
        while not self._over.wait(_BEAT / 2000):
            with self._looking:
                if time.monotonic() - self._life > self._limit and self._seen is None:
                    self._look()

    def _look(self) -> None:
        calls = [(Path(file), name) for file, name in _calls(self._main) if file.startswith(_OURS)]
        ours = [f"{file.name}:{name}" for file, name in calls if file.name != Path(__file__).name]
        if ours:
            self._seen = (self._life, " > ".join(ours))


def _calls(thread: int) -> list[tuple[str, str]]:
    """Return file and function of what a thread is doing, the outermost first; faulthandler tells it and holds nothing.

    A frame that is looked at outlives its call, and with it PySide's wrappers of what lay on the stack: whatever lies
    there next, a painter for one, is then taken for what lay there before.
    """
    with tempfile.TemporaryFile("w+", encoding="ascii") as told:
        faulthandler.dump_traceback(told)
        told.seek(0)
        threads = told.read().split("\n\n")
    found = (each for each in threads if (head := _THREAD.search(each)) and int(head[1], 16) == thread)
    return _CALL.findall(next(found, ""))[::-1]


def from_environment(parent: QObject) -> Watchdog | None:
    """Return a watchdog where the environment asks for one."""
    limit = os.environ.get(SWITCH, "")
    return Watchdog(int(limit), parent) if limit.isdigit() else None
