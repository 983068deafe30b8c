"""Step 4 of an import: new, changed, the same, held back, not in the file; each row and cell taken or left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from wuling_desktop.domain.kinds import Link, Mention
from wuling_desktop.ui import projector
from wuling_desktop.ui.pages.intake.check import message_of
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, label, row
from wuling_desktop.ui.widgets.one_of import OneOf
from wuling_desktop.ui.widgets.text_table import PARTLY, Column, MadeRows, TextRow, TextTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.services.import_plan import CellDiff, Place, Preview, RowDiff
    from wuling_desktop.ui.theme import Look

_TABS = ("new", "changed", "returning", "same", "joined", "held", "missing")
_TITLES = {
    "new": "新增",
    "changed": "变更",
    "returning": "恢复的",
    "same": "相同",
    "joined": "合在一起的",
    "held": "没导的",
    "missing": "文件里没有的",
}
_WITH_CELLS = ("changed", "returning")  # shown value by value
_SELDOM = ("returning", "joined")  # shown only where there are some
_WORDS = {
    "new": "文件里有、库里还没有的，导入时新增。去掉勾就不导这一行。",
    "changed": "库里已有、文件里写得不一样的。左边是现在的值，右边是文件里的值；不想改的去掉勾。文件里空着的格不会抹掉已有的值。",
    "returning": "以前撤销过录入、这次恢复的人，连同当时名下的记录；下面是文件里写得不一样的。去掉勾就不恢复、不改。",
    "same": "和库里一样，不用动。",
    "joined": "这些行和文件里别的行是同一个人，只记一个人，说法不同的地方写着取了哪一行的。",
    "held": "这些行还导不了。改好再导，或导入后另存出来。",
    "missing": "库里有、文件里没有的人，不动。",
}
_CHANGED = (
    Column("姓名", 8),
    Column("项", 9),
    Column("现在的值", 13),
    Column("→ 文件里的值", 13),
    Column("说明", 0),
)
_HELD = (Column("行", 4), Column("姓名", 8), Column("原因", 0))
_NAMES = (Column("姓名", 10), Column("", 0))
_LETTERS = {"day": 7, "identity": 10, "phone": 8, "name": 6}


class Counts(NamedTuple):
    """What would be written as things are ticked."""

    new: int
    changed: int
    restored: int = 0

    def said(self, unit: str) -> list[str]:
        """Return them in words, without those of which there are none."""
        named = (("新增", self.new), ("更新", self.changed), ("恢复", self.restored))
        return [f"{verb} {count} {unit}" for verb, count in named if count]


class CompareStep(QWidget):
    """The tabs; what is unticked is remembered by place, so that nothing is lost by going back."""

    changed = Signal()
    look_asked = Signal()  # at the cells in doubt, of the step before

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._preview: Preview | None = None
        self._datums: Sequence[Datum] = ()
        self.leave: set[Place] = set()
        self.keep: set[tuple[Place, str]] = set()
        self._tabs = OneOf(self)
        self._stack = QStackedWidget()
        self._words = label(look, "", TYPE.table, tone="muted", wrap=True)
        line = row(None, look, gap=8)
        self._tables: dict[str, TextTable] = {}
        columns = dict.fromkeys(_TABS, _NAMES) | {
            "changed": _CHANGED,
            "returning": _CHANGED,
            "joined": _HELD,
            "held": _HELD,
        }
        for number, name in enumerate(_TABS):
            tab = Button(look, _TITLES[name], kind="chip")
            tab.setCheckable(True)
            tab.clicked.connect(lambda _on, name=name: self._show_tab(name))
            self._tabs.add(tab, number)
            line.addWidget(tab)
            self._tables[name] = TextTable(look, _TITLES[name], columns[name])
            self._stack.addWidget(self._tables[name])
        line.addStretch(1)
        self._doubtful = Button(look, "", self.look_asked.emit, kind="link", hint="回到“看与改”")
        line.addWidget(self._doubtful)
        self._tables["new"].content.ticked.connect(self._tick_row)
        for name in _WITH_CELLS:
            self._tables[name].content.ticked.connect(self._tick_changed)
        outer = column(self, look, gap=10)
        outer.addLayout(line)
        outer.addWidget(self._words)
        outer.addWidget(self._stack, 1)

    def put(self, preview: Preview, datums: Sequence[Datum], *, fresh: bool) -> None:
        """Show a plan; a fresh file begins with everything ticked."""
        self._preview = preview
        self._datums = datums
        if fresh:
            self.leave, self.keep = set(), set()
        self._fill()
        counts = {name: preview.count(name) for name in _TABS} | {"missing": len(preview.missing)}
        for number, name in enumerate(_TABS):
            button = self._tabs.button(number)
            if isinstance(button, Button):
                button.say(f"{_TITLES[name]}　{counts[name]}")
                button.setVisible(name not in _SELDOM or counts[name] > 0)
        first = next((name for name in _TABS if counts[name]), "new")
        if fresh or self._tabs.checkedId() < 0 or not counts[_TABS[self._tabs.checkedId()]]:
            self._tabs.button(_TABS.index(first)).setChecked(True)
            self._show_tab(first)

    def tell_doubtful(self, count: int) -> None:
        """Lead to what is to be looked at: its step is passed over where nothing has to be mended."""
        self._doubtful.say(f"有 {count} 件事请看一眼")
        self._doubtful.setVisible(bool(count))

    def counts(self) -> Counts:
        """Return what would be written."""
        if self._preview is None:
            return Counts(0, 0)
        rows = [each for each in self._preview.rows if each.place not in self.leave]
        changed = sum(
            any((each.place, cell.datum.name) not in self.keep for cell in each.cells)
            for each in rows
            if each.verdict == "changed"
        )
        new, restored = (sum(each.verdict == verdict for each in rows) for verdict in ("new", "returning"))
        return Counts(new, changed, restored)

    def focus(self) -> None:
        """Put the keyboard into the table shown."""
        self._stack.currentWidget().setFocus()

    def _show_tab(self, name: str) -> None:
        self._stack.setCurrentWidget(self._tables[name])
        self._words.setText(_WORDS[name])

    def _fill(self) -> None:
        preview = self._preview
        if preview is None:
            return
        by_verdict: dict[str, list[RowDiff]] = {name: [] for name in _TABS}
        for each in preview.rows:
            by_verdict[each.verdict].append(each)
        self._fill_new(by_verdict["new"])
        for name in _WITH_CELLS:
            lines = [(each, cell) for each in by_verdict[name] for cell in (None, *each.cells)]
            self._tables[name].put(MadeRows(lines, lambda line: self._changed_line(*line)))
        self._tables["same"].put(MadeRows(by_verdict["same"], _same_line))
        self._tables["joined"].put(MadeRows(by_verdict["joined"], _joined_line))
        self._tables["held"].put(MadeRows(by_verdict["held"], _held_line))
        self._tables["missing"].put(MadeRows(preview.missing, _missing_line))

    def _fill_new(self, rows: list[RowDiff]) -> None:
        missing = {datum.name: datum for datum in self._datums if datum.name != "person.name"}
        told = set()
        for each in rows:
            for name in missing.keys() & each.values.keys():
                if each.values[name] is not None:
                    told.add(name)
                    del missing[name]
        rest = [datum for datum in self._in_the_order_of_the_file() if datum.name in told]
        columns = [
            Column("姓名", 8),
            *(Column(datum.label, _letters(datum)) for datum in rest),
            Column("", 2),
        ]
        self._tables["new"].put(MadeRows(rows, lambda each: self._new_line(each, rest)), columns)

    def _in_the_order_of_the_file(self) -> Sequence[Datum]:
        """Return the data as the columns of the file stand, and what the file has no column for after them."""
        tables = self._preview.found.tables if self._preview is not None else ()
        columns = [each.datum.name for table in tables for each in table.columns if each.datum is not None]
        places = {name: place for place, name in reversed(list(enumerate(columns)))}
        return sorted(self._datums, key=lambda datum: places.get(datum.name, len(columns)))

    def _new_line(self, each: RowDiff, rest: Sequence[Datum]) -> TextRow:
        texts = (each.title, *(_shown(datum, each.values.get(datum.name)) for datum in rest), "")
        return TextRow(each.place, texts, ticked=each.place not in self.leave, can_tick=True)

    def _changed_line(self, each: RowDiff, cell: CellDiff | None) -> TextRow:
        if cell is not None:
            left = each.place in self.leave or (each.place, cell.datum.name) in self.keep
            return self._cell_line(each, cell, taken=not left)
        kept = [(each.place, cell.datum.name) in self.keep for cell in each.cells]
        nothing = all(kept) and not each.returns  # who is brought back is so without a change too
        ticked = False if each.place in self.leave or nothing else PARTLY if any(kept) else True
        head = (each.title, f"{len(each.cells)} 处", "", "", f"第 {each.place.row} 行")
        tones = {1: "text2", 4: "text3"}
        return TextRow((each.place, None), head, tones, ticked=ticked, can_tick=True, strong=True)

    @staticmethod
    def _cell_line(each: RowDiff, cell: CellDiff, *, taken: bool) -> TextRow:
        # Masked, two numbers that differ in the middle would look the same.
        old, new = (_shown(cell.datum, value, whole=True) for value in (cell.old, cell.new))
        old = old or "（空）"
        said = cell.note or "；".join(
            problem.message
            for problem in each.problems
            if problem.datum is not None and problem.datum.name == cell.datum.name
        )
        tones = {1: "text2", 2: "text3" if taken else "text", 3: "text" if taken else "text3", 4: "due"}
        texts = ("", cell.datum.label, old, new, said)
        return TextRow((each.place, cell.datum.name), texts, tones, ticked=taken, can_tick=True, indent=True)

    def _tick_row(self, place: Place, on: bool) -> None:
        (self.leave.discard if on else self.leave.add)(place)
        self._refresh()

    def _tick_changed(self, key: tuple[Place, str | None], on: bool) -> None:
        place, name = key
        each = next(found for found in self._preview.rows if found.place == place) if self._preview else None
        if each is None:
            return
        cells = {(place, cell.datum.name) for cell in each.cells}
        if place in self.leave:  # a cell taken again brings its row back, the others stay left
            self.leave.discard(place)
            self.keep |= cells
        if name is None and each.returns and not on:
            self.leave.add(place)
        chosen = cells if name is None else {(place, name)}
        self.keep = self.keep - chosen if on else self.keep | chosen
        self._refresh()

    def _refresh(self) -> None:
        self._fill()
        self.changed.emit()


def _letters(datum: Datum) -> int:
    return max(_LETTERS.get(datum.kind.name, 6), len(datum.label))


def _shown(datum: Datum, value: Any, *, whole: bool = False) -> str:
    if value is None:
        return ""
    text = value.text if isinstance(value, Mention) else datum.show(value)
    return text if whole and not projector.is_on() else projector.shown(datum.private, text)


def _same_line(each: RowDiff) -> TextRow:
    return TextRow(each.place, (each.title, ""))


def _held_line(each: RowDiff) -> TextRow:
    reasons = "；".join(message_of(problem) for problem in each.problems if problem.blocking)
    return TextRow(each.place, (str(each.place.row), each.title, reasons), {0: "text2", 2: "over"})


def _joined_line(each: RowDiff) -> TextRow:
    told = "；".join(
        f"{problem.datum.label}：{message_of(problem)}" if problem.datum else message_of(problem)
        for problem in reversed(each.problems)
    )
    return TextRow(each.place, (str(each.place.row), each.title, told), {0: "text2", 2: "text2"})


def _missing_line(link: Link) -> TextRow:
    return TextRow(link.id, (link.text, "不动"), {1: "text3"})
