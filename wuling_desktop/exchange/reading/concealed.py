"""What a file conceals - hidden sheets, hidden rows, rows struck out: one decision of each kind for the whole file.

They may be old entries or the real ones, which only the user knows: nothing of them is taken before the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wuling_desktop.exchange.reading.body_rows import text_of
from wuling_desktop.exchange.reading.questions import LEAVE, TAKE, Question
from wuling_desktop.exchange.reading.tables import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wuling_desktop.exchange.reading.tables import FoundTable

CONCEALED = HIDDEN_SHEET, HIDDEN_ROW, STRUCK_ROW = "隐藏的表", "隐藏的行", "划掉的行"
_SHEETS, _HIDDEN, _STRUCK = "hidden_sheet", "hidden_rows", "struck_rows"
_WORDS = {_HIDDEN: "隐藏着，也可能是筛选掉的", _STRUCK: "划了删除线"}
_ASK = "要一起导入吗？"
_NAMED = 5  # sheets, and rows of each, named in a question


@dataclass
class Concealed:
    """What was met so far; `answers` are by the kinds of questions."""

    answers: Mapping[str, str]
    _sheets: list[str] = field(default_factory=list)
    _rows: dict[str, dict[str, list[int]]] = field(default_factory=lambda: {_HIDDEN: {}, _STRUCK: {}})

    def takes_sheet(self, name: str) -> bool:
        """Note a hidden sheet that holds a list; return whether it is wanted."""
        self._sheets.append(name)
        return self._wanted(_SHEETS)

    def sifted(self, table: FoundTable) -> tuple[FoundTable, list[Skipped]]:
        """Return the list without the concealed rows that are not wanted, and these."""
        kept, left = [], []
        for row in table.rows:
            kinds = [kind for kind, is_so in ((_HIDDEN, row.hidden), (_STRUCK, row.struck)) if is_so]
            for kind in kinds:
                self._rows[kind].setdefault(table.sheet, []).append(row.number)
            unwanted = [kind for kind in kinds if not self._wanted(kind)]
            if unwanted:
                reason = HIDDEN_ROW if unwanted[0] == _HIDDEN else STRUCK_ROW
                left.append(Skipped(table.sheet, row.number, reason, text_of(row)))
            else:
                kept.append(row)
        return (replace(table, rows=tuple(kept)) if left else table), left

    def questions(self) -> Iterator[Question]:
        """Yield what has not been answered yet."""
        if self._sheets and not self._answered(_SHEETS):
            names = "".join(f"“{name}”" for name in self._sheets[:_NAMED])
            more = "等" if len(self._sheets) > _NAMED else ""
            text = f"有 {len(self._sheets)} 张隐藏的表（{names}{more}），里面也有名单。{_ASK}"
            yield Question(_SHEETS, _SHEETS, text, (TAKE, LEAVE))
        for kind, found in self._rows.items():
            if found and not self._answered(kind):
                yield Question(kind, kind, _about_rows(found, _WORDS[kind]), (TAKE, LEAVE))

    def _answered(self, kind: str) -> bool:
        return self.answers.get(kind) in (TAKE, LEAVE)

    def _wanted(self, kind: str) -> bool:
        return self.answers.get(kind) == TAKE


def _about_rows(found: Mapping[str, list[int]], words: str) -> str:
    places = [f"“{sheet}”第 {_some(rows)} 行" for sheet, rows in found.items()]
    named = "；".join(places[:_NAMED]) + ("；…" if len(places) > _NAMED else "")
    return f"有 {sum(map(len, found.values()))} 行{words}（{named}）。{_ASK}"


def _some(rows: list[int]) -> str:
    return "、".join(map(str, rows[:_NAMED])) + ("…" if len(rows) > _NAMED else "")
