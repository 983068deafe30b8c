"""Forms filled and written: reopened they hold the values, and what was not asked for is the blank's, byte for byte."""

from __future__ import annotations

import errno
import os
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from form_trials import RELATIONS, THIN, TYPES, card, frame, parts, people, relate, roster, saved
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles import Border, Font
from openpyxl.worksheet.table import Table
from reading_trials import PERSON, pack, parts_of

from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.forms import cell_text, fill_form
from wuling_desktop.exchange.forms.tab_names import LONGEST, tab_name
from wuling_desktop.exchange.places import Area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.exchange.forms.fill_form import FilledWorkbook

HEADING = {"unit.name": "某所", "as_of": PartialDate(2026, 11, 24)}
LIST = "xl/worksheets/sheet1.xml"


def filled(book: Workbook, folder: Path, records: Sequence[dict[str, Any]]) -> FilledWorkbook:
    return fill_form.fill(fill_form.load_form(saved(book, folder / "空表.xlsx")), HEADING, records)


def written(book: Workbook, folder: Path, records: Sequence[dict[str, Any]]) -> Workbook:
    fill_form.write(filled(book, folder, records), folder / "填好.xlsx")
    return load_workbook(folder / "填好.xlsx", rich_text=True)


def sums(folder: Path) -> Workbook:
    """Return the values beside the formulas, as a program that does not compute shows them."""
    return load_workbook(folder / "填好.xlsx", data_only=True)


def test_values_keep_what_they_are(tmp_path: Path) -> None:
    record = people(1, **{"person.birth_date": PartialDate(1979, 3), "visit.amount": Decimal("600.00")})
    sheet = written(roster(), tmp_path, record)["花名册"]
    assert [(cell.value, cell.data_type) for cell in sheet[4]] == [
        (1, "n"),
        ("某某1", "s"),
        ("450199197903120001", "s"),
        ("1979.03", "s"),
        (600, "n"),
        ("=E4+1", "f"),
    ]
    assert sheet["A1"].value == "某所花名册"
    assert sheet["A7"].value == "共 1 人"
    assert sheet["C4"].number_format == "@"


def test_several_looks_of_a_text_are_kept(tmp_path: Path) -> None:
    value = written(roster(), tmp_path, [])["花名册"]["A2"].value
    assert isinstance(value, CellRichText)
    assert str(value) == "截止2026年11月24日"
    assert (value[1].text, value[1].font.b, value[1].font.rFont) == ("2026年11月24日", True, "黑体")


