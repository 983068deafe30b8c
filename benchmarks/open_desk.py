"""From Enter after the password to a usable table, against what cannot be done without: deriving the key, a window.

    .venv/bin/python benchmarks/open_desk.py [PEOPLE …] [--rounds N]

Needs no screen. Of the demo branch (0) and of so many people; each in a process of its own, in turn. Usable: the rows
are painted and the window answers again. Against the longer of deriving the key and an empty window (goal 1.1 ×), and
against deriving the key + 1.5 × the time a bare view takes for 60 ready rows (goal 1 ×). Beside them the longest time
for which the window did not answer: until then, and in the seconds after it, in which slow counts go on.
"""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import measure
from benchmarks.measure import Figures, InTurn, alone, judge
from benchmarks.start_window import SIZE, first_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

DEMO = 0
SIZES = (DEMO, 5_000)
BARE_ROWS = 60
TYPING, AFTER = (
    500,
    2000,
)  # milliseconds: from all is loaded to Enter; for how long the window is watched afterwards
BEAT = 2  # milliseconds between two signs of life


def main() -> int:
    """Measure and print; the answer is the number of goals missed."""
    return measure.each_size(__doc__ or "", SIZES, at)


def at(place: Path, count: int, rounds: int) -> int:
    """Lay out so many people and compare."""
    from benchmarks import invented  # noqa: PLC0415 - not in the processes measured

    desk = invented.desk(place / "data", count)
    if count == DEMO:
        desk.demo.fill()
    desk.close()
    return compare(count, place / "data", rounds)


def compare(count: int, data: Path, rounds: int) -> int:
    """Measure and print."""
    alone("opened", data)  # compiles, and fills the caches
    done = InTurn(
        {
            "opened": partial(alone, "opened", data),
            "key": partial(alone, "key", data),
            "window": lambda: {
                **first_frame("empty", data),
                **dict.fromkeys(("processor", "peak", "child"), 0.0),
            },
            "bare": partial(alone, "bare"),
        },
        rounds,
    )
    print(f"{f'{count} people' if count else 'the demo branch'}, {rounds} rounds")
    done.tell("opened", "from Enter to a usable table")
    done.tell("key", "the key derived from the password")
    done.tell("window", "an empty window, from starting Python")
    done.tell("bare", f"{BARE_ROWS} ready rows in a bare view")
    for key, text in (("waited", "until it is usable"), ("later", f"in the {AFTER // 1000} s after")):
        print(
            f"  the window did not answer for {done.median('opened', key) * 1000:.0f} ms at the longest {text}"
        )
    missed = judge("to the longer of key and window", done.against("opened", _longer), 1.1)
    return missed + judge("to the key + 1.5 × the bare view", done.against("opened", _key_and_view), 1)


def _longer(round_: Mapping[str, Figures]) -> float:
    return max(round_["key"]["seconds"], round_["window"]["seconds"])


def _key_and_view(round_: Mapping[str, Figures]) -> float:
    seconds: float = round_["key"]["seconds"] + 1.5 * round_["bare"]["seconds"]
    return seconds


def key(data: str) -> Figures:
    """Only derive the key."""
    from benchmarks.invented import PASSWORD  # noqa: PLC0415 - a child's imports are its own
    from wuling_desktop.storage.keys import SlotFile  # noqa: PLC0415 - the same

    slots = SlotFile.read(Path(data))
    return measure.timed(lambda: slots.unlock_with_password(PASSWORD))


def bare() -> Figures:
    """Show ready rows in a view of Qt's own."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView  # noqa: PLC0415 - a child's imports are its own

    from benchmarks.invented import people  # noqa: PLC0415 - the same
    from benchmarks.table_peers import TextModel  # noqa: PLC0415 - the same

    application = QApplication([])
    texts = [tuple(row.values())[:11] for row in people(BARE_ROWS)]
    window = QMainWindow()
    window.resize(*SIZE)
    window.show()
    application.processEvents()

    def job() -> None:
        view, model = QTableView(), TextModel(texts)
        view.setModel(model)
        window.setCentralWidget(view)
        view.show()
        view.viewport().repaint()
        application.processEvents()

    return measure.timed(job)


def opened(data: str) -> Figures:
    """Start the program, type the password when all is loaded, and watch until the table can be used."""
    from wuling_desktop import app  # noqa: PLC0415 - a child's imports are its own
    from wuling_desktop.ui import application as windowed  # noqa: PLC0415 - the same

    figures: Figures = {}

    class Watched(windowed.Program):
        def start(self) -> None:
            self.watch = _watch(self, figures)
            super().start()

    windowed.Program = Watched  # type: ignore[misc]  # the same program, watched
    app.main(["--data", data])
    return figures


def _watch(program: Any, figures: Figures) -> Any:
    """Return an object that types the password at the door and fills in what it saw from Enter on."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer  # noqa: PLC0415 - a child's imports are its own
    from PySide6.QtTest import QTest  # noqa: PLC0415 - the same
    from PySide6.QtWidgets import QApplication, QLineEdit  # noqa: PLC0415 - the same

    from benchmarks.invented import PASSWORD  # noqa: PLC0415 - the same

    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__(program)
            self._table: Any = None
            self._begun = self._worked = self._life = self._longest = 0.0
            self._beat = QTimer(self)
            self._beat.setTimerType(Qt.TimerType.PreciseTimer)
            self._beat.setInterval(BEAT)
            self._beat.timeout.connect(self._live)
            program.loading.done.connect(lambda: QTimer.singleShot(TYPING, self, self._type))

        def _type(self) -> None:
            field = program.window.centralWidget().findChild(QLineEdit)
            field.setText(PASSWORD)
            self._life = self._begun = time.perf_counter()
            self._worked = time.process_time()
            self._beat.start()
            QTest.keyClick(field, Qt.Key.Key_Return)

        def _live(self) -> None:
            now = time.perf_counter()
            self._longest, self._life = max(self._longest, now - self._life), now
            if self._table is None and program._main is not None:  # noqa: SLF001 - the page is nobody else's to tell
                from wuling_desktop.ui.record.table import Table  # noqa: PLC0415 - loaded by now

                self._table = program._main.findChild(Table)  # noqa: SLF001 - the same
                if self._table is not None:
                    self._table.viewport().installEventFilter(self)

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint and self._table.rows.rowCount() and not figures:
                figures["seconds"] = 0.0
                QTimer.singleShot(0, self, self._usable)
            return False

        def _usable(self) -> None:
            self._live()
            figures.update(
                seconds=time.perf_counter() - self._begun,
                processor=time.process_time() - self._worked,
                waited=self._longest,
                **measure.peaks(),
            )
            self._longest = 0.0
            QTimer.singleShot(AFTER, self, self._leave)

        def _leave(self) -> None:
            figures["later"] = self._longest
            self._beat.stop()
            program.close_all()
            QApplication.exit(0)

    return Watch()


if __name__ == "__main__":
    measure.run(main, {each.__name__: each for each in (opened, key, bare)})
