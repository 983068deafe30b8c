"""A roster row by row: what 党籍状态 tells, and what a title over a block of people does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from wuling_desktop.services.import_report import message

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


def test_a_title_over_the_people_tells_how_far_they_have_come(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "正式党员"
    for row in (["姓名", "性别"], ["韦清和", "女"], ["二、预备党员（1名）"], ["莫知远", "男"]):
        book.active.append(row)
    column = book.create_sheet("入党积极分子")
    for row in (["姓名", "党员类别"], ["农嘉言", "预备党员"], ["陆书翰", None]):
        column.append(row)
    book.save(tmp_path / "名单.xlsx")
    rows = {row.title: row for row in desk.importing.preview(tmp_path / "名单.xlsx").rows}
    shown = {datum.name: datum for datum in desk.importing.datums("党员")}["person.standing"].show
    told = {name: row.values.get("person.standing") for name, row in rows.items()}
    assert {name: code and shown(code) for name, code in told.items()} == {
        "韦清和": "正式党员",
        "莫知远": "预备党员",
        "农嘉言": "预备党员",
        "陆书翰": None,  # the list has a column for it
    }
    assert "记为“正式党员”" in rows["韦清和"].problems[0].message
    assert [rows[name].member for name in ("韦清和", "莫知远", "农嘉言")] == [True, True, True]


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


NUMBER, PHONE = "450199199108050248", "19900001001"


@pytest.mark.parametrize(
    ("column", "faulty", "datum"),
    [("手机", "1990000100", "person.phone"), ("身份证号", "450199199108050249", "person.id_number")],
)
def test_a_faulty_value_does_not_take_the_place_of_a_right_one(
    column: str, faulty: str, datum: str, desk: Desk, tmp_path: Path
) -> None:
    desk.people.add({"person.name": "韦清和", "person.id_number": NUMBER, "person.phone": PHONE})
    book = Workbook()
    book.active.append(["姓名", column, "岗位"])
    book.active.append(["韦清和", faulty, "教研员"])
    book.save(tmp_path / "名单.xlsx")
    (row,) = desk.importing.preview(tmp_path / "名单.xlsx").rows
    assert [cell.datum.name for cell in row.cells] == ["person.post"]
    (told,) = row.problems
    assert (told.datum.name, told.blocking) == (datum, False)
    assert told.message.endswith("库里已有一个对的，不覆盖")


def test_a_faulty_value_is_kept_where_there_was_none_or_another_faulty_one(
    desk: Desk, tmp_path: Path
) -> None:
    desk.people.add({"person.name": "韦清和"})
    desk.people.add({"person.name": "莫知远", "person.phone": "199000010"})
    book = Workbook()
    for row in (["姓名", "手机"], ["韦清和", "1990000100"], ["莫知远", "1990000100"]):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    preview = desk.importing.preview(tmp_path / "名单.xlsx")
    assert [[cell.new for cell in row.cells] for row in preview.rows] == [["1990000100"]] * 2
    desk.importing.commit(preview)
    assert desk.people.counts(desk.unit.today())["all"] == 2
    assert desk.people.doubtful(desk.unit.today()) == 2


def test_what_was_left_out_is_not_counted_as_written(desk: Desk, tmp_path: Path) -> None:
    desk.people.add({"person.name": "韦清和", "person.id_number": NUMBER})
    book = Workbook()
    for row in (["姓名", "手机", "岗位"], ["韦清和", PHONE, "教研员"]):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    preview = desk.importing.preview(tmp_path / "名单.xlsx")
    done = desk.importing.commit(preview, keep={(preview.rows[0].place, "person.post")})
    assert "更新 1（1 处）" in message(preview, done)


def test_a_namesake_born_on_another_day_is_another_person(desk: Desk, tmp_path: Path) -> None:
    """The day stands in the identity number, even where no date of birth was ever told."""
    desk.people.add({"person.name": "韦清和", "person.id_number": NUMBER})
    book = Workbook()
    for row in (["姓名", "出生年月", "岗位"], ["韦清和", "1990.03", "教研员"], ["韦清和", "1991.08", "主任"]):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    preview = desk.importing.preview(tmp_path / "名单.xlsx")
    assert [row.verdict for row in preview.rows] == ["new", "changed"]


def test_an_old_list_finds_a_person_by_the_name_or_number_of_then_and_brings_neither_back(
    desk: Desk, tmp_path: Path
) -> None:
    old = "450199198002290011"
    id_ = desk.people.add({"person.name": "韦青和", "person.id_number": old}).id
    for values in ({"person.name": "覃乐川"}, {"person.id_number": NUMBER}):
        desk.people.change(id_, values)
    book = Workbook()
    for row in (["姓名", "身份证号", "岗位"], ["韦青和", old, "教研员"]):
        book.active.append(row)
    book.save(tmp_path / "旧名单.xlsx")
    preview = desk.importing.preview(tmp_path / "旧名单.xlsx")
    (row,) = preview.rows
    assert (row.subject, row.verdict) == (id_, "changed")
    assert [cell.datum.name for cell in row.cells] == ["person.post"]
    assert [each.message for each in row.problems] == [
        "姓名是以前的，库里已经改过，不改回",
        "身份证号是以前的，库里已经改过，不改回",
    ]
    desk.importing.commit(preview)
    assert desk.people.counts(desk.unit.today())["all"] == 1


@pytest.mark.parametrize(
    ("phone", "asked", "verdict"),
    [(PHONE, False, "changed"), (None, True, "changed"), ("19900001999", True, "new")],
)
def test_an_old_name_alone_is_asked_about(
    phone: str | None, verdict: str, desk: Desk, tmp_path: Path, *, asked: bool
) -> None:
    id_ = desk.people.add({"person.name": "韦青和", "person.phone": PHONE}).id
    desk.people.change(id_, {"person.name": "覃乐川"})
    book = Workbook()
    for row in (["姓名", "手机", "岗位"], ["韦青和", phone, "教研员"]):
        book.active.append(row)
    book.save(tmp_path / "旧名单.xlsx")
    preview = desk.importing.preview(tmp_path / "旧名单.xlsx")
    assert bool(preview.questions) == asked
    for question in preview.questions:
        assert "以前记作这个名字" in question.text
        choice = question.choices[0] if verdict == "changed" else question.choices[-1]
        preview = desk.importing.preview(tmp_path / "旧名单.xlsx", answers={question.id: choice})
    assert preview.rows[0].verdict == verdict
