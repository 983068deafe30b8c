"""转接: begun, on its way, taken on; nobody leaves before the others have recorded it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.people import Who
from wuling_desktop.services.transfers import State

if TYPE_CHECKING:
    from wuling_desktop.services.desk import Desk

START = {"out_started_on": "2026-11-02", "out_to": "某中学党支部", "dues_paid_until": "2026-11"}


@pytest.fixture
def member(desk: Desk) -> int:
    id_ = desk.people.add({"person.name": "韦清和"}).id
    desk.people.change(id_, {"person.standing": "正式党员"})
    return id_


def counts(desk: Desk) -> tuple[int, int, int]:
    found = desk.people.counts(desk.unit.today())
    return found["members"], found["moving"], found["left"]


def test_a_member_stays_ours_until_taken_on(desk: Desk, member: int) -> None:
    assert desk.transfers.start_out(member, START).name == "发起转出 韦清和"
    (transfer,) = desk.transfers.of(member)
    assert (transfer.state, transfer.other, str(transfer.dues_paid_until)) == (
        State.UNDER_WAY,
        "某中学党支部",
        "2026-11",
    )
    assert counts(desk) == (1, 1, 0)
    assert [each.person for each in desk.transfers.under_way()] == [member]
    desk.transfers.receive(member, "2026-11-20")
    (transfer,) = desk.transfers.of(member)
    assert (transfer.state, str(transfer.received_on)) == (State.RECEIVED, "2026-11-20")
    assert counts(desk) == (0, 0, 1)
    desk.history.undo()
    assert counts(desk) == (1, 1, 0)


def test_what_comes_is_ours_when_it_is_here(desk: Desk) -> None:
    id_ = desk.people.add({"person.name": "陆书翰"}).id
    start = {"in_started_on": "2026-11-02", "in_from": "某局机关党支部", "branch": "", "kind": "正式党员"}
    desk.transfers.start_in(id_, start)
    assert counts(desk) == (0, 1, 0)
    desk.transfers.receive(id_, "2026-11-10")
    assert counts(desk) == (1, 0, 0)
    (facts,) = desk.people.facts(Who(), desk.unit.today())
    assert str(facts["membership.in_on"]) == "2026-11-10"


@pytest.mark.parametrize("outward", [True, False])
def test_what_was_begun_can_be_given_up(desk: Desk, member: int, outward: bool) -> None:  # noqa: FBT001 - a case
    who = member
    if outward:
        desk.transfers.start_out(member, START)
    else:
        who = desk.people.add({"person.name": "陆书翰"}).id
        desk.transfers.start_in(who, {"in_started_on": "2026-11-02", "in_from": "某局机关党支部"})
    desk.transfers.cancel(who)
    assert desk.transfers.of(who) == []
    assert counts(desk) == (1, 0, 0)


def test_who_left_may_come_back_and_the_history_stays(desk: Desk, member: int) -> None:
    desk.transfers.start_out(member, START)
    desk.transfers.receive(member, "2026-11-10")
    desk.transfers.start_in(member, {"in_started_on": "2026-11-20", "in_from": "某中学党支部"})
    desk.transfers.receive(member, "2026-11-23")
    assert [each.outward for each in desk.transfers.of(member)] == [False, True]
    assert counts(desk) == (1, 0, 0)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"out_started_on": "2026-11-02"}, "转往何处"),
        ({"out_to": "某中学党支部"}, "转出发起日期"),
        ({"out_started_on": "2026-12-02", "out_to": "某中学党支部"}, "在今天之后"),
    ],
)
def test_a_start_needs_its_day_and_its_other_end(
    desk: Desk, member: int, values: dict[str, str], words: str
) -> None:
    with pytest.raises(Problem, match=words):
        desk.transfers.start_out(member, values)


def test_what_cannot_be_is_said(desk: Desk, member: int) -> None:
    stranger = desk.people.add({"person.name": "陆书翰"}).id
    with pytest.raises(Problem, match="没有正常的党籍"):
        desk.transfers.start_out(stranger, START)
    with pytest.raises(Problem, match="没有在途的转接"):
        desk.transfers.receive(member, "2026-11-10")
    with pytest.raises(Problem, match="没有结束的党籍"):
        desk.transfers.start_in(member, {"in_started_on": "2026-11-02", "in_from": "某处"})
    desk.transfers.start_out(member, START)
    with pytest.raises(Problem, match="不早于发起日期"):
        desk.transfers.receive(member, "2026-11-01")
    with pytest.raises(Problem, match="已有一份"):
        desk.transfers.start_out(member, START)
