"""What a file carries beside its sheets and what is never run or followed: macros, links to other files and pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MACROS = "文件里带有宏，没有运行，也没有取"
LINKS = "文件连着别的文件或网页，没有去读，只取了文件里存下的值"
MACRO_STREAM = "_VBA_PROJECT_CUR"  # in an old .xls
_MACRO_PARTS = re.compile(r"xl/vbaproject\.bin|xl/macrosheets/.*|(?:basic|scripts)/.*", re.IGNORECASE)
_LINK_PARTS = re.compile(r"xl/(?:externallinks|querytables)/.*|xl/connections\.xml", re.IGNORECASE)


def notes_on_parts(names: Iterable[str]) -> list[str]:
    """Return what to tell of the parts of a package that are left out."""
    named = list(names)
    told = ((MACROS, _MACRO_PARTS), (LINKS, _LINK_PARTS))
    return [note for note, parts in told if any(parts.fullmatch(name) for name in named)]
