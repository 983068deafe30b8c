"""Writing the roster form (花名册) for people of a real data file, against deflating the very parts it consists of.

    .venv/bin/python benchmarks/export_roster.py [PEOPLE …] [--rounds N]

Each in a process of its own, in turn. Ours: from the records to the workbook on the disk, through the service; how much
of it is reading and showing the records stands beside. Against: zlib level 6 of the ready parts (goal 1.0 ×, of a few
people 1.2 ×); openpyxl write_only of the same cells without any form (goal 1/8); LibreOffice csv to xlsx (goal 1/10).
Memory: what ours holds at its peak above the filled rows (goal 64 MB).
"""

from __future__ import annotations

import csv
import sys
import tempfile
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import measure
from benchmarks.measure import Figures, InTurn, alone

if TYPE_CHECKING:
    from wuling_desktop.services.desk import Desk

SIZES = (60, 5_000, 20_000)
FORM, FEW = "roster_general", 1_000


def main() -> int:
    """Measure and print; the answer is the number of goals missed."""
    return measure.each_size(__doc__ or "", SIZES, at)


def at(place: Path, count: int, rounds: int) -> int:
    """Lay out so many people and compare."""
    from benchmarks import invented  # noqa: PLC0415 - not in the processes measured

    invented.desk(place / "data", count).close()
    ready = place / "ready.xlsx"
    alone("ours", place / "data", ready)
    with (place / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_cells(str(ready)))
    return compare(count, place, ready, rounds)


def compare(count: int, place: Path, ready: Path, rounds: int) -> int:
    """Measure every way to do it and print."""
    data, written = place / "data", place / "written.xlsx"
    ways = {
        "ours": partial(alone, "ours", data, written),
        "filled": partial(alone, "filled", data),
        "deflate": partial(alone, "deflate", ready),
        "openpyxl": partial(alone, "openpyxl", ready),
    }
    if office := measure.has_office():
        ways["office"] = partial(measure.office, place, "xlsx", place / "roster.csv")
    done = InTurn(ways, rounds)
    print(f"{count} people, {ready.stat().st_size / 1e6:.2f} MB, {rounds} rounds")
    done.tell("ours", "ours, from the records to the file")
    done.tell("filled", "of it reading the records and filling the form")
    done.tell("deflate", "zlib level 6 of the ready parts")
    done.tell("openpyxl", "openpyxl write_only of the same cells")
    goal = 1.2 if count < FEW else 1.0
    missed = done.judge("the whole to zlib of the ready parts", "ours", "deflate", goal)
    missed += done.judge("the whole to openpyxl write_only", "ours", "openpyxl", 1 / 8)
    if office:
        done.tell("office", "LibreOffice, csv to xlsx")
        missed += done.judge("the whole to LibreOffice", "ours", "office", 1 / 10)
    above = done.median("ours", "peak") - done.median("filled", "peak")
    print(f"  memory above the filled rows {above:.0f} MB   goal 64 MB{'   MISSED' if above > 64 else ''}")
    return missed + (above > 64)


def ours(data: str, to: str) -> Figures:
    """Write the form as the service does."""
    from benchmarks.invented import TODAY  # noqa: PLC0415 - a child's imports are its own

    desk = _desk(data)
    figures = measure.timed(lambda: desk.exporting.write(FORM, Path(to), as_of=TODAY))
    desk.close()
    return figures


def filled(data: str) -> Figures:
    """Read the records and fill the form, and write nothing."""
    from benchmarks.invented import TODAY  # noqa: PLC0415 - a child's imports are its own

    desk = _desk(data)
    figures = measure.timed(lambda: desk.exporting.fill(FORM, as_of=TODAY))
    desk.close()
    return figures


def deflate(ready: str) -> Figures:
    """Only pack what a writer has to produce."""
    with zipfile.ZipFile(ready) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with tempfile.TemporaryDirectory() as place:

        def job() -> None:
            with zipfile.ZipFile(
                Path(place) / "floor.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=6
            ) as package:
                for name, content in parts.items():
                    package.writestr(name, content)

        return measure.timed(job)


def openpyxl(ready: str) -> Figures:
    """Write the same cells as most programs do."""
    from openpyxl import Workbook  # noqa: PLC0415 - a child's imports are its own

    cells = _cells(ready)
    with tempfile.TemporaryDirectory() as place:

        def job() -> None:
            book = Workbook(write_only=True)
            sheet = book.create_sheet()
            for row in cells:
                sheet.append(row)
            book.save(Path(place) / "peer.xlsx")

        return measure.timed(job)


def _desk(data: str) -> Desk:
    from benchmarks.invented import PASSWORD, TODAY  # noqa: PLC0415 - a child's imports are its own
    from wuling_desktop.services.data_files import DataFiles  # noqa: PLC0415 - the same
    from wuling_desktop.services.people import Who  # noqa: PLC0415 - the same

    opened = DataFiles(Path(data)).unlock(PASSWORD)
    opened.exporting.forms()  # a desk that stands has loaded the forms and read its first table
    opened.people.table(opened.people.table_shows(), Who(), TODAY)
    return opened


def _cells(ready: str) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - a child's imports are its own

    cells: list[list[Any]] = CalamineWorkbook.from_path(ready).get_sheet_by_index(0).to_python()
    return cells


if __name__ == "__main__":
    measure.run(main, {each.__name__: each for each in (ours, filled, deflate, openpyxl)})
