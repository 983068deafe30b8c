"""Whatever write of an act fails: what was there is there, nothing passing lies about, and the program goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HARNESS = Path(__file__).parents[1] / "by_hand/fail.py"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks children")


def seen(work: Path, *told: str) -> list[dict[str, Any]]:
    command = [sys.executable, str(HARNESS), "--json", "--work", str(work), *told]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    for act in found:
        for each in act["failures"]:
            assert each["faults"] == [], (act["act"], each)
    return found


@pytest.mark.timeout(600)
def test_a_few_failing_writes_of_every_act(memory: Path) -> None:
    found = seen(memory, "--sample=3", f"--seed={os.getpid()}")
    assert len(found) == 7
    assert sum(each["refused"] for act in found for each in act["failures"]) >= 7


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_every_failing_write_of_every_act(memory: Path) -> None:
    found = seen(memory)
    assert all(len(act["failures"]) == 3 * act["writes"] for act in found)
    assert sum(act["writes"] for act in found) > 500
