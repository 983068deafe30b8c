"""A web page under the name of .xls: its tables as a spreadsheet program would show them, whatever is wrong with it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from reading_trials import DATA, in_plain_chinese, names

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading.find_tables import find_tables
from wuling_desktop.exchange.reading.read_workbook import read_workbook
from wuling_desktop.exchange.reading.sheets import STRUCK, Sheet, Workbook

if TYPE_CHECKING:
    from pathlib import Path

HEADS = "<tr><th>姓名</th><th>性别</th></tr>"
PERSON = "<tr><td>韦清和</td><td>女</td></tr>"


def page(folder: Path, text: str, coding: str = "utf-8") -> Workbook:
    (folder / "名册.xls").write_bytes(text.encode(coding))
    return read_workbook(folder / "名册.xls")


def only(folder: Path, text: str) -> Sheet:
    (sheet,) = page(folder, text).sheets
    return sheet


def cells(folder: Path, text: str) -> list[tuple[object, ...]]:
    return [row.cells for row in only(folder, text).rows]


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", ""])
@pytest.mark.parametrize("coding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_its_encoding_is_found_though_it_says_another(coding: str, declared: str, tmp_path: Path) -> None:
    meta = f'<meta http-equiv=Content-Type content="text/html; charset={declared}">' if declared else ""
    workbook = page(tmp_path, f"\r\n<html><head>{meta}</head><table>{HEADS}{PERSON}</table></html>", coding)
    assert (workbook.kind, workbook.sheets[0].name) == ("html", "名册")
    assert [row.cells for row in workbook.sheets[0].rows] == [("姓名", "性别"), ("韦清和", "女")]


def test_what_is_left_open_or_closed_twice_is_read(tmp_path: Path) -> None:
    text = "<TABLE><TBODY><TR><TD>姓名<TD>性别</TR></TD></TR><TR><TD>韦清和<TD>女<tr><td><b>农嘉言<td>男</b></span>"
    assert cells(tmp_path, text) == [("姓名", "性别"), ("韦清和", "女"), ("农嘉言", "男")]
    assert cells(tmp_path, "<table><td>姓名<td>性别</table></table></div><p>注") == [
        ("姓名", "性别"),
        ("注",),
    ]


def test_what_a_cell_shows_is_its_text(tmp_path: Path) -> None:
    text = (
        "<table><tr><td>韦&nbsp;清和&amp;&lt;&#22899;</td><td> 甲\n   乙<br>丙<p>丁</p></td><td><!-- 没有 --></td>"
        "<td><script>document.write('<td>假</td>')</script><style>td{}</style>真</td></tr></table>"
    )
    assert cells(tmp_path, text) == [("韦\xa0清和&<女", "甲 乙\n丙\n丁", None, "真")]


def test_cells_over_several_rows_and_columns_keep_their_places(tmp_path: Path) -> None:
    sheet = only(
        tmp_path,
        "<table><tr><td rowspan=2>姓名</td><td colspan=2>学历</td><td rowspan='2'>备注</td></tr>"
        "<tr><td>全日制</td><td>在职</td></tr><tr><td>韦清和</td><td>本科</td><td>无</td><td colspan=x rowspan=99>好</td></tr>"
        "<tr><td>农嘉言</td></tr></table>",
    )
    assert [row.cells for row in sheet.rows] == [
        ("姓名", "学历", None, "备注"),
        (None, "全日制", "在职"),
        ("韦清和", "本科", "无", "好"),
        ("农嘉言",),
    ]
    assert sheet.merges == ((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4), (3, 4, 4, 4))


def test_tables_stand_below_each_other_with_the_lines_between(tmp_path: Path) -> None:
    text = (
        f"<h1>党员花名册</h1>填报单位：第一支部<br>2026年<table>{HEADS}</table><div></div><table>{PERSON}</table>"
        "<p>注：<b>完</b></p>"
    )
    sheet = only(tmp_path, text)
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("党员花名册",)), (2, ("填报单位：第一支部",)), (3, ("2026年",)), (4, ("姓名", "性别")),
        (5, ("韦清和", "女")), (6, ("注：完",)),
    ]  # fmt: skip


def test_a_table_in_a_table_is_read(tmp_path: Path) -> None:
    """As pages do that use one to lay out the other; heads and people may even stand in two of them."""
    text = f"<table><tr><td>花名册<table>{HEADS}</table></td><td>旁边</td></tr><tr><td><table>{PERSON}</table></td></tr></table>"
    workbook = page(tmp_path, text)
    assert [row.cells for row in workbook.sheets[0].rows] == [
        ("花名册", "旁边"),
        ("姓名", "性别"),
        ("韦清和", "女"),
    ]
    found = find_tables(workbook, DATA, needs=frozenset({"person.name"}), answers={}, columns={})
    assert names(found) == ["韦清和"]


@pytest.mark.parametrize(
    "concealed",
    [
        "<tr style='height:0;DISPLAY: none'>{}</tr>",
        "<tr hidden>{}</tr>",
        "<tr class='a gone'>{}</tr>",
        "<tbody style='display:none'><tr>{}</tr></tbody>",
        "<tr class=xl1>{}</tr>",
    ],
)
def test_hidden_rows_are_told(concealed: str, tmp_path: Path) -> None:
    style = "<style><!-- .gone, p {display:none} /* x */ tr.xl1{mso-x:y;display:none} --></style>"
    row = concealed.format("<td>农嘉言</td><td>男</td>")
    sheet = only(tmp_path, f"{style}<table>{HEADS}{row}{PERSON}</table>")
    assert [row.hidden for row in sheet.rows] == [False, True, False]


@pytest.mark.parametrize(
    "struck",
    [
        "<td><s>农嘉言</s></td><td><font><strike>男</strike></font></td>",
        "<td style='text-decoration:underline line-through'>农嘉言</td><td><del>男</del> </td>",
        "<td class=out>农嘉言</td><td><span class=out><span>男</span></span></td>",
    ],
)
def test_struck_out_rows_are_told(struck: str, tmp_path: Path) -> None:
    style = "<style>.out{text-decoration:line-through}</style>"
    sheet = only(tmp_path, f"{style}<table>{HEADS}<tr>{struck}</tr>{PERSON}</table>")
    assert [row.struck for row in sheet.rows] == [False, True, False]


def test_a_cell_struck_out_by_itself_is_not_taken(tmp_path: Path) -> None:
    row = "<tr><td>农嘉言<td>男<td><s>退休</s><td>在<s>职</s></tr>"
    assert only(tmp_path, f"<table>{HEADS}{row}</table>").rows[1].faults == ((2, STRUCK),)


def test_hidden_columns_are_told(tmp_path: Path) -> None:
    text = f"<table><col><col style='display:none' span=2>{HEADS}{PERSON}</table>"
    assert page(tmp_path, text).notes == ("“名册”有隐藏的列（B），也一起读了",)
    cell = "<table><tr><td>姓名<td style='display:none'>编号</tr><tr><td>韦清和<td style='display:none'>7</tr></table>"
    assert page(tmp_path, cell).notes == ("“名册”有隐藏的列（B），也一起读了",)


def test_a_year_with_a_tenth_may_be_spoilt_unless_it_is_kept_as_text(tmp_path: Path) -> None:
    style = '<style>.xl65{mso-number-format:"\\@";}</style>'
    row = "<tr><td>1980.1<td class=xl65>1980.1<td style='mso-number-format:\"\\@\"'>1980.1<td>450199198003010120</tr>"
    assert cells(tmp_path, f"{style}<table>{row}</table>") == [
        (1980.1, "1980.1", "1980.1", "450199198003010120")
    ]


def test_a_page_without_a_list_is_said_to_be_one(tmp_path: Path) -> None:
    workbook = page(tmp_path, "<table><tr><td>登录<td>密码</tr></table>")
    found = find_tables(workbook, DATA, needs=frozenset({"person.name"}), answers={}, columns={})
    assert found.rejected is not None
    assert "网页" in found.rejected.what
    assert in_plain_chinese(found.rejected)


@pytest.mark.parametrize("rest", ["<tab", "</table", "<td class='x"])
def test_a_page_cut_off_within_a_tag_is_told_to_be_so(rest: str, tmp_path: Path) -> None:
    workbook = page(tmp_path, f"<table>{HEADS}{PERSON}{rest}")
    assert [row.number for row in workbook.sheets[0].rows] == [1, 2]
    assert any("断了" in note for note in workbook.notes)
    assert page(tmp_path, f"<table>{HEADS}{PERSON}<tr><td>3 < 5").notes == ()


def test_a_mark_of_secrecy_above_the_table_is_seen(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="密级"):
        page(tmp_path, f"<p>机密★1年</p><table>{HEADS}{PERSON}</table>")


def test_two_thousand_people_as_excel_writes_them_are_read_in_time(tmp_path: Path) -> None:
    cell = "<td class=xl65 width=72 style='border-top:none;width:54pt'>甲乙丙</td>\r\n  "
    text = f"<html><table>{HEADS}" + f"<tr height=19 style='height:14.25pt'>{cell * 20}</tr>" * 2000
    begun = time.monotonic()
    assert len(only(tmp_path, text).rows) == 2001
    assert time.monotonic() - begun < 10