def test_what_does_not_hold_is_struck_out_in_the_workbook(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "{person.name}（{person.sex?男/女}）"
    book.active["A1"].font = Font("仿宋_GB2312", 14)
    (sheet,) = written(book, tmp_path, people(1, **{"person.sex": "女"}))
    value = sheet["A1"].value
    assert str(value) == "某某1（男/女）"
    struck = [each for each in value if not isinstance(each, str) and each.font.strike]
    assert [(each.text, each.font.rFont, each.font.sz) for each in struck] == [("男", "仿宋_GB2312", 14)]


def test_rows_are_put_in_above_the_foot(tmp_path: Path) -> None:
    sheet = written(roster(), tmp_path, people(8))["花名册"]
    assert [sheet.cell(row, 1).value for row in range(4, 14)] == [*range(1, 9), "共 8 人", "填表人："]
    assert [sheet.row_dimensions[row].height for row in (4, 5, 6, 10, 11)] == [34, 35, 35, 35, 36]
    assert [sheet.cell(row, 2).border.bottom.style for row in (4, 10, 11)] == ["thin", "thin", "thick"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:F1", "A13:F13"}
    assert {(str(each.sqref), each.formula1) for each in sheet.data_validations.dataValidation} == {
        ("B4:B11", '"男,女"'),
        ("A13", "$E$12>0"),
    }
    ((area, (rule,)),) = [(str(each.sqref), each.rules) for each in sheet.conditional_formatting]
    assert (area, rule.formula) == ("E4:E11", ["E4>$E$12/2"])
    assert (sheet.print_area, sheet.print_title_rows) == ("'花名册'!$A$1:$F$14", "$1:$3")
    assert [each.id for each in sheet.row_breaks.brk] == [11, 13]
    assert sheet["A14"].hyperlink.target == "https://example.org/"
    assert sheet["A13"].comment.text == "手写签名"
    anchor = etree.fromstring(parts(tmp_path / "填好.xlsx")["xl/drawings/drawing1.xml"])
    assert [row.text for row in anchor.iter("{*}row")] == ["13", "14"]


def test_newer_rules_notes_and_tables_move_too(tmp_path: Path) -> None:
    """What office programs write and openpyxl does not: rules in the extensions of a sheet; and a table of data."""
    book = roster()
    table = Table(displayName="名册", ref="A3:F6")
    book["花名册"].add_table(table)
    content = parts(saved(book, tmp_path / "空表.xlsx"))
    rule = (
        '<extLst><ext xmlns:x14="urn:x14" xmlns:xm="urn:xm" uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}">'
        '<x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1><xm:f>说明!$A$1:$A$9</xm:f>'
        "</x14:formula1><x14:formula2><xm:f>$A$8</xm:f></x14:formula2><xm:sqref>D4:D6 D9</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    content[LIST] = content[LIST].replace(b"</worksheet>", rule.encode())
    with zipfile.ZipFile(tmp_path / "空表.xlsx", "w") as package:
        for name, bytes_ in content.items():
            package.writestr(name, bytes_)
    form = fill_form.load_form(tmp_path / "空表.xlsx")
    fill_form.write(fill_form.fill(form, HEADING, people(8)), tmp_path / "填好.xlsx")
    after = parts(tmp_path / "填好.xlsx")
    (rule_,) = etree.fromstring(after[LIST]).iter("{urn:x14}dataValidation")
    assert "".join(rule_.itertext()) == "说明!$A$1:$A$9$A$13D4:D11 D14"
    assert rule_.get("sqref") is None
    assert b'ref="A3:F11"' in after["xl/tables/table1.xml"]
    (notes,) = [bytes_ for name, bytes_ in after.items() if name.endswith(".vml")]
    assert b"Row>12<" in notes


def test_formulas_move_and_are_computed(tmp_path: Path) -> None:
    records = [each | {"visit.amount": Decimal("0.10")} for each in people(5)]
    book = written(roster(), tmp_path, records)
    sheet = book["花名册"]
    assert [sheet[place].value for place in ("F8", "E9", "F9", "D9")] == [
        "=E8+1",
        "=SUM(E4:E8)",
        "=SUM(F4:F8)",
        "=TODAY()",
    ]
    assert book["说明"]["A2"].value == "=花名册!E9"
    assert book.defined_names["总额"].attr_text == "花名册!$E$9"
    assert book.calculation.fullCalcOnLoad
    values = sums(tmp_path)
    assert [values["花名册"][place].value for place in ("F8", "E9", "F9", "D9")] == [1.1, 0.5, 5.5, None]
    assert values["说明"]["A2"].value == 0.5


def test_a_list_with_room_to_spare_keeps_its_empty_rows(tmp_path: Path) -> None:
    for count in (0, 1, 3):
        sheet = written(roster(), tmp_path, people(count))["花名册"]
        names = [sheet.cell(row, 2).value for row in (4, 5, 6)]
        assert names == [f"某某{number + 1}" if number < count else None for number in range(3)]
        assert sheet["A7"].value == f"共 {count} 人"
        assert sheet["B6"].border.bottom.style == "thick"


def test_every_part_not_touched_is_the_blanks_byte_for_byte(tmp_path: Path) -> None:
    written(roster(), tmp_path, people(3))
    before, after = parts(tmp_path / "空表.xlsx"), parts(tmp_path / "填好.xlsx")
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} <= {LIST, "xl/worksheets/sheet2.xml"}
    written(roster(), tmp_path, people(9))
    after = parts(tmp_path / "填好.xlsx")
    for name in ("xl/styles.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml", "xl/media/image1.png"):
        assert before[name] == after[name]


def test_the_same_form_with_the_same_data_is_the_same_file(tmp_path: Path) -> None:
    form = filled(roster(), tmp_path, people(5))
    for name in ("a.xlsx", "b.xlsx"):
        fill_form.write(form, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_list_of_calculation_order_is_dropped(tmp_path: Path) -> None:
    content = parts(saved(roster(), tmp_path / "空表.xlsx"))
    content["xl/calcChain.xml"] = b"<calcChain/>"
    relate(content, "calcChain")
    with zipfile.ZipFile(tmp_path / "空表.xlsx", "w") as package:
        for name, bytes_ in content.items():
            package.writestr(name, bytes_)
    form = fill_form.load_form(tmp_path / "空表.xlsx")
    fill_form.write(fill_form.fill(form, HEADING, people(4)), tmp_path / "填好.xlsx")
    after = parts(tmp_path / "填好.xlsx")
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after[RELATIONS] + after[TYPES]


def test_two_rows_a_record(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "姓名", "出生"])
    sheet["A2"], sheet["B2"], sheet["C2"], sheet["B3"] = (
        "{index}", "{person.name}", "{person.birth_date|yyyy}", "{person.id_number}",
    )  # fmt: skip
    frame(sheet, "A2:C5", Border(THIN, THIN, THIN, THIN))
    for row in (2, 4):
        for columns in ("A", "C"):
            sheet.merge_cells(f"{columns}{row}:{columns}{row + 1}")
    sheet["A6"], sheet["B6"] = "合计", "=COUNTA(B2:B5)/2"
    sheet = written(book, tmp_path, people(3, **{"person.birth_date": PartialDate(1979, 3)})).active
    assert [[cell.value for cell in row] for row in sheet["A2:C8"]] == [
        [1, "某某1", "1979"],
        [None, "450199197903120001", None],
        [2, "某某2", "1979"],
        [None, "450199197903120002", None],
        [3, "某某3", "1979"],
        [None, "450199197903120003", None],
        ["合计", "=COUNTA(B2:B7)/2", None],
    ]
    assert {str(area) for area in sheet.merged_cells.ranges} == {
        f"{column}{row}:{column}{row + 1}" for column in "AC" for row in (2, 4, 6)
    }
    assert sums(tmp_path).active["B8"].value == 3


def test_counting_on_from_the_row_above(tmp_path: Path) -> None:
    """A running total of many rows, asked for from its end."""
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "金额", "累计"])
    for column, token in enumerate(("{index}", "{visit.amount}", "=N(C1)+B2"), start=1):
        sheet.cell(2, column, token)
    sheet["C2"] = "=IF(A2=1,0,C1)+B2"
    frame(sheet, "A2:C3")
    form = filled(book, tmp_path, people(3000, **{"visit.amount": Decimal("0.10")}))
    (only,) = form.sheets
    assert only.cells(3001)[3].value == Decimal(300)
    assert only.cells(3001)[3].formula == "IF(A3001=1,0,C3000)+B3001"


