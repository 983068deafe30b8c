"""Pictures of every page with the demo branch: for the README, or in every size, theme and letter size to be looked at.

    tests/by_hand/take_pictures.py               writes docs/pictures/, the three of the README
    tests/by_hand/take_pictures.py FOLDER        writes FOLDER/<theme> <letters> <width>x<height>/<page>.png

Needs no screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()  # the look of the one who runs this must not show

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from wuling_desktop import settings
from wuling_desktop.settings import Preferences
from wuling_desktop.ui import translations
from wuling_desktop.ui.application import Program
from wuling_desktop.ui.pages.settings import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAMPLE = ROOT / "resources" / "demo" / "sample_roster.xlsx"
SIZES = ((1440, 860), (1366, 697), (1280, 720), (1024, 700))
README = {"members 2 a person": "members", "import 4 对照": "import", "preview": "preview"}
PATIENCE = 30  # seconds


class Photographer:
    """Opens the demo branch in one dress and goes from page to page."""

    def __init__(self, application: QApplication, preferences: Preferences, size: tuple[int, int]) -> None:
        settings.save(preferences)
        self._application = application
        self.program = Program(application, Path(tempfile.mkdtemp()) / "data")
        self.program.start()
        self.program.window.showNormal()  # a screen as small as this platform's has it maximised
        self.program.window.resize(*size)
        self.rest()

    def pages(self) -> Iterator[str]:
        """Show page after page and yield what is seen."""
        yield "door"
        self.program.open_demo()
        self._wait(lambda: self.program._main is not None)
        main = self.program._main
        assert main is not None
        self.rest()
        yield "members 1"
        members = main._pages["members"]
        members.table.choose([members.table.rows.rows.ids[1]])
        yield "members 2 a person"
        members.add()
        yield "members 3 a new person"
        yield from self._file_of(members.table.rows.rows.ids[1])
        yield from self._panels()
        main.go("import", SAMPLE)
        self.rest()
        for number, step in enumerate(("选文件", "对列", "看与改", "对照"), start=1):
            main._pages["import"]._go(number - 1)
            yield f"import {number} {step}"
        main._pages["import"]._commit()
        self.rest()
        yield "import 5 done"
        for place in main._rooms.places():
            if place.name.startswith("ledger:") or place.name == "forms":
                main.go(place.name)
                yield place.name.replace(":", " ")
        main.go("preview", "roster_general")
        yield "preview"
        for section in NAMES:
            main.go("settings", section)
            yield f"settings {section}"

    def _file_of(self, person: int) -> Iterator[str]:
        """Show the whole file of a person, facet by facet."""
        page = self.program._main.go("person", person)
        self.rest()
        for number, title in enumerate((kind.title for kind in page._kinds), start=1):
            page._show_facet(number - 1)
            yield f"person {number} {title}"

    def _panels(self) -> Iterator[str]:
        """Show what lies over a page: Ctrl+K, the keys, the help."""
        main = self.program._main
        main.go("members")
        self.rest()
        for name, keys in (("find", "Ctrl+K"), ("keys", "F12"), ("help", "F1")):
            QTest.keySequence(self.program.window, keys)
            if name == "find":
                QTest.keyClicks(QApplication.focusWidget(), "w")
            yield f"panel {name}"
            QTest.keySequence(QApplication.focusWidget() or self.program.window, "Esc")

    def rest(self) -> None:
        """Let everything under way come to its end."""
        self._wait(lambda: self.program._background.idle)
        until = time.monotonic() + 0.2
        while time.monotonic() < until:
            self._application.processEvents()

    def save(self, path: Path) -> None:
        """Take the picture."""
        self.rest()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.program.window.grab().save(str(path))

    def leave(self) -> None:
        """Close everything."""
        self.program.close_all()
        self.program.end()
        self.program.window.deleteLater()
        self.program.deleteLater()
        self._application.processEvents()

    def _wait(self, done: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < until, "the page did not come"
            self._application.processEvents()
            time.sleep(0.005)


def main(arguments: list[str]) -> None:
    """Take the pictures asked for."""
    application = QApplication(sys.argv[:1])
    translations.install(application)
    if not arguments:
        photographer = Photographer(application, Preferences(theme="light"), SIZES[0])
        for name in photographer.pages():
            if name in README:
                photographer.program._main._messages._toast.hide()
                photographer.save(ROOT / "docs" / "pictures" / f"{README[name]}.png")
        photographer.leave()
        return
    for theme in ("light", "dark"):
        for scale in (100, 150):
            for size in SIZES:
                photographer = Photographer(application, Preferences(theme=theme, scale=scale), size)
                folder = Path(arguments[0]) / f"{theme} {scale} {size[0]}x{size[1]}"
                for name in photographer.pages():
                    photographer.save(folder / f"{name}.png")
                photographer.leave()


if __name__ == "__main__":
    main(sys.argv[1:])
