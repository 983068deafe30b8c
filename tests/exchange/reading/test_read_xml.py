"""The XML of Excel 2003: values, places, formats, what is hidden and struck out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from reading_trials import XML_2003

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading.read_workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.exchange.reading.sheets import Workbook

STYLES = (
    '<Styles><Style ss:ID="Default"/><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style>'
    '<Style ss:ID="s2" ss:Parent="s1"><NumberFormat ss:Format="yyyy.mm"/></Style>'
    '<Style ss:ID="s3"><NumberFormat ss:Format="0.00"/></Style><Style ss:ID="s4" ss:Parent="s4"/></Styles>'
)


def cell(value: str, kind: str = "String", more: str = "") -> str:
    return f'<Cell {more}><Data ss:Type="{kind}">{value}</Data></Cell>'


def read(
    folder: Path, inside: str, *, options: str = "", coding: str = "utf-8", declared: str = ""
) -> Workbook:
    text = (
        f'{XML_2003}{STYLES}<Worksheet ss:Name="名册"><Table>{inside}</Table>{options}</Worksheet></Workbook>'
    )
    (folder / "名册.xls").write_bytes((declared + text).encode(coding))
    return read_workbook(folder / "名册.xls")


def test_values_stand_where_the_file_says(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        '<Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>'
        f"<Row>{cell('花名册', more=chr(32) + 'ss:MergeAcross=' + chr(34) + '2' + chr(34))}{cell('右')}</Row>"
        f'<Row ss:Index="4" ss:Hidden="1">{cell("韦清和")}{cell("7", "Number", "ss:Index=" + chr(34) + "3" + chr(34))}</Row>'
        f'<Row ss:Span="2"/><Row>{cell("底", more="ss:MergeDown=" + chr(34) + "1" + chr(34))}</Row>',
    )
    (sheet,) = workbook.sheets
    assert (workbook.kind, sheet.name, sheet.merges) == ("xml", "名册", ((1, 1, 1, 3), (8, 1, 9, 1)))
    assert [(row.number, row.hidden, row.cells) for row in sheet.rows] == [
        (1, False, ("花名册", None, None, "右")),
        (4, True, ("韦清和", None, 7)),
        (8, False, ("底",)),
    ]
    assert workbook.notes == ("“名册”有隐藏的列（C、D），也一起读了",)


def test_values_of_every_type_and_what_their_formats_tell(tmp_path: Path) -> None:
    row = "".join(
        (
            cell("2005-06-01T00:00:00.000", "DateTime"), cell("2005-06-01T00:00:00.000", "DateTime", 'ss:StyleID="s2"'),
            cell("1980.1", "Number", 'ss:StyleID="s3"'), cell("1", "Boolean", 'ss:StyleID="s4"'),
            cell("#N/A", "Error"), '<Cell ss:Formula="=A1"/>', cell("1980.1", "String", 'ss:StyleID="s3"'),
            cell("<B>农</B>嘉言"), "<Cell/>",
        )
    )  # fmt: skip
    (sheet,) = read(tmp_path, f"<Row>{row}</Row>").sheets
    assert sheet.rows[0].cells == (
        dt.date(2005, 6, 1),
        "2005-06",
        "1980.10",
        True,
        None,
        None,
        "1980.1",
        "农嘉言",
    )
    assert [(column, why[:7]) for column, why in sheet.rows[0].faults] == [
        (1, "这一格划了删除"), (4, "这一格显示错误"), (5, "这一格是公式，"),
    ]  # fmt: skip


def test_struck_out_by_cell_row_or_column(tmp_path: Path) -> None:
    rows = (
        f"<Row>{cell('甲', more='ss:StyleID=' + chr(34) + 's1' + chr(34))}</Row>",
        f'<Row ss:StyleID="s1">{cell("甲")}</Row>',
        f"<Row>{cell('甲', more='ss:StyleID=' + chr(34) + 's3' + chr(34))}{cell('乙')}{cell('丙')}</Row>",
    )
    (sheet,) = read(tmp_path, '<Column ss:Index="2" ss:StyleID="s1"/>' + "".join(rows)).sheets
    assert [row.struck for row in sheet.rows] == [True, True, False]
    assert [column for column, _ in sheet.rows[2].faults] == [1]


def test_a_hidden_sheet_is_told_and_its_margins_are_looked_at(tmp_path: Path) -> None:
    options = "<x:WorksheetOptions><x:PageSetup>{}</x:PageSetup><x:Visible>SheetVeryHidden</x:Visible></x:WorksheetOptions>"
    workbook = read(tmp_path, f"<Row>{cell('甲')}</Row>", options=options.format(""))
    assert workbook.sheets[0].hidden
    with pytest.raises(Problem, match="密级"):
        read(
            tmp_path,
            f"<Row>{cell('甲')}</Row>",
            options=options.format('<x:Header x:Data="&amp;C机密★1年"/>'),
        )


@pytest.mark.parametrize(
    ("coding", "declared"),
    [
        ("utf-8", ""),
        ("gb18030", "gb2312"),
        ("gb18030", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-8-sig", "utf-8"),
    ],
)
def test_its_encoding_is_found(coding: str, declared: str, tmp_path: Path) -> None:
    first = f'<?xml version="1.0" encoding="{declared}"?>\r\n' if declared else ""
    workbook = read(tmp_path, f"<Row>{cell('韦清和的名字')}</Row>", coding=coding, declared=first)
    assert workbook.sheets[0].rows[0].cells == ("韦清和的名字",)


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (f'<Row ss:Index="0">{cell("甲")}</Row>', "损坏"),
        (f'<Row ss:Index="1048577">{cell("甲")}</Row>', "损坏"),
        (f'<Row ss:Index="5">{cell("甲")}</Row><Row ss:Index="5">{cell("乙")}</Row>', "损坏"),
        (f'<Row>{cell("甲")}<Cell ss:Index="1"/></Row>', "损坏"),
        ('<Row><Cell ss:Index="17000"/></Row>', "损坏"),
        ('<Row><Cell ss:MergeAcross="-1"/></Row>', "损坏"),
        (f'<Row>{cell("甲", "Number")}</Row>', "损坏"),
        (f'<Row>{cell("nan", "Number")}</Row>', "损坏"),
        (f'<Row>{cell("2005", "DateTime")}</Row>', "损坏"),
        ('<Column ss:Index="x"/><Row/>', "损坏"),
        (f"<Row>{cell('甲')}</Row>" * 20_101, "太大"),
    ],
)  # fmt: skip
def test_what_lies_is_refused(inside: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=words):
        read(tmp_path, inside)
