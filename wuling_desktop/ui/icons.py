"""The line icons: one set of shipped drawings, tinted from the tokens and sharp at every size."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap

from wuling_desktop import paths


@cache
def drawing(name: str) -> bytes:
    """Return the SVG of an icon."""
    return (paths.resources() / "icons" / f"{name}.svg").read_bytes()


def paint(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Paint an icon in one colour."""
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - the first frame has no icon to draw

    renderer = QSvgRenderer(drawing(name).replace(b"currentColor", colour.encode()))
    renderer.render(painter, rect)


class _Tinted(QIconEngine):
    """Draws one icon in the colour of its state."""

    def __init__(self, name: str, colours: dict[QIcon.Mode, str]) -> None:
        super().__init__()
        self._name = name
        self._colours = colours

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002 - Qt's signature
        colour = self._colours.get(mode, self._colours[QIcon.Mode.Normal])
        paint(painter, self._name, QRectF(rect), colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, QGuiApplication.primaryScreen().devicePixelRatio())

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:  # noqa: ARG002 - Qt's signature; size is in device pixels already
        pixmap = QPixmap(size)
        pixmap.fill(QColor(Qt.GlobalColor.transparent))
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        copy = _Tinted(self._name, self._colours)
        _KEPT.append(copy)
        return copy


_KEPT: list[_Tinted] = []  # an engine that Qt still draws with must not be collected by Python


def icon(name: str, colour: str, *, active: str = "", disabled: str = "") -> QIcon:
    """Return an icon in a colour, in others where it is pointed at or cannot be used."""
    colours = {
        QIcon.Mode.Normal: colour,
        QIcon.Mode.Active: active or colour,
        QIcon.Mode.Disabled: disabled or colour,
    }
    return _icon(name, tuple(colours.items()))


def picture(name: str, colour: str, side: int) -> QPixmap:
    """Return an icon as a picture for a label, the same one each time: Qt keeps every other one it was shown."""
    return _picture(name, colour, side, QGuiApplication.primaryScreen().devicePixelRatio())


@cache
def _picture(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    return icon(name, colour).pixmap(QSize(side, side), ratio)


@cache
def _icon(name: str, colours: tuple[tuple[QIcon.Mode, str], ...]) -> QIcon:
    engine = _Tinted(name, dict(colours))
    _KEPT.append(engine)
    return QIcon(engine)
