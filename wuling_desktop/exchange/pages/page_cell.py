"""What of a cell is seen on paper: its text run by run, and on which side it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from wuling_desktop.exchange.pages import number_text
from wuling_desktop.exchange.pages.page_commands import Font, Run
from wuling_desktop.exchange.pages.sheet_columns import PIXEL

if TYPE_CHECKING:
    from wuling_desktop.exchange.forms.filled import FilledCell
    from wuling_desktop.exchange.pages.sheet_styles import CellStyle, Styles

PADDING = 2 * PIXEL  # between a cell's edge and its text
INDENT = 9 * PIXEL


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a cell with its looks."""

    style: CellStyle
    runs: tuple[Run, ...]
    is_number: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return self.runs[0].text if len(self.runs) == 1 else "".join(run.text for run in self.runs)

    @property
    def font(self) -> Font:
        """The largest font in it: lines are as high as it needs."""
        return max((run.font for run in self.runs), key=lambda font: font.size)

    @property
    def across(self) -> str:
        """Where the text stands: numbers to the right, words to the left, unless the cell says otherwise."""
        if self.style.across == "general":
            if self.style.stacked or abs(self.style.rotation) == 90:
                return "center"
            return "right" if self.is_number else "left"
        return "center" if self.style.across == "centerContinuous" else self.style.across

    def sized(self, factor: float) -> Content:
        """Return the same in smaller letters, in tenths of a point, rather too small than too large."""
        runs = (
            replace(run, font=replace(run.font, size=int(run.font.size * factor * 10) / 10))
            for run in self.runs
        )
        return replace(self, runs=tuple(runs))


def content_of(cell: FilledCell, styles: Styles) -> Content:
    """Return what a cell shows; no runs for nothing."""
    style = styles.of(cell.style)
    if cell.runs:
        runs = tuple(
            Run(_lines(text, style), *styles.of_run(look, style)) for look, text in cell.runs if text
        )
        return Content(style, runs)
    if cell.value is None:
        return Content(style, ())
    is_number = isinstance(cell.value, (int, Decimal))
    if is_number or style.format not in ("General", "@"):
        said = number_text.shown(cell.value, style.format)
        text, colour = said.text, said.colour or style.colour
    else:
        text, colour = str(cell.value), style.colour
    if not text:
        return Content(style, ())
    return Content(style, (Run(_lines(text, style), style.font, colour),), is_number)


def stacked(text: str) -> str:
    """Return the letters one below the other."""
    return "\n".join(letter for letter in text if letter not in "\r\n")


def _lines(text: str, style: CellStyle) -> str:
    """Line breaks count only where the cell wraps; elsewhere the lines stand one behind the other."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if style.wrap or style.stacked or "\n" not in text else text.replace("\n", "")
