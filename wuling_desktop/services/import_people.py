"""A roster against the people stored: who is meant by each row, and what would be new or changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.code_kinds import STANDING
from wuling_desktop.domain.codes import Standing
from wuling_desktop.domain.development import MANY
from wuling_desktop.domain.doubts import is_doubt, reason
from wuling_desktop.domain.kinds import Link, Mention
from wuling_desktop.domain.person_row import settle
from wuling_desktop.domain.readings import EMPTY, Reading, State
from wuling_desktop.domain.same_person import Likeness, likeness, number_key
from wuling_desktop.domain.texts import from_cell
from wuling_desktop.exchange.reading.questions import Question
from wuling_desktop.exchange.reading.read_rows import read_rows
from wuling_desktop.services import person_data
from wuling_desktop.services.import_gone import Gone
from wuling_desktop.services.import_plan import (
    CellDiff,
    Place,
    RowDiff,
    RowProblem,
    Source,
    columns_by_datum,
    differences,
    same,
    take_values,
    told_apart,
)
from wuling_desktop.services.import_remarks import Remarks
from wuling_desktop.services.import_sections import under_titles
from wuling_desktop.services.import_twins import NEW_PERSON, Twins
from wuling_desktop.services.person_groups import doubts_in
from wuling_desktop.services.unit import organisation_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wuling_desktop.exchange.reading.read_rows import RowRead
    from wuling_desktop.exchange.reading.tables import Found, FoundTable
    from wuling_desktop.services.person_facts import Facts
    from wuling_desktop.services.withdrawn import Withdrawn
    from wuling_desktop.storage.former import Former

_DATUMS = {datum.name: datum for datum in person_data.importable()}
_BRANCH = person_data.BRANCH_READ
_ON_THE_WAY = (Standing.APPLICANT, Standing.ACTIVIST, Standing.OBJECT)
_MEMBERS_ONLY = frozenset({"step_fact.assembly_on", "membership.full_from", "membership.state"})


class Roster:
    """Plans the import of tables of people; `answers` settle pairs of the same name."""

    def __init__(
        self,
        everyone: Iterable[Facts],
        called_before: Mapping[int, Former],
        taken_back: Iterable[tuple[Withdrawn, Facts]],
        branches: Iterable[str],
        answers: Mapping[str, str],
        today: dt.date,
    ) -> None:
        self.questions: list[Question] = []
        self._gone = Gone(taken_back, answers, today)
        self._answers = answers
        self._today = today
        self._branches = {organisation_key(name) for name in branches}
        self._by_id: dict[str, Facts] = {}
        self._by_name: dict[str, list[Facts]] = defaultdict(list)
        self._by_old_id: dict[str, Facts] = {}
        self._by_old_name: dict[str, list[Facts]] = defaultdict(list)
        self._called_before = called_before
        for facts in everyone:
            self._by_name[facts["person.name"]].append(facts)
            if number := number_key(facts["person.id_number"]):
                self._by_id[number] = facts
            if (before := called_before.get(facts["person.id"])) is not None:
                self._by_old_id |= {number_key(number): facts for number in before.numbers}
                for name in before.names:
                    self._by_old_name[name].append(facts)

    def plan(self, found: Found) -> list[RowDiff]:
        """Return one plan per row of the tables."""
        rows = [
            self._row(table, read)
            for table in found.tables
            for read in under_titles(table, read_rows(table, self._today), found.skipped)
        ]
        twins = Twins(self._answers, self._today)
        twins.join(rows)
        for row in _open(rows):
            row.facts = self._recognised(row)
            row.subject = row.facts["person.id"] if row.facts is not None else None
            if row.facts is None:
                self._gone.settle(row)
        twins.meet(rows)
        remarks = Remarks(self._answers, self._today)
        remarks.settle(_open(rows))
        for row in _open(rows):
            if row.facts is not None:
                self._keep_new_names(row, row.facts)
                self._keep_sound(row, row.facts)
                _compare(row, row.facts)
        self.questions += (*twins.questions, *self._gone.questions, *remarks.questions)
        return rows

    def _row(self, table: FoundTable, read: RowRead) -> RowDiff:
        columns = columns_by_datum(table)
        readings = settle(_standing_told(read), self._today)
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
        row.sources = {each: Source(place, columns.get(each, ""), readings[each]) for each in values}
        row.member = _tells_of_a_member(table, values)
        branch = values.get("branch.name")
        if isinstance(branch, Mention) and organisation_key(branch.text) not in self._branches:
            message = f"“{branch.text}”是新的党组织，导入时一并建立"
            row.notice(_DATUMS["branch.name"], branch.text, message)
        return row

    def _keep_sound(self, row: RowDiff, facts: Facts) -> None:
        """Let no value that may be wrong take the place of one that is right; nothing stored is in the way of it."""
        doubtful = [name for name in row.values if is_doubt(row.sources[name].reading.note)]
        stored = doubts_in(facts, self._today) if doubtful else {}
        for name in doubtful:
            datum, old, new = _DATUMS[name], facts.get(name), row.values[name]
            if old is None or name in stored or same(datum, old, new):
                continue
            del row.values[name]
            row.problems = [each for each in row.problems if each.datum is not datum]
            why = f"{reason(row.sources[name].reading.note)}；库里已有一个对的，不覆盖"
            row.notice(datum, datum.show(new), why)

    def _recognised(self, row: RowDiff) -> Facts | None:
        """Return the person meant: by identity number, then by name and birth; a pair of the same name is asked about."""
        number = number_key(row.values.get("person.id_number"))
        for by_number in (self._by_id, self._by_old_id):
            if number in by_number:
                return by_number[number]
        named = self._by_name.get(row.title, ())
        candidates = [each for each in named if likeness(each, row.values, self._today) is not Likeness.NO]
        if not candidates:
            return self._called_so_before(row)
        if len(candidates) == 1:
            return candidates[0]
        known = [
            facts
            for facts in candidates
            if facts["person.birth_date"] and row.values.get("person.birth_date")
        ]
        return known[0] if len(known) == 1 else self._asked(row, candidates)

    def _called_so_before(self, row: RowDiff) -> Facts | None:
        """Return who had this name before; without something else that proves it the user is asked."""
        alike = [
            (facts, likeness(facts, row.values, self._today))
            for facts in self._by_old_name.get(row.title, ())
        ]
        candidates = [facts for facts, each in alike if each is not Likeness.NO]
        if len(candidates) == 1 and (candidates[0], Likeness.YES) in alike:
            return candidates[0]
        return self._asked(row, candidates, "以前记作这个名字") if candidates else None

    def _keep_new_names(self, row: RowDiff, facts: Facts) -> None:
        """Let an old list not bring back the name or number that a person had before."""
        before = self._called_before.get(facts["person.id"])
        if before is None:
            return
        old_numbers = {number_key(number) for number in before.numbers}
        for name, is_old in (
            ("person.name", row.values["person.name"] in before.names),
            ("person.id_number", number_key(row.values.get("person.id_number")) in old_numbers),
        ):
            if is_old:
                datum = _DATUMS[name]
                found, row.values[name] = datum.show(row.values[name]), facts[name]
                row.notice(datum, found, f"{datum.label}是以前的，库里已经改过，不改回")

    def _asked(self, row: RowDiff, candidates: Sequence[Facts], how: str = "同名") -> Facts | None:
        choices = {told_apart(facts): facts for facts in candidates}
        id_ = f"person:{row.place.sheet}:{row.place.row}"
        answer = self._answers.get(id_)
        if answer in choices:
            return choices[answer]
        if answer != NEW_PERSON:
            text = f"第 {row.place.row} 行的“{row.title}”有 {len(choices)} 个{how}的人，是哪一个？"
            self.questions.append(Question(id_, "person", text, (*choices, NEW_PERSON)))
        return None


def _open(rows: Iterable[RowDiff]) -> Iterator[RowDiff]:
    """Yield the rows that still stand for a person of their own."""
    return (row for row in rows if row.verdict == "new")


def _compare(row: RowDiff, facts: Facts) -> None:
    values = dict(row.values)
    branch = row.sources.get(_BRANCH.name)
    if branch is not None and not branch.column and facts.get(_BRANCH.name) is not None:
        values.pop(_BRANCH.name, None)  # a title over the list is no reason to move anybody
    if message := _standing_kept(facts.get("person.standing"), values.get("person.standing")):
        found = _DATUMS["person.standing"].show(values.pop("person.standing"))
        row.notice(_DATUMS["person.standing"], found, message)
    row.cells = tuple(_told_again(differences(values, facts, _DATUMS), facts))
    row.verdict = "returning" if row.returns else "changed" if row.cells else "same"


def _told_again(cells: Iterable[CellDiff], facts: Facts) -> Iterator[CellDiff]:
    """Let a day of what happens again and again be one more, and no day that is known already."""
    for cell in cells:
        record, _, code = cell.datum.name.partition(".")
        if record != "step_fact" or code not in MANY or cell.old is None:
            yield cell
        elif cell.new not in facts.get("again", {}).get(code, ()):
            yield replace(cell, note="再记一次，原来的留着")


def missing(everyone: Iterable[Facts], rows: Iterable[RowDiff]) -> tuple[Link, ...]:
    """Return the people stored whom the file does not name; they are left alone."""
    named = {row.subject for row in rows}
    return tuple(
        Link(facts["person.id"], facts["person.name"])
        for facts in everyone
        if facts["person.id"] not in named
    )


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


def _standing_kept(ours: Standing | None, told: str | None) -> str:
    """Return why a sheet may not change a standing: nobody steps back by an import."""
    if ours is None or told is None or Standing(told) >= Standing(ours):
        return ""
    return f"库里是{Standing(ours).text}，不往回改"
