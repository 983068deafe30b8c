"""Pages on a printer: on the whole paper, so that margins are the sheet's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.pages.page_commands import Fill, Line
from wuling_desktop.paint import painter
from wuling_desktop.paint.pdf import layout_of
from wuling_desktop.progress import Stopped, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.exchange.pages.page_commands import Page

_INCH = 25.4
_NAME = "党建工作台"
_BAD = (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)


def print_pages(
    pages: Sequence[Page],
    device: QPrinter,
    wanted: Sequence[int] | None = None,
    *,
    shift: tuple[float, float] = (0.0, 0.0),
) -> None:
    """Give pages to a printer, all or those of the `wanted` numbers from 1 on; how many copies it makes is its setting.

    `shift` moves all that is drawn, to the right and down, in millimetres: a printer does not meet a printed paper
    exactly where another one does. Told to stop, it takes back what the printer has not printed yet.
    """
    numbers = range(1, len(pages) + 1) if wanted is None else wanted
    if not numbers:
        return
    if not device.docName():
        device.setDocName(_NAME)
    device.setFullPage(True)
    _set_paper(device, pages[numbers[0] - 1])
    pen = QPainter()
    if not pen.begin(device):
        raise _refused(device)
    try:
        for place, number in enumerate(counted("已交", numbers, "页", every=1)):
            page = pages[number - 1]
            if place:
                _set_paper(device, page)
                if not device.newPage():
                    raise _refused(device)
            _draw(pen, page, device, shift)
    except Stopped:
        device.abort()
        raise
    finally:
        pen.end()
    if device.printerState() in _BAD:
        raise _refused(device)


def _set_paper(device: QPrinter, page: Page) -> None:
    layout = layout_of(page)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)


def _draw(pen: QPainter, page: Page, device: QPrinter, shift: tuple[float, float]) -> None:
    """Draw a page, a little smaller where the printer cannot reach all that stands on it."""
    dots = device.resolution() / _INCH
    pen.save()
    pen.translate(shift[0] * dots, shift[1] * dots)
    margins = device.pageLayout().minimumMargins()
    scale = _reachable(page, QMarginsF(margins) * (_INCH / 72))
    if scale < 1:
        pen.translate(page.width * dots * (1 - scale) / 2, page.height * dots * (1 - scale) / 2)
        pen.scale(scale, scale)
    painter.draw(pen, page, dots)
    pen.restore()


def _reachable(page: Page, margins: QMarginsF) -> float:
    """Return the scale, about the middle of the paper, at which nothing lies on the strip a printer leaves white."""
    scale = 1.0
    for x, y in _corners(page):
        for place, length, near, far in (
            (x, page.width, margins.left(), margins.right()),
            (y, page.height, margins.top(), margins.bottom()),
        ):
            aside = abs(place - length / 2)
            room = length / 2 - (near if place < length / 2 else far)
            if aside > room > 0:
                scale = min(scale, room / aside)
    return scale


def _corners(page: Page) -> list[tuple[float, float]]:
    """Return the ends of all lines and the corners of all fills."""
    found = []
    for command in page.commands:
        if isinstance(command, Line):
            found += [(command.x1, command.y1), (command.x2, command.y2)]
        elif isinstance(command, Fill):
            box = command.box
            found += [(box.x, box.y), (box.x + box.width, box.y + box.height)]
    return found


def _refused(device: QPrinter) -> Problem:
    name = f"“{device.printerName()}”" if device.printerName() else "打印机"
    return Problem(
        f"没有打印：{name}没有接受。",
        "可能没有开机、没有连上或缺纸；数据没有动。",
        "请检查打印机后再印，或先存成 PDF。",
    )
