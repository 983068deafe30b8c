"""变更记录: every change about a person as shown text, and the old value put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from wuling_desktop.services.desk import Desk


@pytest.fixture
def someone(desk: Desk) -> int:
    id_ = desk.people.add({"person.name": "韦清和", "person.phone": "19900001111"}).id
    desk.people.change(id_, {"person.standing": "预备党员", "step_fact.assembly_on": "2025-11-27"})
    desk.people.change(id_, {"step_fact.assembly_on": "2025-11-28", "branch.name": "第二党支部"})
    desk.people.change(id_, {"person.phone": "19900002222", "person.ethnic_group": "壮"})
    return id_


def test_lines_say_who_what_and_from_what_to_what(desk: Desk, someone: int) -> None:
    lines = desk.person_history.of(someone)
    said = {(each.label, each.old, each.new) for each in lines}
    assert ("入党日期", "2025-11-27", "2025-11-28") in said
    assert ("所在党支部", "第一党支部", "第二党支部") in said
    assert ("民族", "", "壮族") in said
    assert ("入党日期", "", "新增　2025-11-28") in said
    assert {each.clerk for each in lines} == {"试用"}
    assert lines == sorted(lines, key=lambda each: each.id, reverse=True)


def test_private_values_are_masked(desk: Desk, someone: int) -> None:
    (phone,) = [each for each in desk.person_history.of(someone) if each.label == "手机"]
    assert (phone.old, phone.new) == ("199****1111", "199****2222")


def test_an_old_value_is_put_back_as_an_operation(desk: Desk, someone: int) -> None:
    line = next(each for each in desk.person_history.of(someone) if each.label == "入党日期" and each.old)
    changes = desk.person_history.restore(someone, line.id)
    assert changes.name == "恢复 韦清和 的入党日期"
    (facts,) = desk.people.facts(Who(), desk.unit.today())
    assert str(facts["step_fact.assembly_on"]) == "2025-11-27"
    with pytest.raises(Problem, match="没有恢复"):
        desk.person_history.restore(someone, line.id)
    desk.history.undo()
    (facts,) = desk.people.facts(Who(), desk.unit.today())
    assert str(facts["step_fact.assembly_on"]) == "2025-11-28"


def test_a_step_that_was_emptied_comes_back(desk: Desk, someone: int) -> None:
    desk.people.change(someone, {"step_fact.assembly_on": ""})
    line = next(each for each in desk.person_history.of(someone) if each.restorable)
    assert (line.label, line.old, line.new) == ("入党日期", "2025-11-28", "撤销录入")
    desk.person_history.restore(someone, line.id)
    (facts,) = desk.people.facts(Who(), desk.unit.today())
    assert str(facts["step_fact.assembly_on"]) == "2025-11-28"


def test_every_ledger_about_the_person_is_seen(desk: Desk, someone: int) -> None:
    visit = desk.ledgers.add(
        "visit", {"day": "2026-01-05", "person": desk.people.choices("person")[0], "occasion": "节日慰问"}
    )
    desk.ledgers.change("visit", visit.id, {"goods": "米、油"})
    labels = [each.label for each in desk.person_history.of(someone)]
    assert labels[:2] == ["走访慰问·慰问品", "走访慰问"]


def test_after_a_merge_the_history_of_both_is_told(desk: Desk, someone: int) -> None:
    other = desk.people.add({"person.name": "韦青和"}).id
    desk.people.change(other, {"step_fact.talk_on": "2023-05"})
    desk.duplicates.merge(someone, other)
    assert any(each.operation == "合并为一人 韦清和" for each in desk.person_history.of(someone))
    assert any("2023-05" in each.new for each in desk.person_history.of(someone))