def test_a_circle_of_formulas_prints_empty(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["A4"] = "=A2+1", "=A1+1", "=SUM(A1:A2)", "=NOW()"
    sheet["A5"], sheet["A6"] = "=A4+1", '=IF(1>2,A4,"好")'
    (only,) = filled(book, tmp_path, []).sheets
    assert [only.cells(row)[1].value for row in range(1, 7)] == [None, None, None, None, None, "好"]


def test_one_sheet_for_each_person(tmp_path: Path) -> None:
    records = [
        {"person.name": name, "person.age": age}
        for age, name in enumerate(("韦清和", "陆/书翰", "韦清和"), 1)
    ]
    book = written(card(), tmp_path, records)
    assert book.sheetnames == ["说明", "韦清和", "陆 书翰", "韦清和(2)", "核对"]
    assert [book[name]["B2"].value for name in book.sheetnames[1:4]] == ["韦清和", "陆/书翰", "韦清和"]
    assert [book[name]["B3"].value for name in book.sheetnames[1:4]] == [1, 2, 3]
    assert book["韦清和(2)"]["B4"].value == "='韦清和(2)'!B3+1"
    assert [sums(tmp_path)[name]["B4"].value for name in book.sheetnames[1:4]] == [2, 3, 4]
    assert book["核对"]["A1"].value == "=韦清和!B3"
    for name in book.sheetnames[1:4]:
        sheet = book[name]
        assert sheet.print_area == f"'{name}'!$A$1:$B$4"
        assert sheet.print_title_rows == "$1:$1"
        assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:B1"}
        assert sheet["A2"].comment.text == "同身份证"
        assert sheet["B2"].font.name == "仿宋_GB2312"
    assert book["核对"].print_area == "'核对'!$A$1"
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book] == [False, True, False, False, False]
    assert book.active.title == "韦清和"


