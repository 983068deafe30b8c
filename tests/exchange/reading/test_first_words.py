"""The first lines of papers, for a mark of secrecy: what can be read without its program is read."""

from __future__ import annotations

import io
import zipfile

import pytest

from wuling_desktop.exchange.reading.first_words import first_words
from wuling_desktop.exchange.reading.secrecy import is_marked

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def package(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", content)
    return made.getvalue()


def far_away() -> bytes:
    """Return a package whose list of contents points beyond any file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("word/document.xml", "x")
        file.infolist()[0].header_offset = 2**63
    return made.getvalue()


def paragraphs(*texts: str) -> str:
    return "".join(f"<w:p><w:pPr/><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("机密★1年\n通知".encode(), "a.txt"),
        ("机密★1年\n通知".encode("gb18030"), "a.txt"),
        ("机密★1年\n通知".encode("utf-16"), "a.txt"),
        (package(word__document=paragraphs("绝密★长期", "通知")), "a.docx"),
        (package(word__header1=paragraphs("秘密★5年"), word__document=paragraphs("通知")), "a.docx"),
        (package(word__document="<w:p><w:r><w:t>机</w:t></w:r><w:r><w:t>密★</w:t></w:r></w:p>"), "a.docx"),
        (package(xl__sharedStrings="<sst><si><t>密级：秘密</t></si></sst>"), "a.xlsx"),
        (package(ppt__slides__slide1="<a:p><a:r><a:t>秘密★10年</a:t></a:r></a:p>"), "a.pptx"),
        (package(content="<text:p>机密★</text:p>"), "a.odt"),
        (COMPOUND + "机密★1年\r通知".encode("utf-16-le"), "a.doc"),
        (b"%PDF-1.7", "秘密★1年 通知.pdf"),
    ],
)
def test_a_mark_is_seen(content: bytes, name: str) -> None:
    assert is_marked(first_words(content, name))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("严守党的纪律，保守党的秘密，对党忠诚".encode(), "a.txt"),
        (
            package(
                word__document=paragraphs("学习《中华人民共和国保守国家秘密法》2024年修订的有关内容和体会")
            ),
            "a.docx",
        ),
        (package(word__document=paragraphs(*["通知"] * 200, "机密★1年")), "a.docx"),
        (b"\xff\xd8\xff\xe0", "合影.jpg"),
        (b"", "a.txt"),
        (b"PK\x03\x04 cut off", "a.docx"),
        (far_away(), "a.docx"),
        (bytes(range(256)) * 40, "a.bin"),
    ],
)
def test_what_is_none_is_none(content: bytes, name: str) -> None:
    assert not is_marked(first_words(content, name))


def test_a_bomb_is_read_no_further_than_its_beginning() -> None:
    content = package(word__document="<w:p><w:t>" + "甲" * 50_000_000 + "</w:t></w:p>")
    assert first_words(content, "a.docx") == ["a.docx"]
