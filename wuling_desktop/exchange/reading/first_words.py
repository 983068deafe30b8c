"""The first lines of a paper, as far as they can be read without its program: to see a mark of secrecy on it.

Texts, Office packages and old Word files can be read; of a picture, a scan or a PDF only its name is known.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from wuling_desktop.domain.media import COMPOUND, ZIP
from wuling_desktop.exchange.reading.file_kind import NOT_ZIP

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINES = 80  # about a first page
_LONGEST = 40  # letters: a mark stands alone on its line
_BYTES = 2**20  # of a part, inflated
_PARTS = re.compile(
    r"word/(?:header\d*|document)\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet1\.xml|ppt/slides/slide1\.xml"
    r"|content\.xml"
)
_END_OF_LINE = re.compile(r"</(?:w:p|a:p|si|is|text:p|text:h)>")
_TAG = re.compile(r"<[^>]*>")
_BREAKS = re.compile(r"[\x00-\x1f\u2028\u2029]+")


def first_words(content: bytes, name: str) -> list[str]:
    """Return the name and the short lines with which a file begins."""
    if content.startswith(ZIP):
        lines = _of_package(content)
    elif content.startswith(COMPOUND):
        lines = _BREAKS.split(content[:_BYTES].decode("utf-16-le", "ignore"))
    else:
        lines = _of_text(content)
    short = [line for line in lines if 0 < len(line.strip()) <= _LONGEST]
    return [name, *(short if content.startswith(COMPOUND) else short[:_LINES])]


def _of_package(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return list(_lines(package))
    except NOT_ZIP:
        return []  # damaged or locked: kept as it is, nobody can read it here


def _lines(package: zipfile.ZipFile) -> Iterator[str]:
    names = [name for name in package.namelist() if _PARTS.fullmatch(name)]
    for name in sorted(names, key=lambda name: ("header" not in name, name)):
        with package.open(name) as part:
            text = part.read(_BYTES).decode("utf-8", "ignore")
        for line in _END_OF_LINE.split(text):
            yield _TAG.sub("", line)


def _of_text(content: bytes) -> list[str]:
    start = content[:_BYTES]
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return []
    for encoding in ("utf-16", "utf-8-sig", "gb18030"):
        if (encoding == "utf-16") == start.startswith((b"\xff\xfe", b"\xfe\xff")):
            try:
                return _BREAKS.split(start.decode(encoding))
            except UnicodeDecodeError:
                continue
    return []
