"""The desk: navigation, top bar, one page at a time; what a page did is told here and read again everywhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from wuling_desktop.ui import clerk, own_undo
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.file_choice import FileChoice
from wuling_desktop.ui.messages import Messages
from wuling_desktop.ui.navigation import Navigation
from wuling_desktop.ui.pages.importing import ImportPage
from wuling_desktop.ui.pages.intake.choose import dropped_file
from wuling_desktop.ui.pages.members import MembersPage
from wuling_desktop.ui.pages.settings import SettingsPage
from wuling_desktop.ui.rooms import Rooms
from wuling_desktop.ui.tokens import SIZES
from wuling_desktop.ui.top_bar import TopBar
from wuling_desktop.ui.widgets.basics import column, row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent

    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.desk import Desk
    from wuling_desktop.services.history import Undone
    from wuling_desktop.settings import Preferences
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.pages.page import Page
    from wuling_desktop.ui.theme import Look


class MainWindow(QWidget):
    """What the window shows while a data file is open."""

    lock_asked = Signal()
    leave_asked = Signal()
    preferences_changed = Signal(object)

    def __init__(self, look: Look, desk: Desk, background: Background, preferences: Preferences) -> None:
        super().__init__()
        self._look, self._desk, self._background = look, desk, background
        self.file_choice = FileChoice(preferences)
        self.file_choice.changed.connect(self.preferences_changed)
        self._rooms = Rooms(look, desk, background, self.file_choice)
        self.place = ""
        self._before = "members"  # the page that the preview was asked from
        self._pages: dict[str, Page] = {}
        self._scopes: dict[str, str] = {}
        self._navigation = Navigation(look, self._rooms.places(), desk.unit.title())
        self._top = TopBar(look)
        self._stack = QStackedWidget()
        self._messages = Messages(look, self)
        right = column(None, look)
        right.addWidget(self._top)
        right.addWidget(self._messages)
        right.addWidget(self._stack, 1)
        outer = row(self, look, gap=0)
        outer.addWidget(self._navigation)
        outer.addLayout(right, 1)
        self.setAcceptDrops(True)
        self._connect()
        self._navigation.say_clerk(desk.unit.clerk())
        self._navigation.show_place("import", on=False)
        if desk.unit.is_demo():
            leave = Action("离开演示", self.leave_asked.emit, "sign-out")
            self._messages.banner(
                "info", "这是演示支部，数据不是真的；在这里做什么都不会进到您的数据里。", (leave,)
            )
        self._tell_history()

    def go(self, name: str, what: Any = None) -> None:
        """Show a place."""
        if name == "lock":
            self.lock_asked.emit()
            return
        if name not in self._rooms.names:
            name = "members"
        if name == "preview" and self.place != "preview":
            self._before = self.place
        page = self._page(name)
        left = self._pages.get(self.place)
        if isinstance(left, MembersPage):
            left.cover()
        self._messages.forget()
        self.place = name
        self._stack.setCurrentWidget(page)
        self._navigation.mark(name)
        page.enter(what)
        self._top.say(page.title, self._scopes.get(name, ""))
        self._top.show_back(on=name == "preview")
        self._show_import_place()
        page.focus()

    def announce(self, changes: Changes) -> None:
        """Tell what was done, offer to take it back, have every page read what it shows."""
        if changes.operation is not None:
            undoable = not changes.name.startswith(("撤销：", "重做："))
            self._messages.toast(changes.name, ("撤销", self.undo) if undoable else None)
        self._messages.forget()
        for page in self._pages.values():
            page.reload(changes)
        self._tell_history()
        self._navigation.say_clerk(self._desk.unit.clerk())
        self._show_import_place()

    def undo(self) -> None:
        """Take back the latest operation; a focused editor takes back its own typing first."""
        if not own_undo.took_back():
            self._background.run(self, self._desk.history.undo, self._undone, self._messages.problem)

    def redo(self) -> None:
        """Do again what was taken back."""
        if not own_undo.did_again():
            self._background.run(self, self._desk.history.redo, self.announce, self._messages.problem)

    @property
    def within(self) -> Any:
        """What is shown at the place one is."""
        return self._pages[self.place].within

    def forget(self) -> None:
        """Drop every page with what it shows; the data are about to be closed."""
        for page in self._pages.values():
            page.hide()
            page.deleteLater()
        self._pages.clear()

    def _undone(self, undone: Undone) -> None:
        self.announce(undone.changes)
        if undone.kept:
            self._messages.toast(f"{undone.changes.name}；{len(undone.kept)} 处后来又改过，保持现在的值")

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            page = self._rooms.make(name)
            page.changed.connect(self.announce)
            page.trouble.connect(self._messages.problem)
            page.said.connect(self._messages.toast)
            page.wanted.connect(self.go)
            page.scope.connect(partial(self._say_scope, name))
            if isinstance(page, SettingsPage):
                page.preferences_chosen.connect(self.preferences_changed)
                page.backed_up.connect(self._tell_history)
                page.restored.connect(self._read_all)
            self._stack.addWidget(page)
            self._pages[name] = page
        return self._pages[name]

    def _connect(self) -> None:
        self._navigation.chosen.connect(self.go)
        self._navigation.clerk_asked.connect(self._ask_clerk)
        self._top.back_asked.connect(self._go_back)
        self._top.undo_asked.connect(self.undo)
        self._top.redo_asked.connect(self.redo)
        self._top.backup_asked.connect(lambda: self.go("settings", "backups"))
        places = [place.name for place in self._rooms.places() if not place.foot and place.name != "import"]
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+L", self.lock_asked.emit),
            ("Alt+Left", self._go_back),
            ("F6", self._next_pane),
            ("Ctrl+I", lambda: self.go("import", self._pages[self.place].imports)),
            *((f"Ctrl+{number}", partial(self.go, name)) for number, name in enumerate(places[:9], start=1)),
        ]
        for text, run in keys:
            QShortcut(QKeySequence(text), self, run, context=Qt.ShortcutContext.WindowShortcut)

    def _go_back(self) -> None:
        self.go(self._before if self.place == "preview" else "members")

    def _next_pane(self) -> None:
        page = self._pages[self.place]
        focused = QApplication.focusWidget()
        if focused is not None and page.isAncestorOf(focused):
            self._navigation.focus_first()
        else:
            page.focus()

    def _say_scope(self, name: str, text: str) -> None:
        self._scopes[name] = text
        if name == self.place:
            self._top.say(self._pages[name].title, text)

    def _show_import_place(self) -> None:
        page = self._pages.get("import")
        under_way = isinstance(page, ImportPage) and page.under_way
        self._navigation.show_place("import", on=self.place == "import" or under_way)

    def _tell_history(self) -> None:
        def work() -> Any:
            listed = self._desk.backups.listing()
            return (
                self._desk.history.latest(),
                self._desk.history.next_redo(),
                listed[0].at if listed else None,
            )

        self._background.run(self, work, self._show_history, self._messages.problem)

    def _show_history(self, found: Any) -> None:
        undo, redo, backup = found
        self._top.show_history(undo, redo)
        self._top.show_backup(backup)

    def _read_all(self) -> None:
        for page in self._pages.values():
            page.reload(None)
        self._tell_history()

    def _ask_clerk(self) -> None:
        clerk.ask(self._look, self._navigation, self._desk.unit, self._desk.history, self.announce)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file dropped anywhere."""
        if dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Go to the import with the file."""
        path: Path | None = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.go("import", path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the navigation to the window."""
        super().resizeEvent(event)
        px = self._look.px
        self._navigation.fit(rail=self.width() < px(SIZES.rail_below), low=self.height() < px(SIZES.low))
