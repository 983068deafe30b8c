"""What a file is, what it may be called, and what another program may be given."""

from __future__ import annotations

import pytest

from wuling_desktop.domain import media
from wuling_desktop.domain.media import in_words, may_be_opened, media_of, safe_name

ZIP, COMPOUND = b"PK\x03\x04" + b"\0" * 8, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 8


@pytest.mark.parametrize(
    ("content", "name", "kind", "words", "opened"),
    [
        (b"%PDF-1.7", "申请书.pdf", media.PDF, "PDF", True),
        (b"\xff\xd8\xff\xe0", "合影.JPG", media.JPEG, "图片", True),
        (b"\x89PNG\r\n\x1a\n", "图.png", media.PNG, "图片", True),
        (b"RIFF\0\0\0\0WEBPVP8 ", "图.webp", "image/webp", "图片", True),
        (ZIP, "记录.docx", media_of(ZIP, "x.docx"), "文字文档", True),
        (ZIP, "花名册.xlsx", media_of(ZIP, "x.xlsx"), "表格", True),
        (ZIP, "公文.ofd", "application/ofd", "OFD", True),
        (COMPOUND, "记录.doc", "application/msword", "文字文档", True),
        (COMPOUND, "记录.wps", "application/wps-office.wps", "文字文档", True),
        ("第一季度思想汇报".encode(), "汇报.txt", media.TEXT, "文本", True),
        ("汇报".encode("gb18030"), "汇报.txt", media.TEXT, "文本", True),
        (ZIP, "一包.zip", "application/zip", "压缩包", False),
        (ZIP, "宏.docm", "application/zip", "压缩包", False),
        (COMPOUND, "安装.msi", media.UNKNOWN, "其他文件", False),
        (b"MZ\x90\0", "工具.exe", media.UNKNOWN, "其他文件", False),
        (b"MZ\x90\0", "申请书.pdf", media.UNKNOWN, "其他文件", False),
        (b"%PDF-1.7", "申请书.exe", media.PDF, "PDF", False),
        (b"@echo off", "做.bat", media.UNKNOWN, "其他文件", False),
        (b"a\0b", "乱.txt", media.UNKNOWN, "其他文件", False),
        (b"<script>", "页.html", media.UNKNOWN, "其他文件", False),
    ],
)
def test_kinds(content: bytes, name: str, kind: str, words: str, *, opened: bool) -> None:
    found = media_of(content, name)
    assert (found, in_words(found), may_be_opened(found, name)) == (kind, words, opened)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("申请书.pdf", "申请书.pdf"),
        ("  申请书 .pdf ", "申请书.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\Windows\\win.ini", "win.ini"),
        ("C:\\用户\\张三\\申请书.pdf", "申请书.pdf"),
        ("/", "附件"),
        ("", "附件"),
        ("...", "附件"),
        ("..", "附件"),
        (".hidden", "hidden"),
        ("a.pdf.", "a.pdf"),
        ("a.pdf ", "a.pdf"),
        ("CON", "附件 CON"),
        ("con.txt", "附件 con.txt"),
        ("LPT1.pdf", "附件 LPT1.pdf"),
        ("com¹.pdf", "附件 com¹.pdf"),
        ("CONIN$", "附件 CONIN$"),
        ("console.txt", "console.txt"),
        ("申请\u202efdp.exe", "申请fdp.exe"),
        ("申\u200b请书.pdf", "申请书.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("a\nb.pdf", "ab.pdf"),
        ('a<b>:"|?*.pdf', "ab.pdf"),
        ("𠮷祥.pdf", "𠮷祥.pdf"),
        ("a.tar.gz", "a.tar.gz"),
        ("长" * 300 + ".pdf", "长" * 78 + ".pdf"),
        ("长" * 300, "长" * 80),
        ("a." + "x" * 300, ("a." + "x" * 300)[:240]),
        ("申请书.pdf".encode("gbk").decode("utf-8", "surrogateescape"), "申请书.pdf"),
        ("申\ud800请.pdf", "申请.pdf"),
    ],
)
def test_names_every_system_can_hold(given: str, kept: str) -> None:
    assert safe_name(given) == kept
    assert safe_name(kept) == kept
