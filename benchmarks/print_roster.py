"""The roster form (花名册) on paper: the first page of the preview, and the whole PDF, against a bare QPainter.

    .venv/bin/python benchmarks/print_roster.py [PEOPLE …] [--rounds N]

Needs no screen. Each in a process of its own, in turn, on a form that is filled already. The first page: all pages laid
out, the first drawn as a picture (goal 0.1 × the whole PDF of 5,000 people). The PDF against QPainter on QPdfWriter
drawing the same texts, lines and fills at their known places (goal 1.2 ×), and LibreOffice xlsx to pdf (goal 1/6).
"""

from __future__ import annotations

import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import measure
from benchmarks.measure import Figures, InTurn, alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from wuling_desktop.exchange.forms.filled import FilledWorkbook
    from wuling_desktop.exchange.pages.page_commands import Page, Text

SIZES = (60, 5_000)
FORM = "roster_general"
SCREEN, PAPER, INCH = 96, 1200, 25.4  # dots to the inch; millimetres in one
MANY = 1_000


def main() -> int:
    """Measure and print; the answer is the number of goals missed."""
    return measure.each_size(__doc__ or "", SIZES, at)


def at(place: Path, count: int, rounds: int) -> int:
    """Lay out so many people and compare."""
    from benchmarks import invented  # noqa: PLC0415 - not in the processes measured

    desk = invented.desk(place / "data", count)
    workbook = place / "roster.xlsx"
    desk.exporting.write(FORM, workbook, as_of=invented.TODAY)
    desk.close()
    return compare(count, place, workbook, rounds)


def compare(count: int, place: Path, workbook: Path, rounds: int) -> int:
    """Measure every way to do it and print."""
    ways = {way: partial(alone, way, place / "data") for way in ("first", "pdf", "bare")}
    if office := measure.has_office():
        ways["office"] = partial(measure.office, place, "pdf", workbook)
    done = InTurn(ways, rounds)
    print(f"{count} people, {done.median('bare', 'pages'):.0f} pages, {rounds} rounds")
    done.tell("first", "first page of the preview, of a filled form")
    print(f"    filling it from the records before that {done.median('first', 'filling') * 1000:.0f} ms")
    done.tell("pdf", "the whole PDF")
    done.tell("bare", "QPainter on QPdfWriter, the same texts")
    missed = done.judge("PDF to bare QPainter", "pdf", "bare", 1.2)
    if count >= MANY:  # of a page or two the first is most of it
        missed += done.judge("first page to the whole PDF", "first", "pdf", 0.1)
    if office:
        done.tell("office", "LibreOffice, xlsx to pdf")
        missed += done.judge("PDF to LibreOffice", "pdf", "office", 1 / 6)
    return missed


def first(data: str) -> Figures:
    """Lay all pages out and draw the first."""
    from wuling_desktop.exchange.pages import sheet_page  # noqa: PLC0415 - a child's imports are its own
    from wuling_desktop.paint import headless, pdf  # noqa: PLC0415 - the same
    from wuling_desktop.paint.measure import measure as sizes  # noqa: PLC0415 - the same

    form, filling = _filled(data)
    headless.ready()
    figures = measure.timed(lambda: pdf.picture(sheet_page.lay_out(form, sizes)[0], SCREEN))
    return {**figures, "filling": filling}


def pdf(data: str) -> Figures:
    """Write the PDF as the program does."""
    from wuling_desktop.paint import headless, pdf  # noqa: PLC0415 - a child's imports are its own

    form, _ = _filled(data)
    headless.ready()
    with tempfile.TemporaryDirectory() as place:
        return measure.timed(lambda: pdf.write_pdf(form, Path(place) / "roster.pdf"))


