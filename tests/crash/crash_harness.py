"""Kills every act at moments drawn evenly over its measured length, opens again, and counts what was lost or spoilt.

Each run of an act is a process of its own, forked from this one, which has everything loaded. The child says when it is
ready, when the act begins, what it says to have saved, and when the act ends; SIGKILL comes at the moment drawn, counted
from when it was let go. Where the kill fell (before, inside, after) is read from what had been said by then. The judge
is another process. By hand: `tests/by_hand/kill.py`.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import random
import shutil
import statistics
import tempfile
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crash_act import Act, Run
from crash_acts import ACTS
from crash_ground import SAVINGS, filled
from crash_judge import CORRUPT, KINDS, Findings, look_at_backups, look_through
from forked import Forked, Speech
from sabotage import SABOTAGES

from wuling_desktop import domain, exchange, records, services, storage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crash_judge import Word

KILLS, LEAST_INSIDE = 40, 20
MEASURED = 5  # undisturbed runs; the middle one is the length
_MOST_ROUNDS = 12
_ROUND = 10
PLACES = ("before", "inside", "after")


@dataclass(slots=True)
class Count:
    """What was seen of one act."""

    act: str
    milliseconds: float = 0.0
    kills: int = 0
    before: int = 0
    inside: int = 0
    after: int = 0
    lost: int = 0
    half: int = 0
    corrupt: int = 0
    litter: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def damage(self) -> set[str]:
        """The kinds of damage that were seen."""
        return {kind for kind in KINDS if getattr(self, kind)}

    def add(self, place: str, found: Sequence[tuple[str, str]]) -> None:
        """Count a kill; each kind of damage once, however often it shows."""
        for what in ("kills", place, *{kind for kind, _ in found}):
            setattr(self, what, getattr(self, what) + 1)
        self.faults += [f"{place}: {kind}: {what}" for kind, what in found]


class Ground:
    """What one act begins with, laid out once and copied for each run."""

    def __init__(self, act: Act, work: Path) -> None:
        self.act, self._work = act, work
        self._turn = 0
        (work / "template/tmp").mkdir(parents=True)
        prepared = Forked(lambda tell: tell("known", known=act.prepare(work / "template")))
        self.known = prepared.end()[-1]["known"]

    @contextmanager
    def place(self) -> Iterator[Path]:
        """Yield a fresh place, which is gone afterwards."""
        self._turn += 1
        place = self._work / str(self._turn)
        shutil.copytree(self._work / "template", place)
        yield place
        shutil.rmtree(place)

    def judged(self, place: Path, words: Sequence[Word]) -> list[tuple[str, str]]:
        """Have another process open the place and say what is wrong."""

        def judge(tell: Speech) -> None:
            be_at(place)
            try:
                found = self.act.judge(Run(place, self.known, words)).found
            except Exception:  # noqa: BLE001 - what the program does not foresee is damage to whoever opens it
                found = [(CORRUPT, traceback.format_exc(limit=-4))]
            tell("judged", found=found)

        return [(kind, what) for kind, what in Forked(judge).end()[-1]["found"]]


class Trial:
    """One act, killed again and again from the same beginning."""

    def __init__(
        self, ground: Ground, chance: random.Random, sabotage: str = "", measured: int = MEASURED
    ) -> None:
        self._ground, self._chance, self._sabotage = ground, chance, sabotage
        self._length = statistics.median(self._undisturbed() for _ in range(measured))
        self.count = Count(ground.act.name, round(1000 * self._length, 1))

    def kill(self, kills: int) -> None:
        """Kill the act so many times: once within each of as many equal parts of its length."""
        for part in range(kills):
            moment = (part + self._chance.random()) / kills * self._length
            with self._ground.place() as place:
                words = self._run(place, moment)
                said = {word["word"] for word in words}
                where = "after" if "end" in said else "inside" if "begin" in said else "before"
                self.count.add(where, self._ground.judged(place, words))

    def _undisturbed(self) -> float:
        with self._ground.place() as place:
            at = {word["word"]: word["at"] for word in self._run(place)}
            return float(at["end"] - at["begin"])

    def _run(self, place: Path, kill_at: float | None = None) -> list[dict[str, Any]]:
        seed = self._chance.random()
        child = Forked(lambda tell: self._do(place, random.Random(seed), tell))
        child.hears("ready")
        child.go()
        if kill_at is not None:
            time.sleep(kill_at)
            child.kill()
        return child.end()

    def _do(self, place: Path, chance: random.Random, tell: Speech) -> None:
        be_at(place)
        if self._sabotage:
            SABOTAGES[self._sabotage]()
        run = Run(place, self._ground.known)
        run.opened, run.chance, run.tell = self._ground.act.open(run), chance, tell
        tell("ready")
        tell.wait()
        tell("begin")
        self._ground.act.do(run)
        tell("end")


def be_at(place: Path) -> None:
    """Let everything a process keeps for itself lie in its place."""
    tempfile.tempdir = str(place / "tmp")
    for name in ("TMPDIR", "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(place / "tmp")


def run(
    names: Sequence[str] = (),
    *,
    kills: int = KILLS,
    least_inside: int = LEAST_INSIDE,
    seed: int = 1,
    sabotage: str = "",
    work: Path | None = None,
) -> list[Count]:
    """Try the named acts, else all; more kills are drawn until enough of them fell inside."""
    counts = []
    with tempfile.TemporaryDirectory(prefix="crash-", dir=work) as place:
        for act in ACTS:
            if names and act.name not in names:
                continue
            ground = Ground(act, Path(place) / act.name)
            trial = Trial(ground, random.Random(f"{seed} {act.name}"), sabotage, min(kills, MEASURED))
            trial.kill(kills)
            for _ in range(_MOST_ROUNDS):
                if trial.count.inside >= least_inside or (sabotage and trial.count.damage):
                    break
                trial.kill(_ROUND)
            counts.append(trial.count)
    return counts


def load_everything() -> None:
    """Load all that the children may need before the first of them is forked, and do a little of what they will do."""
    for floor in (domain, records, storage, exchange, services):
        for module in pkgutil.walk_packages(floor.__path__, f"{floor.__name__}."):
            if ".migrations" not in module.name:  # which Alembic alone can run
                importlib.import_module(module.name)
    with tempfile.TemporaryDirectory(prefix="warm-") as place:
        desk = filled(Path(place) / "data")
        for saving in SAVINGS:
            saving(desk, random.Random(1))
        look_through(desk, (), Findings())
        look_at_backups(desk, Findings())
        desk.close()


def table(counts: Sequence[Count]) -> str:
    """Return what was seen as a table in Markdown."""
    shown = ("act", "milliseconds", "kills", *PLACES, *KINDS)
    lines = [f"| {' | '.join(shown)} |", f"|{'---|' * len(shown)}"]
    lines += [f"| {' | '.join(str(getattr(count, name)) for name in shown)} |" for count in counts]
    return "\n".join(lines)
