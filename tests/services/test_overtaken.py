"""What another desk wrote first stays: whoever comes second is told both values, and loses nothing of what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from wuling_desktop.domain.kinds import Link
from wuling_desktop.services.cell_edits import CellEdit
from wuling_desktop.services.desk import Desk
from wuling_desktop.services.overtaken import Overtaken
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


@pytest.fixture
def other(desk: Desk) -> Desk:
    """A second desk on the same open data; of a file no other can be opened, but what it would do is the same."""
    return Desk(desk._database)


@pytest.fixture
def person(desk: Desk) -> int:
    return desk.people.add({"person.name": "韦清和", "person.position": "教研员"}).id


def facts(desk: Desk, person: int) -> dict[str, Any]:
    return desk.people.facts(Who("all", ids=(person,)), desk.unit.today())[0]


def test_the_second_is_told_both_values_and_nothing_is_written_over(
    desk: Desk, other: Desk, person: int
) -> None:
    other.people.change(person, {"person.position": "主任"})
    before = desk.history.entries()
    with pytest.raises(Overtaken) as told:
        desk.people.change(
            person,
            {"person.position": "副主任", "person.phone": "19900006021"},
            {"person.position": "教研员", "person.phone": None},
        )
    for value in ("教研员", "主任", "副主任"):
        assert f"“{value}”" in told.value.why
    assert told.value.what == "“行政职务”没有保存：别处刚刚改过它。"
    assert facts(desk, person)["person.position"] == "主任"
    assert facts(desk, person)["person.phone"] is None
    assert desk.history.entries() == before


def test_another_datum_of_the_same_person_is_no_hindrance(desk: Desk, other: Desk, person: int) -> None:
    other.people.change(person, {"person.position": "主任"})
    desk.people.change(person, {"person.phone": "19900006021"}, {"person.phone": None})
    desk.people.change(
        person, {"person.position": "主任"}, {"person.position": "教研员"}
    )  # both meant the same
    known = facts(desk, person)
    assert (known["person.position"], known["person.phone"]) == ("主任", "19900006021")


def test_a_step_and_a_branch_are_held_against_each_other_too(desk: Desk, other: Desk, person: int) -> None:
    other.people.change(person, {"person.standing": "正式党员", "branch.name": "第一党支部"})
    other.people.change(person, {"step_fact.applied_on": "2020-01-02"})
    with pytest.raises(Overtaken, match="2020-01-02"):
        desk.people.change(person, {"step_fact.applied_on": "2020-03-04"}, {"step_fact.applied_on": None})
    with pytest.raises(Overtaken, match="第一党支部"):
        desk.people.change(person, {"branch.name": "第二党支部"}, {"branch.name": None})
    branch = facts(desk, person)["branch.name"]
    desk.people.change(person, {"branch.name": "第二党支部"}, {"branch.name": branch})
    assert facts(desk, person)["branch.name"].text == "第二党支部"


def test_of_many_cells_the_overtaken_are_refused_and_the_others_written(
    desk: Desk, other: Desk, person: int
) -> None:
    second = desk.people.add({"person.name": "陆书翰"}).id
    other.people.change(person, {"person.position": "主任"})
    saved = desk.people.change_many(
        [
            CellEdit(person, "person.position", "副主任", "教研员"),
            CellEdit(person, "person.post", "语文", None),
            CellEdit(second, "person.position", "副主任", None),
        ]
    )
    (refused,) = saved.refused
    assert (refused.edit.row, refused.edit.name) == (person, "person.position")
    assert "别处刚改成“主任”" in refused.note
    assert facts(desk, person)["person.position"] == "主任"
    assert (facts(desk, person)["person.post"], facts(desk, second)["person.position"]) == ("语文", "副主任")


def test_a_row_of_a_ledger_is_guarded_alike(desk: Desk, other: Desk, person: int) -> None:
    second = desk.people.add({"person.name": "陆书翰"}).id
    typed = {"day": "2026-01-05", "person": "韦清和", "occasion": "节日慰问", "amount": "50"}
    visit = desk.ledgers.add("visit", typed).id
    seen = desk.ledgers.values("visit", visit)
    other.ledgers.change("visit", visit, {"amount": "60", "person": Link(second, "陆书翰")})
    with pytest.raises(Overtaken, match=r"“50.*“60.*“70"):
        desk.ledgers.change("visit", visit, {"amount": "70"}, {"amount": seen["amount"]})
    with pytest.raises(Overtaken, match="“陆书翰”"):
        desk.ledgers.change("visit", visit, {"person": "韦清和"}, {"person": Link(9, "黄若衡")})
    saved = desk.ledgers.change_many(
        "visit",
        [
            CellEdit(visit, "visit.amount", "70", seen["amount"]),
            CellEdit(visit, "visit.person", "韦清和", Link(second, "陆书翰")),
        ],
    )
    assert [refused.edit.name for refused in saved.refused] == ["visit.amount"]
    now = desk.ledgers.values("visit", visit)
    assert (str(now["amount"]), now["person"].text) == ("60.00", "韦清和")


def test_what_ones_own_desk_wrote_a_moment_ago_is_no_hindrance(desk: Desk, other: Desk, person: int) -> None:
    other.people.add({"person.name": "陆书翰"})
    for position in ("主任", "副主任"):  # typed twice before the screen has read it again
        desk.people.change(person, {"person.position": position}, {"person.position": "教研员"})
    assert desk.people.change_many([CellEdit(person, "person.position", "主管", "教研员")]).refused == ()
    assert facts(desk, person)["person.position"] == "主管"


def test_what_was_removed_meanwhile_is_not_written_to(desk: Desk, person: int) -> None:
    typed = {"day": "2026-01-05", "person": "韦清和", "occasion": "节日慰问"}
    visit = desk.ledgers.add("visit", typed).id
    desk.ledgers.remove("visit", [visit])
    with pytest.raises(Exception, match="找不到这一条记录"):
        desk.ledgers.change("visit", visit, {"amount": "70"})
    saved = desk.ledgers.change_many("visit", [CellEdit(visit, "visit.amount", "70")])
    assert [refused.note for refused in saved.refused] == ["这一条已经撤销"]


def test_a_preview_that_no_longer_holds_is_not_carried_out(desk: Desk, person: int, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["姓名", "行政职务", "手机"], ["韦清和", "副主任", "19900006021"], ["陆书翰", "主任", ""]):
        book.active.append(row)
    book.save(tmp_path / "花名册.xlsx")
    preview = desk.importing.preview(tmp_path / "花名册.xlsx")
    desk.people.change(person, {"person.position": "主任"})
    with pytest.raises(Overtaken) as told:
        desk.importing.commit(preview)
    assert told.value.what.startswith("“韦清和 的行政职务”")
    assert len(desk.people.choices("person")) == 1
    desk.importing.commit(desk.importing.preview(tmp_path / "花名册.xlsx"))
    assert facts(desk, person)["person.position"] == "副主任"
