"""Hostile .ods: rows and cells repeated without end, documents that are none, values that are not what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile.pen import ASKED, ONE, READ, SAMPLES, TWO, Hostile, later, raw, refused
from ods_trials import MIMETYPE, cell, pack_ods, parts_of_ods, row, table
from reading_trials import pack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_HEADS = row(cell("姓名"), cell("性别"))
_PERSON = row(cell("韦清和"), cell("女"))
_SECOND = row(cell("农嘉言"), cell("男"))
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;">]>'
_ENCRYPTED = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    b'manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
)


def _sheets(xml: str, styles: str = "", named: str = "") -> Callable[[Path], Path]:
    return lambda folder: pack_ods(folder / "名册.ods", xml, styles, named)


def _rows(*below: str, more: str = "") -> Callable[[Path], Path]:
    return _sheets(table(_HEADS, _PERSON, *below, more=more))


def _parts(changes: Mapping[str, bytes | None]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        parts = {**parts_of_ods(table(_HEADS, _PERSON)), **changes}
        return pack(folder / "名册.ods", {name: each for name, each in parts.items() if each is not None})

    return make


def _content(old: str, new: str) -> Callable[[Path], Path]:
    """A sound .ods with one text in its content exchanged."""
    content = parts_of_ods(table(_HEADS, _PERSON))["content.xml"].decode()
    assert old in content
    return _parts({"content.xml": content.replace(old, new, 1).encode()})


def _repeated(times: object, *, columns: object = "") -> str:
    """A row of one person that stands there so many times."""
    across = f'table:number-columns-repeated="{columns}"' if columns else ""
    return row(cell("农嘉言", across), cell("男"), more=f'table:number-rows-repeated="{times}"')


def _typed(kind: str, value: str, shown: str = "1") -> str:
    return row(
        cell("农嘉言"),
        f'<table:table-cell office:value-type="{kind}" {value}><text:p>{shown}</text:p></table:table-cell>',
    )


_TEXT = '<table:table-cell office:value-type="string">{}</table:table-cell>'
_WITH_BLANKS = '<text:p>农<text:s text:c="{}"/>嘉言</text:p>'
_REMARK = "<office:annotation><text:p>甲</text:p></office:annotation><text:p>农嘉言</text:p>"
_ERROR = '<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>'
_BLANK = '<table:table-cell table:number-columns-repeated="16384"/>'
_REPEATS = [
    Hostile("sound", _rows(), READ, people=ONE),
    Hostile(
        "blank rows up to the last",
        _rows(_SECOND, row(_BLANK, more='table:number-rows-repeated="1048572"')),
        READ,
        people=TWO,
    ),
    refused(
        "blank rows beyond the last", _rows(row(_BLANK, more='table:number-rows-repeated="99999999"')), "损坏"
    ),
    refused("a person a million times", _rows(_repeated(1_000_000)), "太大"),
    refused("a person four billion times", _rows(_repeated(4_294_967_295)), "损坏|太大"),
    refused("a name in 16,384 columns", _rows(_repeated(1, columns=16_384)), "太大|损坏"),
    refused("a name in 300 columns of 20,000 rows", _rows(_repeated(20_000, columns=299)), ""),
    refused("a person no times", _rows(_repeated(0)), "损坏"),
    refused("a person minus one times", _rows(_repeated(-1)), "损坏"),
    refused("a person many words times", _rows(_repeated("甲")), "损坏"),
    refused("many rows of many blank cells", later(lambda: _rows(*[row(_BLANK, _BLANK)] * 20_000)), "损坏"),
    Hostile(
        "columns without end",
        _sheets(table('<table:table-column table:number-columns-repeated="999999999"/>', _HEADS, _PERSON)),
        READ,
        people=ONE,
    ),
    Hostile(
        "a merge without end",
        _rows(
            row(
                cell("农嘉言", 'table:number-columns-spanned="99999999" table:number-rows-spanned="99999999"')
            )
        ),
        "",
        people=TWO,
    ),
    refused("20,101 rows", later(lambda: _rows(*[_SECOND] * 20_100)), "太大"),
    Hostile(
        "a sheet in a sheet",
        _rows(row(f"<table:table-cell>{table(_HEADS, _SECOND)}</table:table-cell>")),
        READ,
        people=ONE,
    ),
    Hostile(
        "300 sheets",
        later(
            lambda: _sheets(
                "".join(table(_HEADS, name=f"表{number}") for number in range(299)) + table(_HEADS, _PERSON)
            )
        ),
        READ,
        people=ONE,
    ),
]
_XML = [
    refused("entities", _content("<office:document-content", f"{_LAUGHS}<office:document-content"), "损坏"),
    refused("a document type in the settings", _parts({"settings.xml": b"<!DOCTYPE x><x/>"}), "损坏"),
    refused(
        "deeply nested",
        later(lambda: _content("<text:p>韦", "<text:p>" + "<text:span>" * 50_000 + "韦")),
        "损坏",
    ),
    refused("broken off", _content("</office:spreadsheet>", ""), "损坏"),
    refused("no content", _parts({"content.xml": None}), "损坏|压缩包"),
    refused("content of nothing", _parts({"content.xml": b""}), "损坏"),
    refused("bytes that are no utf-8", _parts({"content.xml": b"<a>\xff\xfe</a>"}), "损坏"),
    refused("a text document", _parts({"mimetype": MIMETYPE.replace(b"spreadsheet", b"text")}), "文字文档"),
    refused("a kind of nonsense", _parts({"mimetype": bytes(range(256)) * 40}), "压缩包"),
    Hostile("without a kind", _parts({"mimetype": None}), "", people=ONE),
    refused("with a password", _parts({"META-INF/manifest.xml": _ENCRYPTED}), "密码"),
    refused("a manifest of nonsense", _parts({"META-INF/manifest.xml": b"<x"}), "损坏"),
    refused(
        "another name space",
        _content("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "u:x"),
        "什么也没有|损坏",
    ),
    Hostile(
        "macros and links",
        _parts({"Basic/Standard/x.xml": b"<x/>", "Scripts/x.py": b"import os"}),
        READ,
        "宏",
        ONE,
    ),
    Hostile(
        "as xlsx",
        later(lambda: raw("名册.xlsx", (SAMPLES / "roster.ods").read_bytes())),
        "",
        people={"韦清和": 3},
    ),
]
_VALUES = [
    refused("a number of nonsense", _rows(_typed("float", 'office:value="甲"')), "损坏"),
    refused("no number", _rows(_typed("float", 'office:value="NaN"')), "损坏"),
    refused("an endless number", _rows(_typed("float", 'office:value="1e999"')), "损坏"),
    Hostile(
        "a day that cannot be",
        _rows(_typed("date", 'office:date-value="1980-02-30"', "1980-02-30")),
        READ,
        people=TWO,
    ),
    Hostile("a kind nobody knows", _rows(_typed("甲", "")), READ, people=TWO),
    Hostile("a kind of void", _rows(_typed("void", "")), READ, people=TWO),
    Hostile("a number as a name", _rows(row(cell(4.5e17), cell("男"))), "", people=ONE),
    Hostile(
        "blanks without end",
        _rows(row(_TEXT.format(_WITH_BLANKS.format(10**9)))),
        "",
        people=ONE,
    ),
    refused(
        "blanks of nonsense",
        _rows(row(_TEXT.format(_WITH_BLANKS.format("甲")))),
        "损坏",
    ),
    refused("a cell of 40,000 characters", _rows(row(cell("农" * 40_000))), "太大"),
    Hostile(
        "a remark hung on a name",
        _rows(row(_TEXT.format(_REMARK))),
        READ,
        people=TWO,
    ),
    Hostile(
        "an error for a name",
        _rows(
            row(
                _ERROR,
                cell("男"),
            )
        ),
        "partly",
        "错误值",
        ONE,
    ),
    Hostile(
        "a hidden row",
        _rows(row(cell("农嘉言"), cell("男"), more='table:visibility="collapse"')),
        ASKED,
        "隐藏",
        TWO,
    ),
    Hostile(
        "a style that stands on itself",
        _sheets(
            table(_HEADS, _PERSON),
            '<style:style style:name="a" style:family="table-cell" style:parent-style-name="a"/>',
        ),
        READ,
        people=ONE,
    ),
]
FILES = [*_REPEATS, *_XML, *_VALUES]
