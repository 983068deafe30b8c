"""A workbook as read: cells by place, and what the user typed over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reading_trials import sheet_of

from wuling_desktop.exchange.reading.sheets import (
    Sheet,
    SheetRow,
    Workbook,
    column_letters,
    column_number,
    corrected,
)


def workbook(*sheets: Sheet) -> Workbook:
    return Workbook("名册.xlsx", "xlsx", sheets)


@given(st.integers(0, 16_383))
def test_letters_and_numbers_of_columns_are_one_to_one(column: int) -> None:
    assert column_number(column_letters(column)) == column
    assert column_number(column_letters(column).lower()) == column


def test_letters_run_over_as_in_wps() -> None:
    assert [column_letters(column) for column in (0, 25, 26, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]


def test_a_cell_beyond_the_row_is_empty() -> None:
    row = SheetRow(1, ("甲",), faults=((3, "坏"),))
    assert (row.cell(0), row.cell(1), row.cell(-1)) == ("甲", None, None)
    assert (row.fault(3), row.fault(0)) == ("坏", "")


def test_a_correction_stands_for_what_the_file_says_in_its_sheet_only() -> None:
    before = workbook(sheet_of([["姓名"], ["韦清"]]), sheet_of([["姓名"], ["韦清"]], name="副本"))
    after = corrected(before, {"名册!2!A": "韦清和"})
    assert [sheet.rows[1].cells for sheet in after.sheets] == [("韦清和",), ("韦清",)]
    assert before.sheets[0].rows[1].cells == ("韦清",)


def test_a_correction_beyond_the_row_widens_it_and_an_empty_one_clears() -> None:
    after = corrected(
        workbook(sheet_of([["姓名"], ["韦清和", "男"]])), {"名册!2!D": "教研员", "名册!2!B": ""}
    )
    assert after.sheets[0].rows[1].cells == ("韦清和", None, None, "教研员")


def test_a_corrected_cell_is_trusted_again_and_the_others_are_not() -> None:
    row = SheetRow(2, ("韦清和", None, None), faults=((1, "坏"), (2, "坏")))
    (only,) = corrected(workbook(Sheet("名册", (row,))), {"名册!2!B": "女"}).sheets
    assert only.rows[0].faults == ((2, "坏"),)


def test_a_sheet_whose_name_holds_the_separator_is_corrected() -> None:
    after = corrected(workbook(sheet_of([["姓名"]], name="甲!乙")), {"甲!乙!1!A": "丙"})
    assert after.sheets[0].rows[0].cells == ("丙",)


def test_without_corrections_nothing_is_made_anew() -> None:
    before = workbook(sheet_of([["姓名"]]))
    assert corrected(before, {}) is before
