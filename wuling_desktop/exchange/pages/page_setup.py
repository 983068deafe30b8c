"""The page set-up of a sheet: paper, margins, scale, what stands where on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

INCH = 25.4
# Papers by their number in a workbook, in millimetres upright.
_PAPERS = {
    1: (215.9, 279.4), 2: (215.9, 279.4), 3: (279.4, 431.8), 5: (215.9, 355.6), 6: (139.7, 215.9),
    7: (184.15, 266.7), 8: (297.0, 420.0), 9: (210.0, 297.0), 10: (210.0, 297.0), 11: (148.0, 210.0),
    12: (257.0, 364.0), 13: (182.0, 257.0), 14: (215.9, 330.2), 33: (250.0, 353.0), 34: (176.0, 250.0),
    66: (420.0, 594.0), 70: (105.0, 148.0), 93: (146.0, 215.0), 94: (97.0, 151.0), 95: (97.0, 151.0),
}  # fmt: skip
_A4 = _PAPERS[9]  # what a Chinese office has in its printers where a sheet names nothing
_LENGTH = re.compile(r"([\d.]+)(mm|cm|in|pt|pc|pi)")
_UNITS = {"mm": 1.0, "cm": 10.0, "in": INCH, "pt": INCH / 72, "pc": INCH / 6, "pi": INCH / 6}
_YES = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class HeaderFooter:
    """Head and foot as the sheet writes them (&P, &N …): of all pages, of even ones, of the first."""

    odd: tuple[str, str] = ("", "")
    even: tuple[str, str] | None = None
    first: tuple[str, str] | None = None
    scaled: bool = True

    def of(self, number: int, *, first: bool) -> tuple[str, str]:
        """Return head and foot of a page of this number."""
        if first and self.first is not None:
            return self.first
        if number % 2 == 0 and self.even is not None:
            return self.even
        return self.odd


@dataclass(frozen=True, slots=True)
class PageSetup:
    """How a sheet is laid on paper; lengths in millimetres, scale as a factor."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    header: float
    footer: float
    scale: float = 1.0
    fit: tuple[int, int] | None = None  # pages across and down to fit into, 0 for as many as needed
    middle_across: bool = False
    middle_down: bool = False
    across_first: bool = False
    first_number: int | None = None
    grid: bool = False  # thin lines round every cell
    texts: HeaderFooter = HeaderFooter()

    @property
    def room(self) -> tuple[float, float]:
        """Width and height between the margins."""
        return max(self.width - self.left - self.right, 1.0), max(self.height - self.top - self.bottom, 1.0)


def page_setup(root: etree._Element) -> PageSetup:
    """Return the set-up that a sheet's XML holds; what it leaves out is as Excel has it, the paper A4."""
    setup = _attributes(root, "pageSetup")
    margins = _attributes(root, "pageMargins")
    options = _attributes(root, "printOptions")
    width, height = _paper(setup)

    def margin(side: str, other: float) -> float:
        return _real(margins.get(side), other) * INCH

    return PageSetup(
        width=width,
        height=height,
        left=margin("left", 0.7),
        right=margin("right", 0.7),
        top=margin("top", 0.75),
        bottom=margin("bottom", 0.75),
        header=margin("header", 0.3),
        footer=margin("footer", 0.3),
        scale=min(max(_real(setup.get("scale"), 100), 10), 400) / 100,
        fit=_fit(root, setup),
        middle_across=options.get("horizontalCentered") in _YES,
        middle_down=options.get("verticalCentered") in _YES,
        across_first=setup.get("pageOrder") == "overThenDown",
        first_number=_whole(setup.get("firstPageNumber"), 1)
        if setup.get("useFirstPageNumber") in _YES
        else None,
        grid=options.get("gridLines") in _YES,
        texts=_texts(root),
    )


def _paper(setup: dict[str, str]) -> tuple[float, float]:
    width, height = _PAPERS.get(_whole(setup.get("paperSize"), 9), _A4)
    own = _length(setup.get("paperWidth")), _length(setup.get("paperHeight"))
    if own[0] and own[1]:
        width, height = own
    return (height, width) if setup.get("orientation") == "landscape" else (width, height)


def _fit(root: etree._Element, setup: dict[str, str]) -> tuple[int, int] | None:
    if _attributes(root, "sheetPr/{*}pageSetUpPr").get("fitToPage") not in _YES:
        return None
    return _whole(setup.get("fitToWidth"), 1), _whole(setup.get("fitToHeight"), 1)


def _texts(root: etree._Element) -> HeaderFooter:
    element = root.find("{*}headerFooter")
    if element is None:
        return HeaderFooter()

    def pair(kind: str) -> tuple[str, str]:
        return element.findtext(f"{{*}}{kind}Header") or "", element.findtext(f"{{*}}{kind}Footer") or ""

    return HeaderFooter(
        odd=pair("odd"),
        even=pair("even") if element.get("differentOddEven") in _YES else None,
        first=pair("first") if element.get("differentFirst") in _YES else None,
        scaled=element.get("scaleWithDoc", "1") in _YES,
    )


def _attributes(root: etree._Element, path: str) -> dict[str, str]:
    element = root.find(f"{{*}}{path}")
    return {} if element is None else {str(key): str(value) for key, value in element.attrib.items()}


def _length(text: str | None) -> float:
    found = _LENGTH.fullmatch(text or "")
    return float(found[1]) * _UNITS[found[2]] if found else 0.0


def _real(text: str | None, other: float) -> float:
    try:
        return float(text) if text else other
    except ValueError:
        return other


def _whole(text: str | None, other: int) -> int:
    return int(text) if text and text.isdecimal() else other
