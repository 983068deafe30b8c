"""What the funnels let through: one condition a column, tried on ready text, no proxy model in between."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wuling_desktop.domain.partial_date import PartialDate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from wuling_desktop.ui.record.rows import Ready

BLANK = "（空白）"
_SAID = 3  # values named in the line that tells of a filter


@dataclass(frozen=True, slots=True)
class Condition:
    """What a column must show; parts that are not set let everything through."""

    texts: frozenset[str] | None = None  # one of these; the empty text is a blank cell
    contains: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def open(self) -> bool:
        """Whether it lets everything through."""
        return self == Condition()

    def said(self) -> str:
        """Return it in words, after the name of its column."""
        if self.texts is not None:
            named = [text or BLANK for text in sorted(self.texts)]
            if self.texts == {""}:
                return "空白"
            more = f" 等 {len(named)} 种" if len(named) > _SAID else ""
            return "=" + "、".join(named[:_SAID]) + more
        if self.contains:
            return f"含“{self.contains}”"
        if self.since or self.until:
            return f" {self.since or '…'} 至 {self.until or '…'}"
        return ""


FILLED = "非空"


@dataclass(frozen=True, slots=True)
class NotBlank(Condition):
    """A column that shows something, whatever it is."""

    filled: bool = True

    def said(self) -> str:
        """Return it in words."""
        return FILLED


def passing(
    rows: Ready, ids: Sequence[int], conditions: Mapping[str, Condition], leaving_out: str = ""
) -> list[int]:
    """Return the ids that every condition lets through, in their order; `leaving_out` a column's own."""
    left = list(ids)
    for place, datum in enumerate(rows.datums):
        condition = conditions.get(datum.name)
        if condition is not None and datum.name != leaving_out:
            left = _kept(rows, left, place, condition)
    return left


def _kept(rows: Ready, ids: list[int], place: int, condition: Condition) -> list[int]:
    texts, values = rows.texts, rows.values
    if isinstance(condition, NotBlank):
        return [id_ for id_ in ids if texts[id_][place]]
    if condition.texts is not None:
        wanted = condition.texts
        ids = [id_ for id_ in ids if texts[id_][place] in wanted]
    if condition.contains:
        word = condition.contains.casefold()
        ids = [id_ for id_ in ids if word in texts[id_][place].casefold()]
    if condition.since or condition.until:
        ids = [id_ for id_ in ids if _within(values[id_][place], condition)]
    return ids


def _within(value: object, condition: Condition) -> bool:
    if not isinstance(value, PartialDate):
        return False
    early = condition.since is not None and value.last < condition.since
    late = condition.until is not None and value.first > condition.until
    return not early and not late


def values_of(rows: Ready, ids: Sequence[int], place: int) -> list[tuple[str, int]]:
    """Return what a column shows and how often: the frequent first, the blank last."""
    texts = rows.texts
    counted = Counter(texts[id_][place] for id_ in ids)
    blank = counted.pop("", 0)
    listed = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [*listed, ("", blank)] if blank else listed


def sentence(rows: Ready, conditions: Mapping[str, Condition], count: int) -> str:
    """Return what the rows are narrowed by, as the status line says it."""
    parts = [
        f"{datum.label}{conditions[datum.name].said()}" for datum in rows.datums if datum.name in conditions
    ]
    return f"筛选：{'；'.join(parts)}（{count}）" if parts else ""
