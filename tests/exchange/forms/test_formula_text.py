"""Formulas cut into words: references move, everything else stays as it was written."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.exchange.forms.formula_text import Reference, moved, quoted, reference, words


def lower(ref: Reference) -> Reference:
    """Move single cells and ranges ten rows down."""
    return dataclasses.replace(
        ref, top=ref.top and ref.top + 10, bottom=None if ref.bottom is None else ref.bottom + 10
    )


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("SUM(F4:F11)", "SUM(F14:F21)"),
        ("$F$4+F$5-$F6", "$F$14+F$15-$F16"),
        ("SUM(A:A)+SUM($A:$C)", "SUM(A:A)+SUM($A:$C)"),
        ("SUM($4:$5)", "SUM($14:$15)"),
        ("花名册!A5&'表 一'!B6", "花名册!A15&'表 一'!B16"),
        ("'小明''s'!A1", "'小明''s'!A11"),
        ('"A1"&A1&"说""A2"""', '"A1"&A11&"说""A2"""'),
        ("LOG10(A1)+A1B+ATAN2(1,2)", "LOG10(A11)+A1B+ATAN2(1,2)"),
        ("[1]表!A1+A2", "[1]表!A1+A2"),
        ("IF(A1>=60,1E3,.5)", "IF(A11>=60,1E3,.5)"),
        ("合计*A1", "合计*A11"),
    ],
)
def test_references_move(formula: str, after: str) -> None:
    assert moved(formula, lower) == after


@given(
    st.lists(
        st.sampled_from(
            [
                "A1",
                "$B$2:C3",
                "'一 二'!D4",
                "SUM(",
                ")",
                "+",
                ">=",
                '"x ""y"""',
                "12.5",
                " ",
                ",",
                "名称",
                "A:C",
                "%",
            ]
        )
    )
)
def test_not_moved_means_not_changed(parts: list[str]) -> None:
    formula = "".join(parts)
    assert "".join(word.text for word in words(formula)) == formula
    assert moved(" ".join(parts), lambda ref: ref) == " ".join(parts)


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "after"),
    [
        ("A1+$B$2", 3, 1, "B4+$B$2"),
        ("SUM($A1:B$9)", 2, 2, "SUM($A3:D$9)"),
        ("SUM(C:C)+SUM($5:6)", 1, 1, "SUM(D:D)+SUM($5:7)"),
    ],
)
def test_a_shared_formula_as_another_cell_has_it(formula: str, rows: int, columns: int, after: str) -> None:
    assert moved(formula, lambda ref: ref.shifted(rows, columns)) == after


@pytest.mark.parametrize("name", ["花名册", "表 一", "2026", "A1", "小明's", "x-y", "Sheet1"])
def test_names_of_sheets_are_read_back(name: str) -> None:
    assert reference(f"{quoted(name)}!B5").sheet == name


def test_what_is_no_reference() -> None:
    with pytest.raises(ValueError, match="not a reference"):
        reference("B5:C6:D7")
