"""Plain tables written: numbers as numbers, all else as text, heads that are known again; rows handed back with reasons."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_trials import parts
from openpyxl import load_workbook

from wuling_desktop.domain import kinds, masking
from wuling_desktop.domain.fields import Field, Private
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.forms.write_workbook import REASON, write_rejected, write_table
from wuling_desktop.exchange.reading.find_tables import find_tables
from wuling_desktop.exchange.reading.read_rows import read_rows
from wuling_desktop.exchange.reading.read_workbook import read_workbook
from wuling_desktop.exchange.reading.sheets import SheetRow
from wuling_desktop.exchange.reading.tables import Column, Found, FoundTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

TODAY = dt.date(2026, 11, 24)
NAME = Field(record="person", key="name", label="姓名", kind=kinds.NAME, required=True)
BORN = Field(record="person", key="birth_date", label="出生年月", kind=kinds.DAY)
NUMBER = Field(
    record="person", key="id_number", label="身份证号", kind=kinds.IDENTITY, private=Private.IDENTITY
)
AGE = Field(record="person", key="age", label="年龄", kind=kinds.WHOLE)
SUM = Field(record="visit", key="amount", label="金额", kind=kinds.MONEY)
LED = Field(record="committee", key="led", label="书记", kind=kinds.FLAG)
WHY = Field(record="visit", key="occasion", label="慰问类别", kind=kinds.TEXT, headings=("慰问原因", "原因"))
DATUMS = (NAME, BORN, NUMBER, AGE, SUM, LED)
ROW = ("韦清和", PartialDate(1979, 3), "450199197903120012", 47, Decimal("2000.50"), True)


def table(path: Path, rows: Sequence[Sequence[object]], **others: object) -> Worksheet:
    write_table(
        path, title="人员名单", subtitle="某所　共 1 条", datums=DATUMS, rows=rows, **{"mask": None} | others
    )
    return load_workbook(path).active


def test_values_and_their_formats(tmp_path: Path) -> None:
    sheet = table(tmp_path / "表.xlsx", [ROW, (None,) * 6])
    assert [[cell.value for cell in row] for row in sheet] == [
        ["人员名单", *[None] * 5],
        ["某所　共 1 条", *[None] * 5],
        [datum.label for datum in DATUMS],
        ["韦清和", "1979-03", "450199197903120012", 47, 2000.5, "是"],
        [None] * 6,
    ]
    assert [(cell.data_type, cell.number_format) for cell in sheet[4]] == [
        ("s", "@"), ("s", "@"), ("s", "@"), ("n", "0"), ("n", "0.00"), ("s", "@"),
    ]  # fmt: skip
    assert {cell.border.left.style for row in sheet["A3:F5"] for cell in row} == {"thin"}


def test_the_sheet_is_ready_for_paper(tmp_path: Path) -> None:
    sheet = table(tmp_path / "表.xlsx", [ROW])
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:F1", "A2:F2"}
    widths = {letter: sheet.column_dimensions[letter].width for letter in "ABCDEF"}
    assert widths["C"] >= 18
    assert min(widths.values()) >= 6
    assert max(widths.values()) < 45
    assert b"openpyxl" not in parts(tmp_path / "表.xlsx")["docProps/core.xml"]


def test_private_data_are_masked(tmp_path: Path) -> None:
    sheet = table(tmp_path / "表.xlsx", [ROW], mask=masking.in_file)
    assert [cell.value for cell in sheet[4]][:4] == ["韦清和", "1979-03", "45***************2", 47]
    assert all(b"450199197903120012" not in content for content in parts(tmp_path / "表.xlsx").values())


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1+1", '=HYPERLINK("a")', "\t=1", "<&>", " x "])
def test_a_text_stays_this_text(tmp_path: Path, text: str) -> None:
    cell = table(tmp_path / "表.xlsx", [(text, *ROW[1:])])["A4"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_the_reader_knows_the_table_again(tmp_path: Path) -> None:
    table(tmp_path / "表.xlsx", [ROW, ("陆书翰", None, None, None, None, None)])
    found = find_tables(
        read_workbook(tmp_path / "表.xlsx"), DATUMS, needs=frozenset({"person.name"}), answers={}, columns={}
    )
    assert found.rejected is None
    (only,) = found.tables
    read = [{name: reading.value for name, reading in row.readings.items()} for row in read_rows(only, TODAY)]
    assert read[0] == dict(zip((datum.name for datum in DATUMS), ROW, strict=True))
    assert read[1]["person.name"] == "陆书翰"
    assert len(read) == 2


def test_one_column_and_no_rows(tmp_path: Path) -> None:
    write_table(tmp_path / "表.xlsx", title="名单", subtitle="", datums=(NAME,), rows=[], mask=None)
    assert [cell.value for cell in load_workbook(tmp_path / "表.xlsx").active["A"]] == ["名单", None, "姓名"]


SECOND = dt.datetime.fromisoformat("2026-01-02")
HELD = SheetRow(
    7,
    (
        "=1+1",
        dt.date(1979, 3, 12),
        4.50199197903e17,
        None,
        1980.1,
        True,
        dt.datetime.fromisoformat("2026-01-02"),
    ),
)


def found(*tables: tuple[str, tuple[SheetRow, ...]]) -> Found:
    columns = (Column(0, "姓  名", NAME), Column(1, "出生\n年月", BORN), Column(4, "原因", WHY))
    return Found(tuple(FoundTable(name, (3,), columns, rows) for name, rows in tables))


def test_rows_come_back_as_they_were_with_the_reason(tmp_path: Path) -> None:
    other = SheetRow(8, ("某某",))
    write_rejected(
        tmp_path / "没导的.xlsx", found(("名册", (HELD, other)), ("又一张", ())), {("名册", 7): "没有姓名"}
    )
    book = load_workbook(tmp_path / "没导的.xlsx")
    assert book.sheetnames == ["名册"]
    heads, row = [[cell.value for cell in row] for row in book.active]
    assert heads == ["姓  名", "出生\n年月", None, None, "原因", None, None, REASON]
    assert row == [
        "=1+1", dt.datetime.fromisoformat("1979-03-12"), 4.50199197903e17, None, 1980.1, "是", SECOND, "没有姓名",
    ]  # fmt: skip
    assert (book.active["A2"].data_type, book.active["B2"].number_format) == ("s", "yyyy-mm-dd")


def test_sheets_of_one_name_and_no_rows(tmp_path: Path) -> None:
    held = {("名册", 7): "没有姓名"}
    write_rejected(tmp_path / "a.xlsx", found(("名册", (HELD,)), ("名册", (HELD,))), held)
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["名册", "名册(2)"]
    write_rejected(tmp_path / "b.xlsx", found(("名册", (HELD,))), {})
    assert load_workbook(tmp_path / "b.xlsx").active["A1"].value == REASON


def test_the_reason_is_no_column_to_take_in(tmp_path: Path) -> None:
    row = SheetRow(7, ("韦清和", "1979.03", None, None, "住院"))
    write_rejected(tmp_path / "没导的.xlsx", found(("名册", (row,))), {("名册", 7): "没有身份证号"})
    again = find_tables(
        read_workbook(tmp_path / "没导的.xlsx"), (NAME, BORN, WHY), needs=frozenset({"person.name"}), answers={}, columns={}
    )  # fmt: skip
    (only,) = again.tables
    (read,) = read_rows(only, TODAY)
    assert {name: reading.value for name, reading in read.readings.items()} == {
        "person.name": "韦清和",
        "person.birth_date": PartialDate(1979, 3),
        "visit.occasion": "住院",
    }


def test_what_the_disk_has_against_it(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="找不到“没有的夹”"):
        table(tmp_path / "没有的夹" / "x.xlsx", [ROW])
    with pytest.raises(Problem, match="是一个文件夹"):
        write_rejected(tmp_path, found(), {})
    assert list(tmp_path.iterdir()) == []
