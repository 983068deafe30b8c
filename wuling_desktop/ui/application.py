"""The windowed program: the door at once, the house behind it while the user types, and the way between them."""

from __future__ import annotations

import dataclasses
import logging
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from wuling_desktop import settings
from wuling_desktop.domain import problems
from wuling_desktop.ui import clipboard, heap, theme
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.background import Background
from wuling_desktop.ui.entrance.door import Door
from wuling_desktop.ui.entrance.safe import LeavePage, SafePage
from wuling_desktop.ui.entrance.unlock import UnlockPage
from wuling_desktop.ui.focus_place import come_back, focus_place
from wuling_desktop.ui.idle import IdleWatch
from wuling_desktop.ui.loading import Loading
from wuling_desktop.ui.opening import Opening
from wuling_desktop.ui.window import Window

if TYPE_CHECKING:
    import tempfile
    from collections.abc import Callable

    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.services.data_files import DataFiles
    from wuling_desktop.services.desk import Desk
    from wuling_desktop.settings import Preferences
    from wuling_desktop.ui.house_style import FocusRing
    from wuling_desktop.ui.main_window import MainWindow
    from wuling_desktop.ui.watchdog import Watchdog

_log = logging.getLogger(__name__)
_SOON = 50  # milliseconds until what was asked a question has heard the answer
_SWEPT = 200  # milliseconds until a page that was left is swept away: the next one is in view by then
_STANDS = 3000  # milliseconds after which a desk that was opened counts as standing


def _watchdog(program: Program) -> Watchdog | None:
    """Return a watchdog where the environment asks for one."""
    if not os.environ.get("WULING_WATCHDOG"):
        return None
    from wuling_desktop.ui import watchdog  # noqa: PLC0415 - for test builds only

    return watchdog.from_environment(program)


