"""What spreadsheets do to identity numbers and dates, read cell by cell."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from reading_trials import DATA, TODAY, as_filled, found_in, identity, only_table, sheet_of

from wuling_desktop.domain.person_row import settle
from wuling_desktop.domain.readings import Reading, State
from wuling_desktop.exchange.reading.find_tables import find_tables
from wuling_desktop.exchange.reading.read_rows import read_rows
from wuling_desktop.exchange.reading.read_workbook import read_workbook
from wuling_desktop.exchange.reading.sheets import SheetRow
from wuling_desktop.exchange.reading.tables import FoundTable

ID, BIRTH, JOINED = "person.id_number", "person.birth_date", "step_fact.assembly_on"


def read_one(heading: str, value: Any, **more: Any) -> dict[str, Reading]:
    """Return the readings of one person with one more datum, held against each other."""
    heads, values = zip(*{"姓名": "韦清和", heading: value, **more}.items(), strict=True)
    (row,) = read_rows(only_table(found_in(sheet_of([heads, values]))), TODAY)
    return settle(row.readings, TODAY)


@pytest.mark.parametrize(
    "written",
    [
        identity(),
        f"'{identity()}",
        f'="{identity()}"',
        f" {identity()[:6]} {identity()[6:14]} {identity()[14:]} ",
        f"\u200b{identity()}\u200b",
        identity().translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}),
    ],
)
def test_an_identity_number_with_what_was_put_around_it_is_the_number(written: str) -> None:
    assert read_one("身份证号", written)[ID] == Reading(identity())


def test_a_small_x_at_the_end_is_the_check_character() -> None:
    number = next(number for order in range(1, 99) if (number := identity(order=order)).endswith("X"))
    assert read_one("身份证号", number.lower())[ID].value == number


@pytest.mark.parametrize(
    "spoilt",
    [float(identity()), int(identity()) // 1000 * 1000, "4.50199E+17", "4.5E+17", identity()[:15] + "000"],
)
def test_an_identity_number_that_was_spoilt_is_never_taken(spoilt: Any) -> None:
    reading = read_one("身份证号", spoilt)[ID]
    assert (reading.value, reading.state) == (None, State.REFUSED)
    assert "还原" in reading.note


def test_one_column_mixes_texts_and_spoilt_numbers_through_the_file(tmp_path: Any) -> None:
    path = as_filled(
        tmp_path / "名册.xlsx",
        [["姓名", "身份证号"], ["韦清和", identity()], ["农嘉言", int(identity(order=13))]],
    )
    found = find_tables(read_workbook(path), DATA, needs=frozenset({"person.name"}), answers={}, columns={})
    first, second = (row.readings[ID] for row in read_rows(only_table(found), TODAY))
    assert first.value == identity()
    assert (second.value, second.state) == (None, State.REFUSED)


def test_1980_point_1_is_asked_and_settled_by_the_identity_number() -> None:
    asked = read_one("出生年月", 1980.1)[BIRTH]
    assert (asked.state, [str(each) for each in asked.choices]) == (State.ASK, ["1980-01", "1980-10"])
    settled = read_one("出生年月", 1980.1, 身份证号=identity("19801005"))[BIRTH]
    assert (str(settled.value), settled.state) == ("1980-10", State.SURE)
    other = read_one("出生年月", 1980.1, 身份证号=identity("19801105"))[BIRTH]
    assert other.value is None


@pytest.mark.parametrize(
    ("written", "meant", "state"),
    [
        (dt.date(1980, 3, 1), "1980-03-01", State.SURE),
        (19800301, "1980-03-01", State.SURE),
        ("1980.3.1", "1980-03-01", State.SURE),
        (1980.3, "1980-03", State.SURE),
        (198003, "1980-03", State.SURE),
        (29281, "1980-03-01", State.LIKELY),
        ("1980年3月", "1980-03", State.SURE),
        ("一九八〇年三月", None, State.REFUSED),
        ("1980.13", None, State.REFUSED),
    ],
)
def test_dates_of_one_column_in_many_writings(written: Any, meant: str | None, state: State) -> None:
    reading = read_one("入党时间", written)[JOINED]
    assert (None if reading.value is None else str(reading.value), reading.state) == (meant, state)


def test_a_cell_that_cannot_be_trusted_is_refused_with_the_reason_and_the_rest_is_read() -> None:
    table = only_table(found_in(sheet_of([["姓名", "性别"], ["韦清和", "女"]])))
    row = SheetRow(2, ("韦清和", "女"), faults=((1, "这一格显示错误值 #N/A"),))
    (read,) = read_rows(FoundTable("名册", (1,), table.columns, (row,)), TODAY)
    assert read.readings["person.sex"] == Reading(None, State.REFUSED, "这一格显示错误值 #N/A")
    assert read.readings["person.name"].value == "韦清和"
    assert (read.sheet, read.row, read.raw["person.sex"]) == ("名册", 2, "女")


def test_columns_without_a_datum_are_left_out() -> None:
    (row,) = read_rows(only_table(found_in(sheet_of([["姓名", "星座"], ["韦清和", "甲"]]))), TODAY)
    assert set(row.readings) == {"person.name"}
