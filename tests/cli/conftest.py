"""What the verbs are tried on: started as a process would be, on a data file of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from wuling_desktop.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from engines import Engine

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def wuling(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, dict[str, Any], str]]:
    """Return a function that runs a verb and returns (status, last line as JSON, standard error)."""
    (tmp_path / "password").write_text("测试口令 2026\n", "utf-8")
    engine.new(tmp_path / "data")

    def run(
        *arguments: object, password: str = "password", data: str = "data"
    ) -> tuple[int, dict[str, Any], str]:
        before = [
            "--data",
            tmp_path / data,
            "--password-file",
            tmp_path / password,
            "--today",
            "2026-11-24",
            "--json",
        ]
        status = main([str(each) for each in (*before, *arguments)])
        said = capsys.readouterr()
        lines = said.out.strip().splitlines()
        return status, json.loads(lines[-1]) if lines else {}, said.err

    return run


@pytest.fixture
def demo(wuling: Callable[..., Any]) -> Callable[..., Any]:
    assert wuling("init", "--unit", "某所", "--branch", "某党总支")[0] == 0
    assert wuling("demo")[0] == 0
    return wuling
