"""The benchmarks run, compare like with like, and tell what is over its goal."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from benchmark_modules import BENCHMARKS, benchmark_module

if TYPE_CHECKING:
    from pathlib import Path

# Sizes so small that a figure means nothing; the demo branch (0) is one of them where it is asked for.
TINY = {
    "open_desk": ["0", "60"],
    "import_roster": ["30"],
    "export_roster": ["30"],
    "save_edit": ["30"],
    "back_up": ["30"],
    "print_roster": ["30"],
}


@pytest.fixture(scope="module")
def measure() -> Any:
    return benchmark_module("measure")


def figures(seconds: float) -> dict[str, float]:
    return {"seconds": seconds, "processor": seconds / 2, "peak": 1.0, "child": 0.0}


def test_a_slow_spell_of_the_machine_falls_on_both_sides(measure: Any) -> None:
    spells = iter([1.0, 1.0, 10.0, 10.0, 1.0, 1.0])
    ways = {"ours": lambda: figures(3 * next(spells)), "floor": lambda: figures(2 * next(spells))}
    done = measure.InTurn(ways, 3)
    assert done.ratio("ours", "floor") == 1.5
    assert done.median("ours") == 3.0


def test_what_is_done_once_stands_in_every_round(measure: Any) -> None:
    times = iter([1.0, 2.0, 4.0])
    ways = {"ours": lambda: figures(next(times)), "peer": lambda: figures(8.0)}
    done = measure.InTurn(ways, 3, once=("peer",))
    assert len(done.figures["peer"]) == 1
    assert done.ratio("ours", "peer") == 0.25


@pytest.mark.parametrize(
    ("ratio", "missed", "word"), [(1.0, False, ""), (1.2, False, "over"), (1.3, True, "MISSED")]
)
def test_a_ratio_stands_beside_its_goal(
    measure: Any, capsys: pytest.CaptureFixture[str], *, ratio: float, missed: bool, word: str
) -> None:
    assert measure.judge("export", ratio, 1.0) == missed
    said = capsys.readouterr().out
    assert f"{ratio:.3f} ×   goal 1.000 ×" in said
    assert said.rstrip().endswith(word or "goal 1.000 ×")


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("script", TINY)
def test_a_benchmark_prints_its_ratios_beside_their_goals(script: str, tmp_path: Path) -> None:
    code = [sys.executable, str(BENCHMARKS / f"{script}.py"), *TINY[script], "--rounds", "1"]
    done = subprocess.run(code, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert re.search(r"\d × +goal \d", done.stdout)


def test_every_benchmark_stands_in_the_list_with_its_goal() -> None:
    told = (BENCHMARKS / "README.md").read_text(encoding="utf-8")
    scripts = {
        path.name for path in BENCHMARKS.glob("*.py") if "__main__" in path.read_text(encoding="utf-8")
    }
    assert scripts == set(re.findall(r"`(\w+\.py)", told))
