"""Draws a page: one routine for the preview, the PDF and the printer."""

from __future__ import annotations

import math
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from wuling_desktop.exchange.pages.page_commands import Fill, Image, Text
from wuling_desktop.paint import fonts, typeset
from wuling_desktop.paint.typeset import UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QFont

    from wuling_desktop.exchange.pages.page_commands import Box, Line, Page, Run

_FINE, _PALEST = 0.6, 0.25
_CHINESE = range(0x2E80, 0xFFE6)


def draw(painter: QPainter, page: Page, dots_per_mm: float) -> None:
    """Draw a page from the painter's origin on, at so many of its dots to the millimetre."""
    painter.save()
    straight = painter.transform()
    pen = _Pen(painter)
    scale = 0.0  # of the letters for which the painter is set; nought for lines and fills
    for command in page.commands:
        if isinstance(command, Text):
            if command.scale != scale:
                scale = command.scale
                size = dots_per_mm * UNIT * scale
                painter.setTransform(QTransform.fromScale(size, size) * straight)
            pen.text(command)
            continue
        if scale:
            painter.setTransform(straight)
            scale = 0.0
        if isinstance(command, Fill):
            painter.fillRect(_dots(command.box, dots_per_mm), _colour(command.colour))
        elif isinstance(command, Image):
            _draw_image(painter, command, dots_per_mm)
        else:
            _draw_line(painter, command, dots_per_mm)
    painter.restore()


def _dots(box: Box, dots: float) -> QRect:
    """Return the whole dots of a box, so that neighbours meet without a gap."""
    left, top = round(box.x * dots), round(box.y * dots)
    return QRect(
        left, top, round((box.x + box.width) * dots) - left, round((box.y + box.height) * dots) - top
    )


def _draw_image(painter: QPainter, image: Image, dots: float) -> None:
    """Draw a picture as sharp as the paper allows; one that cannot be read leaves its place empty."""
    picture = QImage.fromData(image.content)
    if picture.isNull():
        return
    painter.save()
    painter.setClipRect(_dots(image.clip, dots), Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(_dots(image.box, dots), picture)
    painter.restore()


def _draw_line(painter: QPainter, line: Line, dots: float) -> None:
    width = max(round(line.width * dots), 1)
    colour = _shade(line.colour, line.width * dots)
    x1, y1, x2, y2 = (place * dots for place in (line.x1, line.y1, line.x2, line.y2))
    is_slanted = line.x1 != line.x2 and line.y1 != line.y2
    if not is_slanted and not line.dashes:
        # Whole dots keep lines sharp; ends reach half a width further, so that corners are closed.
        left, top = round(min(x1, x2) - width / 2), round(min(y1, y2) - width / 2)
        right, bottom = round(max(x1, x2) - width / 2) + width, round(max(y1, y2) - width / 2) + width
        painter.fillRect(left, top, right - left, bottom - top, colour)
        return
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if line.dashes:
        pen.setDashPattern(line.dashes)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=is_slanted)
    painter.setPen(pen)
    if is_slanted:
        painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))
    else:
        half = width % 2 / 2
        begin = QPointF(round(x1 - half) + half, round(y1 - half) + half)
        painter.drawLine(begin, QPointF(round(x2 - half) + half, round(y2 - half) + half))


