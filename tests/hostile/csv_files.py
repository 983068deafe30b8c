"""Hostile texts that call themselves tables: encodings, quotes, separators, noughts, endless lines."""

from __future__ import annotations

import codecs
import random

from hostile.pen import EIGHT, NAMES, ONE, READ, TWO, Hostile, identity, later, raw, refused

_HEAD = "姓名,性别\n"
_LINES = _HEAD + "".join(f"{name},女\n" for name in NAMES)


def _read(name: str, content: bytes, words: str = "") -> Hostile:
    return Hostile(name, raw("名册.csv", content), READ, words, EIGHT)


_CODED = [
    _read("utf-8", _LINES.encode()),
    _read("utf-8 with a mark", codecs.BOM_UTF8 + _LINES.encode()),
    _read("gb18030", _LINES.encode("gb18030")),
    _read("utf-16 little", _LINES.encode("utf-16")),
    _read("utf-16 big", codecs.BOM_UTF16_BE + _LINES.encode("utf-16-be")),
    Hostile("two marks", raw("名册.csv", codecs.BOM_UTF8 * 2 + _LINES.encode()), "", people=EIGHT),
    _read("utf-16 without a mark", _LINES.encode("utf-16-le")),
    refused("utf-32", raw("名册.csv", _LINES.encode("utf-32")), "不是|读不出来"),
    refused("utf-16 of an odd length", raw("名册.csv", _LINES.encode("utf-16") + b"\0"), "读不出来"),
    refused("big5", raw("名册.csv", "姓名,性別\n韋清和,女\n農嘉言,男\n".encode("big5")), "读不出来|没找到"),
    refused("shift-jis", raw("名册.csv", "姓名,性別\n山田太郎,男\n".encode("shift-jis")), "读不出来|没找到"),
    refused(
        "utf-8 and gb18030 mixed",
        raw("名册.csv", _LINES.encode() + "罗景明,男\n".encode("gb18030")),
        "读不出来",
    ),
    refused("cut within a character", raw("名册.csv", _LINES.encode()[:-6]), "读不出来"),
    Hostile(
        "cut within a character of gb18030",
        raw("名册.csv", _LINES.encode("gb18030")[:-5]),
        "",
        people={name: row for name, row in EIGHT.items() if name != "石清川"},
    ),
    refused(
        "noise without noughts",
        raw("名册.csv", random.Random(2).randbytes(9000).replace(b"\0", b"")),
        "读不出来",
    ),
    refused(
        "noise after a sound head", raw("名册.csv", _LINES.encode() + b"\xff\xfe\x80\x81\xff"), "读不出来"
    ),
    refused("noughts further down", raw("名册.csv", _LINES.encode() * 100 + bytes(10)), "读不出来"),
    refused(
        "a nought in a cell", raw("名册.csv", _LINES.replace("韦清", "韦\0清").encode()), "不是|读不出来"
    ),
]
_QUOTES = [
    refused("an open quote", raw("名册.csv", '姓名,性别\n"韦清和,女\n农嘉言,男\n'.encode()), "引号"),
    refused(
        "an open quote above 200 people",
        raw("名册.csv", (_HEAD + '"韦清和,女\n' + "农嘉言,男\n" * 200).encode()),
        "引号",
    ),
    refused(
        "an open quote in the middle",
        raw("名册.csv", (_HEAD + '"韦清和,女\n' + "农嘉言,男\n" * 30 + '"陆书翰",男\n').encode()),
        "引号",
    ),
    refused(
        "a quote closed too early", raw("名册.csv", '姓名,性别\n"韦清和"甲,女\n农嘉言,男\n'.encode()), "引号"
    ),
    Hostile(
        "two quotes closed by chance",
        raw("名册.csv", '姓名,性别\n"韦清和,女\n农嘉言",男\n陆书翰,男\n'.encode()),
        "",
        "引号",
        {"陆书翰": 4},
    ),
    Hostile(
        "a quote inside a name",
        raw("名册.csv", '姓名,性别\n韦清和,女\n农"嘉"言,男\n'.encode()),
        "",
        people=ONE,
    ),
    Hostile(
        "doubled quotes", raw("名册.csv", '姓名,性别\n韦清和,女\n"农""嘉""言",男\n'.encode()), "", people=ONE
    ),
    Hostile(
        "a separator inside quotes",
        raw("名册.csv", '姓名,备注\n韦清和,"甲,乙\n丙"\n农嘉言,男\n'.encode()),
        READ,
        people=TWO,
    ),
    Hostile("single quotes", raw("名册.csv", "'姓名','性别'\n'韦清和','女'\n".encode()), "", people=ONE),
    Hostile("curled quotes", raw("名册.csv", "“姓名”,“性别”\n“韦清和”,“女”\n".encode()), "", people=ONE),
]
_SEPARATED = [
    _read("semicolons", _LINES.replace(",", ";").encode()),
    _read("tabs", _LINES.replace(",", "\t").encode()),
    _read("said above", ("sep=|\n" + _LINES.replace(",", "|")).encode()),
    Hostile("bars", raw("名册.csv", _LINES.replace(",", "|").encode()), "", people=EIGHT),
    Hostile("wide commas", raw("名册.csv", _LINES.replace(",", "，").encode()), "", people=EIGHT),
    Hostile("blanks", raw("名册.csv", _LINES.replace(",", "  ").encode()), "", people=EIGHT),
    Hostile(
        "two kinds",
        raw("名册.csv", (_HEAD + "韦清和,女\n农嘉言;男\n").encode()),
        READ,
        "人名里不该有“;”",
        TWO,
        2,
    ),
    _read("ends of lines of old", _LINES.replace("\n", "\r").encode()),
    _read("ends of lines of both kinds", _LINES.replace("\n", "\r\n", 4).encode()),
    Hostile(
        "a line mark inside a cell",
        raw("名册.csv", (_HEAD + "韦清和,女\u2028女\n农嘉言,男\n").encode()),
        READ,
        people=TWO,
    ),
    Hostile(
        "rows longer than the heads",
        raw("名册.csv", (_HEAD + "韦清和,女,甲,乙,丙\n农嘉言,男\n").encode()),
        READ,
        people=TWO,
    ),
    Hostile(
        "rows shorter than the heads",
        raw("名册.csv", ("姓名,性别,民族\n韦清和\n农嘉言,男\n").encode()),
        READ,
        people=TWO,
    ),
    Hostile("a sep of nothing", raw("名册.csv", ("sep=\n" + _LINES).encode()), "", people=EIGHT),
]
_LARGE = [
    refused("of blanks", raw("名册.csv", b" , ,\r\n\r\n ,\t,\r\n"), "什么也没有"),
    refused("20,101 rows", raw("名册.csv", "姓名\n".encode() + "甲\n".encode() * 20_100), "20101 行"),
    refused("301 columns", raw("名册.csv", ",".join(["甲"] * 301).encode()), "301 列"),
    refused("19 million commas", later(lambda: raw("名册.csv", b"," * 19 * 2**20)), "太大"),
    refused("19 million lines", later(lambda: raw("名册.csv", b"\n" * 19 * 2**20)), "什么也没有|太大"),
    refused("19 million quotes", later(lambda: raw("名册.csv", b'"' * 19 * 2**20)), "引号|太大|什么也没有"),
    refused("one endless cell", later(lambda: raw("名册.csv", b"a" * 19 * 2**20)), "太大"),
    refused(
        "one row of 5 MB",
        later(lambda: raw("名册.csv", _LINES.encode() + ("甲乙" * 100 + ",").encode() * 8700)),
        "太大",
    ),
    refused(
        "one cell of 40,000 characters", raw("名册.csv", (_LINES + "甲" * 40_000 + ",女\n").encode()), "太大"
    ),
]
_VALUES = [
    Hostile(
        "formulas", raw("名册.csv", (_HEAD + '韦清和,女\n=cmd|"/C calc"!A0,男\n').encode()), "", people=ONE
    ),
    Hostile(
        "a text as a formula",
        raw("名册.csv", f'姓名,身份证号\n韦清和,="{identity()}"\n'.encode()),
        READ,
        people=ONE,
        facts={"person.id_number": identity()},
    ),
    Hostile(
        "an identity number spoilt by a program",
        raw("名册.csv", "姓名,身份证号\n韦清和,4.50199E+17\n".encode()),
        READ,
        "身份证号",
        ONE,
        facts={"person.id_number": None},
    ),
    Hostile(
        "markup inside",
        raw("名册.csv", (_HEAD + "韦清和,女\n<img src=//192.0.2.1/x>,男\n").encode()),
        "",
        people=ONE,
    ),
    refused("xml", raw("名册.xml", b'<?xml version="1.0"?><people/>'), "XML 文件"),
    refused("xml in utf-16", raw("名册.xml", '<?xml version="1.0"?><people/>'.encode("utf-16")), "XML 文件"),
]
FILES = [*_CODED, *_QUOTES, *_SEPARATED, *_LARGE, *_VALUES]
