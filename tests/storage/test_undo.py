"""Undo: latest first, redo until something new is done, what was touched since stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.people import Who
from wuling_desktop.storage import undo

if TYPE_CHECKING:
    from wuling_desktop.services.desk import Desk

pytestmark = pytest.mark.both_engines


def place(desk: Desk, id_: int) -> str | None:
    (facts,) = desk.people.facts(Who("all", ids=(id_,)), desk.unit.today())
    return facts["person.native_place"]


def test_undo_and_redo_walk_the_same_path(desk: Desk) -> None:
    id_ = desk.people.add({"person.name": "韦清和"}).id
    for text in ("甲地", "乙地", "丙地"):
        desk.people.change(id_, {"person.native_place": text})
    desk.history.undo()
    desk.history.undo()
    assert place(desk, id_) == "甲地"
    desk.history.redo()
    assert place(desk, id_) == "乙地"
    desk.history.undo()
    desk.history.undo()
    assert place(desk, id_) is None
    assert desk.history.latest().name == "新增 韦清和"
    for _ in range(3):
        desk.history.redo()
    assert place(desk, id_) == "丙地"
    with pytest.raises(Problem, match="没有可以重做"):
        desk.history.redo()


def test_something_new_ends_redo(desk: Desk) -> None:
    id_ = desk.people.add({"person.name": "韦清和"}).id
    desk.people.change(id_, {"person.native_place": "甲地"})
    desk.history.undo()
    desk.people.change(id_, {"person.native_place": "乙地"})
    with pytest.raises(Problem, match="没有可以重做"):
        desk.history.redo()


def test_what_was_touched_since_stays_and_is_listed(desk: Desk) -> None:
    id_ = desk.people.add({"person.name": "韦清和"}).id
    first = desk.people.change(
        id_, {"person.native_place": "甲地", "person.position": "主任"}
    ).changes.operation
    desk.people.change(id_, {"person.native_place": "乙地"})
    undone = desk.history.undo(first)
    (kept,) = undone.kept
    assert (kept.field, kept.before, kept.written, kept.now) == ("native_place", None, "甲地", "乙地")
    assert place(desk, id_) == "乙地"


def test_a_person_others_point_at_stays(desk: Desk) -> None:
    saved = desk.people.add({"person.name": "韦清和"})
    day, reason = "2026-07-01", "节日慰问"
    desk.ledgers.add("visit", {"day": day, "person": "韦清和", "occasion": reason})
    with pytest.raises(Problem, match="没有可撤销的内容"):
        desk.history.undo(saved.changes.operation)
    assert desk.people.counts(desk.unit.today())["all"] == 1


def test_what_another_desk_took_back_or_did_again_is_not_done_twice(desk: Desk) -> None:
    desk.people.add({"person.name": "韦清和"})
    operations = desk.people._operations
    standing = desk.history.latest()
    desk.history.undo()
    with pytest.raises(Problem, match="别处刚刚撤销过"):
        undo.take_back(operations, standing)
    undone = desk.history.next_redo()
    desk.history.redo()
    with pytest.raises(Problem, match="别处刚刚重做过"):
        undo.do_again(operations, undone)
    assert [entry.kind for entry in desk.history.entries()] == ["redo", "undo", "do", "found"]


def test_only_ones_own_operations(desk: Desk) -> None:
    desk.people.add({"person.name": "韦清和"})
    desk.unit.set_clerk("另一人")
    desk.people.add({"person.name": "陆书翰"})
    desk.history.undo()
    assert [link.text for link in desk.people.choices("person")] == ["韦清和"]
    assert desk.history.latest() is None
