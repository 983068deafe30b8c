"""Remarks that tell of a move, a death, a retirement: proposed once for all who have it, and only remarked by default."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from wuling_desktop.domain.codes import MemberState, StaffKind
from wuling_desktop.domain.readings import Reading, State
from wuling_desktop.domain.remarks import Event, Remark, read
from wuling_desktop.exchange.reading.questions import Question
from wuling_desktop.services import person_data
from wuling_desktop.services.import_plan import Source

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from wuling_desktop.services.import_plan import RowDiff

ONLY_REMARK, ONE_BY_ONE = "只记备注", "一个一个定"
_NOTES = ("person.note", "membership.note")
_DATUMS = {datum.name: datum for datum in person_data.importable()}
_NAMED = 3  # people named in a question
# What is proposed, and what is said where it is done.
_DONE = {
    Event.MOVED: "登记组织关系转出",
    Event.DIED: "把党籍状态记为死亡",
    Event.ABROAD: "登记出国（境）日期",
    Event.STOPPED: "把党籍状态记为停止党籍",
    Event.RETIRED: "把人员类别记为离退休",
}


class _Told(NamedTuple):
    row: RowDiff
    note: str  # the full name of the datum that holds the remark
    remark: Remark
    values: dict[str, Any]


class Remarks:
    """Looks through the rows of a roster; `answers` say where more than the remark is to be written."""

    def __init__(self, answers: Mapping[str, str], today: dt.date) -> None:
        self.questions: list[Question] = []
        self._answers = answers
        self._today = today

    def settle(self, rows: Iterable[RowDiff]) -> None:
        """Put into the rows what the user wants written beside the remark; without an answer nothing is."""
        found: dict[Event, list[_Told]] = defaultdict(list)
        for row in rows:
            for told in self._told_by(row):
                if told.values:
                    found[told.remark.event].append(told)
                else:
                    told.row.notice(_DATUMS[told.note], told.remark.words, _why_not(told.remark))
        for event, several in found.items():
            self._ask(event, several)

    def _told_by(self, row: RowDiff) -> Iterable[_Told]:
        known = row.facts or {}
        for note in _NOTES:
            text = row.values.get(note)
            if not text or text == known.get(note):  # decided when it was taken in
                continue
            for remark in read(text, self._today):
                values = _values(remark)
                if remark.event is Event.RETIRED or row.member or known.get("membership.id") is not None:
                    told = {**known, **{name: each for name, each in row.values.items() if each is not None}}
                    if not values or any(told.get(name) != each for name, each in _deciding(values)):
                        yield _Told(row, note, remark, values)

    def _ask(self, event: Event, several: Sequence[_Told]) -> None:
        do_it = _DONE[event]
        answer = None
        if len(several) > 1:
            named = "、".join(_name(told) for told in several[:_NAMED]) + (
                "等" if len(several) > _NAMED else ""
            )
            text = f"备注写着{event.value}的有 {len(several)} 人：{named}。要不要一起{do_it}？"
            answer = self._asked(f"remark:{event.name.lower()}", text, (ONLY_REMARK, do_it, ONE_BY_ONE))
            if answer is None:
                return
        for told in several:
            own = answer
            if own in (None, ONE_BY_ONE):
                place = told.row.place
                text = f"第 {place.row} 行“{told.row.title}”的备注写着“{told.remark.words}”。要不要{do_it}？"
                id_ = f"remark:{event.name.lower()}:{place.sheet}:{place.row}"
                own = self._asked(id_, text, (ONLY_REMARK, do_it))
            if own == do_it:
                _write(told, do_it)

    def _asked(self, id_: str, text: str, choices: tuple[str, ...]) -> str | None:
        answer = self._answers.get(id_)
        if answer in choices:
            return answer
        self.questions.append(Question(id_, "remark", text, choices, default=ONLY_REMARK))
        return None


def _values(remark: Remark) -> dict[str, Any]:
    """Return what a remark would have written, by full name; nothing where its day is needed and not told."""
    day = remark.day
    match remark.event:
        case Event.RETIRED:
            return {"person.staff_kind": StaffKind.RETIRED.value}
        case Event.DIED:
            values = {"membership.state": MemberState.DEAD.value, "membership.ended_on": day}
        case Event.STOPPED:
            values = {"membership.state": MemberState.STOPPED.value, "membership.stopped_on": day}
        case Event.MOVED if day is not None:
            values = {"membership.out_on": day, "membership.out_to": remark.place or None}
        case Event.ABROAD if day is not None:
            values = {"membership.abroad_from": day}
        case _:
            values = {}
    return {name: value for name, value in values.items() if value is not None}


def _deciding(values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return what tells whether a remark is written already: its first value, the others go along."""
    return [*values.items()][:1]


def _why_not(remark: Remark) -> str:
    if remark.event is Event.ENDED:
        return "备注涉及党籍，导入不改党籍，只记备注"
    return f"备注写着{remark.event.value}，没有写日期，只记备注"


def _write(told: _Told, do_it: str) -> None:
    row, source = told.row, told.row.sources[told.note]
    note = f"按备注“{told.remark.words}”{do_it}"
    for name, value in told.values.items():
        if row.values.get(name) is None or name in dict(_deciding(told.values)):
            row.values[name] = value
            row.sources[name] = Source(source.place, source.column, Reading(value, State.LIKELY, note))
            row.notice(_DATUMS[name], _DATUMS[name].show(value), note)
    if told.remark.event is not Event.RETIRED:
        row.member = True


def _name(told: _Told) -> str:
    return f"{told.row.title}（{told.remark.words}）"
