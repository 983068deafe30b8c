"""Faces: installed ones as they are, others by their kind, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from paper_trials import saved
from PySide6.QtGui import QFontDatabase, QFontInfo

from wuling_desktop.exchange.pages.page_commands import Font as PageFont
from wuling_desktop.paint import fonts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


@pytest.fixture
def _only_noto(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a Linux desk with the free faces only, whatever this computer has."""
    installed = frozenset(name.casefold() for name in (SERIF, SANS, "DejaVu Sans"))
    caches = (fonts._stretch, fonts.line, fonts.resolved)
    monkeypatch.setattr(fonts, "_installed", lambda: installed)
    monkeypatch.setattr(fonts, "_own", fonts._Own())
    for each in caches:
        each.cache_clear()
    yield
    for each in caches:
        each.cache_clear()


@pytest.mark.usefixtures("_only_noto")
@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("方正小标宋简体", SERIF),
        ("仿宋_GB2312", SERIF),
        ("仿宋", SERIF),
        ("楷体_GB2312", SERIF),
        ("KaiTi", SERIF),
        ("宋体", SERIF),
        ("SimSun", SERIF),
        ("黑体", SANS),
        ("微软雅黑", SANS),
        ("等线", SANS),
        ("Calibri", "DejaVu Sans"),
        (SANS, SANS),
    ],
)
def test_a_missing_face_is_replaced_by_its_kind(wanted: str, got: str) -> None:
    assert fonts.resolved(wanted) == got


def test_a_stand_in_prefers_its_own_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        fonts, "_installed", lambda: frozenset({"lxgw wenkai", SERIF.casefold(), "stfangsong"})
    )
    plain = fonts.resolved.__wrapped__
    assert plain("楷体") == "LXGW WenKai"
    assert plain("仿宋_GB2312") == "STFangsong"
    assert plain("方正小标宋简体") == SERIF


def test_a_face_under_another_name_is_no_replacement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_installed", lambda: frozenset({"simsun", "fangsong"}))
    for name in ("宋体", "SimSun", "仿宋", "仿宋_GB2312"):
        assert fonts.resolved.__wrapped__(name) == name


def test_nothing_installed_leaves_it_to_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_installed", frozenset)
    assert fonts.resolved.__wrapped__("宋体") == "系统字体"


@pytest.mark.usefixtures("_only_noto")
def test_only_faces_with_letters_on_paper_are_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "题"
    sheet["A1"].font = Font(name="方正小标宋简体", sz=20)
    sheet["A2"].font = Font(name="隶书")  # an empty cell
    sheet["A3"] = CellRichText(
        TextBlock(InlineFont(rFont="楷体"), "楷"), TextBlock(InlineFont(rFont=SANS), "在")
    )
    sheet["A3"].font = Font(name="幼圆")  # its runs have their own faces
    told = fonts.replaced(saved(book, tmp_path))
    assert told == [("方正小标宋简体", SERIF), ("楷体", SERIF)]


def test_what_is_drawn_is_what_was_promised() -> None:
    installed = set(QFontDatabase.families())
    for name in ("宋体", "黑体", "仿宋"):
        got = fonts.resolved(name)
        if got in installed:
            assert QFontInfo(fonts.face("国", PageFont(name, 12))).family() == got


@pytest.mark.usefixtures("_only_noto")
def test_a_stand_ins_lines_are_as_high_as_those_it_stands_for() -> None:
    high, ascent = fonts.line(PageFont("宋体", 12))
    assert high == pytest.approx(14.28 * fonts.UNITS)  # Excel's row of 宋体 12 is 14.25 points
    assert 0.8 * 12 * fonts.UNITS < ascent < high
