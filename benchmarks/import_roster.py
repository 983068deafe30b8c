"""Taking in a roster of 18 columns: the whole job in a real encrypted file, against what it cannot do without.

    .venv/bin/python benchmarks/import_roster.py [PEOPLE …] [--rounds N]

Each in a process of its own, in turn. Ours: preview, then commit, through the services. Against:
python-calamine and SQLCipher's executemany of the same rows into one wide table (goal 1.1 ×);
the same child reading the same file and executemany of the same rows, those of the log too, into the same tables
(goal 2 ×); LibreOffice converting the file to csv (goal 0.4 ×); openpyxl only reading it (goal 1/6). The preview is
there as a whole, so that it stands against calamine's read (goal 0.2 × is that of its first 200 rows).
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import measure
from benchmarks.measure import Figures, InTurn, alone, judge

SIZES = (5_000, 20_000)
KEY = bytes(32)


def main() -> int:
    """Measure and print; the answer is the number of goals missed."""
    return measure.each_size(__doc__ or "", SIZES, at)


def at(place: Path, count: int, rounds: int) -> int:
    """Lay out so many people and compare."""
    from benchmarks import invented  # noqa: PLC0415 - not in the processes measured

    file, filled = place / "roster.xlsx", place / "filled"
    invented.roster(file, count)
    alone("ours", file, filled)  # warms the caches, and leaves the rows for the tables
    return compare(count, place, file, filled, rounds)


def compare(count: int, place: Path, file: Path, filled: Path, rounds: int) -> int:
    """Measure every way to do it and print."""
    ways = {name: partial(alone, name, file) for name in ("ours", "calamine", "floor", "openpyxl")}
    ways["tables"] = partial(alone, "tables", file, filled)
    if office := measure.has_office():
        ways["office"] = partial(measure.office, place, "csv", file)
    done = InTurn(ways, rounds, once=("openpyxl",))
    print(f"{count} people, {file.stat().st_size / 1e6:.1f} MB, {rounds} rounds")
    done.tell("ours", "ours, preview and commit")
    print(f"    preview {done.median('ours', 'preview'):.2f} s, commit {done.median('ours', 'commit'):.2f} s")
    done.tell("floor", "calamine + executemany into one table")
    done.tell("tables", "the same child + executemany into the same tables")
    print(f"    reading {done.median('tables', 'read'):.2f} s, {done.median('tables', 'rows'):.0f} rows")
    done.tell("calamine", "calamine only reading")
    done.tell("openpyxl", "openpyxl only reading, once")
    missed = done.judge("whole job to calamine + executemany", "ours", "floor", 1.1)
    missed += done.judge("whole job to the same child + the same tables", "ours", "tables", 2)
    missed += done.judge("whole job to openpyxl only reading", "ours", "openpyxl", 1 / 6)
    missed += judge("preview to calamine only reading", done.ratio("ours", "calamine", "preview"), 0.2)
    if office:
        done.tell("office", "LibreOffice converting it to csv")
        missed += done.judge("whole job to LibreOffice", "ours", "office", 0.4)
    return missed


def ours(file: str, folder: str = "") -> Figures:
    """Take the file in, into a new data file."""
    from benchmarks.invented import PASSWORD  # noqa: PLC0415 - a child's imports are its own
    from wuling_desktop.services.data_files import DataFiles  # noqa: PLC0415 - the same

    _patient()
    with tempfile.TemporaryDirectory() as place:
        desk, _ = DataFiles(Path(folder or place)).create(PASSWORD, unit="某所", branch="总支", clerk="测量")
        begun, seen = time.perf_counter(), 0.0

        def job() -> None:
            nonlocal seen
            preview = desk.importing.preview(Path(file))
            seen = time.perf_counter() - begun
            imported = desk.importing.commit(preview)
            if imported.new != len(preview.rows) or not imported.new:
                raise RuntimeError(preview.outcome)

        figures = measure.timed(job)
        desk.close()
    return {**figures, "preview": seen, "commit": figures["seconds"] - seen}


def _patient() -> None:
    """Wait for the reading child as long as it takes: on a busy machine nobody who waits gives up."""
    from wuling_desktop.exchange.reading import limits  # noqa: PLC0415 - a child's imports are its own

    limits.WALL_SECONDS = 600


def calamine(file: str) -> Figures:
    """Only read the file."""
    return measure.timed(lambda: _read(file))


def floor(file: str) -> Figures:
    """Read the file and write its rows as they are."""
    from wuling_desktop.storage import connection  # noqa: PLC0415 - a child's imports are its own

    with tempfile.TemporaryDirectory() as place, closing(_new(connection, Path(place))) as driver:
        columns = [f"c{number}" for number in range(18)]
        driver.execute(f"CREATE TABLE roster (id INTEGER PRIMARY KEY, {' TEXT, '.join(columns)} TEXT)")
        for column in ("c1", "c15", "c16"):
            driver.execute(f"CREATE INDEX by_{column} ON roster ({column})")

        def job() -> None:
            rows = [
                [cell if isinstance(cell, (str, float)) else str(cell) for cell in row]
                for row in _read(file)[2:]
            ]
            driver.execute("BEGIN IMMEDIATE")
            driver.executemany(f"INSERT INTO roster ({', '.join(columns)}) VALUES ({_marks(18)})", rows)  # noqa: S608 - names of our own
            driver.execute("COMMIT")

        return measure.timed(job)


def tables(file: str, folder: str) -> Figures:
    """Read the file as ours does, and write what ours wrote, the log too, as ready rows."""
    from benchmarks.invented import PASSWORD  # noqa: PLC0415 - a child's imports are its own
    from wuling_desktop.exchange.reading.child import read_in_child  # noqa: PLC0415 - the same
    from wuling_desktop.storage import search  # noqa: PLC0415 - the same
    from wuling_desktop.storage.database import Database  # noqa: PLC0415 - the same

    _patient()
    source = Database.open(Path(folder), password=PASSWORD)
    with source.reading() as connection:
        names = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        )
        names = [name for name in names if not name.startswith(("sqlite_", "alembic"))]
        rows = {name: connection.exec_driver_sql(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608 - as found
    source.close()
    with tempfile.TemporaryDirectory() as place:
        database, _ = Database.create(Path(place), PASSWORD)
        search.keep_in_step(database)  # makes its tables
        with database.engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.execute("PRAGMA foreign_keys = OFF")  # ready rows, in the order of the tables' names
            read = 0.0

            def job() -> None:
                nonlocal read
                begun = time.perf_counter()
                read_in_child(Path(file))
                read = time.perf_counter() - begun
                driver.execute("BEGIN IMMEDIATE")
                for name, found in rows.items():
                    if found:
                        insert = f"INSERT OR REPLACE INTO {name} VALUES ({_marks(len(found[0]))})"  # noqa: S608 - as found
                        driver.executemany(insert, list(map(tuple, found)))
                driver.execute("COMMIT")

            figures = measure.timed(job)
        database.close()
    return {**figures, "read": read, "rows": sum(map(len, rows.values()))}


def openpyxl(file: str) -> Figures:
    """Only read the file, as most programs do."""
    from openpyxl import load_workbook  # noqa: PLC0415 - a child's imports are its own

    return measure.timed(lambda: load_workbook(file))


def _read(file: str) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - a child's imports are its own

    found: list[list[Any]] = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    return found


def _new(connection: Any, place: Path) -> Any:
    driver = connection.connect(place / "floor.db", KEY, create=True)
    driver.execute("PRAGMA journal_mode = WAL")
    return driver


def _marks(count: int) -> str:
    return ", ".join("?" * count)


if __name__ == "__main__":
    measure.run(main, {each.__name__: each for each in (ours, calamine, floor, tables, openpyxl)})
