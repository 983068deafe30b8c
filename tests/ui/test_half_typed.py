"""What is half typed is never lost: by leaving, locking or dressing anew; it is offered again, and gone when finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from person_at_the_desk import PASSWORD
from PySide6.QtWidgets import QLineEdit

from wuling_desktop.settings import Preferences
from wuling_desktop.ui.record import draft_keeper
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from person_at_the_desk import Person


def unlock(person: Person) -> None:
    person.write("密码", PASSWORD)
    person.click("打开")
    person.qtbot.waitUntil(lambda: person.program._main is not None, timeout=15_000)
    person.rest()


def begin(person: Person, name: str) -> None:
    person.press("Ctrl+N")
    person.write("姓名", name)
    person.write("手机", "19900003003")


def test_it_is_kept_while_one_types(demo_desk: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_keeper, "_PAUSE", 30)
    desk = demo_desk.program._desk
    begin(demo_desk, "唐半")
    demo_desk.qtbot.waitUntil(lambda: bool(desk.drafts.kept()), timeout=5000)
    (draft,) = desk.drafts.kept()
    assert draft.form == "members"
    assert draft.values["person.name"] == "唐半"
    demo_desk.click("先不加")
    demo_desk.rest()
    assert desk.drafts.kept() == []


def test_locking_keeps_page_selection_and_half_typed_text(secretary: Person) -> None:
    for name in ("韦清和", "林晓", "黄一"):
        secretary.program._desk.people.add({"person.name": name, "person.standing": "正式党员"})
    secretary.go("走访慰问")
    secretary.press("Ctrl+N")
    secretary.write("走访日期", "2026.11.2")
    secretary.press("Ctrl+L")
    assert "2026.11.2" not in secretary.text()
    unlock(secretary)
    assert secretary.page.title == "走访慰问台账"
    assert secretary.one(QLineEdit, "走访日期").text() == "2026.11.2"
    assert not secretary.seen(Button, "接着填")
    secretary.go("党员信息")
    table = secretary.one(Table, "人员名单")
    secretary.click_cell(table, 1)
    chosen = table.chosen_ids()
    assert len(chosen) == 1
    secretary.press("Ctrl+L")
    unlock(secretary)
    assert secretary.one(Table, "人员名单").chosen_ids() == chosen


def test_after_a_restart_it_is_offered_and_gone_when_added(
    secretary: Person, open_program: Callable[..., Person]
) -> None:
    begin(secretary, "唐半")
    secretary.program.close_all()
    again = open_program()
    unlock(again)
    again.reads("上次没填完的 新增人员 还在。")
    again.click("接着填")
    again.rest()
    assert again.one(QLineEdit, "姓名").text() == "唐半"
    assert again.one(QLineEdit, "手机").text() == "19900003003"
    again.click("新增")
    again.reads("新增 唐半")
    again.rest()
    assert again.program._desk.drafts.kept() == []


def test_it_can_be_given_up(secretary: Person, open_program: Callable[..., Person]) -> None:
    begin(secretary, "唐半")
    secretary.program.close_all()
    again = open_program()
    unlock(again)
    again.click("不要了")
    again.rest()
    assert again.program._desk.drafts.kept() == []
    assert "没填完" not in again.text()


def test_another_look_leaves_it_as_it_is(demo_desk: Person) -> None:
    begin(demo_desk, "唐半")
    demo_desk.program.restyle(Preferences(theme="dark"))
    demo_desk.rest()
    assert demo_desk.one(QLineEdit, "姓名").text() == "唐半"
