"""How much room a text takes on paper: what the laying out of pages asks the pen."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from wuling_desktop.exchange.pages.page_commands import Run
from wuling_desktop.paint import fonts, typeset
from wuling_desktop.paint.typeset import UNIT

if TYPE_CHECKING:
    from wuling_desktop.exchange.pages.page_commands import Font


@lru_cache(maxsize=50_000)
def measure(text: str, font: Font, width: float | None) -> tuple[float, float]:
    """Return width and height in millimetres of a text set in a font, wrapped at a width or not."""
    if width is None and "\n" not in text:
        return typeset.advance(text, font) * UNIT, fonts.line(font)[0] * UNIT
    found = typeset.block((Run(text, font, ""),), None if width is None else width / UNIT)
    return found.width * UNIT, found.height * UNIT
