"""What a file really is, told by its first bytes and never by its ending."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from wuling_desktop.domain.media import COMPOUND, ZIP
from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.text_coding import wide_coding

if TYPE_CHECKING:
    from pathlib import Path

_EMPTY_ZIP = b"PK\x05\x06"
# What the zip reader lets out on files that begin like one and are none.
NOT_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    IndexError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
_OTHERS = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"BM": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"MZ": "程序",
    b"\x7fELF": "程序",
    b"{\\rtf": "文字文档",
}
_SAFE = "里面的内容没有读，程序里的数据没有动。"
_SAVE_AS = "请在 WPS 里打开它，用“另存为”存成 xlsx，再导入那一份。"
_LOOKED_AT = 4096
_OF_WPS = (".et", ".ett")
_COMPOUND_HEAD = 512


def file_kind(path: Path) -> str:
    """Return package (of an .xlsx or .ods), xls, html, xml (of Excel 2003) or csv.

    Problem for everything else, an empty file and a file beyond the cap.
    """
    size = path.stat().st_size
    if size == 0:
        raise Problem(
            "这个文件是空的。", f"文件大小是 0，可能没有拷贝完整；{_SAFE}", "请重新拷贝一份，或请对方重发。"
        )
    if size > limits.FILE_BYTES:
        raise limits.too_large(f"文件有 {size / 2**20:.0f} MB，最多读 {limits.FILE_BYTES // 2**20} MB")
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
    if head.startswith(_EMPTY_ZIP):
        raise not_a_workbook("是一个空的压缩包")
    if head.startswith(ZIP):
        return "package"
    if head.startswith(COMPOUND):
        return _compound_kind(path)
    for magic, what in _OTHERS.items():
        if head.startswith(magic) and (len(magic) > 2 or b"\0" in head):  # BMI is a heading, too
            raise not_a_workbook(f"是{what}")
    return _text_kind(head)


def _compound_kind(path: Path) -> str:
    """Tell an old Office file by the streams in it."""
    content = path.read_bytes()
    if _cut_off(content):
        raise damaged("文件只有前面一截")
    if holds_stream(content, "EncryptionInfo") and holds_stream(content, "EncryptedPackage"):
        raise protected()
    if holds_stream(content, "Workbook") or holds_stream(content, "Book"):
        return "xls"
    if holds_stream(content, "WordDocument"):
        raise not_a_workbook("是 Word 文档")
    if path.suffix.casefold() in _OF_WPS:
        raise other_format(" WPS 表格的一种新格式")
    raise not_a_workbook("里面没有表格")


def _cut_off(content: bytes) -> bool:
    """Whether the sector in which the streams are named lies beyond the end."""
    if len(content) < _COMPOUND_HEAD:
        return True
    (shift,), (sector,) = struct.unpack_from("<H", content, 30), struct.unpack_from("<I", content, 48)
    return shift in (9, 12) and (sector + 1) << shift >= len(content)


def holds_stream(content: bytes, stream: str) -> bool:
    """Whether an old Office file names a stream: names stand in it as UTF-16."""
    return f"{stream}\0".encode("utf-16-le") in content


def _text_kind(head: bytes) -> str:
    """Text is taken as csv, unless it is a web page or XML."""
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if coding := "utf-16" if marked else wide_coding(head):
        head = head.decode(coding, "ignore").encode()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"mime-version:"):
        raise web_page()
    if start.startswith(b"<"):
        return _markup_kind(start)
    if b"\0" in head:
        raise not_a_workbook("里面不是文字，也不是表格")
    return "csv"


def _markup_kind(start: bytes) -> str:
    if re.search(rb"<!doctype html|<html\b", start):
        return "html"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return "xml"
    if re.search(rb"<(?:head|meta|body|table|style|div)\b", start):
        return "html"
    raise Problem("这个文件是 XML 文件，不是通常的表格。", _SAFE, _SAVE_AS)


def web_page() -> Problem:
    """Return the problem of a web page without a list in it."""
    return Problem("这个文件其实是网页，不是表格。", f"有的系统把网页改名成 .xls 导出；{_SAFE}", _SAVE_AS)


def not_a_workbook(what: str) -> Problem:
    """Return the problem of a file that is something else."""
    return Problem(
        f"这个文件不是表格，它{what}。",
        _SAFE,
        "请选 xlsx、xls、ods 或 csv 文件；如果表格在别的文件里，请先另存出来。",
    )


def protected() -> Problem:
    """Return the problem of a workbook with an opening password."""
    return Problem(
        "这个文件设了打开密码，没有读。",
        "程序不问也不存别的文件的密码；程序里的数据没有动。",
        "请在 WPS 里用密码打开它，去掉打开密码后另存一份，再导入那一份。",
    )


def damaged(what: str) -> Problem:
    """Return the problem of a file that calls itself a workbook and cannot be read."""
    return Problem(
        "这个文件已损坏，读不出来。",
        f"{what}，可能没有拷贝或下载完整；程序里的数据没有动。",
        "请在 WPS 里打开它看看，能打开就另存为 xlsx 再导入；打不开请对方重发。",
    )


def other_format(what: str) -> Problem:
    """Return the problem of a workbook in a format that is not read."""
    return Problem(f"这个文件是{what}，程序还不能直接读。", _SAFE, _SAVE_AS)
