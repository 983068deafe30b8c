"""What makes a row a record; names are told from what only stands in their column."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_trials import sheet_of

from wuling_desktop.exchange.reading.body_rows import (
    Body,
    Frame,
    head_texts,
    index_column,
    name_like,
    sort_rows,
    text_of,
)
from wuling_desktop.exchange.reading.header_rows import Grid, Head

HEADS = ["序号", "姓名", "性别"]
FRAME = Frame(1, frozenset({1}), 0, 3, frozenset({head_texts(sheet_of([HEADS]).rows[0])}))
HEAD = Head(1, 1, 1, {place: (text,) for place, text in enumerate(HEADS)}, {"person.name": 1})


def sorted_(*rows: list[Any], merges: Any = (), frame: Frame = FRAME, until: int = 99) -> Body:
    return sort_rows(Grid(sheet_of([HEADS, *rows], merges=merges)), HEAD, until, frame)


@pytest.mark.parametrize(
    "name", ["韦清和", "韦 和", "阿布都·赛麦提", "阿布都•赛麦提", "欧阳子", "Smith", "John Smith", "𬱖㛃"]
)
def test_names_are_names(name: str) -> None:
    assert name_like(name)


@pytest.mark.parametrize("value", [None, 3, "", "3人", "韦清和：", "（盖章）", "一、二", "甲" * 31, "2026年"])
def test_what_is_no_name_is_told(value: Any) -> None:
    assert not name_like(value)


def test_rows_from_below_the_heads_to_the_next_list_only() -> None:
    body = sorted_([1, "韦清和", "女"], [2, "农嘉言", "男"], until=3)
    assert [row.number for row in body.rows] == [2]


def test_in_a_list_of_things_names_of_samples_are_no_samples() -> None:
    things = Frame(1, frozenset({1}), 0, 3, frozenset(), of_people=False)
    assert len(sorted_([1, "某", "甲"], [2, "先进党支部", None], frame=things).rows) == 2


def test_what_was_skipped_says_what_stood_there() -> None:
    body = sorted_(["合计", None, "2\n人"])
    assert [(each.row, each.text) for each in body.skipped] == [(2, "合计 2 人")]


def test_a_date_alone_under_the_running_numbers_closes_the_list() -> None:
    body = sorted_([1, "韦清和", "女"], ["2026年11月24日"])
    assert [(each.row, each.reason) for each in body.skipped] == [(3, "签字")]


def test_a_remark_that_begins_before_the_names_is_no_person() -> None:
    body = sorted_([1, "韦清和", "女"], ["说明：", "请不要改列名"])
    assert [(each.row, each.reason) for each in body.skipped] == [(3, "说明")]


@pytest.mark.parametrize(
    ("foot", "reason"),
    [
        (["填表人", "莫知远", "审核人"], "签字"), (["制表日期", "2026-11-25", None], "签字"), (["书记", "莫知远", None], "签字"),
        (["单位负责人（签字）", None, "填表人（签字）"], "签字"), (["报送单位", "第一党支部", None], "签字"),
        (["联系人", "莫知远", "19900000001"], "签字"), (["备注", "以上人员均为正式党员", None], "说明"),
        (["党支部意见：", "同意上报", None], "说明"), ([None, "审批意见", "同意"], "说明"), (["男", 20, "女"], "小计"),
        (["党员", "42", "预备党员"], "小计"), (["男党员", "30人", "女党员"], "小计"), ([None, "汇总", "42"], "小计"),
        ([None, "—— 完 ——", None], "说明"), ([None, "第 1 页 共 2 页", None], "说明"), ([None, "平均年龄", "45.2"], "小计"),
    ],
)  # fmt: skip
def test_what_closes_a_list_without_a_colon_is_nobody(foot: list[Any], reason: str) -> None:
    for rows in ([foot], [[1, "韦清和", "女"], foot]):
        body = sorted_(*rows)
        assert [each.reason for each in body.skipped] == [reason]
    without_numbers = [cell for cell in foot if cell is not None] + [None]
    frame = Frame(0, frozenset({0}), None, 2, frozenset())
    assert sorted_(without_numbers, frame=frame).rows == []


@pytest.mark.parametrize(
    "row",
    [
        [1, "周树人", "男"],
        ["新增", "韦清和", "女"],
        ["★", "韦清和", "女"],
        ["一", "文书记", "男"],
    ],
)
def test_names_and_numbers_that_only_look_like_such_words_stay(row: list[Any]) -> None:
    assert len(sorted_(row).rows) == 1


def test_in_a_list_of_things_such_words_stay() -> None:
    things = Frame(1, frozenset({1}), 0, 3, frozenset(), of_people=False)
    assert len(sorted_([1, "书记", "甲"], [2, "备注", "乙"], frame=things).rows) == 2


def test_a_label_among_the_names_is_no_person() -> None:
    body = sorted_([1, "韦清和", "女"], [None, "联系电话：", 19900000001])
    assert [(each.row, each.reason) for each in body.skipped] == [(3, "说明")]
    typed_over = sorted_([1, "韦清和：", "女"])
    assert [row.number for row in typed_over.rows] == [2], (
        "a row that begins with its number and goes on is somebody"
    )


def test_the_column_of_running_numbers_is_found_by_its_words() -> None:
    assert index_column({0: ("序 号",), 1: ("姓名",)}) == 0
    assert index_column({0: ("姓名",)}) is None


def test_a_row_of_faults_only_is_not_lost() -> None:
    sheet = sheet_of([HEADS, [1, "韦清和", "女"]])
    broken = replace(sheet.rows[1], cells=(), faults=((1, "这一格显示错误值 #N/A"),))
    body = sort_rows(Grid(replace(sheet, rows=(sheet.rows[0], broken))), HEAD, 99, FRAME)
    assert [row.number for row in body.rows] + [each.row for each in body.skipped] == [2]


def test_an_error_for_a_name_is_somebody_and_no_remark() -> None:
    sheet = sheet_of([HEADS, [None, None, "女"], [None, None, "女"]])
    broken = replace(sheet.rows[1], faults=((1, "这一格显示错误值 #N/A"),))
    body = sort_rows(Grid(replace(sheet, rows=(sheet.rows[0], broken, sheet.rows[2]))), HEAD, 99, FRAME)
    assert [row.number for row in body.rows] == [2]
    assert [each.row for each in body.skipped] == [3]


@given(
    rows=st.lists(st.lists(st.none() | st.text(max_size=12) | st.floats(), max_size=4), max_size=8),
    merges=st.lists(
        st.tuples(st.integers(1, 9), st.integers(1, 4), st.integers(1, 9), st.integers(1, 4)), max_size=4
    ),
)
def test_every_row_is_a_record_or_skipped(rows: list[list[Any]], merges: Any) -> None:
    sheet = sheet_of([HEADS, *rows], merges=merges)
    body = sort_rows(Grid(sheet), HEAD, 99, FRAME)
    told = {row.number for row in body.rows} | {each.row for each in body.skipped}
    assert told == {row.number for row in sheet.rows[1:]}
    assert all(text_of(row) is not None for row in sheet.rows)
