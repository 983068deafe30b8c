"""Names for the tabs of a workbook: what programs allow, and no two alike."""

from __future__ import annotations

import re

LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def tab_name(wanted: str, taken: set[str]) -> str:
    """Return a name near the one wanted that is not taken yet, and take it."""
    name = _FORBIDDEN.sub(" ", wanted).strip().strip("'").strip()[:LONGEST] or "表"
    if name.casefold() == "history":  # a name that Excel keeps for itself
        name += "_"
    made, number = name, 1
    while made.casefold() in taken:
        number += 1
        tail = f"({number})"
        made = name[: LONGEST - len(tail)] + tail
    taken.add(made.casefold())
    return made
