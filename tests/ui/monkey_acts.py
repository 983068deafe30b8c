"""A monkey at the desk: clicks, keys, pastes, sizes, looks and locks by chance, the same ones for the same seed."""

from __future__ import annotations

import dataclasses
import logging
import random
import sys
import time
import traceback
from collections import deque
from typing import TYPE_CHECKING, Any

from person_at_the_desk import within
from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QObject,
    QPoint,
    Qt,
    QTimer,
    QtMsgType,
    QUrl,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices, QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from wuling_desktop.ui.entrance.unlock import UnlockPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QWindow

    from wuling_desktop.ui.application import Program

KEPT_ACTS = 200
MOST_WIDGETS = 600  # of the page shown and what is round it
MOST_IN_ALL = 2_000  # with every page that was visited
_PATIENCE, _WAITS = 20, 2  # seconds: for what is under way, for a menu that waits
_SIZES = ((1440, 860), (1366, 697), (1093, 560), (1024, 700), (1180, 620), (1920, 1080))
_KEYS = (
    *(
        "Tab",
        "Shift+Tab",
        "Return",
        "Escape",
        "Space",
        "Up",
        "Down",
        "Left",
        "Right",
        "Home",
        "End",
        "PgUp",
        "PgDown",
    ),
    *(
        "F1",
        "F2",
        "F6",
        "F8",
        "F12",
        "Shift+F10",
        "Delete",
        "Backspace",
        "Ctrl+Return",
        "Alt+Down",
        "Alt+Left",
    ),
    *(f"Ctrl+{letter}" for letter in "ACDEFIKNPVXYZ;"),
    *(f"Ctrl+{number}" for number in range(1, 10)),
    *(f"Ctrl+Shift+{letter}" for letter in "ELS"),
)
_TEXTS = (
    *(
        "韦",
        "韦清和",
        "wqh",
        "0012",
        "2026-11-27",
        "今天",
        "2026.13.45",
        "汉",
        "450199198002290012",
        "1e400",
        "=A1",
    ),
    *("<b>韦</b>", "甲" * 300, "'\"\\%s{}", "🙂𠮷"),
)
_PASTES = (
    "甲\t乙\n丙\t丁",
    "2026-01-01\n去年\n2026.3",
    "一\t二\t三\t四\n" * 40,
    '"多\n行"\t"引""号"',
    "\t\t\n",
    "x",
)
# What Qt says of a screen without windows.
_GLANCE = 25  # milliseconds between two looks for a dialog
_FINE = ("propagateSizeHints", "raise()", "grabbing the", "outside target window", "Mouse event")
_PLAIN, _CTRL, _SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_HELD = (*[_PLAIN] * 8, _CTRL, _SHIFT)
_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class TroubleError(Exception):
    """What the monkey found."""


