"""Registers of the career: every title of every dated fact, through a workbook into the step facts and read back."""

from __future__ import annotations

import datetime as dt
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from openpyxl import Workbook

from wuling_desktop.domain.development import STEPS
from wuling_desktop.domain.readings import State
from wuling_desktop.records import StepFact
from wuling_desktop.records.base import table_of
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk
    from wuling_desktop.services.person_facts import Facts

_FIRST = dt.date(2016, 3, 1)
# The five stages as registers head them, and the facts of each.
_STAGES = {
    "一、申请入党": ("applied_on", "received_on", "talk_on"),
    "二、入党积极分子的确定和培养教育": ("activist_on", "activist_filed_on", "contacts_on", "check_on"),
    "三、发展对象的确定和考察": (
        "object_committee_on", "object_agreed_on", "posted_on", "notice_from", "notice_to", "object_on",
        "introducers_on", "review_done_on", "training_from", "training_to",
    ),
    "四、预备党员的接收": (
        "committee_review_on", "preexam_on", "form_on", "assembly_on", "general_branch_on", "reported_on",
        "superior_talk_on", "approved_on", "org_dept_filed_on",
    ),
    "五、预备党员的教育考察和转正": (
        "assigned_on", "oath_on", "conv_applied_on", "conv_assembly_on", "conv_approved_on", "archived_on",
    ),
}  # fmt: skip
# Step by step as 全程纪实 tables name them.
_TWENTY_FIVE = {
    "递交入党申请书": "applied_on", "党组织派人谈话": "talk_on", "推荐和确定入党积极分子": "activist_on",
    "上级党委备案": "activist_filed_on", "指定培养联系人": "contacts_on", "培养教育考察": "check_on",
    "确定发展对象": "object_on", "报上级党委备案": "object_agreed_on", "确定入党介绍人": "introducers_on",
    "进行政治审查": "review_done_on", "开展集中培训": "training_to", "支部委员会审查": "committee_review_on",
    "上级党委预审": "preexam_on", "填写入党志愿书": "form_on", "支部大会讨论": "assembly_on",
    "上级党委派人谈话": "superior_talk_on", "上级党委审批": "approved_on",
    "再上一级党委组织部门备案": "org_dept_filed_on", "编入党支部和党小组": "assigned_on",
    "入党宣誓": "oath_on", "继续教育考察": None, "提出转正申请": "conv_applied_on",
    "支部大会讨论 ": "conv_assembly_on", "上级党委审批 ": "conv_approved_on", "材料归档": "archived_on",
}  # fmt: skip


def day(number: int) -> dt.date:
    return _FIRST + dt.timedelta(days=7 * number)


def titles() -> list[list[tuple[str, str]]]:
    """Return sheets of (code, title): the nth title of every fact stands on the nth sheet."""
    by_code = [[(step.code, title) for title in (step.label, *step.headings)] for step in STEPS]
    return [[each for each in sheet if each is not None] for sheet in zip_longest(*by_code)]


def facts_by_name(desk: Desk) -> dict[str, Facts]:
    return {facts["person.name"]: facts for facts in desk.people.facts(Who("all"), desk.unit.today())}


def take_in(desk: Desk, book: Workbook, path: Path) -> None:
    book.save(path)
    preview = desk.importing.preview(path)
    assert (preview.outcome, preview.problems) == ("imported", [])
    desk.importing.commit(preview)


def name_of(number: int) -> str:
    return f"韦{chr(0x4E00 + 20 * number)}和"


