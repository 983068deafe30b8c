"""Values of an .xlsx with what calamine does not tell: precision, hidden, struck out, errors, cells far away."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.styles import Font
from reading_trials import HEADS, PERSON, as_filled, identity, inline, pack, parts_of

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading.read_workbook import read_workbook
from wuling_desktop.exchange.reading.sheet_marks import NO_RESULT
from wuling_desktop.exchange.reading.sheets import STRUCK, Sheet

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(1980, 10, 1)


def only_sheet(path: Path) -> Sheet:
    (sheet,) = read_workbook(path).sheets
    return sheet


def of_xml(folder: Path, *rows: str, after: str = "", **more: Any) -> Sheet:
    xml = f"<sheetData>{''.join(rows)}</sheetData>{after}"
    return only_sheet(pack(folder / "名册.xlsx", parts_of(xml, **more)))


def cells(sheet: Sheet) -> dict[int, tuple[Any, ...]]:
    return {row.number: row.cells for row in sheet.rows}


def shown(folder: Path, value: Any, code: str) -> Any:
    """Return what is read of one value with a number format."""
    book = Workbook()
    cell = book.active["A1"]
    cell.value, cell.number_format = value, code
    book.save(folder / "a.xlsx")
    return only_sheet(folder / "a.xlsx").rows[0].cells[0]


@pytest.mark.parametrize(
    ("value", "code", "read"),
    [
        (DAY, "yyyy-mm-dd", DAY),
        (DAY, "yyyy.mm", "1980-10"),
        (DAY, 'yyyy"年"m"月"', "1980-10"),
        (DAY, '[$-804]yyyy"年"m"月";@', "1980-10"),
        (dt.date(1980, 10, 5), "yyyy.mm", dt.date(1980, 10, 5)),
        (dt.date(1980, 1, 1), "yyyy", "1980"),
        (dt.datetime(1980, 10, 1, 8, 30), "yyyy/m/d h:mm", dt.datetime(1980, 10, 1, 8, 30)),  # noqa: DTZ001 - a sheet's time has no zone
        (29495, "General", 29495),
        (1980.1, "0.00", "1980.10"),
        (1980.1, "0.00_ ", "1980.10"),
        (1980.1, "General", 1980.1),
        (12.5, "0.00", 12.5),
        (7, "000", "007"),
        (450199198503070017, "0", 450199198503070017.0),
        ("4.5E+17", "@", "4.5E+17"),
        (True, "General", True),
        (7.0, "General", 7),
        (10**14 + 0.0, "General", 10**14),
        ("  ", "@", None),
        ("甲\x07乙".replace("\x07", "_x0007_"), "@", "甲乙"),
        ("甲_x000D_\n乙", "@", "甲\r\n乙"),
        ("甲_x005F_x0041_乙", "@", "甲_x0041_乙"),
        ("甲_xD800_乙", "@", "甲_xD800_乙"),
    ],
)
def test_a_cell_is_read_as_it_was_meant(value: Any, code: str, read: Any, tmp_path: Path) -> None:
    if read is None:
        with pytest.raises(Problem, match="什么也没有"):
            shown(tmp_path, value, code)
        return
    result = shown(tmp_path, value, code)
    assert (result, type(result)) == (read, type(read))


def test_a_date_of_the_calendar_of_1904_is_the_same_day(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append([DAY, DAY])
    book.active["A1"].number_format, book.active["B1"].number_format = "yyyy-mm-dd", "yyyy.mm"
    book.save(tmp_path / "a.xlsx")
    assert only_sheet(tmp_path / "a.xlsx").rows[0].cells == (DAY, "1980-10")


def test_hidden_and_struck_rows_and_hidden_sheets_are_marked(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (["姓名", "性别"], ["韦清和", "女"], ["农嘉言", "男"], ["陆书翰", "男"], ["覃望舒", "女"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    sheet["B5"] = CellRichText(TextBlock(InlineFont(strike=True), "女"))
    sheet["B5"].font = Font(strike=True)
    sheet["C5"], sheet["D5"] = "甲", "乙"
    sheet.column_dimensions["B"].hidden = True
    for state in ("hidden", "veryHidden"):
        other = book.create_sheet(state)
        other.append(["甲"])
        other.sheet_state = state
    book.save(tmp_path / "a.xlsx")
    workbook = read_workbook(tmp_path / "a.xlsx")
    rows = workbook.sheets[0].rows
    assert [row.hidden for row in rows] == [False, False, True, False, False]
    assert [row.struck for row in rows] == [False, False, False, True, False]
    assert rows[4].fault(1) == STRUCK
    assert [each.hidden for each in workbook.sheets] == [False, True, True]
    assert any("隐藏的列（B）" in note for note in workbook.notes)


def test_text_struck_out_run_by_run_is_seen(tmp_path: Path) -> None:
    run = "<r><rPr><strike/></rPr><t>{}</t></r>"
    strings = f"<si>{run.format('韦')}{run.format('清和')}</si><si>{run.format('农')}<r><t>嘉言</t></r></si>"
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    sheet = of_xml(tmp_path, row, strings=strings)
    assert [(each.cells[0], each.struck) for each in sheet.rows] == [("韦清和", True), ("农嘉言", False)]


def test_errors_and_formulas_without_result_are_told_not_read(tmp_path: Path) -> None:
    row = (
        '<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B2"><f>SUM(C2)</f></c>'
        '<c r="C2"><f>1+1</f><v>2</v></c><c r="D2" t="str"><f>""</f><v></v></c></row>'
    )
    path = pack(tmp_path / "名册.xlsx", parts_of(f"<sheetData>{HEADS}{row}</sheetData>"))
    workbook = read_workbook(path)
    (_, second) = workbook.sheets[0].rows
    assert second.cells[2] == 2
    assert "#DIV/0!" in second.fault(0)
    assert second.fault(1) == NO_RESULT
    assert second.fault(3) == ""
    assert any("A2、B2" in note for note in workbook.notes)


def test_a_row_of_nothing_but_errors_is_kept(tmp_path: Path) -> None:
    row = '<row r="3"><c r="A3" t="e"><v>#N/A</v></c></row>'
    sheet = of_xml(tmp_path, HEADS, PERSON, row)
    assert [each.number for each in sheet.rows] == [1, 2, 3]
    assert "#N/A" in sheet.rows[2].fault(0)


@pytest.mark.parametrize("said", ["A1:A1", "A1", "A1:XFD1048576", "甲乙", ""])
def test_what_a_sheet_says_of_its_size_is_not_believed(said: str, tmp_path: Path) -> None:
    parts = parts_of(f'<dimension ref="{said}"/><sheetData>{HEADS}{PERSON}</sheetData>')
    try:
        sheet = only_sheet(pack(tmp_path / "名册.xlsx", parts))
    except Problem as problem:
        assert "损坏" in problem.what
        assert said in ("甲乙", "")  # a true WPS file must be read
    else:
        assert cells(sheet)[2] == ("韦清和", "女")


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD1"])
def test_a_stray_cell_at_the_end_of_the_grid_loses_nobody(place: str, tmp_path: Path) -> None:
    number = int(place.lstrip("XFDA"))
    stray = inline(place, "甲")
    rows = [HEADS.replace("</row>", f"{stray}</row>")] if number == 1 else [HEADS]
    rows.append(PERSON)
    if number > 1:
        rows.append(f'<row r="{number}">{stray}</row>')
    sheet = of_xml(tmp_path, *rows)
    found = cells(sheet)
    assert found[2] == ("韦清和", "女")
    assert found[number][-1] == "甲"
    assert len(found[number]) == (1 if place.startswith("A") else 16_384)


def test_formats_dates_and_faults_keep_their_places_when_a_sheet_is_closed_up(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["B2"], sheet["XFD9"], sheet["C500000"], sheet["D500000"] = "韦清和", DAY, 1980.1, DAY
    sheet["XFD9"].number_format, sheet["C500000"].number_format = "yyyy.mm", "0.00"
    sheet["D500000"].font = Font(strike=True)
    sheet["E500000"], sheet["F500000"] = "甲", "乙"
    book.save(tmp_path / "a.xlsx")
    rows = {row.number: row for row in only_sheet(tmp_path / "a.xlsx").rows}
    assert rows[2].cells == (None, "韦清和")
    assert rows[9].cells[16_383] == "1980-10"
    assert rows[500_000].cells == (None, None, "1980.10", DAY, "甲", "乙")
    assert rows[500_000].fault(3) == STRUCK


def test_a_stray_cell_beside_thousands_of_people_loses_nobody(tmp_path: Path) -> None:
    people = "".join(f'<row r="{row}">{inline(f"A{row}", "甲")}</row>' for row in range(3, 5003))
    stray = PERSON.replace("</row>", inline("XFD2", "乙") + "</row>")
    assert len(of_xml(tmp_path, HEADS, stray, people).rows) == 5002


def test_rows_and_cells_out_of_order_or_unnumbered_are_all_read(tmp_path: Path) -> None:
    rows = (
        f'<row r="3">{inline("B3", "男")}{inline("A3", "农嘉言")}</row>',
        f'<row r="1">{inline("A1", "姓名")}</row>',
        f"<row>{inline('A2', '韦清和')}</row>",
    )
    found = cells(of_xml(tmp_path, *rows))
    assert found == {1: ("姓名",), 2: ("韦清和",), 3: ("农嘉言", "男")}


def test_a_row_without_places_is_read_from_the_left(tmp_path: Path) -> None:
    row = '<row><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>性别</t></is></c></row>'
    assert cells(of_xml(tmp_path, row)) == {1: ("姓名", "性别")}


def test_a_cell_written_twice_is_reported(tmp_path: Path) -> None:
    row = f'<row r="2">{inline("A2", "韦清和")}{inline("A2", "农嘉言")}</row>'
    path = pack(tmp_path / "名册.xlsx", parts_of(f"<sheetData>{HEADS}{row}</sheetData>"))
    assert any("重复写了两次" in note for note in read_workbook(path).notes)


def test_sheets_around_a_chart_keep_their_names_and_rows(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "甲"
    book.active.append(["韦清和"])
    book.create_chartsheet("图").add_chart(BarChart())
    book.create_sheet("乙").append(["农嘉言"])
    book.save(tmp_path / "a.xlsx")
    sheets = read_workbook(tmp_path / "a.xlsx").sheets
    assert [(sheet.name, sheet.rows[0].cells) for sheet in sheets] == [
        ("甲", ("韦清和",)),
        ("乙", ("农嘉言",)),
    ]


def test_a_part_spelt_with_other_capitals_is_found(tmp_path: Path) -> None:
    parts = parts_of(f"<sheetData>{PERSON}</sheetData>")
    parts["xl/worksheets/Sheet1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    assert only_sheet(pack(tmp_path / "名册.xlsx", parts)).rows[0].cells == ("韦清和", "女")


def test_merges_are_told_as_rows_and_columns_from_one(tmp_path: Path) -> None:
    path = as_filled(tmp_path / "名册.xlsx", [["标题"], ["姓名", "性别"]], merges=["A1:B1", "C2:D4"])
    assert sorted(only_sheet(path).merges) == [(1, 1, 1, 2), (2, 3, 4, 4)]


def test_identity_numbers_stored_as_text_with_a_quote_prefix_come_whole(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = identity()
    book.active["A1"].quotePrefix = True
    book.active["A2"] = "'" + identity()
    book.save(tmp_path / "a.xlsx")
    assert [row.cells[0] for row in only_sheet(tmp_path / "a.xlsx").rows] == [identity(), "'" + identity()]


def test_formatted_empty_rows_count_as_nothing(tmp_path: Path) -> None:
    blanks = "".join(f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(3, 30_000))
    assert len(of_xml(tmp_path, HEADS, PERSON, blanks).rows) == 2


def test_a_package_in_the_strict_dialect_is_read(tmp_path: Path) -> None:
    parts = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ).replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        for name, content in parts_of(f"<sheetData>{PERSON}</sheetData>").items()
    }
    assert only_sheet(pack(tmp_path / "名册.xlsx", parts)).rows[0].cells == ("韦清和", "女")


def test_a_package_stored_without_packing_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_STORED) as package:
        for name, content in parts_of(f"<sheetData>{PERSON}</sheetData>").items():
            package.writestr(name, content)
    assert only_sheet(tmp_path / "a.xlsx").rows[0].cells == ("韦清和", "女")
