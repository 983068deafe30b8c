"""Printing, onto a printer that is a PDF file: papers turned page by page, refusals told."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange import pdf_pages
from wuling_desktop.exchange.pages.page_commands import Box, Fill, Line, Page
from wuling_desktop.paint import printer

if TYPE_CHECKING:
    from pathlib import Path

UPRIGHT = Page(210, 297, (Line(20, 20, 190, 20, 0.25, "#000000"),))
ACROSS = Page(297, 210, (Fill(Box(20, 20, 100, 10), "#DDEBF7"),))
SMALL = Page(148, 210, (Line(20, 20, 120, 20, 0.25, "#000000"),))


def device(path: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    return made


def papers(path: Path) -> list[tuple[int, int]]:
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", path.read_bytes())
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def test_every_page_lies_on_its_paper(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    printer.print_pages([UPRIGHT, ACROSS, SMALL, UPRIGHT], device(path))
    assert papers(path) == [(595, 842), (842, 595), (420, 595), (595, 842)]


def test_copies_are_left_to_the_printer(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    made = device(path)
    made.setCopyCount(3)
    printer.print_pages([UPRIGHT], made)
    assert made.copyCount() == 3
    assert len(papers(path)) == 1
    assert made.docName() == "党建工作台"


def test_only_the_pages_wanted_are_printed(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    printer.print_pages([UPRIGHT, ACROSS, SMALL, UPRIGHT], device(path), [2, 3])
    assert papers(path) == [(842, 595), (420, 595)]


def test_no_pages_start_no_job(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    printer.print_pages([], device(path))
    assert not path.exists()


def test_a_printer_that_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problem) as told:
        printer.print_pages([UPRIGHT], device(tmp_path / "没有这个文件夹" / "a.pdf"))
    assert told.value.what.startswith("没有打印")
    assert "数据没有动" in told.value.why
    assert "PDF" in told.value.todo


def test_what_a_printer_cannot_reach_is_drawn_smaller() -> None:
    margins = QMarginsF(4.2, 4.2, 4.2, 12.7)  # of a common ink-jet printer
    assert printer._reachable(UPRIGHT, margins) == 1
    low = Page(210, 297, (Line(20, 20, 20, 290, 0.25, "#000000"),))
    scale = printer._reachable(low, margins)
    assert 0.9 < scale < 1
    assert 148.5 + (290 - 148.5) * scale == pytest.approx(297 - 12.7)


@pytest.mark.skipif(sys.platform != "linux", reason="CUPS_SERVER is Linux's and macOS's")
def test_the_printers_of_the_office_are_out_of_reach() -> None:
    assert QPrinterInfo.availablePrinterNames() == []


def test_all_is_moved_on_the_paper(tmp_path: Path) -> None:
    """To the right and down, as far as was asked: what begins at 20 mm begins at 25 and at 17."""
    printer.print_pages([ACROSS], device(tmp_path / "a.pdf"), shift=(5, -3))
    page = pdf_pages.page_of((tmp_path / "a.pdf").read_bytes(), 0, 1485, 1050)
    assert page is not None
    seen = QImage(page.dots, page.width, page.height, QImage.Format.Format_RGB32)
    inked = [(x, y) for x in range(700) for y in range(200) if seen.pixelColor(x, y).lightness() < 255]
    assert min(x for x, _ in inked) == pytest.approx(125, abs=2)
    assert min(y for _, y in inked) == pytest.approx(85, abs=2)
