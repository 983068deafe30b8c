"""Hostile containers: bombs, lying directories, disguises, cut files, packages that climb."""

from __future__ import annotations

import io
import os
import random
import struct
import sys
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from compound import write_compound
from hostile import old_workbooks
from hostile.pen import (
    ASKED,
    EIGHT,
    ONE,
    PLAIN,
    READ,
    SAMPLES,
    SHEET,
    Hostile,
    bytes_changed,
    eight,
    later,
    package,
    parts_of,
    raw,
    refused,
    with_parts,
)
from reading_trials import as_filled, pack

if TYPE_CHECKING:
    from collections.abc import Callable

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_MIB = bytes(2**20)


def _holding(*names: str) -> Callable[[Path], Path]:
    """A zip that holds parts of these names only."""
    return package(dict.fromkeys(names, b"<x/>"))


def _sound_and(*names: str) -> Callable[[Path], Path]:
    """A sound workbook with more parts, named past the library's own cleaning."""

    def make(folder: Path) -> Path:
        path = pack(folder / "名册.xlsx", parts_of(PLAIN))
        with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library tells of doubled names, which are meant here
            for name in names:
                info = zipfile.ZipInfo("x")
                info.filename = name
                archive.writestr(info, b"<x/>")
        return path

    return make


def _folder(folder: Path) -> Path:
    path = folder / "名册.xlsx"
    path.mkdir()
    return path


def _over_20_mb(folder: Path) -> Path:
    path = folder / "名册.xlsx"
    with path.open("wb") as file:
        file.write(_LOCAL)
        file.truncate(20 * 2**20 + 1)
    return path


def _inflating(parts: int, mib: int, name: str = "xl/media/{}.bin") -> Callable[[Path], Path]:
    """A sound workbook with parts that inflate to so many MB each."""

    def make(folder: Path) -> Path:
        path = pack(folder / "名册.xlsx", parts_of(PLAIN))
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for place in range(parts):
                with archive.open(name.format(place), "w") as part:
                    for _ in range(mib):
                        part.write(_MIB)
        return path

    return make


def _nested(levels: int) -> bytes:
    """A zip in a zip in a zip, ten copies at each level, 10 MB at the bottom."""
    content, name = bytes(10 * 2**20), "0.bin"
    for level in range(levels):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for place in range(10):
                archive.writestr(f"{place}-{name}", content)
        content, name = packed.getvalue(), f"{level}.zip"
    return content


def _directory(name: bytes, at: int, form: str, value: int, *, local: int = -1) -> Callable[[Path], Path]:
    """A sound workbook in whose directory (and local head) a field of one part is a lie."""

    def make(folder: Path) -> Path:
        path = as_filled(folder / "名册.xlsx", eight())
        content = bytearray(path.read_bytes())
        for mark, length, place in ((_CENTRAL, 46, at), (_LOCAL, 30, local)):
            entry = content.find(mark)
            while place >= 0 and entry >= 0:
                if content[entry + length :].startswith(name):
                    struct.pack_into(form, content, entry + place, value)
                entry = content.find(mark, entry + 4)
        path.write_bytes(content)
        return path

    return make


def _end_record(at: int, form: str, value: int) -> Callable[[Path], Path]:
    """A sound workbook with a lie in the record at the end."""

    def change(content: bytes) -> bytes:
        end = content.rindex(_END)
        return content[: end + at] + struct.pack(form, value) + content[end + at + struct.calcsize(form) :]

    return bytes_changed(change)


def _overlapping(folder: Path) -> Path:
    """A thousand entries in the directory that all mean the same local part."""
    path = pack(folder / "名册.xlsx", parts_of(PLAIN))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/0.bin", bytes(2**20))
        (heavy,) = (info for info in archive.infolist() if info.filename == "xl/media/0.bin")
        for number in range(1000):
            info = zipfile.ZipInfo(f"xl/media/{number + 1}.bin")
            info.compress_type, info.header_offset = heavy.compress_type, heavy.header_offset
            info.CRC, info.file_size, info.compress_size = heavy.CRC, heavy.file_size, heavy.compress_size
            archive.filelist.append(info)
            archive.NameToInfo[info.filename] = info
        archive._didModify = True
    return path


