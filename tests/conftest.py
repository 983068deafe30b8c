"""What every test stands on: no screen needed, a cheap password, a data file of its own."""

from __future__ import annotations

import datetime as dt
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

# Before the first import of Qt: without a display it ends the process.
if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests press every button: the printers of whoever runs them must be out of reach, and their names off the screen.
os.environ["CUPS_SERVER"] = "127.0.0.1:9"
sys.path.insert(0, str(Path(__file__).parent))  # tests are no package, and share what is invented for them

import pytest
from engines import Engine, FileEngine, ServerEngine
from engines import demo as engines_demo

from wuling_desktop.storage import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from trial_server import TrialServer

    from wuling_desktop.services.desk import Desk

pytest_plugins = ["both_engines"]
TODAY = dt.date(2026, 11, 24)


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


@pytest.fixture(scope="session")
def trial_server() -> Iterator[TrialServer]:
    """A PostgreSQL server, started when the first test asks for it."""
    from trial_server import TrialServer  # noqa: PLC0415 - its driver is loaded only here

    server = TrialServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def engines(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Engine]:
    """Return a function that gives the engine of a name, the same for the whole session."""

    @cache
    def named(name: str) -> Engine:
        ready = tmp_path_factory.mktemp(f"ready-{name}")
        if name == FileEngine.name:
            return FileEngine(ready)
        return ServerEngine(ready, request.getfixturevalue("trial_server"))

    return named


@pytest.fixture
def engine(request: pytest.FixtureRequest, engines: Callable[[str], Engine]) -> Iterator[Engine]:
    """What holds the data of a test: the encrypted file, and a server too where `tests/both_engines.py` says so."""
    chosen = engines(getattr(request, "param", FileEngine.name))
    yield chosen
    chosen.clear()


@pytest.fixture
def server(trial_server: TrialServer, engines: Callable[[str], Engine]) -> Iterator[ServerEngine]:
    """The server, for a test that is about it alone."""
    chosen = engines(ServerEngine.name)
    assert isinstance(chosen, ServerEngine)
    yield chosen
    chosen.clear()


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    """Data of an invented unit with one branch."""
    opened = engine.open(tmp_path / "data")
    opened.unit.stands_at = TODAY
    yield opened
    opened.close()


@pytest.fixture
def demo(engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    """Data with the demo branch."""
    opened = engine.open(tmp_path / "demo", engines_demo)
    yield opened
    opened.close()
