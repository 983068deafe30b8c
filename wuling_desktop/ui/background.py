"""One worker beside the screen: long work runs there in order, its answer comes back on the screen's thread."""

from __future__ import annotations

import logging
import queue
import threading
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from wuling_desktop.domain import problems
from wuling_desktop.domain.problems import Problem
from wuling_desktop.progress import Stopped, heard_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.progress import Progress

_STOPPED = object()  # the answer of work that was told to stop
_log = logging.getLogger(__name__)


def _nothing() -> None:
    """Leave everything as it is."""


@dataclass(frozen=True, slots=True)
class _Job:
    owner: QObject
    work: Callable[[], Any]
    done: Callable[[Any], object]
    failed: Callable[[Problem], object]
    progress: Progress | None
    stopped: Callable[[], object]
    desk: int  # at which desk it was asked: when that one is closed, nobody waits any more


class Background(QObject):
    """Runs one job after another; answers for an owner that is gone are dropped."""

    busy = Signal(bool)
    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._open = 0
        self._desk = 0
        self._ended.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="background", daemon=True)
        self._thread.start()

    def run(
        self,
        owner: QObject,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[Problem], object],
        progress: Progress | None = None,
        stopped: Callable[[], object] = _nothing,
    ) -> None:
        """Do `work` in the worker, then call `done` or `failed` on the screen's thread while `owner` lives.

        `progress` hears how far the work has come; where it was told to stop, `stopped` is called instead.
        """
        self._open += 1
        if self._open == 1:
            self.busy.emit(True)
        self._jobs.put(_Job(owner, work, done, failed, progress, stopped, self._desk))

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._open == 0

    def forget(self) -> None:
        """Drop the answers to all that was asked: the data are closed, and the pages that asked are going."""
        self._desk += 1

    def stop(self) -> None:
        """End the worker after what it is doing; what still waits is dropped."""
        while not self._jobs.empty():
            self._jobs.get()
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._do(job)
            del job  # while the next is waited for, its page and data may be closed

    def _do(self, job: _Job) -> None:
        result: Any = None
        problem: Problem | None = None
        try:
            with heard_by(job.progress) if job.progress is not None else nullcontext():
                result = job.work()
        except Stopped:
            result = _STOPPED
        except Problem as error:
            problem = error
        except Exception as error:  # noqa: BLE001 - whatever it is, the screen must hear of it
            if job.desk != self._desk:  # the key is wiped and the file closed while it was being read
                _log.info("work was cut off: the data were closed")
                result = _STOPPED
            else:
                problem = problems.of_fault(error, _log)
        self._ended.emit(job, result, problem)

    def _answer(self, job: _Job, result: Any, problem: Problem | None) -> None:
        self._open -= 1
        if self._open == 0:
            self.busy.emit(False)
        if job.desk != self._desk or not shiboken6.isValid(job.owner):
            return
        if problem is not None:
            job.failed(problem)
        elif result is _STOPPED:
            job.stopped()
        else:
            job.done(result)
