"""A roster row by row: what 党籍状态 tells, and what a title over a block of people does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk


@pytest.mark.parametrize(
    ("kind", "state", "taken", "noticed"),
    [
        (None, "预备党员", "预备党员", []),
        ("正式党员", "正式党员", "正式党员", []),
        ("223_正式党员", "59325_正式党员", "正式党员", []),
        ("正式党员", "预备党员", "正式党员", ["B"]),  # which of the two is right, the user must see
        ("在职", "预备党员", "预备党员", ["B"]),
        ("正式党员", "59327_已死亡", "正式党员", []),  # a state in the strict sense stays one
    ],
)
def test_party_state_filled_with_the_kind_of_member(
    kind: str | None, state: str, taken: str, noticed: list[str], desk: Desk, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.append(["姓名", "党员类别", "党籍状态"])
    book.active.append(["韦清和", kind, state])
    book.save(tmp_path / "名单.xlsx")
    preview = desk.importing.preview(tmp_path / "名单.xlsx")
    (row,) = preview.rows
    shown = {datum.name: datum for datum in desk.importing.datums("党员")}["person.standing"].show
    assert shown(row.values["person.standing"]) == taken
    assert [problem.column for problem in row.problems] == noticed


@pytest.mark.parametrize(
    ("title", "branch"),
    [
        ("第二党支部（2 人）", "第二党支部"),
        ("中共青江市教科所第二支部", "中共青江市教科所第二支部"),
        ("第二党支部党员花名册", None),
        ("填报单位：第二党支部", None),
        ("中共青江市教科所总支部", None),  # not a branch that somebody belongs to
    ],
)
def test_a_title_over_the_people_tells_their_branch(
    title: str, branch: str | None, desk: Desk, tmp_path: Path
) -> None:
    book = Workbook()
    for row in ([title], ["序号", "姓名", "性别"], [1, "韦清和", "女"], ["第三党支部"], [1, "莫知远", "男"]):
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("A4:C4")
    book.save(tmp_path / "名单.xlsx")
    first, second = desk.importing.preview(tmp_path / "名单.xlsx").rows
    assert getattr(first.values.get("branch.name"), "text", None) == branch
    assert second.values["branch.name"].text == "第三党支部"
    assert "小标题" in second.problems[0].message  # told, not guessed in silence


def test_a_column_of_branches_goes_before_a_title(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["第二党支部"], ["姓名", "所在党支部"], ["韦清和", "第一党支部"], ["莫知远", None]):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    first, second = desk.importing.preview(tmp_path / "名单.xlsx").rows
    assert first.values["branch.name"].text == "第一党支部"
    assert "branch.name" not in second.values


def test_a_title_moves_nobody_who_has_a_branch(demo: Desk, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["第三党支部"], ["姓名", "性别"], ["黄若衡", "男"]):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    (row,) = demo.importing.preview(tmp_path / "名单.xlsx").rows
    assert (row.verdict, row.cells) == ("same", ())
