"""Step 3 of an import: what was noticed, grouped by how it is mended, each cell corrected where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from wuling_desktop.domain.doubts import is_doubt
from wuling_desktop.ui import projector
from wuling_desktop.ui.actions import Action, bind, tell
from wuling_desktop.ui.tokens import TYPE
from wuling_desktop.ui.widgets.basics import Button, column, fill, label, row
from wuling_desktop.ui.widgets.text_table import Column, MadeRows, TextRow, TextTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wuling_desktop.exchange.reading.tables import Skipped
    from wuling_desktop.services.import_plan import Place, Preview, RowProblem
    from wuling_desktop.ui.theme import Look

_ROWS = (
    Column("行", 3),
    Column("姓名", 8),
    Column("项", 6),
    Column("文件里写的", 11, editable=True),
    Column("说明", 0),
)
_ROWS_COVERED = tuple(replace(each, editable=False) for each in _ROWS)  # what is not seen is not typed over
_SKIPPED = (Column("行", 3), Column("原因", 6), Column("内容", 0))
_GROUPS = (Column("要看的事", 0), Column("行数", 3))
_SKIPPED_KEY = "skipped"
_NUMBER = re.compile(r"\d{6,}[Xx]?")  # of a card, a telephone or an account


@dataclass(slots=True)
class _Group:
    what: str
    blocking: bool
    problems: list[tuple[int, RowProblem]] = field(default_factory=list)  # with the place in the preview

    @property
    def title(self) -> str:
        """What is to be mended, without the numbers and names in which the rows differ."""
        messages = {problem.message for _, problem in self.problems}
        said = messages.pop() if len(messages) == 1 else _alike(messages.pop())
        said = said.partition("；")[0].partition("，")[0]
        return said if said.startswith(self.what) else f"{self.what}：{said}"


@dataclass(frozen=True, slots=True)
class Noticed:
    """What the page shows of a preview; made off the screen's thread."""

    groups: Mapping[str, _Group]  # by datum and by what is said, the blocking ones first
    titles: Mapping[Place, str]  # who stands in a row
    held: int  # rows that cannot be taken as they are
    doubtful: int  # cells to look at
    marked: int  # those of them that will be 待核


def noticed_in(preview: Preview) -> Noticed:
    """Return what was noticed, put together by how it is mended."""
    groups = _grouped(preview)
    held = {problem.place for each in groups.values() if each.blocking for _, problem in each.problems}
    passing = [problem for each in groups.values() if not each.blocking for _, problem in each.problems]
    marked = sum(is_doubt(problem.message) for problem in passing)
    titles = {each.place: each.title for each in preview.rows}
    return Noticed(groups, titles, len(held), len(passing), marked)


def _grouped(preview: Preview) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}
    for place, problem in enumerate(preview.problems):
        what = problem.datum.label if problem.datum is not None else "整行"
        key = f"{what}:{_alike(problem.message)}:{problem.blocking}"
        groups.setdefault(key, _Group(what, problem.blocking)).problems.append((place, problem))
    return dict(sorted(groups.items(), key=lambda item: (not item[1].blocking, -len(item[1].problems))))


def _skipped_row(number: int, each: Skipped) -> TextRow:
    text = _NUMBER.sub(projector.COVER, each.text) if projector.is_on() else each.text
    return TextRow(number, (str(each.row), each.reason, text), {1: "text2", 2: "text2"})


def message_of(problem: RowProblem) -> str:
    """Return what is said of a cell; before a room without the private value it quotes."""
    return _alike(problem.message) if _covered(problem) else problem.message


def _covered(problem: RowProblem) -> bool:
    return projector.is_on() and problem.datum is not None and problem.datum.private is not None


def _alike(message: str) -> str:
    return re.sub(r"“[^”]*”", "“…”", re.sub(r"\d[\d\-.…]*", "…", message))


