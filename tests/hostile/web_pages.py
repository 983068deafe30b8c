"""Hostile web pages and XML of Excel 2003 that call themselves .xls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile.pen import ASKED, EIGHT, NAMES, ONE, READ, TWO, Hostile, later, raw, refused
from reading_trials import XML_2003

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_ROWS = "<tr><th>姓名<th>性别" + "".join(f"<tr><td>{name}<td>女" for name in NAMES)
_TABLE = f"<table>{_ROWS}</table>"


def _page(body: str, coding: str = "utf-8", head: str = "") -> Callable[[Path], Path]:
    return later(
        lambda: raw("名册.xls", f"<html><head>{head}</head><body>{body}</body></html>".encode(coding))
    )


def _many(start: bytes, each: bytes, times: int) -> Callable[[Path], Path]:
    return later(lambda: raw("名册.xls", start + each * times))


def _people(*below: str) -> Callable[[Path], Path]:
    """A page of heads, one person and more rows."""
    return _page(f"<table><tr><th>姓名<th>性别<tr><td>韦清和<td>女{''.join(below)}</table>")


PAGES = [
    Hostile("sound", _page(_TABLE), READ, people=EIGHT),
    Hostile("in gb18030", _page(_TABLE, "gb18030"), READ, people=EIGHT),
    Hostile(
        "in gb18030 called utf-8", _page(_TABLE, "gb18030", '<meta charset="utf-8">'), READ, people=EIGHT
    ),
    Hostile("in utf-16", _page(_TABLE, "utf-16"), READ, people=EIGHT),
    Hostile(
        "in an encoding nobody knows", _page(_TABLE, head='<meta charset="x-nobody">'), READ, people=EIGHT
    ),
    refused(
        "in no encoding", raw("名册.xls", b"<html><table><td>a<td>" + bytes(range(128, 256)) * 9), "读不出来"
    ),
    refused("without a table", _page("<p>404</p>"), "网页"),
    refused(
        "a web archive", raw("名册.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related"), "网页"
    ),
    refused("tables in tables", _many(b"<html>", b"<table><td>", 5000), "太大"),
    Hostile("boxes in boxes", _page("<div>" * 200_000 + _TABLE), READ, people=EIGHT),
    Hostile(
        "letters in letters",
        _page(f"<table><tr><th>姓名<th>性别<tr><td>{'<b>' * 100_000}韦清和<td>女</table>"),
        READ,
        people=ONE,
    ),
    Hostile("ends of what never began", _page("</table></td></tr>" * 50_000 + _TABLE), READ, people=EIGHT),
    refused("17,000 columns", _many(b"<table>", b"<td colspan=9999>a", 2), "列"),
    refused(
        "columns without end in every row",
        _many(b"<table>", b"<tr><td colspan=16384 rowspan=9>a", 400_000),
        "太大|损坏",
    ),
    refused("20,101 rows", _many(b"<table>", b"<tr><td>a<td>b", 20_101), "20101 行"),
    refused("a million rows", _many(b"<table>", b"<tr><td>a<td>b", 1_000_000), "太大"),
    refused("heaped cells", _many(b"<table>", b"<tr><td rowspan=0>a<td>b", 2000), "列|重叠"),
    refused("20 MB of the beginning of a tag", _many(b"<table>", b"<", 19 * 2**20), "网页|太大|损坏"),
    refused("20 MB of an attribute", _many(b'<table x="', b"a", 19 * 2**20), "网页|太大|损坏"),
    refused("20 MB of a remark", _many(b"<table><!--", b"-", 19 * 2**20), "网页|太大|损坏"),
    refused("20 MB of references", _many(b"<table><td>", b"&", 19 * 2**20), "网页|太大|损坏"),
    refused("20 MB of numbered characters", _many(b"<table><td>a<td>", b"&#0;", 4 * 2**20), "太大|损坏|网页"),
    Hostile(
        "20 MB of styles",
        later(lambda: raw("名册.xls", f"<html><style>{'a{' * 4_000_000}</style>{_TABLE}".encode())),
        "",
        people=EIGHT,
    ),
    Hostile(
        "20 MB of columns",
        later(lambda: raw("名册.xls", (f"<table>{'<col span=9999 hidden>' * 400_000}{_ROWS}").encode())),
        "",
        people=EIGHT,
    ),
    Hostile(
        "spans of nonsense",
        _people('<tr><td colspan="-1" rowspan="1e9">农嘉言<td colspan="甲">男'),
        READ,
        people=TWO,
    ),
    Hostile(
        "a script",
        _people("<script>document.write('<tr><td>甲')</script><tr><td>农嘉言<td>男"),
        READ,
        people=TWO,
    ),
    Hostile(
        "pictures and frames of the net",
        _people('<tr><td>农嘉言<img src="http://192.0.2.1/x"><td>男<iframe src="\\\\192.0.2.1\\x">'),
        READ,
        people=TWO,
    ),
    Hostile(
        "a table that never ends",
        raw("名册.xls", _TABLE.removesuffix("</table>").encode()),
        READ,
        people=EIGHT,
    ),
    Hostile("hidden rows", _people('<tr style="display:none"><td>农嘉言<td>男'), ASKED, "隐藏", TWO),
    Hostile("a struck name", _people("<tr><td><s>农嘉言</s><td>男"), "", people=TWO),
    Hostile("references to nothing", _people("<tr><td>农嘉言&nbsp;&bogus;<td>男"), "", people=ONE),
    Hostile("half a pair by its number", _people("<tr><td>农&#xD800;嘉言<td>男"), "", people=ONE),
    Hostile("a tag cut off", raw("名册.xls", f"<html>{_TABLE}<tab".encode()), READ, "断了", EIGHT),
]


def _book(inside: str) -> Callable[[Path], Path]:
    return later(lambda: raw("名册.xls", f'<?xml version="1.0"?>{XML_2003}{inside}</Workbook>'.encode()))


def _row(*texts: str, more: str = "") -> str:
    cells = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in texts)
    return f"<Row {more}>{cells}</Row>"


def _sheet(*below: str) -> Callable[[Path], Path]:
    rows = _row("姓名", "性别") + _row("韦清和", "女") + "".join(below)
    return _book(f'<Worksheet ss:Name="名册"><Table>{rows}</Table></Worksheet>')


def _cell(attributes: str, data: str) -> str:
    return f'<Row><Cell {attributes}><Data ss:Type="String">农嘉言</Data></Cell><Cell>{data}</Cell></Row>'


_LIST = _row("姓名", "性别") + _row("韦清和", "女", more='ss:StyleID="a"')
_NAMED = '<Worksheet ss:Name="名册"><Table>{}</Table></Worksheet>'
_RING = '<Styles><Style ss:ID="a" ss:Parent="b"/><Style ss:ID="b" ss:Parent="a"/></Styles>'
_COLUMNS = '<Column ss:Span="16383" ss:Hidden="1"/>' * 3000
BOOKS = [
    Hostile("sound", _sheet(), READ, people=ONE),
    refused("with nothing in it", _book(""), "什么也没有"),
    refused(
        "with a document type",
        later(lambda: raw("名册.xls", f'<!DOCTYPE w [<!ENTITY e "x">]>{XML_2003}</Workbook>'.encode())),
        "声明",
    ),
    refused(
        "broken off", later(lambda: raw("名册.xls", f"{XML_2003}<Worksheet><Table><Row>".encode())), "损坏"
    ),
    refused("deeply nested", _book("<a>" * 50_000 + "</a>" * 50_000), "损坏"),
    Hostile(
        "a row far down",
        _sheet(_row("农嘉言", "男", more='ss:Index="1048576"')),
        READ,
        people={**ONE, "农嘉言": 1_048_576},
    ),
    refused("a row beyond all", _sheet(_row("农嘉言", more='ss:Index="1048577"')), "损坏"),
    refused("a row above the one before", _sheet(_row("农嘉言", more='ss:Index="2"')), "损坏"),
    refused("a row in words", _sheet(_row("农嘉言", more='ss:Index="甲"')), "损坏"),
    refused(
        "a row that spans four billion",
        _sheet(_row("农嘉言", more='ss:Span="4294967295"'), _row("莫知远")),
        "损坏",
    ),
    refused("a cell beyond all", _sheet(_cell('ss:Index="16385"', "")), "损坏"),
    Hostile(
        "a cell in the last column",
        _sheet(
            '<Row><Cell ss:Index="1"><Data>农嘉言</Data></Cell><Cell ss:Index="16384"><Data>甲</Data></Cell></Row>'
        ),
        READ,
        people=TWO,
    ),
    refused("a merge beyond all", _sheet(_cell('ss:MergeAcross="99999"', "")), "损坏"),
    refused("a merge in words", _sheet(_cell('ss:MergeDown="甲"', "")), "损坏"),
    refused("a number of nonsense", _sheet(_cell("", '<Data ss:Type="Number">甲</Data>')), "损坏"),
    refused("no number", _sheet(_cell("", '<Data ss:Type="Number">NaN</Data>')), "损坏"),
    refused(
        "a day that cannot be",
        _sheet(_cell("", '<Data ss:Type="DateTime">1980-02-30T00:00:00.000</Data>')),
        "损坏",
    ),
    Hostile("a kind nobody knows", _sheet(_cell("", '<Data ss:Type="甲">男</Data>')), READ, people=TWO),
    Hostile(
        "styles that stand on each other",
        _book(f"{_RING}{_NAMED.format(_LIST)}"),
        READ,
        people=ONE,
    ),
    Hostile(
        "columns without end",
        _book(f'<Worksheet ss:Name="名册"><Table>{_COLUMNS}{_LIST}</Table></Worksheet>'),
        "",
        people=ONE,
    ),
    refused("20,101 rows", _sheet(_row("农嘉言", "男") * 20_100), "太大"),
    refused("a cell of 40,000 characters", _sheet(_row("农" * 40_000)), "太大"),
    Hostile(
        "a formula without a result",
        _sheet('<Row><Cell ss:Formula="=R1C1"/><Cell><Data>男</Data></Cell></Row>'),
        "partly",
        "公式",
        ONE,
    ),
    Hostile(
        "links and queries",
        _book(
            f"<x:QueryTable><x:URLString>http://192.0.2.1/</x:URLString></x:QueryTable>{_NAMED.format(_LIST)}"
        ),
        READ,
        people=ONE,
    ),
]
