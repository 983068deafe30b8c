"""Pages as a PDF file, written whole or not at all, and as pictures; needs no display."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange import saving
from wuling_desktop.exchange.pages import sheet_page
from wuling_desktop.paint import headless, painter, text_layer
from wuling_desktop.paint.measure import measure
from wuling_desktop.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from wuling_desktop.exchange.forms.filled import FilledWorkbook
    from wuling_desktop.exchange.pages.page_commands import Page

_INCH = 25.4
_DPI = 1200
_CREATOR = "党建工作台"


def write_pdf(filled: FilledWorkbook, path: Path) -> int:
    """Write the pages of a filled form and return their number."""
    headless.ready()
    pages = sheet_page.lay_out(filled, measure, file_name=path.stem)
    if not pages:
        raise Problem(
            "没有可打印的内容。", "这张表里还没有字，也没有格线；没有写文件。", "请先填一些内容再试。"
        )
    content = _pdf(pages, path.stem)
    with saving.saved(path) as file:
        file.write(content)
    return len(pages)


def pictures(filled: FilledWorkbook, dpi: int) -> Iterator[QImage]:
    """Yield each page of a filled form as a picture, black on white."""
    headless.ready()
    for page in sheet_page.lay_out(filled, measure):
        yield picture(page, dpi)


def picture(page: Page, dpi: int) -> QImage:
    """Return one page as a picture."""
    dots = dpi / _INCH
    image = QImage(round(page.width * dots), round(page.height * dots), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    pen = QPainter(image)
    pen.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.draw(pen, page, dots)
    pen.end()
    return image


def layout_of(page: Page) -> QPageLayout:
    """Return the paper of a page for Qt, its whole surface to be drawn on."""
    across = page.width > page.height
    size = QSizeF(*sorted((page.width, page.height)))
    orientation = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    paper = QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    return QPageLayout(paper, orientation, QMarginsF())


def _pdf(pages: Sequence[Page], title: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(title)
    writer.setCreator(_CREATOR)
    writer.setPageLayout(layout_of(pages[0]))
    pen = QPainter(writer)
    try:
        for number, page in enumerate(counted("已画", pages, "页", every=1)):
            if number:
                writer.setPageLayout(layout_of(page))
                writer.newPage()
            painter.draw(pen, page, _DPI / _INCH)
    finally:
        pen.end()
    return text_layer.mended(bytes(buffer.data().data()))
