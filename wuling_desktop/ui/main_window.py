"""The desk: navigation, top bar, one page at a time; what a page did is told here and read again everywhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from wuling_desktop.ui import actions, clerk, own_undo, projector
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.desk_news import DeskNews
from wuling_desktop.ui.file_choice import FileChoice
from wuling_desktop.ui.finder import Finder
from wuling_desktop.ui.messages import Messages
from wuling_desktop.ui.navigation import Navigation
from wuling_desktop.ui.pages.settings import SettingsPage
from wuling_desktop.ui.rooms import Rooms
from wuling_desktop.ui.saved_place import SavedPlace
from wuling_desktop.ui.scope_switch import ScopeSwitch
from wuling_desktop.ui.tokens import SIZES
from wuling_desktop.ui.top_bar import TopBar
from wuling_desktop.ui.way_around import WayAround
from wuling_desktop.ui.widgets.basics import column, row
from wuling_desktop.ui.widgets.drop import one_file_of

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent

    from wuling_desktop.domain.problems import Problem
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
    projector_asked = Signal()
    preferences_changed = Signal(object)

    def __init__(self, look: Look, desk: Desk, background: Background, preferences: Preferences) -> None:
        super().__init__()
        self._look, self._desk, self._background = look, desk, background
        self.file_choice = FileChoice(preferences, self)
        self.file_choice.changed.connect(self.preferences_changed)
        self._rooms = Rooms(look, desk, background, self.file_choice)
        self.place = ""
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
        self._way = WayAround(look, self, self._navigation, lambda: self._pages[self.place], self.go)
        places = self._rooms.places()
        self._finder = Finder(look, self, desk, self.file_choice, places, self.go, self._way.help)
        self._saved = SavedPlace(self._messages)
        self.news = DeskNews(
            desk, background, self._top, self._messages, self.file_choice, self.go, self._saved.tell
        )
        self._scope = ScopeSwitch(self._navigation, desk.organisations, desk.unit, self._read_all)
        self._connect()
        self._scope.tell()
        self._navigation.say_clerk(desk.unit.clerk())
        self._say_lasting()

    def go(self, name: str, what: Any = None, *, back: bool = False) -> Page | None:
        """Show a place and return its page."""
        if name == "lock":
            self.lock_asked.emit()
            return None
        if name not in self._rooms.names:
            name = "members"
        page = self._page(name)
        if (left := self._pages.get(self.place)) is not None:
            if not back and (name != self.place or name == "preview"):
                self._way.leave(self.place, left.within)
            left.leave()
        self._messages.forget()
        self.place = name
        self._stack.setCurrentWidget(page)
        self._navigation.mark(page.place or name)
        page.enter(what)
        self._top.say(page.title, self._scopes.get(name, ""))
        self._top.show_back(on=name == "preview" or page.back is not None)
        page.focus()
        return page

    def announce(self, changes: Changes) -> None:
        """Tell what was done, offer to take it back, have every page read what it shows."""
        if changes.operation is not None:
            undoable = not changes.name.startswith(("撤销：", "重做："))
            self._messages.toast(changes.name, *((Action("撤销", self._undo_clicked),) if undoable else ()))
        self._messages.forget()
        for page in self._pages.values():
            page.reload(changes)
        self.news.tell()
        self._scope.tell()
        self._navigation.say_clerk(self._desk.unit.clerk())

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

    def leave(self) -> None:
        """Keep what is half done: the data are about to be closed."""
        for page in self._pages.values():
            page.leave()

    def tell(self, problem: Problem) -> None:
        """Tell what went wrong in the program itself."""
        self._messages.problem(problem)

    def forget(self) -> None:
        """Drop every page with what it shows."""
        for page in self._pages.values():
            page.hide()
            page.deleteLater()
        self._pages.clear()

    def _undo_clicked(self) -> None:
        self.undo()
        self._pages[self.place].focus()  # the button took the keyboard away from it

    def _redo_clicked(self) -> None:
        self.redo()
        self._pages[self.place].focus()

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
            page.wrote.connect(self._saved.tell)
            page.wanted.connect(self.go)
            page.scope.connect(partial(self._say_scope, name))
            if isinstance(page, SettingsPage):
                page.backed_up.connect(self.news.tell)
                page.restored.connect(self._read_all)
                page.projector_asked.connect(self.projector_asked)
            self._stack.addWidget(page)
            self._pages[name] = page
        return self._pages[name]

    def _connect(self) -> None:
        self._navigation.chosen.connect(self.go)
        self._navigation.clerk_asked.connect(self._ask_clerk)
        self._navigation.help_asked.connect(self._way.show_help)
        self._top.find_asked.connect(self._finder.open)
        self._top.back_asked.connect(self._way.back)
        self._top.undo_asked.connect(self._undo_clicked)
        self._top.redo_asked.connect(self._redo_clicked)
        self._top.backup_asked.connect(lambda: self.go("settings", "backups"))
        own = (
            Action("找人、找事、找文件", self._finder.open, keys="Ctrl+K"),
            Action("撤销上一步", self.undo, keys="Ctrl+Z"),
            Action("重做", self.redo, keys="Ctrl+Y"),
            Action("导入", lambda: self.go("import", self._pages[self.place].imports), keys="Ctrl+I"),
            self._saved.action,
            Action("设置与备份", partial(self.go, "settings"), keys="Ctrl+,"),
            Action("锁定", self.lock_asked.emit, keys="Ctrl+L"),
            Action("退出", lambda: self.window().close(), keys="Ctrl+Q"),
            Action("演示模式，开或关", self.projector_asked.emit, keys="Ctrl+Shift+P"),
            *self._way.actions,
        )
        places = [place for place in self._rooms.places() if not place.foot]
        ways = tuple(
            Action(place.text, partial(self.go, place.name), keys=f"Ctrl+{number}")
            for number, place in enumerate(places[:9], start=1)
        )
        self._way.groups = (("到处都能用", own), ("去哪儿", ways))
        actions.bind(self, (*own, *ways))

    def _say_lasting(self) -> None:
        if self._desk.unit.is_demo():
            leave = Action("离开演示", self.leave_asked.emit, "sign-out")
            said = "这是演示支部，数据不是真的；在这里做什么都不会进到您的数据里。"
            self._messages.banner("info", said, (leave,))
        if projector.is_on():
            end = Action("结束演示模式", self.projector_asked.emit, hint="结束演示模式　Ctrl+Shift+P")
            self._messages.banner("info", projector.SAID, (end,))
            self._navigation.hide_clerk()

    def _say_scope(self, name: str, text: str) -> None:
        self._scopes[name] = text
        if name == self.place:
            self._top.say(self._pages[name].title, text)

    def _read_all(self) -> None:
        for page in self._pages.values():
            page.reload(None)
        self.news.tell()
        self._scope.tell()

    def _ask_clerk(self) -> None:
        clerk.ask(self._look, self._navigation, self._desk.unit, self._desk.history, self.announce)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file dropped anywhere."""
        if one_file_of(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Go to the import with the file."""
        path = one_file_of(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.go("import", path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the navigation to the window."""
        super().resizeEvent(event)
        px = self._look.px
        self._navigation.fit(rail=self.width() < px(SIZES.rail_below), low=self.height() < px(SIZES.low))
