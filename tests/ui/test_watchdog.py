"""The window answers all the time: what holds it up inside the screen's own code is measured."""

from __future__ import annotations

import time
import weakref
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from wuling_desktop.ui import background, watchdog
from wuling_desktop.ui.watchdog import SWITCH, Watchdog, from_environment

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

_HELD = "def held():\n    import time\n    time.sleep(0.3)\n"
_COLLECTS = """
def held():
    import gc, time
    until = time.monotonic() + 0.3
    while time.monotonic() < until:
        gc.collect()
    time.sleep(0.1)
"""
_KEEPS = """
def held():
    import threading, time
    local = threading.Event()
    remembered.append(weakref.ref(local))
    time.sleep(0.3)
"""


def test_a_stall_in_the_screen_is_seen_and_one_in_a_test_is_not(qtbot: QtBot) -> None:
    dog = Watchdog(60)
    time.sleep(0.2)
    qtbot.wait(50)
    assert dog.stalls == []
    run_as_ours(_HELD)
    qtbot.wait(60)
    dog.stop()
    (stall,) = dog.stalls
    assert stall.milliseconds >= 200
    assert "background.py:held" in stall.where


def test_rounds_of_the_collector_are_not_counted_as_busy(qtbot: QtBot) -> None:
    dog = Watchdog(60)
    run_as_ours(_COLLECTS)
    qtbot.wait(60)
    dog.stop()
    (stall,) = dog.stalls
    assert stall.milliseconds >= 200
    assert stall.busy < 100


def test_a_sign_of_life_while_it_looks_does_not_shorten_the_stall(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = watchdog._calls

    def slowly(thread: int) -> list[tuple[str, str]]:
        found = at_once(thread)
        time.sleep(0.4)
        return found

    monkeypatch.setattr(watchdog, "_calls", slowly)
    dog = Watchdog(60)
    run_as_ours(_HELD)
    qtbot.wait(60)
    dog.stop()
    assert dog.stalls[0].milliseconds >= 200
    assert len(dog.stalls) == 1


def test_nothing_that_was_under_way_is_held(qtbot: QtBot) -> None:
    remembered: list[weakref.ref[object]] = []
    dog = Watchdog(60)
    run_as_ours(_KEEPS, remembered=remembered, weakref=weakref)
    assert [each() for each in remembered] == [None]
    qtbot.wait(60)
    dog.stop()
    assert len(dog.stalls) == 1


def run_as_ours(source: str, **names: Any) -> None:
    """Run `held` as code that counts as the screen's own."""
    exec(compile(source, background.__file__, "exec"), names)  # noqa: S102 - it stands above
    names["held"]()


def test_it_is_there_only_where_the_environment_asks(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    application = QApplication.instance()
    assert application is not None
    monkeypatch.delenv(SWITCH, raising=False)
    assert from_environment(application) is None
    monkeypatch.setenv(SWITCH, "100")
    dog = from_environment(application)
    assert dog is not None
    dog.stop()
