"""What storage is tried on: a small schema in two steps, a data file with three people, a process that forks children."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # tests are no package, and the child process shares these helpers

from storage_trials import SECRET, Nursery, add  # noqa: E402 - needs the path

from wuling_desktop.storage import schema  # noqa: E402 - the same
from wuling_desktop.storage.database import Database  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Path]:
    """Let the program know the first n steps of the small schema only."""

    def known(count: int) -> Path:
        place = tmp_path / f"steps{count}"
        place.mkdir(exist_ok=True)
        for path in sorted((HERE / "steps").glob("v*.py"))[:count]:
            shutil.copy(path, place)
        monkeypatch.setattr(schema, "VERSIONS", place)
        return place

    known(1)
    return known


@pytest.fixture
def data(steps: Callable[[int], Path], tmp_path: Path) -> Path:
    """The folder of a data file with the first step and three people."""
    folder = tmp_path / "数据 #1%"
    database, _ = Database.create(folder, SECRET)
    add(database, 3)
    database.close()
    return folder


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    if not hasattr(os, "fork"):
        pytest.skip("forks children")
    opened = Nursery()
    yield opened
    opened.close()
