"""Pictures made for the trial: one colour, any size, as the bytes of a file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage


def encoded(image: QImage, kind: str = "PNG") -> bytes:
    """Return a picture as the content of a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


def picture(width: int = 500, height: int = 400, colour: str = "#336699", kind: str = "PNG") -> bytes:
    """Return a picture of one colour, which may be one that is seen through."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    return encoded(image, kind)
