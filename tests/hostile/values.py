"""Hostile values: numbers that lost their digits, days that cannot be, errors, marks that cannot be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hostile.pen import (
    ASKED,
    ONE,
    PARTLY,
    READ,
    TWO,
    Hostile,
    identity,
    inline,
    later,
    listed,
    numbered,
    refused,
    rows,
    sheet,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_ID, _BORN = "person.id_number", "person.birth_date"


def _number(value: Any) -> Callable[[Path], Path]:
    return listed(["姓名", "身份证号"], ["韦清和", value])


def _born(value: Any) -> Callable[[Path], Path]:
    return listed(["姓名", "出生日期"], ["韦清和", value])


def _born_xml(cell: str, styles: str = "", before: str = "") -> Callable[[Path], Path]:
    """A birth date as a cell of this XML."""
    heads = numbered(1, inline("A1", "姓名"), inline("B1", "出生日期"))
    return sheet(
        f"{before}<sheetData>{heads}{numbered(2, inline('A2', '韦清和'), cell)}</sheetData>", styles=styles
    )


def _named(text: str, name: str | None = None) -> tuple[Callable[[Path], Path], dict[str, int]]:
    """A second person of this name, as XML; and who is meant by it."""
    return rows(numbered(3, inline("A3", text), inline("B3", "男"))), {**ONE, name or text: 3}


def _doubtful(title: str, value: Any, words: str) -> Hostile:
    """An identity number that may be kept, and must then be told of."""
    return Hostile(f"identity number {title}", _number(value), READ, words, ONE)


def _no_number(title: str, value: Any, words: str) -> Hostile:
    """An identity number that must not be stored, and is told of."""
    return Hostile(f"identity number {title}", _number(value), READ, words, ONE, facts={_ID: None})


def _no_birth(title: str, make: Callable[[Path], Path], words: str) -> Hostile:
    return Hostile(title, make, READ, words, ONE, facts={_BORN: None})


_DAY = '<numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>'
_NUMBERS = [
    _no_number("as a float", 450199198003010122.0, "身份证号"),
    _no_number("as a whole number", 450199198003010122, "身份证号"),
    _no_number("as a power of ten", "4.50199E+17", "身份证号"),
    _doubtful("with a wrong last digit", identity()[:-1] + "?", "身份证号"),
    _doubtful("of 17 digits", identity()[:17], "身份证号"),
    _doubtful("of the 30th of February", "45019919800230012X", "身份证号"),
    Hostile(
        "identity number in wide figures",
        _number("".join(chr(ord(digit) + 0xFEE0) for digit in identity())),
        READ,
        people=ONE,
        facts={_ID: identity()},
    ),
    Hostile(
        "identity number with blanks",
        _number(f"'{identity()[:6]} {identity()[6:14]}\u00a0{identity()[14:]}\u200b"),
        READ,
        people=ONE,
        facts={_ID: identity()},
    ),
    Hostile(
        "two people of one identity number",
        listed(["姓名", "身份证号"], ["韦清和", identity()], ["农嘉言", identity()]),
        ASKED,
        "同一个人",
        TWO,
        stored=1,
    ),
]
_DAYS = [
    _no_birth("the 30th of February", _born("1980-02-30"), "出生"),
    _no_birth("the 13th month", _born("1980.13"), "出生"),
    _no_birth("born tomorrow", _born("2099-01-01"), "出生"),
    _no_birth("a day below nought", _born_xml('<c r="B2" s="1"><v>-5</v></c>', _DAY), "出生"),
    _no_birth("a day beyond the calendar", _born_xml('<c r="B2" s="1"><v>99999999</v></c>', _DAY), "出生"),
    _no_birth("a day of 1e300", _born_xml('<c r="B2" s="1"><v>1e300</v></c>', _DAY), "出生"),
    Hostile(
        "a day that is no number", _born_xml('<c r="B2" s="1"><v>NaN</v></c>', _DAY), "", "损坏|出生", ONE
    ),
    Hostile("an endless day", _born_xml('<c r="B2" s="1"><v>INF</v></c>', _DAY), "", "损坏|出生", ONE),
    Hostile("a number of nonsense", _born_xml('<c r="B2"><v>甲</v></c>'), "", "损坏|出生", ONE),
    Hostile(
        "a number of a million digits",
        later(lambda: _born_xml(f'<c r="B2"><v>{"1" * 1_000_000}</v></c>')),
        "",
        people=ONE,
    ),
    Hostile(
        "a day written by iso",
        _born_xml('<c r="B2" t="d"><v>1980-03-01T00:00:00</v></c>'),
        READ,
        people=ONE,
        facts={_BORN: "1980-03-01"},
    ),
    Hostile(
        "a day of iso that cannot be",
        _born_xml('<c r="B2" t="d"><v>1980-99-99</v></c>'),
        "",
        people=ONE,
        facts={_BORN: None},
    ),
    Hostile("a true-or-false of 2", _born_xml('<c r="B2" t="b"><v>2</v></c>'), "", people=ONE),
    Hostile("a kind of cell nobody knows", _born_xml('<c r="B2" t="甲"><v>1980</v></c>'), "", people=ONE),
    Hostile("October as a number", _born(1980.1), READ, "出生", ONE),
]
_ERRORS = [
    Hostile(
        "an error for a name",
        rows(
            '<row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3" t="inlineStr"><is><t>男</t></is></c></row>'
        ),
        PARTLY,
        "错误值.*没有姓名",
        ONE,
    ),
    Hostile(
        "an error for a day",
        _born_xml('<c r="B2" t="e"><v>#VALUE!</v></c>'),
        READ,
        "错误值",
        ONE,
        facts={_BORN: None},
    ),
    Hostile(
        "a formula without a result",
        rows('<row r="3"><c r="A3"><f>Sheet2!A1</f></c><c r="B3" t="inlineStr"><is><t>男</t></is></c></row>'),
        PARTLY,
        "公式",
        ONE,
    ),
    Hostile(
        "a formula that starts a program",
        rows('<row r="3"><c r="A3" t="str"><f>cmd|"/C calc"!A0</f><v>农嘉言</v></c></row>'),
        READ,
        people=TWO,
    ),
    Hostile(
        "formula text for a name",
        listed(["姓名", "性别"], ["韦清和", "女"], ["=HYPERLINK(1)", "男"]),
        "",
        "",
        ONE,
    ),
    Hostile(
        "a number for a name", listed(["姓名", "性别"], ["韦清和", "女"], [12345, "男"]), PARTLY, "姓名", ONE
    ),
    Hostile("yes for a name", listed(["姓名", "性别"], ["韦清和", "女"], [True, "男"]), PARTLY, "姓名", ONE),
]
_NAMED = {
    "marks of control": ("农\x01\x7f嘉言".replace("\x01", "_x0001_"), "农嘉言"),
    "a nought written out": ("农_x0000_嘉言", "农嘉言"),
    "half a pair written out": ("农_xD800_嘉言", "农_xD800_嘉言"),
    "an escape written out": ("农_x005F_x0041_嘉言", "农_x0041_嘉言"),
    "markup": ("&lt;b&gt;农&lt;/b&gt;&amp;amp;", "<b>农</b>&amp;"),
    "a turned direction": ("农\u202e嘉言\u202c", "农嘉言"),
    "marks of no width": ("农\u200b嘉\ufeff言\u2060", "农嘉言"),
    "blanks of all kinds": ("\u3000农\u00a0嘉\u2003言 ", "农嘉言"),
    "a line break": ("农\n嘉言", "农嘉言"),
    "an emoji": ("农😀言", "农😀言"),
    "a rare character": ("农\U00030edd言", "农\U00030edd言"),
    "a private character": ("农\ue000言", "农\ue000言"),
    "a thousand accents": ("农" + "\u0301" * 1000, None),
    "a pattern of python": ("{0.__class__}%s%n$(id)", None),
    "an end of a statement": ("农'); DROP TABLE person;--", "农');DROPTABLEperson;--"),
    "300 characters": ("农" * 300, None),
    "32,767 characters": ("农" * 32_767, None),
}
_NAMES = [
    Hostile(f"name with {title}", make, "", people=people)
    for title, (make, people) in ((title, _named(*said)) for title, said in _NAMED.items())
]
_TEXTS = [
    refused("cell of 32,768 characters", rows(numbered(3, inline("A3", "甲" * 32_768))), "太大"),
    Hostile(
        "reading aids beside a name",
        rows(
            '<row r="3"><c r="A3" t="s"><v>0</v></c></row>',
            strings='<si><t>农嘉言</t><rPh sb="0" eb="1"><t>ノン</t></rPh></si>',
        ),
        READ,
        people=TWO,
    ),
    Hostile(
        "a name in pieces",
        rows(
            '<row r="3"><c r="A3" t="s"><v>0</v></c></row>',
            strings="<si><r><t>农</t></r><r><rPr><strike/></rPr><t>嘉言</t></r></si>",
        ),
        READ,
        people=TWO,
    ),
    Hostile(
        "a name struck out in part",
        rows(
            '<row r="3"><c r="A3" t="s"><v>0</v></c></row>',
            strings="<si><r><rPr><strike/></rPr><t>韦</t></r><r><t>农嘉言</t></r></si>",
        ),
        "",
        people={**ONE},
    ),
    Hostile(
        "a row struck out",
        rows(
            '<row r="3"><c r="A3" s="1" t="inlineStr"><is><t>农嘉言</t></is></c></row>',
            styles='<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId="1"/></cellXfs>',
        ),
        ASKED,
        "删除线",
        people=TWO,
    ),
    Hostile(
        "namesakes that contradict each other",
        listed(["姓名", "性别"], ["韦清和", "女"], ["韦清和", "男"]),
        ASKED,
        "同名",
        ONE,
    ),
    refused("a mark of secrecy", listed(["机密★1年"], ["姓名"], ["韦清和"]), "密级"),
]
FILES = [*_NUMBERS, *_DAYS, *_ERRORS, *_NAMES, *_TEXTS]
