"""The tree of Party organisations: what is looked at narrows people, counts, ledgers and forms; names can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk


def branch(desk: Desk, name: str) -> int:
    return next(place.id for place in desk.organisations.tree() if place.name == name)


def test_the_tree_stands_from_the_top_down(demo: Desk) -> None:
    tree = demo.organisations.tree()
    assert [place.depth for place in tree] == [0, 1, 1, 1]
    assert [place.name for place in tree[1:]] == ["第一党支部", "第二党支部", "第三党支部"]
    assert sum(place.people for place in tree) >= 42


def test_a_file_with_one_branch_has_nothing_to_choose(desk: Desk) -> None:
    assert desk.organisations.choices() == []


def test_people_and_counts_are_narrowed_to_a_branch(demo: Desk) -> None:
    today = demo.unit.today()
    whole = demo.people.counts(today)["members"]
    parts = []
    for name in ("第一党支部", "第二党支部", "第三党支部"):
        demo.organisations.look_at(branch(demo, name))
        assert demo.unit.title() == name
        rows = demo.people.rows([demo.people.datums()[0]], Who(), today)
        assert demo.people.counts(today)["members"] == len(rows)
        parts.append(len(rows))
    assert sum(parts) == whole
    assert all(parts)
    demo.organisations.look_at(None)
    assert demo.people.counts(today)["members"] == whole


def test_the_top_is_everybody(demo: Desk) -> None:
    demo.organisations.look_at(demo.organisations.tree()[0].id)
    assert demo.unit.reach() is None
    assert demo.people.counts(demo.unit.today())["members"] == 42


def test_forms_and_ledgers_follow_what_is_looked_at(demo: Desk, tmp_path: Path) -> None:
    today = demo.unit.today()
    every = demo.exporting.fill("visits", as_of=today).rows
    demo.organisations.look_at(branch(demo, "第二党支部"))
    filled = demo.exporting.fill("roster_general", as_of=today)
    assert filled.rows == demo.people.counts(today)["members"]
    assert 0 < demo.exporting.fill("visits", as_of=today).rows < every
    assert demo.exporting.write_ledger(tmp_path / "走访.xlsx", "visit") < every


def test_whoever_is_named_is_shown_wherever_one_looks(demo: Desk) -> None:
    today = demo.unit.today()
    demo.organisations.look_at(branch(demo, "第一党支部"))
    here = {row.id for row in demo.people.rows((), Who("all"), today)}
    elsewhere = next(link.id for link in demo.people.choices("person") if link.id not in here)
    assert demo.people.card(elsewhere, today).id == elsewhere
    assert len(demo.people.rows((), Who("all", ids=(elsewhere,)), today)) == 1


def test_an_import_knows_the_people_of_every_branch(demo: Desk) -> None:
    demo.organisations.look_at(branch(demo, "第一党支部"))
    assert len(demo.people.facts(Who("all"), demo.unit.today())) > 42


def test_a_group_looked_at_is_part_of_its_branch(desk: Desk) -> None:
    (top,) = desk.organisations.tree()
    desk.organisations.add("第一党小组", top.id)
    desk.organisations.add("第二党小组", top.id)
    assert [place.depth for place in desk.organisations.tree()] == [0, 1, 1]
    desk.organisations.look_at(branch(desk, "第一党小组"))
    assert desk.unit.reach() == {branch(desk, "第一党小组")}
    desk.history.undo()
    desk.history.undo()
    assert desk.unit.reach() is None


def test_names_are_changed_by_named_operations(desk: Desk) -> None:
    (top,) = desk.organisations.tree()
    assert desk.organisations.rename(top.id, " 第一支部 ").name == "党组织改名：第一党支部 改为 第一支部"
    assert desk.organisations.rename_unit("青江市教育研究院").name == "单位名称改为 青江市教育研究院"
    assert (desk.unit.title(), desk.unit.name()) == ("第一支部", "青江市教育研究院")
    desk.history.undo()
    desk.history.undo()
    assert (desk.unit.title(), desk.unit.name()) == ("第一党支部", "青江市教科所")


def test_a_name_is_not_empty_and_not_borne_twice(desk: Desk) -> None:
    with pytest.raises(Problem, match="名称是空的"):
        desk.organisations.add("  ", None)
    with pytest.raises(Problem, match="同名"):
        desk.organisations.add("第一党支部", None)