class Program(QObject):
    """Knows which page of the program is shown; holds the open data file."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        super().__init__(application)
        heap.settle()
        self._application = application
        self._folder = folder
        self._preferences = settings.load()
        self._look = theme.look_for(self._preferences)
        theme.apply_plainly(
            application, self._look
        )  # and what else its style does, once the first frame is shown
        self._ring: FocusRing | None = None
        self._background = Background(self)
        self.loading = Loading(self)
        self.loading.begun.connect(self._put_on_style)
        self._desk: Desk | None = None
        self._waiting: Desk | None = None  # the real one, while the demo is shown
        self._demo_folder: tempfile.TemporaryDirectory[str] | None = None
        self._main: MainWindow | None = None
        self._opening = Opening()
        self._unit = ""
        self._place, self._within = "", None  # the page to come back to after unlocking, and what was shown
        self.window = Window(self._look, self.may_close)
        self._idle = IdleWatch(self, self._preferences.lock_after)
        self._idle.idle.connect(self.lock)
        self.watchdog = _watchdog(self)
        application.styleHints().colorSchemeChanged.connect(lambda: self.restyle(self._preferences))

    def start(self) -> None:
        """Show the first frame."""
        self.show_door()
        self.window.stand(self._look, self._preferences.window)
        self.loading.go_on(self.window.windowHandle())
        self._idle.watch(self.window.windowHandle())

    def _put_on_style(self) -> None:
        from wuling_desktop.ui.house_style import FocusRing  # noqa: PLC0415 - the first frame does without, see there

        theme.apply_style(self._application, self._look)
        self._ring = FocusRing(self._application, self, self._look)
        self._ring.watch(self.window.windowHandle())

    def end(self) -> None:
        """Wait for the worker, and let the ring rest."""
        self._background.stop()
        if self._ring is not None:
            self._ring.end()
            self._ring = None

    def show_door(self) -> None:
        """Show the unlock page, or first use where there is nothing to unlock."""

        def files() -> DataFiles:
            return self.loading.data_files(self._folder)

        page: Door
        # Only names are looked at here: the services that know better are still loading. Data that were open and are
        # gone lie on a drive taken out: whoever comes back must not be told to begin anew.
        known = self._preferences.data == str(self._folder)
        if known or any(self._folder.glob("wuling.*")) or any(self._folder.glob("server.toml")):
            page = UnlockPage(self._look, self._background, files, folder=self._folder, unit=self._unit)
            page.anew_asked.connect(self._begin_anew)
        else:
            from wuling_desktop.ui.entrance.first_run import FirstRun  # noqa: PLC0415 - needed once in a program's life

            page = FirstRun(self._look, self._background, files)
            page.begun.connect(self._begin)
            page.restore_asked.connect(partial(self._restore, files))
        page.opened.connect(self.open_desk)
        page.demo.connect(self.open_demo)
        self._show(page)

    def _begin_anew(self) -> None:
        """Begin with other data where those opened last are gone for good."""
        self._preferences = dataclasses.replace(self._preferences, data="")
        self.show_door()

    def _restore(self, files: Callable[[], DataFiles], backup: Path) -> None:
        """Ask for the password of a backup where there are no data yet."""
        page = UnlockPage(self._look, self._background, files, folder=self._folder)
        page.opened.connect(self.open_desk)
        page.demo.connect(self.open_demo)
        self._show(page)
        page.ask_backup_password(backup, back=self.show_door)

    def open_desk(self, desk: Desk, place: str = "", what: Any = None) -> None:
        """Show the desk on an open data file, at a place and what is to be seen there."""
        self._desk = desk
        self._unit = desk.unit.name()
        if not desk.unit.is_demo() and self._preferences.data != str(self._folder):
            self._preferences = dataclasses.replace(self._preferences, data=str(self._folder))
            settings.save(self._preferences)
        self.loading.when_done(lambda: self._enter(desk, place, what))

    def _enter(self, desk: Desk, place: str, what: Any) -> None:
        if self._desk is not desk:
            return  # closed while the last of the screen was loading
        if self._opening.was_cut_off and not desk.unit.is_demo():
            self._show_safe(desk)
            return
        self._opening.begin()
        try:
            self._build(desk, *((place, what) if place else (self._place or "members", self._within)))
        except Exception as error:  # noqa: BLE001 - whatever a page stumbles over, the data must stay within reach
            problems.of_fault(error, _log)
            self._main = None
            self._show_safe(desk)
            return
        self._idle.active = True
        QTimer.singleShot(_STANDS, self, self._opening.end)

    def _build(self, desk: Desk, place: str, what: Any) -> None:
        from wuling_desktop.ui.main_window import MainWindow  # noqa: PLC0415 - loaded behind the door

        self._main = MainWindow(self._look, desk, self._background, self._preferences)
        self._main.lock_asked.connect(self.lock)
        self._main.leave_asked.connect(self.leave_demo)
        self._main.projector_asked.connect(self._turn_projector)
        self._main.preferences_changed.connect(self.restyle)
        self._show(self._main)
        self._main.go(place, what)
        self._main.news.begin(place if getattr(what, "adding", False) else "")

    def _show_safe(self, desk: Desk) -> None:
        self._opening.end()
        self._place, self._within = "", None  # perhaps it was this that could not be shown
        page = SafePage(self._look, self._background, desk, self._folder)
        page.opened.connect(self.open_desk)
        self._show(page)

    def tell(self, problem: Problem) -> None:
        """Tell a fault of the program where the desk is open."""
        if self._main is not None:
            self._main.tell(problem)

    def keep(self) -> None:
        """Keep what is half typed: the computer is being shut down and asks nobody."""
        if self._main is not None:
            self._main.leave()

    def _begin(self, desk: Desk, beginning: str) -> None:
        if beginning == "demo":
            self._waiting = desk
            self.open_demo()
        else:
            self.open_desk(desk, "import" if beginning == "import" else "members")

    def open_demo(self) -> None:
        """Show the demo branch: a data file of its own in a folder that goes with it."""
        import tempfile  # noqa: PLC0415 - for the demo only

        folder = tempfile.TemporaryDirectory(prefix="wuling-demo-", ignore_cleanup_errors=True)
        self._demo_folder = folder

        def work() -> Desk:
            desk, _ = self.loading.data_files(Path(folder.name)).create(
                os.urandom(16).hex(), unit="演示", branch="演示党支部", clerk="演示"
            )
            desk.demo.fill(as_beginning=True)
            return desk

        door = self.window.centralWidget()
        door.setEnabled(False)
        self._background.run(
            door, work, lambda desk: self.open_desk(desk, "members"), lambda _: self.show_door()
        )

    def leave_demo(self) -> None:
        """Go back to where the demo was asked for."""
        self._close_desk()
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            self._place, self._within, self._unit = "", None, ""
            self.show_door()
        else:
            self.open_desk(waiting, "members")

    def lock(self) -> None:
        """Close the data, forget everything shown, and ask for the password again."""
        if self._desk is None or self._main is None:
            return
        dialog = QApplication.activeModalWidget()
        if dialog is not None:  # a page waits for its answer, and must be there to hear it
            dialog.close()
            QTimer.singleShot(_SOON, self, self.lock)
            return
        if self._desk.unit.is_demo():
            self.leave_demo()
            return
        self._place, self._within = self._main.place, self._main.within
        self._close_desk()
        self.show_door()

    def _turn_projector(self) -> None:
        """Begin or end 演示模式 and build anew what is shown."""
        from wuling_desktop.ui import projector  # noqa: PLC0415 - what it hides is known behind the door

        projector.turn(on=not projector.is_on())
        QTimer.singleShot(0, self, self._build_anew)

    def restyle(self, preferences: Preferences) -> None:
        """Dress the program anew and rebuild the page shown."""
        self._preferences = preferences
        settings.save(preferences)
        self._idle.wait(preferences.lock_after)
        look = theme.look_for(preferences)
        if look == self._look:
            if self._main is not None:
                self._main.file_choice.preferences = preferences
            return
        self._look = look
        QTimer.singleShot(0, self, lambda: self._build_anew(dress=True))

    def _build_anew(self, *, dress: bool = False) -> None:
        """Build again what is shown, from an event of its own: the button that asked for it goes too."""
        desk = self._desk
        place, what = (self._main.place, self._main.within) if self._main else ("", None)
        begin = focus_place(self.window)
        if self._main is not None:
            self._main.leave()
        self._show(QWidget())
        self._main = None
        QApplication.sendPostedEvents(
            None, QEvent.Type.DeferredDelete
        )  # dressing takes as long as widgets live
        self._forget_shown()
        if dress:
            theme.apply(self._application, self._look)
            if self._ring is not None:
                self._ring.dress(self._look)
        if desk is not None:
            self.open_desk(desk, place, what)
        else:
            self.show_door()
        QTimer.singleShot(0, self.window, lambda: come_back(self.window, begin))  # once it is in view

    def may_close(self) -> bool:
        """Whether the window may close now; else a backup is made first, and the window closes by itself."""
        desk = self._desk
        if desk is None or desk.unit.is_demo():
            self.close_all()
            return True
        if isinstance(self.window.centralWidget(), SafePage | LeavePage):
            self.close_all()
            return True
        self.keep()
        self._idle.active = False
        if self._main is not None:
            self._main.forget()
            self._main = None
        page = LeavePage(self._look)
        self._show(page)
        self._back_up(page, desk)
        return False

    def _back_up(self, page: LeavePage, desk: Desk) -> None:
        def work() -> None:
            if desk.backups.unsaved():
                desk.backups.make()

        again = Action("再试一次", lambda: self._back_up(page, desk))
        leave = Action("不备份，关掉", self.window.close)
        self._background.run(
            page, work, lambda _: self.window.close(), lambda problem: page.failed(problem, again, leave)
        )

    def close_all(self) -> None:
        """Keep the place of the window and close what is open."""
        settings.save(dataclasses.replace(self._preferences, window=self.window.place))
        page = self.window.centralWidget()
        if isinstance(page, Door):
            page.close_half_open()
        self._close_desk()
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None

    def _close_desk(self) -> None:
        clipboard.leave()
        self._idle.active = False
        if self._main is not None:
            self._main.leave()
            self._main.forget()
            self._main = None
        if self._desk is not None:
            from wuling_desktop.ui import projector  # noqa: PLC0415 - the same

            projector.turn(on=False)
        self._opening.end()
        self._show(QWidget())
        self._forget_shown()
        self._background.forget()
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        if self._demo_folder is not None:
            self._demo_folder.cleanup()
            self._demo_folder = None

    def _forget_shown(self) -> None:
        """Leave nothing of the page shown in memory, where names would outlive the lock."""
        heap.forget()
        QTimer.singleShot(_SWEPT, self, heap.sweep)

    def _show(self, page: QWidget) -> None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()  # it shows names, and its page goes
        begin = page.focusWidget()  # chosen before the page had a window, and forgotten when it gets one
        # The window hides and deletes the page left; taken out first, each of its widgets would be dressed once more.
        self.window.setCentralWidget(page)
        if begin is not None:
            page.show()
            begin.setFocus()
