"""Lists found in sheets as bureaus and branches write them; nobody lost, nothing invented, all told."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_trials import (
    DATA,
    NAMES,
    found_in,
    identity,
    in_plain_chinese,
    meant,
    names,
    only_table,
    reasons,
    sheet_of,
)

from wuling_desktop.domain.readings import State
from wuling_desktop.exchange.reading.find_tables import find_tables
from wuling_desktop.exchange.reading.questions import TAKE
from wuling_desktop.exchange.reading.sheets import Workbook

if TYPE_CHECKING:
    from wuling_desktop.exchange.reading.tables import Found

HEADS = ["序号", "姓名", "性别", "民族", "出生年月", "备注"]
ROSTER = [
    ["第一党支部党员花名册", None, None, None, None, None],
    ["填报单位（盖章）：青江市教科所", None, None, None, "填报时间：2026年11月", None],
    HEADS,
    [1, "韦清和", "女", "壮族", "1980.10", None],
    [2, "农嘉言", "男", "壮族", "1985-03", "教研员"],
    ["合计", None, "2人", None, None, None],
    ["填表人：", None, None, "审核人：", None, None],
]


def rows_under_heads(*rows: list[Any], **more: Any) -> Found:
    return found_in(sheet_of([HEADS, *rows], **more))


def test_a_roster_among_title_unit_total_and_signature() -> None:
    found = found_in(sheet_of(ROSTER, merges=[(1, 1, 1, 6)]))
    assert names(found) == ["韦清和", "农嘉言"]
    assert only_table(found).header_rows == (3,)
    assert reasons(found) == {1: "标题", 2: "标题", 6: "小计", 7: "签字"}
    assert found.questions == ()
    assert found.rejected is None


def test_blanks_breaks_and_marks_in_heads_mean_the_same() -> None:
    heads = ["序　号", " 姓　　名* ", "性\n别（必填）", "民 族", "出生\n年月\n（岁）", "公民身份\r\n号码"]
    found = found_in(sheet_of([heads, [1, "韦清和", "女", "壮族", "1980.10", identity()]]))
    assert set(meant(only_table(found))) == {
        "person.name",
        "person.sex",
        "person.ethnic_group",
        "person.birth_date",
        "person.id_number",
    }


def test_two_rows_of_heads_with_groups_merged_across() -> None:
    sheet = sheet_of(
        [
            ["党员花名册", None, None, None, None, None, None],
            ["序号", "姓名", "全日制教育", None, "在职教育", None, "备注"],
            [None, None, "学历", "毕业院校系及专业", "学历", "毕业院校系及专业", None],
            [1, "韦清和", "大学", "某大学中文系", "研究生", "某学院", None],
        ],
        merges=[
            (1, 1, 1, 7),
            (2, 1, 3, 1),
            (2, 2, 3, 2),
            (2, 3, 2, 4),
            (2, 5, 2, 6),
            (2, 7, 3, 7),
        ],
    )
    table = only_table(found_in(sheet))
    assert table.header_rows == (2, 3)
    assert [row.number for row in table.rows] == [4]
    assert {"person.ft_education", "person.ft_school", "person.is_education", "person.is_school"} <= set(
        meant(table)
    )


def test_three_rows_of_heads() -> None:
    sheet = sheet_of(
        [
            ["序号", "姓名", "学历情况", None, None, None],
            [None, None, "全日制", None, "在职", None],
            [None, None, "学历", "学位", "学历", "学位"],
            [1, "韦清和", "大学", "学士", "研究生", "硕士"],
        ],
        merges=[(1, 1, 3, 1), (1, 2, 3, 2), (1, 3, 1, 6), (2, 3, 2, 4), (2, 5, 2, 6)],
    )
    table = only_table(found_in(sheet))
    assert table.header_rows == (1, 2, 3)
    assert {"person.ft_education", "person.ft_degree", "person.is_education", "person.is_degree"} <= set(
        meant(table)
    )


def test_groups_above_the_row_with_the_name() -> None:
    sheet = sheet_of(
        [
            ["基本信息", None, None, "发展情况", None],
            ["姓名", "性别", "民族", "入党时间", "转正时间"],
            ["韦清和", "女", "壮族", "2008.07", "2009.07"],
        ],
        merges=[(1, 1, 1, 3), (1, 4, 1, 5)],
    )
    table = only_table(found_in(sheet))
    assert table.header_rows == (1, 2)
    assert {"step_fact.assembly_on", "membership.full_from", "person.sex"} <= set(meant(table))


def test_a_note_box_merged_over_the_data_is_skipped_and_the_people_under_it_are_not() -> None:
    note = "填写说明：1. 本表由党支部填写；2. 请勿删除或调整列；导入前请删除本说明。"
    sheet = sheet_of(
        [HEADS, [1, "韦清和", note, None, None, None], [2, "农嘉言", None, None, None, None]],
        merges=[(2, 3, 3, 6)],
    )
    found = found_in(sheet)
    assert names(found) == ["韦清和", "农嘉言"]
    assert only_table(found).rows[0].cell(2) is None
    assert reasons(found) == {2: "说明"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["必填", "必填", "必填", "选填", "必填", "选填"], "必填"),
        ([None, "必填", "从下拉框选择", None, "格式：yyyy-MM", None], "必填"),
        ([None, "与身份证一致", "男或女", None, "如：1980.01", None], "必填"),
        (["例", "张三", "男", "汉族", "1980.01", None], "示例"),
        ([1, "张三", "男", "汉族", "1980.01", None], "示例"),
        (["示例", "韦某", "女", "汉族", "1980.01", None], "示例"),
        ([None, "×××", "男", None, None, None], "示例"),
        (["小计", None, "3人", None, None, None], "小计"),
        (["合  计", "3", None, None, None, None], "小计"),
        ([None, "总计：", None, None, None, None], "小计"),
        ([None, "（盖章）", None, None, None, None], "签字"),
        ([None, "党支部盖章", None, None, "2026年11月24日", None], "签字"),
        ([None, "2026年11月24日", None, None, None, None], "签字"),
        ([None, "真实姓名", None, None, None, None], "必填"),
        ([None, "党员总数", 42, None, None, None], "小计"),
        ([None, "统计截止时间：2026年11月", None, None, None, None], "说明"),
        ([3, "待定", "男", None, None, None], "说明"),
        ([None, "……", None, None, None, None], "说明"),
        ([1, "示例：韦清和", "女", None, None, None], "示例"),
        ([1, "（示例）韦清和", "女", None, None, None], "示例"),
        (["第一党支部小计", "2", None, None, None, None], "小计"),
        ([None, "合计：42人", None, None, None, None], "小计"),
        ([None, "平均年龄", 41.5, None, None, None], "小计"),
        ([None, "其中：女", 20, None, None, None], "小计"),
        ([None, "复核人", None, None, None, None], "签字"),
        ([None, "填表日期", None, None, None, None], "签字"),
        ([None, "本表一式两份", None, None, None, None], "说明"),
        ([None, "共 3 人", None, None, None, None], "小计"),
        (["填表人：韦清和", None, None, "联系电话：19900000001", None, None], "签字"),
        (["党支部书记（签字）：", None, None, None, None, None], "签字"),
        ([None, None, None, None, "（盖章）", None], "签字"),
        ([None, None, None, None, "2026年  月  日", None], "签字"),
        (["注：1. 本表一式两份。", None, None, None, None, None], "说明"),
        (["备注：本表由党支部填写", None, None, None, None, None], "说明"),
        (["说明：", "年龄计算到2026年11月", None, None, None, None], "说明"),
        ([None, "以下空白", None, None, None, None], "说明"),
        (["第二党支部", None, None, None, None, None], "小标题"),
        (["二、预备党员（1人）", None, None, None, None, None], "小标题"),
        ([3, None, None, None, None, None], "空行"),
    ],
)
def test_a_row_that_is_nobody_is_skipped_with_its_reason(row: list[Any], reason: str) -> None:
    found = rows_under_heads(
        [1, "韦清和", "女", "壮族", "1980.10", None], row, [2, "农嘉言", "男", None, None, None]
    )
    assert names(found) == ["韦清和", "农嘉言"]
    assert reasons(found) == {3: reason}


@pytest.mark.parametrize(
    "row",
    [
        [1, "石小计", "男", "汉族", "1980.01", "合计发文三篇"],
        [1, "张三丰", "男", "汉族", "1980.01", None],
        [1, "韦清和", "女", None, None, "注：2019年转入"],
        [1, "韦清和", None, None, None, None],
        [None, "韦清和", None, None, None, None],
        [1, "阿布都·赛麦提", "男", "维吾尔族", "1979.02", None],
        [1, "农 嘉 言", "男", None, None, "填表人：韦清和"],
        [1, "共青林", "男", None, None, "必填项已核"],
        [1, "韦清和", "女", None, None, "示例"],
        [1, None, "女", "壮族", "1980.10", None],
        [1, "和平", "男", "请", "1980.10", None],
        [3, None, "女", "壮族", "1980年10月", None],
        [3, None, None, None, "1980年10月5日", "退休"],
    ],
)
def test_a_row_of_a_person_is_never_skipped(row: list[Any]) -> None:
    found = rows_under_heads(row)
    assert len(only_table(found).rows) == 1
    assert reasons(found) == {}


def test_heads_repeated_on_the_second_page_with_title_and_unit() -> None:
    again = [ROSTER[0], ROSTER[1], HEADS]
    found = found_in(sheet_of([*ROSTER[:5], *again, [3, "陆书翰", "男", "汉族", "1979.02", None]]))
    assert names(found) == ["韦清和", "农嘉言", "陆书翰"]
    told = {*reasons(found), *(row for table in found.tables for row in table.header_rows)}
    assert {6, 7, 8} <= told


def test_heads_repeated_after_many_rows() -> None:
    people = [[place, NAMES[place % 8], "女", None, None, None] for place in range(1, 71)]
    found = found_in(sheet_of([HEADS, *people, HEADS, *people]))
    assert len(names(found)) == 140


def test_other_heads_after_many_rows_without_a_gap() -> None:
    people = [[place, NAMES[place % 8], "女", None, None, None] for place in range(1, 71)]
    found = found_in(sheet_of([HEADS, *people, ["姓名", "手机"], ["农嘉言", "19900000001"]]))
    assert len(names(found)) == 71
    assert names(found)[-1] == "农嘉言"


def test_two_rows_of_heads_repeated_on_the_second_page() -> None:
    heads = [["序号", "姓名", "学历", None], [None, None, "全日制", "在职"]]
    merges = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (4, 1, 5, 1), (4, 2, 5, 2), (4, 3, 4, 4)]
    sheet = sheet_of(
        [*heads, [1, "韦清和", "大学", None], *heads, [2, "农嘉言", "大学", None]], merges=merges
    )
    assert names(found_in(sheet)) == ["韦清和", "农嘉言"]


def test_one_block_a_branch_with_its_own_title_and_heads() -> None:
    blocks = []
    for branch, people in (("第一党支部", NAMES[:2]), ("第二党支部", NAMES[2:5])):
        blocks += [[f"{branch}党员名册"], ["序号", "姓名", "性别"]]
        blocks += [[place, name, None] for place, name in enumerate(people, 1)]
        blocks += [["小计", len(people), None], [None, None, None]]
    found = found_in(sheet_of(blocks, merges=[(1, 1, 1, 3), (7, 1, 7, 3)]))
    assert names(found) == list(NAMES[:5])


def test_lists_in_several_sheets_are_all_found() -> None:
    one = sheet_of([["姓名", "性别"], ["韦清和", "女"]], name="正式党员")
    two = sheet_of([["姓名", "入党时间"], ["农嘉言", "2025.07"]], name="预备党员")
    assert names(found_in(one, two)) == ["韦清和", "农嘉言"]


def test_validations_and_old_heads_in_far_columns_are_told_and_do_no_harm() -> None:
    far = [None] * 235
    sheet = sheet_of(
        [
            [*HEADS, *far, "预备党员", "正式党员"],
            [1, "韦清和", "女", "壮族", "1980.10", None],
            [2, "农嘉言", "男", "壮族", "1985.03", None, *far[1:], "223_正式党员"],
        ]
    )
    found = found_in(sheet)
    assert names(found) == ["韦清和", "农嘉言"]
    assert meant(only_table(found)).keys() == {
        "person.name",
        "person.sex",
        "person.ethnic_group",
        "person.birth_date",
        "person.note",
    }


def test_a_stray_cell_far_away_does_not_make_the_title_a_group_head() -> None:
    title = ["入党积极分子培养联系人名册", None, None]
    far = [None] * 16_380
    sheet = sheet_of(
        [
            title,
            ["姓名", "性别", "手机"],
            ["第一党小组名单如下", None, None],
            ["韦清和", "女", "甲", *far, "乙"],
        ],
        merges=[(1, 1, 1, 3), (3, 1, 3, 3)],
    )
    found = found_in(sheet)
    assert only_table(found).header_rows == (2,)
    assert meant(only_table(found)).keys() == {"person.name", "person.sex", "person.phone"}
    assert (names(found), reasons(found)) == (["韦清和"], {1: "标题", 3: "小标题"})


def test_twenty_thousand_rows_are_looked_through_in_a_few_seconds() -> None:
    people = [["韦清和", "女", "广西某市某县某某单位科长"] for _ in range(20_000)]
    people[7] = [*people[7], *[None] * 16_000, "甲"]
    begun = time.monotonic()
    found = found_in(sheet_of([["姓名", "性别", "备注"], *people]))
    assert len(names(found)) == 20_000
    assert time.monotonic() - begun < 5


def test_ten_thousand_lists_of_one_person_are_looked_through_in_a_few_seconds() -> None:
    begun = time.monotonic()
    found = found_in(sheet_of([["姓名", "性别"], ["韦清和", "女"]] * 10_000))
    assert len(names(found)) == 10_000
    assert time.monotonic() - begun < 8


def test_merges_without_end_are_looked_through_in_a_few_seconds() -> None:
    merges = [(row, 3, row, 4) for row in range(1, 20_000)] + [(2, 1, 20_000, 1)] * 40
    begun = time.monotonic()
    found = found_in(sheet_of([["姓名", "性别", "备注"], *[["韦清和", "女", None]] * 10_000], merges=merges))
    assert found.tables
    assert time.monotonic() - begun < 5


def test_codes_left_alone_in_rows_below_are_told() -> None:
    far = [None] * 30
    found = rows_under_heads(
        [1, "韦清和", "女", "壮族", "1980.10", None],
        *[[None] * 6 + far + [text] for text in ("壮族", "汉族")],
    )
    assert names(found)[0] == "韦清和"
    assert len(only_table(found).rows) + len(found.skipped) == 3


@pytest.mark.parametrize(
    ("group", "heads", "not_meant"),
    [
        ("培养联系人", ("姓名", "电话"), "person.phone"),
        ("家庭主要成员", ("姓名", "出生年月"), "person.birth_date"),
        ("配偶情况", ("姓名", "学历"), "person.education"),
    ],
)
def test_what_is_said_of_others_is_not_taken_for_the_person(
    group: str, heads: tuple[str, str], not_meant: str
) -> None:
    sheet = sheet_of(
        [["姓名", "性别", group, None], [None, None, *heads], ["韦清和", "女", "农嘉言", "甲"]],
        merges=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)],
    )
    found = found_in(sheet)
    assert names(found) == ["韦清和"]
    assert not_meant not in meant(only_table(found))


@pytest.mark.parametrize("ditto", ["同上", " 〃 ", "同 上", '"'])
def test_a_mark_of_repetition_is_not_taken_for_a_value(ditto: str) -> None:
    found = rows_under_heads([1, "韦清和", "女", "壮族", None, None], [2, "农嘉言", "男", ditto, None, None])
    assert "请写全" in only_table(found).rows[1].fault(3)


def test_a_value_merged_down_belongs_to_everyone_beside_it() -> None:
    sheet = sheet_of(
        [
            ["支部", "姓名", "性别"],
            ["第一党支部", "韦清和", "女"],
            [None, "农嘉言", "男"],
            ["第二党支部", "陆书翰", "男"],
        ],
        merges=[(2, 1, 3, 1)],
    )
    assert [row.cell(0) for row in only_table(found_in(sheet)).rows] == [
        "第一党支部",
        "第一党支部",
        "第二党支部",
    ]


def test_an_identity_number_merged_down_is_given_to_one_person_only() -> None:
    sheet = sheet_of([["姓名", "身份证号"], ["韦清和", identity()], ["农嘉言", None]], merges=[(2, 2, 3, 2)])
    assert [row.cell(1) for row in only_table(found_in(sheet)).rows] == [identity(), None]


def test_one_person_over_several_rows_is_one_person() -> None:
    sheet = sheet_of(
        [
            ["姓名", "性别", "备注"],
            ["韦清和", "女", "一"],
            [None, None, "二"],
            ["农嘉言", "男", None],
        ],
        merges=[(2, 1, 3, 1), (2, 2, 3, 2)],
    )
    found = found_in(sheet)
    assert names(found) == ["韦清和", "农嘉言"]
    assert reasons(found) == {3: "合并行"}
    assert "二" in only_table(found).rows[0].fault(2)


def test_a_hidden_sheet_of_codes_is_not_asked_about() -> None:
    codes = sheet_of([["223_正式党员"], ["868_汉族"]], name="代码", hidden=True)
    found = found_in(sheet_of([["姓名", "性别"], ["韦清和", "女"]]), codes)
    assert found.questions == ()
    assert [each.reason for each in found.skipped] == ["不是名单"]


def test_the_key_column_is_asked_about_and_answered() -> None:
    sheet = sheet_of([["称呼", "性别", "民族", "出生年月"], ["韦清和", "女", "壮族", "1980.10"]])
    asked = found_in(sheet)
    (question,) = asked.questions
    assert "姓名" in question.text
    assert "A 列“称呼”" in question.choices
    assert asked.rejected is None
    answered = found_in(sheet, answers={question.id: "A 列“称呼”"})
    assert (names(answered), answered.questions) == (["韦清和"], ())
    declined = found_in(sheet, answers={question.id: question.choices[-1]})
    assert declined.rejected is not None
    assert in_plain_chinese(declined.rejected)


def test_the_key_column_may_be_named_by_the_mapping() -> None:
    sheet = sheet_of([["称呼", "性别", "民族"], ["韦清和", "女", "壮族"]])
    assert names(found_in(sheet, columns={"名册!0": "person.name"})) == ["韦清和"]


def test_two_columns_that_claim_one_datum_are_asked_about() -> None:
    sheet = sheet_of(
        [
            ["姓名", "联系电话", "手机号码"],
            ["韦清和", "19900000001", "19900000002"],
            ["农嘉言", None, "19900000003"],
        ]
    )
    asked = found_in(sheet)
    (question,) = asked.questions
    assert question.kind == "column"
    assert len(question.choices) == 3
    for choice, heading in zip(question.choices, ("联系电话", "手机号码", None), strict=True):
        found = found_in(sheet, answers={question.id: choice})
        assert found.questions == ()
        assert meant(only_table(found)).get("person.phone") == heading


def test_two_lists_whose_twins_stand_elsewhere_are_asked_about_one_by_one() -> None:
    sheet = sheet_of(
        [
            ["姓名", "电话", "手机号"],
            ["韦清和", "19900000001", "19900000002"],
            ["姓名", "性别", "电话", "手机号"],
            ["农嘉言", "男", "19900000003", "19900000004"],
        ]
    )
    questions = found_in(sheet).questions
    assert len({question.id for question in questions}) == len(questions) == 2
    assert found_in(sheet, answers={each.id: each.choices[0] for each in questions}).questions == ()


@pytest.mark.parametrize("merges", [[], [(2, 2, 2, 3)]])
def test_the_last_person_above_other_heads_is_not_taken_for_a_head(merges: list[Any]) -> None:
    sheet = sheet_of(
        [
            ["姓名", "性别", None],
            ["韦清和", "女", None],
            ["姓名", "性别", "民族", "学历", "备注"],
            ["农嘉言", "男", None, None, None],
        ],
        merges=merges,
    )
    assert names(found_in(sheet)) == ["韦清和", "农嘉言"]


def test_group_heads_of_a_second_list_under_its_title_are_heads() -> None:
    sheet = sheet_of(
        [
            ["姓名", "性别", None],
            ["韦清和", "女", None],
            ["预备党员", None, None],
            ["基本信息", None, "发展情况"],
            ["姓名", "性别", "入党时间"],
            ["农嘉言", "男", "2025.07"],
        ],
        merges=[(3, 1, 3, 3), (4, 1, 4, 2)],
    )
    found = found_in(sheet)
    assert names(found) == ["韦清和", "农嘉言"]
    assert found.tables[1].header_rows == (4, 5)


def test_two_columns_that_say_the_same_are_not_asked_about() -> None:
    sheet = sheet_of([["姓名", "联系电话", "手机号码"], ["韦清和", "19900000001", "19900000001"]])
    found = found_in(sheet)
    assert found.questions == ()
    assert list(meant(only_table(found))).count("person.phone") == 1


def test_an_empty_twin_column_gives_way() -> None:
    sheet = sheet_of([["姓名", "出生年月", "出生日期"], ["韦清和", None, "1980.10"]])
    found = found_in(sheet)
    assert found.questions == ()
    assert meant(only_table(found))["person.birth_date"] == "出生日期"


def test_the_mapping_of_the_user_overrules_the_heads() -> None:
    sheet = sheet_of([["姓名", "备注", "电话"], ["韦清和", "19900000001", "退休"]])
    found = found_in(sheet, columns={"名册!1": "person.phone", "名册!2": ""})
    (table,) = found.tables
    assert meant(table) == {"person.name": "姓名", "person.phone": "备注"}
    assert [column.confidence for column in table.columns] == [State.SURE, State.SURE, State.REFUSED]
    assert "您的选择" in table.columns[2].note


def test_a_sheet_name_with_marks_keeps_its_mapping_and_answers() -> None:
    name = "名册!2026年:一"
    sheet = sheet_of([["姓名", "甲"], ["韦清和", "退休"]], name=name, hidden_rows=[2])
    (question,) = found_in(sheet).questions
    found = found_in(sheet, columns={f"{name}!1": "person.note"}, answers={question.id: TAKE})
    assert meant(only_table(found))["person.note"] == "甲"


def test_a_form_of_one_person_without_a_name_is_a_blank() -> None:
    rows = [
        ["党员基本信息采集表", None, None, None],
        ["姓名", None, "性别", None],
        ["民族", None, "出生年月", None],
        ["籍贯", None, "学历", None],
    ]
    rejected = found_in(sheet_of(rows)).rejected
    assert rejected is not None
    assert "空表" in rejected.what
    assert in_plain_chinese(rejected)


def test_a_form_is_no_ledger() -> None:
    rows = [
        ["姓名", "韦清和", "籍贯", "广西"],
        ["民族", "壮族", "性别", "女"],
        ["学历", "本科", "手机", None],
    ]
    rejected = found_in(sheet_of(rows), needs=["person.name", "person.native_place"]).rejected
    assert rejected is not None
    assert "一人一张" in rejected.what
    assert in_plain_chinese(rejected)


@pytest.mark.parametrize(
    "below",
    [
        [],
        [[1], [2], [3]],
        [["填表人：", None, None, "审核人：", None, None]],
        [["例", "张三", "男", "汉族", "1980.01", None], [1], [2]],
        [["注：本表由党支部填写。"]],
    ],
)
def test_a_blank_is_rejected_as_an_empty_form(below: list[list[Any]]) -> None:
    rejected = rows_under_heads(*below).rejected
    assert rejected is not None
    assert "一张空表" in rejected.what
    assert in_plain_chinese(rejected)


def test_a_workbook_of_something_else_is_rejected_with_the_column_that_is_missing() -> None:
    found = found_in(sheet_of([["商品", "单价"], ["粉笔", 3.5]]))
    assert found.rejected is not None
    assert "姓名" in found.rejected.what
    assert in_plain_chinese(found.rejected)
    assert [each.reason for each in found.skipped] == ["不是名单"]


def test_a_column_without_a_heading_and_one_of_no_meaning_are_told() -> None:
    found = found_in(sheet_of([["姓名", None, "星座"], ["韦清和", "甲", "乙"]]))
    columns = only_table(found).columns
    assert [(each.heading, each.datum is None) for each in columns] == [
        ("姓名", False),
        ("B 列", True),
        ("星座", True),
    ]
    assert "没有列名" in columns[1].note


def test_notes_of_the_reader_are_handed_on() -> None:
    workbook = Workbook("名册.xlsx", "xlsx", (sheet_of([["姓名", "性别"]]),), ("有一格没有读",))
    found = find_tables(workbook, DATA, needs=frozenset({"person.name"}), answers={}, columns={})
    assert found.notes == ("有一格没有读",)


def test_a_ledger_needs_all_its_key_columns() -> None:
    needs = ("person.name", "person.birth_date")
    assert found_in(sheet_of([["姓名", "性别"], ["韦清和", "女"]]), needs=needs).rejected is not None
    found = found_in(sheet_of([["姓名", "出生年月"], ["韦清和", "1980.10"]]), needs=needs)
    assert names(found) == ["韦清和"]


ROWS = st.lists(
    st.tuples(
        st.integers(1, 99),
        st.sampled_from(NAMES),
        st.sampled_from(["男", "女", None, "无"]),
        st.sampled_from(["壮族", None, "汉"]),
        st.sampled_from(["1980.10", 1980.1, 36923, None, "不详"]),
        st.text(max_size=8)
        | st.none()
        | st.sampled_from(["注：甲", "合计", "审核人：乙", "张三", "必填", "例如：丙"]),
    ),
    min_size=1,
    max_size=12,
)


@given(rows=ROWS, above=st.integers(0, 5), gap=st.integers(0, 3))
def test_whoever_has_a_name_is_found_whatever_stands_beside_it(
    rows: list[tuple[Any, ...]], above: int, gap: int
) -> None:
    title: list[list[Any]] = [["党员名册"], *[["附件"]] * above][:above]
    cleaned = [
        [cell if cell is None or not isinstance(cell, str) or cell.strip() else None for cell in row]
        for row in rows
    ]
    sheet = sheet_of([*title, *[[None]] * gap, HEADS, *cleaned])
    found = found_in(sheet)
    assert names(found) == [row[1] for row in rows]


@given(
    rows=st.lists(
        st.lists(
            st.none()
            | st.text(max_size=10)
            | st.integers()
            | st.sampled_from([*NAMES, *HEADS, "合计", "注：甲"]),
            max_size=7,
        ),
        max_size=12,
    ),
    merges=st.lists(
        st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(0, 5), st.integers(0, 5)), max_size=4
    ),
)
def test_every_row_of_any_sheet_is_a_record_a_head_or_told(
    rows: list[list[Any]], merges: list[tuple[int, int, int, int]]
) -> None:
    sheet = sheet_of(
        rows, merges=[(top, left, top + down, left + right) for top, left, down, right in merges]
    )
    found = found_in(sheet)
    told = {row.number for table in found.tables for row in table.rows}
    told |= {number for table in found.tables for number in table.header_rows}
    told |= {skipped.row for skipped in found.skipped}
    if found.tables:
        assert told >= {row.number for row in sheet.rows}
    elif sheet.rows:
        assert [skipped.reason for skipped in found.skipped] == ["不是名单"]
