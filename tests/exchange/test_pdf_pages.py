"""A PDF is drawn by a child: page by page, no larger than asked, and whatever it is nothing falls with it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QPageSize, QPainter, QPdfWriter

from wuling_desktop.exchange import pdf_pages
from wuling_desktop.exchange.reading import child, limits

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

COLOURS = ("red", "lime", "blue")


@pytest.fixture
def three_pages(qapp: QApplication) -> bytes:
    """A PDF whose pages are red, green and blue all over."""
    assert qapp is not None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    pen = QPainter(writer)
    for number, colour in enumerate(COLOURS):
        if number:
            writer.newPage()
        pen.fillRect(-1000, -1000, 50_000, 50_000, QColor(colour))
    pen.end()
    return bytes(buffer.data().data())


@pytest.mark.parametrize("number", range(3))
def test_each_page_is_drawn_in_its_own_colours(three_pages: bytes, number: int) -> None:
    page = pdf_pages.page_of(three_pages, number, 300, 400)
    assert page is not None
    assert (page.number, page.pages) == (number, 3)
    assert 0 < page.width <= 300
    assert 395 <= page.height <= 401
    middle = (page.height // 2 * page.width + page.width // 2) * 4
    blue, green, red = page.dots[middle : middle + 3]
    assert (red, green, blue) == QColor(COLOURS[number]).getRgb()[:3]


def test_a_page_that_is_not_there_is_the_nearest(three_pages: bytes) -> None:
    for asked, shown in ((-5, 0), (99, 2)):
        page = pdf_pages.page_of(three_pages, asked, 50, 50)
        assert page is not None
        assert page.number == shown


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"PK\x03\x04", bytes(range(256)) * 50])
def test_what_is_no_pdf_is_not_drawn(content: bytes) -> None:
    assert pdf_pages.page_of(content, 0, 100, 100) is None


def test_a_broken_pdf_is_not_drawn_or_as_far_as_it_goes(three_pages: bytes) -> None:
    for cut in range(0, len(three_pages), len(three_pages) // 7):
        page = pdf_pages.page_of(three_pages[:cut], 0, 60, 60)
        assert page is None or page.pages <= 3


@pytest.mark.parametrize(
    "script",
    ["import os; os.abort()", "print('{}')", "import sys; sys.stdout.write('x' * 99)", "while True: pass"],
)
def test_a_child_that_dies_babbles_or_hangs_draws_nothing(
    three_pages: bytes, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "started", lambda *_: [sys.executable, "-c", script])
    monkeypatch.setattr(limits, "WALL_SECONDS", 1)
    assert pdf_pages.page_of(three_pages, 0, 60, 60) is None
