"""Cells far apart are brought together without losing their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook
from reading_trials import inline, pack, parts_of

from wuling_desktop.exchange.package import Package
from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.close_up import closed_up
from wuling_desktop.exchange.reading.read_workbook import read_workbook
from wuling_desktop.exchange.reading.read_xlsx import read
from wuling_desktop.exchange.reading.xlsx_marks import book_of, marks_of

if TYPE_CHECKING:
    from pathlib import Path

FAR = (
    f'<row r="2">{inline("B2", "甲")}{inline("XFD2", "乙")}</row>'
    f'<row r="7"><c r="B7" s="0"/></row><row r="1048576">{inline("C1048576", "丙")}</row>'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return pack(tmp_path / "名册.xlsx", parts_of(f"<sheetData>{FAR}</sheetData>"))


def test_the_new_rows_and_columns_stand_for_the_old(path: Path) -> None:
    package = Package(path)
    book = book_of(package)
    part = book.sheets[0].part
    packed, rows, columns = closed_up(path, package, part, marks_of(package, part, book))
    assert (rows, columns) == ([2, 1_048_576], [1, 2, 16_383])
    sheet = CalamineWorkbook.from_filelike(packed).get_sheet_by_index(0)
    assert sheet.to_python() == [["甲", "", "乙"], ["", "丙", ""]]


def test_it_reads_the_same_as_the_sheet_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    near = f'<row r="2">{inline("B2", "甲")}{inline("F2", "乙")}</row><row r="9">{inline("C9", "丙")}</row>'
    path = pack(tmp_path / "名册.xlsx", parts_of(f"<sheetData>{near}</sheetData>"))
    plain = read(path, Package(path))
    monkeypatch.setattr(limits, "DENSE_CELLS", 1)
    assert read(path, Package(path)) == plain


def test_it_is_read_within_the_childs_caps(path: Path) -> None:
    (sheet,) = read_workbook(path).sheets
    assert [(row.number, row.cells[-1]) for row in sheet.rows] == [(2, "乙"), (1_048_576, "丙")]
