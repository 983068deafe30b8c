"""The frame of a page of rows: buttons and search on top, table, side panel, a line that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QWidget

from wuling_desktop.ui import actions
from wuling_desktop.ui.pages.page import Page
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.tokens import SIZES, TYPE
from wuling_desktop.ui.widgets.basics import Button, column, fill, label, row
from wuling_desktop.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QResizeEvent

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.ui.actions import Action
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.theme import Look

_PAUSE = 150  # milliseconds after the last letter before a search begins


class Panel(QFrame):
    """The panel at the right: beside the table where there is room, over it where there is not."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self._look = look
        self.room = column(self, look)

    def put(self, content: QWidget) -> None:
        """Show another content."""
        while (item := self.room.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget is not content:
                widget.hide()
                widget.setParent(None)
        self.room.addWidget(content)
        content.show()


class ListPage(Page):
    """Buttons, search, table, panel and counts; what is in them is the page's own."""

    word_changed = Signal()

    def __init__(
        self,
        look: Look,
        name: str,
        choices: Choices,
        editable: Callable[[Datum], bool],
        top_actions: Sequence[Action],
    ) -> None:
        super().__init__(look)
        self.table = Table(look, name, choices, editable)
        self.search = QLineEdit()
        self.search.setAccessibleName("在本页里找")
        self.search.setPlaceholderText("在本页里找　Ctrl+F")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(look.px(220))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.word_changed)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.panel = Panel(look, self)
        self._opened = (
            False  # whether the panel was asked for: where it lies over the table it stays away till then
        )
        self.empty = QWidget()
        self.tools = Flow(look, last_right=True)
        for place, each in enumerate(top_actions):
            self.tools.addWidget(actions.button(look, each, "plain" if place else "primary"))
        self.tools.addWidget(self.search)
        self.above = Flow(look)  # chips and the like, between the buttons and the table
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._counts = label(look, "", TYPE.caption, tone="muted")
        self._keys = label(look, "", TYPE.caption, tone="hint")
        self._lay_out()
        actions.bind(self, top_actions)
        for keys, run in (("Ctrl+F", self._find), ("Esc", self._escape)):
            QShortcut(QKeySequence(keys), self, run, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.table.customContextMenuRequested.connect(self._show_menu)

    def menu_actions(self) -> Sequence[Action | None]:
        """Return what can be done with the chosen rows."""
        return ()

    def count(self, text: str, keys: str = "") -> None:
        """Say how many rows there are, and which keys help here."""
        self._counts.setText(text)
        self._keys.setText(keys)

    def show_empty(self, content: QWidget | None) -> None:
        """Show what to do where there is nothing yet, or the table."""
        if content is None:
            self._stack.setCurrentWidget(self.table)
            return
        self._stack.removeWidget(self.empty)
        self.empty.deleteLater()
        self.empty = content
        self._stack.addWidget(content)
        self._stack.setCurrentWidget(content)

    def focus(self) -> None:
        """Begin in the table."""
        self.table.setFocus()

    def close_panel(self) -> None:
        """Take the panel away where it lies over the table."""
        self._opened = False
        if self.overlaid:
            self.panel.hide()
            self.table.setFocus()

    @property
    def overlaid(self) -> bool:
        """Whether the panel lies over the table."""
        return self.window().width() < self.look.px(SIZES.overlay_below)

    def open_panel(self) -> None:
        """Show the panel."""
        self._opened = True
        self.panel.show()
        self.panel.raise_()
        self._place_panel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the panel beside the table, or over it."""
        super().resizeEvent(event)
        self.panel.setVisible(self._opened or not self.overlaid)
        self._place_panel()

    def _lay_out(self) -> None:
        look = self.look
        self._left = QWidget()
        inside = column(self._left, look, gap=10)
        inside.setContentsMargins(look.px(20), look.px(14), look.px(20), 0)
        foot = row(None, look)
        fill(foot, (self._counts, None, self._keys))
        foot.setContentsMargins(look.px(4), look.px(6), look.px(4), look.px(8))
        inside.addLayout(self.tools)
        inside.addLayout(self.above)
        inside.addWidget(self._stack, 1)
        inside.addLayout(foot)
        self._outer = row(self, look, gap=0)
        self._outer.addWidget(self._left, 1)
        self._gap = QWidget()
        self._outer.addWidget(self._gap)

    def _place_panel(self) -> None:
        size = SIZES.panel if self.window().width() >= self.look.px(SIZES.narrow) else SIZES.panel_narrow
        width = min(self.look.px(size), self.width())
        self._gap.setFixedWidth(0 if self.overlaid or self.panel.isHidden() else width)
        self.panel.setGeometry(self.width() - width, 0, width, self.height())
        self.panel.raise_()

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _escape(self) -> None:
        if self.overlaid and self.panel.isVisible():
            self.close_panel()
        elif self.search.text():
            self.search.clear()
            self.table.setFocus()

    def _show_menu(self, at: QPoint) -> None:
        entries = self.menu_actions()
        if entries:
            actions.menu(self, entries).popup(self.table.viewport().mapToGlobal(at))


def empty_page(look: Look, text: str, why: str, buttons: Sequence[Button]) -> QWidget:
    """Return what stands where nothing is yet: what belongs here, why it pays, how to begin."""
    page = QFrame()
    page.setProperty("kind", "card")
    words = label(look, text, TYPE.card_title, 600)
    reason = label(look, why, TYPE.table, tone="muted", wrap=True)
    for each in (words, reason):
        each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    line = row(None, look)
    fill(line, (None, *buttons, None))
    fill(column(page, look, 20, 12), (None, words, reason, line, None))
    return page
