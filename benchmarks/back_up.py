"""A backup with its proof, against copying the same bytes and fsync; and what somebody who types meanwhile notices.

    .venv/bin/python benchmarks/back_up.py [PEOPLE …] [--rounds N]

In turn: the copy; the daily backup, whose pages are proven by their seals (goal 4 ×); the weekly one, which goes through
structure and links too. Then type-to-find on the main thread, a keystroke after the other, while nothing else is done
and while a backup is made in another thread (goal 1.1 × at the median, and the slowest of each).
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import measure
from benchmarks.invented import desk, people
from benchmarks.measure import Figures, InTurn, judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.services.desk import Desk

SIZES = (20_000,)
PAUSE = 0.02  # seconds between two keystrokes, of somebody in a hurry
AT_REST = 2.0  # seconds of typing beside nothing


def main() -> int:
    """Measure and print; the answer is the number of goals missed."""
    return measure.each_size(__doc__ or "", SIZES, at)


def at(place: Path, count: int, rounds: int) -> int:
    """Lay out so many people and compare."""
    opened = desk(place / "data", count)
    try:
        return compare(opened, place, count, rounds)
    finally:
        opened.close()


def compare(opened: Desk, place: Path, count: int, rounds: int) -> int:
    """Copy and back up in turn, then type meanwhile; print."""
    daily, file = place / "daily", opened.folder / "wuling.db"
    opened.backups.make(daily)  # the first is a weekly one; it folds the log into the file, too

    def weekly() -> Figures:
        shutil.rmtree(
            place / "weekly", ignore_errors=True
        )  # where no earlier one lies, everything is gone through
        return measure.timed(lambda: opened.backups.make(place / "weekly"))

    ways = {
        "copy": lambda: measure.timed(lambda: _copied(file, place / "copy.db")),
        "daily": lambda: measure.timed(lambda: opened.backups.make(daily)),
        "weekly": weekly,
    }
    done = InTurn(ways, rounds)
    print(f"{count} people, {file.stat().st_size / 1e6:.1f} MB, {rounds} rounds")
    for way, text in (
        ("copy", "copy + fsync (floor)"),
        ("daily", "daily backup"),
        ("weekly", "weekly backup"),
    ):
        done.tell(way, text)
    missed = done.judge("daily backup to the copy", "daily", "copy", 4)
    print(f"  weekly backup to the copy {done.ratio('weekly', 'copy'):.2f} ×")
    return missed + _typed_meanwhile(opened, daily, count, rounds)


def _typed_meanwhile(opened: Desk, folder: Path, count: int, rounds: int) -> int:
    words = [row["person.name"][:2] for row in people(min(count, 500))]
    random.Random(3).shuffle(words)
    opened.finding.find(words[0], ())  # the first one fetches the keys into memory
    rest: list[float] = []
    meanwhile: list[float] = []
    ratios = []
    for _ in range(rounds):
        until = time.perf_counter() + AT_REST
        alone = _typed(opened, words, lambda until=until: time.perf_counter() < until)  # type: ignore[misc]  # bound at once
        worker = threading.Thread(target=opened.backups.make, args=(folder,))
        worker.start()
        beside = _typed(opened, words, worker.is_alive)
        worker.join()
        rest += alone
        meanwhile += beside
        ratios.append(statistics.median(beside) / statistics.median(alone))
    for text, found in (("beside nothing", rest), ("beside a backup", meanwhile)):
        middle, slowest = statistics.median(found) * 1000, max(found) * 1000
        print(
            f"  a keystroke of type-to-find {text:24} {middle:9.1f} ms   slowest {slowest:.1f} ms of {len(found)}"
        )
    return judge("a keystroke beside a backup to one beside nothing", statistics.median(ratios), 1.1)


def _typed(opened: Desk, words: list[str], goes_on: Callable[[], bool]) -> list[float]:
    """Ask for one word after the other as long as that goes on, once at least; return how long each took."""
    taken: list[float] = []
    while not taken or goes_on():
        begun = time.perf_counter()
        opened.finding.find(words[len(taken) % len(words)], ())
        taken.append(time.perf_counter() - begun)
        time.sleep(PAUSE)
    return taken


def _copied(source: Path, to: Path) -> None:
    shutil.copyfile(source, to)
    with to.open("rb+") as file:
        os.fsync(file.fileno())


if __name__ == "__main__":
    sys.exit(main())
