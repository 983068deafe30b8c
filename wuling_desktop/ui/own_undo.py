"""Whose Ctrl+Z it is: a focused editor with unsaved text takes back its own typing first."""

from __future__ import annotations

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
