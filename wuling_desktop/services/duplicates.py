"""可能重复: records that may be of one human being, shown side by side, made one when the user says so."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain import identity_card
from wuling_desktop.domain.development import MANY
from wuling_desktop.domain.kinds import Link
from wuling_desktop.domain.problems import Problem
from wuling_desktop.domain.texts import closed
from wuling_desktop.records import Department, Person
from wuling_desktop.records.base import table_of
from wuling_desktop.services import person_data
from wuling_desktop.services.changes import changes_of
from wuling_desktop.services.person_facts import facts_of
from wuling_desktop.services.person_links import links
from wuling_desktop.services.person_merge import Merger
from wuling_desktop.services.unit import read_setting, write_setting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from wuling_desktop.domain.fields import Field
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.person_facts import Facts
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.storage.operations import Operations

APART = "people.apart"  # pairs of ids of which the user said that they are two


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be of one person: why, and what tells them apart."""

    one: int
    other: int
    name: str
    reasons: tuple[str, ...]
    about: tuple[str, str]  # 岗位, 科室 of each


@dataclass(frozen=True, slots=True)
class Item:
    """One datum of both; `from_other` where the other's value is the only one."""

    datum: Field
    one: Any
    other: Any

    @property
    def same(self) -> bool:
        """Whether there is nothing to choose."""
        return bool(self.one == self.other)

    @property
    def from_other(self) -> bool:
        """Whether by itself the other's value is taken: nothing known is dropped for nothing."""
        return self.one is None and self.other is not None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records value by value, and how many rows of which ledgers would come along."""

    one: int
    other: int
    names: tuple[str, str]
    about: tuple[str, str]  # 岗位, 科室 of each
    items: tuple[Item, ...]
    coming: tuple[tuple[str, int], ...]


class Duplicates:
    """Finds pairs and makes them one; never by itself."""

    def __init__(self, operations: Operations, unit: Unit) -> None:
        self._operations = operations
        self._unit = unit

    def pairs(self) -> list[Pair]:
        """Return the pairs with the same number, or the same name and birth or phone, that nobody has told apart."""
        apart = {frozenset(pair) for pair in self._unit.get(APART, [])}
        person, department = table_of(Person), table_of(Department)
        query = (
            sa.select(person, department.c.name.label("department_name"))
            .outerjoin(department, department.c.id == person.c.department)
            .where(person.c.removed_at.is_(None))
            .order_by(person.c.id)
        )
        with self._operations.database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        found: dict[tuple[int, int], list[str]] = defaultdict(list)
        by_id = {row["id"]: row for row in rows}
        for one, other, reason in _alike(rows):
            if frozenset((one, other)) not in apart:
                found[one, other].append(reason)
        return [
            Pair(one, other, by_id[one]["name"], tuple(reasons), (_about(by_id[one]), _about(by_id[other])))
            for (one, other), reasons in sorted(found.items())
        ]

    def compare(self, one: int, other: int) -> Comparison:
        """Return both side by side; `one` is the record that would stay."""
        mine, theirs = self._both(one, other)
        items = [
            Item(each, mine.get(each.name), theirs.get(each.name))
            for each in _compared(mine, theirs)
            if mine.get(each.name) is not None or theirs.get(each.name) is not None
        ]
        names = (mine["person.name"], theirs["person.name"])
        about = (_about_facts(mine), _about_facts(theirs))
        return Comparison(one, other, names, about, tuple(items), self._coming(other))

    def merge(self, keep: int, other: int, from_other: Collection[str] | None = None) -> Changes:
        """Make two records one: of the data named the other's value is taken, by default of those only it knows."""
        if keep == other:
            raise Problem("没有合并：选的是同一个人。", "合并要有两条记录；数据没有动。", "请另选一条。")
        compared = self.compare(keep, other)
        taken = (
            from_other
            if from_other is not None
            else [item.datum.name for item in compared.items if item.from_other]
        )
        values = {item.datum.name: _stored(item, taken) for item in compared.items}
        about = {"merged": other, "into": keep}
        name = f"合并为一人 {compared.names[0]}"
        with self._operations.begin(name, about=about) as (operation, outcome):
            Merger(operation, keep, other).merge(values)
        return changes_of(outcome.written)

    def tell_apart(self, one: int, other: int) -> Changes:
        """Keep that two records are of two people, so that nobody is asked again."""
        mine, _ = self._both(one, other)
        with self._operations.begin(f"记下 {mine['person.name']} 同名的是两个人") as (operation, outcome):
            known = read_setting(operation.connection, APART, [])
            kept = [pair for pair in known if set(pair) != {one, other}]
            write_setting(operation, APART, [*kept, sorted((one, other))])
        return changes_of(outcome.written)

    def _both(self, one: int, other: int) -> tuple[Facts, Facts]:
        with self._operations.database.reading() as connection:
            found = facts_of(connection, self._unit.today(), ids=(one, other))
        if one not in found or other not in found:
            raise Problem(
                "找不到其中一个人。", "这条记录已经撤销或合并过；数据没有动。", "请回到名单里重新选。"
            )
        return found[one], found[other]

    def _coming(self, other: int) -> tuple[tuple[str, int], ...]:
        found = []
        with self._operations.database.reading() as connection:
            for record, field in links():
                table = table_of(record)
                query = sa.select(sa.func.count()).where(
                    table.c[field.key] == other, table.c.removed_at.is_(None)
                )
                if count := connection.execute(query).scalar_one():
                    found.append((record.noun, int(count)))
        return tuple(found)


def _alike(rows: Iterable[sa.RowMapping]) -> Iterator[tuple[int, int, str]]:
    numbers: dict[str, list[sa.RowMapping]] = defaultdict(list)
    names: dict[str, list[sa.RowMapping]] = defaultdict(list)
    for row in rows:
        names[closed(row["name"])].append(row)
        if number := identity_card.normal(row["id_number"] or ""):
            numbers[identity_card.from_15(number) if len(number) == 15 else number].append(row)
    for group in numbers.values():
        for one, other in itertools.combinations(group, 2):
            yield one["id"], other["id"], "身份证号相同"
    for group in names.values():
        for one, other in itertools.combinations(group, 2):
            born, also = one["birth_date"], other["birth_date"]
            if born is not None and also is not None and born.agrees(also):
                yield one["id"], other["id"], "同名，出生年月相同"
            if one["phone"] is not None and one["phone"] == other["phone"]:
                yield one["id"], other["id"], "同名，手机相同"


def _about(row: sa.RowMapping) -> str:
    parts = (row["position"] or row["post"], row["department_name"])
    return "　".join(filter(None, parts)) or "岗位未填"


def _about_facts(facts: Facts) -> str:
    department = facts.get("person.department")
    parts = (facts.get("person.position") or facts.get("person.post"), department and department.text)
    return "　".join(filter(None, parts)) or "岗位未填"


def _compared(mine: Facts, theirs: Facts) -> Iterator[Field]:
    """Yield the data of which one value must be chosen: steps and memberships only where both have them."""
    yield from person_data.PERSON
    if all(facts["membership.id"] and facts.get("membership.out_on") is None for facts in (mine, theirs)):
        yield from person_data.MEMBERSHIP
    both = (mine["steps"].keys() & theirs["steps"].keys()) - MANY
    for each in (*person_data.STEP_DAYS, *person_data.STEP_NOTES):
        if each.key in both:
            yield each


def _stored(item: Item, taken: Collection[str]) -> Any:
    value = item.other if item.datum.name in taken else item.one
    return value.id if isinstance(value, Link) else value
