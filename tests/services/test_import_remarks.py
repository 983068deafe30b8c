"""备注 that tell of a move, a death, a retirement: proposed, only remarked by default, never acted on in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from wuling_desktop.services.import_report import answer
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk

HEADS = ["姓名", "身份证号", "入党时间", "转正时间", "备注"]
NUMBERS = ("450199199108050248", "450199198002290011", "450199197001010046")
NAMES = ("韦清和", "覃乐川", "陆书翰")


def written(path: Path, *remarks: str | None) -> Path:
    book = Workbook()
    book.active.append(HEADS)
    for name, number, remark in zip(NAMES, NUMBERS, remarks, strict=False):
        book.active.append([name, number, "2003-12-08", "2004-12-08", remark])
    book.save(path)
    return path


def facts_of(desk: Desk) -> dict[str, dict[str, Any]]:
    return {facts["person.name"]: facts for facts in desk.people.facts(Who("all"), desk.unit.today())}


def test_without_an_answer_a_remark_is_only_a_remark(desk: Desk, tmp_path: Path) -> None:
    preview = desk.importing.preview(written(tmp_path / "名册.xlsx", "2024年3月转出"))
    (question,) = preview.questions
    assert question.text == "第 2 行“韦清和”的备注写着“2024年3月转出”。要不要登记组织关系转出？"
    assert (question.choices, question.default) == (("只记备注", "登记组织关系转出"), "只记备注")
    content = answer(preview)
    assert content["outcome"] == "imported"
    assert content["questions"][0]["default"] == "只记备注"
    assert "没有回答，只记备注" in content["message"]
    desk.importing.commit(preview)
    facts = facts_of(desk)["韦清和"]
    assert (facts["person.note"], facts["membership.out_on"]) == ("2024年3月转出", None)
    # What was decided once is not asked again by the same file.
    assert desk.importing.preview(tmp_path / "名册.xlsx").questions == ()


@pytest.mark.parametrize(
    ("remark", "written_values"),
    [
        (
            "2024年3月转至漓江市一中党委",
            {"membership.out_on": "2024-03", "membership.out_to": "漓江市一中党委"},
        ),
        ("2025.12.9病故", {"membership.state": "死亡", "membership.ended_on": "2025-12-09"}),
        ("去世", {"membership.state": "死亡"}),
        ("2019年9月出国", {"membership.abroad_from": "2019-09"}),
        ("2022年5月停止党籍", {"membership.state": "停止党籍", "membership.stopped_on": "2022-05"}),
        ("2015年退休", {"person.staff_kind": "离退休"}),
    ],
)
@pytest.mark.parametrize("known", [False, True])
def test_what_is_wanted_beside_the_remark_is_written_and_taken_back(
    remark: str, written_values: dict[str, str], desk: Desk, tmp_path: Path, *, known: bool
) -> None:
    if known:
        desk.importing.commit(desk.importing.preview(written(tmp_path / "先.xlsx", None)))
    desk.backups.dump(tmp_path / "前.json", records_only=True)
    file = written(tmp_path / "名册.xlsx", remark)
    (question,) = desk.importing.preview(file).questions
    preview = desk.importing.preview(file, answers={question.id: question.choices[1]})
    assert preview.questions == ()
    told = {problem.datum.name: problem.message for problem in preview.rows[0].problems if problem.datum}
    assert told.keys() == written_values.keys()
    assert all(message.startswith(f"按备注“{remark}”") for message in told.values())
    desk.importing.commit(preview)
    facts = facts_of(desk)["韦清和"]
    shown = {datum.name: datum.show for datum in desk.importing.datums("党员")}
    assert {name: shown[name](facts[name]) for name in written_values} == written_values
    assert facts["person.note"] == remark
    desk.history.undo()
    desk.backups.dump(tmp_path / "后.json", records_only=True)
    assert (tmp_path / "前.json").read_bytes() == (tmp_path / "后.json").read_bytes()


def test_several_of_one_kind_are_one_question(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path / "名册.xlsx", "2015年退休", "2018年8月退休，返聘", "2024年3月转出")
    retired, moved = desk.importing.preview(file).questions
    assert retired.text == (
        "备注写着退休的有 2 人：韦清和（2015年退休）、覃乐川（2018年8月退休，返聘）。要不要一起把人员类别记为离退休？"
    )
    together = desk.importing.preview(file, answers={retired.id: retired.choices[1]})
    assert [question.id for question in together.questions] == [moved.id]
    assert [row.values.get("person.staff_kind") for row in together.rows] == ["3", "3", None]

    one_by_one = desk.importing.preview(file, answers={retired.id: "一个一个定"})
    first, second = [question for question in one_by_one.questions if question.id != moved.id]
    assert "韦清和" in first.text
    answers = {retired.id: "一个一个定", second.id: second.choices[1]}
    preview = desk.importing.preview(file, answers=answers)
    assert [row.values.get("person.staff_kind") for row in preview.rows] == [None, "3", None]


@pytest.mark.parametrize(
    ("remark", "told"),
    [
        ("已转出", "备注写着转出，没有写日期，只记备注"),
        ("2021年6月开除党籍", "备注涉及党籍，导入不改党籍，只记备注"),
    ],
)
def test_what_is_not_proposed_is_told(remark: str, told: str, desk: Desk, tmp_path: Path) -> None:
    preview = desk.importing.preview(written(tmp_path / "名册.xlsx", remark))
    assert preview.questions == ()
    (problem,) = preview.rows[0].problems
    assert (problem.message, problem.column, problem.blocking) == (told, "E", False)


def test_what_a_column_tells_already_is_not_asked(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append([*HEADS, "人员类别", "组织关系转出时间"])
    book.active.append([NAMES[0], NUMBERS[0], "2003-12-08", "2004-12-08", "2015年退休", "退休", None])
    book.active.append([NAMES[1], NUMBERS[1], "2003-12-08", "2004-12-08", "2024年3月转出", None, "2024-03"])
    book.save(tmp_path / "名册.xlsx")
    assert desk.importing.preview(tmp_path / "名册.xlsx").questions == ()


def test_who_is_no_member_has_no_membership_to_end(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["姓名", "申请入党时间", "备注"])
    book.active.append(["韦清和", "2024-01-05", "2024年9月转出"])
    book.save(tmp_path / "申请人.xlsx")
    assert desk.importing.preview(tmp_path / "申请人.xlsx").questions == ()
