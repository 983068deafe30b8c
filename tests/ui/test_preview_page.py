"""打印预览 on a small screen with large letters: the page can be read, and what prints and saves is in sight."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from person_at_the_desk import place_in
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDoubleSpinBox, QLabel

from wuling_desktop import settings
from wuling_desktop.domain.problems import Problem
from wuling_desktop.ui.pages.paper_view import Sheet
from wuling_desktop.ui.pages.print_choices import PrintChoices
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from pathlib import Path

    from person_at_the_desk import Person

WAYS_OUT = ("打印", "存 PDF…", "存 Excel…")


def ways_out(person: Person) -> list[Button]:
    buttons = person.page.findChildren(Button)
    return [next(each for each in buttons if each.text() == words) for words in WAYS_OUT]


@pytest.mark.parametrize("scale", [100, 130, 150])
def test_the_page_and_the_ways_out_are_in_sight(demo_desk: Person, scale: int) -> None:
    program = demo_desk.program
    program.restyle(dataclasses.replace(program._preferences, scale=scale))
    demo_desk.rest()
    program.window.resize(1024, 700)
    program._main.go("preview", "roster_general")
    demo_desk.reads("共 3 页")
    demo_desk.rest()
    for button in ways_out(demo_desk):
        assert program.window.rect().contains(place_in(program.window, button)), button.text()
    assert demo_desk.page.findChild(Sheet).width() >= 300


def test_the_buttons_stay_where_they_are_when_a_notice_appears(demo_desk: Person) -> None:
    main = demo_desk.program._main
    main.go("preview", "roster_general")
    demo_desk.reads("共 3 页")
    demo_desk.rest()
    before = [place_in(demo_desk.program.window, each) for each in ways_out(demo_desk)]
    main.tell(Problem("没有找到打印机。", "这台电脑还没有装打印机。", "可以先存成 PDF。"))
    demo_desk.reads("没有找到打印机。")
    demo_desk.rest()
    assert [place_in(demo_desk.program.window, each) for each in ways_out(demo_desk)] == before


def test_the_navigation_shows_where_the_preview_belongs(demo_desk: Person) -> None:
    demo_desk.program._main.go("preview", "roster_general")
    demo_desk.rest()
    marked = [
        each.text() for each in demo_desk.seen(Button) if each.property("kind") == "nav" and each.isChecked()
    ]
    assert marked == ["报表与打印"]


def test_faces_that_are_lacking_are_told_in_a_few_words_and_one_by_one_on_request(
    demo_desk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = [("仿宋_GB2312", "Noto Serif CJK SC")]
    monkeypatch.setattr("wuling_desktop.paint.fonts.replaced", lambda _filled: lacking)
    demo_desk.program._main.go("preview", "roster_general")
    demo_desk.reads("1 种字体用相近的代替")
    assert not demo_desk.seen(QLabel, "装上原来的字体")
    demo_desk.click("详细")
    demo_desk.reads("装上原来的字体就会用回来")
    demo_desk.click("收起")
    assert not demo_desk.seen(QLabel, "装上原来的字体")


def test_a_pdf_can_be_cancelled_and_leaves_no_file(demo_desk: Person, tmp_path: Path) -> None:
    demo_desk.program._main.go("preview", "roster_general")
    demo_desk.reads("共 3 页")
    path = tmp_path / "名册.pdf"
    with demo_desk.holding_up():
        demo_desk.choose_file(path, lambda: demo_desk.click("存 PDF…"))
        demo_desk.reads("正在写 名册.pdf…")
        demo_desk.click("取消")
    demo_desk.reads("已取消，没有写文件")
    assert not [each for each in tmp_path.iterdir() if "名册" in each.name]
    assert not demo_desk.seen(Button, "取消")
    demo_desk.choose_file(path, lambda: demo_desk.click("存 PDF…"))
    demo_desk.rest()
    assert path.exists()


def test_printing_can_be_cancelled(
    demo_desk: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "paper.pdf"))
    monkeypatch.setattr(PrintChoices, "printer", lambda _choices: device)
    demo_desk.program._main.go("preview", "roster_general")
    demo_desk.reads("共 3 页")
    with demo_desk.holding_up():
        demo_desk.click("打印")
        demo_desk.click("取消")
    demo_desk.reads("已取消打印")
    demo_desk.click("打印")
    demo_desk.reads("已把 3 页交给打印机")


def test_the_place_on_printed_paper_is_kept_on_this_computer(demo_desk: Person) -> None:
    main = demo_desk.program._main
    main.go("preview", "transfer_letter")
    demo_desk.reads("转出在途的人")
    demo_desk.rest()
    for name, millimetres in (("横移（毫米）", "1.5"), ("竖移（毫米）", "-2")):
        box = demo_desk.one(QDoubleSpinBox, name)
        box.setFocus()
        box.selectAll()
        demo_desk.type(millimetres)
        demo_desk.press("Return")
    assert settings.load().print_shift == (1.5, -2.0)
    assert demo_desk.page._choices.shift == (1.5, -2.0)