class CheckStep(QWidget):
    """Groups at the left, their cells at the right."""

    corrected = Signal(object)  # {(place, column letters): text}

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._groups: Mapping[str, _Group] = {}
        self._skipped: tuple[Skipped, ...] = ()
        self._titles: Mapping[Place, str] = {}
        self._words = label(look, "", TYPE.table, wrap=True)
        self._left = TextTable(look, "要看的事", _GROUPS)
        self._left.setFixedWidth(look.px(300))
        self._left.chosen.connect(self._show_group)
        self._right = TextTable(look, "这一类的各行", _ROWS)
        self._right.content.edited.connect(self._typed)
        self._together = QCheckBox("同样写法的一起改")
        self._together.setAccessibleName("同样写法的一起改")
        self._together.setChecked(True)
        foot = row(None, look)
        fill(foot, (self._together, None, Button(look, "下一个　F8", self.next_problem, kind="quiet")))
        lists = row(None, look, gap=12)
        lists.addWidget(self._left)
        self._whole = label(
            look, "", TYPE.table, wrap=True
        )  # of the current row, where its column is too narrow
        self._right.chosen.connect(self._say_whole)
        right = column(None, look, gap=6)
        right.addWidget(self._right, 1)
        right.addWidget(self._whole)
        right.addLayout(foot)
        lists.addLayout(right, 1)
        outer = column(self, look, gap=10)
        outer.addWidget(self._words)
        outer.addLayout(lists, 1)
        bind(self, (Action("看与改：下一个", self.next_problem, keys="F8"),))
        tell(self, (("看与改：改这一格", "F2"),))

    def put(self, preview: Preview, noticed: Noticed, *, fresh: bool) -> None:
        """Show what was noticed: in a fresh file from the first group, else where one was or what came next."""
        chosen = None if fresh else self._left.chosen_key()
        place = 0 if fresh else max(self._left.currentIndex().row(), 0)
        self._groups, self._titles = noticed.groups, noticed.titles
        self._skipped = preview.found.skipped
        rows = [
            TextRow(
                key,
                (group.title, str(len(group.problems))),
                {0: "over" if group.blocking else "text", 1: "text2"},
            )
            for key, group in self._groups.items()
        ]
        if self._skipped:
            rows.append(
                TextRow(_SKIPPED_KEY, ("略过的行", str(len(self._skipped))), {0: "text2", 1: "text2"})
            )
        self._left.put(rows)
        told = []
        if noticed.held:
            told.append(f"{noticed.held} 行现在导不了，改好或留下来另存")
        if noticed.doubtful:
            mark = f"，其中 {noticed.marked} 处会标“待核”" if noticed.marked else ""
            told.append(f"{noticed.doubtful} 处请看一眼；不改也能导{mark}")
        self._words.setText("；".join(told) + "。" if told else "没有发现要改的地方。")
        keys = [each.key for each in rows]
        if rows:
            self._left.selectRow(keys.index(chosen) if chosen in keys else min(place, len(keys) - 1))
        self._show_group()

    def focus(self) -> None:
        """Put the keyboard into the groups."""
        self._left.setFocus()

    def focus_cells(self) -> None:
        """Put the keyboard into the cells of the group: one was just corrected."""
        self._right.setFocus()

    def next_problem(self) -> None:
        """Go from the groups into the cells of this one, then to the next cell, then to the next group."""
        row_ = max(self._right.currentIndex().row() + (not self._left.hasFocus()), 0)
        if row_ >= self._right.content.rowCount():
            group = self._left.currentIndex().row() + 1
            if group >= self._left.content.rowCount():
                return
            self._left.selectRow(group)
            row_ = 0
        if row_ < self._right.content.rowCount():
            columns = self._right.content.columns
            place = next((n for n, each in enumerate(columns) if each.editable), 0)
            self._right.setCurrentIndex(self._right.content.index(row_, place))
            self._right.setFocus()

    def _say_whole(self) -> None:
        place = self._right.currentIndex().row()
        rows = self._right.content.rows
        self._whole.setText(rows[place].texts[-1] if 0 <= place < len(rows) else "")

    def _show_group(self) -> None:
        key = self._left.chosen_key()
        if key == _SKIPPED_KEY:
            rows = MadeRows(list(enumerate(self._skipped)), lambda each: _skipped_row(*each))
            self._right.put(rows, _SKIPPED)
        else:
            group = self._groups.get(key)
            rows = MadeRows(group.problems if group else [], lambda each: self._row(*each))
            covered = group is not None and any(_covered(each) for _, each in group.problems[:1])
            self._right.put(rows, _ROWS_COVERED if covered else _ROWS)
        self._together.setVisible(key != _SKIPPED_KEY and bool(rows))
        if rows and not self._right.currentIndex().isValid():
            self._right.selectRow(0)
        self._say_whole()

    def _row(self, place: int, problem: RowProblem) -> TextRow:
        what = problem.datum.label if problem.datum is not None else ""
        title = self._titles.get(problem.place, "")
        found = projector.COVER if _covered(problem) and problem.found else problem.found
        texts = (str(problem.place.row), title, what, found, message_of(problem))
        return TextRow(place, texts, {0: "text2", 4: "over" if problem.blocking else "due"})

    def _typed(self, key: int, _column: int, text: str) -> None:
        group = self._groups[self._left.chosen_key()]
        problem = next(each for place, each in group.problems if place == key)
        alike = [
            each
            for _, each in group.problems
            if each is problem or (self._together.isChecked() and each.found == problem.found)
        ]
        edits = {(each.place, each.column): text for each in alike if each.column}
        if edits:
            self.corrected.emit(edits)
