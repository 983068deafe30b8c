"""Mutants of good files, some thousands by `--slow` and a hundred here: nothing but a Problem comes out of a reader."""

from __future__ import annotations

import sys

import pytest
from hostile import mutations
from hostile.mutator import mutant

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the cap of memory is set as Linux knows it")


def test_a_hundred_mutants() -> None:
    tally = mutations.run(0, 100)
    assert tally.faults == []
    assert tally.executions == 100
    assert tally.read > 20
    assert tally.refused > 20


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_hundred_thousand_mutants() -> None:
    tally = mutations.run(100, 100_000)
    print(tally)  # noqa: T201 - the figure is what the run is for
    assert tally.faults == []
    assert tally.executions == 100_000


def test_a_mutant_is_the_same_every_time() -> None:
    assert [mutant(seed) for seed in range(20)] == [mutant(seed) for seed in range(20)]


def test_a_process_that_ends_is_begun_anew_after_the_mutant_that_ended_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Stop the process by its own hand at the first mutant: no file can be had that always does it."""
    real = mutations.subprocess.Popen

    def cut_short(command: list[str], **how: object) -> object:
        return real([*command[:-1], "1"] if command[-1] == "4" else command, **how)

    monkeypatch.setattr(mutations.subprocess, "Popen", cut_short)
    tally = mutations.run(0, 4)
    assert tally.front_door == [1]
    assert (tally.executions, tally.faults) == (4, [])
