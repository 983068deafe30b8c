"""What titles over people say of them: the branch, and how far they have come; never more than they say."""

from __future__ import annotations

import pytest

from wuling_desktop.domain.codes import Standing
from wuling_desktop.exchange.reading.sections import NOWHERE, Section, Sections, section_of
from wuling_desktop.exchange.reading.tables import Skipped

ONE, TWO = Section(branch="第一党支部"), Section(branch="第二党支部")
FULL, PROBATION = Section(standing=Standing.FULL), Section(standing=Standing.PROBATIONARY)


@pytest.mark.parametrize(
    "text",
    [
        "第一党支部", "一、第一党支部（14 人）", "（二）第一党支部：", "2. 第 一 党 支 部 党员名册", "第一党支部共5名",
        "第一党支部党员花名册", "第一党支部  书记：韦清和（共 2 人）", "第一党支部（书记 韦清和）",
    ],
)  # fmt: skip
def test_a_title_tells_the_branch(text: str) -> None:
    assert section_of(text) == ONE


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("二、预备党员（1名）", Standing.PROBATIONARY), ("正式党员名册", Standing.FULL), ("入党积极分子", Standing.ACTIVIST),
        ("三、发展对象：", Standing.OBJECT), ("入党申请人名单", Standing.APPLICANT), ("（一）正式党员 12人", Standing.FULL),
    ],
)  # fmt: skip
def test_a_title_tells_how_far_they_have_come(text: str, standing: Standing) -> None:
    assert section_of(text) == Section(standing=standing)


def test_a_title_may_tell_both() -> None:
    assert section_of("第一党支部预备党员名册（3人）") == Section("第一党支部", Standing.PROBATIONARY)


@pytest.mark.parametrize(
    "text",
    [
        "党员花名册", "党员名册", "Sheet1", "各支部", "各党支部", "填报单位：第一党支部", "第一党总支部", "填报单位（盖章）：",
        "中共青江市教科所总支部", "拟吸收预备党员名单汇总审批表", "可接收积极分子", "入党积极分子和发展对象名册",
        "未谈话入党申请人名单",
        "第一党支部、第二党支部", "关于第一党支部", "党员", "2026年预备党员转正名册", "",
    ],
)  # fmt: skip
def test_what_a_title_does_not_say_is_not_taken_from_it(text: str) -> None:
    assert section_of(text) == NOWHERE


def over(sheet: str, *titles: tuple[int, str, str]) -> Sections:
    return Sections(sheet, [Skipped("名册", row, reason, text) for row, reason, text in titles])


def test_standings_within_branches() -> None:
    found = over(
        "名册", (1, "标题", "党员花名册"), (2, "标题", "第一党支部"), (3, "小标题", "正式党员"),
        (9, "小标题", "预备党员"), (20, "小标题", "第二党支部"), (25, "小标题", "正式党员"),
    )  # fmt: skip
    told = [found.over(row) for row in (1, 2, 5, 12, 21, 26)]
    assert told == [
        NOWHERE, ONE, Section("第一党支部", Standing.FULL), Section("第一党支部", Standing.PROBATIONARY), TWO,
        Section("第二党支部", Standing.FULL),
    ]  # fmt: skip


def test_branches_within_standings() -> None:
    found = over(
        "名册", (2, "小标题", "正式党员"), (3, "小标题", "第一党支部"), (9, "小标题", "第二党支部"), (20, "小标题", "预备党员"),
    )  # fmt: skip
    assert [found.over(row) for row in (5, 12, 21)] == [
        Section("第一党支部", Standing.FULL), Section("第二党支部", Standing.FULL), PROBATION,
    ]  # fmt: skip


def test_the_title_of_a_whole_list_tells_its_branch_only_where_blocks_do() -> None:
    alone = over("名册", (1, "标题", "第一党支部党员花名册"))
    assert alone.over(9) == NOWHERE
    among = over("名册", (1, "标题", "第一党支部党员花名册"), (9, "小标题", "第二党支部党员花名册"))
    assert [among.over(row) for row in (3, 11)] == [ONE, TWO]


def test_a_group_within_a_branch_keeps_it_and_another_unit_ends_it() -> None:
    found = over(
        "名册", (2, "小标题", "第一党支部"), (5, "小标题", "第一党小组"), (9, "小标题", "机关党委直属")
    )
    assert [found.over(row) for row in (3, 6, 10)] == [ONE, ONE, NOWHERE]


def test_the_name_of_the_sheet_is_the_first_title() -> None:
    named = Sections(
        "预备党员",
        [Skipped("别的表", 1, "小标题", "第二党支部"), Skipped("预备党员", 2, "小计", "第一党支部")],
    )
    assert named.over(9) == PROBATION