class Monkey(QObject):
    """Works on one program whose door opens with one password."""

    def __init__(self, program: Program, password: str, seed: int, *, sample: Path, log: Path) -> None:
        super().__init__()
        self.program, self._password, self._sample = program, password, sample
        self._chance = random.Random(seed)
        self._answers = random.Random(seed + 1)  # answers to dialogs come when they come
        self.acts: deque[str] = deque(maxlen=KEPT_ACTS)
        self.count = 0
        self._begun: float | None = None  # when the act under way began
        self.faults: list[str] = []
        self.most_widgets = (0, "")
        self._log = log.open("w", encoding="utf-8", buffering=1)
        self._listens = False
        self._ways: tuple[tuple[Callable[[], str], int], ...] = (
            (self._click, 40),
            (self._key, 26),
            (self._type, 12),
            (self._paste, 4),
            (self._wheel, 4),
            (self._go, 6),
            (self._size, 3),
            (self._look, 1),
            (self._lock, 1),
            (self._drop, 1),
        )

    # ── hearing ──────────────────────────────────────────────────────────────────────────────────────────

    def listen(self) -> None:
        """Hear of every fault, wherever it comes out."""
        sys.excepthook = self._heard
        sys.unraisablehook = lambda given: self._heard(given.exc_type, given.exc_value, given.exc_traceback)
        qInstallMessageHandler(self._heard_qt)
        handler = logging.Handler(logging.ERROR)
        handler.emit = lambda record: self.faults.append(record.getMessage())  # type: ignore[method-assign]
        logging.getLogger().addHandler(handler)
        for scheme in ("file", "http", "https"):
            QDesktopServices.setUrlHandler(scheme, self, "leave_it")
        self._listens = True
        self._answer_a_dialog()

    @Slot(QUrl)
    def leave_it(self, _url: object) -> None:
        """Open nothing in other programs."""

    def end(self) -> None:
        """Hear nothing any more."""
        self._listens = False
        qInstallMessageHandler(None)  # type: ignore[arg-type]  # takes the handler away
        sys.excepthook, sys.unraisablehook = sys.__excepthook__, sys.__unraisablehook__
        for scheme in ("file", "http", "https"):
            QDesktopServices.unsetUrlHandler(scheme)
        self._log.close()

    def _heard(self, kind: Any, error: Any, places: Any) -> None:
        self.faults.append("".join(traceback.format_exception(kind, error, places)))

    def _heard_qt(self, kind: QtMsgType, _context: object, text: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not any(each in text for each in _FINE):
            self.faults.append(f"Qt: {text}")

    # ── acting ───────────────────────────────────────────────────────────────────────────────────────────

    def work(self, goes_on: Callable[[], bool]) -> None:
        """Act as long as it goes on, in a loop of Qt's own.

        There a fault is told to the hook, as in the program; outside of one it is kept for whoever called Qt, or lost.
        """
        loop, found = QEventLoop(), []

        def step() -> None:
            try:
                if goes_on():
                    self.act()
                    QTimer.singleShot(0, self, step)
                    return
            except Exception as error:  # noqa: BLE001 - told below, when the loop has been left
                found.append(error)
            loop.quit()

        QTimer.singleShot(0, self, step)
        loop.exec()
        if found:
            raise found[0]

    def act(self) -> None:
        """Do one thing, and say what it did."""
        self._unlock_if_asked()
        if QApplication.activeWindow() is None:
            self.program.window.activateWindow()  # a screen without a window manager does not do it by itself
            QApplication.processEvents()
        run = self._chance.choices([way for way, _ in self._ways], [often for _, often in self._ways])[0]
        self.count += 1
        self._write(f"{run.__name__.strip('_')} …")
        self._begun = time.monotonic()
        said = run()
        self._begun = None
        self._write(said)
        if self._chance.random() < 0.9:
            self.rest()
        else:
            QApplication.processEvents()
        self._count_widgets()
        if self.faults:
            raise TroubleError(f"after {self.count} acts:\n" + "\n".join(self.faults))

    def rest(self) -> None:
        """Wait until nothing is under way."""
        until = time.monotonic() + _PATIENCE
        QApplication.processEvents()
        while not self.program._background.idle:
            if time.monotonic() > until:
                raise TroubleError(f"still busy after {_PATIENCE} s")
            QApplication.processEvents()
            time.sleep(0.001)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    def _write(self, said: str) -> None:
        if not said.endswith("…"):
            self.acts.append(f"{self.count} {said}")
        self._log.write(f"{self.count} {said}\n")

    def _count_widgets(self) -> None:
        main = self.program._main
        if main is None:
            return
        alive, window = len(QApplication.allWidgets()), self.program.window
        others = [page for name, page in main._pages.items() if name != main.place]
        inside = [each for each in within(main) if each.window() is window]
        shown = len(inside) - sum(1 + len(list(within(page))) for page in others)
        if shown > self.most_widgets[0]:
            self.most_widgets = (shown, main.place)
        if alive > MOST_IN_ALL:
            self.faults.append(f"{alive} widgets alive in all")

    def _window(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.program.window

    def _base(self) -> QWidget:
        """Return whose window the system would send to: what a menu is to hear, Qt gives it from there.

        The window of a menu itself may go between the press and the release of one click.
        """
        return QApplication.activeModalWidget() or self.program.window

    def _handle(self) -> QWindow:
        return self._base().windowHandle()

    def _click(self) -> str:
        window = self._window()
        kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
        shown = [each for each in within(window) if isinstance(each, kinds) and each.isVisible()]
        shown = [each for each in shown if each.isEnabled() and each.visibleRegion().boundingRect().isValid()]
        target = self._chance.choice(shown) if shown and self._chance.random() < 0.85 else window
        room = target.visibleRegion().boundingRect()
        at = QPoint(
            self._chance.randint(room.left(), max(room.left(), room.right())),
            self._chance.randint(room.top(), max(room.top(), room.bottom())),
        )
        said = f"{type(target).__name__} “{target.accessibleName()[:30]}” {at.toTuple()}"
        button = _RIGHT if self._chance.random() < 0.1 else _LEFT
        held = self._chance.choice(_HELD)
        spot, handle = self._base().mapFromGlobal(target.mapToGlobal(at)), self._handle()
        if self._chance.random() < 0.12:
            QTest.mouseDClick(handle, button, held, spot)
            return f"double click {said}"
        QTest.mouseClick(handle, button, held, spot)
        return f"click {button.name} {held.name} {said}"

    def _key(self) -> str:
        keys = self._chance.choice(_KEYS)
        stroke = QKeySequence(keys)[0]
        QTest.keyClick(self._handle(), stroke.key(), stroke.keyboardModifiers())
        return f"key {keys}"

    def _type(self) -> str:
        text = self._chance.choice(_TEXTS)
        focused = QGuiApplication.focusObject()
        if focused is not None:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(focused, event)
        return f"type {text[:20]!r} into {type(focused).__name__}"

    def _paste(self) -> str:
        text = self._chance.choice(_PASTES)
        QGuiApplication.clipboard().setText(text)
        QTest.keyClick(self._handle(), Qt.Key.Key_V, _CTRL)
        return f"paste {text[:20]!r}"

    def _wheel(self) -> str:
        handle = self._handle()
        size = handle.size()
        at = QPoint(
            self._chance.randrange(max(size.width(), 1)), self._chance.randrange(max(size.height(), 1))
        )
        steps = self._chance.choice((-480, -120, 120, 480))
        QTest.wheelEvent(handle, at, QPoint(0, steps))
        return f"wheel {steps} at {at.toTuple()}"

    def _go(self) -> str:
        main = self.program._main
        if main is None:
            return "nowhere to go"
        name = self._chance.choice([place.name for place in main._rooms.places() if place.name != "lock"])
        main.go(name)
        return f"go to {name}"

    def _size(self) -> str:
        size = self._chance.choice(_SIZES)
        self.program.window.resize(*size)
        return f"size {size}"

    def _look(self) -> str:
        theme, scale = self._chance.choice(("light", "dark")), self._chance.choice((100, 115, 130, 150))
        self.program.restyle(dataclasses.replace(self.program._preferences, theme=theme, scale=scale))
        return f"look {theme} {scale}"

    def _lock(self) -> str:
        self.program.lock()
        return "lock"

    def _drop(self) -> str:
        if self.program._main is not None:
            self.program._main.go("import", self._sample)
        return "drop the sample roster"

    def _unlock_if_asked(self) -> None:
        """Give the password at the door: guessing it would only be waited for."""
        if self.program._main is not None:
            return
        self.rest()
        until = time.monotonic() + _PATIENCE
        while self.program._main is None:
            page = self.program.window.centralWidget()
            if not isinstance(page, UnlockPage):
                raise TroubleError(f"neither desk nor door: {type(page).__name__}")
            line = next(
                each
                for each in within(page)
                if isinstance(each, QLineEdit) and each.accessibleName() == "密码"
            )
            line.setText(self._password)
            QTest.keyClick(line, Qt.Key.Key_Return)
            self.rest()
            if time.monotonic() > until:
                raise TroubleError("the door does not open")
        self._write("unlocked")

    def _answer_a_dialog(self) -> None:
        if not self._listens:
            return
        # First: an answer may ask the next question, and waits for its answer.
        QTimer.singleShot(_GLANCE, self, self._answer_a_dialog)
        popup = QApplication.activePopupWidget()
        if popup is not None and self._begun is not None and time.monotonic() - self._begun > _WAITS:
            popup.close()  # a menu of Qt's own, of a number field for one, waits for its answer
            return
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or QApplication.activePopupWidget() is not None:
            return
        takes = isinstance(dialog, QFileDialog) and self._answers.random() < 0.3
        self._write(f"dialog “{dialog.windowTitle()}” {'taken' if takes else 'left'}")
        if takes:
            dialog.accept()
        if dialog.isVisible():
            dialog.reject()
