"""Values and marks put together into plain rows; where both readings differ it is reported."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.number_formats import Shown
from wuling_desktop.exchange.reading.sheet_marks import SheetMarks, loaded, notes_on, plain_sheet
from wuling_desktop.exchange.reading.sheets import STRUCK


def marked(*rows: list[Any]) -> tuple[SheetMarks, list[tuple[int, list[Any]]]]:
    marks = SheetMarks()
    numbered = list(enumerate(rows, 1))
    for number, values in numbered:
        marks.saw(number, [place for place, value in enumerate(values) if value not in ("", None)])
    return marks, numbered


def plain(marks: SheetMarks, rows: list[tuple[int, list[Any]]]) -> dict[str, Any]:
    """Return the plain sheet after the way through JSON that it takes."""
    return json.loads(json.dumps(plain_sheet("名册", rows, marks, hidden=False)))  # type: ignore[no-any-return]  # our own object


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("韦清和", "韦清和"),
        ("", None),
        ("\u3000 ", None),
        ("甲_x0041_", "甲_x0041_"),
        ("甲\x00\x1b\x7f乙\n丙", "甲乙\n丙"),
        (7.0, 7),
        (1980.1, 1980.1),
        (4.5e17, 4.5e17),
        (True, True),
        (dt.datetime(1980, 10, 1), dt.date(1980, 10, 1)),  # noqa: DTZ001 - a sheet's time has no zone
        (dt.datetime(1980, 10, 1, 8), dt.datetime(1980, 10, 1, 8)),  # noqa: DTZ001 - the same
        (dt.time(8, 30), "08:30:00"),
        (dt.timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_a_value_goes_through_plain_json_as_it_is_meant(value: Any, read: Any) -> None:
    marks, rows = marked([value, "末"])
    (row,) = plain(marks, rows)["rows"]
    result = loaded(row[3][0])
    assert (result, type(result)) == (read, type(read))


def test_half_a_struck_row_is_struck_and_less_is_a_fault_of_the_cell() -> None:
    marks, rows = marked(["甲", "乙"], ["甲", "乙", "丙"])
    marks.struck[1] = {0}
    marks.struck[2] = {1, 9}
    first, second = plain(marks, rows)["rows"]
    assert (first[2], first[4]) == (True, [])
    assert (second[2], second[4]) == (False, [[1, STRUCK]])


def test_a_row_and_a_cell_that_were_not_read_are_reported() -> None:
    marks, rows = marked(["甲"], ["乙"], ["丙", "丁"])
    assert "第 2 行有内容没有读出来" in notes_on("名册", plain(marks, [rows[0], rows[2]]), marks)[0]
    assert "1 格重复写了两次" in notes_on("名册", plain(marks, [*rows[:2], (3, ["丙"])]), marks)[0]
    assert notes_on("名册", plain(marks, rows), marks) == []


def test_formats_beyond_the_row_are_no_matter() -> None:
    marks, rows = marked(["甲"])
    marks.shown[1][5] = Shown("month")
    assert plain(marks, rows)["rows"][0][3] == ["甲"]


def test_long_notes_name_the_first_places() -> None:
    marks, rows = marked(["甲"])
    for number in range(2, 9):
        marks.faults[number][1] = "坏"
    (note,) = notes_on("名册", plain(marks, rows), marks)
    assert "7 格" in note
    assert "B6…" in note
    assert "B7" not in note


def test_limits_are_named_with_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS", 2)
    monkeypatch.setattr(limits, "COLUMNS", 2)
    for rows, words in (([["甲"]] * 3, "3 行"), ([["甲", "乙", "丙"]], "3 列")):
        marks, _ = marked(*rows)
        with pytest.raises(Problem, match=words):
            marks.check("名册")
    marked(["甲", "乙"], ["丙"])[0].check("名册")


def test_a_cell_that_is_too_long_is_refused() -> None:
    marks, rows = marked(["甲" * (limits.CELL_CHARACTERS + 1)])
    with pytest.raises(Problem, match="32768 个字"):
        plain(marks, rows)
