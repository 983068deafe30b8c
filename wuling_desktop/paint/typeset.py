"""Breaks a text into lines once for all: measured for the row's height and drawn on screen, PDF and printer alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout, QTextOption

from wuling_desktop.exchange.pages.page_commands import POINT
from wuling_desktop.paint import fonts

if TYPE_CHECKING:
    from PySide6.QtGui import QTextLine

    from wuling_desktop.exchange.pages.page_commands import Font, Run

UNIT = POINT / fonts.UNITS  # millimetres of one unit in which texts are set
_LINE_SEPARATOR = "\u2028"
_ENDLESS = 1e7
_STEPS, _LOST = 16, 1e-6


@dataclass(frozen=True, slots=True)
class Block:
    """A text broken into lines; lengths in units."""

    layout: QTextLayout
    lines: tuple[QTextLine, ...]
    width: float
    pitch: float  # height of a line
    leading: float  # of that, what letters leave free
    ascent: float

    @property
    def height(self) -> float:
        """The height of all lines."""
        return self.pitch * len(self.lines)

    def said(self, line: QTextLine) -> str:
        """Return the words of a line; Qt counts letters in UTF-16."""
        begin, end = line.textStart() * 2, (line.textStart() + line.textLength()) * 2
        return (
            self.layout.text().encode("utf-16-le")[begin:end].decode("utf-16-le").strip(f" {_LINE_SEPARATOR}")
        )


@lru_cache(maxsize=20_000)
def advance(text: str, font: Font) -> float:
    """Return the width of a single line in units."""
    return fonts.advance(text, font)


def block(runs: tuple[Run, ...], width: float | None) -> Block:
    """Set a text; `width` in units is where it wraps, None for only where it breaks by itself."""
    text = "".join(run.text for run in runs).replace("\n", _LINE_SEPARATOR)
    layout = QTextLayout(text, fonts.face(text, runs[0].font))
    layout.setCacheEnabled(True)
    if len(runs) > 1:
        layout.setFormats(_formats(runs))
    if width is not None:
        # What fits exactly must not break for a last digit that got lost on the way.
        width = math.ceil(width * _STEPS - _LOST) / _STEPS
    option = QTextOption()
    option.setWrapMode(
        QTextOption.WrapMode.NoWrap if width is None else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    )
    layout.setTextOption(option)
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(_ENDLESS if width is None else width)
        lines.append(line)
    layout.endLayout()
    heights = [fonts.line(run.font) for run in runs]
    widest = max((line.naturalTextWidth() for line in lines), default=0.0)
    pitch = max(high for high, _ in heights)
    leading = pitch - max(run.font.size for run in runs) * fonts.UNITS
    return Block(layout, tuple(lines), widest, pitch, leading, max(up for _, up in heights))


def _formats(runs: tuple[Run, ...]) -> list[QTextLayout.FormatRange]:
    found = []
    start = 0
    for run in runs:
        each = QTextLayout.FormatRange()
        look = QTextCharFormat()
        look.setFont(fonts.face(run.text, run.font))
        look.setForeground(QColor(run.colour))
        length = len(run.text.encode("utf-16-le")) // 2  # Qt counts in UTF-16
        each.start, each.length, each.format = start, length, look  # type: ignore[attr-defined]  # missing in the stubs
        start += length
        found.append(each)
    return found
