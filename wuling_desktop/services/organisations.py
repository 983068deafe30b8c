"""党组织: the tree of general branch, branches and groups; which part of it is looked at; adding and renaming."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from wuling_desktop.domain.codes import OrganisationKind
from wuling_desktop.domain.problems import Problem
from wuling_desktop.records import Membership, Organisation, Person
from wuling_desktop.records.base import table_of
from wuling_desktop.services.changes import Changes, changes_of
from wuling_desktop.services.unit import UNIT_NAME, organisation_kind, write_setting

if TYPE_CHECKING:
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.storage.operations import Operations

_KINDS = tuple(OrganisationKind)


@dataclass(frozen=True, slots=True)
class Place:
    """One organisation in the tree: how deep it lies, and how many people stand in it by their membership."""

    id: int
    name: str
    kind: str
    parent: int | None
    depth: int
    people: int


class Organisations:
    """Reads and changes the tree; every change is one named operation."""

    def __init__(self, operations: Operations, unit: Unit) -> None:
        self._operations = operations
        self._unit = unit

    def tree(self) -> list[Place]:
        """Return the organisations from the top down, each above what lies under it."""
        table, member = table_of(Organisation), table_of(Membership)
        living = sa.select(table).where(table.c.removed_at.is_(None)).order_by(table.c.id)
        counted = (
            sa.select(member.c.branch, sa.func.count())
            .join(Person, Person.id == member.c.person)
            .where(member.c.removed_at.is_(None), member.c.out_on.is_(None), Person.removed_at.is_(None))
            .group_by(member.c.branch)
        )
        with self._operations.database.reading() as connection:
            rows = list(connection.execute(living))
            people = {row[0]: row[1] for row in connection.execute(counted)}
        known = {row.id for row in rows}
        rank = {kind.value: place for place, kind in enumerate(_KINDS)}
        rows.sort(key=lambda row: (rank.get(str(row.kind), len(rank)), row.id))
        found: list[Place] = []

        def hang(parent: int | None, depth: int) -> None:
            for row in rows:
                above = row.parent if row.parent in known and row.parent != row.id else None
                if above == parent and row.id not in {place.id for place in found}:
                    found.append(Place(row.id, row.name, row.kind, above, depth, people.get(row.id, 0)))
                    hang(row.id, depth + 1)

        hang(None, 0)
        return found

    def choices(self) -> list[Place]:
        """Return what can be looked at by itself; nothing where there is but one organisation."""
        tree = self.tree()
        return tree if len(tree) > 1 else []

    def look_at(self, id_: int | None) -> None:
        """Narrow people and ledgers to one organisation and what lies under it; the top is everybody."""
        tree = self.tree()
        whole = id_ is None or (tree[:1] and tree[0].id == id_)
        self._unit.looks_at = None if whole else id_

    def add(self, name: str, parent: int | None) -> Changes:
        """Add an organisation under another one."""
        name = _named(name)
        with self._operations.begin(f"新增党组织 {name}") as (operation, outcome):
            operation.add(Organisation, [{"name": name, "kind": organisation_kind(name), "parent": parent}])
        return changes_of(outcome.written)

    def rename(self, id_: int, name: str) -> Changes:
        """Give an organisation another name; its people stay in it, and new forms bear the new name."""
        name = _named(name)
        before = next((place.name for place in self.tree() if place.id == id_), "")
        with self._operations.begin(f"党组织改名：{before} 改为 {name}") as (operation, outcome):
            operation.change(Organisation, id_, {"name": name})
        return changes_of(outcome.written)

    def rename_unit(self, name: str) -> Changes:
        """Give the unit another name; new forms bear it."""
        name = _named(name)
        with self._operations.begin(f"单位名称改为 {name}") as (operation, outcome):
            write_setting(operation, UNIT_NAME, name)
        return changes_of(outcome.written)


def _named(name: str) -> str:
    if not name.strip():
        raise Problem("没有保存：名称是空的。", "表头上要印它；原来的名称没有动。", "请填上名称。")
    return name.strip()
