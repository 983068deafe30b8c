"""The dated facts of a career: their codes, and the titles of registers that mean them."""

from __future__ import annotations

import re

import pytest

from wuling_desktop.domain.development import STEP_FACT, STEPS
from wuling_desktop.domain.texts import closed

CODES = [
    "applied_on",
    "received_on",
    "talk_on",
    "activist_on",
    "activist_filed_on",
    "contacts_on",
    "check_on",
    "object_committee_on",
    "object_agreed_on",
    "posted_on",
    "notice_from",
    "notice_to",
    "object_on",
    "introducers_on",
    "review_done_on",
    "training_from",
    "training_to",
    "committee_review_on",
    "preexam_on",
    "form_on",
    "assembly_on",
    "general_branch_on",
    "reported_on",
    "superior_talk_on",
    "approved_on",
    "org_dept_filed_on",
    "assigned_on",
    "oath_on",
    "conv_applied_on",
    "conv_assembly_on",
    "conv_approved_on",
    "archived_on",
]


def test_the_codes_are_those_of_the_rules_in_the_order_of_the_steps() -> None:
    assert [step.code for step in STEPS] == CODES


def test_only_the_half_yearly_check_happens_again() -> None:
    assert [step.code for step in STEPS if step.many] == ["check_on"]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("入党时间", "assembly_on"),
        ("入党日期", "assembly_on"),
        ("入  党\n时  间", "assembly_on"),
        ("加入党组织日期", "assembly_on"),
        ("确定为预备党员时间（支部大会）", "assembly_on"),
        ("确定为预备党员时间(支部大会)", "assembly_on"),
        ("接收为预备党员时间", "assembly_on"),
        ("申请入党时间", "applied_on"),
        ("递交入党申请书时间", "applied_on"),
        ("提交书面申请书时间", "applied_on"),
        ("首次组织谈话时间", "talk_on"),
        ("确定为入党积极分子时间", "activist_on"),
        ("确定为积极分子时间", "activist_on"),
        ("确定重点对象时间", "object_on"),
        ("确定为重点发展对象时间", "object_on"),
        ("确定发展对象时间（党委备案时间）", "object_on"),
        ("支部大会讨论确定发展对象时间", "object_committee_on"),
        ("党校培训结业时间", "training_to"),
        ("党委预审时间", "preexam_on"),
        ("入党谈话时间", "superior_talk_on"),
        ("党委审批时间", "approved_on"),
        ("入党宣誓时间", "oath_on"),
        ("递交转正申请书时间", "conv_applied_on"),
        ("转正时间（支部大会讨论转正时间）", "conv_assembly_on"),
        ("支部大会讨论转正时间", "conv_assembly_on"),
        ("党委审批时间2", "conv_approved_on"),
        ("转档案馆时间", "archived_on"),
    ],
)
def test_titles_of_registers(heading: str, code: str) -> None:
    assert STEP_FACT.find(heading) == code


@pytest.mark.parametrize(
    "heading", ["转正时间", "转正日期", "谈话截止时间", "支部大会讨论", "民主评议时间", "转正", "政治审查"]
)
def test_titles_that_mean_something_else_or_two_things(heading: str) -> None:
    assert STEP_FACT.find(heading) is None


def test_every_title_is_met_with_both_words_for_a_day() -> None:
    titles = {closed(heading): step.code for step in STEPS for heading in (step.label, *step.headings)}
    for title, code in titles.items():
        for word, other in (("时间", "日期"), ("日期", "时间")):
            if title.endswith(word):
                assert titles[title.removesuffix(word) + other] == code


@pytest.mark.parametrize(
    ("group", "heading", "code"),
    [
        ("阶段一：申请入党", "申请时间", "applied_on"),
        ("二、入党积极分子的确定和培养教育", "上级党委备案时间", "activist_filed_on"),
        ("三、发展对象的确定和考察", "上级党委备案日期", "object_agreed_on"),
        ("阶段2：积极分子和发展对象确定和考察阶段", "上级党委备案时间", None),
        ("四、预备党员的接收", "支部大会讨论时间", "assembly_on"),
        ("五、预备党员的教育考察和转正", "支部大会讨论时间", "conv_assembly_on"),
        ("阶段3：正式党员", "上级党委审批时间", "conv_approved_on"),
        ("预备党员接收和转正", "支部大会讨论时间", None),
    ],
)
def test_a_title_that_stages_share_fits_one_stage(group: str, heading: str, code: str | None) -> None:
    fitting = [
        step.code
        for step in STEPS
        if any(title == heading and re.search(stage, group) for title, stage in step.under)
    ]
    assert fitting == ([code] if code else [])
