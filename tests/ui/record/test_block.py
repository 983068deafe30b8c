"""Blocks of cells as spreadsheets hand them over."""

from __future__ import annotations

import pytest

from wuling_desktop.ui.record.block import parse


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ("甲", [["甲"]]),
        ("甲\n\n乙\n", [["甲"], [""], ["乙"]]),
        ('"第一行\n第二行"\t乙\n', [["第一行\n第二行", "乙"]]),
        ('"他说""好"""\t"a\tb"', [['他说"好"', "a\tb"]]),
        ('5"管\t乙', [['5"管', "乙"]]),
        ('"没有收尾\t乙', [['"没有收尾', "乙"]]),
        ("\t\t\n", [["", "", ""]]),
        ("甲\t", [["甲", ""]]),
        ("", [[""]]),
    ],
)
def test_tab_separated_text_is_read_as_a_spreadsheet_wrote_it(text: str, cells: list[list[str]]) -> None:
    assert parse(text) == cells
