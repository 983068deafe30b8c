"""Forms of one person, as bureaus send them: every label with its value, every person once, the rest told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from reading_trials import DATA, TODAY, names, reasons, sheet_of

from wuling_desktop.exchange.reading.find_tables import find_tables
from wuling_desktop.exchange.reading.label_forms import with_forms_as_lists
from wuling_desktop.exchange.reading.read_rows import read_rows
from wuling_desktop.exchange.reading.sheets import Sheet, SheetRow, Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wuling_desktop.exchange.reading.tables import Found

FORM: tuple[tuple[Any, ...], ...] = (
    ("党员基本信息采集表",),
    ("姓  名", "韦清和", "性 别", "女", "出生年月\n（岁）", "1980.10\n（46岁）", "照片"),
    ("民族", "壮族", "籍贯", "广西河池", "身份证号码", "450199198010050122"),
    ("入  党\n时  间", dt.date(2005, 6, 1), "工号", 12, "专业技术\n职务", "高级教师"),
    ("学历\n学位", "全日制教育", "大学本科\n理学学士", "毕业院校\n系及专业", "邕江大学数学系"),
    (None, "在职教育", "研究生", "毕业院校\n系及专业", "漓水师范大学"),
    ("所在党组织", "第一党支部", "联系方式", "19900000001"),
    ("简历", "2001.07—  某校教师\n2010.01—  本所"),
    ("本人签字：", None, "填表时间：2026年11月"),
)
MERGES = ((1, 1, 1, 7), (2, 7, 4, 7), (5, 1, 6, 1), (8, 2, 8, 7))
TOLD = {
    "person.name": "韦清和", "person.sex": "2", "person.birth_date": "1980-10", "person.ethnic_group": "08",
    "person.native_place": "广西河池", "person.id_number": "450199198010050122", "step_fact.assembly_on": "2005-06-01",
    "person.staff_number": "12", "person.title": "高级教师", "person.ft_education": "21", "person.ft_degree": "407",
    "person.ft_school": "邕江大学数学系", "person.is_education": "10", "person.is_school": "漓水师范大学",
    "branch.name": "第一党支部", "person.phone": "19900000001", "person.resume": "2001.07—  某校教师\n2010.01—  本所",
}  # fmt: skip


def small(name: str, sex: str, **more: str) -> list[list[Any]]:
    """Return a form of two rows and what `more` adds, a label and a value each."""
    return [
        ["姓名", name, "性别", sex],
        ["民族", "壮族", "籍贯", "广西"],
        *([label, text] for label, text in more.items()),
    ]


def found_in(*sheets: Sheet, answers: Mapping[str, str] | None = None) -> Found:
    workbook = with_forms_as_lists(Workbook("采集表.xlsx", "xlsx", sheets), DATA)
    return find_tables(workbook, DATA, needs=frozenset({"person.name"}), answers=answers or {}, columns={})


def told(found: Found) -> list[dict[str, str]]:
    """Return each person's values by full names, as text."""
    return [
        {
            name: getattr(reading.value, "text", str(reading.value))
            for name, reading in read.readings.items()
            if reading.value is not None
        }
        for table in found.tables
        for read in read_rows(table, TODAY)
    ]


def form(rows: Sequence[Sequence[Any]], **more: Any) -> Sheet:
    return sheet_of([list(row) for row in rows], name="采集表", **more)


def test_every_label_is_read_with_the_value_beside_it() -> None:
    found = found_in(form(FORM, merges=MERGES))
    assert told(found) == [TOLD]
    assert found.notes == ("“采集表”是一人一张的表，按标签读成了 1 人",)
    assert [row.number for table in found.tables for row in table.rows] == [2], "the row of the name"


def test_a_sheet_for_each_person_and_a_list_beside_them() -> None:
    sheets = [sheet_of(small(name, "女"), name=name) for name in ("韦清和", "农嘉言")]
    found = found_in(*sheets, sheet_of([["姓名", "性别"], ["陆书翰", "男"]], name="名册"))
    assert names(found) == ["韦清和", "农嘉言", "陆书翰"]
    assert found.notes == ("“韦清和”等 2 张表是一人一张的表，按标签读成了 2 人",)


def test_several_below_one_another_each_with_its_title_and_its_branch_above_the_name() -> None:
    rows: list[list[Any]] = []
    for number, name in enumerate(("韦清和", "农嘉言", "陆书翰"), 1):
        rows += [
            ["党员登记表"],
            ["所在党支部", f"第{number}党支部"],
            *small(name, "女", 手机=f"1990000000{number}"),
            [None],
        ]
    found = found_in(form(rows))
    assert [(each["person.name"], each["branch.name"], each["person.phone"]) for each in told(found)] == [
        ("韦清和", "第1党支部", "19900000001"),
        ("农嘉言", "第2党支部", "19900000002"),
        ("陆书翰", "第3党支部", "19900000003"),
    ]
    assert [row.number for table in found.tables for row in table.rows] == [3, 9, 15]


