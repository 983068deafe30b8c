"""One human being told twice in a file, in one sheet or in two: one person; two human beings of one name: two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from wuling_desktop.services.import_report import answer
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk
    from wuling_desktop.services.import_plan import Preview

NUMBER, OTHER = "450199199108050248", "450199198002290011"
Rows = list[list[str | None]]


def written(path: Path, **sheets: Rows) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def verdicts(preview: Preview) -> list[str]:
    return [row.verdict for row in preview.rows]


def everybody(desk: Desk) -> list[dict[str, Any]]:
    return desk.people.facts(Who("all"), desk.unit.today())


def test_one_number_twice_is_one_person_with_all_that_both_rows_tell(desk: Desk, tmp_path: Path) -> None:
    heads = ["姓名", "身份证号", "岗位", "手机", "备注"]
    file = written(
        tmp_path / "名单.xlsx",
        名单=[
            heads,
            ["韦清和", NUMBER, "教研员", None, "返聘"],
            ["韦清和", NUMBER, "教研员", "19900001001", "每周三天"],
        ],
    )
    preview = desk.importing.preview(file)
    assert (preview.outcome, preview.questions, verdicts(preview)) == ("imported", (), ["new", "joined"])
    (told,) = preview.rows[1].problems
    assert told.message == "与第 2 行是同一个人，合在一起导入"
    content = answer(preview)
    assert (content["new"], content["joined"], len(content["records"])) == (1, 1, 1)
    assert "1 行和别的行是同一个人" in content["message"]
    desk.importing.commit(preview)
    (facts,) = everybody(desk)
    assert (facts["person.phone"], facts["person.note"]) == ("19900001001", "返聘；每周三天")
    assert verdicts(desk.importing.preview(file)) == ["same", "joined"]


def test_one_number_with_two_sayings_is_asked_which_counts(desk: Desk, tmp_path: Path) -> None:
    file = written(
        tmp_path / "名单.xlsx",
        党员名册=[["姓名", "身份证号", "岗位", "手机"], ["韦清和", NUMBER, "教研员", "19900001001"]],
        补充=[["姓名", "身份证号", "岗位", "手机"], ["韦青和", NUMBER, "主任", "19900001002"]],
    )
    preview = desk.importing.preview(file)
    (question,) = preview.questions
    assert preview.outcome == "asks"
    assert "“党员名册”第 2 行和“补充”第 2 行的“韦清和”和“韦青和”是同一个人" in question.text
    assert "岗位一个是“教研员”，一个是“主任”" in question.text
    assert "手机不一样" in question.text
    assert "19900001" not in question.text  # what is private is not quoted
    for choice, expected in zip(
        question.choices,
        (("韦清和", "教研员", "19900001001"), ("韦青和", "主任", "19900001002")),
        strict=True,
    ):
        answered = desk.importing.preview(file, answers={question.id: choice})
        assert (answered.outcome, verdicts(answered)) == ("imported", ["new", "joined"])
        values = answered.rows[0].values
        assert tuple(values[f"person.{key}"] for key in ("name", "post", "phone")) == expected
        losing = [p.datum.name for row in answered.rows for p in row.problems if p.datum is not None]
        assert sorted(losing) == ["person.name", "person.phone", "person.post"]  # each told at its cell


def test_a_member_who_stands_among_the_active_applicants_too(desk: Desk, tmp_path: Path) -> None:
    file = written(
        tmp_path / "名单.xlsx",
        积极分子=[
            ["姓名", "出生年月", "申请入党时间", "确定为积极分子时间"],
            ["韦清和", "1991.08", "2010-01-05", "2011-03-01"],
            ["覃乐川", "1999.03", "2024-01-05", "2025-03-01"],
        ],
        党员名册=[
            ["姓名", "身份证号", "出生年月", "入党时间", "转正时间"],
            ["韦清和", NUMBER, "1991-08-05", "2012-06-24", "2013-06-24"],
        ],
    )
    preview = desk.importing.preview(file)
    assert (preview.outcome, verdicts(preview)) == ("imported", ["new", "new", "joined"])
    desk.importing.commit(preview)
    first, second = everybody(desk)
    assert str(first["person.birth_date"]) == "1991-08-05"  # the day where the other row knew the month
    assert {code: str(on) for code, (_, on, _) in first["steps"].items()} == {
        "applied_on": "2010-01-05",
        "activist_on": "2011-03-01",
        "assembly_on": "2012-06-24",
    }
    assert (first["person.standing"].text, second["person.standing"].text) == ("正式党员", "入党积极分子")
    assert verdicts(desk.importing.preview(file)) == ["same", "same", "joined"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([NUMBER, None], [OTHER, None]),
        ([None, "1980.05"], [None, "1991.08"]),
        ([NUMBER, None], [None, "1980.05"]),
    ],
)
def test_one_name_with_another_number_or_birth_is_another_person(
    one: list[str | None], other: list[str | None], desk: Desk, tmp_path: Path
) -> None:
    file = written(
        tmp_path / "名单.xlsx", 名单=[["姓名", "身份证号", "出生年月"], ["张伟", *one], ["张伟", *other]]
    )
    preview = desk.importing.preview(file)
    assert (preview.questions, verdicts(preview)) == ((), ["new", "new"])
    desk.importing.commit(preview)
    assert len(everybody(desk)) == 2
    assert verdicts(desk.importing.preview(file)) == ["same", "same"]


@pytest.mark.parametrize("with_number", [False, True])
def test_one_name_and_nothing_to_tell_by_is_asked_about(
    desk: Desk, tmp_path: Path, *, with_number: bool
) -> None:
    number = NUMBER if with_number else None
    file = written(
        tmp_path / "名单.xlsx",
        名单=[["姓名", "身份证号", "岗位"], ["张伟", number, None], ["张伟", None, "主任"]],
    )
    preview = desk.importing.preview(file)
    (question,) = preview.questions
    assert question.choices == ("同一个人", "新增一人")
    answered = [desk.importing.preview(file, answers={question.id: choice}) for choice in question.choices]
    assert [verdicts(each) for each in answered] == [["new", "joined"], ["new", "new"]]
    assert answered[0].rows[0].values["person.post"] == "主任"


def test_namesakes_who_contradict_each_other_are_asked_about(desk: Desk, tmp_path: Path) -> None:
    file = written(
        tmp_path / "名单.xlsx",
        名单=[["姓名", "出生年月", "岗位"], ["张伟", "1980.05", "教研员"], ["张伟", "1980.05", "食堂管理员"]],
    )
    preview = desk.importing.preview(file)
    (question,) = preview.questions
    assert "岗位一个是“教研员”，一个是“食堂管理员”" in question.text
    answered = [desk.importing.preview(file, answers={question.id: choice}) for choice in question.choices]
    assert [verdicts(each) for each in answered] == [["new", "joined"], ["new", "joined"], ["new", "new"]]
    assert [each.rows[0].values["person.post"] for each in answered] == ["教研员", "食堂管理员", "教研员"]


def test_a_row_told_twice_in_the_same_words_is_not_asked_about(desk: Desk, tmp_path: Path) -> None:
    file = written(
        tmp_path / "名单.xlsx",
        名单=[["姓名", "出生年月", "岗位"], ["张伟", "1980.05", "教研员"], ["张伟", "1980.05", None]],
    )
    preview = desk.importing.preview(file)
    assert (preview.questions, verdicts(preview)) == ((), ["new", "joined"])


def test_two_who_are_both_like_the_one_stored_are_asked_about(desk: Desk, tmp_path: Path) -> None:
    stored = desk.people.add({"person.name": "张伟"}).id
    file = written(tmp_path / "名单.xlsx", 名单=[["姓名", "身份证号"], ["张伟", NUMBER], ["张伟", OTHER]])
    preview = desk.importing.preview(file)
    (question,) = preview.questions
    assert "是两个人，库里只有一个“张伟”" in question.text
    answered = [desk.importing.preview(file, answers={question.id: choice}) for choice in question.choices]
    assert [verdicts(each) for each in answered] == [["changed", "new"], ["new", "changed"], ["new", "new"]]
    desk.importing.commit(answered[1])
    numbers = {facts["person.id"]: facts["person.id_number"] for facts in everybody(desk)}
    assert numbers[stored] == OTHER
    assert len(numbers) == 2


def test_one_stored_person_told_twice_is_changed_once(demo: Desk, tmp_path: Path) -> None:
    known = everybody(demo)[0]
    name, number = known["person.name"], known["person.id_number"]
    file = written(
        tmp_path / "名单.xlsx",
        甲=[["姓名", "身份证号", "邮箱"], [name, number, "a@example.com"]],
        乙=[["姓名", "备注"], [name, "返聘"]],
    )
    preview = demo.importing.preview(file)
    assert (preview.questions, verdicts(preview)) == ((), ["changed", "joined"])
    done = demo.importing.commit(preview)
    assert (done.new, done.changed, done.changed_cells) == (0, 1, 2)
    demo.history.undo()
    assert verdicts(demo.importing.preview(file)) == ["changed", "joined"]


def test_a_list_of_names_beside_a_roster_asks_only_where_they_differ(desk: Desk, tmp_path: Path) -> None:
    file = written(
        tmp_path / "名单.xlsx",
        名册=[["姓名", "身份证号", "岗位"], ["韦清和", NUMBER, "教研员"], ["覃乐川", OTHER, "干事"]],
        通讯录=[["姓名", "岗位", "邮箱"], ["韦清和", None, "w@example.com"], ["覃乐川", "主任", None]],
    )
    preview = desk.importing.preview(file)
    (question,) = preview.questions
    assert "覃乐川" in question.text
    assert preview.rows[0].values["person.email"] == "w@example.com"
