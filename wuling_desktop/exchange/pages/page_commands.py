"""What a page is made of: filled rectangles, lines, texts and pictures, in millimetres from the paper's upper left corner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

POINT = 25.4 / 72  # millimetres


@dataclass(frozen=True, slots=True)
class Font:
    """A font as a workbook names it; what stands in for a missing one is the pen's affair."""

    family: str
    size: float  # points
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False


# The size of a text set in a font, in millimetres: (text, font, width to wrap at or None) → (width, height).
Measure = Callable[[str, Font, float | None], tuple[float, float]]


class Box(NamedTuple):
    """A rectangle on the paper."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle."""

    box: Box
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line; `dashes` are lengths on and off in multiples of its width, empty for a solid one."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look."""

    text: str
    font: Font
    colour: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text set in its box; what would lie outside `clip` is cut off.

    `scale` is that of the page: letters are drawn so much smaller, but lines break where they do at full size.
    """

    box: Box
    runs: tuple[Run, ...]
    clip: Box
    across: str = "left"  # left, center, right, distributed, justify
    down: str = "center"  # top, center, bottom
    wrap: bool = False
    rotation: int = 0  # degrees counter-clockwise
    scale: float = 1.0

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture (the bytes of its file) stretched to its box; what would lie outside `clip` is cut off."""

    box: Box
    content: bytes
    clip: Box


Command = Fill | Line | Text | Image


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of paper."""

    width: float
    height: float
    commands: tuple[Command, ...]
