"""设置与备份 on the screen: a backup made, checked and put back; password and recovery key; look; the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from person_at_the_desk import PASSWORD, clipped, overlapping
from PySide6.QtWidgets import QLineEdit, QRadioButton

from wuling_desktop import settings
from wuling_desktop.ui.widgets.basics import Button
from wuling_desktop.ui.widgets.text_table import TextTable

if TYPE_CHECKING:
    from person_at_the_desk import Person


def test_a_backup_is_made_checked_and_put_back(demo_desk: Person) -> None:
    desk = demo_desk.program._desk
    demo_desk.go("设置与备份")
    demo_desk.click("立即备份")
    demo_desk.reads("备份好了，并读回检查过")
    demo_desk.rest()
    desk.people.withdraw([desk.people.choices("person")[0].id])
    table = demo_desk.one(TextTable, "本机的备份")
    demo_desk.click_cell(table, 0)
    demo_desk.click("检查这一份")
    demo_desk.reads("这一份是好的")
    demo_desk.click("恢复到这一份…")
    demo_desk.reads("现在的数据会先存成一份备份")
    demo_desk.click("恢复")
    demo_desk.reads("已恢复：恢复前 53 人，现在 54 人")
    demo_desk.qtbot.waitUntil(lambda: table.model().rowCount() == 2, timeout=5000)
    assert desk.people.counts(desk.unit.today())["members"] == 42


def test_a_backup_and_a_check_can_be_cancelled(demo_desk: Person) -> None:
    demo_desk.go("设置与备份")
    with demo_desk.holding_up():
        demo_desk.click("立即备份")
        demo_desk.click("取消")
    demo_desk.reads("已取消，没有备份")
    assert demo_desk.program._desk.backups.listing() == []
    demo_desk.click("立即备份")
    demo_desk.reads("备份好了，并读回检查过")
    demo_desk.rest()
    demo_desk.click_cell(demo_desk.one(TextTable, "本机的备份"), 0)
    with demo_desk.holding_up():
        demo_desk.click("检查这一份")
        demo_desk.click("取消")
    demo_desk.reads("已取消，没有查完")


def test_the_password_is_changed(demo_desk: Person) -> None:
    demo_desk.go("设置与备份")
    demo_desk.click("密码与恢复码")
    fields = demo_desk.seen(QLineEdit, "现在的密码")
    fields[0].setText("不是这个")
    demo_desk.write("新密码", "另一个口令 77")
    demo_desk.write("再输一次", "另一个口令 77")
    demo_desk.click("换密码")
    demo_desk.reads("密码不对。")
    fields[0].setText(PASSWORD)
    demo_desk.click("换密码")
    demo_desk.reads("密码换好了")
    assert "密码不对。" not in demo_desk.text()  # what stood in the way is over
    demo_desk.press("Ctrl+L")
    demo_desk.write("密码", "另一个口令 77")
    demo_desk.press("Return")
    demo_desk.reads("设置与备份")


def change_key(person: Person) -> None:
    """Have a new recovery key made and shown."""
    person.go("设置与备份")
    person.click("密码与恢复码")
    person.seen(QLineEdit, "现在的密码")[1].setText(PASSWORD)
    person.click("换一组恢复码")
    person.reads("恢复码，只显示这一次")


def test_a_new_recovery_key_is_shown_once(demo_desk: Person) -> None:
    change_key(demo_desk)
    demo_desk.click("备份")
    demo_desk.click("密码与恢复码")
    assert "恢复码，只显示这一次" not in demo_desk.text()
    assert demo_desk.program._desk.recovery.waits()  # nobody said to have kept it


def test_a_key_that_was_kept_waits_no_more(demo_desk: Person) -> None:
    change_key(demo_desk)
    demo_desk.click("复制")
    demo_desk.rest()
    assert not demo_desk.program._desk.recovery.waits()


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_in_every_dress(demo_desk: Person, theme: str, scale: int) -> None:
    """Nothing is cut and nothing lies over anything, in light and dark, at 100 and 150 percent."""
    demo_desk.go("设置与备份")
    demo_desk.click("外观")
    demo_desk.one(QRadioButton, {"light": "浅色", "dark": "深色"}[theme]).click()
    demo_desk.rest()
    demo_desk.click("外观")
    demo_desk.one(QRadioButton, f"{scale} %").click()
    demo_desk.rest()
    assert (settings.load().theme, settings.load().scale) == (theme, scale)
    main = demo_desk.program._main
    for name in ("members", "import", "ledger:走访慰问", "forms", "preview", "settings"):
        main.go(name)
        demo_desk.rest()
        assert clipped(demo_desk.program.window) == []
        assert overlapping(main._stack) == []


def test_one_step_of_the_log_is_taken_back(demo_desk: Person) -> None:
    desk = demo_desk.program._desk
    (first, second, *_) = desk.people.choices("person")
    desk.people.change(first.id, {"person.native_place": "广西钦州"})
    desk.people.change(second.id, {"person.native_place": "广西防城港"})
    demo_desk.go("设置与备份")
    demo_desk.click("操作记录")
    demo_desk.rest()
    table = demo_desk.one(TextTable, "操作记录")
    demo_desk.click_cell(table, 1)
    demo_desk.click("撤销这一步")
    demo_desk.rest()
    assert "撤销：修改" in str(table.model().index(0, 1).data())
    assert demo_desk.seen(Button, "撤销这一步")
    card = desk.people.card(second.id, desk.unit.today())
    lines = {line.datum.name: line.value for group in card.groups for line in group.lines}
    assert lines["person.native_place"] == "广西防城港"


def press_and_see_another_page(person: Person, keys: str) -> None:
    before = person.program._main
    person.press(keys)
    person.qtbot.waitUntil(lambda: person.program._main not in (before, None))


def test_the_keyboard_stays_on_what_was_chosen_while_the_page_is_dressed_anew(demo_desk: Person) -> None:
    demo_desk.go("设置与备份")
    demo_desk.click("外观")
    demo_desk.one(QRadioButton, "字号 100 %").setFocus()
    for scale in (115, 130):
        press_and_see_another_page(demo_desk, "Right")
        chosen = demo_desk.one(QRadioButton, f"字号 {scale} %")
        assert chosen.isChecked()
        demo_desk.qtbot.waitUntil(chosen.hasFocus)
    demo_desk.one(Button, "打开演示模式").setFocus()
    press_and_see_another_page(demo_desk, "Space")
    demo_desk.qtbot.waitUntil(lambda: demo_desk.page.focusWidget() in demo_desk.seen(Button, "结束演示模式"))
