"""Seeded mutants of good files: bytes flipped, cut, spliced; parts of packages and records of .xls changed with sense."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from functools import cache
from typing import TYPE_CHECKING

from hostile import old_workbooks
from hostile.pen import SAMPLES, numbered
from reading_trials import NAMES, SHEET, XML_2003, identity, inline, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_NUMBERS = (
    0,
    1,
    2,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
)
_WORDS = (
    "", "0", "-1", "1", "9", "65536", "1048576", "1048577", "4294967296", "1e308", "NaN", "INF", "甲", "A1", "XFD1048576",
    "A1:XFD1048576", "ZZZ9", "#REF!", "true", "s", "e", "b", "d", "str", "inlineStr", "_xD800_", "&#9;", "姓名", "小计", "\u202e",
)  # fmt: skip
_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb'"[^"<>]*"')
_TEXT = re.compile(rb">[^<>]+<")
_HEADS = ("序号", "姓名", "性别", "出生日期", "身份证号", "党籍状态", "手机号", "备注")
_STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts><fonts><font/><font><strike/></font></fonts>'
    '<cellXfs><xf/><xf numFmtId="164"/><xf fontId="1"/></cellXfs>'
)


@cache
def _parts() -> Mapping[str, bytes]:
    """A roster that has a little of everything."""
    rows = [
        numbered(1, inline("A1", "党员名册")),
        numbered(2, *(inline(f"{chr(65 + at)}2", head) for at, head in enumerate(_HEADS))),
    ]
    for row, name in enumerate(NAMES, 3):
        cells = (
            f'<c r="A{row}"><v>{row - 2}</v></c>{inline(f"B{row}", name)}<c r="C{row}" t="s"><v>{row % 2}</v></c>'
            f'<c r="D{row}" s="1"><v>{29000 + row}</v></c>{inline(f"E{row}", identity(order=row))}'
            f'<c r="F{row}" t="str"><f>A1</f><v>正式党员</v></c><c r="G{row}" s="2"><v>1380000000{row % 10}</v></c>'
            f'<c r="H{row}" t="e"><v>#N/A</v></c>'
        )
        hidden = ' hidden="1"' if row == 9 else ""
        rows.append(f'<row r="{row}"{hidden}>{cells}</row>')
    xml = (
        f'<dimension ref="A1"/><cols><col min="8" max="8" hidden="1"/></cols><sheetData>{"".join(rows)}</sheetData>'
        '<mergeCells><mergeCell ref="A1:H1"/><mergeCell ref="H3:H5"/></mergeCells>'
        "<headerFooter><oddHeader>甲</oddHeader></headerFooter>"
    )
    return parts_of(
        xml, strings="<si><t>女</t></si><si><r><rPr><strike/></rPr><t>男</t></r></si>", styles=_STYLES
    )


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


@cache
def _texts() -> Sequence[bytes]:
    lines = [",".join(_HEADS)] + [
        f'{row},{name},女,1980-03,{identity(order=row)},正式党员,13800000000,"甲,乙"'
        for row, name in enumerate(NAMES, 1)
    ]
    text = "\n".join(lines)
    return [
        text.encode(),
        text.encode("gb18030"),
        text.encode("utf-16"),
        text.replace(",", "\t").encode("utf-8-sig"),
    ]


def _of_bytes(chance: random.Random, content: bytes) -> bytes:
    """Flip, overwrite, cut out, double or move a few stretches."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        if not made:
            break
        at = chance.randrange(len(made))
        length = min(chance.choice((1, 1, 2, 4, 8, 64, 512)), len(made) - at)
        match chance.randrange(7):
            case 0:
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                made[at] = chance.choice((0, 255, 0x80, chance.randrange(256)))
            case 2:
                del made[at : at + length]
            case 3:
                made[at:at] = made[at : at + length] * chance.choice((1, 2, 50))
            case 4:
                to = chance.randrange(len(made))
                made[to : to + length] = made[at : at + length]
            case 5:
                form = chance.choice(("<B", "<H", "<I"))
                number = struct.pack(form, chance.choice(_NUMBERS) & (256 ** struct.calcsize(form) - 1))
                made[at : at + len(number)] = number
            case _:
                if chance.random() < 0.2:
                    del made[at:]
    return bytes(made)


