"""The frame of a page of rows: buttons and search on top, table, side panel, a line that counts."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QWidget

from wuling_desktop.services.shown_table import ShownTable
from wuling_desktop.ui import actions
from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.house_style import measure_small
from wuling_desktop.ui.pages.page import Page
from wuling_desktop.ui.pages.panel import Panel
from wuling_desktop.ui.pages.seen import Seen
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.record.table_desk import TableDesk
from wuling_desktop.ui.record.table_tools import TableTools
from wuling_desktop.ui.tokens import SIZES, TYPE
from wuling_desktop.ui.widgets.basics import Button, column, fill, label, row
from wuling_desktop.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from wuling_desktop.services.changes import Changes
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.file_choice import FileChoice
    from wuling_desktop.ui.record.columns import Columns
    from wuling_desktop.ui.record.editors import Choices
    from wuling_desktop.ui.record.form import Form
    from wuling_desktop.ui.record.table import Ready
    from wuling_desktop.ui.record.table_desk import CellTyping
    from wuling_desktop.ui.theme import Look

_PAUSE = 150  # milliseconds after the last letter before a search begins


class ListPage(Page):
    """Buttons, search, table, panel and counts; what is in them is the page's own."""

    word_changed = Signal()
    new_form: Callable[[], Form]  # returns the form in which something new is typed, whose half is to be kept
    noun = "条"  # what rows are counted in
    record = ""  # the name of what its rows are
    keys = "F2 改　Ctrl+Z 撤销"  # what the line under the table says of them

    def __init__(
        self,
        look: Look,
        name: str,
        choices: Choices,
        cells: CellTyping,
        top_actions: Sequence[Action],
        *,
        columns: Columns,
        background: Background,
        file_choice: FileChoice,
    ) -> None:
        super().__init__(look)
        self.background, self.file_choice = background, file_choice
        self.table = Table(look, name, choices, cells.editable)
        self.table_tools = TableTools(look, self.table, columns, file_choice)
        self.desk = TableDesk(
            look,
            self.table,
            self.noun,
            background,
            cells,
            self.batch_actions,
        )
        self.search = QLineEdit()
        measure_small(look, self.search)
        self.search.setAccessibleName("在本页里找")
        self.search.setPlaceholderText("在本页里找　Ctrl+F")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(look.px(190))
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
        self._make_tools(top_actions)
        self.above = Flow(look)  # chips and the like, between the buttons and the table
        self._stack = self.desk.stack
        self._stack.addWidget(self.empty)
        self._lay_out()
        self._connect_table()
        actions.bind(self, top_actions)
        found = Action("在本页里找", self._find, keys="Ctrl+F")
        away = Action("收起面板；再按，清除查找和筛选", self._escape, keys="Esc")
        actions.bind(self, (found, away))
        actions.tell(self, (("改这一格", "F2"), ("打开这一行", "Enter"), ("勾选这一行", "空格")))
        self.search.returnPressed.connect(self._to_rows)
        actions.shortcut(self.search, "Down", self._to_rows, Qt.ShortcutContext.WidgetShortcut)
        self.table.customContextMenuRequested.connect(self._show_menu)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._keep_panel_above)

    @property
    def within(self) -> Seen:
        """What is shown, to be shown again."""
        scrolled = self.table.verticalScrollBar().value()
        chosen = tuple(self.table.chosen_ids())
        return Seen(self.group, self.search.text(), chosen, scrolled, self.adding)

    @property
    def group(self) -> str:
        """The group of rows shown, where there are several."""
        return ""

    @property
    def adding(self) -> bool:
        """Whether something new is being typed in."""
        return bool(self.table.rows.new.typed)

    @property
    def panes(self) -> Sequence[QWidget]:
        """The side panel, where it is in view."""
        return (self.panel,) if self.panel.isVisible() else ()

    def add(self) -> None:
        """Begin something new in the panel."""

    def show_again(self, seen: Seen) -> None:
        """Read what was shown before the page was left, choose the same rows, and go on with what was being typed."""
        self.search.blockSignals(True)
        self.search.setText(seen.word)
        self.search.blockSignals(False)
        self.reload(None)

        def arrived(_nothing: object) -> None:
            self.table.choose(seen.chosen)
            self.table.verticalScrollBar().setValue(seen.scrolled)
            if seen.adding and not self.adding:
                self.resume()

        self.background.run(self, lambda: None, arrived, self.trouble.emit)

    def resume(self) -> None:
        """Go on with what was typed and not finished."""
        self.add()
        if self.drafts is not None:
            self.drafts.resume()

    def menu_actions(self) -> Sequence[Action | None]:
        """Return what can be done with the chosen rows."""
        return ()

    def batch_actions(self) -> Sequence[Action]:
        """Return what can be done with several chosen rows at once."""
        return ()

    def count(self) -> None:
        """Say how many rows there are and how many are chosen, and which keys help here."""
        self.desk.tell(self.keys)

    def put(self, rows: Ready) -> None:
        """Show rows in the table, through its funnels."""
        self.table.put(rows)
        self.show_empty(None)
        self._show_filtered()

    def shown(self, *, chosen: bool = False) -> ShownTable:
        """Return the table as it stands: its columns, its rows or only the chosen ones, their order."""
        rows = self.table.rows.rows
        ids = self.table.chosen_ids() if chosen else rows.ids
        return ShownTable(
            self.table.accessibleName(),
            rows.datums,
            tuple(rows.values[id_] for id_ in ids),
            self.table.rows.filtered_by(),
        )

    def show_empty(self, content: QWidget | None) -> None:
        """Show what to do where there is nothing yet, or the table."""
        if content is None or (self.table.sheet and not self.search.text()):
            self._stack.setCurrentWidget(self.table)
            self._keep_panel_above()
            return
        self._stack.removeWidget(self.empty)
        self.empty.deleteLater()
        self.empty = content
        self._stack.addWidget(content)
        self._stack.setCurrentWidget(content)

    def show_nothing_found(self) -> None:
        """Say that the words sought stand nowhere here."""
        again = Button(self.look, "清除查找　Esc", self._seek_nothing)
        text = f"没找到“{self.search.text()}”。"
        self.show_empty(empty_page(self.look, text, "可以只输一两个字，或换一种写法再找。", (again,)))

    def menu_under(self, text: str, entries: Sequence[Action | None]) -> None:
        """Open a menu under one of the buttons of the page."""
        at = next(each for each in self.findChildren(Button) if each.text() == text)
        actions.menu(self, entries).popup(at.mapToGlobal(at.rect().bottomLeft()))

    def leave(self) -> None:
        """Look for nothing more: the data may be closed before the page is gone, and who comes back reads anew."""
        self.table.work.finish_new()
        super().leave()
        self._pause.stop()

    def focus(self) -> None:
        """Begin in the table."""
        self.table.setFocus()

    def close_panel(self) -> None:
        """Take the panel away where it lies over the table, or was opened although it usually stays away."""
        self._opened = False
        self._settle_panel()
        if self.panel.isHidden():
            self.table.setFocus()

    @property
    def overlaid(self) -> bool:
        """Whether the panel lies over the table."""
        return self.window().width() < self.look.px(SIZES.overlay_below)

    def open_panel(self) -> None:
        """Show the panel."""
        self._opened = True
        self._settle_panel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the panel beside the table, or over it."""
        super().resizeEvent(event)
        self._settle_panel()

    def showEvent(self, event: QShowEvent) -> None:
        """Have the panel, or not, as it was left on another page."""
        super().showEvent(event)
        self._settle_panel()

    def _make_tools(self, top_actions: Sequence[Action]) -> None:
        look = self.look
        self.tools = Flow(look, last_right=True)
        for place, each in enumerate(top_actions):
            self.tools.addWidget(actions.button(look, each, "plain" if place else "primary"))
        self.tools.addWidget(self.table_tools)
        self._panel_button = Button(
            look, "右侧面板", self.turn_panel, icon="sidebar-right", kind="icon", hint="收起或打开右侧面板"
        )
        self._panel_button.setCheckable(True)
        self.tools.addWidget(self._panel_button)
        self.tools.addWidget(self.search)

    def _lay_out(self) -> None:
        look = self.look
        self._left = QWidget()
        inside = column(self._left, look, gap=10)
        inside.setContentsMargins(look.px(20), look.px(14), look.px(20), 0)
        inside.addLayout(self.tools)
        inside.addLayout(self.above)
        inside.addWidget(self.desk, 1)
        self._outer = row(self, look, gap=0)
        self._outer.addWidget(self._left, 1)
        self._gap = QWidget()
        self._outer.addWidget(self._gap)

    def _connect_table(self) -> None:
        self.desk.changed.connect(self.changed)
        self.desk.trouble.connect(self.trouble)
        self.desk.said.connect(self.said)
        self.table_tools.changed.connect(self.changed)
        self.table_tools.trouble.connect(self.trouble)
        self.table_tools.read_anew.connect(lambda: self.reload(None))
        self.table.filtered.connect(self._show_filtered)
        self.table.sheet_changed.connect(self._sheet_changed)
        self.table.rows.new_typed.connect(self._keep_row)
        self.desk.row_added.connect(self._row_added)
        self.desk.row_given_up.connect(self._let_draft_go)

    def _sheet_changed(self) -> None:
        if not self.table.rows.rows.ids:
            self.reload(None)  # an empty sheet can be typed into, an empty list says how to begin

    def _keep_row(self) -> None:
        if self.drafts is not None:
            self.drafts.keep_row(self.table.rows.new.typed)

    def _row_added(self, changes: Changes) -> None:
        self._let_draft_go()
        added = changes.ids.get(self.record, frozenset())

        def look(_nothing: object) -> None:
            if not added & self.table.rows.rows.texts.keys():
                self.said.emit("新的一行已存，不在现在列出的里面；到“全部”里或清除查找后能看到。")

        self.background.run(self, lambda: None, look, self.trouble.emit)

    def _let_draft_go(self) -> None:
        if self.drafts is not None and not self.table.rows.new.typed:
            self.drafts.done()

    def _show_filtered(self) -> None:
        """Say so where the funnels let nothing through; the table comes back with its rows."""
        rows = self.table.rows
        nothing = bool(rows.conditions) and not rows.rows.ids
        if nothing:
            again = Button(self.look, "清除筛选　Esc", self.table.clear_filter)
            self.show_empty(empty_page(self.look, "筛选以后没有一行。", rows.filtered_by(), (again,)))
        elif rows.rows.ids:
            self.show_empty(None)

    def turn_panel(self) -> None:
        """Take the panel away or bring it, and remember that for every table where there is room for it."""
        self._opened = self.panel.isHidden()
        choice = self.file_choice
        if not self.overlaid:
            choice.preferences = dataclasses.replace(choice.preferences, panel=self._opened)
            choice.changed.emit(choice.preferences)
        self._settle_panel()
        if not self._opened:
            self.table.setFocus()

    def _settle_panel(self) -> None:
        beside = self.file_choice.preferences.panel and not self.overlaid
        self.panel.setVisible(self._opened or beside)
        self._panel_button.setChecked(not self.panel.isHidden())
        self._place_panel()

    def _place_panel(self) -> None:
        size = SIZES.panel if self.window().width() >= self.look.px(SIZES.narrow) else SIZES.panel_narrow
        width = min(self.look.px(size), self.width())
        self._gap.setFixedWidth(0 if self.overlaid or self.panel.isHidden() else width)
        self.panel.setGeometry(self.width() - width, 0, width, self.height())
        self.panel.raise_()

    def _keep_panel_above(self) -> None:
        """The ring round the table must not lie over the panel; it comes when the focus has settled."""
        if self.isVisible() and self.overlaid:
            QTimer.singleShot(0, self.panel, self.panel.raise_)

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _to_rows(self) -> None:
        ids = self.table.rows.rows.ids
        if ids:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.table.chosen_ids():
                self.table.choose(ids[:1])

    def _escape(self) -> None:
        if self.overlaid and self.panel.isVisible():
            self.close_panel()
        elif self.desk.strip.isVisible():
            self.desk.strip.give_up()
        elif self.search.text():
            self._seek_nothing()
        elif self.table.rows.conditions:
            self.table.clear_filter()
            self.table.setFocus()

    def _seek_nothing(self) -> None:
        self.search.clear()
        self.show_empty(None)  # the keyboard cannot go to a table that is not in view
        self.table.setFocus()

    def _show_menu(self, at: QPoint) -> None:
        entries: list[Action | None] = [*self.table.work.actions(sheet=self.table.sheet)]
        if not self.table.sheet and (own := self.menu_actions()):
            entries = [*own, None, *entries]
        entries += [None, self.table_tools.funnel, self.table_tools.sheet]
        if self.table.rows.rows.ids:
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
