"""Workbooks for trials of pages: made by openpyxl, filled as any form is, laid out with letters of known widths."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from openpyxl.styles import Border, Side

from wuling_desktop.exchange.forms import fill_form
from wuling_desktop.exchange.pages import sheet_page
from wuling_desktop.exchange.pages.page_commands import POINT, Fill, Line, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl import Workbook

    from wuling_desktop.exchange.forms.fill_form import FilledWorkbook
    from wuling_desktop.exchange.pages.page_commands import Font, Page

PIXEL = 25.4 / 96
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def measure(text: str, font: Font, width: float | None) -> tuple[float, float]:
    """Letters of a typewriter: Chinese ones an em wide, all others half an em, lines 1.2 em high."""
    em = font.size * POINT
    lines = [sum(0.5 if letter.isascii() else 1 for letter in line) * em for line in text.split("\n")]
    count = len(lines) if width is None else sum(max(ceil(line / width - 1e-9), 1) for line in lines)
    longest = max(lines)
    return (longest if width is None else min(longest, width)), count * 1.2 * em


def saved(book: Workbook, folder: Path, records: Sequence[dict[str, object]] = ()) -> FilledWorkbook:
    path = folder / "blank.xlsx"
    book.save(path)
    return fill_form.fill(fill_form.load_form(path), {}, records)


def pages_of(book: Workbook, folder: Path, **others: object) -> Sequence[Page]:
    return sheet_page.lay_out(saved(book, folder), measure, **others)


def texts(page: Page) -> dict[str, Text]:
    return {each.text: each for each in page.commands if isinstance(each, Text)}


def lines(page: Page) -> list[Line]:
    return [each for each in page.commands if isinstance(each, Line)]


def fills(page: Page) -> list[Fill]:
    return [each for each in page.commands if isinstance(each, Fill)]
