"""Hostile XML inside a sound package: document types, depth, endless attributes, broken encodings."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from hostile.pen import (
    HEADS,
    MAIN,
    ONE,
    PERSON,
    PLAIN,
    READ,
    SHEET,
    Hostile,
    inline,
    later,
    numbered,
    part_changed,
    parts_of,
    refused,
    rows,
    sheet,
    with_parts,
)
from reading_trials import pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LEVELS = ["哈", *(f"&l{level};" * 10 for level in range(9))]
_LAUGHS = "".join(f'<!ENTITY l{level} "{text}">' for level, text in enumerate(_LEVELS))
_SQUARE = '<!DOCTYPE w [<!ENTITY a "' + "哈" * 50_000 + '">]>'
_ATTRIBUTES = " ".join(f'a{number}=""' for number in range(100_000))
_SPACES = " ".join(f'xmlns:a{number}="u:{number}"' for number in range(20_000))
_DEEP = "<r>" * 5000 + "<t>甲</t>" + "</r>" * 5000
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_FOREIGN = f'<x:sheetData xmlns:x="u:x"><x:row r="3">{inline("A3", "甲")}</x:row></x:sheetData>'
_INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'


def _document_type(declared: str, inside: str, coding: str = "utf-8") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        parts = parts_of(PLAIN)
        text = parts[SHEET].decode().replace("韦清和", inside)
        parts[SHEET] = f'<?xml version="1.0" encoding="{coding}"?>{declared}{text}'.encode(
            coding, "xmlcharrefreplace"
        )
        return pack(folder / "名册.xlsx", parts)

    return make


def _coded(coding: str, *, said: str = "", mark: bytes = b"") -> Callable[[Path], Path]:
    """The sheet in another encoding, under its own or another's name."""

    def make(folder: Path) -> Path:
        parts = parts_of(PLAIN)
        text = f'<?xml version="1.0" encoding="{said or coding}"?>{parts[SHEET].decode()}'
        parts[SHEET] = mark + text.encode(coding)
        return pack(folder / "名册.xlsx", parts)

    return make


def _renamed(old: str, new: str) -> Callable[[Path], Path]:
    return part_changed(SHEET, old, new)


def _cell(text: str) -> str:
    return numbered(3, f'<c r="A3" t="inlineStr"><is><t>{text}</t></is></c>')


