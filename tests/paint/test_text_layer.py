"""What is sought and copied in a PDF is what was written: no radicals, no digits lost beside letters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from paper_trials import saved

from wuling_desktop.paint import pdf, text_layer

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = "白日飞龙，工作人员见青山门里。45019919790305001X AXHFZ-54PYW-0QDTJ 第2页"


def named(content: bytes) -> set[str]:
    """Return the characters by which the glyphs of a PDF are named."""
    found = set()
    for ranges in re.findall(rb"beginbfrange\n(.*?)endbfrange", content, re.DOTALL):
        for line in ranges.splitlines():
            first, last, names = line.split(b" ", 2)
            codes = [int(code, 16) for code in re.findall(rb"[0-9A-F]{4}", names)]
            if not names.startswith(b"["):  # the characters of a run follow each other
                codes = [codes[0] + step for step in range(int(last[1:5], 16) - int(first[1:5], 16) + 1)]
            found |= {chr(code) for code in codes}
    return found


@pytest.mark.parametrize("bold", [False, True])
def test_every_character_written_can_be_found(tmp_path: Path, *, bold: bool) -> None:
    book = Workbook()
    cell = book.active["A1"]
    cell.value = WRITTEN
    cell.font = Font(name="宋体", bold=bold)
    pdf.write_pdf(saved(book, tmp_path), tmp_path / "a.pdf")
    assert set(WRITTEN.replace(" ", "")) <= named((tmp_path / "a.pdf").read_bytes())


def test_only_the_names_are_mended_and_nothing_moves() -> None:
    before = (
        b"%PDF 2F2F <2F2F>\nbeginbfrange\n<0000> <0000> <0000>\n<2F2F> <2F2F> <2F2F>\n"
        b"<0001> <0003> [<515A> <2F2F> <2ED8> ]\n<0005> <0006> <2F2F>\nendbfrange\n<2F2F>"
    )
    after = text_layer.mended(before)
    assert len(after) == len(before)
    assert after == before.replace(b"<2F2F> <2F2F> <2F2F>", b"<2F2F> <2F2F> <5DE5>").replace(
        b"[<515A> <2F2F> <2ED8> ]", b"[<515A> <5DE5> <9752> ]"
    )


def test_no_radical_is_left_to_itself() -> None:
    for code in range(0x2F00, 0x2FD6):
        assert unicodedata.name(chr(text_layer._written(code))).startswith("CJK UNIFIED IDEOGRAPH")
    assert all(len(each) == 1 for each in text_layer._SUPPLEMENT.values())
    assert text_layer._written(ord("党")) == ord("党")
