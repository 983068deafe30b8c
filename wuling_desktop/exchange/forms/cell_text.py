"""Text as the XML of a workbook holds it: what XML cannot hold is written _x0007_, and such writing itself is guarded."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_GUARDED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_BLANKS = re.compile(r"^\s|\s$|\n|  ")
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f&<>_\ud800-\udfff\ufffe\uffff]")
# Control characters say nothing on paper; halves of a surrogate pair and the two non-characters are no text at all.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read(text: str) -> str:
    """Return the text meant by what stands in the XML."""
    if "_x" not in text:
        return text
    return _CODED.sub(lambda found: chr(int(found[1], 16)), text)


def written(text: str) -> str:
    """Return a text as it stands in the XML."""
    if not _SPECIAL.search(text):
        return text
    kept = _UNWRITABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return escape(_GUARDED.sub("_x005F_", kept))


def element(text: str, prefix: str = "") -> str:
    """Return a text as a `t` element; blanks at its ends and line breaks are kept."""
    kept = written(text)
    space = ' xml:space="preserve"' if _BLANKS.search(kept) else ""
    return f"<{prefix}t{space}>{kept}</{prefix}t>"
