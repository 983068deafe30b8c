"""已撤销的录入: taken back by mistake, noticed the next day, put back with all links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from wuling_desktop.services.desk import Desk


def test_one_of_several_is_put_back_with_what_went_along(demo: Desk) -> None:
    today = demo.unit.today()
    first, second = (row.id for row in demo.people.rows((), Who(), today)[:2])
    before = demo.people.facts(Who("all", ids=(first,)), today)
    demo.people.withdraw([first, second])
    listed = demo.withdrawn.listing()
    assert {each.id for each in listed} == {first, second}
    entry = next(each for each in listed if each.id == first)
    assert (entry.noun, entry.text, entry.clerk) == ("人员", before[0]["person.name"], "试用")
    assert entry.along > 1
    changes = demo.withdrawn.put_back("person", first)
    assert changes.name == f"放回 人员 {entry.text}"
    assert demo.people.facts(Who("all", ids=(first,)), today) == before
    assert [each.id for each in demo.withdrawn.listing()] == [second]
    with pytest.raises(Problem, match="没有放回"):
        demo.withdrawn.put_back("person", first)


def test_an_entry_of_a_ledger_is_told_by_its_day_and_its_person(demo: Desk) -> None:
    (visit, *_) = demo.ledgers.rows("visit")
    demo.ledgers.remove("visit", [visit.id])
    (entry,) = demo.withdrawn.listing()
    assert entry.text == f"{visit.values[0]}　{visit.values[1].text}"
    demo.withdrawn.put_back("visit", visit.id)
    assert visit.id in [row.id for row in demo.ledgers.rows("visit")]


def test_what_undo_takes_away_is_not_listed(desk: Desk) -> None:
    desk.people.add({"person.name": "韦清和"})
    desk.history.undo()
    assert desk.withdrawn.listing() == []


def test_what_was_withdrawn_again_by_redo_is_listed(desk: Desk) -> None:
    id_ = desk.people.add({"person.name": "韦清和"}).id
    desk.people.withdraw([id_])
    desk.history.undo()
    desk.history.redo()
    assert [each.id for each in desk.withdrawn.listing()] == [id_]
