"""Hostile blanks of forms: tokens without end, formulas that move, references that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile import containers, xml_parts
from hostile.pen import HEADS, READ, Hostile, inline, later, numbered, part_changed, sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TOKEN = numbered(2, inline("A2", "{index}"), inline("B2", "{person.name}"))


def _blank(below: str = "", after: str = "", **more: str) -> Callable[[Path], Path]:
    """A blank of one repeated row, with more below it and after its rows."""
    return sheet(f"<sheetData>{HEADS}{_TOKEN}{below}</sheetData>{after}", **more)


def _defined(name: str, text: str) -> Callable[[Path], Path]:
    return part_changed(
        "xl/workbook.xml",
        "</sheets>",
        f'</sheets><definedNames><definedName name="{name}" localSheetId="0">{text}</definedName></definedNames>',
        f"<sheetData>{HEADS}{_TOKEN}</sheetData>",
    )


def _cell(content: str, look: str = "") -> Callable[[Path], Path]:
    return _blank(numbered(3, f'<c r="A3"{look}>{content}</c>'))


def _told(name: str, make: Callable[[Path], Path]) -> Hostile:
    """A blank that is filled or refused; what counts is that nothing else happens."""
    return Hostile(name, make, "")


_OWN = [
    Hostile("sound", _blank(), READ),
    _told("a token that does not end", _cell("<is><t>{person.name</t></is>", ' t="inlineStr"')),
    _told(
        "tokens in tokens", _cell(f"<is><t>{'{' * 5000}person.name{'}' * 5000}</t></is>", ' t="inlineStr"')
    ),
    _told(
        "50,000 tokens", later(lambda: _cell(f"<is><t>{'{person.name}' * 50_000}</t></is>", ' t="inlineStr"'))
    ),
    _told("a token of code", _cell("<is><t>{person.__class__.__mro__|%s%n}</t></is>", ' t="inlineStr"')),
    _told("a pattern without end", _cell("<is><t>{as_of|" + "y" * 30_000 + "}</t></is>", ' t="inlineStr"')),
    _told("a formula of nothing", _cell("<f></f>")),
    _told("a deep formula", _cell(f"<f>{'(' * 20_000}1{')' * 20_000}</f>")),
    _told("a formula of itself", _cell("<f>A3+1</f>")),
    _told("a formula of all", _cell("<f>SUM(A1:XFD1048576)</f>")),
    _told("a formula of a program", _cell("<f>cmd|'/C calc'!A0</f>")),
    _told("a formula of the net", _cell('<f>WEBSERVICE("http://192.0.2.1/")</f>')),
    _told("a shared formula without its first", _cell('<f t="shared" si="9"/>')),
    _told("a number of nonsense", _cell("<v>1e999999999</v>")),
    _told("a style in words", _cell("<v>1</v>", ' s="甲"')),
    _told("a style beyond the table", _cell("<v>1</v>", ' s="99999999"')),
    _told("a place of nonsense", _blank('<row r="3"><c r="甲乙"/></row>')),
    _told("a row in words", _blank('<row r="甲"/>')),
    _told("the last row of all", _blank('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    _told("a row beyond all", _blank('<row r="999999999"/>')),
    _told("a merge of nonsense", _blank(after='<mergeCells><mergeCell ref="甲"/></mergeCells>')),
    _told(
        "a merge over everything", _blank(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    ),
    _told("a break in words", _blank(after='<rowBreaks><brk id="甲"/></rowBreaks>')),
    _told("a printed area of nonsense", _defined("_xlnm.Print_Area", "甲!乙")),
    _told("a printed area of everything", _defined("_xlnm.Print_Area", "名册!$A$1:$XFD$1048576")),
    _told("a name without end", _defined("_xlnm.Print_Titles", "名册!$1:$1," * 5000)),
    _told(
        "columns without end",
        sheet(
            f'<cols><col min="1" max="999999999" width="9e99"/></cols><sheetData>{HEADS}{_TOKEN}</sheetData>'
        ),
    ),
    _told(
        "a margin in words",
        _blank(after='<pageMargins left="甲" right="nan" top="1e9" bottom="-1" header="0" footer="0"/>'),
    ),
    _told(
        "styles of nonsense",
        _blank(styles='<fonts><font><sz val="甲"/></font></fonts><cellXfs><xf fontId="甲"/></cellXfs>'),
    ),
]
_SHARED = {
    "container": ("half a zip", "bomb", "lying sizes", "part above the package", "encrypted zip"),
    "xml": ("billion laughs", "deeply nested", "broken off", "bytes that are no utf-8"),
}
FILES = [
    *_OWN,
    *(each for each in containers.FILES if each.name in _SHARED["container"]),
    *(each for each in xml_parts.FILES if each.name in _SHARED["xml"]),
]