def _named_in_gbk(folder: Path) -> Path:
    """A sound workbook as an archive made on Windows leaves it: its name is no UTF-8."""
    path = as_filled(folder / "a.xlsx", eight())
    return path.rename(Path(os.fsdecode(os.fsencode(folder) + b"/" + "名册.xlsx".encode("gbk"))))


def _link(folder: Path) -> Path:
    """A part marked as a symbolic link to a file of the system."""
    path = pack(folder / "名册.xlsx", parts_of(PLAIN))
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("xl/media/link.bin")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/hostname")
    return path


def _compound(*streams: str) -> Callable[[Path], Path]:
    return lambda folder: write_compound(
        folder / "名册.xlsx", {name: random.Random(7).randbytes(5000) for name in streams}
    )


_CSV = "姓名,性别\n韦清和,女\n".encode()
_NOT_THERE = [
    refused("nothing in it", raw("名册.xlsx", b""), "空的"),
    refused("a folder", _folder, "文件夹"),
    refused("gone", lambda folder: folder / "没有.xlsx", "找不到"),
    refused("below a file", lambda folder: raw("甲", b"x")(folder) / "乙.xlsx", "找不到"),
    refused("over 20 MB", _over_20_mb, "太大"),
]
_DISGUISED = [
    refused("noise", raw("名册.xlsx", random.Random(1).randbytes(9000)), "不是表格|读不出来"),
    refused("noughts", raw("名册.csv", bytes(9000)), "不是表格"),
    refused("pdf", raw("名册.xlsx", b"%PDF-1.7\n1 0 obj"), "PDF"),
    refused("picture", raw("名册.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100)), "图片"),
    refused("photo", raw("名册.xls", b"\xff\xd8\xff\xe0" + bytes(100)), "图片"),
    refused("rar", raw("名册.xlsx", b"Rar!\x1a\x07\x00" + bytes(100)), "压缩包"),
    refused("7z", raw("名册.xlsx", b"7z\xbc\xaf\x27\x1c" + bytes(100)), "压缩包"),
    refused("gzip", raw("名册.xlsx", b"\x1f\x8b\x08" + bytes(100)), "压缩包"),
    refused("program", raw("名册.xlsx", b"MZ\x90\x00" + bytes(100)), "程序"),
    refused("program of linux", raw("名册.xlsx", b"\x7fELF\x02\x01\x01" + bytes(100)), "程序"),
    refused("rtf", raw("名册.doc", b"{\\rtf1 abc}"), "文字文档"),
    refused("docx", _holding("[Content_Types].xml", "word/document.xml"), "Word"),
    refused("pptx", _holding("[Content_Types].xml", "ppt/presentation.xml"), "演示文稿"),
    refused("xlsb", _holding("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
    refused("zip of pictures", _holding("照片/1.jpg"), "压缩包"),
    refused("empty zip", raw("名册.xlsx", _END + bytes(18)), "压缩包"),
    refused("doc", _compound("WordDocument", "1Table"), "Word"),
    refused("compound of something else", _compound("Contents"), "不是表格"),
    refused("compound that calls noise a workbook", _compound("Workbook"), "损坏"),
    Hostile("csv as xlsx", raw("名册.xlsx", _CSV), READ, people=ONE),
    Hostile(
        "xlsx as csv",
        lambda folder: as_filled(folder / "甲.xlsx", eight()).rename(folder / "名册.csv"),
        READ,
        people=EIGHT,
    ),
    Hostile(
        "xls as xlsx",
        raw("名册.xlsx", (SAMPLES / "roster.xls").read_bytes()),
        ASKED,
        people=old_workbooks.PEOPLE,
    ),
    Hostile(
        "xlsx as xls",
        lambda folder: as_filled(folder / "甲.xlsx", eight()).rename(folder / "名册.xls"),
        READ,
        people=EIGHT,
    ),
]
_LOCKED = [
    refused("encrypted workbook", _compound("EncryptionInfo", "EncryptedPackage"), "密码"),
    refused("encrypted zip", _directory(b"", 8, "<H", 1, local=6), "密码"),
    refused("one part encrypted", _directory(b"xl/worksheets", 8, "<H", 1, local=6), "密码"),
]
_CUT = [
    refused("only the mark of a zip", raw("名册.xlsx", _LOCAL), "损坏"),
    refused("a tenth of a zip", bytes_changed(lambda content: content[: len(content) // 10]), "损坏"),
    refused("half a zip", bytes_changed(lambda content: content[: len(content) // 2]), "损坏"),
    refused(
        "cut in the directory", bytes_changed(lambda content: content[: content.rindex(_CENTRAL)]), "损坏"
    ),
    refused("without its last 30 bytes", bytes_changed(lambda content: content[:-30]), "损坏"),
    refused("without its last byte", bytes_changed(lambda content: content[:-1]), "损坏"),
    refused("without its first 30 bytes", bytes_changed(lambda content: content[30:]), "不是|损坏"),
    refused(
        "wrong bytes inside",
        bytes_changed(lambda content: content[:400] + bytes(200) + content[600:]),
        "损坏",
    ),
    Hostile("bytes after the end", bytes_changed(lambda content: content + b"\0" * 900), READ, people=EIGHT),
    refused("behind a program", bytes_changed(lambda content: b"MZ" + bytes(510) + content), "程序"),
]
_BOMBS = [
    refused("bomb", _inflating(1, 300), "太大"),
    refused("five bombs", _inflating(5, 50), "太大"),
    refused("bomb in the sheet", _inflating(1, 150, "xl/worksheets/sheet9.xml"), "太大"),
    Hostile(
        "bombs in a zip in a zip", later(lambda: with_parts({"xl/media/x.zip": _nested(3)})), READ, people=ONE
    ),
    refused("overlapping parts", _overlapping, "损坏"),
    refused("2001 parts", _sound_and(*(f"xl/media/{number}.xml" for number in range(2001))), "太大"),
]
_LYING = [
    refused("lying sizes", _directory(b"xl/worksheets", 24, "<I", 10, local=22), "损坏"),
    refused("lying size in the directory", _directory(b"xl/worksheets", 24, "<I", 10), "损坏"),
    Hostile("size of 4 GB", _directory(b"xl/worksheets", 24, "<I", 0xFFFFFFFE, local=22), READ, people=EIGHT),
    refused("wrong sum", _directory(b"xl/worksheets", 16, "<I", 7, local=14), "损坏"),
    refused("unknown packing", _directory(b"xl/worksheets", 10, "<H", 99, local=8), "损坏"),
    refused("place beyond the end", _directory(b"xl/worksheets", 42, "<I", 0x7FFFFFFF), "损坏"),
    refused("a directory of 65,535 entries", _end_record(12, "<I", 0xFFFF), "损坏"),
    refused("a directory before the file", _end_record(16, "<I", 0xFFFFFF00), "损坏"),
    Hostile("an impossible date", _directory(b"xl/", 12, "<I", 0xFFFFFFFF), READ, people=EIGHT),
    refused("doubled part", _sound_and(SHEET), "损坏"),
    refused("part doubled but for its case", _sound_and("xl/worksheets/SHEET1.xml"), "损坏"),
    refused("part above the package", _sound_and("../../x.xml"), "损坏"),
    refused("part at the root of the disk", _sound_and("/etc/x.xml"), "损坏"),
    refused("part with backslashes", _sound_and("xl\\..\\x.xml"), "损坏"),
    Hostile("part on a drive", _sound_and("C:/Windows/x.xml"), READ, people=ONE),
    Hostile("a link", _link, READ, people=ONE),
]
_NAMED = [Hostile("named in GBK", _named_in_gbk, READ, people=EIGHT)] if sys.platform == "linux" else []
FILES = [*_NOT_THERE, *_DISGUISED, *_LOCKED, *_CUT, *_BOMBS, *_LYING, *_NAMED]
