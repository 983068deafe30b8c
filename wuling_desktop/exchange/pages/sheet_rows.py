"""The rows of a sheet in millimetres: as high as the sheet says, or as its wrapped texts need."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from wuling_desktop.exchange.pages.page_cell import INDENT, PADDING, content_of, stacked
from wuling_desktop.exchange.pages.page_commands import POINT
from wuling_desktop.exchange.pages.sheet_columns import PIXEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.exchange.forms.filled import FilledSheet
    from wuling_desktop.exchange.pages.page_cell import Content
    from wuling_desktop.exchange.pages.page_commands import Measure
    from wuling_desktop.exchange.pages.sheet_columns import Columns
    from wuling_desktop.exchange.pages.sheet_styles import Styles
    from wuling_desktop.exchange.places import Area

_YES = frozenset({"1", "true", "on"})
_HIGHEST = 409.5 * POINT
_AIR = 0.4 * POINT  # above and below the lines of a row that finds its own height


class Rows:
    """Heights of a sheet's rows, found when asked for; a hidden one has none."""

    def __init__(
        self, sheet: FilledSheet, styles: Styles, columns: Columns, measure: Measure, merges: Sequence[Area]
    ) -> None:
        self._sheet, self._styles, self._columns, self._measure = sheet, styles, columns, measure
        look = sheet.root.find("{*}sheetFormatPr")
        given = None if look is None else look.get("defaultRowHeight")
        line = measure("国", styles.normal, None)[1]
        self._other = float(given) * POINT if given else _whole_pixels(line + _AIR)
        self._all_hidden = look is not None and look.get("zeroHeight") in _YES
        self._merged: dict[int, list[Area]] = {}
        for area in merges:
            for row in range(area.top, min(area.bottom, sheet.last_row) + 1):
                self._merged.setdefault(row, []).append(area)
        self._known: dict[int, float] = {}
        self._lines: dict[object, float] = {}

    def height(self, row: int) -> float:
        """Return the height of a row."""
        if row not in self._known:
            self._known[row] = self._height(row)
        return self._known[row]

    def between(self, first: int, last: int) -> float:
        """Return the height of the rows from first to last."""
        return sum(self.height(row) for row in range(first, last + 1))

    def _height(self, row: int) -> float:
        look = self._sheet.row_look(row)
        given = look.get("ht")
        if look.get("hidden") in _YES or (self._all_hidden and not look):
            return 0.0
        if given and look.get("customHeight") in _YES:
            return float(given) * POINT
        # Where nobody set the height it grows with its texts, and is never lower than the file last had it.
        least = float(given) * POINT if given else self._other
        return min(max([least, *self._needed(row)]), _HIGHEST)

    def _needed(self, row: int) -> list[float]:
        merged = self._merged.get(row, ())
        found = []
        for column, cell in self._sheet.cells(row).items():
            if cell.value is None and not cell.runs:
                continue
            last = column
            for area in merged:
                if area.holds(row, column):
                    last = area.right if (area.top, area.left, area.bottom) == (row, column, row) else 0
            if not last:
                continue  # a cell merged over several rows asks nothing of one of them
            content = content_of(cell, self._styles)
            if content.runs:
                width = self._columns.between(column, last)
                found.append(_whole_pixels(self._text_height(content, width) + _AIR))
        return found

    def _text_height(self, content: Content, width: float) -> float:
        style = content.style
        room = width - 2 * PADDING - style.indent * INDENT
        if style.stacked:
            return self._measure(stacked(content.text), content.font, None)[1]
        if style.rotation:
            wide, high = self._measure(content.text, content.font, None)
            turn = math.radians(abs(style.rotation))
            return wide * math.sin(turn) + high * math.cos(turn)
        if not style.wrap or content.is_number or self._is_short(content, room):
            return self._line(content)
        return self._measure(content.text, content.font, max(room, 1.0))[1]

    def _is_short(self, content: Content, room: float) -> bool:
        """Whether the text stands on one line however wide its letters are: most cells need no measuring."""
        return "\n" not in content.text and len(content.text) * content.font.size * POINT <= room

    def _line(self, content: Content) -> float:
        font = content.font
        if font not in self._lines:
            self._lines[font] = self._measure("国", font, None)[1]
        return self._lines[font]


def _whole_pixels(height: float) -> float:
    return round(height / PIXEL) * PIXEL
