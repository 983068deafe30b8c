"""Hostile names and contents of attachments: names that climb, devices, marks that turn the reading round, programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile.pen import READ, Hostile, raw, refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PDF = b"%PDF-1.4\n%%EOF\n"
NAME = "name"  # the file beside the content that holds its name as it is given


def named(name: str, content: bytes = PDF) -> Callable[[Path], Path]:
    """A content with the name under which it comes in, as from a mail or the clipboard."""

    def make(folder: Path) -> Path:
        (folder / NAME).write_bytes(name.encode("utf-8", "surrogatepass"))
        return raw("content", content)(folder)

    return make


_NAMES = {
    "climbing": "../../../../etc/甲.pdf",
    "climbing by backslashes": "..\\..\\甲.pdf",
    "from the root": "/etc/甲.pdf",
    "on a drive": "C:\\Windows\\甲.pdf",
    "of a drive alone": "C:甲.pdf",
    "on a share": "\\\\192.0.2.1\\x\\甲.pdf",
    "of a device path": "\\\\.\\PhysicalDrive0",
    "of two dots": "..",
    "of one dot": ".",
    "of nothing": "",
    "of blanks": " \u3000 ",
    "of dots and blanks": ". . .pdf",
    "con": "con.pdf",
    "nul": "NUL",
    "com1": "com1.pdf",
    "com with a small one": "com¹.pdf",
    "lpt9": "LPT9.txt.pdf",
    "conin": "CONIN$.pdf",
    "aux with a blank": "aux .pdf",
    "of a stream": "甲.pdf:x.exe",
    "of its first stream": "甲.pdf::$DATA",
    "turned round": "甲\u202efdp.exe",
    "of marks of no width": "甲\u200b.p\u200bdf",
    "of a mark of order": "\ufeff甲.pdf",
    "with a nought": "甲\0.exe.pdf",
    "with a line break": "甲\r\n乙.pdf",
    "with marks of control": "甲\x1b[31m\x07.pdf",
    "with forbidden marks": '甲<>"|?*乙.pdf',
    "with a dot at the end": "甲.pdf.",
    "with a blank at the end": "甲.pdf ",
    "with wide marks": "．．／甲．pdf",
    "of 300 characters": "农" * 300 + ".pdf",
    "of a thousand endings": "甲" + ".pdf" * 1000,
    "of a long ending": "甲." + "p" * 300,
    "of an emoji": "📎甲.pdf",
    "of a rare character": "\U00030edd.pdf",
    "of half a pair": "甲\ud800.pdf",
    "in the bytes of GBK": "申请书.pdf".encode("gbk").decode("utf-8", "surrogateescape"),
    "of accents": "e\u0301" * 100 + ".pdf",
    "of an address": "https://192.0.2.1/甲.pdf",
    "of a variable": "%SystemRoot%$HOME~甲.pdf",
    "of markup": "<img src=x onerror=alert(1)>.pdf",
    "of a pattern": "{0}%s%n甲.pdf",
    "of an option": "--甲.pdf",
}
NAMES = [Hostile(f"name {title}", named(name), READ) for title, name in _NAMES.items()]
CONTENTS = [
    refused("empty", named("甲.pdf", b""), "空的"),
    Hostile("a program called a paper", named("甲.pdf", b"MZ\x90\x00" + bytes(200)), READ, "只打开"),
    Hostile("a program", named("甲.exe", b"MZ\x90\x00" + bytes(200)), READ, "只打开"),
    Hostile("a script", named("甲.bat", b"@echo off\r\n"), READ, "只打开"),
    Hostile("a shortcut", named("甲.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(200)), READ, "只打开"),
    Hostile("a web page", named("甲.html", b"<script>"), READ, "只打开"),
    Hostile("a bomb", named("甲.docx", b"PK\x03\x04" + bytes(1000)), READ),
    Hostile("noise", named("甲.jpg", bytes(range(256)) * 40), READ, "只打开"),
    refused("a mark of secrecy", named("机密★1年 甲.pdf"), "密级"),
    refused("a mark of secrecy inside", named("甲.txt", "机密★1年\n".encode("gb18030")), "密级"),
]
FILES = [*NAMES, *CONTENTS]
