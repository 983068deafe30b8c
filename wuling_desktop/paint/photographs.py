"""Pictures the user brings: made into a 一寸照片, or scaled down to be looked at."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from wuling_desktop.domain.problems import Problem

_MOST = QSize(413, 579)  # dots of 2.5 × 3.5 cm, more than a printer shows; the shape of every 一寸照片
_QUALITY = 90
_MOST_DOTS = 100_000_000  # a picture that says it is larger is no photograph


def one_inch(content: bytes) -> bytes:
    """Return a picture as the JPEG of a 一寸照片, cut around its middle; Problem where it is no picture."""
    picture = _read(content, None)
    if picture is None:
        raise Problem(
            "没有换照片：这个文件不是能用的图片。",
            "只认 JPG、PNG、BMP、GIF、WebP 图片，太大或损坏的也用不了；原来的照片没有动。",
            "请另选一张，或在看图软件里另存为 JPG 再选。",
        )
    cut = picture.copy(_middle(picture.size()))
    if cut.width() > _MOST.width():
        smooth = Qt.TransformationMode.SmoothTransformation
        cut = cut.scaled(_MOST, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return jpeg(cut)


def looked_at(content: bytes, room: QSize) -> QImage | None:
    """Return a picture no larger than `room`, None where it cannot be read; to be called in any thread."""
    return _read(content, room)


def of_dots(dots: bytes, width: int, height: int) -> QImage:
    """Return a picture of BGRx dots, four bytes each; to be called in any thread."""
    return QImage(dots, width, height, width * 4, QImage.Format.Format_RGB32).copy()


def jpeg(picture: QImage) -> bytes:
    """Return a picture as JPEG; what was transparent is white."""
    plain = QImage(picture.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    pen = QPainter(plain)
    pen.drawImage(0, 0, picture)
    pen.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    plain.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]  # the stub says bytes, PySide itself takes text
    return bytes(buffer.data().data())


def _middle(size: QSize) -> QRect:
    """Return the largest part of the shape of a 一寸照片 around the middle."""
    width = min(size.width(), max(size.height() * _MOST.width() // _MOST.height(), 1))
    height = min(size.height(), max(size.width() * _MOST.height() // _MOST.width(), 1))
    return QRect((size.width() - width) // 2, (size.height() - height) // 2, width, height)


def _read(content: bytes, room: QSize | None) -> QImage | None:
    bytes_ = QByteArray(content)
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)  # a telephone notes how it was held and leaves the picture lying
    size = reader.size()
    if size.width() * size.height() > _MOST_DOTS:
        return None
    picture = reader.read()
    if picture.isNull():
        return None
    if room is not None and (picture.width() > room.width() or picture.height() > room.height()):
        smooth = Qt.TransformationMode.SmoothTransformation
        picture = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    return picture
