"""Styles as openpyxl writes them, read back as pages need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Color, Font, GradientFill, PatternFill, Side
from paper_trials import saved

from wuling_desktop.exchange.pages.page_commands import Font as PageFont
from wuling_desktop.exchange.pages.sheet_colours import Palette
from wuling_desktop.exchange.pages.sheet_styles import STROKES, CellStyle, Edge, Styles, styles_of

if TYPE_CHECKING:
    from pathlib import Path


def style_of(folder: Path, **looks: object) -> CellStyle:
    book = Workbook()
    cell = book.active["A1"]
    cell.value = 1
    for name, look in looks.items():
        setattr(cell, name, look)
    filled = saved(book, folder)
    return filled.styles.of(filled.sheets[0].cells(1)[1].style)


def test_a_font_keeps_all_its_looks(tmp_path: Path) -> None:
    font = Font(name="仿宋_GB2312", sz=10.5, b=True, i=True, u="single", strike=True, color="FF1234AB")
    style = style_of(tmp_path, font=font)
    assert style.font == PageFont("仿宋_GB2312", 10.5, bold=True, italic=True, underline=True, strike=True)
    assert style.colour == "#1234AB"


@pytest.mark.parametrize(
    ("colour", "seen"),
    [
        (Color(theme=1), "#000000"),
        (Color(theme=0), "#FFFFFF"),
        (Color(theme=4), "#4F81BD"),  # of the theme openpyxl writes
        (Color(theme=0, tint=-0.25), "#BFBFBF"),  # Office's “white, darker 25 %”
        (Color(theme=1, tint=0.5), "#808080"),
        (Color(theme=4, tint=0.8), "#DCE6F2"),  # “accent 1, lighter 80 %”: Office shows DCE6F1, a step apart
        (Color(indexed=10), "#FF0000"),
        (Color(indexed=64), "#000000"),
        (Color(rgb="00C00000"), "#C00000"),
    ],
)
def test_a_colour_of_every_kind(tmp_path: Path, colour: Color, seen: str) -> None:
    found = style_of(tmp_path, font=Font(color=colour)).colour
    parts = [(int(found[at : at + 2], 16), int(seen[at : at + 2], 16)) for at in (1, 3, 5)]
    assert all(abs(one - other) <= 1 for one, other in parts), found


def test_fills(tmp_path: Path) -> None:
    assert style_of(tmp_path, fill=PatternFill("solid", fgColor="DDEBF7")).fill == "#DDEBF7"
    assert style_of(tmp_path, fill=GradientFill(stop=("FFEEAA", "000000"))).fill == "#FFEEAA"
    assert style_of(tmp_path).fill == ""
    assert style_of(tmp_path, fill=PatternFill("gray125")).fill == ""


@pytest.mark.parametrize("style", sorted(STROKES))
def test_every_line_of_a_border(tmp_path: Path, style: str) -> None:
    side = Side(style=style, color="FF0000")
    found = style_of(tmp_path, border=Border(left=side, bottom=side))
    assert found.left == found.bottom == Edge(style, "#FF0000")
    assert found.right is None
    assert found.top is None
    assert found.boxed


def test_strokes_grow_with_their_strength() -> None:
    solid = [STROKES[name] for name in ("thin", "medium", "thick")]
    assert [each.width for each in solid] == sorted(each.width for each in solid)
    assert [each.strength for each in solid] == sorted(each.strength for each in solid)
    assert all(STROKES[name].dashes for name in ("hair", "dotted", "dashed", "mediumDashDotDot"))


def test_diagonals(tmp_path: Path) -> None:
    falling = style_of(tmp_path, border=Border(diagonal=Side(style="thin"), diagonalDown=True))
    assert falling.falling == Edge("thin", "#000000")
    assert falling.rising is None
    assert not falling.boxed
    rising = style_of(tmp_path, border=Border(diagonal=Side(style="thin"), diagonalUp=True))
    assert (rising.falling, rising.rising) == (None, Edge("thin", "#000000"))


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ({"horizontal": "centerContinuous"}, {"across": "centerContinuous", "wrap": False}),
        ({"horizontal": "distributed"}, {"across": "distributed", "wrap": True}),
        ({"horizontal": "justify"}, {"across": "justify", "wrap": True}),
        ({"horizontal": "fill"}, {"across": "fill"}),
        ({"horizontal": "left", "indent": 2}, {"across": "left", "indent": 2}),
        ({"vertical": "top"}, {"down": "top"}),
        ({"vertical": "distributed"}, {"down": "center"}),
        ({"wrap_text": True}, {"wrap": True, "shrink": False}),
        ({"shrink_to_fit": True}, {"wrap": False, "shrink": True}),
        ({"text_rotation": 45}, {"rotation": 45, "stacked": False}),
        ({"text_rotation": 135}, {"rotation": -45}),
        ({"text_rotation": 180}, {"rotation": -90}),
        ({"text_rotation": 255}, {"rotation": 0, "stacked": True}),
    ],
)
def test_alignment(tmp_path: Path, given: dict[str, object], seen: dict[str, object]) -> None:
    style = style_of(tmp_path, alignment=Alignment(**given))
    assert {name: getattr(style, name) for name in seen} == seen


def test_number_formats(tmp_path: Path) -> None:
    assert style_of(tmp_path, number_format="#,##0.00").format == "#,##0.00"
    assert (
        style_of(tmp_path, number_format="mm-dd-yy").format == "yyyy/m/d"
    )  # number 14: as the country has it
    assert style_of(tmp_path, number_format='0"元"').format == '0"元"'
    assert style_of(tmp_path).format == "General"


def test_what_is_missing_or_wrong_does_no_harm() -> None:
    assert styles_of(None, None).of(7) == CellStyle(PageFont("宋体", 11))
    bare = etree.fromstring(
        "<styleSheet><fonts><font><sz val='x'/></font></fonts><cellXfs><xf fontId='9' fillId='4' borderId='-1'/></cellXfs>"
        "</styleSheet>"
    )
    assert styles_of(bare, None).of(0) == CellStyle(PageFont("宋体", 11))


def test_a_run_has_its_own_look() -> None:
    styles = Styles()
    plain = CellStyle(PageFont("宋体", 12), "#FF0000")
    assert styles.of_run("", plain) == (PageFont("宋体", 12), "#FF0000")
    look = '<rPr><b/><u/><sz val="16"/><color rgb="FF0000FF"/><rFont val="黑体"/></rPr>'
    assert styles.of_run(look, plain) == (PageFont("黑体", 16, bold=True, underline=True), "#0000FF")
    assert styles.of_run("<broken", plain) == (PageFont("宋体", 12), "#FF0000")


@pytest.mark.parametrize(
    "look", ["", '<rPr xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>']
)
def test_what_is_struck_out_keeps_its_look(tmp_path: Path, look: str) -> None:
    style = style_of(tmp_path, font=Font(name="仿宋_GB2312", sz=14, b=True, color="FF1234AB"))
    styles = Styles([style], style.font)
    font, colour = styles.of_run(styles.struck(look, style), style)
    assert font.strike
    assert (font.family, font.size) == ("仿宋_GB2312", 14)
    if not look:
        assert (font.bold, colour) == (True, "#1234AB")


def test_a_form_filled_again_is_not_remembered_anew() -> None:
    """Every filling reads the palette of its form again; only the colours in it count."""
    root = etree.fromstring(
        "<styleSheet><colors><indexedColors><rgbColor rgb='FF123456'/></indexedColors></colors></styleSheet>"
    )
    own = Palette(root, None)
    assert {Palette(None, None): "office", own: "own"}[Palette(root, None)] == "own"
    assert Palette(None, None) != own
