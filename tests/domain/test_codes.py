"""Code tables: the standards' codes are there, and the writings of rosters find them (COD-03…08)."""

from __future__ import annotations

import datetime as dt

import pytest

from wuling_desktop.domain import code_kinds
from wuling_desktop.domain.codes import CodeTable, MemberKind, shipped, table_of
from wuling_desktop.domain.development import STEP_FACT
from wuling_desktop.domain.kinds import CodeKind
from wuling_desktop.domain.readings import State
from wuling_desktop.domain.texts import closed

TODAY = dt.date(2026, 11, 23)
KINDS = [each for each in vars(code_kinds).values() if isinstance(each, CodeKind)]
TABLES = [*(kind.table for kind in KINDS), STEP_FACT]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_writing_means_two_codes(table: CodeTable) -> None:
    meant: dict[str, str] = {}
    for code in table.codes:
        for writing in (code.text, *code.others):
            assert meant.setdefault(closed(writing), code.code) == code.code, writing
    assert len({code.code for code in table.codes}) == len(table.codes)


def test_there_are_56_ethnic_groups_in_order() -> None:
    table = shipped("ethnic_group")
    codes = [code.code for code in table.codes]
    assert codes == [*(f"{number:02d}" for number in range(1, 57)), "97", "98"]
    assert [table.text(code) for code in ("01", "08", "32", "36", "56")] == [
        "汉族",
        "壮族",
        "仫佬族",
        "毛南族",
        "基诺族",
    ]


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        (code_kinds.SEX, "男", "1"),
        (code_kinds.SEX, "女性", "2"),
        (code_kinds.SEX, 1, "1"),
        (code_kinds.SEX, 2.0, "2"),
        (code_kinds.SEX, "95_男", "1"),
        (code_kinds.ETHNIC_GROUP, "壮", "08"),
        (code_kinds.ETHNIC_GROUP, "壮 族", "08"),
        (code_kinds.ETHNIC_GROUP, "868_汉族", "01"),
        (code_kinds.ETHNIC_GROUP, "01汉族", "01"),
        (code_kinds.ETHNIC_GROUP, "875 壮族", "08"),
        (code_kinds.ETHNIC_GROUP, "汉族（01）", "01"),
        (code_kinds.ETHNIC_GROUP, "满洲族", "11"),
        (code_kinds.ETHNIC_GROUP, "卡佤族", "21"),
        (code_kinds.ETHNIC_GROUP, "水家", "25"),
        (code_kinds.EDUCATION, "本科(61)", "21"),
        (code_kinds.ETHNIC_GROUP, "毛难", "36"),
        (code_kinds.ETHNIC_GROUP, "崩龙族", "46"),
        (code_kinds.ETHNIC_GROUP, "僳僳", "20"),
        (code_kinds.ETHNIC_GROUP, "撤拉", "35"),
        (code_kinds.EDUCATION, "本科", "21"),
        (code_kinds.EDUCATION, "大学", "21"),
        (code_kinds.EDUCATION, "大学本科", "21"),
        (code_kinds.EDUCATION, "硕士研究生", "14"),
        (code_kinds.EDUCATION, "研究生", "10"),
        (code_kinds.EDUCATION, "博士", "11"),
        (code_kinds.EDUCATION, "大专", "31"),
        (code_kinds.EDUCATION, "中专", "41"),
        (code_kinds.EDUCATION, "高中", "61"),
        (code_kinds.EDUCATION, "初中", "71"),
        (code_kinds.EDUCATION, "小学", "81"),
        (code_kinds.EDUCATION, "本科肄业", "23"),
        (code_kinds.DEGREE, "无", "0"),
        (code_kinds.DEGREE, "学士", "4"),
        (code_kinds.DEGREE, "硕士学位", "3"),
        (code_kinds.DEGREE, "教育学硕士", "304"),
        (code_kinds.DEGREE, "教育硕士", "342"),
        (code_kinds.DEGREE, "文学学士", "405"),
        (code_kinds.MARITAL_STATUS, "已婚", "20"),
        (code_kinds.MARITAL_STATUS, "离异", "40"),
        (code_kinds.POLITICAL_STATUS, "中共党员", "01"),
        (code_kinds.POLITICAL_STATUS, "中共预备党员", "02"),
        (code_kinds.POLITICAL_STATUS, "团员", "03"),
        (code_kinds.POLITICAL_STATUS, "九三学社社员", "10"),
        (code_kinds.POLITICAL_STATUS, "群众", "13"),
        (code_kinds.TITLE_LEVEL, "正高", "1"),
        (code_kinds.TITLE_LEVEL, "副高级", "2"),
        (code_kinds.MEMBER_KIND, "223_正式党员", MemberKind.FULL),
        (code_kinds.MEMBER_KIND, "中共党员（预备）", MemberKind.PROBATIONARY),
    ],
)
def test_the_writings_of_rosters_find_their_code(kind: CodeKind, written: object, code: str) -> None:
    reading = kind.read(written, TODAY)
    assert (reading.value, reading.state) == (code, State.SURE)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("11", "博士研究生毕业"),
        ("16", "硕士研究生肄业"),
        ("21", "大学本科毕业"),
        ("28", "大学普通班毕业"),
        ("73", "初中肄业"),
    ],
)
def test_education_is_shown_as_the_standard_has_it(code: str, text: str) -> None:
    assert code_kinds.EDUCATION.show(code) == text


def test_codes_of_other_lists_are_not_ours() -> None:
    assert not any(code_kinds.EDUCATION.table.knows(code) for code in ("51", "72", "82"))


@pytest.mark.parametrize(
    "kind", [each for each in KINDS if each.table.open_ended], ids=lambda kind: kind.name
)
def test_an_unknown_text_is_kept_as_typed_and_marked(kind: CodeKind) -> None:
    reading = kind.read("火星人", TODAY)
    assert (reading.value, reading.state) == ("火星人", State.LIKELY)
    assert kind.show("火星人") == "火星人"
    assert not kind.table.knows("火星人")


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (code_kinds.POLITICAL_STATUS, "01"),
        (code_kinds.POLITICAL_STATUS, 3),
        (code_kinds.ETHNIC_GROUP, "08"),
        (code_kinds.EDUCATION, 21),
        (code_kinds.DEGREE, "4"),
        (code_kinds.TITLE_LEVEL, 1.0),
    ],
)
def test_a_number_alone_is_asked(kind: CodeKind, number: object) -> None:
    """COD-08: a list without 共青团员 shifts the rest; COD-05: never trust a position."""
    reading = kind.read(number, TODAY)
    assert (reading.value, reading.state) == (None, State.ASK)
    assert reading.choices


def test_a_text_not_in_a_closed_list_is_asked() -> None:
    reading = code_kinds.MEMBER_KIND.read("老党员", TODAY)
    assert (reading.value, reading.state) == (None, State.ASK)
    assert reading.choices == ("1", "2")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nothing_is_nothing(kind: CodeKind) -> None:
    assert kind.read("—", TODAY).value is None
    assert kind.read(None, TODAY).taken


def test_a_table_of_an_enum_is_made_once() -> None:
    assert table_of(MemberKind) is table_of(MemberKind)
    assert table_of(MemberKind).text(MemberKind.FULL) == "正式党员"
