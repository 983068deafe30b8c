"""Measuring: widths that grow with the letters, lines that break where they are drawn, from any thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from wuling_desktop.exchange.pages.page_commands import POINT, Font
from wuling_desktop.paint.measure import measure

SONG = Font("宋体", 10.5)
EM = 10.5 * POINT


def test_a_chinese_letter_is_an_em_wide() -> None:
    width, height = measure("党员花名册", SONG, None)
    assert width == pytest.approx(5 * EM, rel=0.002)
    assert EM < height < 1.5 * EM


def test_figures_of_a_song_face_are_half_an_em() -> None:
    assert measure("0" * 18, SONG, None)[0] == pytest.approx(9 * EM, rel=0.02)
    assert measure("450199198003011234", SONG, None)[0] < 9.2 * EM  # a stand-in's 1 may be narrower


def test_a_text_wraps_where_its_box_ends() -> None:
    line = measure("国", SONG, None)[1]
    assert measure("一二三四五六七八九十", SONG, 5.5 * EM)[1] == pytest.approx(2 * line)
    assert measure("一二三四五六七八九十", SONG, 10 * EM)[1] == pytest.approx(line)
    assert measure("一二三四五六七八九十", SONG, 4.9 * EM)[1] == pytest.approx(3 * line)
    assert measure("450199198003011234", SONG, 5 * EM)[1] == pytest.approx(2 * line)
    assert measure("上\n下", SONG, None)[1] == pytest.approx(2 * line)


def test_a_line_that_fits_exactly_does_not_break() -> None:
    line = measure("国", SONG, None)[1]
    for count in range(1, 40):
        text = "国" * count
        width = measure(text, SONG, None)[0]
        assert measure(text, SONG, width)[1] == pytest.approx(line), count
        assert measure(text, SONG, sum([width / 7] * 7))[1] == pytest.approx(line), count


def test_widths_grow_with_the_letters() -> None:
    small, large = Font("黑体", 9), Font("黑体", 18)
    for text in ("党员", "1980.03", "Wuling"):
        assert measure(text, large, None)[0] == pytest.approx(2 * measure(text, small, None)[0], rel=0.01)


def test_threads_measure_alike() -> None:
    words = [f"第{number}位同志的姓名和电话{number * 7919}" for number in range(200)] * 4
    alone = [measure.__wrapped__(word, SONG, 6 * EM) for word in words]
    measure.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda word: measure(word, SONG, 6 * EM), words))
    assert together == alone
