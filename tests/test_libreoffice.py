"""LibreOffice as the other spreadsheet program: it saves rosters in the old kinds, and reads the workbooks we write."""

from __future__ import annotations

import csv
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from layout_answers import Clerk
from layout_trials import MANNERS, fill
from openpyxl import Workbook
from test_layouts import BLANKS

from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wuling_desktop.services.desk import Desk

_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"  # commas, quotes, UTF-8

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here"),
]


def converted(files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """Return what LibreOffice made of the files, with a profile of its own."""
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=900,
    )
    return [folder / f"{file.stem}.{kind.partition(':')[0]}" for file in files]


@pytest.mark.parametrize("kind", ["xls:MS Excel 97", "ods"])
def test_layouts_that_it_saved_are_read_without_a_fault(kind: str, tmp_path: Path) -> None:
    clerk, filled = Clerk(tmp_path), []
    for blank in BLANKS:
        for manner in MANNERS:
            book = Workbook()
            truth = fill(book, blank(book), manner)
            file = tmp_path / f"{blank.__name__}-{manner}.xlsx"
            book.save(file)
            filled.append((file, truth))
    saved = converted([file for file, _ in filled], kind, tmp_path)
    faults = {
        path.name: clerk.judged(path, truth).all() for path, (_, truth) in zip(saved, filled, strict=True)
    }
    assert {name: found for name, found in faults.items() if found} == {}


def test_it_reads_in_our_roster_what_we_wrote(demo: Desk, tmp_path: Path) -> None:
    today = demo.unit.today()
    path = tmp_path / "花名册.xlsx"
    demo.exporting.write("roster_general", path, as_of=today)
    (text,) = converted([path], _CSV, tmp_path)
    with text.open(encoding="utf-8", newline="") as file:
        shown = {cell for row in csv.reader(file) for cell in row}
    members = demo.people.facts(Who("members"), today)
    assert len(members) == 42
    for facts in members:
        told = {facts["person.name"], facts["person.id_number"], facts["person.phone"]} - {None}
        assert told <= shown  # eighteen digits whole