def bare(data: str) -> Figures:
    """Draw what is known to stand on the pages, and nothing more."""
    from PySide6.QtCore import QMarginsF  # noqa: PLC0415 - a child's imports are its own
    from PySide6.QtGui import QPainter, QPdfWriter  # noqa: PLC0415 - the same

    from wuling_desktop.exchange.pages import sheet_page  # noqa: PLC0415 - the same
    from wuling_desktop.paint import headless, pdf  # noqa: PLC0415 - the same
    from wuling_desktop.paint.measure import measure as sizes  # noqa: PLC0415 - the same

    form, _ = _filled(data)
    headless.ready()
    pages = list(sheet_page.lay_out(form, sizes))
    ready = [_ready(page) for page in pages]
    with tempfile.TemporaryDirectory() as place:

        def job() -> None:
            writer = QPdfWriter(str(Path(place) / "bare.pdf"))
            writer.setResolution(PAPER)
            writer.setPageLayout(pdf.layout_of(pages[0]))
            writer.setPageMargins(QMarginsF())
            painter = QPainter(writer)
            for number, each in enumerate(ready):
                if number:
                    writer.newPage()
                _draw(painter, each)
            painter.end()

        return {**measure.timed(job), "pages": len(pages)}


def _ready(page: Page) -> Sequence[tuple[Any, ...]]:
    """Return what stands on a page as QPainter takes it: (rectangle, colour) and (rectangle, flags, text, font, scale)."""
    from PySide6.QtCore import QRectF  # noqa: PLC0415 - a child's imports are its own
    from PySide6.QtGui import QColor  # noqa: PLC0415 - the same

    from wuling_desktop.exchange.pages.page_commands import Fill, Line, Text  # noqa: PLC0415 - the same
    from wuling_desktop.paint import fonts, typeset  # noqa: PLC0415 - the same

    dots = PAPER / INCH
    made: list[tuple[Any, ...]] = []
    for each in page.commands:
        if isinstance(each, Text):
            unit = typeset.UNIT * each.scale
            box = QRectF(*(length / unit for length in each.box))
            font = fonts.face(each.text, each.runs[0].font)
            made.append((box, _flags(each), each.text, font, dots * unit))
        elif isinstance(each, Fill):
            made.append((QRectF(*(length * dots for length in each.box)), QColor(each.colour)))
        elif isinstance(each, Line):
            wide, high = max(each.x2 - each.x1, each.width), max(each.y2 - each.y1, each.width)
            made.append(
                (QRectF(each.x1 * dots, each.y1 * dots, wide * dots, high * dots), QColor(each.colour))
            )
    return made


def _draw(painter: QPainter, ready: Sequence[tuple[Any, ...]]) -> None:
    last, scaled = None, 0.0
    for each in ready:
        if len(each) == 2:
            if scaled:
                painter.resetTransform()
                scaled = 0.0
            painter.fillRect(*each)
            continue
        box, flags, text, font, scale = each
        if scale != scaled:
            painter.resetTransform()
            painter.scale(scale, scale)
            scaled = scale
        if font is not last:
            painter.setFont(font)
            last = font
        painter.drawText(box, flags, text)


def _flags(text: Text) -> int:
    from PySide6.QtCore import Qt  # noqa: PLC0415 - a child's imports are its own

    across = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight}
    flags = int(Qt.AlignmentFlag.AlignVCenter) | int(across.get(text.across, Qt.AlignmentFlag.AlignHCenter))
    return flags | int(Qt.TextFlag.TextWordWrap if text.wrap else Qt.TextFlag.TextSingleLine)


def _filled(data: str) -> tuple[FilledWorkbook, float]:
    """Return the filled form, and the seconds it took to read the records and fill it."""
    from benchmarks.invented import PASSWORD, TODAY  # noqa: PLC0415 - a child's imports are its own
    from wuling_desktop.services.data_files import DataFiles  # noqa: PLC0415 - the same

    made: list[FilledWorkbook] = []
    desk = DataFiles(Path(data)).unlock(PASSWORD)
    desk.exporting.forms()  # as behind the door
    took = measure.timed(lambda: made.append(desk.exporting.fill(FORM, as_of=TODAY)))
    desk.close()
    return made[0], took["seconds"]


if __name__ == "__main__":
    measure.run(main, {each.__name__: each for each in (first, pdf, bare)})
