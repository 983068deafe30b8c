"""Files let go over the program: which they are, and the frame that takes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from wuling_desktop.ui.widgets.basics import restyle

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent


def files_of(content: QMimeData) -> list[Path]:
    """Return the local files that are dropped or pasted; none where something else is among them."""
    paths = [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
    return paths if len(paths) == len(content.urls()) else []


def one_file_of(content: QMimeData) -> Path | None:
    """Return the one local file that is dropped, or None."""
    paths = files_of(content)
    return paths[0] if len(paths) == 1 and paths[0].is_file() else None


class DropFrame(QFrame):
    """A frame that warms while files hang over it and takes them; `single`: one file or none."""

    dropped = Signal(object)  # the paths

    def __init__(self, *, single: bool = False) -> None:
        super().__init__()
        self._single = single
        self.setProperty("kind", "drop")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that files may be let go here."""
        if self._taken_from(event):
            event.acceptProposedAction()
            restyle(self, "hot", "true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Calm down."""
        restyle(self, "hot", "false")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        restyle(self, "hot", "false")
        paths = self._taken_from(event)
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _taken_from(self, event: QDropEvent) -> list[Path]:
        if not self._single:
            return files_of(event.mimeData())
        path = one_file_of(event.mimeData())
        return [] if path is None else [path]
