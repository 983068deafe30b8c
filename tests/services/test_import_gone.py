"""People taken back earlier who stand in a file again: asked about, brought back with what they had, or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.import_report import answer, message
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk

NUMBER = "450199199108050248"


def written(path: Path, *rows: list[str | None]) -> Path:
    book = Workbook()
    book.active.append(["姓名", "身份证号", "出生年月", "岗位"])
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def content(desk: Desk, path: Path) -> bytes:
    desk.backups.dump(path, records_only=True)
    return path.read_bytes()


@pytest.fixture
def withdrawn(demo: Desk) -> int:
    """A member of the demo branch, with all that hangs on a member, taken back."""
    facts = next(each for each in demo.people.facts(Who(), demo.unit.today()) if each["person.id_number"])
    demo.people.withdraw([facts["person.id"]])
    return int(facts["person.id"])


def told_of(demo: Desk, id_: int) -> tuple[str, str]:
    demo.history.undo()
    (facts,) = demo.people.facts(Who("all", ids=(id_,)), demo.unit.today())
    demo.history.redo()
    return facts["person.name"], facts["person.id_number"]


def test_who_was_taken_back_is_offered_back_with_all_that_went_along(
    demo: Desk, withdrawn: int, tmp_path: Path
) -> None:
    name, number = told_of(demo, withdrawn)
    everybody = demo.people.counts(demo.unit.today())["all"]
    before = content(demo, tmp_path / "前.json")
    file = written(tmp_path / "名单.xlsx", [name, number, None, "新岗位"])
    preview = demo.importing.preview(file)
    (question,) = preview.questions
    assert preview.outcome == "asks"
    assert question.choices == ("恢复并更新", "仍不要")  # with this number it is nobody else
    assert "试用撤销过录入" in question.text
    with pytest.raises(Problem, match="还没有导入"):
        demo.importing.commit(preview)

    preview = demo.importing.preview(file, answers={question.id: "恢复并更新"})
    (row,) = preview.rows
    assert (row.verdict, [cell.datum.name for cell in row.cells]) == ("returning", ["person.post"])
    done = demo.importing.commit(preview)
    assert done.changes.name == "导入 党员 1 人（新增 0，更新 0，恢复 1）"
    assert "恢复以前撤销的 1" in message(preview, done)
    assert answer(preview, done)["restored"] == 1
    (facts,) = demo.people.facts(Who(ids=(withdrawn,)), demo.unit.today())
    assert facts["person.post"] == "新岗位"
    assert facts["membership.id"] is not None
    assert facts["step_fact.assembly_on"] is not None
    assert demo.people.counts(demo.unit.today())["all"] == everybody + 1
    assert demo.withdrawn.listing() == []
    demo.history.undo()
    assert content(demo, tmp_path / "后.json") == before


def test_who_is_still_not_wanted_stays_away(demo: Desk, withdrawn: int, tmp_path: Path) -> None:
    name, number = told_of(demo, withdrawn)
    file = written(tmp_path / "名单.xlsx", [name, number, None, None], ["韦新来", None, "1999.05", "干事"])
    (question,) = demo.importing.preview(file).questions
    preview = demo.importing.preview(file, answers={question.id: "仍不要"})
    assert (preview.outcome, [row.verdict for row in preview.rows]) == ("partial", ["held", "new"])
    demo.importing.commit(preview)
    assert [entry.id for entry in demo.withdrawn.listing()] == [withdrawn]


def test_one_of_the_same_name_may_be_somebody_else(desk: Desk, tmp_path: Path) -> None:
    id_ = desk.people.add({"person.name": "韦清和", "person.id_number": NUMBER}).id
    desk.people.withdraw([id_])
    other_birth = written(tmp_path / "另一人.xlsx", ["韦清和", None, "1975.01", None])
    assert [row.verdict for row in desk.importing.preview(other_birth).rows] == ["new"]
    assert not desk.importing.preview(other_birth).questions
    file = written(tmp_path / "名单.xlsx", ["韦清和", None, "1991.08", "教研员"])
    (question,) = desk.importing.preview(file).questions
    answered = [desk.importing.preview(file, answers={question.id: choice}) for choice in question.choices]
    assert [each.rows[0].verdict for each in answered] == ["returning", "held", "new"]
    desk.importing.commit(answered[2])
    assert [facts["person.id"] for facts in desk.people.facts(Who("all"), desk.unit.today())] != [id_]


def test_two_of_one_name_taken_back_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    ids = [desk.people.add({"person.name": "韦清和", "person.post": post}).id for post in ("甲", "乙")]
    for id_ in ids:
        desk.people.withdraw([id_])
    file = written(tmp_path / "名单.xlsx", ["韦清和", None, None, "丙"])
    (question,) = desk.importing.preview(file).questions
    assert len({*question.choices}) == 4
    preview = desk.importing.preview(file, answers={question.id: question.choices[1]})
    assert (preview.rows[0].subject, preview.rows[0].cells[0].old) == (ids[1], "乙")


def test_an_import_taken_back_is_no_reason_to_ask(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path / "名单.xlsx", ["韦清和", NUMBER, None, None])
    desk.importing.commit(desk.importing.preview(file))
    desk.history.undo()
    preview = desk.importing.preview(file)
    assert (preview.questions, [row.verdict for row in preview.rows]) == ((), ["new"])


def test_who_was_merged_into_another_is_no_reason_to_ask(desk: Desk, tmp_path: Path) -> None:
    keep, other = (desk.people.add({"person.name": name}).id for name in ("韦清和", "韦青和"))
    desk.duplicates.merge(keep, other)
    preview = desk.importing.preview(written(tmp_path / "名单.xlsx", ["韦清和", None, None, "干事"]))
    assert (preview.questions, [row.verdict for row in preview.rows]) == ((), ["changed"])
