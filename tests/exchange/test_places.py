"""Cells and areas as workbooks write them, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.exchange import places
from wuling_desktop.exchange.places import LAST_COLUMN, LAST_ROW, Area

ROWS = st.integers(1, LAST_ROW)
COLUMNS = st.integers(1, LAST_COLUMN)


@given(ROWS, COLUMNS)
def test_an_address_is_read_back(row: int, column: int) -> None:
    assert places.place(places.address(row, column)) == (row, column)


@given(ROWS, ROWS, COLUMNS, COLUMNS)
def test_an_area_is_read_back(a: int, b: int, c: int, d: int) -> None:
    area = Area(min(a, b), min(c, d), max(a, b), max(c, d))
    assert places.area(str(area)) == area
    assert area.holds(a, d)
    assert not area.holds(area.bottom + 1, c)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("B5", Area(5, 2, 5, 2)),
        ("$B$5:D7", Area(5, 2, 7, 4)),
        ("D7:B5", Area(5, 2, 7, 4)),
        ("B:D", Area(1, 2, LAST_ROW, 4)),
        ("$5:$7", Area(5, 1, 7, LAST_COLUMN)),
        ("xfd1048576", Area(LAST_ROW, LAST_COLUMN, LAST_ROW, LAST_COLUMN)),
    ],
)
def test_every_writing_of_an_area(text: str, meant: Area) -> None:
    assert places.area(text) == meant


def test_an_area_moves_down() -> None:
    assert str(places.area("B5:D7").lower(3)) == "B8:D10"


@pytest.mark.parametrize("text", ["", "A", "1A", "AAAA1", "A12345678", "A1:B2:C3", "#REF!", "界1"])
def test_what_is_no_cell_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match="not a cell"):
        places.place(text)


@pytest.mark.parametrize("text", ["", "B5:C", "5:B", "A1:B2:C3", "#REF!"])
def test_what_is_no_area_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match="not a cell"):
        places.area(text)
