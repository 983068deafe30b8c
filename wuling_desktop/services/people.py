"""党员信息: finding people, showing what is known of them, correcting it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain.kinds import Link, LinkKind, Mention
from wuling_desktop.domain.person_row import before_birth
from wuling_desktop.domain.problems import Problem
from wuling_desktop.records import CommitteeMember, Membership, Person, StepFact
from wuling_desktop.records.base import table_of
from wuling_desktop.services import person_data
from wuling_desktop.services.cell_edits import Refusal, SavedMany, Sifted, hold_against, said, sift
from wuling_desktop.services.changes import Saved, changes_of
from wuling_desktop.services.choices import link_choices
from wuling_desktop.services.collecting import without_collecting
from wuling_desktop.services.overtaken import NOTHING_SEEN, require_as_seen
from wuling_desktop.services.person_facts import facts_of, rows_behind
from wuling_desktop.services.person_groups import DOUBTFUL, GROUPS, complete, doubts_in, is_member
from wuling_desktop.services.person_writing import Draft, PersonWriter
from wuling_desktop.storage.search import holds

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from wuling_desktop.domain.codes import Standing
    from wuling_desktop.domain.fields import Datum, Field
    from wuling_desktop.services.cell_edits import CellEdit
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.person_facts import Facts
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.storage.operations import Operations

# What a typed value may be read by: everything stored, and standing and branch as a workbook says them.
_TYPED: dict[str, Field] = {each.name: each for each in person_data.STORED} | {
    each.name: each for each in (person_data.STANDING_READ, person_data.BRANCH_READ)
}

_ASKED_BY_GROUPS = ("person.standing", "branch.name")  # figures by which people are sorted into groups
# Branches are written through `branch.name`, which knows to which row they belong.
_NOT_TYPED_IN_TABLES = frozenset({"membership.branch", "person.contact_branch"})


@dataclass(frozen=True, slots=True)
class Who:
    """Which people: `group` is one of `GROUPS`; `month` that of the 政治生日 asked for."""

    group: str = "members"
    branch: int | None = None
    word: str = ""
    ids: tuple[int, ...] | None = None
    month: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its id and its values in the order asked for."""

    id: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One datum of a card."""

    datum: Datum
    value: Any
    editable: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A facet of a card."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A person as the side panel shows them."""

    id: int
    name: str
    subtitle: str
    standing: Standing | None
    groups: tuple[Group, ...]
    percent: int
    missing: tuple[Datum, ...]
    doubts: Mapping[str, str]  # {full name: why} of what is to be looked at (待核)


