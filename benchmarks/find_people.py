"""Type-to-find among 20,000 people in a real encrypted file, beside looking through a text in memory.

    .venv/bin/python benchmarks/find_people.py [PEOPLE]

Per keystroke, the first 50: the keys (storage/called.py), a LIKE over the columns of the ledger itself, and all that
the panel of Ctrl+K does. Every question is asked of each in turn, round after round; × is the median of the ratios to
the floor of the same round. Answers are compared with those of the floor.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import sqlalchemy as sa

from benchmarks.invented import people
from wuling_desktop.domain import name_keys
from wuling_desktop.records import Person
from wuling_desktop.records.base import table_of
from wuling_desktop.services.data_files import DataFiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from wuling_desktop.services.desk import Desk

FIRST, ROUNDS = 50, 7
FLOOR = "str.find in memory (floor)"


def main(count: int) -> None:
    """Build the file, ask, print a table a group of questions."""
    rows = [{key: row[f"person.{key}"] for key in ("name", "id_number", "phone")} for row in people(count)]
    with tempfile.TemporaryDirectory() as folder:
        desk, _ = DataFiles(Path(folder)).create("speed 2026", unit="测速", branch="测速党支部", clerk="测速")
        with desk.people._operations.begin(f"导入 {count} 人") as (operation, _):  # noqa: SLF001 - a benchmark builds its own
            before = time.perf_counter()
            operation.add(Person, rows)
            added = time.perf_counter() - before
            before = time.perf_counter()
        kept = time.perf_counter() - before
        say(f"{count} people; {added:.2f} s to add, {kept:.2f} s for their log and keys")
        keys = [name_keys.key_of(row["name"], row["id_number"], row["phone"]) for row in rows]
        say(
            f"keys: {sum(map(len, keys)) / len(keys):.0f} characters each, {sum(map(len, keys)) / 1e6:.1f} million in all"
        )
        for group, words in questions(rows).items():
            compare(group, words, candidates(desk, keys))
        desk.close()


def questions(rows: list[dict[str, str]]) -> dict[str, list[str]]:
    """Return what people type, by kind."""
    chance = random.Random(3)
    picked = chance.sample(rows, 10)
    names = [row["name"] for row in picked]
    spelt = [[each[0] for each in name_keys.readings(name)] for name in names]
    return {
        "1 character": sorted({name[0] for name in names}),
        "2 characters": sorted({name[:2] for name in names}),
        "a whole name": sorted(set(names)),
        "initials, 1 to 3 letters": sorted(
            {"".join(s[0] for s in each)[:n] for each in spelt for n in (1, 2, 3)}
        ),
        "pinyin, growing": sorted({"".join(each)[:n] for each in spelt[:4] for n in range(1, 9)}),
        "last four digits": sorted({row[key][-4:] for row in picked for key in ("id_number", "phone")}),
        "nobody": ["龘", "龘龘", "zzvq", "98765432"],
    }


def candidates(desk: Desk, keys: list[str]) -> dict[str, Callable[[str], list[int]]]:
    """Return the ways to answer by their names."""
    database = desk.people._operations.database  # noqa: SLF001 - a benchmark asks the cupboard itself
    whole = "\n".join(keys) + "\n"
    starts, place = [], 0
    for key in keys:
        starts.append(place)
        place += len(key) + 1
    person = table_of(Person)

    def floor(word: str) -> list[int]:
        first, *others = name_keys.terms(word)
        found: list[int] = []
        at = whole.find(first)
        while at >= 0 and len(found) < FIRST:
            row = bisect_right(starts, at)
            if all(term in keys[row - 1] for term in others):
                found.append(row)
            at = whole.find(first, starts[row]) if row < len(starts) else -1
        return found

    def ours(word: str) -> list[int]:
        with database.reading() as connection:
            return desk.people._operations.called.ask(connection, word, FIRST)  # noqa: SLF001 - as above

    def like(word: str) -> list[int]:
        columns = (
            person.c[key].contains(word) for key in ("name", "id_number", "phone", "staff_number", "post")
        )
        query = sa.select(person.c.id).where(person.c.removed_at.is_(None), sa.or_(*columns))
        with database.reading() as connection:
            return list(connection.execute(query.order_by(person.c.id).limit(FIRST)).scalars())

    def panel(word: str) -> list[int]:
        return [int(hit.key[1]) for group in desk.finding.find(word, ()) for hit in group.hits]

    return {FLOOR: floor, "our keys, best first": ours, "LIKE over 5 columns": like, "the whole panel": panel}


def compare(group: str, words: list[str], ways: dict[str, Callable[[str], list[int]]]) -> None:
    """Ask every question of every way in turn; print times, ratios to the floor and what was answered otherwise."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    ratios: dict[str, list[float]] = {name: [] for name in ways}
    wrong = 0
    for _ in range(ROUNDS):
        sums = dict.fromkeys(ways, 0.0)
        for word in words:
            answers = {}
            for name, ask in ways.items():
                before = time.perf_counter()
                answers[name] = ask(word)
                seconds = time.perf_counter() - before
                taken[name].append(seconds)
                sums[name] += seconds
            expected, ours = (set(answers[name]) for name in list(ways)[:2])
            wrong += len(expected) != len(ours) or (len(expected) < FIRST and expected != ours)
        for name in ways:
            ratios[name].append(sums[name] / sums[FLOOR])
    say(f"\n{group} ({len(words)} questions, {wrong} answered otherwise than by the floor)")
    for name in ways:
        p50, p95 = (statistics.quantiles(taken[name], n=100)[at] * 1000 for at in (49, 94))
        say(f"  {name:32} p50 {p50:7.2f} ms   p95 {p95:7.2f} ms   {statistics.median(ratios[name]):7.2f} ×")


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
