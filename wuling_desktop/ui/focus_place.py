"""Where the keyboard is, told so that it can be found again on a page that was built anew."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class FocusPlace(NamedTuple):
    """A kind of widget by its name, and which of those of that name it is."""

    kind: type[QWidget]
    name: str
    number: int


def focus_place(window: QWidget) -> FocusPlace | None:
    """Return where the keyboard is in a window, as far as that place has a name."""
    focused = QApplication.focusWidget()
    if focused is None or not window.isAncestorOf(focused) or not _name(focused):
        return None
    kind, name = type(focused), _name(focused)
    return FocusPlace(kind, name, _named(window, kind, name).index(focused))


def come_back(window: QWidget, place: FocusPlace | None) -> None:
    """Put the keyboard there again, where there still is such a place."""
    if place is not None:
        found = _named(window, place.kind, place.name)
        if place.number < len(found):
            found[place.number].setFocus(Qt.FocusReason.OtherFocusReason)


def _named(window: QWidget, kind: type[QWidget], name: str) -> list[QWidget]:
    alike = window.findChildren(kind)
    return [each for each in alike if _name(each) == name and each.isVisibleTo(window)]


def _name(widget: QWidget) -> str:
    return widget.objectName() or widget.accessibleName()
