"""The one top-level window and its place on the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from wuling_desktop.ui.entrance.door import PROGRAM
from wuling_desktop.ui.widgets.mark import window_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from wuling_desktop.ui.theme import Look

_LEAST, _USUAL = (1024, 560), (1440, 860)
_TITLE_BAR = 48  # the highest there is, with its frame


class Window(QMainWindow):
    """Shows the door or the desk; asks whether it may close."""

    def __init__(self, look: Look, may_close: Callable[[], bool]) -> None:
        super().__init__()
        self._may_close = may_close
        self.setWindowTitle(PROGRAM)  # never a name: the title is seen in task bars and on shared screens
        self.setWindowIcon(window_icon(look))

    @property
    def place(self) -> tuple[int, int, int, int]:
        """Where it stands."""
        where = self.geometry()
        return where.x(), where.y(), where.width(), where.height()

    def stand(self, look: Look, last: tuple[int, int, int, int] | None) -> None:
        """Come to where it stood last, as far as a screen still shows it, else to a good place."""
        least = [look.px(side) if look.tokens.scale == 100 else side for side in _LEAST]
        self.setMinimumSize(*least)
        place = _fitting(last)
        if fills(place):  # with a title bar it would not fit
            self.resize(*least)
            self.showMaximized()
        else:
            self.setGeometry(place)
            self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the data first, after a last backup."""
        event.setAccepted(self._may_close())


def _fitting(place: tuple[int, int, int, int] | None) -> QRect:
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if place is not None and any(screen.contains(QRect(*place).center()) for screen in screens):
        return QRect(*place).intersected(screens[0]) if len(screens) == 1 else QRect(*place)
    room = screens[0]
    width, height = min(_USUAL[0], room.width()), min(_USUAL[1], room.height())
    return QRect(
        room.left() + (room.width() - width) // 2, room.top() + (room.height() - height) // 2, width, height
    )


def fills(place: QRect) -> bool:
    """Whether a window of this size has no room for its title bar."""
    screen = QGuiApplication.screenAt(place.center())
    room = screen.availableGeometry() if screen is not None else place
    return place.width() >= room.width() and place.height() >= room.height() - _TITLE_BAR