_PEOPLE = {**ONE, "农嘉言": 3}
_DOCUMENT_TYPES = [
    refused("billion laughs", _document_type(f"<!DOCTYPE w [{_LAUGHS}]>", "&l9;"), "损坏"),
    refused("quadratic laughs", later(lambda: _document_type(_SQUARE, "&a;" * 2000)), "损坏"),
    refused(
        "entity from the disk",
        _document_type('<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "&e;"),
        "损坏",
    ),
    refused(
        "entity from the net",
        _document_type('<!DOCTYPE w [<!ENTITY % e SYSTEM "http://192.0.2.1/x">%e;]>', "甲"),
        "损坏",
    ),
    refused("document type in utf-16", _document_type("<!DOCTYPE w>", "甲", "utf-16"), "损坏"),
    refused("document type in utf-7", _document_type("<!DOCTYPE w>", "甲", "utf-7"), "损坏"),
    refused("document type in utf-32", _document_type("<!DOCTYPE w>", "甲", "utf-32"), "损坏"),
    refused("document type in ebcdic", _document_type("<!DOCTYPE w>", "A", "cp037"), "损坏"),
    refused(
        "document type in the relations",
        with_parts({"xl/_rels/workbook.xml.rels": b"<!DOCTYPE x><Relationships/>"}),
        "损坏",
    ),
    refused(
        "document type in a part nobody reads", with_parts({"docProps/app.xml": b"<!DOCTYPE x><x/>"}), "损坏"
    ),
    refused(
        "document type in the strings",
        sheet(PLAIN, strings='<?xml version="1.0"?><!DOCTYPE x><sst/>'),
        "损坏",
    ),
]
_SHAPES = [
    refused("deeply nested", later(lambda: rows("<a>" * 100_000 + "</a>" * 100_000)), "损坏"),
    refused(
        "deep inside a cell",
        rows(f'<row r="3"><c r="A3" t="inlineStr"><is>{_DEEP}</is></c></row>'),
        "损坏",
    ),
    refused("broken off", with_parts({SHEET: b"<worksheet><sheetData><row>"}), "损坏"),
    refused("sheet of nothing", with_parts({SHEET: b""}), "损坏"),
    refused("two roots", _renamed("</worksheet>", "</worksheet><worksheet/>"), "损坏"),
    refused("text after the end", _renamed("</worksheet>", "</worksheet>农嘉言"), "损坏"),
    Hostile(
        "attribute of 9 MB",
        later(lambda: rows('<row r="3" x="' + "甲" * 3_000_000 + '"/>')),
        READ,
        people=ONE,
    ),
    refused("attribute of 12 MB", later(lambda: rows('<row r="3" x="' + "x" * 12_000_000 + '"/>')), "损坏"),
    Hostile(
        "100,000 attributes",
        rows(f'<row r="3" {_ATTRIBUTES}/>'),
        "",
        people=ONE,
    ),
    refused("an attribute twice", rows('<row r="3" r="4"/>'), "损坏"),
    Hostile(
        "20,000 name spaces",
        rows(f'<row r="3" {_SPACES}/>'),
        "",
        people=ONE,
    ),
    Hostile("a comment of 30 MB", later(lambda: rows("<!--" + "x" * 30_000_000 + "-->")), "", people=ONE),
    Hostile("a comment inside a cell", rows(_cell("农<!-- 甲 -->嘉言")), READ, people=_PEOPLE),
    Hostile("instructions between rows", rows("<?php exit ?>", _cell("农嘉言")), READ, people=_PEOPLE),
    Hostile("a section of characters", rows(_cell("<![CDATA[农嘉言]]>")), READ, people=_PEOPLE),
    Hostile(
        "an inclusion",
        rows(f'<row r="3"><c r="A3" t="inlineStr"><is>{_INCLUDE}</is></c></row>'),
        READ,
        people=ONE,
    ),
    Hostile(
        "a style sheet",
        _renamed("<sheetData>", '<?xml-stylesheet href="x.xsl"?><sheetData>'),
        READ,
        people=ONE,
    ),
]
_CHARACTERS = [
    refused(
        "bytes that are no utf-8",
        with_parts({SHEET: b'<worksheet><sheetData a="\xff\xfe"/></worksheet>'}),
        "损坏",
    ),
    Hostile("utf-16", _coded("utf-16"), "", people=ONE),
    Hostile("utf-8 with a mark", _coded("utf-8", mark=codecs.BOM_UTF8), READ, people=ONE),
    Hostile("gb18030", _coded("gb18030"), "", people=ONE),
    refused("gb18030 called utf-8", _coded("gb18030", said="utf-8"), "损坏"),
    refused("an encoding nobody knows", _coded("utf-8", said="x-甲"), "损坏"),
    refused("a nought by its number", rows(_cell("农&#0;嘉言")), "损坏"),
    refused("half a pair by its number", rows(_cell("农&#xD800;嘉言")), "损坏"),
    refused("an entity without a declaration", rows(_cell("农&nbsp;嘉言")), "损坏"),
    refused("a nought among the text", rows(_cell("农\0嘉言")), "损坏"),
]
_NAME_SPACES = [
    Hostile(
        "prefixes",
        with_parts(
            {
                SHEET: f'<x:worksheet xmlns:x="{MAIN}">{PLAIN}</x:worksheet>'.replace("</", "</x:")
                .replace("</x:x:", "</x:")
                .replace("<sheetData", "<x:sheetData")
                .replace("<row", "<x:row")
                .replace("<c ", "<x:c ")
                .replace("<is>", "<x:is>")
                .replace("<t>", "<x:t>")
                .encode()
            }
        ),
        READ,
        people=ONE,
    ),
    Hostile("strict", _renamed(MAIN, _STRICT), READ, people=ONE),
    Hostile(
        "a name space nobody knows",
        with_parts({SHEET: f'<worksheet xmlns="u:x">{PLAIN}</worksheet>'.encode()}),
        "",
        people=ONE,
    ),
    Hostile("no name space", with_parts({SHEET: f"<worksheet>{PLAIN}</worksheet>".encode()}), "", people=ONE),
    Hostile(
        "rows of another name space",
        sheet(f"<sheetData>{HEADS}{PERSON}</sheetData>{_FOREIGN}"),
        "",
        people=ONE,
    ),
]
FILES = [*_DOCUMENT_TYPES, *_SHAPES, *_CHARACTERS, *_NAME_SPACES]