class People:
    """Reads and writes people; every change is one named operation."""

    def __init__(self, operations: Operations, unit: Unit) -> None:
        self._operations = operations
        self._unit = unit

    @staticmethod
    def datums() -> tuple[Datum, ...]:
        """Return everything that can be shown of a person."""
        return person_data.ALL

    @staticmethod
    def by_facet() -> dict[str, tuple[Datum, ...]]:
        """Return everything that can be shown of a person, by facet."""
        return person_data.by_facet()

    @staticmethod
    def typed_in_tables() -> frozenset[str]:
        """Return the full names of what can be typed in a table."""
        return frozenset(_TYPED) - _NOT_TYPED_IN_TABLES

    @staticmethod
    def table_shows() -> tuple[Datum, ...]:
        """Return the columns that 党员信息 shows at first."""
        return tuple(person_data.named(name) for name in person_data.TABLE_SHOWS)

    def facts(self, who: Who, as_of: dt.date, figures: Collection[str] | None = None) -> list[Facts]:
        """Return the facts of the people asked for, in the order they were recorded or named.

        `figures` are the ones wanted, by full name, where not all of them are.
        """
        condition = holds(Person, who.word) if who.word.strip() else None
        with self._operations.database.reading() as connection, without_collecting():
            found = facts_of(connection, as_of, ids=who.ids, condition=condition, figures=figures)
        ordered = (found[id_] for id_ in who.ids if id_ in found) if who.ids is not None else found.values()
        return [facts for facts in ordered if _belongs(facts, who, as_of)]

    def rows(self, datums: Sequence[Datum], who: Who, as_of: dt.date) -> list[Row]:
        """Return a row of values per person."""
        names = [datum.name for datum in datums]
        found = self.facts(who, as_of, {*names, *_ASKED_BY_GROUPS})
        return [Row(facts["person.id"], tuple(map(facts.get, names))) for facts in self._in_view(found, who)]

    def table(self, datums: Sequence[Datum], who: Who, as_of: dt.date) -> tuple[list[Row], dict[str, int]]:
        """Return the rows of a table and the number of people by group, in one reading where no word is sought.

        The number of those in doubt is asked for by itself.
        """
        if who.word.strip() or who.ids is not None:
            return self.rows(datums, who, as_of), self.counts(as_of)
        names = [datum.name for datum in datums]
        with self._operations.database.reading() as connection, without_collecting():
            found = facts_of(connection, as_of, figures={*names, *_ASKED_BY_GROUPS})
        everyone = self._in_view(list(found.values()), Who("all"))
        rows = [
            Row(facts["person.id"], tuple(map(facts.get, names)))
            for facts in everyone
            if _belongs(facts, who, as_of)
        ]
        return rows, self._counted(everyone, as_of)

    def counts(self, as_of: dt.date) -> dict[str, int]:
        """Return the number of people by group, but for those in doubt."""
        return self._counted(self._in_view(self.facts(Who("all"), as_of), Who("all")), as_of)

    @staticmethod
    def _counted(everyone: Sequence[Facts], as_of: dt.date) -> dict[str, int]:
        month = as_of.month
        known = [(facts, is_member(facts)) for facts in everyone]  # asked once, not by every group again
        return {
            group: sum(belongs(facts, member, month, as_of) for facts, member in known)
            for group, belongs in GROUPS.items()
            if group != DOUBTFUL
        }

    def doubtful(self, as_of: dt.date) -> int:
        """Return how many people have a value to be looked at; of thousands this takes longer than to show them."""
        return len(self._in_view(self.facts(Who(DOUBTFUL), as_of), Who(DOUBTFUL)))

    def _in_view(self, found: Sequence[Facts], who: Who) -> Sequence[Facts]:
        """Leave out who is not of the organisation looked at; whoever was named by id stays."""
        reach = self._unit.reach() if who.ids is None else None
        if reach is None:
            return found
        return [facts for facts in found if facts["branch.name"] and facts["branch.name"].id in reach]

    def card(self, person_id: int, as_of: dt.date) -> Card:
        """Return all that is known of a person, by facet, and what is missing."""
        found = self.facts(Who("all", ids=(person_id,)), as_of)
        if not found:
            raise Problem(
                "找不到这个人。", "这条记录已经撤销，或在别的数据文件里。", "请回到名单里重新选一个人。"
            )
        facts = found[0]
        known = complete(facts)
        branch = facts["branch.name"]
        parts = (facts.get("person.position") or facts.get("person.post"), branch.text if branch else None)
        return Card(
            id=person_id,
            name=facts["person.name"],
            subtitle="　".join(filter(None, parts)),
            standing=facts["person.standing"],
            groups=tuple(
                Group(title, tuple(_line(facts, name) for name in names.split()))
                for title, names in person_data.GROUPS.items()
            ),
            percent=known.percent,
            missing=known.missing,
            doubts=doubts_in(facts, as_of),
        )

    def change(
        self, person_id: int, values: Mapping[str, Any], seen: Mapping[str, Any] = NOTHING_SEEN
    ) -> Saved:
        """Correct values of a person, typed or chosen; refused ones raise a Problem and nothing is written.

        `seen` says by full name what stood there when they were typed: what another desk has changed since is kept.
        """
        today = self._unit.today()
        read, complaints = read_typed(_TYPED, values, today)
        with self._operations.begin("修改") as (operation, outcome):
            now = facts_of(operation.connection, today, ids=(person_id,), figures=set(seen)).get(person_id)
            if now is None:
                raise _gone()
            for name, note in before_birth(read, now, today).items():
                raise _not_saved(_TYPED[name], note)
            operation.name = f"修改 {now['person.name']} 的{'、'.join(_TYPED[name].label for name in read)}"
            if self._operations.touched_elsewhere(operation.connection, rows_behind(now)):
                require_as_seen((_TYPED[name] for name in read), read, seen, now)
            PersonWriter(operation).change(Draft(read, now))
        return Saved(changes_of(outcome.written), person_id, complaints)

    def look_at_many(self, edits: Sequence[CellEdit]) -> Sifted:
        """Return how many cells typed at once would be read; nothing is written."""
        fields = {name: field for name, field in _TYPED.items() if name not in _NOT_TYPED_IN_TABLES}
        sifted = sift(fields, edits, self._unit.today(), lambda _field, value: value)
        return _held_against_birth(sifted, edits, self._known(sifted), self._unit.today())

    def _known(self, sifted: Sifted) -> dict[int, Facts]:
        """Return what is known of the people whose cells were typed, by id."""
        found = self.facts(Who("all", ids=tuple(sifted.known)), self._unit.today()) if sifted.known else []
        return {facts["person.id"]: facts for facts in found}

    def change_many(self, edits: Sequence[CellEdit], verb: str = "修改") -> SavedMany:
        """Write many cells in one operation; what cannot be read is named in the answer and left as it was."""
        sifted = self.look_at_many(edits)
        found = self._known(sifted)
        names = [facts["person.name"] for facts in found.values()] + [
            values["person.name"] for values in sifted.new
        ]
        who = names[0] if len(names) == 1 else f"{len(names)} 人"
        what = said([_TYPED[name].label for values in sifted.rows.values() for name in values])
        with self._operations.begin(f"{verb} {who} 的{what}") as (operation, outcome):
            writer = PersonWriter(operation)
            now = facts_of(
                operation.connection,
                self._unit.today(),
                ids=tuple(found),
                figures={each.name for each in edits},
            )
            behind = {id_: rows_behind(facts) for id_, facts in now.items()}
            touched = self._operations.touched_elsewhere(
                operation.connection, {row for rows in behind.values() for row in rows}
            )
            guarded = {id_ for id_, rows in behind.items() if rows & touched}
            left, overtaken = hold_against(edits, _TYPED, sifted.known, now, guarded)
            for id_, values in left.items():
                writer.change(Draft(values, now[id_]))
            writer.add([Draft(values, source="录入") for values in sifted.new])
        gone = [
            Refusal(edit, "这个人已经撤销")
            for edit in edits
            if edit.row in sifted.known and edit.row not in now
        ]
        return SavedMany(changes_of(outcome.written), (*sifted.refused, *gone, *overtaken), sifted.doubtful)

    def add(self, values: Mapping[str, Any]) -> Saved:
        """Add a person; name is required, all else may follow."""
        today = self._unit.today()
        read, complaints = read_typed(_TYPED, {"person.name": "", **values}, today)
        for name, note in before_birth(read, {}, today).items():
            raise _not_saved(_TYPED[name], note)
        with self._operations.begin(f"新增 {read['person.name']}") as (operation, outcome):
            (id_,) = PersonWriter(operation).add([Draft(read, source="录入")])
        return Saved(changes_of(outcome.written), id_, complaints)

    def withdraw(self, ids: Sequence[int]) -> Changes:
        """撤销误录: remove people entered by mistake, with all that hangs on them."""
        found = self.facts(Who("all", ids=tuple(ids)), self._unit.today())
        names = "、".join(facts["person.name"] for facts in found[:3]) + ("等" if len(found) > 3 else "")
        with self._operations.begin(f"撤销误录 {names} {len(found)} 人") as (operation, outcome):
            for record in (Membership, StepFact, CommitteeMember):
                table = table_of(record)
                query = sa.select(table.c.id).where(table.c.person.in_(ids), table.c.removed_at.is_(None))
                operation.remove(record, list(operation.connection.execute(query).scalars()))
            operation.remove(Person, [facts["person.id"] for facts in found])
        return changes_of(outcome.written)

    def choices(self, record: str, word: str = "") -> list[Link]:
        """Return what a link to `record` may be: people, branches, departments …, narrowed by a word."""
        return link_choices(self._operations, record, word)

    def choices_of(self, datum: Datum, word: str = "") -> list[Link]:
        """Return what a datum may point at; nothing where it is no link."""
        return self.choices(datum.kind.record, word) if isinstance(datum.kind, LinkKind) else []


