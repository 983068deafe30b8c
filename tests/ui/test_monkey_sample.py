"""A monkey at the desk for some seconds here, for minutes by `--slow`, for an hour by hand: nothing breaks, nothing grows."""

from __future__ import annotations

import gc
import sys
import time
from typing import TYPE_CHECKING

import pytest
from monkey_acts import MOST_WIDGETS, Monkey, TroubleError
from person_at_the_desk import PASSWORD
from PySide6.QtCore import QTimer
from walker import SAMPLE

from wuling_desktop.services.data_files import DataFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from person_at_the_desk import Person

LOST = 5_000  # references to None


@pytest.fixture
def monkey(demo_desk: Person, tmp_path: Path) -> Iterator[Callable[[int], Monkey]]:
    """Return a function that lets a monkey to the demo branch."""
    demo_desk.program._desk.unit.set_clerk("猴子")  # type: ignore[union-attr]  # Ctrl+Z takes back one's own only
    let_in: list[Monkey] = []

    def start(seed: int) -> Monkey:
        made = Monkey(demo_desk.program, PASSWORD, seed, sample=SAMPLE, log=tmp_path / "acts.txt")
        made.listen()
        let_in.append(made)
        return made

    yield start
    for each in let_in:
        each.end()


def acts_for(monkey: Monkey, seconds: float) -> None:
    until = time.monotonic() + seconds
    try:
        monkey.work(lambda: time.monotonic() < until)
    except TroubleError as found:
        pytest.fail("\n".join((*monkey.acts, str(found))))


def nones() -> int:
    """Count what refers to None, without what earlier tests left lying about."""
    gc.collect()
    return sys.getrefcount(None)


def looks_well(monkey: Monkey, folder: Path, none_before: int) -> None:
    assert nones() > none_before - LOST
    assert monkey.most_widgets[0] < MOST_WIDGETS, monkey.most_widgets
    monkey.rest()
    monkey.program._close_desk()
    desk = DataFiles(folder).unlock(PASSWORD)
    verdict = desk.backups.verify(None)
    desk.close()
    assert verdict.ok, verdict.faults


def test_ten_seconds(monkey: Callable[[int], Monkey], tmp_path: Path) -> None:
    before, at_work = nones(), monkey(2026)
    acts_for(at_work, 10)
    looks_well(at_work, tmp_path / "data", before)


@pytest.mark.slow
@pytest.mark.timeout(420)
@pytest.mark.parametrize("seed", [1, 2])
def test_five_minutes(monkey: Callable[[int], Monkey], tmp_path: Path, seed: int) -> None:
    before, at_work = nones(), monkey(seed)
    acts_for(at_work, 150)
    looks_well(at_work, tmp_path / "data", before)


def test_a_planted_fault_is_noticed(monkey: Callable[[int], Monkey]) -> None:
    at_work = monkey(1)

    def stumble() -> None:
        raise ZeroDivisionError

    QTimer.singleShot(0, stumble)
    with pytest.raises(TroubleError, match="ZeroDivisionError"):
        at_work.work(lambda: at_work.count < 20)