def test_several_without_titles_between() -> None:
    found = found_in(form([*small("韦清和", "女"), *small("农嘉言", "男")]))
    assert [(each["person.name"], each["person.sex"]) for each in told(found)] == [
        ("韦清和", "2"),
        ("农嘉言", "1"),
    ]


def test_labels_below_one_another() -> None:
    rows = [["姓名", "韦清和"], ["性别", "女"], ["民族", "壮族"], ["手机", 19900000001]]
    assert told(found_in(form(rows))) == [
        {
            "person.name": "韦清和",
            "person.sex": "2",
            "person.ethnic_group": "08",
            "person.phone": "19900000001",
        }
    ]


def test_a_label_and_its_value_in_one_cell() -> None:
    rows = [
        ["党支部：第一党支部", None, "填报时间：2026年"],
        *small("韦清和", "女"),
        ["手机：19900000001", None, "爱好：下棋"],
    ]
    found = found_in(form(rows))
    (person,) = told(found)
    assert (person["branch.name"], person["person.phone"]) == ("第一党支部", "19900000001")
    assert "“爱好”" in found.notes[0]
    assert "1 处" in found.notes[0]


def test_the_family_is_not_the_person() -> None:
    rows = [
        *small("韦清和", "女"),
        ["家庭主要成员", "称谓", "姓名", "出生年月", "政治面貌", "工作单位"],
        [None, "父亲", "韦大山", "1950.01", "群众", "某村"],
        [None, "配偶", "莫知远", "1979.01", "中共党员", "某校"],
        ["备注", "返聘"],
    ]
    found = found_in(form(rows, merges=[(3, 1, 5, 1)]))
    (person,) = told(found)
    assert (person["person.name"], person["person.note"]) == ("韦清和", "返聘")
    assert "person.birth_date" not in person
    assert "“父亲”" in found.notes[0]


def test_what_is_not_known_or_said_twice_is_told() -> None:
    rows = [
        *small("韦清和", "女"),
        ["党内奖惩", "优秀党员", "性别", "男"],
        ["考核结果", None],
        ["籍贯", "广西"],
    ]
    found = found_in(form(rows))
    assert told(found)[0]["person.sex"] == "2"
    assert "有 2 处没有认出来，没有取（“党内奖惩”、“性别 男”）" in found.notes[0]


def test_empty_values_do_not_take_what_stands_behind_them() -> None:
    rows = [
        ["姓名", "韦清和", "性别", None, "民族", "壮族"],
        ["籍贯", None, "手机", "19900000001", None, None],
    ]
    assert told(found_in(form(rows))) == [
        {"person.name": "韦清和", "person.ethnic_group": "08", "person.phone": "19900000001"}
    ]


@pytest.mark.parametrize("sample", [None, "张三"])
def test_a_form_nobody_filled_in_is_a_blank(sample: str | None) -> None:
    rows = [
        ["党员登记表"],
        ["姓名", sample, "性别", None, "民族", None],
        ["籍贯", None, "手机", None],
        ["工号", None],
    ]
    found = found_in(form(rows))
    assert found.rejected is not None
    assert "空表" in found.rejected.what


def test_a_hidden_or_struck_out_form_is_asked_about() -> None:
    hidden = sheet_of(small("韦清和", "女"), name="旧", hidden=True)
    struck = sheet_of(small("农嘉言", "男"), name="新", struck_rows=[1])
    found = found_in(hidden, struck)
    assert [question.kind for question in found.questions] == ["hidden_sheet", "struck_rows"]
    assert names(found) == []


def test_a_cell_that_cannot_be_trusted_stays_so() -> None:
    sheet = form(small("韦清和", "女"))
    first = SheetRow(1, sheet.rows[0].cells, faults=((3, "这一格划了删除线，没有取"),))
    found = found_in(Sheet(sheet.name, (first, *sheet.rows[1:])))
    assert "person.sex" not in told(found)[0]


def test_a_list_stays_a_list() -> None:
    """Heads that stand apart, names that are words of heads elsewhere, one person only."""
    for rows in (
        [["姓名", "甲", "性别", "乙"], ["韦清和", "一", "女", "二"]],
        [["姓名", "性别"], ["韦清和", "女"]],
        [["序号", "姓名", "职务"], [1, "韦清和", "书记"], [2, "农嘉言", "委员"]],
    ):
        found = found_in(form(rows))
        assert (found.notes, names(found)[0], reasons(found)) == ((), "韦清和", {})