def read_typed(
    fields: Mapping[str, Field], values: Mapping[str, Any], today: dt.date
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return typed values as read, and by name what was noticed; a refused or doubtful one raises a Problem."""
    read: dict[str, Any] = {}
    complaints: dict[str, str] = {}
    for name, raw in values.items():
        each = fields[name]
        if isinstance(raw, Link):
            read[name] = raw
            continue
        reading = each.read(raw, today)
        if not reading.taken:
            raise _not_saved(each, reading.note)
        read[name] = reading.value
        if reading.note:
            complaints[name] = reading.note
    return read, complaints


def _gone() -> Problem:
    return Problem("没有保存：找不到这个人。", "这条记录已经撤销。", "请先在操作记录里撤销那一步，再改。")


def _not_saved(field: Field, why: str) -> Problem:
    return Problem(
        f"“{field.label}”没有保存：{why}。",
        "这个值不可能是对的，或有两种读法；原来的值没有动。",
        "请改一下再保存。",
    )


def _held_against_birth(
    sifted: Sifted, edits: Sequence[CellEdit], known: Mapping[int, Facts], today: dt.date
) -> Sifted:
    """Refuse dates before the birth of the person whose row they were typed into."""
    by_cell = {(edit.row, edit.name): edit for edit in edits}
    rows: dict[int, Mapping[str, Any]] = {}
    refused = list(sifted.refused)
    for row, values in sifted.rows.items():
        wrong = before_birth(values, known.get(row, {}), today)
        refused += [Refusal(by_cell[row, name], note) for name, note in wrong.items()]
        if left := {name: value for name, value in values.items() if name not in wrong}:
            rows[row] = left
    return Sifted(rows, tuple(refused), sifted.doubtful)


def resolve(operations: Operations, field: Field, value: Any) -> Any:
    """Return the id a link means; a name that nobody or several bear raises a Problem."""
    if not isinstance(value, Mention):
        return value.id if isinstance(value, Link) else value
    record = field.kind.name.removeprefix("link:")
    found = [link for link in link_choices(operations, record, value.text) if link.text == value.text]
    if len(found) == 1:
        return found[0].id
    why = "名单里有几个同名的。" if found else "名单里没有这个名字。"
    todo = "请从列表里选定是哪一个。" if found else "请先在党员信息里新增，再回来选。"
    raise Problem(f"“{field.label}”没有保存：“{value.text}”对不上人。", why, todo)


def _belongs(facts: Facts, who: Who, as_of: dt.date) -> bool:
    if who.branch is not None and (facts["branch.name"] is None or facts["branch.name"].id != who.branch):
        return False
    return GROUPS[who.group](facts, is_member(facts), who.month, as_of)


def _line(facts: Facts, name: str) -> Line:
    return Line(person_data.named(name), facts.get(name), name in _TYPED)
