"""The rules run over people, and the one thing that is due."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from wuling_desktop import records
from wuling_desktop.domain.findings import Grade
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.services.person_findings import due

if TYPE_CHECKING:
    from wuling_desktop.services.desk import Desk


@pytest.fixture
def member(desk: Desk) -> int:
    id_ = desk.people.add({"person.name": "韦清和"}).id
    desk.people.change(id_, {"person.standing": "正式党员", "membership.full_from": "1977-07-01"})
    return id_


def rules(desk: Desk, today: dt.date, *ids: int) -> list[str]:
    return [each.rule for each in desk.findings.of(today, ids or None)]


def test_the_demo_branch_is_examined_whole(demo: Desk) -> None:
    found = demo.findings.of(demo.unit.today())
    assert len({each.key for each in found}) == len(found)
    assert found == sorted(found, key=lambda each: list(Grade).index(each.grade))


def test_lost_contact_is_due_at_its_field(desk: Desk, member: int, today: dt.date) -> None:
    assert rules(desk, today, member) == []
    desk.people.change(member, {"membership.last_contact": "2026-03-31", "membership.search_log": "走访两次"})
    finding = due(desk.findings.of(today, (member,)), today)
    assert finding is not None
    assert (finding.rule, finding.grade, finding.place.field) == ("ORG-07", Grade.EXPLAIN, "last_contact")


def test_a_transfer_under_way_is_told(desk: Desk, member: int, today: dt.date) -> None:
    desk.transfers.start_out(member, {"out_started_on": "2026-11-02", "out_to": "某处"})
    assert rules(desk, today, member) == ["ORG-05"]


def test_fifty_years_are_listed_unless_a_measure_restricts(desk: Desk, member: int) -> None:
    april = dt.date(2027, 4, 1)
    assert rules(desk, april, member) == ["ORG-14"]
    with desk.people._operations.begin("处分") as (operation, _):
        operation.add(
            records.Discipline,
            [{"person": member, "measure": "1", "decided_on": PartialDate(2026, 10, 8)}],
        )
    assert rules(desk, april, member) == []


def test_praise_under_a_measure_must_be_put_right_first(desk: Desk, member: int, today: dt.date) -> None:
    desk.people.change(member, {"membership.last_contact": "2026-08-01"})
    with desk.people._operations.begin("处分和表彰") as (operation, _):
        operation.add(
            records.Discipline, [{"person": member, "measure": "1", "decided_on": PartialDate(2026, 3, 10)}]
        )
        operation.add(
            records.Award, [{"person": member, "name": "优秀党员", "given_on": PartialDate(2026, 7, 1)}]
        )
    found = desk.findings.of(today, (member,))
    assert [each.rule for each in found] == ["ORG-20", "ORG-07"]
    finding = due(found, today)
    assert finding is not None
    assert finding.grade is Grade.MUST


def test_a_state_that_cannot_follow_is_seen_in_the_log(desk: Desk, member: int, today: dt.date) -> None:
    desk.people.change(member, {"membership.state": "死亡"})
    desk.people.change(member, {"membership.state": "正常"})
    assert rules(desk, today, member) == ["ORG"]


def test_nothing_due(desk: Desk, today: dt.date) -> None:
    assert due(desk.findings.of(today), today) is None
