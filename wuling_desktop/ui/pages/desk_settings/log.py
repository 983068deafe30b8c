"""操作记录: what was done, by whom, on how many rows, and taking one of them back."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from wuling_desktop.ui import projector
from wuling_desktop.ui.pages.desk_settings.section import Section
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, fill, label, row
from wuling_desktop.ui.widgets.text_table import Column, TextRow, TextTable

if TYPE_CHECKING:
    from wuling_desktop.services.history import Entry, History, Undone
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.theme import Look

_COLUMNS = (Column("时间", 10), Column("做了什么", 0), Column("涉及", 6), Column("经办人", 8), Column("", 6))
_LIMIT = 500


class LogSection(Section):
    """The list of operations, newest first."""

    title = "操作记录"

    def __init__(self, look: Look, history: History, background: Background) -> None:
        super().__init__(look)
        self._history, self._background = history, background
        inside = self.card(
            "操作记录",
            "每一步改动都有名字，留着不删。60 天内、最近 500 步可以撤销；打印、导出的文件和换密码不能撤销。",
        )
        self._entries: dict[int, Entry] = {}
        self._table = TextTable(look, "操作记录", _COLUMNS)
        self._table.setMinimumHeight(look.px(300))
        self._table.chosen.connect(self._enable)
        inside.addWidget(self._table, 1)
        self._undo = Button(look, "撤销这一步", self._run, icon="arrow-u-up-left")
        self._why = label(look, "", TYPE.caption, tone="muted")
        line = row(None, look)
        fill(line, (self._undo, self._why, None))
        inside.addLayout(line)
        self._enable()

    def enter(self) -> None:
        """Read the log."""
        self._background.run(self, lambda: self._history.entries(_LIMIT), self._show, self.trouble.emit)

    def focus(self) -> None:
        """Begin in the list."""
        self._table.setFocus()

    def _show(self, entries: list[Entry]) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._table.put([_row(entry) for entry in entries])
        self._enable()

    def _enable(self) -> None:
        entry = self._entries.get(self._table.chosen_key())
        can = entry is not None and entry.kind == "do" and not entry.undone
        self._undo.setEnabled(can)
        if entry is None:
            self._why.setText("选一步，可以只撤销这一步；后来又改过的地方保持现在的值。")
        elif entry.undone:
            self._why.setText("这一步已经撤销。")
        else:
            self._why.setText("" if can else "撤销和重做本身不用再撤销，用 Ctrl+Z、Ctrl+Y。")

    def _run(self) -> None:
        entry = self._entries.get(self._table.chosen_key())
        if entry is not None:
            self._background.run(self, partial(self._history.undo, entry.id), self._undone, self.trouble.emit)

    def _undone(self, undone: Undone) -> None:
        self.changed.emit(undone.changes)
        if undone.kept:
            self.said.emit(f"已撤销；{len(undone.kept)} 处后来又改过，保持现在的值")
        self.enter()


def _row(entry: Entry) -> TextRow:
    at = dt.datetime.fromisoformat(entry.at).astimezone()
    state = "已撤销" if entry.undone else ""
    tone = "text3" if entry.undone else "text"
    texts = (
        f"{at:%m-%d %H:%M}",
        entry.name,
        f"{entry.rows} 行",
        "" if projector.is_on() else entry.clerk,
        state,
    )
    return TextRow(entry.id, texts, {0: "text2", 1: tone, 2: "text2", 3: "text2", 4: "text3"})
