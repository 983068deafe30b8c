"""Whose Ctrl+Z it is: a focused editor with unsaved text takes back its own typing first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit


def took_back() -> bool:
    """Take back typing where there is some; False where the keys are for the operations."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QLineEdit) and focused.isUndoAvailable():
        focused.undo()
        return True
    if isinstance(focused, QPlainTextEdit) and focused.document().isUndoAvailable():
        focused.undo()
        return True
    return False


def did_again() -> bool:
    """Type again what was taken back; False where the keys are for the operations."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QLineEdit) and focused.isRedoAvailable():
        focused.redo()
        return True
    if isinstance(focused, QPlainTextEdit) and focused.document().isRedoAvailable():
        focused.redo()
        return True
    return False


class _Passing(QObject):
    """Leaves Ctrl+Z and Ctrl+Y to the window where the line has nothing of its own to take back."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse keys that Qt's line would take and do nothing with."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(watched, QLineEdit):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        keys = QKeySequence.StandardKey
        undo, redo = event.matches(keys.Undo), event.matches(keys.Redo)
        if (undo and not watched.isUndoAvailable()) or (redo and not watched.isRedoAvailable()):
            event.ignore()
            return True
        return False


def pass_on(line: QLineEdit) -> None:
    """Let the keys reach the operations once all that was typed in a line is saved."""
    line.installEventFilter(_Passing(line))
