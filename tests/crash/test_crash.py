"""Killed at any moment of any act, nothing told is lost, nothing is half there; and a build that loses something is caught."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

HARNESS = Path(__file__).parents[1] / "by_hand/kill.py"
KINDS = ("lost", "half", "corrupt", "litter")
# Each broken build, an act that shows it, and what is seen of it.
BROKEN = {
    "said_before_kept": ("save", "lost"),
    "log_apart": ("save", "half"),
    "keys_in_place": ("password", "corrupt"),
    "old_backups_first": ("backup rotation", "lost"),
    "restored_in_place": ("restore", "corrupt"),
}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks children")


def harness(work: Path, *told: str) -> tuple[int, Sequence[dict[str, Any]]]:
    command = [sys.executable, str(HARNESS), "--json", "--work", str(work), *told]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.mark.timeout(600)
def test_a_few_kills_of_every_act(memory: Path) -> None:
    status, counts = harness(memory, "--kills=3", "--inside=1", f"--seed={os.getpid()}")
    assert [fault for count in counts for fault in count["faults"]] == []
    assert status == 0
    assert len(counts) == 7
    assert all(count["inside"] >= 1 and count["kills"] >= 3 for count in counts)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_forty_kills_of_every_act(tmp_path: Path) -> None:
    status, counts = harness(tmp_path)
    assert [fault for count in counts for fault in count["faults"]] == []
    assert status == 0
    assert all(count["inside"] >= 20 and count["kills"] >= 40 for count in counts)
    assert all(count["kills"] == count["before"] + count["inside"] + count["after"] for count in counts)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("sabotage", ["log_apart", "keys_in_place", "old_backups_first"])
def test_a_broken_build_is_caught(memory: Path, sabotage: str) -> None:
    act, kind = BROKEN[sabotage]
    status, (count,) = harness(memory, act, f"--sabotage={sabotage}", "--kills=5")
    assert status == 1
    assert count[kind] > 0, count


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("sabotage", BROKEN)
def test_every_broken_build_is_caught_for_what_it_does(tmp_path: Path, sabotage: str) -> None:
    act, kind = BROKEN[sabotage]
    status, (count,) = harness(tmp_path, act, f"--sabotage={sabotage}", "--kills=30")
    assert status == 1
    assert count[kind] > 0, count
