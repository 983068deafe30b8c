"""A list that lies on its side is turned upright and told; a form of one person and a list are left as they are."""

from __future__ import annotations

import pytest
from reading_trials import DATA

from wuling_desktop.exchange.reading.people_in_columns import with_people_as_rows
from wuling_desktop.exchange.reading.sheets import Sheet, SheetRow, Workbook

LYING = (("姓名", "韦清和", "农嘉言"), ("性别", "女", "男"), ("出生日期", "1980-03", None))


def workbook(*rows: tuple[str | None, ...], merges: tuple[tuple[int, int, int, int], ...] = ()) -> Workbook:
    faults = ((2, "#N/A"),)
    numbered = [SheetRow(at, row, faults=faults if at == 3 else ()) for at, row in enumerate(rows, 1)]
    return Workbook("名单.xlsx", "xlsx", (Sheet("名册", tuple(numbered), merges=merges),))


def test_people_in_columns_become_rows() -> None:
    turned = with_people_as_rows(workbook(*LYING), DATA)
    heads, one, other = turned.sheets[0].rows
    assert heads.cells == ("姓名", "性别", "出生日期")
    assert (one.number, one.cells) == (2, ("韦清和", "女", "1980-03"))
    assert (other.number, other.cells, other.fault(2)) == (3, ("农嘉言", "男", None), "#N/A")
    assert "第 2 行就是表里的 B 列" in turned.notes[0]


@pytest.mark.parametrize(
    "rows",
    [
        (("姓名", "韦清和"), ("性别", "女"), ("出生日期", "1980-03")),  # a form of one person
        (("姓名", "韦清和", "性别", "女"), ("民族", "壮族", "出生日期", "1980-03")),
        (("姓名", "性别", "出生日期"), ("韦清和", "女", "1980-03"), ("农嘉言", "男", "1981-03")),  # a list
        (("姓名", "韦清和", "农嘉言"), ("甲", "女", "男")),  # nothing else is known
    ],
)
def test_another_sheet_is_left_as_it_is(rows: tuple[tuple[str, ...], ...]) -> None:
    given = workbook(*rows)
    assert with_people_as_rows(given, DATA) == given


def test_what_is_merged_is_a_form() -> None:
    given = workbook(*LYING, merges=((1, 2, 1, 3),))
    assert with_people_as_rows(given, DATA) == given
