"""People: found, shown, corrected, taken back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from wuling_desktop.domain.codes import Standing
from wuling_desktop.domain.problems import Problem
from wuling_desktop.services import person_data
from wuling_desktop.services.cell_edits import CellEdit
from wuling_desktop.services.people import Who
from wuling_desktop.services.person_groups import complete, lacks_something

if TYPE_CHECKING:
    from wuling_desktop.services.desk import Desk


def test_the_demo_branch(demo: Desk) -> None:
    counts = demo.people.counts(demo.unit.today())
    assert (counts["members"], counts["full"], counts["probationary"]) == (42, 39, 3)
    assert (counts["pipeline"], counts["others"], counts["all"]) == (7, 5, 54)
    assert 0 < counts["incomplete"] < 15
    assert [link.text for link in demo.unit.organisations()][1:] == ["第一党支部", "第二党支部", "第三党支部"]
    with pytest.raises(Problem, match="已经有人员"):
        demo.demo.fill()


def test_a_card_tells_what_is_missing(demo: Desk) -> None:
    (row,) = demo.people.rows((), Who(word="覃乐川"), demo.unit.today())
    card = demo.people.card(row.id, demo.unit.today())
    assert card.standing is Standing.FULL
    assert [datum.label for datum in card.missing] == ["籍贯"]
    demo.people.change(row.id, {"person.native_place": "广西南宁"})
    card = demo.people.card(row.id, demo.unit.today())
    assert (card.percent, card.missing) == (100, ())


def test_each_value_lives_in_its_own_row(desk: Desk) -> None:
    saved = desk.people.add({"person.name": "韦清和", "person.id_number": "450102198002290012"})
    desk.people.change(
        saved.id,
        {
            "person.standing": "预备党员",
            "step_fact.assembly_on": "2025.11.27",
            "branch.name": "第一党支部",
            "committee_member.post": "组织委员",
            "step_note.introducers_on": "陆书翰、覃乐川",
        },
    )
    (facts,) = desk.people.facts(Who(), desk.unit.today())
    assert facts["person.standing"] is Standing.PROBATIONARY
    assert str(facts["step_fact.assembly_on"]) == "2025-11-27"
    assert facts["branch.name"].text == "第一党支部"
    assert facts["committee_member.post"] == "3"
    assert facts["step_note.introducers_on"] == "陆书翰、覃乐川"
    desk.history.undo()
    assert desk.people.counts(desk.unit.today())["members"] == 0


def test_the_impossible_is_refused_and_the_doubtful_kept(desk: Desk) -> None:
    id_ = desk.people.add({"person.name": "韦清和"}).id
    with pytest.raises(Problem, match="在今天之后"):
        desk.people.change(id_, {"person.work_start": "2027-01"})
    with pytest.raises(Problem, match="姓名不能为空"):
        desk.people.change(id_, {"person.name": " "})
    saved = desk.people.change(id_, {"person.id_number": "450102198002290013"})
    assert "待核" in saved.complaints["person.id_number"]


def test_one_identity_number_one_person(desk: Desk) -> None:
    desk.people.add({"person.name": "韦清和", "person.id_number": "450102198002290012"})
    with pytest.raises(Problem, match="已经有一个人用这个身份证号"):
        desk.people.add({"person.name": "另一人", "person.id_number": "450102198002290012"})
    assert desk.people.counts(desk.unit.today())["all"] == 1


def test_withdrawn_and_put_back(demo: Desk) -> None:
    ids = [row.id for row in demo.people.rows((), Who(), demo.unit.today())][:2]
    changes = demo.people.withdraw(ids)
    assert changes.name.startswith("撤销误录")
    assert demo.people.counts(demo.unit.today())["members"] == 40
    demo.history.undo()
    assert demo.people.counts(demo.unit.today())["members"] == 42


def test_a_list_for_an_earlier_day_holds_the_members_of_that_day(demo: Desk) -> None:
    """Who joined later is not in it, who converted later is a probationer in it."""
    joined = [datum for datum in demo.people.datums() if datum.name == "step_fact.assembly_on"]
    day = dt.date(2015, 1, 1)
    rows = demo.people.rows(joined, Who(), day)
    assert 0 < len(rows) < 42
    assert all(row.values[0].first <= day for row in rows)
    assert demo.people.counts(day)["probationary"] > 0
    assert len(demo.people.rows(joined, Who(), demo.unit.today())) == 42


def test_a_date_before_birth_is_refused_wherever_it_is_typed(desk: Desk) -> None:
    born, early = {"person.name": "韦清和", "person.birth_date": "1981-12-12"}, "1960.1.1"
    with pytest.raises(Problem, match="“入党日期”没有保存：1960-01-01 早于出生日期"):
        desk.people.add({**born, "step_fact.assembly_on": early})
    id_ = desk.people.add(born).id
    with pytest.raises(Problem, match="“入党日期”没有保存"):
        desk.people.change(id_, {"step_fact.assembly_on": early})
    edits = [
        CellEdit(id_, "step_fact.assembly_on", early),
        CellEdit(id_, "person.post", "教研员"),
        CellEdit(-1, "person.name", "陆书翰"),
        CellEdit(-1, "person.birth_date", "1990.1"),
        CellEdit(-1, "step_fact.assembly_on", early),
    ]
    assert len(desk.people.look_at_many(edits).refused) == 2
    saved = desk.people.change_many(edits)
    assert [(each.edit, each.note) for each in saved.refused] == [
        (edits[0], "1960-01-01 早于出生日期"),
        (edits[4], "1960-01-01 早于出生日期"),
    ]
    facts = {each["person.name"]: each for each in desk.people.facts(Who("all"), dt.date(2026, 11, 24))}
    assert facts["韦清和"]["person.post"] == "教研员"
    assert [each["steps"] for each in facts.values()] == [{}, {}]


def test_the_number_of_a_group_is_that_of_its_rows(demo: Desk) -> None:
    today = demo.unit.today()
    for group, count in demo.people.counts(today).items():
        who = Who(group, month=today.month)
        assert len(demo.people.rows((), who, today)) == count, group


def test_who_lacks_something_is_who_is_not_complete(demo: Desk) -> None:
    today = demo.unit.today()
    found = demo.people.facts(Who("all"), today)
    assert any(lacks_something(facts) for facts in found)
    assert not all(lacks_something(facts) for facts in found)
    for facts in found:
        assert lacks_something(facts) == (complete(facts).percent < 100)
        known = facts | {datum.name: datum.name for datum in person_data.EXPECTED_OF_ALL}
        for name in ("membership.full_from", "membership.kind", "person.name", "step_fact.assembly_on"):
            for value in (None, facts.get("membership.full_from")):
                changed = known | {name: value}
                assert lacks_something(changed) == (complete(changed).percent < 100)


def test_an_edit_reads_the_person_once_and_only_what_it_needs(demo: Desk, asked: Any) -> None:
    (first, *_) = demo.people.choices("person")
    with asked(demo) as statements:
        demo.people.change(first.id, {"person.phone": "19900001234"})
    assert sum("FROM step_fact" in each for each in statements) == 1
    assert not [each for each in statements if "FROM department WHERE" in each]
