"""A monkey works at the real program for some minutes: nothing may crash, leak, pile up or damage the data.

    tests/by_hand/monkey.py MINUTES [--big] [--seed NUMBER]

Needs no screen. `--big` puts 2,000 invented people beside the demo branch. The same seed does the same things, as far as
the clock lets it. When something is found, the last 200 acts are printed; all acts since the start stand in the log that
is named at the beginning, also after a crash of the process.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "ui"), str(ROOT / "benchmarks")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PLACE = Path(tempfile.mkdtemp(prefix="monkey-"))
os.environ.update(
    {name: str(PLACE) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME")}
)

from monkey_acts import MOST_WIDGETS, Monkey, TroubleError
from PySide6.QtWidgets import QApplication

from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import keys
from wuling_desktop.ui import translations
from wuling_desktop.ui.application import Program

PASSWORD = "测试口令 2026"
SAMPLE = ROOT / "resources" / "demo" / "sample_roster.xlsx"
BIG = 2_000
WARM_UP = 2  # minutes until every page has been built
GROWTH, LOSS = 50.0, 1_000  # megabytes of memory; references to None
LEFT = 10  # widgets more than at first, when the desk is closed
LOCKS = 5  # as often as it is asked to lock before it counts as not to be locked


def memory() -> float:
    """Return the resident memory in megabytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def data_folder(*, big: bool) -> Path:
    """Make the data the monkey works on."""
    folder = PLACE / "data"
    desk, _ = DataFiles(folder).create(PASSWORD, unit="演示", branch="演示党总支", clerk="演示")
    desk.demo.fill()
    if big:
        from invented import drafts  # noqa: PLC0415 - only here

        from wuling_desktop.services.person_writing import PersonWriter  # noqa: PLC0415 - only here

        with desk.people._operations.begin("写入") as (operation, _outcome):
            PersonWriter(operation).add(drafts(BIG))
    desk.unit.set_clerk("猴子")  # last: Ctrl+Z takes back one's own only, and shall leave these people
    desk.close()
    return folder


class Look:
    """Looks at the program every minute; true as long as there is time left."""

    def __init__(self, monkey: Monkey, minutes: float) -> None:
        self._monkey, self._minutes = monkey, minutes
        self._begun, self._looked = time.monotonic(), 0
        self._base: tuple[float, int, int] | None = None

    def __call__(self) -> bool:
        gone = (time.monotonic() - self._begun) / 60
        if int(gone) != self._looked:
            self._looked = int(gone)
            self._look()
        return gone < self._minutes

    def _look(self) -> None:
        monkey = self._monkey
        self._come_to_the_door()
        now = (memory(), sys.getrefcount(None), len(QApplication.allWidgets()))
        seen = (
            f"{monkey.count} acts, {now[0]:.0f} MB, None {now[1]}, widgets {now[2]} and {monkey.most_widgets}"
        )
        print(f"minute {self._looked}: {seen}", flush=True)
        if monkey.most_widgets[0] >= MOST_WIDGETS:
            raise TroubleError(f"{monkey.most_widgets} widgets alive")
        if self._looked < WARM_UP:
            return
        if self._base is None:
            self._base = now
        if now[0] - self._base[0] > GROWTH:
            raise TroubleError(f"{now[0] - self._base[0]:.0f} MB more than after the warm-up")
        if self._base[1] - now[1] > LOSS:
            raise TroubleError(f"{self._base[1] - now[1]} references to None were lost")
        if now[2] - self._base[2] > LEFT:
            raise TroubleError(f"{now[2] - self._base[2]} widgets more than after the warm-up")

    def _come_to_the_door(self) -> None:
        """Lock, so that always the same is counted: what a desk shows, and the cycles of it, differ by much."""
        program = self._monkey.program
        for _ in range(LOCKS):
            if program._main is None:
                break
            program.lock()
            self._monkey.rest()
        else:
            raise TroubleError("the desk cannot be locked")
        gc.collect()


def main() -> int:
    """Let the monkey work and return 0 when all is well."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("minutes", type=float)
    parser.add_argument("--big", action="store_true")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    keys.SCRYPT_COST = 2**10  # the monkey unlocks often; the price of a guess is tried elsewhere
    faulthandler.enable()
    application = QApplication(sys.argv[:1])
    translations.install(application)
    folder, log = data_folder(big=given.big), PLACE / "acts.txt"
    print(f"seed {given.seed}, acts in {log}", flush=True)
    program = Program(application, folder)
    program.start()
    program.window.showNormal()
    monkey = Monkey(program, PASSWORD, given.seed, sample=SAMPLE, log=log)
    monkey.listen()
    status = 0
    try:
        monkey.work(Look(monkey, given.minutes))
    except TroubleError as found:
        print(*monkey.acts, found, sep="\n")
        status = 1
    finally:
        monkey.end()
    program.close_all()
    program.end()
    desk = DataFiles(folder).unlock(PASSWORD)
    verdict = desk.backups.verify(None)
    desk.close()
    print(
        f"{monkey.count} acts; data file {'sound' if verdict.ok else verdict.faults}; {verdict.people} people"
    )
    return status or not verdict.ok


if __name__ == "__main__":
    sys.exit(main())
