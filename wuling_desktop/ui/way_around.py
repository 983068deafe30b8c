"""Finding one's way by hand: back to where one was, from pane to pane, the page's help, the list of shortcuts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from wuling_desktop.ui import actions, panes
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.help import help_sheet, shortcut_sheet
from wuling_desktop.ui.side_sheet import SideSheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from wuling_desktop.ui.navigation import Navigation
    from wuling_desktop.ui.pages.page import Page
    from wuling_desktop.ui.theme import Look

_LONGEST = 20  # places remembered


def show_context_menu() -> None:
    """Open the menu of what has the keyboard, as the menu key does, which many keyboards lack."""
    focus = QApplication.focusWidget()
    if focus is None:
        return
    rect = focus.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    at = rect.center() if isinstance(rect, QRect) else focus.rect().center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, focus.mapToGlobal(at))
    QApplication.sendEvent(focus, asked)


class WayAround(QObject):
    """The keys of the window that lead to places; a short history of places with what was shown at each."""

    def __init__(
        self,
        look: Look,
        window: QWidget,
        navigation: Navigation,
        page: Callable[[], Page],
        go: Callable[..., object],
    ) -> None:
        super().__init__(window)
        self._look, self._window, self._navigation = look, window, navigation
        self._page, self._go = page, go
        self._been: list[tuple[str, Any]] = []
        self._sheet = SideSheet(look, window)
        self._keys = Action("快捷键一览", self.show_shortcuts, "keyboard", "F12")
        self.help = (Action("这一页的帮助", self.show_help, "question", "F1"), self._keys)
        self.actions = (
            Action("返回刚才的地方", self.back, keys="Alt+Left"),
            Action("导航、页面、面板之间换", self.next_pane, keys="F6"),
            Action("右键菜单", show_context_menu, keys="Shift+F10"),
            *self.help,
        )
        self.groups: Sequence[tuple[str, Sequence[Action]]] = ()

    def leave(self, place: str, within: Any) -> None:
        """Remember a place that is left, and what was shown there."""
        self._been = [*self._been[1 - _LONGEST :], (place, within)]
        if (handle := self._window.window().windowHandle()) is not None:
            handle.installEventFilter(self)

    def back(self) -> None:
        """Go to where one was before."""
        if self._been:
            place, within = self._been.pop()
            self._go(place, within, back=True)

    def next_pane(self) -> None:
        """Bring the keyboard from the navigation to the page, its side panel, the sheet, and round again."""
        page = self._page()
        around: list[QWidget] = [self._navigation, page, *page.panes]
        after = panes.next_of([*around, self._sheet] if self._sheet.isVisible() else around)
        if after is self._navigation:
            self._navigation.focus_first()
        elif after is page:
            page.focus()
        else:
            panes.enter(after)

    def show_help(self) -> None:
        """Show what this page is for."""
        page = self._page()
        # Later: the link that asks lies on what is put away for the list.
        keys = replace(self._keys, run=lambda: QTimer.singleShot(0, self, self.show_shortcuts))
        self._sheet.toggle(f"帮助　{page.title}", help_sheet(self._look, page.help, keys))

    def show_shortcuts(self) -> None:
        """List the shortcuts of this page, of the window, of the places."""
        page = self._page()
        listed = [(title, actions.listed(group)) for title, group in self.groups]
        self._sheet.toggle(
            "快捷键", shortcut_sheet(self._look, [(page.title, actions.gathered(page)), *listed])
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back with the fourth button of the mouse, whatever lies under it."""
        pressed = event.type() == QEvent.Type.MouseButtonPress
        if pressed and isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.BackButton:
            self.back()
            return True
        return super().eventFilter(watched, event)
