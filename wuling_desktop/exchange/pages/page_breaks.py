"""Where pages end: rows and columns dealt out to pages, and the scale at which they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

_SLACK = 0.01  # millimetres by which rounding may go over
_LEAST, _WHOLE = 10, 100  # per cent


def spans(
    items: Sequence[int],
    size: Callable[[int], float],
    room: Callable[[int], float],
    ends: Collection[int] = (),
) -> list[tuple[int, int]]:
    """Deal rows (or columns) out to pages and return first and last of each page.

    `room` tells how much a page that begins with an item can hold, `ends` are the items after which a page ends by
    hand. An item larger than a page has one to itself.
    """
    found: list[tuple[int, int]] = []
    begin = last = 0
    used = left = 0.0
    for item in items:
        needed = size(item)
        if begin and (used + needed > left + _SLACK or last in ends):
            found.append((begin, last))
            begin = 0
        if not begin:
            begin, used, left = item, 0.0, room(item)
        used += needed
        last = item
    if begin:
        found.append((begin, last))
    return found


def best_scale(fits: Callable[[float], bool]) -> float:
    """Return the largest scale in whole per cent up to 100 at which the pages fit, as Excel seeks it."""
    low, high = _LEAST, _WHOLE
    if fits(high / 100):
        return 1.0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle / 100) else (low, middle)
    return low / 100
