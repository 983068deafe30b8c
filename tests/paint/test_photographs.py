"""Any picture becomes a 一寸照片: cut around its middle, small, upright, white where it was transparent."""

from __future__ import annotations

import pytest
from invented_pictures import encoded, picture
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from wuling_desktop.domain import media
from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.picture import picture_of
from wuling_desktop.paint import photographs


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3000, 4000), (413, 579)),
        ((4000, 3000), (413, 579)),
        ((413, 579), (413, 579)),
        ((200, 280), (199, 280)),
        ((300, 300), (213, 300)),
        ((1, 500), (1, 1)),
    ],
)
def test_every_picture_becomes_one_of_the_right_shape(
    kind: str, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    photo = picture_of(photographs.one_inch(picture(*size, kind=kind)))
    assert photo is not None
    assert (photo.media, photo.width, photo.height) == (media.JPEG, *expected)


def test_it_is_cut_around_the_middle() -> None:
    image = QImage(900, 700, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    pen = QPainter(image)
    pen.fillRect(200, 0, 500, 700, QColor("lime"))
    pen.end()
    cut = QImage.fromData(photographs.one_inch(encoded(image)))
    for x in (5, cut.width() - 6):
        assert cut.pixelColor(x, cut.height() // 2).green() > 200


def test_what_was_transparent_is_white() -> None:
    photo = QImage.fromData(photographs.one_inch(picture(100, 140, colour="#00000000")))
    assert photo.pixelColor(50, 70).lightness() > 250


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0 cut off", b"text"])
def test_what_is_no_picture_is_a_problem(content: bytes) -> None:
    with pytest.raises(Problem, match="照片"):
        photographs.one_inch(content)
    assert photographs.looked_at(content, QSize(100, 100)) is None


def test_a_look_is_no_larger_than_its_room() -> None:
    seen = photographs.looked_at(picture(1000, 500), QSize(100, 100))
    assert seen is not None
    assert seen.size() == QSize(100, 50)
    small = photographs.looked_at(picture(10, 5), QSize(100, 100))
    assert small is not None
    assert small.size() == QSize(10, 5)
