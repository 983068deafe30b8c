"""Rows of one file that speak of the same human being, on one sheet or on two: put together, asked about where they differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.kinds import Mention
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.same_person import NUMBER, Likeness, likeness, number_key
from wuling_desktop.exchange.reading.questions import Question
from wuling_desktop.services import person_data
from wuling_desktop.services.unit import organisation_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from wuling_desktop.services.import_plan import RowDiff

NEW_PERSON = "新增一人"
_DATUMS = {datum.name: datum for datum in person_data.importable()}
_ADDED_UP = frozenset({"person.note", "membership.note"})  # what two rows remark is kept of both
_STANDING = "person.standing"
_SAID = 3  # contradictions named in a question


class Twins:
    """Joins the rows of a file person by person; `answers` settle what the rows themselves do not."""

    def __init__(self, answers: Mapping[str, str], today: dt.date) -> None:
        self.questions: list[Question] = []
        self._answers = answers
        self._today = today
        self._apart: set[tuple[int, int]] = set()  # rows said to be of two people
        self._named: Counter[tuple[str, str]] = Counter()  # how often a sheet tells of a name

    def join(self, rows: Iterable[RowDiff]) -> None:
        """Put each row into the first one of the same person, by number, else by name and what belongs to a person."""
        numbers: dict[str, RowDiff] = {}
        names: dict[str, list[RowDiff]] = defaultdict(list)
        told = [row for row in rows if row.verdict != "held"]
        self._named = Counter((row.place.sheet, row.title) for row in told)
        for row in told:
            first = numbers.get(number_key(row.values.get(NUMBER)))
            if first is not None:
                self._join_for_sure(first, row)
            else:
                first = self._namesake(row, names[row.title])
            if first is None:
                names[row.title].append(row)
            if number := number_key(row.values.get(NUMBER)):
                numbers.setdefault(number, first or row)

    def meet(self, rows: Iterable[RowDiff]) -> None:
        """Join the rows that were recognised as one stored person by different words."""
        stored: dict[int, RowDiff] = {}
        for row in rows:
            if row.subject is None or row.verdict != "new":
                continue
            first = stored.setdefault(row.subject, row)
            if first is row:
                continue
            alike = likeness(first.values, row.values, self._today)
            apart = alike is Likeness.NO and first.title == row.title
            if apart or (id(first), id(row)) in self._apart:
                self._ask_who_is_stored(first, row)
            elif alike is Likeness.YES or first.title != row.title:
                self._join_for_sure(first, row)

    def _namesake(self, row: RowDiff, earlier: Sequence[RowDiff]) -> RowDiff | None:
        """Return the earlier row of that name into which this one was put."""
        for first in earlier:
            alike = likeness(first.values, row.values, self._today)
            if alike is Likeness.NO:
                continue
            differing = _differing(first, row)
            if not differing and (alike is Likeness.YES or self._once_on_each(first, row)):
                _put(first, row, prefer_later=False)
                return first
            answer = self._asked_if_one(first, row, differing, alike)
            if answer == NEW_PERSON:
                self._apart.add((id(first), id(row)))
            elif answer is not None or alike is Likeness.YES:
                _put(first, row, prefer_later=answer == _counts(row))
                return first
        return None

    def _once_on_each(self, first: RowDiff, row: RowDiff) -> bool:
        """Whether two sheets each tell of one person of that name: a list of names beside a roster asks nothing."""
        sheets = {each.place.sheet for each in (first, row)}
        return len(sheets) == 2 and all(self._named[sheet, row.title] == 1 for sheet in sheets)

    def _join_for_sure(self, first: RowDiff, row: RowDiff) -> None:
        prefer_later = False
        if differing := _differing(first, row):
            text = f"{_both(first, row)}是同一个人，{_said(first, row, differing)}。以哪一行为准？"
            choices = (_counts(first), _counts(row))
            prefer_later = self._asked(f"twin:{row.place.sheet}:{row.place.row}", text, choices) == choices[1]
        _put(first, row, prefer_later=prefer_later)

    def _asked_if_one(
        self, first: RowDiff, row: RowDiff, differing: Sequence[str], alike: Likeness
    ) -> str | None:
        same = (_counts(first), _counts(row)) if differing else ("同一个人",)
        why = _said(first, row, differing) if differing else ""
        if alike is Likeness.MAYBE:
            why = "；".join(filter(None, ("没有身份证号或出生年月可以核对", why)))
        text = f"{_both(first, row)}同名，{why}。是同一个人吗？"
        return self._asked(f"namesake:{row.place.sheet}:{row.place.row}", text, (*same, NEW_PERSON))

    def _ask_who_is_stored(self, first: RowDiff, row: RowDiff) -> None:
        choices = (_where(first), _where(row), "都不是，各新增一人")
        text = f"{_both(first, row)}是两个人，库里只有一个“{first.title}”。哪一行是库里的？"
        answer = self._asked(f"stored:{row.place.sheet}:{row.place.row}", text, choices)
        for each, own in ((first, choices[0]), (row, choices[1])):
            if answer is not None and answer != own:
                each.subject, each.facts = None, None

    def _asked(self, id_: str, text: str, choices: tuple[str, ...]) -> str | None:
        answer = self._answers.get(id_)
        if answer in choices:
            return answer
        self.questions.append(Question(id_, "person", text, choices))
        return None


def _differing(first: RowDiff, row: RowDiff) -> list[str]:
    """Return the full names of what two rows tell differently."""
    return [
        name
        for name, told in row.values.items()
        if name not in _ADDED_UP
        and not (name == _STANDING and first.member != row.member)
        and told is not None
        and (said := first.values.get(name)) is not None
        and not _agree(said, told)
    ]


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return one.agrees(other)
    if isinstance(one, Mention) and isinstance(other, Mention):
        return organisation_key(one.text) == organisation_key(other.text)
    return bool(one == other)


def _put(first: RowDiff, row: RowDiff, *, prefer_later: bool) -> None:
    """Put what a row tells into the first row of its person; what neither knew better is told at its cell."""
    differing = _differing(first, row)
    # Who stands on a list of members has left the stage that the other row tells.
    if first.member != row.member:
        (row if first.member else first).values.pop(_STANDING, None)
    for name, told in row.values.items():
        said = first.values.get(name)
        if name in differing:
            winner, loser = (row, first) if prefer_later else (first, row)
            datum = _DATUMS[name]
            found = _shown(name, loser.values[name])
            loser.notice(datum, found, f"{winner.place.seen_from(loser.place)}写的不一样，取那一行的")
        if said is None or _finer(told, said) or (name in differing and prefer_later):
            first.values[name] = told
            first.sources[name] = row.sources[name]
        elif name in _ADDED_UP and told is not None and told not in said:
            first.values[name] = f"{said}；{told}"
    first.title = first.values["person.name"]
    first.member = first.member or row.member
    row.verdict = "joined"
    row.notice(None, row.title, f"与{first.place.seen_from(row.place)}是同一个人，合在一起导入")


def _finer(told: Any, said: Any) -> bool:
    """Whether a date is known better: the day where only the month was told."""
    both = isinstance(told, PartialDate) and isinstance(said, PartialDate)
    return both and told != said and str(told).startswith(str(said))


def _said(first: RowDiff, row: RowDiff, differing: Sequence[str]) -> str:
    """Return in words what two rows tell differently; what is private is named and not quoted."""
    parts = []
    for name in differing[:_SAID]:
        datum = _DATUMS[name]
        if datum.private is not None:
            parts.append(f"{datum.label}不一样")
            continue
        one, other = (_shown(name, each.values[name]) for each in (first, row))
        parts.append(f"{datum.label}一个是“{one}”，一个是“{other}”")
    more = f"等 {len(differing)} 项" if len(differing) > _SAID else ""
    return "；".join(parts) + more


def _shown(name: str, value: Any) -> str:
    return value.text if isinstance(value, Mention) else _DATUMS[name].show(value)


def _where(row: RowDiff) -> str:
    return f"“{row.place.sheet}”第 {row.place.row} 行"


def _both(first: RowDiff, row: RowDiff) -> str:
    names = f"“{row.title}”" if row.title == first.title else f"“{first.title}”和“{row.title}”"
    return f"{_where(first)}和{row.place.seen_from(first.place)}的{names}"


def _counts(row: RowDiff) -> str:
    return f"同一个人，以{_where(row)}为准"
