"""Asking for a file: the last folder is remembered by purpose, an ending that was left out is added."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from wuling_desktop.settings import Preferences

OUTSIDE = "存备份的文件夹"  # the purpose under which the place of copies on a stick is remembered


def documents() -> Path:
    """Return the folder where people keep their files."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) if folder and Path(folder).is_dir() else Path.home()


def with_folder(path: Path) -> str:
    """Return a file's name and where it lies, as one says it."""
    return f"“{path.parent.name or path.parent}”里的 {path.name}"


class FileChoice(QObject):
    """The file dialogs of the desk."""

    changed = Signal(object)  # the preferences, with the folder remembered

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preferences = preferences

    def keep(self, preferences: Preferences) -> None:
        """Keep other choices of this computer."""
        self.preferences = preferences
        self.changed.emit(preferences)

    def to_save(self, parent: QWidget, purpose: str, name: str, kinds: str) -> Path | None:
        """Return where to write a file, or None."""
        dialog = QFileDialog(parent, purpose, str(self._folder(purpose)), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.selectFile(name)
        if not dialog.exec() or not dialog.selectedFiles():
            return None
        path = Path(dialog.selectedFiles()[0])
        self._remember(purpose, path.parent)
        return path

    def to_open(self, parent: QWidget, purpose: str, kinds: str, folder: Path | None = None) -> Path | None:
        """Return an existing file, or None."""
        start = str(folder or self._folder(purpose))
        chosen, _ = QFileDialog.getOpenFileName(parent, purpose, start, kinds)
        if not chosen:
            return None
        self._remember(purpose, Path(chosen).parent)
        return Path(chosen)

    def to_open_several(self, parent: QWidget, purpose: str, kinds: str) -> list[Path]:
        """Return existing files, none where nothing was chosen."""
        chosen, _ = QFileDialog.getOpenFileNames(parent, purpose, str(self._folder(purpose)), kinds)
        if chosen:
            self._remember(purpose, Path(chosen[0]).parent)
        return [Path(each) for each in chosen]

    def folder(self, parent: QWidget, purpose: str) -> Path | None:
        """Return a folder, or None."""
        chosen = QFileDialog.getExistingDirectory(parent, purpose, str(self._folder(purpose)))
        if not chosen:
            return None
        self._remember(purpose, Path(chosen))
        return Path(chosen)

    def _folder(self, purpose: str) -> Path:
        kept = self.preferences.folder_for(purpose)
        if kept and Path(kept).is_dir():
            return Path(kept)
        return documents()

    def _remember(self, purpose: str, folder: Path) -> None:
        self.keep(self.preferences.with_folder(purpose, str(folder)))
