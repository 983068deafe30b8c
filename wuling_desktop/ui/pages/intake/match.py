"""Step 2 of an import: which column of the file is which datum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wuling_desktop.domain.readings import State
from wuling_desktop.domain.texts import from_cell, visible
from wuling_desktop.exchange.reading.headings import INDEX, heading_key
from wuling_desktop.ui import projector
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, label, row
from wuling_desktop.ui.widgets.text_table import Column, TextRow, TextTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.exchange.reading.tables import Column as FileColumn
    from wuling_desktop.exchange.reading.tables import FoundTable
    from wuling_desktop.services.import_plan import Preview
    from wuling_desktop.ui.theme import Look

NOT_WANTED = "不要这一列"
_SURE = {State.SURE: ("✓ 确定", "ok"), State.LIKELY: ("像是，请看一眼", "due")}
_UNKNOWN = ("没对上", "text3")
_NUMBERING = ("序号，不用导", "text3")
_SAMPLES = 3
_COLUMNS = (
    Column("文件里的列", 12),
    Column("前几行的样子", 22),
    Column("→ 对应的项", 12, editable=True),
    Column("把握", 0),
)


class MatchStep(QWidget):
    """The table of columns; a choice in the third column overrules the guess."""

    matched = Signal(str, str)  # "sheet!index", datum name or ""
    forget_asked = Signal()  # what was decided about such a file before

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._datums: Sequence[Datum] = ()
        self._table = TextTable(look, "文件里的列对应哪一项", _COLUMNS, choices=self._choices)
        self._table.content.edited.connect(self._chosen)
        self._words = label(look, "", TYPE.table, wrap=True)
        self._before = label(look, "", TYPE.table, tone="due", wrap=True)
        self._forget = Button(look, "忘掉上次的对应", self.forget_asked.emit, kind="link")
        remembered = row(None, look)
        remembered.addWidget(self._before, 1)
        remembered.addWidget(self._forget)
        self._who = label(look, "", TYPE.table, tone="muted", wrap=True)
        outer = column(self, look, gap=10)
        outer.addWidget(self._words)
        outer.addLayout(remembered)
        outer.addWidget(self._table, 1)
        outer.addWidget(self._who)

    def put(self, preview: Preview, datums: Sequence[Datum], *, people: bool) -> None:
        """Show how the columns were understood."""
        self._datums = datums
        tables = preview.found.tables
        several = len(tables) > 1
        rows = [_row(table, each, several=several) for table in tables for each in table.columns]
        self._table.put(rows)
        unknown = sum(row.texts[3] == _UNKNOWN[0] for row in rows)
        numbers = sum(row.texts[3] == _NUMBERING[0] for row in rows)
        likely = sum(each.confidence is State.LIKELY for table in tables for each in table.columns)
        told = [f"{len(rows) - numbers} 列里认出 {len(rows) - numbers - unknown} 列"]
        if likely:
            told.append(f"{likely} 列只是像，请看一眼")
        if unknown:
            told.append(f"{unknown} 列没对上，不会导入；要的话在第三列里选")
        self._words.setText("；".join(told) + "。点第三列可以改。")
        self._before.setText("。".join(each.note for each in preview.recalled))
        for part in (self._before, self._forget):
            part.setVisible(bool(preview.recalled))
        self._who.setText("认人先看身份证号；没有身份证号时看姓名和出生年月，拿不准会问。" if people else "")

    def focus(self) -> None:
        """Put the keyboard into the table."""
        self._table.setFocus()

    def _choices(self) -> list[str]:
        return [NOT_WANTED, *(datum.label for datum in self._datums)]

    def _chosen(self, key: str, _column: int, text: str) -> None:
        names = {datum.label: datum.name for datum in self._datums}
        self.matched.emit(key, names.get(text, ""))


def is_numbering(each: FileColumn) -> bool:
    """Whether a column only numbers the rows: nothing that could be recognised."""
    return each.datum is None and heading_key(each.heading) in INDEX


def _row(table: FoundTable, each: FileColumn, *, several: bool) -> TextRow:
    private = each.datum.private if each.datum is not None else None
    samples = [
        projector.shown(private, visible(from_cell(row.cell(each.index))))
        for row in table.rows[: _SAMPLES * 4]
    ]
    shown = "　".join([sample for sample in samples if sample][:_SAMPLES])
    heading = each.heading.replace("\n", "") or "（没有列名）"
    sure, tone = _SURE.get(each.confidence, _UNKNOWN) if each.datum is not None else _UNKNOWN
    if is_numbering(each):
        sure, tone = _NUMBERING
    if each.note and each.confidence is not State.SURE:
        sure = each.note if each.confidence is State.LIKELY else f"{sure}：{each.note}"
    return TextRow(
        f"{table.sheet}!{each.index}",
        (
            f"{table.sheet}　{heading}" if several else heading,
            shown,
            each.datum.label if each.datum else NOT_WANTED,
            sure,
        ),
        {1: "text2", 2: "text" if each.datum else "text3", 3: tone},
    )
