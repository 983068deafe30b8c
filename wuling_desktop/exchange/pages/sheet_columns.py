"""The columns of a sheet in millimetres: Excel counts a width in figures of the workbook's Normal font."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

    from wuling_desktop.exchange.pages.page_commands import Font, Measure

PIXEL = 25.4 / 96  # the pixel in which Excel counts widths and heights, in millimetres
_YES = frozenset({"1", "true", "on"})
# Faces whose figures are half as wide as a character; Excel takes them from a bitmap of whole pixels, rounded up.
_HALF_WIDTH = ("宋体", "SimSun", "仿宋", "FangSong", "楷体", "KaiTi", "黑体", "SimHei", "方正", "华文")
# Widths of a figure in ems, so that a sheet has its columns also where the face itself is missing.
_FIGURES = {
    "Calibri": 0.507, "Carlito": 0.507, "Arial": 0.556, "Liberation Sans": 0.556, "Helvetica": 0.556,
    "Times New Roman": 0.5, "Liberation Serif": 0.5, "Cambria": 0.554, "Tahoma": 0.546, "Verdana": 0.636,
    "微软雅黑": 0.54, "Microsoft YaHei": 0.54, "等线": 0.535, "DengXian": 0.535, "Aptos Narrow": 0.5,
}  # fmt: skip


def figure_pixels(normal: Font, measure: Measure) -> int:
    """Return the width of the widest figure of the Normal font in whole pixels, as Excel counts it."""
    size = normal.size / 72 * 96
    if normal.family.startswith(_HALF_WIDTH):
        return -(-round(size) // 2)
    width = _FIGURES.get(normal.family)
    pixels = (
        max(measure(figure, normal, None)[0] for figure in "0123456789") / PIXEL
        if width is None
        else width * size
    )
    return max(round(pixels), 1)


class Columns:
    """Widths of a sheet's columns; a hidden one has none."""

    def __init__(self, root: etree._Element, normal: Font, measure: Measure) -> None:
        self._figure = figure_pixels(normal, measure)
        self._spans: list[tuple[int, int, float]] = []
        for each in root.iterfind("{*}cols/{*}col"):
            first, last = int(each.get("min", "1")), int(each.get("max", "1"))
            hidden = each.get("hidden") in _YES
            width = each.get("width")
            self._spans.append((first, last, 0.0 if hidden else self._of(width)))
        look = root.find("{*}sheetFormatPr")
        given = None if look is None else look.get("defaultColWidth")
        base = 8 if look is None else int(look.get("baseColWidth", "8"))
        # Excel's own default: so many figures and the padding, up to the next eight pixels.
        plain = -(-(base * self._figure + 5) // 8) * 8 * PIXEL
        self._other = self._of(given) if given else plain
        self._spans = [(a, b, self._other if width < 0 else width) for a, b, width in self._spans]
        self._known: dict[int, float] = {}

    def width(self, column: int) -> float:
        """Return the width of a column counted from 1."""
        if column not in self._known:
            found = (width for first, last, width in self._spans if first <= column <= last)
            self._known[column] = next(found, self._other)
        return self._known[column]

    def between(self, first: int, last: int) -> float:
        """Return the width of the columns from first to last."""
        return sum(self.width(column) for column in range(first, last + 1))

    def _of(self, width: str | None) -> float:
        """Return a width in figures as millimetres, -1 for the default; the file's width has its padding in it."""
        if width is None:
            return -1.0
        figure = self._figure
        return int((256 * float(width) + int(128 / figure)) / 256 * figure) * PIXEL
