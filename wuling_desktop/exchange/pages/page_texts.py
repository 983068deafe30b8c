"""The texts of a page's cells: where each stands, how far it may run over its neighbours, how small it is shrunk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wuling_desktop.exchange.pages.page_cell import INDENT, PADDING, content_of, stacked
from wuling_desktop.exchange.pages.page_commands import POINT, Box, Text

if TYPE_CHECKING:
    from wuling_desktop.exchange.forms.filled import FilledCell
    from wuling_desktop.exchange.pages.page_cell import Content
    from wuling_desktop.exchange.pages.page_commands import Measure
    from wuling_desktop.exchange.pages.page_grid import Grid, Part
    from wuling_desktop.exchange.pages.sheet_styles import Styles

_SMALLEST = 4.0  # points: smaller letters cannot be read


class Texts:
    """Sets the texts of one page."""

    def __init__(self, grid: Grid, styles: Styles, scale: float, measure: Measure) -> None:
        self._grid, self._styles, self._scale, self._measure = grid, styles, scale, measure

    def plain(self, cell: FilledCell, down: int, across: int) -> Text | None:
        """Return the text of an unmerged cell at a place of the page."""
        content = content_of(cell, self._styles)
        if not content.runs:
            return None
        box = self._grid.box(down, across)
        style = content.style
        if style.across == "centerContinuous":
            last = self._continued(down, across)
            box = Box(box.x, box.y, self._grid.xs[last + 1] - box.x, box.height)
        clip = box
        may_run_over = not (
            content.is_number or style.wrap or style.shrink or style.rotation or style.stacked
        )
        if may_run_over and style.across != "fill":
            clip = self._run_over(content, box, down, across)
        return self._set(content, box, clip)

    def merged(self, part: Part) -> Text | None:
        """Return the text of merged cells as far as they lie on this page.

        Merged cells cut by the end of a page show their text on each page where there is room for all of it: half a
        line at the foot could not be read.
        """
        cell = self._grid.cell(part.area.top, part.area.left)
        content = None if cell is None else content_of(cell, self._styles)
        if content is None or not content.runs:
            return None
        box = part.whole
        if part.is_split and self._fits(content, part.box):
            box = part.box
        return self._set(content, box, part.box)

    def _set(self, content: Content, box: Box, clip: Box) -> Text:
        style, scale = content.style, self._scale
        indent = style.indent * INDENT * scale
        across = content.across
        inner = _inset(box, PADDING * scale, indent if across in ("left", "distributed") else 0.0)
        if across in ("right", "distributed"):
            inner = Box(inner.x, inner.y, max(inner.width - indent, 0.1), inner.height)
        if style.stacked:
            runs = (replace(content.runs[0], text=stacked(content.text)),)
            return Text(inner, runs, clip, "center", style.down, scale=scale)
        wrap = style.wrap and not content.is_number
        if (style.shrink and not wrap) or content.is_number:
            # A number that does not fit is shrunk, too: ##### on paper would hide a datum.
            content = self._shrunk(content, inner.width / scale)
        if across == "fill":
            content, across = self._repeated(content, inner.width / scale), "left"
        return Text(
            inner, content.runs, clip, across, style.down, wrap=wrap, rotation=style.rotation, scale=scale
        )

    def _shrunk(self, content: Content, room: float) -> Content:
        if content.style.rotation or _surely_fits(content, room):
            return content
        width = self._width(content)
        if width <= room:
            return content
        return content.sized(max(room / width, _SMALLEST / content.font.size))

    def _repeated(self, content: Content, room: float) -> Content:
        width = self._width(content)
        times = int(room / width) if width else 1
        return replace(content, runs=content.runs * max(times, 1))

    def _fits(self, content: Content, box: Box) -> bool:
        box = Box(*(each / self._scale for each in box))
        room = _inset(box, PADDING, 0.0).width
        if content.style.stacked:
            return self._measure(stacked(content.text), content.font, None)[1] <= box.height
        width, height = self._measure(content.text, content.font, room if content.style.wrap else None)
        if abs(content.style.rotation) == 90:
            width, height = height, width
        return width <= box.width and height <= box.height

    def _run_over(self, content: Content, box: Box, down: int, across: int) -> Box:
        """Return the box with the empty neighbours into which an unwrapped text runs."""
        room = box.width / self._scale - 2 * PADDING
        if not content.style.indent and _surely_fits(content, room):
            return box
        over = (self._width(content) + content.style.indent * INDENT - room) * self._scale
        if over <= 0:
            return box
        grid = self._grid
        share = over / 2 if content.across == "center" else over
        left, right = box.x, box.x + box.width
        place = across + 1
        if content.across != "right":
            while (
                place < len(grid.columns)
                and right < box.x + box.width + share
                and self._is_empty(down, place)
            ):
                right = grid.xs[place + 1]
                place += 1
            if place == len(grid.columns) and right < box.x + box.width + share:
                right = grid.end
        place = across - 1
        if content.across in ("right", "center"):
            while place >= 0 and left > box.x - share and self._is_empty(down, place):
                left = grid.xs[place]
                place -= 1
        return Box(left, box.y, right - left, box.height)

    def _continued(self, down: int, across: int) -> int:
        """Return the last of the empty cells over which a text is centred without merging."""
        last = across
        while last + 1 < len(self._grid.columns) and self._is_empty(down, last + 1):
            cell = self._grid.cell(self._grid.rows[down], self._grid.columns[last + 1])
            if cell is None or self._styles.of(cell.style).across != "centerContinuous":
                break
            last += 1
        return last

    def _is_empty(self, down: int, across: int) -> bool:
        if (down, across) in self._grid.parts:
            return False
        cell = self._grid.cell(self._grid.rows[down], self._grid.columns[across])
        return cell is None or (cell.value in (None, "") and not cell.runs and cell.picture is None)

    def _width(self, content: Content) -> float:
        return sum(self._measure(run.text, run.font, None)[0] for run in content.runs)


def _surely_fits(content: Content, room: float) -> bool:
    """Whether the text is short enough however wide its letters are, so that nothing need be measured."""
    return sum(len(run.text) * run.font.size for run in content.runs) * POINT <= room


def _inset(box: Box, padding: float, indent: float) -> Box:
    padding = min(padding, box.width / 4)
    return Box(box.x + padding + indent, box.y, max(box.width - 2 * padding - indent, 0.1), box.height)
