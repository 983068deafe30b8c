"""批量修改: one datum of several people in one named operation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services import person_data
from wuling_desktop.services.changes import changes_of
from wuling_desktop.services.people import Who, read_typed
from wuling_desktop.services.person_facts import facts_of
from wuling_desktop.services.person_writing import Draft, PersonWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.domain.fields import Field
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.people import People
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.storage.operations import Operations

# What people share; a name, a number, a phone or a day of birth is nobody else's.
_SHARED = (
    "branch.name",
    "person.standing",
    "person.department",
    "person.position",
    "person.post",
    "person.subject",
    "person.staff_kind",
    "person.title",
    "person.title_level",
    "person.ethnic_group",
    "person.political_status",
    "person.education",
    "person.degree",
    "membership.full_from",
    "step_fact.assembly_on",
    "membership.dues_paid_until",
    "membership.last_contact",
    "membership.away_from",
    "membership.away_place",
    "membership.away_registered_on",
    "person.note",
)
_FIELDS: dict[str, Field] = {
    each.name: each
    for each in (*person_data.STORED, person_data.STANDING_READ, person_data.BRANCH_READ)
    if each.name in _SHARED
}


class Batch:
    """Changes several people at once."""

    def __init__(self, operations: Operations, unit: Unit, people: People) -> None:
        self._operations, self._unit, self._people = operations, unit, people

    @staticmethod
    def fields() -> tuple[Field, ...]:
        """Return what may be changed for several people at once."""
        return tuple(_FIELDS[name] for name in _SHARED)

    def values(self, ids: Sequence[int], name: str) -> list[tuple[str, int]]:
        """Return what stands there now and how often, the most frequent first."""
        each = _FIELDS[name]
        found = self._people.facts(Who("all", ids=tuple(ids)), self._unit.today())
        counted = Counter(each.show(facts.get(name)) or "未填" for facts in found)
        return counted.most_common()

    def change(self, ids: Sequence[int], name: str, typed: Any) -> Changes:
        """Give one datum of all of them the same value."""
        today = self._unit.today()
        found = self._people.facts(Who("all", ids=tuple(ids)), today)
        if not found:
            raise Problem("没有修改：一个人也没有选。", "数据没有动。", "请先在名单里选人。")
        read, _ = read_typed(_FIELDS, {name: typed}, today)
        label = _FIELDS[name].label
        with self._operations.begin(f"修改 {len(found)} 人的{label}") as (operation, outcome):
            writer = PersonWriter(operation)
            now = facts_of(
                operation.connection, today, ids=[facts["person.id"] for facts in found], figures=()
            )
            for facts in now.values():
                writer.change(Draft(read, facts))
        return changes_of(outcome.written)
