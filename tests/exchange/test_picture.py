"""A picture tells its own size, and keeps its shape in any box."""

from __future__ import annotations

import pytest
from invented_pictures import encoded
from PySide6.QtGui import QImage

from wuling_desktop.domain import media
from wuling_desktop.exchange.picture import Picture, picture_of


def made(width: int, height: int, kind: str, *, grey: bool = False) -> bytes:
    image = QImage(width, height, QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32)
    image.fill(0xFF8800)
    return encoded(image, kind)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(413, 579), (1, 1), (3000, 20)])
@pytest.mark.parametrize("grey", [True, False])
def test_the_size_is_read(kind: str, size: tuple[int, int], *, grey: bool) -> None:
    found = picture_of(made(*size, kind, grey=grey))
    assert found is not None
    assert (found.width, found.height) == size
    assert found.media == (media.JPEG if kind == "JPEG" else media.PNG)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\x00\x00", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"%PDF-1.7"],
)
def test_what_is_no_picture_is_none(content: bytes) -> None:
    assert picture_of(content) is None


def test_cut_short_it_is_none_or_has_its_size() -> None:
    whole = made(40, 50, "JPEG")
    for length in range(0, len(whole), 7):
        found = picture_of(whole[:length])
        assert found is None or (found.width, found.height) == (40, 50)


def test_it_keeps_its_shape() -> None:
    photo = Picture(b"", 413, 579)
    width, height = photo.fitted(31, 53)
    assert (round(width, 9), round(width / height, 3)) == (31, round(413 / 579, 3))
    width, height = photo.fitted(100, 35)
    assert (round(height, 9), round(width / height, 3)) == (35, round(413 / 579, 3))