def test_copied_sheets_share_pictures_and_nothing_else(tmp_path: Path) -> None:
    written(card(), tmp_path, people(3))
    before, after = parts(tmp_path / "空表.xlsx"), parts(tmp_path / "填好.xlsx")
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml",
    }  # fmt: skip
    assert [name for name in after if "/media/" in name] == ["xl/media/image1.png"]
    drawn = [bytes_ for name, bytes_ in after.items() if name.startswith("xl/drawings/_rels/")]
    assert [bytes_.count(b"/xl/media/image1.png") for bytes_ in drawn] == [1, 1, 1]
    assert len([name for name in after if "comment" in name.lower() and name.endswith("xml")]) == 3
    types = etree.fromstring(after["[Content_Types].xml"])
    named = [each.get("PartName", "")[1:] for each in types.iterfind("{*}Override")]
    assert len(named) == len(set(named))
    assert set(named) <= set(after)
    for name in after:
        if name.endswith(".rels"):
            relations = [each.get("Id") for each in etree.fromstring(after[name])]
            assert len(relations) == len(set(relations))


def test_nobody_leaves_the_form_empty(tmp_path: Path) -> None:
    book = written(card(), tmp_path, [])
    assert book.sheetnames == ["说明", "采集表", "核对"]
    assert book["采集表"]["B2"].value is None
    assert book["采集表"]["A2"].value == "姓名"


def test_the_records_own_branch_comes_before_that_of_the_heading(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["{branch.name}花名册"])
    book.active.append(["{index}", "{branch.name}", "{person.name}"])
    form = fill_form.load_form(saved(book, tmp_path / "空表.xlsx"))
    records = [{"branch.name": "第二党支部", "person.name": "某某甲"}, {"branch.name": None}]
    (sheet,) = fill_form.fill(form, {"branch.name": "某党总支"}, records).sheets
    assert [[cell.value for cell in sheet.cells(row).values()] for row in (1, 2, 3)] == [
        ["某党总支花名册"],
        [1, "第二党支部", "某某甲"],
        [2, None, None],
    ]


def test_the_filled_sheet_tells_its_layout(tmp_path: Path) -> None:
    form = filled(roster(), tmp_path, people(8))
    sheet = form.sheets[0]
    assert (form.rows, sheet.name, sheet.last_row, sheet.last_column) == (8, "花名册", 14, 6)
    assert (sheet.print_area, sheet.title_rows) == (Area(1, 1, 14, 6), (1, 3))
    assert list(sheet.breaks) == [11, 13]
    assert set(sheet.merges) == {Area(1, 1, 1, 6), Area(13, 1, 13, 6)}
    assert [sheet.source_row(row) for row in (3, 4, 8, 11, 12)] == [3, 4, 5, 6, 7]
    assert sheet.row_look(8)["ht"] == "35"
    assert form.styles.of(sheet.cells(11)[2].style).bottom.style == "thick"


