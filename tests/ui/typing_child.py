"""The program in a process of its own, in which somebody types and types until it is killed.

    typing_child.py DATA_FOLDER

After each key it says the moment and how much has been typed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from person_at_the_desk import Person, unlocked  # noqa: E402 - needs the path
from PySide6.QtTest import QTest  # noqa: E402 - the same
from PySide6.QtWidgets import QApplication, QLineEdit  # noqa: E402 - the same
from pytestqt.qt_compat import qt_api  # noqa: E402 - the same
from pytestqt.qtbot import QtBot  # noqa: E402 - the same

from wuling_desktop.storage import keys  # noqa: E402 - the same
from wuling_desktop.ui import translations  # noqa: E402 - the same
from wuling_desktop.ui.application import Program  # noqa: E402 - the same

FIELD = "手机"
KEYS = "1234567890" * 150
_BETWEEN = 60  # milliseconds between two keys


def main() -> None:
    """Type into the form for somebody new."""
    keys.SCRYPT_COST = 2**10
    qt_api.set_qt_api("pyside6")
    application = QApplication([])
    translations.install(application)
    program = Program(application, Path(sys.argv[1]))
    program.start()
    person = unlocked(Person(program, QtBot(None)))
    person.press("Ctrl+N")
    person.write("姓名", "唐半")
    line = person.one(QLineEdit, FIELD)
    line.setFocus()
    for count, key in enumerate(KEYS, start=1):
        QTest.keyClicks(line, key)
        sys.stdout.write(f"{time.monotonic()} {count}\n")
        sys.stdout.flush()
        QTest.qWait(_BETWEEN)


if __name__ == "__main__":
    main()
