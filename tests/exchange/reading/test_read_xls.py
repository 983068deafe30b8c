"""An old .xls, by a sample that LibreOffice made: values, formats, what is hidden, struck out or an error."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest
from reading_trials import DATA, SAMPLES, TODAY, identity, names

from wuling_desktop.exchange.reading.find_tables import find_tables
from wuling_desktop.exchange.reading.questions import TAKE
from wuling_desktop.exchange.reading.read_rows import read_rows
from wuling_desktop.exchange.reading.read_workbook import read_workbook
from wuling_desktop.exchange.reading.sheets import STRUCK, Workbook

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path: Path = tmp_path_factory.mktemp("xls") / "名册.xls"
    shutil.copy(SAMPLES / "roster.xls", path)
    return read_workbook(path)


def test_sheets_rows_and_merges_are_told_as_for_an_xlsx(roster: Workbook) -> None:
    first, codes = roster.sheets
    assert (roster.kind, first.name, first.hidden, codes.name, codes.hidden) == (
        "xls",
        "党员名册",
        False,
        "代码",
        True,
    )
    assert [row.number for row in first.rows] == [1, 2, 3, 4, 5, 6, 7]
    assert (1, 1, 1, 10) in first.merges
    assert [row.number for row in first.rows if row.hidden] == [5]
    assert [row.number for row in first.rows if row.struck] == [6]


def test_values_keep_what_their_formats_tell(roster: Workbook) -> None:
    rows = {row.number: row for row in roster.sheets[0].rows}
    assert rows[3].cells[:8] == (
        "001",
        "韦清和",
        "女",
        "868_壮族",
        "1980-10",
        identity("19801005", 12),
        1998.1,
        dt.date(2001, 7, 1),
    )
    assert rows[4].cells[5] == 450199198503070017.0
    assert isinstance(rows[4].cells[5], float)
    assert rows[7].cells[6] == "2016.10"


def test_errors_struck_cells_and_hidden_columns_are_told(roster: Workbook) -> None:
    rows = {row.number: row for row in roster.sheets[0].rows}
    assert "#DIV/0!" in rows[3].fault(9)
    assert rows[4].fault(9) == STRUCK
    assert any("隐藏的列（D）" in note for note in roster.notes)
    assert any("J3" in note for note in roster.notes)


def test_its_list_is_found_and_read(roster: Workbook) -> None:
    asked = find_tables(roster, DATA, needs=frozenset({"person.name"}), answers={}, columns={}).questions
    assert {question.kind for question in asked} == {"hidden_rows", "struck_rows"}
    taken = dict.fromkeys((question.id for question in asked), TAKE)
    found = find_tables(roster, DATA, needs=frozenset({"person.name"}), answers=taken, columns={})
    assert names(found) == ["韦清和", "农嘉言", "陆书翰", "覃望舒", "莫知远"]
    read = {row.readings["person.name"].value: row.readings for row in read_rows(found.tables[0], TODAY)}
    assert str(read["韦清和"]["person.birth_date"].value) == "1980-10"
    assert read["农嘉言"]["person.id_number"].value is None
    assert str(read["莫知远"]["step_fact.assembly_on"].value) == "2016-10"
    assert read["韦清和"]["step_fact.assembly_on"].choices
