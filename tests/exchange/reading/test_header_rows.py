"""Where heads stand: single, in groups above and below, merged or not; titles and unit lines are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from reading_trials import DATA, sheet_of

from wuling_desktop.exchange.reading.header_rows import Grid, Head, candidates, heads_in, looks_like_form
from wuling_desktop.exchange.reading.headings import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wuling_desktop.exchange.reading.sheets import Merge

WORDS = Vocabulary(DATA)
NAME = frozenset({"person.name"})


def heads(rows: list[list[Any]], merges: Iterable[Merge] = (), **forced: int) -> list[Head]:
    return list(heads_in(Grid(sheet_of(rows, merges=merges)), WORDS, NAME, forced))


def test_a_single_row() -> None:
    (head,) = heads([["党员名册"], ["序号", "姓名", "性别"], [1, "韦清和", "女"]])
    assert (head.first, head.main, head.last, head.needed) == (2, 2, 2, {"person.name": 1})
    assert head.paths == {0: ("序号",), 1: ("姓名",), 2: ("性别",)}


def test_group_heads_without_merges_reach_to_the_right() -> None:
    (head,) = heads(
        [
            ["姓名", "全日制教育", None, "在职教育", None],
            [None, "学历", "学位", "学历", "学位"],
            ["韦清和", "大学"],
        ]
    )
    assert (head.first, head.last) == (1, 2)
    assert head.paths[2] == ("全日制教育", "学位")
    assert head.paths[4] == ("在职教育", "学位")


@pytest.mark.parametrize(
    "line",
    [
        ["填报单位：青江市教科所", None, "填报时间："],
        ["（单位盖章）", None, "2026年11月"],
        ["单位名称：甲", "统计时间：乙", None],
        ["第一党支部", None, None],
    ],
)
def test_a_line_about_the_sheet_is_no_group_head(line: list[Any]) -> None:
    (head,) = heads([line, ["姓名", "性别", "民族"], ["韦清和", "女", "壮族"]])
    assert head.first == 2


def test_a_title_over_the_whole_width_is_no_group_head() -> None:
    (head,) = heads([["党员名册"], ["姓名", "性别", "民族", "备注"]], [(1, 1, 1, 4)])
    assert head.first == 2


def test_a_persons_row_is_no_head() -> None:
    assert len(heads([["姓名", "性别"], ["性别", "女"]])) == 1
    assert heads([["姓名"], ["韦清和"]]) == []


def test_a_forced_key_column_stands_for_the_missing_word() -> None:
    rows = [["称呼", "性别", "民族"], ["韦清和", "女", "壮族"]]
    assert heads(rows) == []
    (head,) = heads(rows, **{"person.name": 0})
    assert head.needed == {"person.name": 0}
    assert [row.number for row in candidates(Grid(sheet_of([["甲", "性别", "民族", "学历"]])), WORDS)] == [1]


def test_a_list_whose_second_row_holds_labels_once_is_no_form() -> None:
    rows = [["姓名", "备注"], ["韦清和", "学历"], ["农嘉言", "学位"], ["陆书翰", "职称"]]
    (head,) = heads(rows)
    assert not looks_like_form(Grid(sheet_of(rows)), head, WORDS)


def test_cells_under_a_merge_have_its_text() -> None:
    grid = Grid(sheet_of([["组", None, None], ["甲", "乙", "丙"]], merges=[(1, 1, 1, 3)]))
    assert [grid.covered(1, column) for column in range(4)] == ["组", "组", "组", ""]
    assert grid.own(1, 1) == ""
    assert grid.width == 3


def test_a_merge_over_the_whole_grid_costs_nothing() -> None:
    assert len(heads([["姓名", "性别"], ["韦清和", "女"]], [(1, 1, 1_048_576, 16_384)])) == 1
