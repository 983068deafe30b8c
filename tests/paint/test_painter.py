"""Ink where it must be, and none where it must not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from invented_pictures import picture
from PySide6.QtGui import QImage, QPainter, qGray

from wuling_desktop.exchange.pages.page_commands import Box, Fill, Font, Image, Line, Page, Run, Text
from wuling_desktop.paint import painter, pdf

if TYPE_CHECKING:
    from wuling_desktop.exchange.pages.page_commands import Command

DOTS = 8  # to the millimetre
BOX = Box(10, 10, 30, 10)


def drawn(*commands: Command) -> QImage:
    """Draw on a small paper of 50 by 30 millimetres."""
    return pdf.picture(Page(50, 30, commands), round(DOTS * 25.4))


def ink(image: QImage, box: Box) -> Box | None:
    """Return the extent of what is dark in a part of the picture, in millimetres."""
    dots = image.width() / 50
    found = [
        (x, y)
        for x in range(max(round(box.x * dots), 0), min(round((box.x + box.width) * dots), image.width()))
        for y in range(max(round(box.y * dots), 0), min(round((box.y + box.height) * dots), image.height()))
        if qGray(image.pixel(x, y)) < 160
    ]
    if not found:
        return None
    left, top = min(x for x, _ in found), min(y for _, y in found)
    right, bottom = max(x for x, _ in found) + 1, max(y for _, y in found) + 1
    return Box(left / dots, top / dots, (right - left) / dots, (bottom - top) / dots)


def everywhere(image: QImage) -> Box:
    found = ink(image, Box(0, 0, 50, 30))
    assert found is not None
    return found


def text(words: str, size: float = 12, **others: object) -> Text:
    given = {"box": BOX, "clip": BOX, "runs": (Run(words, Font("黑体", size), "#000000"),)}
    return Text(**(given | others))


def test_a_fill_and_lines_lie_on_their_places() -> None:
    image = drawn(Fill(BOX, "#FF0000"))
    assert image.pixelColor(round(11 * DOTS), round(11 * DOTS)).name() == "#ff0000"
    assert everywhere(image) == pytest.approx(BOX, abs=0.2)
    line = everywhere(drawn(Line(10, 15, 40, 15, 0.5, "#000000")))
    assert line == pytest.approx((9.75, 14.75, 30.5, 0.5), abs=0.2)


def test_a_thin_line_is_a_whole_dot_in_a_coarse_picture() -> None:
    image = pdf.picture(Page(50, 30, (Line(10, 15.03, 40, 15.03, 0.25, "#000000"),)), 72)
    column = [qGray(image.pixel(image.width() // 2, y)) for y in range(image.height())]
    assert sorted(set(column)) == [0, 255]
    assert column.count(0) == 1


def test_a_line_much_finer_than_a_dot_is_paler() -> None:
    image = pdf.picture(Page(50, 30, (Line(10, 15, 40, 15, 0.25, "#000000"),)), 20)
    darkest = min(qGray(image.pixel(image.width() // 2, y)) for y in range(image.height()))
    assert 100 < darkest < 220


def test_dashes_leave_gaps() -> None:
    image = drawn(Line(5, 15, 45, 15, 0.5, "#000000", (3, 2)))
    row = [qGray(image.pixel(x, 15 * DOTS)) < 128 for x in range(6 * DOTS, 44 * DOTS)]
    assert 0.5 < sum(row) / len(row) < 0.7


@pytest.mark.parametrize(
    ("across", "down", "middle"),
    [
        ("left", "top", (14.2, 12.5)),
        ("center", "center", (25, 15)),
        ("right", "bottom", (35.8, 17.5)),
    ],
)
def test_a_text_stands_where_it_should(across: str, down: str, middle: tuple[float, float]) -> None:
    found = everywhere(drawn(text("国国", across=across, down=down)))
    assert (found.x + found.width / 2, found.y + found.height / 2) == pytest.approx(middle, abs=0.6)
    assert found.width == pytest.approx(24 * 25.4 / 72, abs=1.2)


def test_what_does_not_fit_is_cut_at_the_clip() -> None:
    words = "一国国国国国国国国国国国"
    found = everywhere(drawn(text(words)))
    assert found.x + found.width <= 40.2
    over = everywhere(drawn(text(words, clip=Box(10, 10, 36, 10))))
    assert 40.5 < over.x + over.width <= 46.2
    assert ink(drawn(text("国" * 30, wrap=True)), Box(0, 20.2, 50, 9)) is None


def test_a_wrapped_text_shows_its_beginning() -> None:
    image = drawn(text("国国国国国国国" + "一" * 30, wrap=True, down="bottom"))
    found = ink(image, Box(0, 0, 50, 14))
    assert found is not None
    assert found.height > 3


def test_distributed_letters_reach_both_edges() -> None:
    found = everywhere(drawn(text("国国国", across="distributed", wrap=True)))
    assert (found.x, found.x + found.width) == pytest.approx((10.3, 39.7), abs=0.4)
    words = everywhere(drawn(text("WW WW", across="distributed", wrap=True)))
    assert (words.x, words.x + words.width) == pytest.approx((10, 40), abs=0.4)
    assert ink(drawn(text("国国国", across="distributed", wrap=True)), Box(15, 10, 6, 10)) is None


def test_a_turned_text_stands_upright_in_its_cell() -> None:
    cell = Box(20, 2, 10, 26)
    found = everywhere(drawn(text("国国国国", box=cell, clip=cell, across="center", rotation=90)))
    assert found.height == pytest.approx(48 * 25.4 / 72, abs=1)
    assert found.width < 5
    assert (found.x + found.width / 2, found.y + found.height / 2) == pytest.approx((25, 15), abs=0.6)
    slanted = everywhere(
        drawn(text("国国国国", box=cell, clip=Box(0, 0, 50, 30), across="center", rotation=45))
    )
    assert slanted.height == pytest.approx(slanted.width, abs=1)


def test_runs_keep_their_colours_and_sizes() -> None:
    runs = (Run("国", Font("黑体", 8), "#000000"), Run("国", Font("黑体", 20), "#FF0000"))
    image = drawn(text("", runs=runs))
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {"#000000", "#ff0000"} <= colours
    assert everywhere(image).height > 5


def test_underline_and_strike_are_drawn() -> None:
    plain = everywhere(drawn(text("一", 20)))
    lined = (Run("一", Font("黑体", 20, underline=True), "#000000"),)
    struck = (Run("国", Font("黑体", 20, strike=True), "#000000"),)
    assert everywhere(drawn(text("", runs=lined))).height > plain.height + 1
    assert everywhere(drawn(text("", runs=struck))).width > everywhere(drawn(text("国", 20))).width


def test_letters_of_a_smaller_scale_break_where_the_large_ones_do() -> None:
    words = "一二三四五六七八九十百千万"
    for scale in (0.97, 0.83, 0.61, 0.37):
        box = Box(10, 10, 30 * scale, 20 * scale)
        whole, small = (
            everywhere(drawn(text(words, wrap=True, down="top", box=each, clip=each, scale=factor)))
            for each, factor in ((Box(10, 10, 30, 20), 1.0), (box, scale))
        )
        assert small.height / scale == pytest.approx(whole.height, abs=0.8)
        assert small.width / scale == pytest.approx(whole.width, abs=0.8)


def test_threads_draw_alike() -> None:
    page = Page(
        50,
        30,
        (text("国国国国国国国国国国国国", wrap=True), text("1980.03", 9, down="top"), Fill(BOX, "#DDDDDD")),
    )
    alone = pdf.picture(page, 96)
    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(lambda _: pdf.picture(page, 96) == alone, range(40)))


def test_the_painter_is_left_as_it_was() -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    pen = QPainter(image)
    pen.translate(5, 7)
    before = pen.transform()
    painter.draw(pen, Page(50, 30, (text("国国国国国国国国国国国"), Fill(BOX, "#000000"))), 2)
    assert pen.transform() == before
    assert not pen.hasClipping()
    pen.end()


def test_a_picture_fills_its_box_and_is_cut_at_the_clip() -> None:
    content = picture(10, 14, "#000000")
    box = Box(10, 10, 5, 7)
    whole = drawn(Image(box, content, box))
    assert ink(whole, everywhere(whole)) == pytest.approx(box, abs=0.2)
    cut = drawn(Image(box, content, Box(10, 10, 5, 3)))
    assert ink(cut, everywhere(cut)) == pytest.approx(Box(10, 10, 5, 3), abs=0.2)


def test_a_picture_that_cannot_be_read_leaves_its_place_empty() -> None:
    empty = drawn(Image(Box(10, 10, 5, 7), b"no picture", Box(10, 10, 5, 7)))
    assert ink(empty, Box(0, 0, 50, 30)) is None
