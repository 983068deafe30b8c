"""批量修改: several people, one datum, one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from wuling_desktop.services.desk import Desk


def test_one_operation_for_all(demo: Desk) -> None:
    ids = [row.id for row in demo.people.rows((), Who(), demo.unit.today())][:3]
    assert demo.batch.values(ids, "branch.name")
    changes = demo.batch.change(ids, "branch.name", "第三党支部")
    assert changes.name == "修改 3 人的所在党支部"
    assert demo.batch.values(ids, "branch.name") == [("第三党支部", 3)]
    demo.history.undo()
    assert demo.batch.values(ids, "branch.name") != [("第三党支部", 3)]


def test_what_cannot_be_read_changes_nobody(demo: Desk) -> None:
    ids = [row.id for row in demo.people.rows((), Who(), demo.unit.today())][:3]
    before = demo.batch.values(ids, "step_fact.assembly_on")
    with pytest.raises(Problem, match="没有保存"):
        demo.batch.change(ids, "step_fact.assembly_on", "2099-01-01")
    assert demo.batch.values(ids, "step_fact.assembly_on") == before
    with pytest.raises(Problem, match="一个人也没有选"):
        demo.batch.change([], "person.post", "教研员")


def test_what_is_a_persons_own_is_not_offered(demo: Desk) -> None:
    names = {each.name for each in demo.batch.fields()}
    assert not names & {"person.name", "person.id_number", "person.phone", "person.birth_date"}
