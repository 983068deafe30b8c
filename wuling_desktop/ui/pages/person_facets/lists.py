"""发展历程, 走访帮扶 and 变更记录: what happened, line by line, to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.ui import projector
from wuling_desktop.ui.pages.person_facets.facet import Facet
from wuling_desktop.ui.telling import tried
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, fill, label, row
from wuling_desktop.ui.widgets.text_table import Column, TextRow, TextTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.services.person_file import Entry, PersonFile
    from wuling_desktop.services.person_history import Change, PersonHistory
    from wuling_desktop.ui.theme import Look

_STEPS = (Column("环节", 12), Column("日期", 8), Column("有关人员或说明", 0), Column("来源", 8))
_ENTRIES = (Column("日期", 8), Column("台账", 8), Column("内容", 0), Column("这个人是", 8))
_CHANGES = (
    Column("时间", 9),
    Column("经办人", 6),
    Column("哪一项", 9),
    Column("原来", 11),
    Column("改成", 11),
    Column("哪一步", 0),
)


class ListFacet(Facet):
    """A table, what to say where it is empty, and buttons under it."""

    def __init__(self, look: Look, columns: Sequence[Column], empty: str) -> None:
        super().__init__(look)
        self.table = TextTable(look, self.title, columns)
        self._empty = label(look, empty, TYPE.table, tone="muted", wrap=True)
        self.foot = row(None, look)
        self.outer = column(self, look, gap=10)
        self.outer.addWidget(self._empty)
        self.outer.addWidget(self.table, 1)
        self.outer.addLayout(self.foot)
        self.outer.addStretch(0)

    def show_rows(self, rows: Sequence[TextRow]) -> None:
        """Show lines, or say that there are none."""
        self.table.put(rows)
        self._empty.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.outer.setStretch(self.outer.count() - 1, 0 if rows else 1)

    def focus(self) -> None:
        """Begin in the table."""
        self.table.setFocus()


class StepsFacet(ListFacet):
    """The dated facts of the party career, in the order of the steps."""

    title = "发展历程"

    def __init__(self, look: Look) -> None:
        super().__init__(look, _STEPS, "还没有登记发展环节。入党日期在“党籍”里填。")

    def put(self, file: PersonFile) -> None:
        """Show a person."""
        self.show_rows(
            [
                TextRow(
                    number, (step.label, str(step.on or "日期不详"), step.note, step.source), {3: "text3"}
                )
                for number, step in enumerate(file.steps)
            ]
        )

    @staticmethod
    def count(file: PersonFile) -> int:
        """Return how many are known."""
        return len(file.steps)


class EntriesFacet(ListFacet):
    """What the ledgers say about the person, or where they helped."""

    title = "走访帮扶"

    def __init__(self, look: Look) -> None:
        super().__init__(look, _ENTRIES, "台账里还没有这个人的记录；在左边的台账里登记后，这里就看得到。")
        self._entries: dict[tuple[str, int], Entry] = {}
        self._open = Button(look, "打开台账", self._go, icon="notebook")
        fill(self.foot, (self._open, None))
        self.table.activated.connect(lambda _index: self._go())
        self.table.chosen.connect(self._enable)

    def put(self, file: PersonFile) -> None:
        """Show a person."""
        self._entries = {(each.record, each.id): each for each in file.entries}
        self.show_rows(
            [
                TextRow(key, (str(each.day or ""), each.noun, each.text, each.part), {3: "text2"})
                for key, each in self._entries.items()
            ]
        )
        self._enable()

    @staticmethod
    def count(file: PersonFile) -> int:
        """Return how many there are."""
        return len(file.entries)

    def _enable(self) -> None:
        self._open.setVisible(bool(self._entries))
        self._open.setEnabled(self.table.chosen_key() in self._entries)

    def _go(self) -> None:
        entry = self._entries.get(self.table.chosen_key())
        if entry is not None:
            self.wanted.emit(f"ledger:{entry.noun}", entry.id)


class ChangesFacet(ListFacet):
    """Every change about the person; the value before one can be put back."""

    title = "变更记录"

    def __init__(self, look: Look, history: PersonHistory) -> None:
        super().__init__(look, _CHANGES, "还没有改动过。")
        self._history = history
        self._person = 0
        self._changes: dict[int, Change] = {}
        self._restore = Button(look, "恢复这个值", self._put_back, icon="arrow-u-up-left")
        self._why = label(look, "", TYPE.caption, tone="muted")
        fill(self.foot, (self._restore, self._why, None))
        self.table.chosen.connect(self._enable)

    def put(self, file: PersonFile) -> None:
        """Show a person."""
        self._person = file.card.id
        self._changes = {each.id: each for each in file.changes}
        self.show_rows([_row(each) for each in file.changes])
        self._enable()

    @staticmethod
    def count(file: PersonFile) -> int:
        """Return how many there are."""
        return len(file.changes)

    def _enable(self) -> None:
        change = self._changes.get(self.table.chosen_key())
        self._restore.setEnabled(change is not None and change.restorable)
        if change is None:
            self._why.setText("选一行，可以恢复成“原来”那个值；恢复也能撤销。")
        else:
            old = change.old or "（空）"
            self._why.setText(
                f"恢复成：{old}" if change.restorable else "现在就是这个值，或这一行没有旧值可恢复。"
            )

    def _put_back(self) -> None:
        change = self._changes.get(self.table.chosen_key())
        if change is None:
            return
        changes = tried(lambda: self._history.restore(self._person, change.id), self.trouble)
        if changes is not None:
            self.changed.emit(changes)


def _row(change: Change) -> TextRow:
    texts = (
        f"{change.at:%Y-%m-%d %H:%M}",
        "" if projector.is_on() else change.clerk,
        change.label,
        change.old,
        change.new,
        change.operation,
    )
    return TextRow(change.id, texts, {0: "text2", 1: "text2", 3: "text2", 5: "text3"})