class _Pen:
    """Writes the texts of a page; a font is set only where it changes, which is what costs most."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self._font: QFont | None = None
        self._colour = ""

    def text(self, text: Text) -> None:
        """Write one text."""
        if text.rotation:
            self._turned(text)
            return
        if len(text.runs) == 1 and text.across in ("left", "center", "right"):
            run = text.runs[0]
            width = typeset.advance(run.text, run.font)
            if "\n" not in run.text and not (text.wrap and width > text.box.width / (UNIT * text.scale)):
                self._single(text, width)
                return
        self._block(text)

    def _single(self, text: Text, width: float) -> None:
        (run,) = text.runs
        high, ascent = fonts.line(run.font)
        unit = UNIT * text.scale
        box, clip = text.box, text.clip
        x = box.x / unit + _aside(text.across, box.width / unit - width)
        y = box.y / unit + _below(text.down, box.height / unit - high, high)
        self._take(fonts.face(run.text, run.font), run.colour)
        left, top = clip.x / unit, clip.y / unit
        right, bottom = left + clip.width / unit, top + clip.height / unit
        if x >= left and x + width <= right and y >= top and y + high <= bottom:
            self._painter.drawText(QPointF(x, y + ascent), run.text)
        else:
            with self._clipped(text):
                self._painter.drawText(QPointF(x, y + ascent), run.text)

    def _block(self, text: Text) -> None:
        box, clip = _in_units(text.box, text.scale), _in_units(text.clip, text.scale)
        block = typeset.block(text.runs, box.width() if text.wrap else None)
        spare = block.leading if len(block.lines) > 1 else block.height
        y = box.top() + _below(text.down, box.height() - block.height, spare)
        is_inside = block.height <= box.height() and block.width <= box.width() and clip.contains(box)
        run = text.runs[0]
        self._take(fonts.face(text.text, run.font), run.colour)
        is_spread = text.across in ("distributed", "justify") and len(text.runs) == 1
        with nullcontext() if is_inside else self._clipped(text):
            for place, line in enumerate(block.lines):
                baseline = y + place * block.pitch + block.ascent
                is_last = place == len(block.lines) - 1
                if is_spread and not (is_last and text.across == "justify"):
                    self._spread(block.said(line), run, box, baseline)
                else:
                    x = box.left() + _aside(text.across, box.width() - line.naturalTextWidth())
                    line.setPosition(QPointF(x, baseline - line.ascent()))
                    line.draw(self._painter, QPointF(0, 0))

    def _spread(self, words: str, run: Run, box: QRectF, baseline: float) -> None:
        """Draw a line over the whole width: its letters apart where it is Chinese, else its words."""
        pieces = list(words) if any(ord(letter) in _CHINESE for letter in words) else words.split()
        widths = [typeset.advance(piece, run.font) for piece in pieces]
        over = box.width() - sum(widths)
        gap = max(over, 0) / (len(pieces) - 1) if len(pieces) > 1 else 0.0
        x = box.left() if gap or over < 0 else box.left() + over / 2
        for piece, width in zip(pieces, widths, strict=True):
            self._take(fonts.face(piece, run.font), run.colour)
            self._painter.drawText(QPointF(x, baseline), piece)
            x += width + gap

    def _turned(self, text: Text) -> None:
        """Draw a turned text: its own box, turned, stands in the cell as a straight one would."""
        box = _in_units(text.box, text.scale)
        is_upright = abs(text.rotation) == 90
        block = typeset.block(text.runs, box.height() if text.wrap and is_upright else None)
        turn = math.radians(text.rotation)
        sine, cosine = abs(math.sin(turn)), abs(math.cos(turn))
        width = block.width * cosine + block.height * sine
        height = block.width * sine + block.height * cosine
        x = box.left() + _aside(text.across, box.width() - width) + width / 2
        y = box.top() + _below(text.down, box.height() - height, height) + height / 2
        self._take(fonts.face(text.text, text.runs[0].font), text.runs[0].colour)
        with self._clipped(text):
            self._painter.translate(x, y)
            self._painter.rotate(-text.rotation)
            top = block.ascent - block.height / 2
            for place, line in enumerate(block.lines):
                line.setPosition(
                    QPointF(-line.naturalTextWidth() / 2, top + place * block.pitch - line.ascent())
                )
                line.draw(self._painter, QPointF(0, 0))

    def _take(self, font: QFont, colour: str) -> None:
        if font is not self._font:
            self._painter.setFont(font)
            self._font = font
        if colour != self._colour:
            self._painter.setPen(_colour(colour))
            self._colour = colour

    @contextmanager
    def _clipped(self, text: Text) -> Iterator[None]:
        self._painter.save()
        self._painter.setClipRect(_in_units(text.clip, text.scale), Qt.ClipOperation.IntersectClip)
        yield
        self._painter.restore()
        self._font, self._colour = None, ""


def _in_units(box: Box, scale: float) -> QRectF:
    return QRectF(*(each / (UNIT * scale) for each in box))


def _aside(across: str, room: float) -> float:
    if across == "center":
        return room / 2
    return room if across == "right" else 0.0


def _below(down: str, room: float, spare: float) -> float:
    """Return how far below the top of its box a text begins.

    Where it wants `spare` more than there is, at most, its letters still show in the middle; longer ones show their
    beginning.
    """
    if room < 0:
        return room / 2 if -room <= spare else 0.0
    return {"top": 0.0, "bottom": room}.get(down, room / 2)


def _shade(name: str, dots: float) -> QColor:
    """Return the colour of a line: paler where it is much finer than a dot, or a small picture would be all lines."""
    if dots >= _FINE:
        return _colour(name)
    shade = QColor(name)
    shade.setAlphaF(max(dots, _PALEST))
    return shade


@cache
def _colour(name: str) -> QColor:
    return QColor(name)
