"""A roster against the people stored: who is meant by each row, and what would be new or changed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from wuling_desktop.domain import identity_card
from wuling_desktop.domain.code_kinds import STANDING
from wuling_desktop.domain.codes import Standing
from wuling_desktop.domain.doubts import is_doubt, reason
from wuling_desktop.domain.kinds import Link, Mention
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.person_row import settle
from wuling_desktop.domain.readings import EMPTY, Reading, State
from wuling_desktop.domain.texts import closed, from_cell
from wuling_desktop.exchange.reading.body_rows import BLOCK, TITLE
from wuling_desktop.exchange.reading.questions import Question
from wuling_desktop.exchange.reading.read_rows import read_rows
from wuling_desktop.services import person_data
from wuling_desktop.services.import_plan import (
    Place,
    RowDiff,
    RowProblem,
    columns_by_datum,
    differences,
    hold_repeats,
    same,
    take_values,
)
from wuling_desktop.services.person_groups import doubts_in
from wuling_desktop.services.unit import organisation_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wuling_desktop.exchange.reading.read_rows import RowRead
    from wuling_desktop.exchange.reading.tables import Found, FoundTable, Skipped
    from wuling_desktop.services.person_facts import Facts

_DATUMS = {datum.name: datum for datum in person_data.importable()}
_BRANCH = person_data.BRANCH_READ
_BRANCH_TITLE = re.compile(r"[^:]{1,30}(?<!总)支部(?:委员会)?")
_ON_THE_WAY = (Standing.APPLICANT, Standing.ACTIVIST, Standing.OBJECT)
_MEMBERS_ONLY = frozenset({"step_fact.assembly_on", "membership.full_from", "membership.state"})
NEW_PERSON = "新增一人"


class Roster:
    """Plans the import of tables of people; `answers` settle pairs of the same name."""

    def __init__(
        self, everyone: Iterable[Facts], branches: Iterable[str], answers: Mapping[str, str]
    ) -> None:
        self.questions: list[Question] = []
        self._answers = answers
        self._branches = {organisation_key(name) for name in branches}
        self._namesakes: set[Place] = set()  # rows said to be somebody else than an earlier row of that name
        self._by_id: dict[str, Facts] = {}
        self._by_name: dict[str, list[Facts]] = defaultdict(list)
        for facts in everyone:
            self._by_name[facts["person.name"]].append(facts)
            if facts["person.id_number"]:
                self._by_id[facts["person.id_number"]] = facts

    def plan(self, found: Found, today: dt.date) -> list[RowDiff]:
        """Return one plan per row of the tables."""
        titles = [each for each in found.skipped if each.reason in (TITLE, BLOCK)]
        rows = [
            self._row(table, read, today)
            for table in found.tables
            for read in _under_titles(table, read_rows(table, today), titles)
        ]
        self._ask_about_namesakes(rows)
        hold_repeats(rows, self._subject)
        return rows

    def _row(self, table: FoundTable, read: RowRead, today: dt.date) -> RowDiff:
        columns = columns_by_datum(table)
        readings = settle(_standing_told(read), today)
        values, problems = take_values(read, readings, columns, _DATUMS)
        place = Place(read.sheet, read.row)
        name = values.get("person.name")
        if name is None:
            found = from_cell(read.raw.get("person.name"))
            problem = RowProblem(
                place,
                columns.get("person.name", ""),
                _DATUMS["person.name"],
                found,
                "没有姓名",
                blocking=True,
            )
            return RowDiff(place, "held", f"第 {read.row} 行", values, problems=[*problems, problem])
        row = RowDiff(place, "new", name, values, problems=problems)
        row.member = _tells_of_a_member(table, values)
        self._note_new_branch(row, columns)
        facts = self._recognised(row, today)
        if facts is not None:
            self._keep_sound(row, facts, readings, columns, today)
            self._compare(row, facts, columns)
        return row

    def _note_new_branch(self, row: RowDiff, columns: Mapping[str, str]) -> None:
        branch = row.values.get("branch.name")
        if isinstance(branch, Mention) and organisation_key(branch.text) not in self._branches:
            message = f"“{branch.text}”是新的党组织，导入时一并建立"
            datum = _DATUMS["branch.name"]
            row.problems.append(
                RowProblem(
                    row.place, columns.get("branch.name", ""), datum, branch.text, message, blocking=False
                )
            )

    @staticmethod
    def _keep_sound(
        row: RowDiff,
        facts: Facts,
        readings: Mapping[str, Reading],
        columns: Mapping[str, str],
        today: dt.date,
    ) -> None:
        """Let no value that may be wrong take the place of one that is right; nothing stored is in the way of it."""
        doubtful = [name for name in row.values if name in readings and is_doubt(readings[name].note)]
        stored = doubts_in(facts, today) if doubtful else {}
        for name in doubtful:
            datum, old, new = _DATUMS[name], facts.get(name), row.values[name]
            if old is None or name in stored or same(datum, old, new):
                continue
            del row.values[name]
            row.problems = [each for each in row.problems if each.datum is not datum]
            message = f"{reason(readings[name].note)}；库里已有一个对的，不覆盖"
            column = columns.get(name, "")
            row.problems.append(
                RowProblem(row.place, column, datum, datum.show(new), message, blocking=False)
            )

    def _compare(self, row: RowDiff, facts: Facts, columns: Mapping[str, str]) -> None:
        row.facts, row.subject = facts, facts["person.id"]
        values = dict(row.values)
        if _BRANCH.name not in columns and facts.get(_BRANCH.name) is not None:
            values.pop(_BRANCH.name, None)  # a title over the list is no reason to move anybody
        if message := _standing_kept(facts.get("person.standing"), values.get("person.standing")):
            found = _DATUMS["person.standing"].show(values.pop("person.standing"))
            datum, column = _DATUMS["person.standing"], columns.get("person.standing", "")
            row.problems.append(RowProblem(row.place, column, datum, found, message, blocking=False))
        row.cells = differences(values, facts, _DATUMS)
        row.verdict = "changed" if row.cells else "same"

    def _recognised(self, row: RowDiff, today: dt.date) -> Facts | None:
        """Return the person meant: by identity number, then by name and birth; a pair of the same name is asked about."""
        number = row.values.get("person.id_number")
        if number in self._by_id:
            return self._by_id[number]
        candidates = [
            facts for facts in self._by_name.get(row.title, ()) if _may_be(facts, row.values, today)
        ]
        if len(candidates) <= 1:
            return candidates[0] if candidates else None
        known = [
            facts
            for facts in candidates
            if facts["person.birth_date"] and row.values.get("person.birth_date")
        ]
        return known[0] if len(known) == 1 else self._asked(row, candidates)

    def _asked(self, row: RowDiff, candidates: Sequence[Facts]) -> Facts | None:
        choices = {_told_apart(facts): facts for facts in candidates}
        id_ = f"person:{row.place.sheet}:{row.place.row}"
        answer = self._answers.get(id_)
        if answer in choices:
            return choices[answer]
        if answer != NEW_PERSON:
            text = f"第 {row.place.row} 行的“{row.title}”有 {len(choices)} 个同名的人，是哪一个？"
            self.questions.append(Question(id_, "person", text, (*choices, NEW_PERSON)))
        return None

    def _ask_about_namesakes(self, rows: Sequence[RowDiff]) -> None:
        """Ask about rows of one name and birth that contradict each other: nobody is left out for being a namesake."""
        first: dict[object, RowDiff] = {}
        for row in rows:
            if row.verdict != "new" or row.values.get("person.id_number"):
                continue
            other = first.setdefault(self._subject(row), row)
            if other is row or not (difference := _first_difference(other, row)):
                continue
            id_ = f"namesake:{row.place.sheet}:{row.place.row}"
            answer = self._answers.get(id_)
            if answer == NEW_PERSON:
                self._namesakes.add(row.place)
            elif answer is None:
                text = f"第 {row.place.row} 行的“{row.title}”和第 {other.place.row} 行同名，{difference}，是同一个人吗？"
                self.questions.append(
                    Question(id_, "person", text, (f"同一个人，只导第 {other.place.row} 行", NEW_PERSON))
                )

    def _subject(self, row: RowDiff) -> object:
        if row.subject is not None:
            return row.subject
        if row.place in self._namesakes:
            return row.place
        number = row.values.get("person.id_number")
        return number or (
            row.title,
            str(row.values.get("person.birth_date")),
            row.values.get("person.phone"),
        )


def missing(everyone: Iterable[Facts], rows: Iterable[RowDiff]) -> tuple[Link, ...]:
    """Return the people stored whom the file does not name; they are left alone."""
    named = {row.subject for row in rows}
    return tuple(
        Link(facts["person.id"], facts["person.name"])
        for facts in everyone
        if facts["person.id"] not in named
    )


def _under_titles(
    table: FoundTable, reads: Iterable[RowRead], titles: Sequence[Skipped]
) -> Iterator[RowRead]:
    """Without a column for it, the title right above a block of people tells their branch."""
    told = any(column.datum is _BRANCH for column in table.columns)
    above = sorted((each.row, each.text) for each in titles if each.sheet == table.sheet and not told)
    for read in reads:
        place = bisect_left(above, (read.row, ""))
        text = re.sub(r"\(.*\)$", "", closed(above[place - 1][1])) if place else ""
        if _BRANCH_TITLE.fullmatch(text):
            note = f"没有党支部一列，按上面的小标题记为“{text}”；库里已有支部的不改"
            yield replace(
                read,
                readings={**read.readings, _BRANCH.name: Reading(Mention(text), State.LIKELY, note)},
            )
        else:
            yield read


def _standing_told(read: RowRead) -> Mapping[str, Reading]:
    """党籍状态 is often filled with 正式党员 or 预备党员: then the column tells the standing, unless one of its own does."""
    readings = dict(read.readings)
    state = readings.get("membership.state")
    if state is None or state.taken:
        return readings
    code = STANDING.table.find(from_cell(read.raw.get("membership.state")))
    if code is None:
        return readings
    del readings["membership.state"]
    said = readings.get("person.standing", EMPTY)
    if said.value is None:
        note = f"{said.note}；按党籍状态取“{STANDING.show(code)}”" if said.note else ""
        readings["person.standing"] = Reading(code, State.LIKELY if note else State.SURE, note)
    elif said.value != code:
        note = f"党籍状态一栏写的是“{STANDING.show(code)}”，与这里不一致"
        readings["person.standing"] = replace(said, state=State.LIKELY, note=note)
    return readings


def _tells_of_a_member(table: FoundTable, values: Mapping[str, Any]) -> bool:
    """Whether the row is of a member: by its own values, else because the table lists members."""
    standing = values.get("person.standing")
    if standing is not None:
        return standing not in _ON_THE_WAY
    if any(values.get(name) is not None for name in _MEMBERS_ONLY):
        return True
    lists_members = any(
        column.datum is not None and column.datum.name in _MEMBERS_ONLY for column in table.columns
    )
    on_the_way = any(name.startswith("step_fact.") for name in values)
    return lists_members and not on_the_way


def _may_be(facts: Facts, values: Mapping[str, Any], today: dt.date) -> bool:
    """Whether a stored person of the same name can be the one in the file: nothing sound contradicts it."""
    ours, theirs = facts["person.id_number"], values.get("person.id_number")
    sound = [number for number in (ours, theirs) if number and identity_card.parse(number, today)]
    if len(sound) == 2 and ours != theirs:
        return False
    born, told = _born(facts, today), _born(values, today)
    return born is None or told is None or bool(born.agrees(told))


def _born(values: Mapping[str, Any], today: dt.date) -> PartialDate | None:
    """Return the birth date told, else the one in a sound identity number."""
    if (told := values.get("person.birth_date")) is not None:
        return cast("PartialDate", told)
    card = identity_card.parse(values.get("person.id_number") or "", today)
    return None if card is None else PartialDate.of(card.birth)


def _standing_kept(ours: Standing | None, told: str | None) -> str:
    """Return why a sheet may not change a standing: nobody steps back by an import."""
    if ours is None or told is None or Standing(told) >= Standing(ours):
        return ""
    return f"库里是{Standing(ours).text}，不往回改"


def _told_apart(facts: Facts) -> str:
    number = facts["person.id_number"]
    parts = (
        facts["person.name"],
        str(facts["person.birth_date"] or "出生年月未填"),
        facts["person.position"] or facts["person.post"],
        f"身份证尾号 {number[-4:]}" if number else None,
    )
    return "，".join(filter(None, parts))


def _first_difference(one: RowDiff, other: RowDiff) -> str:
    """Return in words what two rows tell differently first; empty where nothing contradicts."""
    for name, told in one.values.items():
        said = other.values.get(name)
        if told is not None and said is not None and not same(_DATUMS[name], told, said):
            return (
                f"{_DATUMS[name].label}一个是“{_DATUMS[name].show(told)}”，一个是“{_DATUMS[name].show(said)}”"
            )
    return ""
