"""An act that is killed: it lays out a place to begin from, does its work there in a child, and knows what must hold.

A place is a folder with `data`, `tmp` (the system's folder for passing files) and whatever else the act needs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from crash_ground import SECRET, filled
from crash_judge import (
    Findings,
    head_of,
    look_over,
    sum_of,
    unlocked,
)

from wuling_desktop.services.data_files import DataFiles

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crash_judge import Word


@dataclass(slots=True)
class Run:
    """One run of an act: where, what was laid out there, and what the child needs or had said."""

    place: Path
    known: dict[str, Any]
    words: Sequence[Word] = ()
    opened: Any = None
    chance: random.Random = field(init=False)
    tell: Callable[..., None] = field(init=False)


class Act(ABC):
    """One act; what `prepare` returns is given to everything after it."""

    name: ClassVar[str]

    def prepare(self, place: Path) -> dict[str, Any]:
        """Lay out what every run begins with; return what the judge has to know."""
        desk = filled(place / "data")
        known = {"sum": sum_of(desk), **head_of(desk)}
        desk.close()
        return known

    def open(self, run: Run) -> Any:
        """Open what is needed; no part of the act."""
        return DataFiles(run.place / "data").unlock(SECRET)

    @abstractmethod
    def do(self, run: Run) -> None:
        """Carry the act out, telling what was said to be saved."""

    def sum_now(self, run: Run) -> str:
        """Return the sum of the data where the act was refused: that of before."""
        return str(run.known["sum"])

    def judge(self, run: Run) -> Findings:
        """Open the place again and say what is wrong."""
        findings = Findings()
        if desk := unlocked(run.place / "data", SECRET, findings):
            look_over(desk, [run.known, *run.words], findings, SECRET)
        return findings