def test_every_title_of_every_fact_is_read_into_its_step(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(titles()):
        rows = book.create_sheet(f"表{number}")
        rows.append(["序号", "姓名", *(title for _, title in sheet)])
        rows.append([1, name_of(number), *(day(place + number) for place in range(len(sheet)))])
    take_in(desk, book, tmp_path / "名册.xlsx")
    stored = facts_by_name(desk)
    for number, sheet in enumerate(titles()):
        told = {code: day(place + number).isoformat() for place, (code, _) in enumerate(sheet)}
        steps = stored[name_of(number)]["steps"]
        assert {code: str(on) for code, (_, on, _) in steps.items()} == told


def test_the_stages_hold_every_fact() -> None:
    assert [code for codes in _STAGES.values() for code in codes] == [step.code for step in STEPS]


def shared_titles() -> list[list[tuple[str, str, str]]]:
    """Return sheets of (stage, code, title): of every fact the nth of the titles that it shares with others."""
    by_code = {step.code: [title for title, _ in step.under] for step in STEPS}
    columns = [
        [(stage, code, title) for title in by_code[code]]
        for stage, codes in _STAGES.items()
        for code in codes
    ]
    return [[each for each in sheet if each is not None] for sheet in zip_longest(*columns)]


@pytest.mark.parametrize("number", range(len(shared_titles())))
def test_a_title_of_several_steps_is_told_by_the_stage_above_it(
    number: int, desk: Desk, tmp_path: Path
) -> None:
    sheet = shared_titles()[number]
    book = Workbook()
    rows = book.active
    rows.append(["基本情况", None, *(stage for stage, _, _ in sheet)])
    rows.append(["序号", "姓名", *(title for _, _, title in sheet)])
    rows.append([1, "韦清和", *(day(place) for place in range(len(sheet)))])
    rows.merge_cells("A1:B1")
    column = 3
    for _, group in groupby(sheet, key=lambda each: each[0]):
        wide = len([*group])
        if wide > 1:
            rows.merge_cells(start_row=1, start_column=column, end_row=1, end_column=column + wide - 1)
        column += wide
    take_in(desk, book, tmp_path / "名册.xlsx")
    steps = facts_by_name(desk)["韦清和"]["steps"]
    assert {code: str(on) for code, (_, on, _) in steps.items()} == {
        code: day(place).isoformat() for place, (_, code, _) in enumerate(sheet)
    }


@pytest.mark.parametrize("counted", ["{title}", "{number}.{title}", "（{number}）{title}", "步骤{number}：{title}时间",
                                     "材料{number}{title}"])  # fmt: skip
def test_the_twenty_five_steps_side_by_side(counted: str, desk: Desk, tmp_path: Path) -> None:
    """Two pairs of steps have the same title: their number tells them, else the steps before them."""
    book = Workbook()
    heads = [
        counted.format(number=number, title=title.strip())
        for number, title in enumerate(_TWENTY_FIVE, start=1)
    ]
    book.active.append(["姓名", *heads])
    book.active.append(["韦清和", *(day(number) for number in range(len(heads)))])
    take_in(desk, book, tmp_path / "全程纪实.xlsx")
    steps = facts_by_name(desk)["韦清和"]["steps"]
    assert {code: str(on) for code, (_, on, _) in steps.items()} == {
        code: day(number).isoformat() for number, code in enumerate(_TWENTY_FIVE.values()) if code
    }


@pytest.mark.parametrize(
    ("heads", "codes"),
    [
        (
            "申请入党时间 政审时间 入党时间 党委审批时间 转正时间 党委审批时间",
            "applied_on review_done_on assembly_on approved_on full_from conv_approved_on",
        ),
        (
            "申请入党时间 谈话时间 列为积极分子时间 备案时间 列为发展对象时间 备案时间",
            "applied_on talk_on activist_on activist_filed_on object_on object_agreed_on",
        ),
        (
            "填写志愿书时间 支部大会时间 谈话时间 上级审批时间 转正申请时间 支部大会时间 上级审批时间",
            "form_on assembly_on superior_talk_on approved_on conv_applied_on conv_assembly_on conv_approved_on",
        ),
        ("性别 支部大会讨论时间 备案时间 谈话时间", "sex - - -"),  # nothing tells whose
        (
            "申请入党时间 列为积极分子时间 谈话时间",
            "applied_on activist_on -",
        ),  # the next talk is far from here
        ("支部大会讨论时间（转正） 备案时间（发展对象）", "conv_assembly_on object_agreed_on"),
    ],
)
def test_a_title_of_several_steps_is_told_by_the_step_before_it(
    heads: str, codes: str, desk: Desk, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.append(["姓名", *heads.split()])
    book.active.append(["韦清和", *("男" if head == "性别" else day(3) for head in heads.split())])
    book.save(tmp_path / "名册.xlsx")
    (table,) = desk.importing.preview(tmp_path / "名册.xlsx").found.tables
    found = [each.datum.name.partition(".")[2] if each.datum else "-" for each in table.columns]
    assert found[1:] == codes.split()
    by_its_neighbour = [each for each in table.columns if "按左边" in each.note]
    assert all(each.confidence is State.LIKELY for each in by_its_neighbour)  # the page asks for a look


def test_a_verdict_is_no_day(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["基本情况", None, "三、发展对象的确定和考察", None])
    book.active.append(["序号", "姓名", "确定时间", "政治审查"])
    book.active.append([1, "韦清和", day(1), "完成"])
    for merged in ("A1:B1", "C1:D1"):
        book.active.merge_cells(merged)
    book.save(tmp_path / "名册.xlsx")
    preview = desk.importing.preview(tmp_path / "名册.xlsx")
    (table,) = preview.found.tables
    assert [each.datum and each.datum.name for each in table.columns][2:] == ["step_fact.object_on", None]
    assert "没有取" in table.columns[3].note
    assert not preview.problems


def test_a_day_before_the_step_on_the_left_is_not_of_the_step_after_it(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["姓名", "填写志愿书时间", "支部大会时间"])
    book.active.append(["韦清和", day(9), day(3)])
    book.save(tmp_path / "名册.xlsx")
    (table,) = desk.importing.preview(tmp_path / "名册.xlsx").found.tables
    assert table.columns[2].datum is None


def test_a_check_of_another_day_is_one_more_check(desk: Desk, tmp_path: Path) -> None:
    def told(number: int, *, verdict: str) -> None:
        book = Workbook()
        book.active.append(["姓名", "半年考察时间"])
        book.active.append(["韦清和", day(number)])
        book.save(tmp_path / "考察.xlsx")
        preview = desk.importing.preview(tmp_path / "考察.xlsx")
        (row,) = preview.rows
        assert row.verdict == verdict
        assert [cell.note for cell in row.cells] == (["再记一次，原来的留着"] if verdict == "changed" else [])
        desk.importing.commit(preview)

    told(1, verdict="new")
    told(2, verdict="changed")
    told(1, verdict="same")
    table = table_of(StepFact)
    query = sa.select(table.c.on).where(table.c.code == "check_on", table.c.removed_at.is_(None))
    with desk.people._operations.database.reading() as connection:
        assert [str(on) for on in connection.execute(query.order_by(table.c.id)).scalars()] == [
            day(number).isoformat() for number in (1, 2)
        ]
    (facts,) = desk.people.facts(Who("all"), desk.unit.today())
    desk.people.change(
        facts["person.id"], {"step_fact.check_on": day(5).isoformat()}
    )  # by hand it is put right
    (facts,) = desk.people.facts(Who("all"), desk.unit.today())
    assert (str(facts["step_fact.check_on"]), len(facts["again"]["check_on"])) == (day(5).isoformat(), 1)
