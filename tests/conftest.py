"""What every test stands on: no screen needed, a cheap password, a data file of its own."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

# Before the first import of Qt: without a display it ends the process.
if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests press every button: the printers of whoever runs them must be out of reach, and their names off the screen.
os.environ["CUPS_SERVER"] = "127.0.0.1:9"
sys.path.insert(0, str(Path(__file__).parent))  # tests are no package, and share what is invented for them

import pytest

from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from wuling_desktop.services.desk import Desk

TODAY = dt.date(2026, 11, 24)
PASSWORD = "测试口令 2026"


@pytest.fixture(autouse=True, scope="session")
def _cheap_password() -> Iterator[None]:
    """Derive keys with little memory: the real cost has a test of its own."""
    patch = pytest.MonkeyPatch()
    patch.setattr(keys, "SCRYPT_COST", 2**10)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _one_application(qapp: QApplication) -> Iterator[None]:
    """Have the widgets' kind of application before any test draws: a process has one, and the pen alone makes a lesser.

    Without a screen Qt keeps what was copied until after Python's end, and then asks Python to let go of it.
    """
    yield
    qapp.clipboard().clear()


@pytest.fixture
def today() -> dt.date:
    return TODAY


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A new encrypted data file of an invented unit with one branch."""
    opened, _ = DataFiles(tmp_path / "data").create(
        PASSWORD, unit="青江市教科所", branch="第一党支部", clerk="试用"
    )
    opened.unit.stands_at = TODAY
    yield opened
    opened.close()


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Desk]:
    """A data file with the demo branch."""
    opened, _ = DataFiles(tmp_path / "demo").create(PASSWORD, unit="演示", branch="演示党总支", clerk="试用")
    opened.demo.fill()
    yield opened
    opened.close()
