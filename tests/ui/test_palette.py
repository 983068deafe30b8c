"""Ctrl+K as a person uses it: a few letters and Enter from any page, Esc back to where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from wuling_desktop import paths, settings
from wuling_desktop.settings import Preferences
from wuling_desktop.ui.palette import Palette, WordLine
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.top_bar import FindField
from wuling_desktop.ui.widgets.hit_list import HitList

if TYPE_CHECKING:
    from pathlib import Path

    from person_at_the_desk import Person


def listed(person: Person) -> list[str]:
    (shown,) = person.seen(HitList)
    return [str(shown.hits.index(place, 0).data()) for place in range(shown.hits.rowCount())]


def chosen(person: Person) -> str:
    (shown,) = person.seen(HitList)
    hit = shown.chosen()
    return hit.title if hit else ""


def names(person: Person) -> list[str]:
    (table,) = person.seen(Table)
    values = [table.rows.rows.texts[id_] for id_ in table.chosen_ids()]
    return [text for texts in values for text in texts]


def ask(person: Person, word: str) -> None:
    person.press("Ctrl+K")
    person.type(word)


def test_three_letters_and_enter_open_a_person_from_any_page(demo_desk: Person) -> None:
    demo_desk.go("设置与备份")
    ask(demo_desk, "wqh")
    assert listed(demo_desk) == ["人", "韦清和"]
    demo_desk.press("Return")
    demo_desk.rest()
    assert not demo_desk.seen(Palette)
    demo_desk.reads("基本信息")
    assert demo_desk.program._main.place == "person"
    assert "韦清和" in demo_desk.text()


def test_ctrl_enter_opens_a_person_beside_the_list(demo_desk: Person) -> None:
    demo_desk.go("设置与备份")
    ask(demo_desk, "wqh")
    demo_desk.press("Ctrl+Return")
    demo_desk.rest()
    assert demo_desk.program._main.place == "members"
    assert "韦清和" in names(demo_desk)


def test_esc_gives_the_keyboard_back_and_leaves_the_page_alone(demo_desk: Person) -> None:
    demo_desk.press("Ctrl+F")
    demo_desk.type("韦")
    demo_desk.reads("共 2 人")
    line = QApplication.focusWidget()
    ask(demo_desk, "h")
    assert isinstance(QApplication.focusWidget(), WordLine)
    demo_desk.press("Esc")
    assert not demo_desk.seen(Palette)
    assert QApplication.focusWidget() is line
    assert isinstance(line, QLineEdit)
    assert line.text() == "韦"


def test_the_search_of_a_page_knows_pinyin_too(demo_desk: Person) -> None:
    demo_desk.press("Ctrl+F")
    demo_desk.type("hrh")
    demo_desk.reads("共 1 人")
    demo_desk.go("走访慰问")
    demo_desk.press("Ctrl+F")
    demo_desk.type("oyjc")
    demo_desk.rest()
    (table,) = demo_desk.seen(Table)
    demo_desk.qtbot.waitUntil(lambda: 0 < table.rows.rowCount() < 20)
    assert all("欧阳静川" in text for text in table.rows.rows.texts.values())


def test_a_click_on_the_page_or_work_there_takes_it_away(demo_desk: Person) -> None:
    demo_desk.click("查找")
    (table,) = demo_desk.seen(Table)
    demo_desk.click_cell(table, 12)
    assert not demo_desk.seen(Palette)
    assert len(table.chosen_ids()) == 1
    (field,) = demo_desk.seen(FindField)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    (over,) = demo_desk.seen(Palette)
    QTest.mouseClick(over, Qt.MouseButton.LeftButton, pos=QPoint(5, 400))
    assert not demo_desk.seen(Palette)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    demo_desk.press("Ctrl+2")
    assert not demo_desk.seen(Palette)


def test_arrows_pass_over_the_captions_and_stop_at_the_ends(demo_desk: Person) -> None:
    ask(demo_desk, "慰问")
    titles = listed(demo_desk)
    assert titles[:2] == ["去哪儿", "走访慰问"]
    demo_desk.press("Up")
    assert chosen(demo_desk) == "走访慰问"
    demo_desk.press("Down")
    assert chosen(demo_desk) == titles[2]
    for _ in range(9):
        demo_desk.press("PgDown")
    assert chosen(demo_desk) == titles[-1]


def test_a_row_of_a_ledger_is_chosen_on_its_page(demo_desk: Person) -> None:
    ask(demo_desk, "平稳")
    (shown,) = demo_desk.seen(HitList)
    hit = shown.chosen()
    assert hit is not None
    assert hit.key[0] == "visit"
    at = shown.visualRect(shown.currentIndex()).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=at)
    demo_desk.qtbot.waitUntil(lambda: not demo_desk.seen(Palette))
    demo_desk.rest()
    (table,) = demo_desk.seen(Table)
    assert table.chosen_ids() == [int(hit.key[1])]


def test_ctrl_enter_shows_the_side_panel_where_it_lies_over_the_table(demo_desk: Person) -> None:
    demo_desk.program.window.resize(1050, 700)
    QApplication.processEvents()
    ask(demo_desk, "wqh")
    demo_desk.press("Ctrl+Return")
    demo_desk.rest()
    assert demo_desk.page.panel.isVisible()
    assert "韦清和" in names(demo_desk)


def test_an_action_is_done(demo_desk: Person) -> None:
    demo_desk.go("报表与打印")
    ask(demo_desk, "xzry")
    assert listed(demo_desk) == ["去哪儿", "新增人员"]
    demo_desk.press("Return")
    demo_desk.write("姓名", "韦新来")


def test_every_place_and_action_leads_somewhere(demo_desk: Person) -> None:
    main = demo_desk.program._main
    assert main is not None
    for name, way in main._finder._ways.items():
        if name != "place:lock":
            way.run()
            demo_desk.rest()
            assert way.icon
            assert main.place in (*main._rooms.names,)
    named = [way.text for way in main._finder._ways.values()]
    assert len(named) == len(set(named))


def test_somebody_of_a_branch_not_looked_at_is_opened_all_the_same(demo_desk: Person) -> None:
    main = demo_desk.program._main
    assert main is not None
    unit = main._desk.unit
    unit.looks_at = next(each.id for each in unit.organisations() if each.text == "第三党支部")
    ask(demo_desk, "wqh")
    demo_desk.press("Return")
    demo_desk.rest()
    assert main.place == "person"
    demo_desk.reads("韦清和")


def test_what_was_opened_is_offered_again_and_kept_without_its_name(demo_desk: Person) -> None:
    ask(demo_desk, "wqh")
    demo_desk.press("Return")
    demo_desk.rest()
    ask(demo_desk, "")
    assert listed(demo_desk) == ["最近打开", "韦清和"]
    demo_desk.press("Esc")
    kept = paths.preferences_file().read_text("utf-8")
    assert "person" in kept
    assert "韦清和" not in kept
    assert "wqh" not in kept


def test_half_a_word_of_an_input_method_is_no_question(demo_desk: Person) -> None:
    demo_desk.press("Ctrl+K")
    before = listed(demo_desk)
    line = QApplication.focusWidget()
    assert line is not None
    QApplication.sendEvent(line, QInputMethodEvent("qing'he", []))
    assert listed(demo_desk) == before
    done = QInputMethodEvent()
    done.setCommitString("清和")
    QApplication.sendEvent(line, done)
    assert "韦清和" in listed(demo_desk)


def test_what_is_nowhere_is_said(demo_desk: Person) -> None:
    ask(demo_desk, "zzzz")
    demo_desk.reads("没找到“zzzz”。")
    demo_desk.press("Return")
    assert demo_desk.seen(Palette)


@pytest.mark.parametrize("size", [(1440, 860), (1024, 560)])
@pytest.mark.parametrize("scale", [100, 150])
def test_it_keeps_inside_the_window(demo_desk: Person, size: tuple[int, int], scale: int) -> None:
    before = demo_desk.program._main
    demo_desk.program.restyle(Preferences(theme="dark", scale=scale))
    demo_desk.qtbot.waitUntil(lambda: demo_desk.program._main not in (None, before))
    demo_desk.rest()
    demo_desk.program.window.resize(*size)
    ask(demo_desk, "教研")
    (panel,) = demo_desk.seen(Palette)
    assert demo_desk.program.window.centralWidget().rect().contains(panel.panel.geometry())
    demo_desk.program.window.resize(1100, 620)
    QApplication.processEvents()
    assert demo_desk.program.window.centralWidget().rect().contains(panel.panel.geometry())
    (shown,) = demo_desk.seen(HitList)
    assert shown.accessibleName()
    assert "陆书翰" in shown.said()


def test_the_latest_are_few_and_spoilt_ones_are_left_out(tmp_path: Path) -> None:
    preferences = Preferences()
    for number in range(40):
        preferences = preferences.with_opened("file", ("person", str(number)))
    preferences = preferences.with_opened("file", ("person", "30"))
    assert preferences.opened_in("file")[:2] == [("person", "30"), ("person", "39")]
    assert len(preferences.opened) == settings.LAST_OPENED
    assert preferences.opened_in("another") == []
    file = tmp_path / "preferences.json"
    settings.save(preferences, file)
    assert settings.load(file).opened == preferences.opened
    file.write_text('{"opened": [["a"], 3, ["f", "person", "1"]]}', encoding="utf-8")
    assert settings.load(file).opened == (("f", "person", "1"),)
