"""Looking at one branch, and showing the screen to a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from person_at_the_desk import PASSWORD
from PySide6.QtWidgets import QTableView

from wuling_desktop.ui import projector
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from person_at_the_desk import Person


def cells(person: Person) -> str:
    """Everything that tables in view show."""
    found = []
    for view in person.seen(QTableView):
        model = view.model()
        found += [
            str(model.index(row, column).data() or "")
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]
    return "\n".join(found)


def test_a_branch_is_chosen_under_the_name_of_the_program(demo_desk: Person) -> None:
    demo_desk.reads("党员　42")
    demo_desk.click("看哪个组织：青江市教育科学研究所党总支（演示）")
    demo_desk.menu("第二党支部")
    demo_desk.rest()
    table = demo_desk.one(Table, "人员名单")
    count = table.rows.rowCount()
    assert 0 < count < 42
    demo_desk.reads(f"第二党支部　党员 {count} 人")
    demo_desk.go("报表与打印")
    demo_desk.reads(f"一人一行，{count} 人")
    demo_desk.reads("第二党支部")
    demo_desk.go("走访慰问")
    demo_desk.reads("第二党支部")
    demo_desk.program.window.resize(1024, 700)
    demo_desk.click("看哪个组织：第二党支部")
    demo_desk.menu("青江市")
    demo_desk.rest()
    demo_desk.go("党员信息")
    demo_desk.reads("党员　42")


def test_one_branch_has_no_switch(secretary: Person) -> None:
    assert not secretary.seen(Button, "看哪个组织")
    secretary.go("设置与备份")
    secretary.click("单位与组织")
    secretary.write("新党组织的名称", "第一党小组")
    secretary.click("加在选中的下面")
    secretary.rest()
    assert secretary.seen(Button, "看哪个组织")
    secretary.press("Ctrl+Z")
    secretary.rest()
    assert not secretary.seen(Button, "看哪个组织")


def test_names_are_changed_where_they_are_shown(secretary: Person) -> None:
    secretary.go("设置与备份")
    secretary.click("单位与组织")
    secretary.write("单位名称", "青江市教育研究院")
    secretary.click("改单位名称")
    secretary.reads("单位名称改为 青江市教育研究院")
    secretary.write("选中的党组织的新名称", "第一支部")
    secretary.click("改名")
    secretary.reads("改为 第一支部")
    secretary.rest()
    assert secretary.program._desk.unit.title() == "第一支部"
    secretary.go("党员信息")
    secretary.reads("第一支部　党员 0 人")


def test_before_a_room_nothing_private_is_shown(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    table.choose([table.rows.id_at(1)])
    demo_desk.rest()
    desk = demo_desk.program._desk
    person = desk.people.card(table.rows.id_at(1), desk.unit.today())
    lines = {line.datum.name: line.value for group in person.groups for line in group.lines}
    number = lines["person.id_number"]
    assert number[-4:] in cells(demo_desk)
    demo_desk.press("Ctrl+Shift+P")
    demo_desk.rest()
    demo_desk.reads("演示模式：证件号、电话、住址")
    assert demo_desk.one(Table, "人员名单").chosen_ids() == [person.id]
    assert number[-4:] not in cells(demo_desk)
    assert projector.COVER in cells(demo_desk)
    assert "经办人　" not in demo_desk.text()
    assert "信息完整度" not in demo_desk.text()
    assert "信息不全" not in demo_desk.text()
    demo_desk.click("结束演示模式")
    demo_desk.rest()
    assert number[-4:] in cells(demo_desk)
    assert not projector.is_on()


def test_locking_ends_it(secretary: Person) -> None:
    secretary.press("Ctrl+Shift+P")
    secretary.rest()
    assert projector.is_on()
    secretary.press("Ctrl+L")
    assert not projector.is_on()
    secretary.write("密码", PASSWORD)
    secretary.click("打开")
    secretary.rest()
    assert "演示模式：" not in secretary.text()