def test_hidden_sheets_are_kept_and_not_shown(tmp_path: Path) -> None:
    book = roster()
    book["说明"].sheet_state = "hidden"
    assert [sheet.name for sheet in filled(book, tmp_path, people(2)).sheets] == ["花名册"]
    assert written(book, tmp_path, people(2))["说明"].sheet_state == "hidden"


NASTY = (
    "=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("x","y")', "<b>&amp;</b>", "]]>",
    " 两头有空 ", "第一行\n第二行", "a\tb", "_x000A_", "\x07铃", "{person.name}", "'单引号", "𠮷野", "0012", "1E5", "",
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_a_text_stays_this_text(tmp_path: Path, text: str) -> None:
    cell = written(roster(), tmp_path, [{"person.name": text}])["花名册"]["B4"]
    meant = text.replace("\x07", "") or None
    assert (cell.value, cell.data_type) == (meant, "s" if text else "n")


@given(st.text(alphabet=st.characters(exclude_characters="\r", exclude_categories=["Cc", "Cs", "Cn", "Co"])))
def test_any_text_is_read_back_from_the_xml(text: str) -> None:
    assert cell_text.read(etree.fromstring(cell_text.element(text)).text or "") == text


@given(st.lists(st.text(max_size=40), max_size=20))
def test_tabs_have_names_that_programs_take(wanted: list[str]) -> None:
    taken: set[str] = set()
    names = [tab_name(each, taken) for each in wanted]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= LONGEST
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")


def test_what_the_disk_has_against_it(tmp_path: Path) -> None:
    form = filled(roster(), tmp_path, people(2))
    for place, said in ((tmp_path / "没有的夹" / "x.xlsx", "找不到“没有的夹”"), (tmp_path, "是一个文件夹")):
        with pytest.raises(Problem, match=said):
            fill_form.write(form, place)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["空表.xlsx"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form = filled(roster(), tmp_path, people(2))
    target = tmp_path / "花名册.xlsx"
    target.write_bytes(b"old")
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    beside.symlink_to("/dev/full")
    with pytest.raises(Problem, match="磁盘已满"):
        fill_form.write(form, target)
    assert target.read_bytes() == b"old"
    assert (
        not beside.exists(follow_symlinks=False) if sys.version_info >= (3, 12) else not beside.is_symlink()
    )


def test_a_file_held_by_another_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form = filled(roster(), tmp_path, people(2))
    target = tmp_path / "花名册.xlsx"
    target.write_bytes(b"old")

    def held(self: Path, other: Path) -> None:
        raise PermissionError(errno.EACCES, "in use", str(self))

    monkeypatch.setattr(type(target), "replace", held)
    with pytest.raises(Problem, match=r"“花名册.xlsx” 不让写入"):
        fill_form.write(form, target)
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ('<sheetData><row r="1"><c r="A1" s="甲"/></row></sheetData>', "读不出来"),
        ('<sheetData><row r="甲"/></sheetData>', "读不出来"),
        ('<sheetData/><mergeCells><mergeCell ref="甲乙"/></mergeCells>', "读不出来"),
        ("<sheetData><row>", "断了一截"),
        (
            "<sheetData>"
            + PERSON.replace("韦清和", "{index}")
            + "</sheetData>"
            + '<mergeCells><mergeCell ref="A2:A1048576"/></mergeCells>',
            "1048575 行",
        ),
    ],
)
def test_a_blank_that_cannot_be_read_is_a_problem(inside: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=words):
        fill_form.load_form(pack(tmp_path / "表.xlsx", parts_of(inside)))
