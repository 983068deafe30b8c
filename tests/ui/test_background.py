"""The worker beside the screen: its answers, its faults, and work that was told to stop."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from wuling_desktop.domain.problems import Problem
from wuling_desktop.progress import Progress, pause, tell
from wuling_desktop.ui.background import Background

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    assert qtbot is not None
    worker = Background()
    yield worker
    worker.stop()


def answers(said: list[object]) -> tuple[Callable[[object], None], Callable[[Problem], None]]:
    return said.append, lambda problem: said.append(problem.what)


def test_answers_come_in_the_order_asked(background: Background, qtbot: QtBot) -> None:
    owner, said = QObject(), []

    def problem() -> None:
        raise Problem("不行。", "因为", "请")

    def fault() -> None:
        raise ZeroDivisionError

    for work in (lambda: 1, problem, fault, lambda: threading.current_thread().name):
        background.run(owner, work, *answers(said))
    qtbot.waitUntil(lambda: background.idle)
    assert said[:2] == [1, "不行。"]
    assert isinstance(said[2], str)  # a fault of the program is told, not thrown
    assert said[3] == "background"


def test_work_told_to_stop_answers_that_it_stopped(background: Background, qtbot: QtBot) -> None:
    owner, said, progress, begun = QObject(), [], Progress(), threading.Event()

    def work() -> None:
        while True:
            tell("已读", 1, 2, "行")
            begun.set()

    background.run(owner, work, *answers(said), progress, lambda: said.append("stopped"))
    begun.wait(5)
    assert str(progress.told) == "已读 1 / 2 行"
    progress.stop()
    qtbot.waitUntil(lambda: background.idle)
    assert said == ["stopped"]
    background.run(owner, pause, lambda _: said.append("done"), *answers(said)[1:])
    qtbot.waitUntil(lambda: background.idle)
    assert said == ["stopped", "done"]  # the next work is not concerned


def test_nobody_hears_the_answers_to_an_owner_that_is_gone(background: Background, qtbot: QtBot) -> None:
    said: list[object] = []
    owner = QObject()
    background.run(owner, lambda: 1, *answers(said))
    owner.deleteLater()
    background.forget()
    qtbot.waitUntil(lambda: background.idle)
    assert said == []


def test_work_cut_off_by_the_closing_of_its_data_is_no_fault(
    background: Background, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    owner, said, begun, closed = QObject(), [], threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        closed.wait(5)
        raise ZeroDivisionError  # as a file that was closed, or a key that was wiped, while it was being read

    caplog.set_level(logging.INFO)
    background.run(owner, work, *answers(said))
    begun.wait(5)
    background.forget()
    closed.set()
    qtbot.waitUntil(lambda: background.idle)
    assert said == []
    assert [record.levelname for record in caplog.records] == ["INFO"]