def _of_xml(chance: random.Random, content: bytes) -> bytes:
    """Change values, texts and elements so that it mostly stays XML."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        pattern = chance.choice((_TAG, _VALUE, _VALUE, _VALUE, _TEXT, _TEXT))
        found = list(pattern.finditer(content))
        if not found:
            return content
        one, other = chance.choice(found), chance.choice(found)
        word = chance.choice(_WORDS).encode()
        if pattern is _VALUE:
            new = chance.choice((b'"' + word + b'"', other[0]))
        elif pattern is _TEXT:
            new = chance.choice((b">" + word + b"<", other[0], b">" + word * 300 + b"<"))
        else:
            new = chance.choice((b"", one[0] * 2, other[0], one[0] + other[0]))
        content = content[: one.start()] + new + content[one.end() :]
    return content


@cache
def _parts_of_ods() -> Mapping[str, bytes]:
    with zipfile.ZipFile(SAMPLES / "roster.ods") as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


@cache
def _markup() -> Sequence[bytes]:
    """A web page and XML of Excel 2003."""
    lines = [
        _HEADS,
        *((row, name, "女", "1980-03", identity(order=row)) for row, name in enumerate(NAMES, 1)),
    ]
    page = "".join(
        "<tr>" + "".join(f'<td colspan="1">{each}</td>' for each in line) + "</tr>" for line in lines
    )
    rows = "".join(
        f'<Row ss:Index="{number}">'
        + "".join(f'<Cell><Data ss:Type="String">{each}</Data></Cell>' for each in line)
        + "</Row>"
        for number, line in enumerate(lines, 1)
    )
    book = f'{XML_2003}<Worksheet ss:Name="名册"><Table>{rows}</Table></Worksheet></Workbook>'
    return [f"<html><body><table>{page}</table></body></html>".encode(), book.encode()]


def _of_markup(chance: random.Random) -> bytes:
    change = _of_bytes if chance.random() < 0.3 else _of_xml
    return change(chance, chance.choice(_markup()))


def _of_package(chance: random.Random, sound: Mapping[str, bytes], sheet: str) -> bytes:
    """A workbook with one part changed, lost, doubled or exchanged for another, mostly its sheet."""
    parts = dict(sound)
    name = chance.choice((*parts, sheet, sheet, sheet))
    match chance.randrange(8):
        case 0:
            parts[name] = _of_bytes(chance, parts[name])
        case 1:
            del parts[name]
        case 2:
            parts[name] = parts[chance.choice(list(parts))]
        case 3:
            return _of_bytes(chance, zipped(parts))
        case _:
            parts[name] = _of_xml(chance, parts[name])
    return zipped(parts)


def _of_records(chance: random.Random) -> bytes:
    """An .xls with records changed, lost, doubled or in another order."""
    records = list(old_workbooks.records())
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(records))
        kind, content = records[at]
        match chance.randrange(5):
            case 0:
                del records[at]
            case 1:
                records.insert(chance.randrange(len(records)), records[at])
            case 2:
                records[at] = chance.choice(records)[0], content
            case 3:
                records[at] = kind, content[: chance.randrange(len(content) + 1)]
            case _:
                records[at] = kind, _of_bytes(chance, content)
    return old_workbooks.written(records)


_MAKERS: Sequence[tuple[str, Callable[[random.Random], bytes]]] = (
    ("xlsx", lambda chance: _of_package(chance, _parts(), SHEET)),
    ("xlsx", lambda chance: _of_package(chance, _parts(), SHEET)),
    ("ods", lambda chance: _of_package(chance, _parts_of_ods(), "content.xml")),
    ("xls", _of_markup),
    ("xls", _of_records),
    ("xls", lambda chance: _of_bytes(chance, (SAMPLES / "roster.xls").read_bytes())),
    ("csv", lambda chance: _of_bytes(chance, chance.choice(_texts()))),
)


def mutant(seed: int) -> tuple[str, bytes]:
    """Return the ending and the bytes of the mutant of that number."""
    chance = random.Random(seed)
    ending, make = _MAKERS[seed % len(_MAKERS)]
    return ending, make(chance)
