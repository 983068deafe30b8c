"""Importing the house behind the door, so that neither the first frame nor the desk is waited for."""

from __future__ import annotations

import importlib
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QWindow

    from wuling_desktop.services.data_files import DataFiles

_SERVICES = "wuling_desktop.services.data_files"
# The house behind the door, a piece at a time. Its classes must be made on the screen's thread: on Python 3.11 PySide
# now and then loses what it keeps of a class made on another, and the first object of that class ends the process.
_SCREEN = tuple(
    f"wuling_desktop.ui.{name}"
    for name in (
        "record.editors",
        "record.table",
        "pages.list_page",
        "pages.paper_view",
        "pages.person_facets.paper",
        "pages.person_facets.files",
        "pages.person_file",
        "pages.members",
        "pages.intake.compare",
        "pages.importing",
        "pages.preview",
        "pages.settings",
        "main_window",
    )
)
_PAUSE = 15  # milliseconds between two pieces, for the keys of a password


class Loading(QObject):
    """Imports the house behind the door while the user types: services in a thread, the screen's own between keys."""

    begun = Signal()  # the first frame is shown
    done = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._services = threading.Thread(target=_load_services, name="loading", daemon=True)
        self._begun = threading.Event()
        self._window: QWindow | None = None
        self._left = list(_SCREEN)
        self._loaded = False
        self._waiting: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._load_next)

    def go_on(self, window: QWindow) -> None:
        """Begin when the first frame is shown: until then two imports at once would only be slower."""
        self._window = window
        self._timer.start()

    def data_files(self, folder: Path) -> DataFiles:
        """Return the services of a data folder, once they are loaded; not to be called on the screen's thread."""
        self._begun.wait()
        self._services.join()
        return importlib.import_module(_SERVICES).DataFiles(folder)  # type: ignore[no-any-return]

    def when_done(self, then: Callable[[], object]) -> None:
        """Call at once what needs the whole house, or when it is loaded: all of it at one go would be a stall."""
        if self._loaded:
            then()
        else:
            self._waiting.append(then)
            self._timer.setInterval(0)  # nobody types any more

    def _load_next(self) -> None:
        if not self._begun.is_set():
            if self._window is not None and self._window.isExposed():
                self.begun.emit()
                self._services.start()
                self._begun.set()
            return
        if self._services.is_alive():
            return  # importing the same modules would wait for the thread
        if self._left:
            importlib.import_module(self._left.pop(0))
        else:
            self._timer.stop()
            self._loaded = True
            self.done.emit()
            for then in self._waiting:
                then()
            self._waiting.clear()
            # The first word sought needs it, long after the door; nobody waits for this thread.
            threading.Thread(target=_load_spelling, daemon=True).start()


def _load_services() -> None:
    importlib.import_module(_SERVICES)
    from wuling_desktop.services.exporting import built_in_forms  # noqa: PLC0415 - loaded by the line above

    built_in_forms()  # every desk names them, and their titles stand in the workbooks


def _load_spelling() -> None:
    from wuling_desktop.domain.name_keys import spelling  # noqa: PLC0415 - behind the door, as all of the house

    spelling()
