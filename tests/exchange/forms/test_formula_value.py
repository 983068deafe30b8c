"""What formulas come to, against what spreadsheets say of the same cells; what is not computed is not guessed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.exchange.forms.formula_functions import Result, UnknownError, plain
from wuling_desktop.exchange.forms.formula_value import value_of

if TYPE_CHECKING:
    from wuling_desktop.exchange.forms.formula_text import Reference

ROWS: tuple[tuple[Result, ...], ...] = (
    (Decimal(60), "男", Decimal("1.5"), None),
    (Decimal("59.5"), "女", "x", True),
    (Decimal(0), "男 ", Decimal(-2), "5"),
    (None, "男生", Decimal("0.1"), None),
)


def look(ref: Reference) -> list[Result]:
    area = ref.area
    return [
        ROWS[row - 1][column - 1]
        for row in range(area.top, min(area.bottom, 4) + 1)
        for column in range(area.left, min(area.right, 4) + 1)
    ]


# Every figure here was compared once with what LibreOffice computes, but for COUNT of truths, which follows Excel.
@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("SUM(A1:A4)", Decimal("119.5")),
        ("SUM(A1:A2,A3,5)", Decimal("124.5")),
        ("SUM(A:A)", Decimal("119.5")),
        ("AVERAGE(A1:A2)", Decimal("59.75")),
        ("COUNT(A1:D4)", Decimal(6)),
        ("COUNTA(A1:D4)", Decimal(13)),
        ('COUNTIF(B1:B4,"男")', Decimal(1)),
        ('COUNTIF(B1:B4,"男*")', Decimal(3)),
        ('COUNTIF(B1:B4,"?")', Decimal(2)),
        ('COUNTIF(A1:A4,">=59.5")', Decimal(2)),
        ('COUNTIF(A1:A4,"<>60")', Decimal(3)),
        ("COUNTIF(A1:A4,60)", Decimal(1)),
        ('COUNTIF(D1:D4,"")', Decimal(2)),
        ("COUNTIF(D1:D4,5)", Decimal(1)),
        ('IF(A1>=60,"及格","不及格")', "及格"),
        ("IF(A3=0,0,A1/A3)", Decimal(0)),
        ("IF(A3,1)", False),
        ('IF(A1,"有")', "有"),
        ("IF(TRUE,,1)", Decimal(0)),
        ("0.1+0.2", Decimal("0.3")),
        ("1/3", Decimal("0.333333333333333")),
        ("100*1.005", Decimal("100.5")),
        ("1000000*1000000", Decimal(1_000_000_000_000)),
        ("-A1+10%", Decimal("-59.9")),
        ("2*3+4/2-1", Decimal(7)),
        ("(1+2)*3", Decimal(9)),
        ("2-3-4", Decimal(-5)),
        ('"共"&A1&"人"', "共60人"),
        ('A2&""', "59.5"),
        ('"10"*"2"', Decimal(20)),
        ("3&4+1", "35"),
        ("A1>A2", True),
        ('"b">"A"', True),
        ('A4=""', True),
        ("A4=0", True),
        ("A4+1", Decimal(1)),
        ('B1<>"男"', False),
        ('"9">9', True),
        ("A4", Decimal(0)),
        ("SUM(A1:A4)/COUNTA(B1:B4)", Decimal("29.875")),
    ],
)
def test_computed(formula: str, value: Result) -> None:
    found = value_of(formula, look)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "formula",
    [
        "VLOOKUP(A1,A1:B4,2)",
        "TODAY()",
        "合计",
        "1/0",
        "A1/A3",
        "AVERAGE(B1:B4)",
        '"x"+1',
        "A1:A4+1",
        "2^3",
        "SUM(A1",
        "1+",
        "{1,2}",
        "",
        "IF(A1>0,1/0,1)",
        "(" * 3000 + "1" + ")" * 3000,
        "1" + "+1" * 3000,
        "9E999*9E999",
    ],
)
def test_not_computed(formula: str) -> None:
    with pytest.raises(UnknownError):
        value_of(formula, look)


@given(st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=1, max_size=30))
def test_sums_of_money_are_exact(sums: list[Decimal]) -> None:
    assert value_of("SUM(A1:A30)", lambda _: sums) == sum(sums)
    assert value_of("AVERAGE(A1:A30)*COUNT(A1:A30)", lambda _: sums) == pytest.approx(
        sum(sums), abs=Decimal("1e-6")
    )


@given(st.text(max_size=20))
def test_a_text_comes_back_as_it_is(text: str) -> None:
    assert value_of("A1", lambda _: [text]) == text
    assert value_of('"' + text.replace('"', '""') + '"', look) == text


@pytest.mark.parametrize(
    ("number", "kept"),
    [("600.00", "600"), ("6E+2", "600"), ("0.30000000000000004", "0.3"), ("0", "0"), ("-0.50", "-0.5")],
)
def test_a_number_as_a_spreadsheet_keeps_it(number: str, kept: str) -> None:
    assert str(plain(Decimal(number))) == kept
