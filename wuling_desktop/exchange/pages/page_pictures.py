"""The pictures of a page's cells: in the middle of their boxes, in their own shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.exchange.pages.page_cell import PADDING
from wuling_desktop.exchange.pages.page_commands import Box, Image

if TYPE_CHECKING:
    from wuling_desktop.exchange.picture import Picture


def image(picture: Picture, whole: Box, clip: Box, scale: float) -> Image:
    """Return a picture set into the box of its cell; what of it lies on another page is cut off."""
    edge = PADDING * scale
    width, height = picture.fitted(max(whole.width - 2 * edge, 0.1), max(whole.height - 2 * edge, 0.1))
    x, y = whole.x + (whole.width - width) / 2, whole.y + (whole.height - height) / 2
    return Image(Box(x, y, width, height), picture.content, clip)
