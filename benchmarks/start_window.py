"""From starting the program to its first frame, the password prompt; against an empty window in the same run.

    .venv/bin/python benchmarks/start_window.py [ROUNDS]

Needs no screen. Both run in processes of their own, in turn, so that a slow spell of the machine falls on both alike.
Prints the medians, the ratio (goal 1.35), and what was loaded by then that should not have been.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROUNDS, GOAL = 9, 1.35
SIZE = (1440, 860)
HEAVY = (
    *("sqlalchemy", "alembic", "openpyxl", "pypinyin", "lxml", "python_calamine", "xlrd", "cryptography"),
    *("psycopg", "PySide6.QtSvg", "PySide6.QtPrintSupport", "wuling_desktop.ui.house_style"),
)
CANDIDATES = ("empty", "prompt")


def first_frame(which: str, folder: Path) -> dict[str, Any]:
    """Start one of the two and return what its process said when its first frame was painted, and after how long."""
    code = [sys.executable, str(Path(__file__)), "--child", which, str(folder)]
    # An installed program has its bytecode; where writing it is switched off, the sources would be compiled every time.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    with subprocess.Popen(code, stdout=subprocess.PIPE, text=True, env=surroundings) as process:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        line = process.stdout.readline()
        took = time.perf_counter() - begun
    return {**json.loads(line), "seconds": took}


def a_data_file(folder: Path) -> None:
    """Make something to be asked the password of."""
    from wuling_desktop.services.data_files import DataFiles  # noqa: PLC0415 - not in the processes measured

    desk, _ = DataFiles(folder).create("测试口令 2026", unit="某所", branch="某支部", clerk="试")
    desk.close()


def main(rounds: int) -> None:
    """Measure both and print."""
    with tempfile.TemporaryDirectory() as place:
        os.environ.update(dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"), place))
        folder = Path(place) / "data"
        a_data_file(folder)
        taken: dict[str, list[float]] = {which: [] for which in CANDIDATES}
        for number in range(rounds + 1):
            for which in CANDIDATES:
                said = first_frame(which, folder)
                if number:  # the first round compiles and fills the caches
                    taken[which].append(said["seconds"])
    empty, prompt = (statistics.median(taken[which]) for which in CANDIDATES)
    ratio = statistics.median(mine / floor for floor, mine in zip(*taken.values(), strict=True))
    print(f"empty window    {empty * 1000:6.0f} ms")
    print(
        f"password prompt {prompt * 1000:6.0f} ms   {ratio:.2f} × (goal {GOAL})   {said['modules']} modules"
    )
    print(f"loaded too early: {', '.join(said['heavy']) or 'nothing'}")


def child(which: str, folder: Path) -> None:
    """Be one of the two, and say so when the first frame is painted."""
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415 - a child's imports are what is measured
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415 - the same

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
                QTimer.singleShot(0, told)
            return False

    def told() -> None:
        heavy = [name for name in HEAVY if name in sys.modules]
        print(json.dumps({"heavy": heavy, "modules": len(sys.modules)}), flush=True)
        os._exit(0)

    if which == "empty":
        application = QApplication(sys.argv[:1])
        window, watch = QMainWindow(), Watch()
        window.installEventFilter(
            watch
        )  # one on the application would weigh on the many widgets of the prompt
        window.resize(*SIZE)
        window.show()
        application.exec()
        return

    from wuling_desktop import app  # noqa: PLC0415 - the same
    from wuling_desktop.ui import application as windowed  # noqa: PLC0415 - the same

    class Watched(windowed.Program):
        def start(self) -> None:
            self.watch = Watch(self)
            self.window.installEventFilter(self.watch)
            super().start()

    windowed.Program = Watched  # type: ignore[misc]  # the same program, watched
    app.main(["--data", str(folder)])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
