"""The first frame comes before anything heavy is loaded."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from wuling_desktop.services.data_files import DataFiles

if TYPE_CHECKING:
    from types import ModuleType

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "start_window.py"


@pytest.fixture
def start_window(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the benchmark that starts the program and watches for its first frame."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    spec = importlib.util.spec_from_file_location("start_window", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("had", [True, False], ids=["password prompt", "first use"])
def test_nothing_heavy_is_loaded_before_the_first_frame(
    tmp_path: Path, start_window: Any, *, had: bool
) -> None:
    if had:
        DataFiles(tmp_path / "data").create("测试口令 2026", unit="某所", branch="某支部", clerk="试")[
            0
        ].close()
    said = start_window.first_frame("prompt", tmp_path / "data")
    assert said["heavy"] == []


def test_something_heavy_would_be_noticed(start_window: Any) -> None:
    assert {"sqlalchemy", "openpyxl", "alembic", "pypinyin", "lxml"} <= set(start_window.HEAVY)
