"""可能重复, 批量修改, 政治生日 and 已撤销的录入 on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from wuling_desktop.services.people import Who
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.widgets.combo import Combo
from wuling_desktop.ui.widgets.text_table import TextTable

if TYPE_CHECKING:
    from person_at_the_desk import Person


def test_two_records_are_seen_side_by_side_and_made_one(demo_desk: Person) -> None:
    desk = demo_desk.program._desk
    desk.people.add({"person.name": "黄若衡", "person.birth_date": "1974-03", "person.email": "h@example.cn"})
    demo_desk.program._main._read_all()
    demo_desk.click("可能重复　1 对")
    demo_desk.rest()
    demo_desk.reads("甲：黄若衡（所长　办公室）　　乙：黄若衡（岗位未填）")
    items = demo_desk.one(TextTable, "两条记录的各项")
    texts = {row.texts[0]: row.texts[1:] for row in items.content.rows}
    assert texts["邮箱"] == ("—", "h@example.cn", "用乙")
    assert texts["身份证号"][0].startswith("**")
    place = [row.texts[0] for row in items.content.rows].index("出生年月")
    demo_desk.click_cell(items, place)
    demo_desk.press("Space")
    assert items.content.rows[place].texts[-1] == "用乙"
    demo_desk.press("Space")
    demo_desk.click("合并为一人")
    demo_desk.reads("没有看到可能重复的人。")
    (facts,) = desk.people.facts(Who("all", word="黄若衡"), desk.unit.today())
    assert facts["person.email"] == "h@example.cn"
    demo_desk.press("Ctrl+Z")
    demo_desk.reads("1 对")


def test_two_people_of_one_name_are_told_apart_for_good(demo_desk: Person) -> None:
    desk = demo_desk.program._desk
    desk.people.add({"person.name": "黄若衡", "person.birth_date": "1974-03"})
    demo_desk.program._main._read_all()
    demo_desk.click("可能重复　1 对")
    demo_desk.rest()
    demo_desk.click("不是同一个人")
    demo_desk.rest()
    assert desk.duplicates.pairs() == []
    demo_desk.press("Alt+Left")
    demo_desk.rest()
    assert "可能重复" not in demo_desk.text()


def test_several_people_get_one_value(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    ids = [table.rows.id_at(row) for row in range(3)]
    table.choose(ids)
    demo_desk.rest()
    which = demo_desk.one(Combo, "改哪一项")
    which.setCurrentText("学科")
    which.activated.emit(which.currentIndex())
    demo_desk.reads("现在：")
    demo_desk.write("学科", "综合实践")
    demo_desk.click("改这 3 人")
    demo_desk.reads("修改 3 人的学科")
    desk = demo_desk.program._desk
    facts = desk.people.facts(Who("all", ids=tuple(ids)), desk.unit.today())
    assert {each["person.subject"] for each in facts} == {"综合实践"}


def test_political_birthdays_month_by_month(demo_desk: Person) -> None:
    desk = demo_desk.program._desk
    count = desk.people.counts(desk.unit.today())["birthday"]
    demo_desk.click(f"政治生日　{count}")
    demo_desk.reads(f"共 {count} 人")
    months = demo_desk.one(Combo, "政治生日的月份")
    assert months.currentText() == "11 月"
    months.setCurrentIndex(5)
    months.activated.emit(5)
    demo_desk.rest()
    june = desk.people.rows((), Who("birthday", month=6), desk.unit.today())
    demo_desk.reads(f"共 {len(june)} 人")


def test_one_withdrawn_by_mistake_comes_back_in_three_clicks(demo_desk: Person) -> None:
    desk = demo_desk.program._desk
    table = demo_desk.one(Table, "人员名单")
    id_ = table.rows.id_at(4)
    before = desk.people.facts(Who("all", ids=(id_,)), desk.unit.today())
    desk.people.withdraw([id_])
    demo_desk.go("设置与备份")
    demo_desk.click("已撤销的录入")
    demo_desk.rest()
    demo_desk.click("放回")  # the latest is chosen
    demo_desk.rest()
    assert desk.people.facts(Who("all", ids=(id_,)), desk.unit.today()) == before
    demo_desk.reads("60 天内没有撤销过录入。")


def test_enter_in_the_search_of_the_list_stays_there(demo_desk: Person) -> None:
    demo_desk.write("在本页里找", "韦清和")
    demo_desk.press("Return")
    assert demo_desk.program._main.place == "members"
    assert demo_desk.seen(QLineEdit, "在本页里找")
