"""A picture that is given to a form like any other datum; only its size is known here, it is drawn by others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wuling_desktop.domain import media

if TYPE_CHECKING:
    from collections.abc import Iterator

_PNG_SIZE = slice(16, 24)
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # marks of a JPEG without a length
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # marks that tell the size


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG or PNG with its size in dots."""

    content: bytes
    width: int
    height: int

    @property
    def media(self) -> str:
        """Its media type."""
        return media.media_of(self.content, "")

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Return the largest size inside a box at which it keeps its shape."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


def picture_of(content: bytes) -> Picture | None:
    """Return the picture in these bytes, None where they are none."""
    kind = media.media_of(content, "")
    size: tuple[int, int] | None = None
    if kind == media.PNG and len(content) >= _PNG_SIZE.stop:
        numbers = content[_PNG_SIZE]
        size = int.from_bytes(numbers[:4], "big"), int.from_bytes(numbers[4:], "big")
    elif kind == media.JPEG:
        size = next(_jpeg_sizes(content), None)
    return Picture(content, *size) if size and all(size) else None


def _jpeg_sizes(content: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark in _ALONE or mark == 0xFF:
            at += 1 if mark == 0xFF else 2
            continue
        if mark in _FRAMES and at + 9 <= len(content):
            yield (
                int.from_bytes(content[at + 7 : at + 9], "big"),
                int.from_bytes(content[at + 5 : at + 7], "big"),
            )
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
