"""A blank as parsed: title, tokens, rows to repeat and the room they have, set-up, formulas written once for many."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_trials import BOX, card, frame, parts, roster, saved
from openpyxl import Workbook
from openpyxl.styles import Font

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.forms.blank import Blank, read_blank
from wuling_desktop.exchange.forms.fill_form import load_form
from wuling_desktop.exchange.forms.repeated_rows import Repeated
from wuling_desktop.exchange.places import Area

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet


def read(book: Workbook, folder: Path) -> Blank:
    return read_blank(saved(book, folder / "空表.xlsx"))


def plain_list(rows: int = 4) -> tuple[Workbook, Worksheet]:
    """Return a list with framed rows from the second on; the first of them holds the tokens."""
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "姓名", "备注"])
    sheet.append(["{index}", "{person.name}", None])
    frame(sheet, f"A1:C{rows + 1}")
    return book, sheet


def test_a_roster(tmp_path: Path) -> None:
    blank = read(roster(), tmp_path)
    sheet, other = blank.sheets
    assert blank.title == "花名册"
    assert blank.tokens == {
        "unit.name", "as_of", "index", "count", "visit.amount",
        "person.name", "person.id_number", "person.birth_date",
    }  # fmt: skip
    assert sheet.repeated == Repeated(first=4, height=1, room=3)
    assert (sheet.print_area, sheet.title_rows, sheet.breaks) == (Area(1, 1, 9, 6), (1, 3), (6, 8))
    assert sheet.last == (9, 6)
    assert sheet.rows[4].look["ht"] == "34"
    assert sheet.rows[4].cells[6].formula == "E4+1"
    assert (other.repeated, other.asks, other.computes) == (None, False, True)


def test_scopes(tmp_path: Path) -> None:
    form = load_form(saved(card(), tmp_path / "卡.xlsx"))
    assert load_form(saved(roster(), tmp_path / "表.xlsx")).scope == "list"
    assert (form.title, form.scope, form.tokens) == ("卡", "person", {"person.name", "person.age"})


def room(book: Workbook, folder: Path) -> int:
    (sheet,) = read(book, folder).sheets
    assert sheet.repeated is not None
    return sheet.repeated.room


def test_the_list_ends_where_words_begin(tmp_path: Path) -> None:
    book, sheet = plain_list()
    sheet["B4"] = "以下空白"
    assert room(book, tmp_path) == 2


def test_the_list_ends_where_the_frame_ends(tmp_path: Path) -> None:
    book, sheet = plain_list()
    sheet["A7"] = "填表人："
    assert room(book, tmp_path) == 4


def test_the_list_ends_at_a_row_merged_otherwise(tmp_path: Path) -> None:
    book, sheet = plain_list()
    sheet.merge_cells("A5:C5")
    assert room(book, tmp_path) == 3


def test_numbers_printed_beforehand_and_formulas_are_no_words(tmp_path: Path) -> None:
    book, sheet = plain_list()
    sheet["C2"] = "=A2*2"
    for row in (3, 4, 5):
        sheet.cell(row, 1, row - 1)
        sheet.cell(row, 3, f"=A{row}*2")
    assert room(book, tmp_path) == 4
    sheet["A4"] = 7
    assert room(book, tmp_path) == 2


def test_without_frames_only_rows_of_the_same_look_belong_to_the_list(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (2, 3):
        for column in (1, 2):
            sheet.cell(row, column).font = Font("仿宋_GB2312", 12)
    sheet["A2"] = "{index}"
    sheet["A5"] = "填表人："
    assert room(book, tmp_path) == 2


def test_two_rows_a_record(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["A2"], sheet["B2"], sheet["B3"] = "{index}", "{person.name}", "{person.phone}"
    frame(sheet, "A2:B7")
    for row in (2, 4, 6):
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=1, end_column=1)
    (found,) = read(book, tmp_path).sheets
    assert found.repeated == Repeated(first=2, height=2, room=3)


def test_what_other_programs_write_otherwise(tmp_path: Path) -> None:
    """Texts in the cell itself, rows and cells without their numbers, a prefix, shared formulas, coded signs."""
    book, _ = plain_list(1)
    book.save(tmp_path / "a.xlsx")
    content = parts(tmp_path / "a.xlsx")
    name = "xl/worksheets/sheet1.xml"
    data = (
        '<x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>{index}</x:t></x:is></x:c>'
        "<x:c><x:v>0.30000000000000004</x:v></x:c></x:row>"
        '<x:row><x:c><x:f t="shared" ref="A2:B3" si="0">A1+$B$1</x:f><x:v>1</x:v></x:c>'
        '<x:c><x:f t="shared" si="0"/></x:c></x:row>'
        '<x:row><x:c><x:f t="shared" si="0"/></x:c>'
        '<x:c t="str"><x:v>第_x000A_一</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c></x:row></x:sheetData>'
    )
    sheet = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", content[name]).replace(b"xmlns=", b"xmlns:x=")
    content[name] = re.sub(rb"<x:sheetData>.*</x:sheetData>", data.encode(), sheet, flags=re.DOTALL)
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as package:
        for each, bytes_ in content.items():
            package.writestr(each, bytes_)
    (found,) = read_blank(tmp_path / "b.xlsx").sheets
    assert found.repeated == Repeated(first=1, height=1, room=1)
    assert found.rows[1].cells[2].number == Decimal("0.30000000000000004")
    assert [found.rows[row].cells[column].formula for row, column in ((2, 1), (2, 2), (3, 1))] == [
        "A1+$B$1",
        "B1+$B$1",
        "A2+$B$1",
    ]
    texts = [found.rows[3].cells[column].text for column in (2, 3)]
    assert [text and text.plain() for text in texts] == ["第\n一", "TRUE"]


def test_a_framed_cell_reaches_further_than_a_coloured_word(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "表"
    book.active["D6"].border = BOX
    book.active["F9"].font = Font(bold=True)
    assert read(book, tmp_path).sheets[0].last == (6, 4)


def test_what_is_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 no")
    with pytest.raises(Problem, match="已损坏"):
        read_blank(tmp_path / "x.xlsx")
