"""Importing as a difference: twice in, changed cells counted, taken back whole (issue's promises with figures)."""

from __future__ import annotations

import csv
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from wuling_desktop import paths
from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.services.import_report import answer
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    import datetime as dt

    from engines import Engine

    from wuling_desktop.services.desk import Desk

HEADS = {
    "person.name": "姓  名",
    "person.sex": "性别",
    "person.birth_date": "出生\n年月",
    "person.ethnic_group": "民族",
    "person.id_number": "公民身份号码",
    "person.education": "学历",
    "person.work_start": "参加工作时间",
    "step_fact.assembly_on": "入党时间",
    "membership.full_from": "转正时间",
    "person.standing": "党籍状态",
    "person.position": "行政职务",
    "person.phone": "联系电话",
    "branch.name": "所在党支部",
}


def members() -> list[dict[str, str]]:
    with (paths.resources() / "demo" / "people.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["person.standing"] in ("正式党员", "预备党员")]


def roster(path: Path, rows: list[dict[str, str]]) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.append(["附件1"])
    sheet.append(["中国共产党第一党支部党员花名册"])
    sheet.append(["填报单位（盖章）：", None, None, None, None, None, "填报时间：2026年11月"])
    sheet.append(["序号", *HEADS.values()])
    for number, row in enumerate(rows, start=1):
        sheet.append([number, *(row[key] or None for key in HEADS)])
    sheet.append([f"合计：{len(rows)} 人"])
    sheet.append(["填表人：", None, None, "审核人："])
    sheet.merge_cells("A2:N2")
    book.save(path)
    return path


def test_a_roster_taken_in_twice(desk: Desk, tmp_path: Path) -> None:
    file = roster(tmp_path / "花名册.xlsx", members())
    first = desk.importing.preview(file)
    assert (first.outcome, first.count("new"), first.count("held")) == ("imported", 42, 0)
    imported = desk.importing.commit(first)
    assert imported.changes.name == "导入 党员 42 人（新增 42，更新 0）"
    second = desk.importing.preview(file)
    assert (second.outcome, second.count("same"), second.count("new"), second.changed_cells) == (
        "imported",
        42,
        0,
        0,
    )
    before = len(desk.history.entries())
    assert desk.importing.commit(second).changes.operation is None
    assert len(desk.history.entries()) == before


def test_twelve_cells_of_nine_people(desk: Desk, tmp_path: Path, today: dt.date) -> None:
    rows = members()
    desk.importing.commit(desk.importing.preview(roster(tmp_path / "一.xlsx", rows)))
    desk.backups.dump(tmp_path / "前.json", records_only=True)
    for index in range(9):
        rows[index]["person.position"] = f"职务{index}"
    for index in range(3):
        rows[index]["person.phone"] = f"1990000700{index}"
    second = roster(tmp_path / "二.xlsx", rows)
    preview = desk.importing.preview(second)
    assert (preview.count("changed"), preview.changed_cells, preview.count("same")) == (9, 12, 33)
    desk.importing.commit(preview)
    folder = tmp_path / "data"
    desk.close()

    again = DataFiles(folder).unlock("测试口令 2026")
    again.unit.stands_at = today
    try:
        assert again.history.undo().changes.name == "撤销：导入 党员 9 人（新增 0，更新 9）"
        again.backups.dump(tmp_path / "后.json", records_only=True)
        assert (tmp_path / "前.json").read_bytes() == (tmp_path / "后.json").read_bytes()
        assert again.importing.preview(second).changed_cells == 12
    finally:
        again.close()


def test_dump_load_dump_and_still_undone(engine: Engine, desk: Desk, tmp_path: Path, today: dt.date) -> None:
    desk.backups.dump(tmp_path / "空.json", records_only=True)
    desk.importing.commit(desk.importing.preview(roster(tmp_path / "一.xlsx", members())))
    desk.people.withdraw([desk.people.choices("person")[0].id])
    desk.history.undo()
    desk.backups.dump(tmp_path / "甲.json")
    other, _ = engine.new(tmp_path / "other").create(
        "另一个口令", unit="某单位", branch="某支部", clerk="另一人"
    )
    try:
        assert other.backups.load(tmp_path / "甲.json")["person"] == 42
        other.backups.dump(tmp_path / "乙.json")
        assert (tmp_path / "甲.json").read_bytes() == (tmp_path / "乙.json").read_bytes()
    finally:
        other.close()
    loaded = DataFiles(tmp_path / "other").unlock("另一个口令")
    loaded.unit.stands_at = today
    loaded.unit.set_clerk(desk.unit.clerk())
    try:
        assert loaded.history.undo().changes.name.startswith("撤销：导入 党员 42 人")
        loaded.backups.dump(tmp_path / "丙.json", records_only=True)
        assert (tmp_path / "丙.json").read_bytes() == (tmp_path / "空.json").read_bytes()
    finally:
        loaded.close()


def test_the_sample_of_the_tour(demo: Desk) -> None:
    preview = demo.importing.preview(paths.resources() / "demo" / "sample_roster.xlsx")
    assert preview.outcome == "imported", preview.questions
    assert [preview.count(v) for v in ("new", "changed", "same", "held")] == [5, 9, 33, 0]
    assert preview.changed_cells == 12, [
        (row.title, cell.datum.label, cell.old, cell.new) for row in preview.rows for cell in row.cells
    ]
    (spoilt,) = [problem for problem in preview.problems if "存坏" in problem.message]
    assert (spoilt.place.row, spoilt.column) == (22, "O")


def test_rows_left_out_and_cells_kept(desk: Desk, tmp_path: Path) -> None:
    rows = members()[:4]
    desk.importing.commit(desk.importing.preview(roster(tmp_path / "一.xlsx", rows[:3])))
    rows[0]["person.position"], rows[0]["person.phone"] = "新职务", "19900007777"
    preview = desk.importing.preview(roster(tmp_path / "二.xlsx", rows))
    changed = next(row for row in preview.rows if row.verdict == "changed")
    new = next(row for row in preview.rows if row.verdict == "new")
    done = desk.importing.commit(preview, leave={new.place}, keep={(changed.place, "person.phone")})
    assert (done.new, done.changed, done.changed_cells) == (0, 1, 1)
    again = desk.importing.preview(roster(tmp_path / "二.xlsx", rows))
    assert (again.count("new"), again.changed_cells) == (1, 1)


def test_doubtful_values_are_said_and_not_guessed(desk: Desk, tmp_path: Path) -> None:
    rows = members()[:4]
    rows[0]["person.id_number"] = rows[0]["person.id_number"][:17] + "0"
    rows[1]["person.name"] = ""
    rows[2]["person.ethnic_group"] = "某族"
    rows[3]["step_fact.assembly_on"] = "2031-01-01"
    preview = desk.importing.preview(roster(tmp_path / "疑.xlsx", rows))
    assert preview.outcome == "partial"
    content = answer(preview)
    told = {(p["row"], p["field"], p["blocking"]) for p in content["problems"]}
    assert {(6, "name", True), (7, "ethnic_group", False), (8, "join_date", False)} <= told
    record = next(r for r in content["records"] if r["row"] == 8)
    assert record["join_date"] is None
    assert 6 not in {r["row"] for r in content["records"]}


def test_rejected_rows_come_back_with_their_reasons(desk: Desk, tmp_path: Path) -> None:
    rows = members()[:3]
    rows[1]["person.name"] = ""
    preview = desk.importing.preview(roster(tmp_path / "疑.xlsx", rows))
    assert desk.importing.save_rejected(preview, tmp_path / "没导的.xlsx") == 1
    cells = [[c.value for c in row] for row in load_workbook(tmp_path / "没导的.xlsx").active.iter_rows()]
    said = "\n".join(str(value) for row in cells for value in row if value)
    assert "没有姓名" in said
    assert rows[1]["person.id_number"] in said


def test_same_name_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    for born in ("1980-01", "1990-01"):
        desk.people.add({"person.name": "张明月", "person.birth_date": born})
    rows = [dict.fromkeys(members()[0], "") | {"person.name": "张明月", "person.position": "主任"}]
    file = roster(tmp_path / "同名.xlsx", rows)
    preview = desk.importing.preview(file)
    assert preview.outcome == "asks"
    with pytest.raises(Problem, match="还没有导入"):
        desk.importing.commit(preview)
    (question,) = preview.questions
    answered = desk.importing.preview(file, answers={question.id: question.choices[1]})
    assert answered.count("changed") == 1
    desk.importing.commit(answered)
    positions = {
        row.values
        for row in desk.people.rows(_datums(desk, "person.position"), Who("all"), desk.unit.today())
    }
    assert positions == {(None,), ("主任",)}


def test_an_applicant_is_not_made_a_member(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["序号", "党支部", "姓名", "性别", "出生年月", "申请入党时间", "联系方式"])
    book.active.append([1, "第一党支部", "蒙知许", "男", "1995-04", "2026-03-01", "19900006001"])
    book.save(tmp_path / "申请人.xlsx")
    desk.importing.commit(desk.importing.preview(tmp_path / "申请人.xlsx"))
    assert desk.people.counts(desk.unit.today())["pipeline"] == 1
    (row,) = desk.people.rows(
        _datums(desk, "person.standing", "branch.name"), Who("pipeline"), desk.unit.today()
    )
    assert (row.values[0].text, row.values[1].text) == ("入党申请人", "第一党支部")


def _datums(desk: Desk, *names: str) -> list:
    return [datum for name in names for datum in desk.people.datums() if datum.name == name]


def test_the_collector_is_let_in_again_after_an_import_and_after_a_refusal(
    desk: Desk, tmp_path: Path
) -> None:
    preview = desk.importing.preview(roster(tmp_path / "花名册.xlsx", members()[:2]))
    assert gc.isenabled()
    desk.importing.commit(preview)
    assert gc.isenabled()
    with pytest.raises(Problem):
        desk.importing.preview(tmp_path / "没有.xlsx")
    assert gc.isenabled()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such names")
def test_a_file_named_in_gbk_is_taken_in_under_its_name(desk: Desk, tmp_path: Path) -> None:
    """As an archive made on Windows leaves it: bytes that are no UTF-8, in a list and in an attachment."""
    named = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "名册.csv".encode("gbk")))
    named.write_text("姓名,性别\n韦清和,女\n", encoding="utf-8")
    desk.importing.commit(desk.importing.preview(named))
    (entry, *_) = desk.history.entries()
    assert "名册.csv" in (entry.about or "")
    (person,) = desk.people.facts(Who("all"), desk.unit.today())
    desk.attachments.add("person", person["person.id"], [named])
    assert [each.name for each in desk.attachments.of("person", person["person.id"])] == ["名册.csv"]
