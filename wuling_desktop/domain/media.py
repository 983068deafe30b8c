"""What a file is, told by its first bytes; which names can be kept; which kinds another program may be given."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wuling_desktop.domain.texts import readable_name, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

JPEG, PNG, PDF, TEXT, UNKNOWN = (
    "image/jpeg",
    "image/png",
    "application/pdf",
    "text/plain",
    "application/octet-stream",
)
PICTURES = frozenset({JPEG, PNG, "image/gif", "image/bmp", "image/webp"})
_MAGIC: Mapping[bytes, str] = {
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
    b"%PDF-": PDF,
    b"{\\rtf": "application/rtf",
}
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument."
# A package is told apart by its ending only; another program looks into it anyway.
_PACKAGES = {
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}presentationml.presentation",
    ".ofd": "application/ofd",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".wps": "application/wps-office.wps",
    ".et": "application/wps-office.et",
    ".dps": "application/wps-office.dps",
}
_COMPOUNDS = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    **{ending: _PACKAGES[ending] for ending in (".wps", ".et", ".dps")},
}
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    JPEG: (".jpg", ".jpeg", ".jpe"),
    PNG: (".png",),
    "image/gif": (".gif",),
    "image/bmp": (".bmp",),
    "image/tiff": (".tif", ".tiff"),
    "image/webp": (".webp",),
    PDF: (".pdf",),
    "application/rtf": (".rtf", ".doc"),
    TEXT: (".txt", ".csv", ".md"),
}
_WORDS = {
    PDF: "PDF",
    TEXT: "文本",
    "application/rtf": "文字文档",
    "application/msword": "文字文档",
    _PACKAGES[".docx"]: "文字文档",
    _PACKAGES[".odt"]: "文字文档",
    _PACKAGES[".wps"]: "文字文档",
    "application/vnd.ms-excel": "表格",
    _PACKAGES[".xlsx"]: "表格",
    _PACKAGES[".ods"]: "表格",
    _PACKAGES[".et"]: "表格",
    "application/vnd.ms-powerpoint": "演示文稿",
    _PACKAGES[".pptx"]: "演示文稿",
    _PACKAGES[".dps"]: "演示文稿",
    _PACKAGES[".ofd"]: "OFD",
}
_LOOKED_AT = 4096
_LONGEST = 240  # bytes of UTF-8: Linux takes 255 of them for a name, Windows as many letters
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE)
_NAMELESS = "附件"


def media_of(content: bytes, name: str) -> str:
    """Return the media type of a content; only of packages and old Office files does the ending tell which."""
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    for magic, media in _MAGIC.items():
        if content.startswith(magic):
            return media
    ending = ending_of(name)
    if content.startswith(ZIP):
        return _PACKAGES.get(ending, "application/zip")
    if content.startswith(COMPOUND):
        return _COMPOUNDS.get(ending, UNKNOWN)
    if ending in _ENDINGS[TEXT] and b"\0" not in content[:_LOOKED_AT]:
        return TEXT
    return UNKNOWN


def in_words(media: str) -> str:
    """Return what the user calls files of this kind."""
    if media.startswith("image/"):
        return "图片"
    return "压缩包" if media == "application/zip" else _WORDS.get(media, "其他文件")


def may_be_opened(media: str, name: str) -> bool:
    """Whether another program may be given the file: papers and pictures whose ending says what they are."""
    ending = ending_of(name)
    endings = _ENDINGS.get(media)
    if endings is not None:
        return ending in endings
    return media in (_PACKAGES.get(ending), _COMPOUNDS.get(ending))


def ending_of(name: str) -> str:
    """Return the ending of a file name, in small letters, with its dot."""
    return PurePosixPath(name).suffix.lower()


def safe_name(name: str) -> str:
    """Return a name that every system can hold and that shows what it is: no folder, no mark that cannot be seen."""
    bare = re.split(r"[/\\]", visible(readable_name(name)))[-1]
    bare = _FORBIDDEN.sub("", bare).strip().strip(".").rstrip(". ").strip()
    if _DEVICES.match(bare):
        bare = f"{_NAMELESS} {bare}"
    if not bare:
        return _NAMELESS
    ending = PurePosixPath(bare).suffix
    if len(ending) > 10:
        ending = ""
    stem = bare[: len(bare) - len(ending)] if ending else bare
    room = _LONGEST - len(ending.encode())
    return f"{stem.encode()[:room].decode('utf-8', 'ignore').rstrip()}{ending}"
