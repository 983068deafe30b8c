"""A person at the desk: finds what is shown by the words on it, clicks, types and waits as one would."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFileDialog, QLabel, QLineEdit, QMenu, QWidget

from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from wuling_desktop.ui.application import Program
    from wuling_desktop.ui.pages.page import Page

_W = TypeVar("_W", bound=QWidget)
PASSWORD = "测试口令 2026"
PATIENCE = 15_000  # milliseconds


class Person:
    """Works in one window."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program = program
        self.qtbot = qtbot

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────────

    def seen(self, kind: type[_W], words: str = "") -> list[_W]:
        """Return the widgets in view whose name or text holds the words."""
        found = self.program.window.findChildren(kind)
        return [each for each in found if each.isVisible() and words in _words(each)]

    def one(self, kind: type[_W], words: str) -> _W:
        """Wait for one widget in view with just these words, else the only one that holds them."""

        def there() -> None:
            self._only(kind, words)

        self.qtbot.waitUntil(there, timeout=PATIENCE)
        return self._only(kind, words)

    def reads(self, words: str) -> None:
        """Wait until the words stand somewhere in the window."""

        def told() -> None:
            assert words in self.text(), self.text()

        self.qtbot.waitUntil(told, timeout=PATIENCE)

    def text(self) -> str:
        """Return everything that labels and buttons in view say."""
        said = [label.text() for label in self.seen(QLabel)] + [button.text() for button in self.seen(Button)]
        return "\n".join(said)

    def rest(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: self.program._background.idle, timeout=PATIENCE)
        QApplication.processEvents()

    @contextmanager
    def holding_up(self) -> Iterator[None]:
        """Let the worker wait, as it does behind long work, till the block ends; then until nothing is under way."""
        gate, owner = threading.Event(), QObject()
        self.program._background.run(owner, gate.wait, bool, bool)
        try:
            yield
        finally:
            gate.set()
            self.rest()

    @property
    def page(self) -> Page:
        """The page shown."""
        main = self.program._main
        assert main is not None
        return main._pages[main.place]

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────────

    def click(self, words: str) -> None:
        """Click the button that says so."""
        button = self.one(Button, words)
        self.qtbot.waitUntil(button.isEnabled, timeout=PATIENCE)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
        QApplication.processEvents()

    def go(self, place: str) -> None:
        """Click a place of the navigation."""
        self.click(place)
        self.rest()

    def write(self, field: str, text: str) -> QLineEdit:
        """Type into the field of that name."""
        line = self.one(QLineEdit, field)
        QTest.mouseClick(line, Qt.MouseButton.LeftButton)
        line.selectAll()
        _write(line, text)
        return line

    def press(self, keys: str) -> None:
        """Press keys such as Ctrl+Z or Enter where the focus is."""
        focused = QApplication.focusWidget() or self.program.window
        QTest.keySequence(focused, keys)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type text where the focus is."""
        focused = QApplication.focusWidget()
        assert focused is not None, "the keyboard leads nowhere"
        _write(focused, text)

    def click_cell(self, view: QAbstractItemView, row: int, column: int = 0, *, twice: bool = False) -> None:
        """Click a cell of a table."""
        index = view.model().index(row, column)
        view.scrollTo(index)
        at = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        if twice:
            QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QApplication.processEvents()

    def choose_file(self, path: Path, during: Callable[[], object]) -> None:
        """Do something that asks for a file, and give it this one."""
        given: list[str] = []

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QFileDialog):
                QTimer.singleShot(20, answer)
                return
            dialog.setDirectory(str(path.parent))
            if dialog.fileMode() == QFileDialog.FileMode.Directory:
                dialog.setDirectory(str(path))
            else:
                dialog.selectFile(path.name)
                dialog.findChild(QLineEdit).setText(path.name)
            given.append(dialog.windowTitle())
            dialog.accept()

        QTimer.singleShot(20, answer)
        during()
        assert given, "nobody asked for a file"
        self.program.window.activateWindow()  # a screen without a window manager does not do it by itself
        QApplication.processEvents()

    def menu(self, words: str) -> None:
        """Choose an entry of the menu that is open."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=PATIENCE)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        entry = next(each for each in menu.actions() if words in each.text())
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
        QApplication.processEvents()

    def _only(self, kind: type[_W], words: str) -> _W:
        found = self.seen(kind, words)
        exact = [each for each in found if words in (each.accessibleName(), _text(each))]
        chosen = exact or found
        assert len(chosen) == 1, f"{len(chosen)} × {kind.__name__} “{words}” in\n{self.text()}"
        return chosen[0]


def unlocked(person: Person) -> Person:
    """Give the password at the door."""
    person.write("密码", PASSWORD)
    person.click("打开")
    person.qtbot.waitUntil(lambda: person.program._main is not None, timeout=15_000)
    person.rest()
    return person


def _write(widget: QWidget, text: str) -> None:
    """Type letters by keys, and what no key has as an input method gives it."""
    for part in re.findall(r"[ -~]+|[^ -~]+", text):
        if part.isascii():
            QTest.keyClicks(widget, part)
        else:
            event = QInputMethodEvent()
            event.setCommitString(part)
            QApplication.sendEvent(widget, event)


def clipped(window: QWidget) -> list[str]:
    """Return the labels and buttons in view that have less room than their words take."""
    found = []
    for each in window.findChildren(QWidget):
        if not isinstance(each, (QLabel, Button)) or not each.isVisible() or not _text(each):
            continue
        if each.property("elides") or type(each).__name__ == "Elided":
            continue
        wanted = each.heightForWidth(each.width()) if each.hasHeightForWidth() else each.sizeHint().height()
        narrow = each.width() + 1 < each.minimumSizeHint().width()
        if narrow or each.height() + 1 < min(wanted, each.minimumSizeHint().height()):
            found.append(f"{type(each).__name__} “{_text(each)}” {each.size().toTuple()}")
    return found


def overlapping(window: QWidget) -> list[str]:
    """Return pairs of neighbours in view that lie over each other."""
    found = []
    for parent in window.findChildren(QWidget):
        layout = parent.layout()
        if layout is None or not parent.isVisible():
            continue
        items = [item.widget() for item in map(layout.itemAt, range(layout.count())) if item is not None]
        shown = [each for each in items if each is not None and each.isVisible()]
        for place, one in enumerate(shown):
            for other in shown[place + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > 1 and common.height() > 1:
                    found.append(f"{_words(one)} / {_words(other)}")
    return found


def place_in(window: QWidget, widget: QWidget) -> QRect:
    """Return where a widget lies in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def within(widget: QWidget) -> Iterator[QWidget]:
    """Yield the widgets inside another, each before what it holds.

    PySide's findChildren makes whatever it finds a child of the one that was asked, in its own books: asked of a window that
    stays, it keeps what Python knew of every widget that has gone.
    """
    for each in widget.children():
        if isinstance(each, QWidget):
            yield each
            yield from within(each)


def leave_nothing_deleted_late() -> None:
    """Let Qt delete what was given up."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def _words(widget: QWidget) -> str:
    return f"{widget.accessibleName()}\n{_text(widget)}"


def _text(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) and not isinstance(widget, QLineEdit) else ""
