"""Qt's application for drawing without a window, where no window has made one."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QGuiApplication


def ready() -> None:
    """Make sure that there is an application: fonts are known only to one. Without a display, too."""
    if QGuiApplication.instance() is None:
        _own()


@cache
def _own() -> QGuiApplication:
    """Start one on the offscreen platform and keep it as long as the program runs."""
    return QGuiApplication(["wuling", "-platform", "offscreen"])
