"""One cell of a person saved through the service, against one write and fsync of 4 KiB in the same folder.

    .venv/bin/python benchmarks/save_edit.py [PEOPLE …] [--rounds N]

One operation with its log an edit (goal 1.5 ×). In turn, edit after edit, with what says where the time goes: a bare
UPDATE and commit on the same connection; the same edit as an operation of the cupboard (the row read, the log, its
hash, the keys); the whole service, which looks before and after. A round is as many edits as `EDITS` says.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import measure
from benchmarks.invented import TODAY, desk
from benchmarks.measure import judge
from wuling_desktop.records import Person
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.services.desk import Desk

SIZES = (5_000,)
EDITS = 100
PAGE = os.urandom(4096)
FLOOR, BARE, CUPBOARD, SERVICE = (
    "4 KiB + fsync (floor)",
    "a bare UPDATE",
    "an operation with its log",
    "the service",
)


def main() -> int:
    """Measure and print; the answer is the number of goals missed."""
    return measure.each_size(__doc__ or "", SIZES, at)


def at(place: Path, count: int, rounds: int) -> int:
    """Lay out so many people and compare."""
    opened = desk(place / "data", count)
    try:
        with (place / "data" / "floor").open("wb", buffering=0) as file:
            return compare(opened, file.fileno(), min(EDITS, count), rounds)
    finally:
        opened.close()


def compare(opened: Desk, floor: int, edits: int, rounds: int) -> int:
    """Save one edit after the other in every way in turn; print."""
    ids = [facts["person.id"] for facts in opened.people.facts(Who("all"), TODAY)][:edits]
    ways = _ways(opened, floor)
    taken: dict[str, list[list[float]]] = {name: [] for name in ways}
    for round_ in range(rounds):
        for each in taken.values():
            each.append([])
        for place, id_ in enumerate(ids):
            for number, (name, save) in enumerate(ways.items()):
                phone = f"199{round_:02}{number}{place:05}"
                begun = time.perf_counter()
                save(id_, phone)
                taken[name][-1].append(time.perf_counter() - begun)
    print(f"{len(ids)} edits a round, {rounds} rounds")
    for name, found in taken.items():
        every = [seconds for each in found for seconds in each]
        p50, p95 = statistics.median(every) * 1000, statistics.quantiles(every, n=100)[94] * 1000
        print(f"  {name:28} p50 {p50:8.2f} ms   p95 {p95:8.2f} ms   {_ratio(taken, name):7.2f} × floor")
    missed = judge("an edit saved by the service to the floor", _ratio(taken, SERVICE), 1.5)
    judge("of it a bare commit of the encrypted file", _ratio(taken, BARE), 1.5)
    return missed


def _ratio(taken: dict[str, list[list[float]]], name: str) -> float:
    medians = {each: list(map(statistics.median, taken[each])) for each in (name, FLOOR)}
    return statistics.median(mine / floor for mine, floor in zip(medians[name], medians[FLOOR], strict=True))


def _ways(opened: Desk, floor: int) -> dict[str, Callable[[int, str], object]]:
    operations = opened.people._operations  # noqa: SLF001 - a benchmark asks the cupboard itself

    def write(_id: int, _phone: str) -> None:
        os.pwrite(floor, PAGE, 0)
        os.fsync(floor)

    def bare(id_: int, phone: str) -> None:
        with operations.database.writing() as connection:
            connection.exec_driver_sql("UPDATE person SET phone = ? WHERE id = ?", (phone, id_))

    def cupboard(id_: int, phone: str) -> None:
        with operations.begin("修改") as (operation, _):
            operation.change(Person, id_, {"phone": phone})

    def service(id_: int, phone: str) -> None:
        opened.people.change(id_, {"person.phone": phone})

    return {FLOOR: write, BARE: bare, CUPBOARD: cupboard, SERVICE: service}


if __name__ == "__main__":
    sys.exit(main())
