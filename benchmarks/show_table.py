"""A table of 20,000 people on the screen: opened, scrolled, sorted, filtered; against 60 ready rows in the same view.

    .venv/bin/python benchmarks/show_table.py [ROWS]

Needs no screen. Prints times, and ratios to the floors: the same view on 60 rows (open, page), sorting and filtering
a bare list of ids in Python; and to the usual ways: a QSortFilterProxyModel (sort, filter), a QTableWidget (memory).
The people are written into a data file of their own and read from it as the page does.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from benchmarks.invented import TODAY
from benchmarks.invented import desk as filled_desk
from benchmarks.table_peers import added_by, items_take, proxied, taken
from wuling_desktop.services.people import Row, Who
from wuling_desktop.settings import Preferences
from wuling_desktop.ui import theme
from wuling_desktop.ui.record.rows import ready
from wuling_desktop.ui.record.sieve import Condition
from wuling_desktop.ui.record.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS, PAGES, FLOOR_ROWS = 5, 40, 60
MARGIN = 1.25
SHARES = {"sort": 1 / 20, "filter": 1 / 10, "memory": 1 / 5}  # of a sorting proxy, of a QTableWidget
GOALS = {"open": 1.0, "sort": 0.2, "filter": 0.1, "page": 1 / 30}


def timed(run: Callable[[], Any]) -> float:
    """Return how long it took until the view had been painted."""
    begun = time.perf_counter()
    run()
    QApplication.processEvents()
    return time.perf_counter() - begun


def shown(look: theme.Look, rows: list[Row], datums: tuple[Any, ...]) -> dict[str, float]:
    """Return the times of one table over rows."""
    table = Table(look, "人员名单", lambda _datum, _word: [], lambda _datum: True)
    table.resize(1400, 900)
    figures = {}

    def open_() -> None:
        table.put(ready(datums, rows))
        table.show()

    figures["open"] = timed(open_)
    bar = table.verticalScrollBar()

    def page(number: int) -> None:
        bar.setValue((number * bar.pageStep()) % max(bar.maximum(), 1))
        table.viewport().repaint()

    figures["page"] = statistics.median(timed(lambda n=n: page(n)) for n in range(1, PAGES))
    name, people = datums[0].name, datums[3].name
    orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    sorts = [timed(lambda c=c, o=o: table.rows.sort(c, o)) for c in (0, 2) for o in orders]
    figures["sort"] = max(sorts)
    figures["filter"] = max(
        timed(lambda: table.rows.filter(people, Condition(texts=frozenset({"壮族"})))),
        timed(lambda: table.rows.filter(name, Condition(contains="清"))),
        timed(table.rows.clear_filter),
    )
    figures["funnel"] = timed(lambda: table.rows.values_of(0))
    table.deleteLater()
    QApplication.processEvents()
    return figures


def bare(rows: list[Row]) -> dict[str, float]:
    """Return how long it takes to sort and filter a list of ids by its values and nothing else."""
    values = {row.id: row.values for row in rows}
    ids = [row.id for row in rows]
    return {
        "sort": timed(lambda: sorted(ids, key=lambda id_: str(values[id_][0]))),
        "filter": timed(lambda: [id_ for id_ in ids if values[id_][3] == "08"]),
    }


def main(count: int) -> int:
    """Measure and print; the answer is the number of goals missed."""
    application = QApplication([])
    look = theme.look_for(Preferences(theme="light"))
    theme.apply(application, look)
    desk = filled_desk(Path(tempfile.mkdtemp()), count)
    datums = desk.people.table_shows()
    begun = time.perf_counter()
    rows, _counts = desk.people.table(datums, Who(), TODAY)
    read = time.perf_counter() - begun
    few = rows[:FLOOR_ROWS]
    measured = [(shown(look, rows, datums), shown(look, few, datums), bare(rows)) for _ in range(ROUNDS)]
    ours, floor, plain = (
        {name: statistics.median(each[place][name] for each in measured) for name in measured[0][place]}
        for place in range(3)
    )
    print(f"{count} people and their groups read from the data file in the worker: {read:.2f} s")
    missed = 0
    for name, seconds in ours.items():
        below = plain.get(name, floor[name])
        goal = GOALS.get(name)
        late = goal is not None and seconds > goal and seconds > MARGIN * below  # a busy machine slows both
        missed += late
        verdict = "" if goal is None else f"  goal {goal * 1000:.0f} ms{'  MISSED' if late else ''}"
        print(f"{name:7} {seconds * 1000:8.1f} ms   {seconds / below:6.2f} × floor{verdict}")
    missed += beside_the_usual_ways(look, rows, datums)
    desk.close()
    return missed


def beside_the_usual_ways(look: theme.Look, rows: list[Row], datums: tuple[Any, ...]) -> int:
    """Print how a proxy and a table of items do the same; the answer is the number of goals missed."""
    texts = [tuple(map(str, row.values)) for row in rows]

    def open_() -> Table:
        table = Table(look, "人员名单", lambda _datum, _word: [], lambda _datum: True)
        table.resize(1400, 900)
        table.put(ready(datums, rows))
        table.show()
        return table

    table, word, up = open_(), Condition(contains="清"), Qt.SortOrder.AscendingOrder
    QApplication.processEvents()
    shares: dict[str, list[float]] = {"sort": [], "filter": []}
    for _ in range(ROUNDS):
        usual = proxied(texts, word.contains)
        sorting = max(taken(lambda c=c: table.rows.sort(c, up)) for c in (0, 2))
        shares["sort"].append(sorting / usual["sort"])
        shares["filter"].append(taken(lambda: table.rows.filter(datums[0].name, word)) / usual["filter"])
        table.rows.clear_filter()
    table.deleteLater()
    shares["memory"] = [added_by(open_) / items_take(texts)]
    for name, measured in shares.items():
        print(f"{name:7} {statistics.median(measured):6.3f} × the usual way   goal {SHARES[name]:.3f}")
    return sum(statistics.median(measured) > MARGIN * SHARES[name] for name, measured in shares.items())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
