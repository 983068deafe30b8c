"""Rows put in for a list: where each comes from, and where everything else goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.exchange import places
from wuling_desktop.exchange.forms.formula_text import moved
from wuling_desktop.exchange.forms.row_insertion import Insertion, Source

INSERTIONS = st.builds(
    Insertion, st.integers(2, 12), st.integers(1, 3), st.integers(1, 6), st.integers(0, 20)
)
# A list in rows 5 to 7 of a blank, filled with five records.
FIVE = Insertion(first=5, height=1, room=3, records=5)
# Two rows a record, room for two (rows 4 to 7), three records.
TALL = Insertion(first=4, height=2, room=2, records=3)


def areas(insertion: Insertion, text: str) -> str:
    return " ".join(map(str, insertion.areas(places.area(text))))


def merges(insertion: Insertion, text: str) -> str:
    return " ".join(map(str, insertion.merges(places.area(text))))


def test_rows_of_a_list_that_is_too_short() -> None:
    assert FIVE.added == 2
    assert [FIVE.source(row) for row in range(4, 11)] == [
        Source(4, -1),
        Source(5, 0),
        Source(6, 1),
        Source(6, 2),
        Source(6, 3),
        Source(7, 4),  # the last keeps the lower edge of the list
        Source(8, -1),
    ]


def test_an_empty_list_keeps_its_rows() -> None:
    empty = Insertion(first=5, height=1, room=3, records=0)
    assert (empty.added, empty.blocks) == (0, 3)
    assert [empty.source(row) for row in (5, 7, 8)] == [Source(5, -1), Source(7, -1), Source(8, -1)]


def test_two_rows_a_record() -> None:
    assert TALL.added == 2
    assert [TALL.source(row) for row in range(4, 11)] == [
        Source(4, 0),
        Source(5, 0),
        Source(4, 1),
        Source(5, 1),
        Source(6, 2),
        Source(7, 2),
        Source(8, -1),
    ]
    assert [TALL.token_row(row) for row in range(4, 10)] == [4, 5, 4, 5, 4, 5]


@pytest.mark.parametrize(
    ("insertion", "before", "after"),
    [
        (FIVE, "C5:C7", "C5:C9"),
        (FIVE, "C5:C100", "C5:C102"),
        (FIVE, "A1:B4", "A1:B4"),
        (FIVE, "A8:B9", "A10:B11"),
        (FIVE, "A1:H9", "A1:H11"),
        (FIVE, "A:A", "A1:A1048576"),
        (TALL, "C4:C7", "C4:C9"),
        (TALL, "C5", "C5 C7"),
        (TALL, "C7", "C9"),
    ],
)
def test_areas_grow_with_the_list(insertion: Insertion, before: str, after: str) -> None:
    assert areas(insertion, before) == after


@pytest.mark.parametrize(
    ("insertion", "before", "after"),
    [
        (FIVE, "A1:H1", "A1:H1"),
        (FIVE, "A8:H8", "A10:H10"),
        (FIVE, "B6:C6", "B6:C6 B7:C7 B8:C8"),
        (FIVE, "B5:C5", "B5:C5"),
        (FIVE, "A5:A7", "A5:A9"),
        (TALL, "A4:A5", "A4:A5 A6:A7"),
        (TALL, "A6:A7", "A8:A9"),
    ],
)
def test_merged_cells_follow_their_rows(insertion: Insertion, before: str, after: str) -> None:
    assert merges(insertion, before) == after


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("SUM(F5:F7)", "SUM(F5:F9)"),
        ("F8+F4", "F10+F4"),
        ("SUM(F1:F8)", "SUM(F1:F10)"),
        ("SUM(F:F)", "SUM(F:F)"),
    ],
)
def test_references_from_outside(formula: str, after: str) -> None:
    assert moved(formula, FIVE.moved) == after


@pytest.mark.parametrize(
    ("formula", "source", "row", "after"),
    [
        ("D5+E5", 5, 8, "D8+E8"),
        ("D4+1", 5, 8, "D7+1"),
        ("D5*$B$2", 5, 8, "D8*$B$2"),
        ("D5/D8", 5, 8, "D8/D10"),
        ("D5/SUM($D$5:$D$7)", 5, 8, "D8/SUM($D$5:$D$9)"),
        ("A1", 5, 8, "A1"),
    ],
)
def test_references_filled_down(formula: str, source: int, row: int, after: str) -> None:
    assert moved(formula, lambda ref: FIVE.filled_down(ref, source, row)) == after


@given(INSERTIONS)
def test_every_record_has_its_rows_in_order(insertion: Insertion) -> None:
    end = insertion.first + insertion.blocks * insertion.height
    found = [insertion.source(row).record for row in range(insertion.first, end)]
    assert [record for record in found if record >= 0] == [
        record for record in range(insertion.records) for _ in range(insertion.height)
    ]
    assert all(insertion.holds(row) for row in range(insertion.first, end))
    assert not insertion.holds(end)


@given(INSERTIONS, st.integers(1, 60))
def test_rows_outside_the_list_come_back_to_themselves(insertion: Insertion, row: int) -> None:
    if not insertion.first <= row <= insertion.last:
        assert insertion.source(insertion.target(row)) == Source(row, -1)


@given(INSERTIONS, st.integers(1, 40), st.integers(0, 30))
def test_the_look_of_a_place_in_the_list_is_from_the_same_place(
    insertion: Insertion, row: int, further: int
) -> None:
    if insertion.holds(row):
        assert (insertion.source(row).row - row) % insertion.height == 0
    area = places.area(f"B{row}:C{row + further}")
    assert all(each.top <= each.bottom for each in insertion.areas(area))
