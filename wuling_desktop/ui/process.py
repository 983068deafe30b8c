"""The windowed program as a process: input method, Qt's application, what nobody caught, and the end."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, Qt
from PySide6.QtWidgets import QApplication

from wuling_desktop.ui import application as windowed
from wuling_desktop.ui import translations
from wuling_desktop.ui.entrance.door import PROGRAM
from wuling_desktop.ui.faults import Faults


def run(folder: Path) -> int:
    """Open the window on a data folder and return the exit status."""
    _choose_input_method()
    # The house's own style comes when the first frame is shown; `setStyle` would have PySide learn all of QStyle now.
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationName("wuling_desktop")
    application.setApplicationDisplayName(PROGRAM)
    application.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    translations.install(application)
    program = windowed.Program(application, folder)
    faults = Faults(application)
    faults.told.connect(program.tell)
    faults.listen()
    application.commitDataRequest.connect(lambda _manager: program.keep())
    program.loading.done.connect(_collect_again)
    program.start()
    status = application.exec()
    program.end()
    return status


def _collect_again() -> None:
    """Let the collector in again, which `app.main` kept out: what is loaded by now stays, it need not be gone through.

    A round over all that took the screen's thread fifty milliseconds, several times in a start and now and then after.
    """
    gc.freeze()
    gc.enable()


def _choose_input_method() -> None:
    """Ask ibus where fcitx is named and Qt brings no plug-in for it: fcitx answers that protocol too."""
    if not sys.platform.startswith("linux") or not os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        return
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    if not any("fcitx" in path.name for path in plugins.glob("*")):
        os.environ["QT_IM_MODULE"] = "ibus"
