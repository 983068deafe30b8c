"""An .ods: read as the same workbook saved as .xls, by a sample of LibreOffice's; what is odd made by hand."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest
from ods_trials import STRUCK as STRUCK_STYLE
from ods_trials import cell, pack_ods, parts_of_ods, row, table
from reading_trials import SAMPLES, in_plain_chinese, pack

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.package import Package
from wuling_desktop.exchange.reading.read_workbook import read_workbook
from wuling_desktop.exchange.reading.sheets import STRUCK, Sheet, Workbook

if TYPE_CHECKING:
    from pathlib import Path

HEADS = row(cell("姓名"), cell("性别"))
EMPTY = "<table:table-cell/>"


def read(folder: Path, sheets: str, styles: str = "", named: str = "") -> Workbook:
    return read_workbook(pack_ods(folder / "名册.ods", sheets, styles, named))


def only(folder: Path, *rows: str, styles: str = "", named: str = "") -> Sheet:
    (sheet,) = read(folder, table(*rows), styles, named).sheets
    return sheet


def test_the_same_workbook_saved_as_xls_reads_the_same(tmp_path: Path) -> None:
    for kind in ("xls", "ods"):
        shutil.copy(SAMPLES / f"roster.{kind}", tmp_path / f"名册.{kind}")
    ods, xls = read_workbook(tmp_path / "名册.ods"), read_workbook(tmp_path / "名册.xls")
    assert (ods.kind, xls.kind) == ("ods", "xls")
    assert ods.notes == xls.notes
    assert ods.sheets == xls.sheets


def test_values_of_every_type(tmp_path: Path) -> None:
    typed = "".join(
        f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"
        for attributes, shown in (
            ('office:value-type="percentage" office:value="0.05"', "5%"),
            ('office:value-type="boolean" office:boolean-value="true"', "是"),
            ('office:value-type="date" office:date-value="2005-06-01T10:11:12"', "2005"),
            ('office:value-type="date" office:date-value="2005-13-01"', "十三月"),
            ('office:value-type="time" office:time-value="PT10H"', "10:00"),
            ("", "没有说类型"),
        )
    )
    sheet = only(tmp_path, row(cell(7), cell(1980.1), cell(dt.date(2005, 6, 1)), cell("甲"), typed))
    assert sheet.rows[0].cells == (
        7, 1980.1, dt.date(2005, 6, 1), "甲", 0.05, True, dt.datetime.fromisoformat("2005-06-01T10:11:12"), "十三月", "10:00",
        "没有说类型",
    )  # fmt: skip


def test_what_a_cell_shows_is_its_text(tmp_path: Path) -> None:
    """Blanks, line breaks and pieces belong to it; a remark or a picture hung on it does not."""
    rich = (
        '<text:p>韦<text:s text:c="2"/>清<text:span>和</text:span></text:p>',
        "<text:p>甲<text:line-break/>乙</text:p><text:p>丙</text:p>",
        "<office:annotation><text:p>批注</text:p></office:annotation><text:p>农嘉言</text:p>",
        "<text:p>陆书翰</text:p><draw:frame><draw:text-box><text:p>框里</text:p></draw:text-box></draw:frame>",
    )
    cells = [f'<table:table-cell office:value-type="string">{each}</table:table-cell>' for each in rich]
    assert only(tmp_path, row(*cells)).rows[0].cells == ("韦  清和", "甲\n乙\n丙", "农嘉言", "陆书翰")


def test_repeated_rows_and_columns_stand_as_often_as_they_say(tmp_path: Path) -> None:
    twice = cell("甲", 'table:number-columns-repeated="2"')
    sheet = only(
        tmp_path,
        HEADS,
        row(EMPTY, more='table:number-rows-repeated="1000"'),
        row(
            '<table:table-cell table:number-columns-repeated="3"/>',
            twice,
            more='table:number-rows-repeated="3" table:visibility="filter"',
        ),
        row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            more='table:number-rows-repeated="1047000"',
        ),
        row(cell("底")),
    )
    assert [(each.number, each.hidden, each.cells[3:]) for each in sheet.rows] == [
        (1, False, ()),
        *((number, True, ("甲", "甲")) for number in (1002, 1003, 1004)),
        (1_048_005, False, ()),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (row(cell("甲"), more='table:number-rows-repeated="1000000"'), "太大"),
        (row(cell("甲", 'table:number-columns-repeated="16000"')), "太大"),
        (row(cell("甲"), more='table:number-rows-repeated="2000000"'), "损坏"),
        (row('<table:table-cell table:number-columns-repeated="99999999999"/>'), "损坏"),
        (row(cell("甲"), more='table:number-rows-repeated="0"'), "损坏"),
        (row(cell("甲"), more='table:number-rows-repeated="x"'), "损坏"),
        (row(cell(float("inf"))), "损坏"),
        (row(cell(7)).replace('office:value="7"', ""), "损坏"),
        (row(cell("甲" * 32_768)), "太大"),
        ("<a>" * 5000 + "</a>" * 5000, "损坏"),
        (row(cell("甲")) * 20_101, "太大"),
    ],
)  # fmt: skip
def test_what_explodes_or_lies_is_refused(rows: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=words) as caught:
        only(tmp_path, HEADS, rows)
    assert in_plain_chinese(caught.value)


@pytest.mark.parametrize("part", ["content.xml", "styles.xml"])
def test_a_document_type_is_refused(part: str, tmp_path: Path) -> None:
    parts = parts_of_ods(table(HEADS), named=" ")
    parts[part] = b'<!DOCTYPE x [<!ENTITY e "x">]>' + parts[part]
    with pytest.raises(Problem, match="声明"):
        read_workbook(pack(tmp_path / "名册.ods", parts))


def test_a_password_is_told(tmp_path: Path) -> None:
    parts = parts_of_ods(table(HEADS))
    parts["META-INF/manifest.xml"] = parts["META-INF/manifest.xml"].replace(
        b"/></manifest:manifest>", b"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    parts["content.xml"] = bytes(range(256))
    with pytest.raises(Problem, match="密码"):
        read_workbook(pack(tmp_path / "名册.ods", parts))


@pytest.mark.parametrize("part", ["META-INF/manifest.xml", "styles.xml", "content.xml"])
def test_a_part_broken_off_is_damage(part: str, tmp_path: Path) -> None:
    parts = parts_of_ods(table(HEADS), named=" ")
    with pytest.raises(Problem, match="断了一截"):
        read_workbook(pack(tmp_path / "名册.ods", parts | {part: parts[part][:-9]}))


def test_texts_and_packages_without_content_are_no_workbooks(tmp_path: Path) -> None:
    text = parts_of_ods("") | {"mimetype": b"application/vnd.oasis.opendocument.text"}
    with pytest.raises(Problem, match="文字文档"):
        read_workbook(pack(tmp_path / "名册.ods", text))
    bare = parts_of_ods("")
    del bare["content.xml"]
    with pytest.raises(Problem, match="损坏"):
        read_workbook(pack(tmp_path / "名册.ods", bare))


def test_a_blank_form_must_be_no_ods(tmp_path: Path) -> None:
    """Forms are filled by splicing parts of an .xlsx."""
    with pytest.raises(Problem, match="ods"):
        Package(pack_ods(tmp_path / "名册.ods", table(HEADS)))


def test_struck_out_is_told_by_cell_row_column_text_and_parent(tmp_path: Path) -> None:
    styles = STRUCK_STYLE.format(name="crossed", family="table-cell") + STRUCK_STYLE.format(
        name="piece", family="text"
    )
    styles += '<style:style style:name="child" style:family="table-cell" style:parent-style-name="named"/>'
    styles += '<style:style style:name="ring" style:family="table-cell" style:parent-style-name="ring"/>'
    styles += (
        STRUCK_STYLE.format(name="plain", family="table-cell")
        .replace("solid", "none")
        .replace('table-cell"', 'table-cell" style:parent-style-name="named"')
    )
    named = f"<office:styles>{STRUCK_STYLE.format(name='named', family='table-cell')}</office:styles>"
    span = '<text:p><text:span text:style-name="piece">丁</text:span>{}</text:p>'
    piece = f'<table:table-cell office:value-type="string">{span}</table:table-cell>'
    sheet = only(
        tmp_path,
        '<table:table-column/><table:table-column table:default-cell-style-name="crossed"/>',
        row(
            cell("甲", 'table:style-name="crossed"'), cell("乙", 'table:style-name="plain"'),
            cell("丙", 'table:style-name="ring"'),
        ),
        row(cell("甲", 'table:style-name="child"'), cell("乙")),
        row(cell("甲"), more='table:default-cell-style-name="crossed"'),
        row(piece.format("")),
        row(piece.format("戊")),
        styles=styles, named=named,
    )  # fmt: skip
    assert [(each.struck, each.faults) for each in sheet.rows] == [
        (False, ((0, STRUCK),)), (True, ()), (True, ()), (True, ()), (False, ()),
    ]  # fmt: skip


def test_number_formats_tell_months_decimals_and_noughts(tmp_path: Path) -> None:
    number = '<number:number-style style:name="N{}"><number:number {}/></number:number-style>'
    styles = (
        '<number:date-style style:name="N1"><number:year/><number:month/></number:date-style>'
        + number.format(2, 'number:decimal-places="2" number:min-integer-digits="1"')
        + number.format(3, 'number:decimal-places="0" number:min-integer-digits="4"')
        + "".join(
            f'<style:style style:name="s{number}" style:family="table-cell" style:data-style-name="N{number}"/>'
            for number in (1, 2, 3)
        )
    )
    cells = (
        cell(value, f'table:style-name="s{number}"')
        for number, value in enumerate((dt.date(2005, 6, 1), 1980.1, 12), 1)
    )
    assert only(tmp_path, row(*cells), styles=styles).rows[0].cells == ("2005-06", "1980.10", "0012")


def test_errors_and_formulas_without_a_result_are_told(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        table(
            row(
                cell("甲"),
                cell("#REF!", 'table:formula="of:=A9"'),
                cell(0, 'table:formula="of:=A9"').replace(">0<", ">Err:502<"),
                '<table:table-cell table:formula="of:=A9"/>',
                cell("#REF!"),
            )
        ),
    )
    faults = dict(workbook.sheets[0].rows[0].faults)
    assert faults.keys() == {1, 2, 3, 4}, "an error saved as text is one, too"
    assert "没有存下结果" in faults[3]
    assert "3 格" in workbook.notes[0]


def test_a_sheet_copied_in_from_another_file_is_left_out(tmp_path: Path) -> None:
    copied = table("<table:table-source/>", HEADS, row(cell("莫知远"), cell("男")), name="file:///旧.ods")
    workbook = read(tmp_path, copied + table(HEADS, row(cell("韦清和"), cell("女"))))
    assert [sheet.name for sheet in workbook.sheets] == ["名册"]
    assert workbook.notes == ()


def test_where_the_other_reader_reads_something_else_it_is_told(tmp_path: Path) -> None:
    framed = '<table:table-cell office:value-type="string"><draw:frame><text:p>框里</text:p></draw:frame></table:table-cell>'
    workbook = read(tmp_path, table(HEADS, row(cell("韦清和"), framed)))
    assert workbook.notes == ("“名册”第 2 行起，两种读法读出的格数不一样，请核对",)


@pytest.mark.parametrize("margin", ["header", "footer"])
def test_a_mark_of_secrecy_in_the_margin_is_seen(margin: str, tmp_path: Path) -> None:
    named = f"<office:master-styles><style:{margin}><text:p>机密★1年</text:p></style:{margin}></office:master-styles>"
    with pytest.raises(Problem, match="密级"):
        read(tmp_path, table(HEADS), named=named)


@pytest.mark.parametrize("seed", range(8))
def test_a_mutant_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(SAMPLES / "roster.ods") as sound:
        parts = {name: sound.read(name) for name in sound.namelist()}
    name = chance.choice(["content.xml", "styles.xml", "META-INF/manifest.xml"])
    part = bytearray(parts[name])
    for _ in range(chance.randint(1, 5)):
        part[chance.randrange(len(part))] = chance.randrange(256)
    try:
        assert read_workbook(pack(tmp_path / "名册.ods", parts | {name: bytes(part)})).sheets
    except Problem as problem:
        assert in_plain_chinese(problem)
