"""Noticing that nobody is at the desk: no key and no mouse in the window for some minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Watches the native window only: a filter on the whole application would slow every event."""

    idle = Signal()

    def __init__(self, parent: QObject, minutes: float) -> None:
        super().__init__(parent)
        self.active = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._over)
        self.wait(minutes)

    def wait(self, minutes: float) -> None:
        """Count so many minutes from now on."""
        self._timer.start(round(minutes * 60_000))

    def watch(self, window: QWindow) -> None:
        """Begin to watch a window."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start the count anew at every sign of life."""
        if event.type() in _INPUT:
            self._timer.start()
        return super().eventFilter(watched, event)

    def _over(self) -> None:
        if self.active:
            self.idle.emit()
        self._timer.start()
