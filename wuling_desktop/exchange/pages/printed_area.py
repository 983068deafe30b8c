"""Which cells of a sheet are printed: its print area, else from the first cell to the last that shows something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.exchange.places import Area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.exchange.forms.filled import FilledCell, FilledSheet
    from wuling_desktop.exchange.pages.sheet_styles import Styles


def printed_area(sheet: FilledSheet, merges: Sequence[Area], styles: Styles) -> Area:
    """Return what is printed; it ends at row and column 0 where the sheet shows nothing at all."""
    last_row, last_column = sheet.last_row, sheet.last_column
    area = sheet.print_area
    if area is not None:
        return Area(area.top, area.left, min(area.bottom, last_row), min(area.right, last_column))
    bottom = next((row for row in range(last_row, 0, -1) if _shown_to(sheet, row, 0, styles)), 0)
    right = 0
    for row in range(1, bottom + 1):
        right = max(right, _shown_to(sheet, row, right, styles))
        if right >= last_column:
            break
    for each in merges:
        cell = sheet.cells(each.top).get(each.left) if each.bottom > bottom or each.right > right else None
        if cell is not None and _shows(cell, styles):
            bottom, right = max(bottom, each.bottom), max(right, each.right)
    return Area(1, 1, min(bottom, last_row), min(right, last_column))


def is_empty(sheet: FilledSheet, merges: Sequence[Area], styles: Styles, part: Area) -> bool:
    """Whether a part of a sheet shows nothing, so that no page is wasted on it."""
    for row in range(part.top, part.bottom + 1):
        for column, cell in sheet.cells(row).items():
            if part.left <= column <= part.right and _shows(cell, styles):
                return False
    for each in merges:
        if (
            each.top <= part.bottom
            and each.bottom >= part.top
            and each.left <= part.right
            and each.right >= part.left
        ):
            lent = sheet.cells(each.top).get(each.left)
            if lent is not None and _shows(lent, styles):
                return False
    return True


def _shown_to(sheet: FilledSheet, row: int, beyond: int, styles: Styles) -> int:
    """Return the last column behind one that shows something in a row, 0 for none."""
    return max(
        (column for column, cell in sheet.cells(row).items() if column > beyond and _shows(cell, styles)),
        default=0,
    )


def _shows(cell: FilledCell, styles: Styles) -> bool:
    """Whether a cell is seen on paper; a style alone, as a whole row may have it, is not."""
    if cell.runs or cell.picture or cell.value not in (None, ""):
        return True
    style = styles.of(cell.style)
    return style.boxed or bool(style.fill or style.falling or style.rising)
