"""Numbers as Excel shows them: the answers were read off Excel's own cells and its published rules."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.exchange.pages.number_text import shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (5, "General", "5"),
        (Decimal("0.10"), "General", "0.1"),
        (Decimal("1E+3"), "General", "1000"),
        (1234567890123, "General", "1.23457E+12"),
        (Decimal("1.23456789012345"), "General", "1.2345678901"),
        (Decimal("1E-10"), "General", "1E-10"),
        (0, "General", "0"),
        (Decimal("-0.5"), "General", "-0.5"),
        ("韦清和", "General", "韦清和"),
        (None, "0.00", ""),
        (PartialDate(1979, 3), "General", "1979-03"),
        (Decimal("12.5"), "0", "13"),
        (Decimal("2.5"), "0.00", "2.50"),
        (Decimal("1.005"), "0.00", "1.01"),  # 1.00 in floating point
        (Decimal("-0.001"), "0.00", "0.00"),
        (1234567, "#,##0", "1,234,567"),
        (999, "#,##0", "999"),
        (Decimal("1234.5"), "#,##0.00", "1,234.50"),
        (1234, "00,000", "01,234"),
        (1234567, "#,##0,", "1,235"),
        (Decimal("0.256"), "0%", "26%"),
        (Decimal("0.256"), "0.00%", "25.60%"),
        (7, "000", "007"),
        (Decimal("0.5"), "#.##", ".5"),
        (5, "#.##", "5."),
        (0, "#", ""),
        (12345678, "0000-0000", "1234-5678"),
        (12345, "0.00E+00", "1.23E+04"),
        (5, '0"元"', "5元"),
        (Decimal("1234.5"), '#,##0.00"元"', "1,234.50元"),
        (Decimal(88), r"\￥0.00", "￥88.00"),
        (Decimal(88), "[$￥-804]#,##0.00", "￥88.00"),
        (3, '"共"0"人"', "共3人"),
        (3, 'G/通用格式"人"', "3人"),
        (-5, "0", "-5"),
        (-5, "0;(0)", "(5)"),
        (0, '0;-0;"-"', "-"),
        (-1234, "#,##0.00_);[Red](#,##0.00)", "(1,234.00)"),
        (150, '[>=100]"满";0', "满"),
        (50, '[>=100]"满";0', "50"),
        ("韦", "@", "韦"),
        ("韦", '@"同志"', "韦同志"),
        ("韦", "0;0;0;", ""),
        (42, "@", "42"),
        (Decimal("0.5"), "# ?/?", "0.5"),
    ],
)
def test_a_number_under_its_format(value: object, code: str, text: str) -> None:
    assert shown(value, code).text == text


@pytest.mark.parametrize(
    ("serial", "code", "text"),
    [
        (45000, "yyyy/m/d", "2023/3/15"),
        (45000, 'yyyy"年"m"月"d"日"', "2023年3月15日"),
        (45000, "yyyy年m月d日", "2023年3月15日"),
        (45000, "[$-804]yyyy年m月", "2023年3月"),
        (45000, r"yyyy\-mm\-dd", "2023-03-15"),
        (45000, "yyyy.mm", "2023.03"),
        (45000, "yy.m.d", "23.3.15"),
        (45000, "d-mmm-yy", "15-Mar-23"),
        (45000, "aaaa", "星期三"),
        (45000, "[DBNum1][$-804]yyyy年m月d日;@", "二〇二三年三月十五日"),
        (45010, "[DBNum1]m月d日", "三月二十五日"),
        (Decimal("45000.75"), "yyyy/m/d h:mm", "2023/3/15 18:00"),
        (Decimal("45000.604"), "h:mm:ss", "14:29:46"),
        (Decimal("45000.604"), "mm:ss", "29:46"),
        (Decimal("0.604166666"), "h:mm AM/PM", "2:30 PM"),
        (29221, "yyyy/m/d", "1980/1/1"),
        (2958466, "yyyy/m/d", "2958466"),  # beyond the calendar
        (-1, "yyyy/m/d", "-1"),
    ],
)
def test_a_day_under_its_format(serial: int | Decimal, code: str, text: str) -> None:
    assert shown(serial, code).text == text


def test_a_format_may_bring_its_colour() -> None:
    assert shown(-1, "0;[Red]-0").colour == "#FF0000"
    assert shown(-1, "0;[Red]-0").text == "-1"
    assert shown(1, "0;[Red]-0").colour == ""
