"""What the screen is tried on: a window of its own folders, a person at it, the demo branch or an empty desk."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # tests are no package

from person_at_the_desk import PASSWORD, Person, leave_nothing_deleted_late, unlocked

from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.ui import translations
from wuling_desktop.ui.application import Program
from wuling_desktop.ui.watchdog import SWITCH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

# Milliseconds the window may not answer. The aim is 100; a machine that runs two trials at once is given more, and what
# counts is the time the program itself was busy, unless it waited for something that long.
LOOKED_AT, MOST_BUSY, MOST_WAITING = "300", 600, 6000


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep preferences, logs and documents of a test to itself."""
    if SWITCH not in os.environ:
        monkeypatch.setenv(SWITCH, LOOKED_AT)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "home").mkdir(exist_ok=True)


@pytest.fixture
def open_program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Person]]:
    """Return a function that opens the window on a data folder, at a size."""
    translations.install(qapp)
    opened: list[Program] = []

    def start(folder: Path | None = None, size: tuple[int, int] = (1440, 860)) -> Person:
        program = Program(qapp, folder or tmp_path / "data")
        opened.append(program)
        program.start()
        program.window.showNormal()  # the screen of the tests is smaller than the window
        program.window.resize(*size)
        qtbot.waitExposed(program.window)
        return Person(program, qtbot)

    yield start
    stalls = []
    for program in opened:
        program.close_all()
        program.end()
        program.watchdog.stop()
        stalls += program.watchdog.stalls
        program.window.deleteLater()
        program.deleteLater()
    leave_nothing_deleted_late()
    assert [each for each in stalls if each.busy > MOST_BUSY or each.milliseconds > MOST_WAITING] == []


@pytest.fixture
def newcomer(open_program: Callable[..., Person]) -> Person:
    """Somebody who opens the program for the first time."""
    return open_program()


@pytest.fixture
def secretary(open_program: Callable[..., Person], tmp_path: Path) -> Person:
    """Somebody at the open desk of a unit without people."""
    desk, _ = DataFiles(tmp_path / "data").create(
        PASSWORD, unit="青江市教科所", branch="青江市教科所第一党支部", clerk="韦清和"
    )
    desk.close()
    return unlocked(open_program())


@pytest.fixture
def demo_desk(open_program: Callable[..., Person], tmp_path: Path) -> Person:
    """Somebody at the desk of the demo branch, as a data file of its own."""
    desk, _ = DataFiles(tmp_path / "data").create(PASSWORD, unit="演示", branch="演示党总支", clerk="演示")
    desk.demo.fill(as_beginning=True)
    desk.close()
    return unlocked(open_program())
