"""已撤销的录入: what was entered by mistake and taken back; putting it back with all that went with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.ui import projector
from wuling_desktop.ui.pages.desk_settings.section import Section
from wuling_desktop.ui.telling import tried
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, fill, label, row
from wuling_desktop.ui.widgets.text_table import Column, TextRow, TextTable

if TYPE_CHECKING:
    from wuling_desktop.services.withdrawn import Withdrawn, WithdrawnEntries
    from wuling_desktop.ui.background import Background
    from wuling_desktop.ui.theme import Look

_COLUMNS = (
    Column("撤销时间", 10),
    Column("是什么", 8),
    Column("内容", 0),
    Column("一起撤的", 6),
    Column("经办人", 8),
)


class WithdrawnSection(Section):
    """The list, the latest first."""

    title = "已撤销的录入"

    def __init__(self, look: Look, withdrawn: WithdrawnEntries, background: Background) -> None:
        super().__init__(look)
        self._withdrawn, self._background = withdrawn, background
        inside = self.card("已撤销的录入", "录错后撤销的人员和台账记录，60 天内可以连同一起撤的内容放回。")
        self._entries: dict[tuple[str, int], Withdrawn] = {}
        self._table = TextTable(look, "已撤销的录入", _COLUMNS)
        self._table.setMinimumHeight(look.px(300))
        self._table.chosen.connect(self._enable)
        self._table.activated.connect(lambda _index: self._put_back())
        inside.addWidget(self._table, 1)
        self._button = Button(look, "放回", self._put_back, icon="arrow-u-up-left")
        self._why = label(look, "", TYPE.caption, tone="muted")
        line = row(None, look)
        fill(line, (self._button, self._why, None))
        inside.addLayout(line)
        self._enable()

    def enter(self) -> None:
        """Read the list."""
        self._background.run(self, self._withdrawn.listing, self._show, self.trouble.emit)

    def focus(self) -> None:
        """Begin in the list."""
        self._table.setFocus()

    def _show(self, entries: list[Withdrawn]) -> None:
        self._entries = {(each.record, each.id): each for each in entries}
        kept = self._table.chosen_key() in self._entries
        self._table.put([_row(each) for each in entries])
        if entries and not kept:
            self._table.selectRow(0)  # what was taken back last is what one comes for
        self._enable()

    def _enable(self) -> None:
        chosen = self._entries.get(self._table.chosen_key())
        self._button.setEnabled(chosen is not None)
        if not self._entries:
            self._why.setText("60 天内没有撤销过录入。")
        elif chosen is None:
            self._why.setText("选一条，可以放回；放回也能撤销。")
        else:
            self._why.setText(f"放回{chosen.noun} {chosen.text}")

    def _put_back(self) -> None:
        chosen = self._entries.get(self._table.chosen_key())
        if chosen is None:
            return
        changes = tried(lambda: self._withdrawn.put_back(chosen.record, chosen.id), self.trouble)
        if changes is not None:
            self.changed.emit(changes)
            self.enter()


def _row(entry: Withdrawn) -> TextRow:
    along = f"{entry.along} 条" if entry.along else ""
    texts = (
        f"{entry.at:%m-%d %H:%M}",
        entry.noun,
        entry.text,
        along,
        "" if projector.is_on() else entry.clerk,
    )
    return TextRow((entry.record, entry.id), texts, {0: "text2", 1: "text2", 3: "text2", 4: "text2"})
