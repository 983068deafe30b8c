"""Head and foot of a page, written in a sheet's own codes: 第 &P 页 共 &N 页."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wuling_desktop.exchange.pages.page_commands import Box, Run, Text
from wuling_desktop.exchange.pages.sheet_colours import BLACK

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from wuling_desktop.exchange.pages.page_commands import Font
    from wuling_desktop.exchange.pages.page_setup import PageSetup

_CODE = re.compile(
    r"""
    &(?:
        "(?P<face>[^"]*)"
        |(?P<size>\d{1,3})
        |[Kk](?P<colour>[0-9A-Fa-f]{6}|\d\d[+-]\d{3})
        |(?P<page>[Pp])(?P<more>[+-]\d+)?
        |(?P<letter>.)
    )
    |(?P<text>[^&]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_PLACES = {"L": "left", "C": "center", "R": "right"}
_SWITCHES: dict[str, Callable[[Font], Font]] = {
    "B": lambda look: replace(look, bold=not look.bold),
    "I": lambda look: replace(look, italic=not look.italic),
    "U": lambda look: replace(look, underline=not look.underline),
    "E": lambda look: replace(look, underline=not look.underline),
    "S": lambda look: replace(look, strike=not look.strike),
}
_HIGH = 60.0  # millimetres: more than any head needs


@dataclass(frozen=True, slots=True)
class Facts:
    """What the codes stand for on one page."""

    number: int
    pages: int
    sheet: str
    file: str
    now: dt.datetime


def texts(setup: PageSetup, codes: tuple[str, str], facts: Facts, font: Font, scale: float) -> Iterator[Text]:
    """Yield the texts of a page's head and foot; `font` is that of the workbook's Normal style."""
    width = setup.width - setup.left - setup.right
    head = Box(setup.left, setup.header, width, _HIGH)
    foot = Box(setup.left, setup.height - setup.footer - _HIGH, width, _HIGH)
    paper = Box(0, 0, setup.width, setup.height)
    for code, box, down in ((codes[0], head, "top"), (codes[1], foot, "bottom")):
        for across, runs in _sections(code, facts, font).items():
            yield Text(box, tuple(runs), paper, across, down, scale=scale)


def _sections(code: str, facts: Facts, font: Font) -> dict[str, list[Run]]:
    """Return the runs of the three parts; what stands before any &L &C &R is in the middle."""
    found: dict[str, list[Run]] = {}
    part, look, colour = "center", font, BLACK
    for token in _CODE.finditer(code):
        letter = (token["letter"] or "").upper()
        if letter in _PLACES:
            part, look, colour = _PLACES[letter], font, BLACK
        elif token["face"] is not None:
            look = _faced(token["face"], look, font)
        elif token["size"]:
            look = replace(look, size=float(max(int(token["size"]), 1)))
        elif token["colour"]:
            colour = f"#{token['colour'].upper()}" if token["colour"].isalnum() else colour
        elif letter in _SWITCHES:
            look = _SWITCHES[letter](look)
        elif said := _said(token, letter, facts):
            runs = found.setdefault(part, [])
            if runs and (runs[-1].font, runs[-1].colour) == (look, colour):
                said = runs.pop().text + said
            runs.append(Run(said, look, colour))
    return found


def _faced(name: str, look: Font, font: Font) -> Font:
    """Return the look of &"黑体,Bold"; a hyphen keeps the workbook's own face."""
    family, _, style = name.partition(",")
    style = style.lower()
    return replace(
        look,
        family=font.family if family in ("", "-") else family,
        bold="bold" in style or "加粗" in style,
        italic="italic" in style or "oblique" in style or "倾斜" in style,
    )


def _said(token: re.Match[str], letter: str, facts: Facts) -> str:
    if token["text"]:
        return token["text"].replace("\r\n", "\n")
    if token["page"]:
        return str(facts.number + int(token["more"] or 0))
    day = facts.now
    return {
        "N": str(facts.pages),
        "A": facts.sheet,
        "F": facts.file,
        "D": f"{day.year}/{day.month}/{day.day}",
        "T": f"{day.hour}:{day.minute:02d}",
        "&": "&",
    }.get(letter, "")
