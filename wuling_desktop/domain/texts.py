"""Cleaning of text as it arrives: widths, blanks, marks that cannot be seen, ways of writing 'nothing'."""

from __future__ import annotations

import re
import unicodedata

# Zero-width, byte-order and direction marks, soft hyphen: invisible, yet they make equal names differ.
_MARKS = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_UNSEEN = re.compile(f"[{_MARKS}]")
_REPLACED = re.compile(
    f"[{_MARKS}\r\u3000\u00a0]"
)  # by `visible`: in nearly every cell one look finds nothing
_INTERPUNCTS = re.compile("[\u00b7\u2022\u2027\u30fb\uff65\u2219\u22c5\u2024\u318d\u16eb.．]")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "NULL", "null", "N/A", "n/a", "#N/A", "None", "nan", "\\N"}
)


def visible(text: str) -> str:
    """Return `text` without unseen marks and blanks at its ends, lines ending in one newline."""
    if _REPLACED.search(text) is None:
        return text.strip()
    text = _UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\u3000", " ").replace("\u00a0", " ").strip()


def readable_name(name: str) -> str:
    """Return a file's name as text: bytes that are no UTF-8, as archives from Windows leave them, are read as GB 18030."""
    try:
        name.encode()
    except UnicodeEncodeError:
        pass
    else:
        return name
    try:
        return name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
    except UnicodeEncodeError:  # half a pair of UTF-16, as Windows allows it
        return name.encode("utf-8", "replace").decode()


def folded(text: str) -> str:
    """Return the text in half width (NFKC), visible only: so codes and numbers are compared."""
    seen = visible(text)
    return seen if seen.isascii() else unicodedata.normalize("NFKC", seen).strip()


def closed(text: str) -> str:
    """Return the folded text without any white space: the form in which labels are compared."""
    return "".join(folded(text).split())


def says_nothing(text: str) -> bool:
    """Whether the text is a way of writing an empty cell; 无 is not: it says that there is none."""
    return folded(text) in _NOTHING


def person_name(text: str) -> str:
    """Return a name as on the identity card: no blanks inside a Han name, one interpunct (·)."""
    name = folded(text)
    if re.search(f"[{_HAN}]", name):
        name = re.sub(r"\s+", "", name)
        name = _INTERPUNCTS.sub("·", name).strip("·")
    return re.sub(r"\s+", " ", name)


def from_cell(raw: object) -> str:
    """Return the text of a cell: whole floats without their .0, True and False as 是 and 否."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw)
