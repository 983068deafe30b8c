"""What is gone leaves nothing behind: Qt forgets what it remembers of pictures and widgets that are no more."""

from __future__ import annotations

from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication


def forget() -> None:
    """Let Qt forget the pictures it was shown, and how widgets look that were asked for their style but never shown.

    Those are remembered by their address until the style sheet changes, long after they were deleted.
    """
    QPixmapCache.clear()
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.style().unpolish(application)
