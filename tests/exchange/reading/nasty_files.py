"""Broken and hostile files, each made anew: none may hang, crash or be taken for something it is not."""

from __future__ import annotations

import random
import struct
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from compound import write_compound
from reading_trials import as_filled, inline, pack, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SHEET = "xl/worksheets/sheet1.xml"
HEADS = f'<row r="1">{inline("A1", "姓名")}{inline("B1", "性别")}</row>'
PERSON = f'<row r="2">{inline("A2", "韦清和")}{inline("B2", "女")}</row>'
PLAIN = f"<sheetData>{HEADS}{PERSON}</sheetData>"
XML_2003 = (
    '<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
)
_LAUGHS = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10 if level else "哈"}">' for level in range(10))


def _bytes(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def _sheet(xml: str) -> Callable[[Path], Path]:
    return lambda folder: pack(folder / "名册.xlsx", parts_of(xml))


def _rows(*rows: str) -> Callable[[Path], Path]:
    return _sheet(f"<sheetData>{HEADS}{PERSON}{''.join(rows)}</sheetData>")


def _with_parts(**parts: bytes | None) -> Callable[[Path], Path]:
    """A sound workbook with parts put in, changed (name with / as __ and . as _dot_) or taken out (None)."""

    def make(folder: Path) -> Path:
        whole: dict[str, bytes] = parts_of(PLAIN)
        for name, content in parts.items():
            real = name.replace("_dot_", ".").replace("__", "/")
            if content is None:
                del whole[real]
            else:
                whole[real] = content
        return pack(folder / "名册.xlsx", whole)

    return make


def _zip_of(*names: str) -> Callable[[Path], Path]:
    """A zip that holds parts of these names only."""
    return lambda folder: pack(folder / "文件.xlsx", dict.fromkeys(names, b"<x/>"))


def _sound_and(*names: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = pack(folder / "名册.xlsx", parts_of(PLAIN))
        with zipfile.ZipFile(path, "a") as package, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library tells of doubled names, which are meant here
            for name in names:
                info = zipfile.ZipInfo("x")
                info.filename = name  # past the library's own cleaning
                package.writestr(info, b"<x/>")
        return path

    return make


def _changed(change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = as_filled(folder / "名册.xlsx", [["姓名", "性别"], *[["韦清和", "女"]] * 200])
        path.write_bytes(change(path.read_bytes()))
        return path

    return make


def _folder(folder: Path) -> Path:
    path = folder / "名册.xlsx"
    path.mkdir()
    return path


def _huge(folder: Path) -> Path:
    path = folder / "名册.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(20 * 2**20 + 1)
    return path


def _bomb(folder: Path) -> Path:
    """One part that inflates to 300 MB."""
    path = pack(folder / "名册.xlsx", parts_of(PLAIN))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/media/x.bin", "w") as part,
    ):
        for _ in range(300):
            part.write(bytes(2**20))
    return path


def _bombs(folder: Path) -> Path:
    """Five parts that inflate to 50 MB each."""
    path = pack(folder / "名册.xlsx", parts_of(PLAIN))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for place in range(5):
            with package.open(f"xl/media/{place}.bin", "w") as part:
                for _ in range(50):
                    part.write(bytes(2**20))
    return path


def _lying_sizes(folder: Path) -> Path:
    """A part that calls itself 10 bytes long and inflates to far more."""
    path = pack(folder / "名册.xlsx", parts_of(f"<sheetData>{HEADS}</sheetData>" + " " * 500_000))
    content = bytearray(path.read_bytes())
    for mark, size_at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.find(mark)
        while at >= 0:
            if struct.unpack_from("<I", content, at + size_at)[0] > 400_000:
                struct.pack_into("<I", content, at + size_at, 10)
            at = content.find(mark, at + 4)
    path.write_bytes(content)
    return path


def _flagged_as_encrypted(folder: Path) -> Path:
    path = pack(folder / "名册.xlsx", parts_of(PLAIN))
    content = bytearray(path.read_bytes())
    for mark, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + flags_at] |= 1
            at = content.find(mark, at + 4)
    path.write_bytes(content)
    return path


def _many_rows(folder: Path) -> Path:
    rows = "".join(f'<row r="{number}">{inline(f"A{number}", "甲")}</row>' for number in range(2, 20_102))
    return pack(folder / "名册.xlsx", parts_of(f"<sheetData>{HEADS}{rows}</sheetData>"))


def _many_rows_in_all(folder: Path) -> Path:
    rows = "".join(f'<row r="{number}">{inline(f"A{number}", "甲")}</row>' for number in range(1, 10_052))
    return pack(folder / "名册.xlsx", parts_of(f"<sheetData>{rows}</sheetData>", names_=("甲", "乙")))


def _many_columns(folder: Path) -> Path:
    return as_filled(folder / "名册.xlsx", [["姓名", *(f"列{place}" for place in range(300))], ["韦清和"]])


def _many_merges(folder: Path) -> Path:
    merges = "".join(f'<mergeCell ref="C{row}:D{row}"/>' for row in range(1, 50_002))
    return pack(folder / "名册.xlsx", parts_of(f"{PLAIN}<mergeCells>{merges}</mergeCells>"))


def _heaped_merges(folder: Path) -> Path:
    """Merges that lie upon each other over all rows, so that every row would be looked at for each of them."""
    rows = "".join(f'<row r="{number}">{inline(f"A{number}", "甲")}</row>' for number in range(2, 2000))
    merges = "".join(f'<mergeCell ref="A{row}:C1048576"/>' for row in range(1, 20_000))
    return pack(
        folder / "名册.xlsx",
        parts_of(f"<sheetData>{HEADS}{rows}</sheetData><mergeCells>{merges * 2}</mergeCells>"),
    )


def _document_type(declared: str, inside: str, coding: str = "utf-8") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        parts = parts_of(PLAIN)
        text = parts[SHEET].decode().replace("韦清和", inside)
        parts[SHEET] = f'<?xml version="1.0" encoding="{coding}"?>{declared}{text}'.encode(coding)
        return pack(folder / "名册.xlsx", parts)

    return make


def _xls(change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "名册.xls"
        path.write_bytes(change((SAMPLES / "roster.xls").read_bytes()))
        return path

    return make


def _with_password(content: bytes) -> bytes:
    """Turn the second record of the workbook's stream into the one that says it is encrypted."""
    at = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    return content[:at] + b"\x2f\x00" + content[at + 2 :]


def _compound(*streams: str) -> Callable[[Path], Path]:
    return lambda folder: write_compound(
        folder / "名册.xlsx", {name: random.Random(7).randbytes(5000) for name in streams}
    )


def _ring(content: bytes) -> bytes:
    """Let the chain of the first stream's sectors run in a ring."""
    table = struct.unpack_from("<I", content, 76)[0]
    at = 512 + table * 512
    return content[:at] + struct.pack("<I", 0) * 100 + content[at + 400 :]


# Name → maker and the words that the answer must hold.
REJECTED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "nothing in it": (_bytes("名册.xlsx", b""), "空的"),
    "a folder": (_folder, "文件夹"),
    "gone": (lambda folder: folder / "没有.xlsx", "找不到"),
    "below a file": (lambda folder: _bytes("甲", b"x")(folder) / "乙.xlsx", "找不到"),
    "over 20 MB": (_huge, "太大"),
    "noise": (_bytes("名册.xlsx", random.Random(1).randbytes(9000)), "不是表格|读不出来"),
    "noise without noughts": (
        _bytes("名册.csv", random.Random(2).randbytes(9000).replace(b"\0", b"")),
        "读不出来",
    ),
    "noise after a sound head": (
        _bytes("名册.csv", "姓名,性别\n韦清和,女\n".encode() + b"\xff\xfe\x80\x81\xff"),
        "读不出来",
    ),
    "noughts": (_bytes("名册.csv", bytes(9000)), "不是表格"),
    "noughts further down": (_bytes("名册.csv", "姓名\n".encode() * 2000 + bytes(10)), "读不出来"),
    "pdf": (_bytes("名册.xlsx", b"%PDF-1.7\n1 0 obj"), "PDF"),
    "picture": (_bytes("名册.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100)), "图片"),
    "photo": (_bytes("名册.xls", b"\xff\xd8\xff\xe0" + bytes(100)), "图片"),
    "rar": (_bytes("名册.xlsx", b"Rar!\x1a\x07\x00" + bytes(100)), "压缩包"),
    "7z": (_bytes("名册.xlsx", b"7z\xbc\xaf\x27\x1c" + bytes(100)), "压缩包"),
    "gzip": (_bytes("名册.xlsx", b"\x1f\x8b\x08" + bytes(100)), "压缩包"),
    "program": (_bytes("名册.xlsx", b"MZ\x90\x00" + bytes(100)), "程序"),
    "rtf": (_bytes("名册.doc", b"{\\rtf1 abc}"), "文字文档"),
    "web page without a table": (_bytes("名册.xls", b"<html><body><p>404</p></body></html>"), "网页"),
    "web page of tables in tables": (_bytes("名册.xls", b"<html>" + b"<table><td>" * 5000), "太大"),
    "web page in no encoding": (
        _bytes("名册.xls", b"<html><table><td>a<td>" + bytes(range(128, 256)) * 9),
        "读不出来",
    ),
    "web page of 17,000 columns": (_bytes("名册.xls", b"<table>" + b"<td colspan=9999>a" * 2), "列"),
    "web page of 20,101 rows": (_bytes("名册.xls", b"<table>" + b"<tr><td>a<td>b" * 20_101), "20101 行"),
    "web page of heaped cells": (
        _bytes("名册.xls", b"<table>" + b"<tr><td rowspan=0>a<td>b" * 2000),
        "列|重叠",
    ),
    "web archive": (_bytes("名册.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related"), "网页"),
    "xml 2003 with nothing in it": (_bytes("名册.xls", f"{XML_2003}</Workbook>".encode()), "什么也没有"),
    "xml 2003 with a document type": (
        _bytes("名册.xls", f'<!DOCTYPE w [<!ENTITY e "x">]>{XML_2003}</Workbook>'.encode()),
        "声明",
    ),
    "xml 2003 broken off": (_bytes("名册.xls", f"{XML_2003}<Worksheet><Table><Row>".encode()), "损坏"),
    "xml": (_bytes("名册.xml", b'<?xml version="1.0"?><people/>'), "XML 文件"),
    "xml in utf-16": (_bytes("名册.xml", '<?xml version="1.0"?><people/>'.encode("utf-16")), "XML 文件"),
    "docx": (_zip_of("[Content_Types].xml", "word/document.xml"), "Word"),
    "pptx": (_zip_of("[Content_Types].xml", "ppt/presentation.xml"), "演示文稿"),
    "zip with a kind of its own": (_zip_of("mimetype", "content.xml"), "压缩包"),
    "xlsb": (_zip_of("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
    "zip of pictures": (_zip_of("照片/1.jpg"), "压缩包"),
    "empty zip": (_bytes("名册.xlsx", b"PK\x05\x06" + bytes(18)), "压缩包"),
    "only the mark of a zip": (_bytes("名册.xlsx", b"PK\x03\x04"), "损坏"),
    "half a zip": (_changed(lambda content: content[: len(content) // 2]), "损坏"),
    "zip without its last 30 bytes": (_changed(lambda content: content[:-30]), "损坏"),
    "zip with wrong bytes inside": (
        _changed(lambda content: content[:400] + bytes(200) + content[600:]),
        "损坏",
    ),
    "bomb": (_bomb, "太大"),
    "five bombs": (_bombs, "太大"),
    "lying sizes": (_lying_sizes, "损坏"),
    "doubled part": (_sound_and(SHEET), "损坏"),
    "part doubled but for its case": (_sound_and("xl/worksheets/SHEET1.xml"), "损坏"),
    "part above the package": (_sound_and("../../x.xml"), "损坏"),
    "part at the root of the disk": (_sound_and("/etc/x.xml"), "损坏"),
    "part with backslashes": (_sound_and("xl\\..\\x.xml"), "损坏"),
    "2001 parts": (_sound_and(*(f"xl/media/{number}.xml" for number in range(2001))), "太大"),
    "encrypted zip": (_flagged_as_encrypted, "密码"),
    "encrypted workbook": (_compound("EncryptionInfo", "EncryptedPackage"), "密码"),
    "doc": (_compound("WordDocument", "1Table"), "Word"),
    "compound of something else": (_compound("Contents"), "不是表格"),
    "compound that calls noise a workbook": (_compound("Workbook"), "损坏"),
    "only the mark of a compound": (_bytes("名册.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "损坏"),
    "xls with a password": (_xls(_with_password), "密码"),
    "half an xls": (_xls(lambda content: content[: len(content) // 2]), "损坏"),
    "xls whose sectors run in a ring": (_xls(_ring), "损坏"),
    "xls with noise inside": (
        _xls(lambda content: content[:1100] + random.Random(3).randbytes(1500) + content[2600:]),
        "损坏",
    ),
    "billion laughs": (_document_type(f"<!DOCTYPE w [{_LAUGHS}]>", "&l9;"), "损坏"),
    "entity from the disk": (
        _document_type('<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "&e;"),
        "损坏",
    ),
    "document type in utf-16": (_document_type("<!DOCTYPE w>", "甲", "utf-16"), "损坏"),
    "document type in utf-7": (_document_type("<!DOCTYPE w>", "甲", "utf-7"), "损坏"),
    "document type in the relations": (
        _with_parts(xl___rels__workbook_dot_xml_dot_rels=b"<!DOCTYPE x><Relationships/>"),
        "损坏",
    ),
    "deeply nested": (_rows("<a>" * 100_000 + "</a>" * 100_000), "损坏"),
    "deep inside a cell": (
        _rows(
            f'<row r="3"><c r="A3" t="inlineStr"><is>{"<r>" * 5000}<t>甲</t>{"</r>" * 5000}</is></c></row>'
        ),
        "损坏",
    ),
    "broken off": (_with_parts(xl__worksheets__sheet1_dot_xml=b"<worksheet><sheetData><row>"), "损坏"),
    "sheet of nothing": (_with_parts(xl__worksheets__sheet1_dot_xml=b""), "损坏"),
    "no workbook": (_with_parts(xl__workbook_dot_xml=None), "损坏"),
    "no relations": (_with_parts(_rels___dot_rels=None), "损坏"),
    "no types": (_with_parts(**{"[Content_Types]_dot_xml": None}), "压缩包"),
    "sheet lost": (_with_parts(xl__worksheets__sheet1_dot_xml=None), "损坏"),
    "string beyond the table": (_rows('<row r="3"><c r="A3" t="s"><v>99</v></c></row>'), "损坏"),
    "row beyond the grid": (_rows('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'), "损坏"),
    "row of nine digits": (_rows(f'<row r="999999999">{inline("A999999999", "甲")}</row>'), "损坏"),
    "column beyond the grid": (_rows(f'<row r="3">{inline("ZZZ3", "甲")}</row>'), "损坏"),
    "column of four letters": (_rows(f'<row r="3">{inline("AAAA3", "甲")}</row>'), "损坏"),
    "cell at no place": (_rows(f'<row r="3">{inline("甲3", "甲")}</row>'), "损坏"),
    "merge of nonsense": (_sheet(f'{PLAIN}<mergeCells><mergeCell ref="甲乙"/></mergeCells>'), "损坏"),
    "50,001 merges": (_many_merges, "太大"),
    "heaped merges": (_heaped_merges, "重叠"),
    "merges heaped on one row": (
        _sheet(PLAIN + "<mergeCells>" + '<mergeCell ref="A1:XFD1"/>' * 2 + "</mergeCells>"),
        "重叠",
    ),
    "20,101 rows": (_many_rows, "20101 行.*20100"),
    "20,102 rows in two sheets": (_many_rows_in_all, "20102 行.*20100"),
    "301 columns": (_many_columns, "301 列.*300"),
    "cell of 32,768 characters": (_rows(f'<row r="3">{inline("A3", "甲" * 32_768)}</row>'), "太大"),
    "no sheets": (
        _with_parts(
            xl__workbook_dot_xml=b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
        ),
        "什么也没有|损坏",
    ),
    "empty sheet": (_sheet("<sheetData/>"), "什么也没有"),
    "csv of blanks": (_bytes("名册.csv", b" , ,\r\n\r\n ,\t,\r\n"), "什么也没有"),
    "csv with an open quote": (_bytes("名册.csv", '姓名,性别\n"韦清和,女\n农嘉言,男\n'.encode()), "引号"),
    "csv with an open quote in the middle": (
        _bytes("名册.csv", ("姓名,性别\n" + '"韦清和,女\n' + "农嘉言,男\n" * 30 + '"陆书翰",男\n').encode()),
        "引号",
    ),
    "csv with a quote closed too early": (
        _bytes("名册.csv", '姓名,性别\n"韦清和"甲,女\n农嘉言,男\n'.encode()),
        "引号",
    ),
    "csv of 20,101 rows": (_bytes("名册.csv", "姓名\n".encode() + "甲\n".encode() * 20_100), "20101 行"),
    "csv of 301 columns": (_bytes("名册.csv", ",".join(["甲"] * 301).encode()), "301 列"),
    "csv of 19 million commas": (_bytes("名册.csv", b"," * 19 * 2**20), "太大"),
    "csv with one endless cell": (_bytes("名册.csv", b"a" * 19 * 2**20), "太大"),
    "secret": (
        lambda folder: as_filled(folder / "名册.xlsx", [["机密★1年"], ["姓名"], ["韦清和"]]),
        "密级",
    ),
}
