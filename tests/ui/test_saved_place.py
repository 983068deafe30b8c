"""打开所在文件夹: what was written to disk can be found at once, by the button of the toast or by a key."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from person_at_the_desk import clipped
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel

from wuling_desktop.ui.actions import Action
from wuling_desktop.ui.messages import Toast
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from person_at_the_desk import Person
    from PySide6.QtCore import QUrl

OPEN = "打开所在文件夹"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where the file manager was sent; it can be told to refuse by a mark in front."""
    given: list[str] = []

    def open_url(url: QUrl) -> bool:
        given.append(url.toLocalFile())
        return given[0] != "refuses"

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return given


def save_pdf(person: Person, path: Path) -> None:
    person.program._main.go("preview", "roster_general")
    person.reads("共 3 页")
    person.rest()
    person.choose_file(path, lambda: person.click("存 PDF…"))
    person.reads(f"里的 {path.name}")


def export_table(person: Person, path: Path) -> None:
    person.go("走访慰问")

    def ask() -> None:
        person.click("导出")
        person.menu("存成 Excel…")

    person.choose_file(path, ask)
    person.reads(f"里的 {path.name}")


def back_up(person: Person, path: Path) -> None:
    person.go("设置与备份")
    person.choose_file(path.parent, lambda: person.click("存到 U 盘或文件夹…"))
    person.reads("备份好了，并读回检查过")


@pytest.mark.parametrize(
    ("save", "name"), [(save_pdf, "名册.pdf"), (export_table, "走访.xlsx"), (back_up, "")]
)
def test_the_folder_of_what_was_saved_is_opened_from_the_toast(
    demo_desk: Person,
    tmp_path: Path,
    opened: list[str],
    save: Callable[[Person, Path], None],
    name: str,
) -> None:
    folder = tmp_path / "交上去的"
    folder.mkdir()
    save(demo_desk, folder / name if name else folder / "备份")
    demo_desk.click(OPEN)
    assert opened == [str(folder)]
    assert not demo_desk.seen(Button, OPEN)


def test_the_key_still_opens_it_when_the_toast_has_gone(
    demo_desk: Person, tmp_path: Path, opened: list[str]
) -> None:
    demo_desk.press("Ctrl+Shift+O")
    demo_desk.reads("打开程序以后还没有存过文件")
    assert opened == []
    save_pdf(demo_desk, tmp_path / "名册.pdf")
    demo_desk.click("关闭提示")
    demo_desk.go("党员信息")
    demo_desk.press("Ctrl+Shift+O")
    assert opened == [str(tmp_path)]


def test_a_folder_that_cannot_be_opened_is_told(demo_desk: Person, tmp_path: Path, opened: list[str]) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    opened.append("refuses")
    save_pdf(demo_desk, stick / "名册.pdf")
    demo_desk.click(OPEN)
    demo_desk.reads("没有找到能打开文件夹的程序；文件已经存好。")
    demo_desk.reads(f"请自己到 {stick} 里找 名册.pdf。")
    shutil.rmtree(stick)
    demo_desk.press("Ctrl+Shift+O")
    demo_desk.reads("多半是 U 盘拔掉了")
    assert len(opened) == 2


def test_a_toast_offers_two_things_beside_each_other(demo_desk: Person) -> None:
    done: list[str] = []
    messages = demo_desk.program._main._messages
    offers = [Action(words, lambda words=words: done.append(words)) for words in ("撤销", OPEN)]
    for words in ("撤销", OPEN):
        messages.toast("已导出 3 人", *offers)
        demo_desk.rest()
        (toast,) = demo_desk.seen(Toast)
        (offered,) = [
            each for each in toast.findChildren(Button) if each.isVisible() and each.text() == words
        ]
        offered.click()
        assert not toast.isVisible()
    assert done == ["撤销", OPEN]


def test_a_long_sentence_leaves_its_buttons_in_sight(demo_desk: Person) -> None:
    demo_desk.program.window.resize(1024, 700)
    demo_desk.program._main._messages.toast("很长的一句话" * 40, Action(OPEN, lambda: None))
    demo_desk.rest()
    (toast,) = demo_desk.seen(Toast)
    for each in toast.findChildren(Button):
        if each.isVisible():
            assert toast.rect().contains(each.geometry())
    (words,) = [each for each in toast.findChildren(QLabel) if each.isVisible()]
    assert words.text().endswith("…")
    assert words.toolTip() == "很长的一句话" * 40
    assert clipped(demo_desk.program.window) == []
