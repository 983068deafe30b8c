"""Importing on the screen: the five steps by mouse and by keyboard, questions answered, cells corrected, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from person_at_the_desk import unlocked
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton

from wuling_desktop import paths
from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.people import Who
from wuling_desktop.ui import projector
from wuling_desktop.ui.widgets.basics import Button
from wuling_desktop.ui.widgets.text_table import TextTable

if TYPE_CHECKING:
    from pathlib import Path

    from person_at_the_desk import Person

HEADS = ["序号", "姓名", "性别", "出生年月", "身份证号", "入党时间", "联系电话", "所在党支部"]
ROWS = [
    [1, "韦清和", "女", "1991.08", "450199199108050248", "2015-07-01", "19900001001", "第一党支部"],
    [2, "陆书翰", "男", "1983-11", None, "2006.5.12", "19900001002", "第一党支部"],
    [3, None, "男", "1982.02", None, "2007-06-27", "19900001003", "第一党支部"],
]


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A small roster with a row that lacks its name."""
    return written(tmp_path / "花名册.xlsx", HEADS, ROWS)


def written(path: Path, heads: list[str], rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in (["某支部党员花名册"], heads, *rows, ["填表人："]):
        book.active.append(row)
    book.save(path)
    return path


def dropped(person: Person, path: Path) -> None:
    """Let a file go over the window."""
    target = person.program._main
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    middle = QPoint(400, 300)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(middle, Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    drop = QDropEvent(middle, Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(target, drop)
    person.rest()


def people(person: Person) -> dict[str, int]:
    desk = person.program._desk
    return desk.people.counts(desk.unit.today())


def test_a_dropped_roster_is_shown_before_anything_is_written(secretary: Person, roster: Path) -> None:
    dropped(secretary, roster)
    secretary.reads("1 行现在导不了，改好或留下来另存")
    assert people(secretary)["all"] == 0
    secretary.click("下一步")
    secretary.reads("新增　2")
    secretary.click("导入：新增 2 人")
    secretary.reads("已导入 2 人：新增 2")
    assert people(secretary)["members"] == 2


def test_the_row_that_lacks_its_name_is_mended_where_it_stands(secretary: Person, roster: Path) -> None:
    dropped(secretary, roster)
    table = secretary.one(TextTable, "这一类的各行")
    secretary.click_cell(table, 0, 3, twice=True)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    secretary.type("覃乐川")
    secretary.press("Return")
    secretary.rest()
    secretary.click("下一步")
    secretary.reads("新增　3")
    secretary.click("导入：新增 3 人")
    secretary.reads("已导入 3 人")
    desk = secretary.program._desk
    assert {facts["person.name"] for facts in desk.people.facts(Who("all"), desk.unit.today())} == {
        "韦清和",
        "陆书翰",
        "覃乐川",
    }


def test_rows_not_taken_come_back_as_a_workbook(secretary: Person, roster: Path, tmp_path: Path) -> None:
    dropped(secretary, roster)
    secretary.click("下一步")
    secretary.click("导入：新增 2 人")
    secretary.reads("已导入 2 人")
    (save,) = [each for each in secretary.seen(Button) if "另存" in each.text()]
    secretary.choose_file(tmp_path / "没导的.xlsx", save.click)
    secretary.rest()
    values = [cell.value for row in load_workbook(tmp_path / "没导的.xlsx").active for cell in row]
    assert "19900001003" in values
    assert any("没有姓名" in str(value) for value in values)


def test_the_whole_import_is_taken_back(secretary: Person, roster: Path) -> None:
    dropped(secretary, roster)
    secretary.click("下一步")
    secretary.click("导入：新增 2 人")
    secretary.reads("已导入 2 人")
    secretary.click("撤销整次导入")
    secretary.reads("已撤销整次导入。")
    assert people(secretary)["all"] == 0
    secretary.press("Ctrl+Y")
    secretary.rest()
    assert people(secretary)["all"] == 2


@pytest.mark.parametrize("elsewhere", [False, True])
def test_an_import_taken_back_by_the_keyboard_is_no_longer_said_to_be_there(
    secretary: Person, roster: Path, *, elsewhere: bool
) -> None:
    dropped(secretary, roster)
    secretary.click("下一步")
    secretary.click("导入：新增 2 人")
    secretary.reads("已导入 2 人")
    for keys, words, gone in (
        ("Ctrl+Z", "已撤销整次导入。", "已导入 2 人"),
        ("Ctrl+Y", "已导入 2 人", "已撤销整次导入"),
    ):
        if elsewhere:
            secretary.go("党员信息")
        secretary.press(keys)
        secretary.rest()
        if elsewhere:
            secretary.press("Alt+Left")
        secretary.reads(words)
        assert gone not in secretary.text()


def test_by_the_keyboard_alone(secretary: Person, roster: Path) -> None:
    secretary.press("Ctrl+I")
    secretary.rest()
    secretary.choose_file(roster, lambda: secretary.press("Ctrl+O"))
    secretary.rest()
    secretary.press("F8")
    for _ in range(12):
        focused = QApplication.focusWidget()
        if isinstance(focused, Button) and focused.text() == "下一步":
            break
        secretary.press("Tab")
    secretary.press("Space")
    for _ in range(12):
        focused = QApplication.focusWidget()
        if isinstance(focused, Button) and focused.text().startswith("导入："):
            break
        secretary.press("Tab")
    secretary.press("Space")
    secretary.reads("已导入 2 人")


def test_unticked_people_and_values_stay_out(demo_desk: Person) -> None:
    dropped(demo_desk, paths.resources() / "demo" / "sample_roster.xlsx")
    demo_desk.reads("新增　5")
    new = demo_desk.one(TextTable, "新增")
    demo_desk.click_cell(new, 0)
    demo_desk.press("Space")
    demo_desk.click("变更　9")
    changed = demo_desk.one(TextTable, "变更")
    demo_desk.click_cell(changed, 0)
    demo_desk.press("Space")
    demo_desk.click("导入：新增 4 人，更新 8 人")
    demo_desk.reads("已导入 12 人：新增 4，更新 8")


def test_two_people_of_one_name_are_asked_about(secretary: Person, tmp_path: Path) -> None:
    desk = secretary.program._desk
    for born in ("1980-01", "1990-01"):
        desk.people.add({"person.name": "韦清和", "person.birth_date": born})
    dropped(secretary, written(tmp_path / "同名.xlsx", ["姓名", "行政职务"], [["韦清和", "主任"]]))
    secretary.reads("有 2 个同名的人，是哪一个？")
    (second,) = [each for each in secretary.seen(QRadioButton) if "1990-01" in each.text()]
    second.click()
    secretary.click("按这些回答再看一遍")
    secretary.reads("变更　1")
    secretary.click("导入：更新 1 人")
    secretary.reads("已导入 1 人")
    facts = desk.people.facts(Who("all"), desk.unit.today())
    assert {str(each["person.birth_date"]): each["person.position"] for each in facts} == {
        "1980-01": None,
        "1990-01": "主任",
    }


def test_what_a_file_conceals_is_asked_about_once_of_each_kind(secretary: Person, tmp_path: Path) -> None:
    book = Workbook()
    for name in ("韦清和", "陆书翰", "农嘉言"):
        sheet = book.active if name == "韦清和" else book.create_sheet(name)
        for row in (["姓名", "性别"], [name, "女"], [f"{name}隐", "男"], [f"{name}划", "男"]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        for cell in sheet[4]:
            cell.font = Font(strike=True)
    sheet.sheet_state = "hidden"
    book.save(tmp_path / "遮着.xlsx")
    dropped(secretary, tmp_path / "遮着.xlsx")
    for asked, answer in (("隐藏的表", "不导入"), ("行隐藏着", "一起导入"), ("行划了删除线", "不导入")):
        secretary.reads(asked)
        (choice,) = [
            each
            for each in secretary.seen(QRadioButton)
            if asked in each.accessibleName() and each.text() == answer
        ]
        choice.click()
    secretary.click("按这些回答再看一遍")
    secretary.reads("新增　4")
    secretary.click("导入：新增 4 人")
    secretary.reads("已导入 4 人")
    desk = secretary.program._desk
    stored = {each["person.name"] for each in desk.people.facts(Who("all"), desk.unit.today())}
    assert stored == {"韦清和", "韦清和隐", "陆书翰", "陆书翰隐"}


def test_a_list_in_a_hidden_sheet_alone_is_asked_about(secretary: Person, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["说明：名单在后面"])
    hidden = book.create_sheet("名单")
    for row in (["姓名", "性别"], ["韦清和", "女"]):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "藏着.xlsx")
    dropped(secretary, tmp_path / "藏着.xlsx")
    secretary.reads("隐藏的表")
    (choice,) = [each for each in secretary.seen(QRadioButton) if each.text() == "一起导入"]
    choice.click()
    secretary.click("按这些回答再看一遍")
    secretary.click("导入：新增 1 人")
    secretary.reads("已导入 1 人")


def test_a_column_is_given_another_meaning(secretary: Person, tmp_path: Path) -> None:
    file = written(tmp_path / "表.xlsx", ["姓名", "性别", "我的电话号"], [["韦清和", "女", "19900001001"]])
    dropped(secretary, file)
    secretary.click("2　对列")
    table = secretary.one(TextTable, "文件里的列对应哪一项")
    place = next(
        row for row in range(table.model().rowCount()) if "我的电话号" in table.model().index(row, 0).data()
    )
    index = table.model().index(place, 2)
    table.model().setData(index, "手机")
    secretary.rest()
    secretary.reads("3 列里认出 3 列")


def test_what_was_decided_about_columns_is_seen_next_time_and_forgotten(
    secretary: Person, tmp_path: Path
) -> None:
    heads = ["姓名", "性别", "我的电话号"]
    dropped(secretary, written(tmp_path / "一.xlsx", heads, [["韦清和", "女", "19900001001"]]))
    secretary.click("2　对列")
    table = secretary.one(TextTable, "文件里的列对应哪一项")
    table.model().setData(table.model().index(2, 2), "手机")
    secretary.rest()
    secretary.click("4　对照")
    secretary.click("导入：新增 1 人")
    secretary.reads("已导入 1 人")

    # Other headings: what was kept is told first, before anything else.
    heads = [*heads, "民族"]
    dropped(secretary, written(tmp_path / "二.xlsx", heads, [["覃乐川", "男", "19900001002", "壮族"]]))
    secretary.reads("有 1 列按上次定的对应读")
    secretary.reads("多了“民族”")
    assert table.model().index(2, 2).data() == "手机"
    secretary.click("忘掉上次的对应")
    secretary.rest()
    secretary.reads("4 列里认出 3 列")
    assert "按上次定的对应读" not in secretary.text()


def test_a_remark_is_proposed_and_only_remarked_where_nothing_is_said(
    secretary: Person, tmp_path: Path
) -> None:
    heads = ["姓名", "入党时间", "备注"]
    rows = [["韦清和", "2003-12-08", "2024年3月转出"], ["覃乐川", "2005-12-08", "2025.12.9病故"]]
    file = written(tmp_path / "名册.xlsx", heads, rows)
    dropped(secretary, file)
    secretary.reads("要不要登记组织关系转出？")
    chosen = [each.text() for each in secretary.seen(QRadioButton) if each.isChecked()]
    assert chosen == ["只记备注", "只记备注"]
    (move,) = [each for each in secretary.seen(QRadioButton) if each.text() == "登记组织关系转出"]
    move.click()
    secretary.click("按这些回答再看一遍")
    secretary.click("导入：新增 2 人")
    secretary.reads("已导入 2 人")
    desk = secretary.program._desk
    facts = {each["person.name"]: each for each in desk.people.facts(Who("all"), desk.unit.today())}
    assert str(facts["韦清和"]["membership.out_on"]) == "2024-03"
    assert facts["覃乐川"]["membership.ended_on"] is None
    assert facts["覃乐川"]["person.note"] == "2025.12.9病故"


def test_who_was_taken_back_is_asked_about_and_comes_back(demo_desk: Person, tmp_path: Path) -> None:
    desk = demo_desk.program._desk
    (known, *_) = desk.people.facts(Who(), desk.unit.today())
    desk.people.withdraw([known["person.id"]])
    heads, row = ["姓名", "身份证号", "岗位"], [known["person.name"], known["person.id_number"], "新岗位"]
    dropped(demo_desk, written(tmp_path / "名册.xlsx", heads, [row]))
    demo_desk.reads("撤销过录入。这次怎么办？")
    (back,) = [each for each in demo_desk.seen(QRadioButton) if each.text() == "恢复并更新"]
    back.click()
    demo_desk.click("按这些回答再看一遍")
    demo_desk.reads("恢复的　1")
    table = demo_desk.one(TextTable, "恢复的")
    demo_desk.click_cell(table, 0)
    demo_desk.press("Space")
    demo_desk.reads("没有要导入的")
    demo_desk.press("Space")
    demo_desk.click("导入：恢复 1 人")
    demo_desk.reads("恢复以前撤销的 1")
    assert desk.people.facts(Who(ids=(known["person.id"],)), desk.unit.today())[0]["person.post"] == "新岗位"


def test_columns_are_counted_alike_and_compared_in_their_own_order(secretary: Person, tmp_path: Path) -> None:
    heads = ["序号", "姓名", "手机", "民族", "性别", "养了几只猫"]
    file = written(tmp_path / "表.xlsx", heads, [["1", "韦清和", "19900001001", "壮族", "女", "2"]])
    dropped(secretary, file)
    table = secretary.one(TextTable, "新增")
    labels = [each.title for each in table.content.columns]
    assert [each for each in labels if each in heads] == ["姓名", "手机", "民族", "性别"]
    for step in ("1　选文件", "2　对列"):
        secretary.click(step)
        secretary.reads("5 列里认出 4 列")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("空.xlsx", b"", "这个文件是空的。"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "这个文件不是表格，它是图片。"),
        ("页.xls", "<html><table><tr><td>姓名</td></tr></table></html>".encode(), "这个文件其实是网页"),
    ],
)
def test_what_is_no_roster_is_told_in_three_parts(
    secretary: Person, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    dropped(secretary, tmp_path / name)
    secretary.reads(told)
    secretary.reads("没有动")
    assert secretary.seen(Button, "换一个文件…")


def test_a_blank_form_is_told_as_such(secretary: Person, tmp_path: Path) -> None:
    dropped(secretary, written(tmp_path / "空白.xlsx", HEADS, []))
    secretary.reads("这是一张空表。")
    assert not any(each.isEnabled() for each in secretary.seen(Button, "导入：") if each.text())


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A roster that takes its time."""
    rows = [[number, f"韦清{chr(0x4E00 + number)}", "女", "1991.08"] for number in range(1, 6001)]
    return written(tmp_path / "六千人.xlsx", HEADS[:4], rows)


def test_a_reading_is_counted_and_stopped(secretary: Person, many: Path) -> None:
    secretary.choose_file(many, lambda: (secretary.press("Ctrl+I"), secretary.press("Ctrl+O")))
    busy = secretary.page._busy
    secretary.qtbot.waitUntil(lambda: " / 6000 行" in busy._words.text(), timeout=20_000)
    secretary.click("取消")
    secretary.reads("已停下，什么都没有导入")
    secretary.rest()
    assert not busy.isVisible()
    assert secretary.page._preview is None
    secretary.choose_file(many, lambda: secretary.press("Ctrl+O"))  # the same file can be taken afterwards
    secretary.qtbot.waitUntil(lambda: "导入：新增 6000 人" in secretary.text(), timeout=20_000)


def test_a_writing_is_counted_and_stopped_with_nothing_left(secretary: Person, many: Path) -> None:
    before = people(secretary)
    secretary.choose_file(many, lambda: (secretary.press("Ctrl+I"), secretary.press("Ctrl+O")))
    secretary.qtbot.waitUntil(lambda: "导入：新增 6000 人" in secretary.text(), timeout=20_000)
    secretary.one(Button, "导入：新增 6000 人").click()
    busy = secretary.page._busy
    secretary.qtbot.waitUntil(lambda: " / 6000 人" in busy._words.text(), timeout=20_000)
    secretary.click("取消")
    secretary.reads("已停下，什么都没有导入")
    assert people(secretary) == before
    assert [entry.name for entry in secretary.program._desk.history.entries(9) if "6000" in entry.name] == []
    secretary.click("导入：新增 6000 人")
    secretary.qtbot.waitUntil(lambda: "已导入 6000 人" in secretary.text(), timeout=30_000)
    assert people(secretary)["all"] == 6000


def test_what_hindered_a_writing_is_not_told_any_more_once_it_succeeds(
    secretary: Person, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(secretary, roster)
    secretary.click("下一步")
    importing = secretary.program._desk.importing
    with monkeypatch.context() as patched:
        patched.setattr(
            importing, "commit", Mock(side_effect=Problem("磁盘已满。", "没有写进去。", "请腾出空间。"))
        )
        secretary.click("导入：新增 2 人")
        secretary.reads("磁盘已满")
    secretary.click("导入：新增 2 人")
    secretary.reads("已导入 2 人")
    assert "磁盘已满" not in secretary.text()


def test_a_stopped_second_look_leaves_the_first(secretary: Person, many: Path) -> None:
    secretary.choose_file(many, lambda: (secretary.press("Ctrl+I"), secretary.press("Ctrl+O")))
    secretary.qtbot.waitUntil(lambda: "导入：新增 6000 人" in secretary.text(), timeout=20_000)
    page = secretary.page
    page._rematch("Sheet!2", "")
    secretary.qtbot.waitUntil(lambda: " / 6000 行" in page._busy._words.text(), timeout=20_000)
    secretary.click("取消")
    secretary.reads("已停下，什么都没有导入")
    assert page._told.columns == {}
    secretary.one(Button, "导入：新增 6000 人")


def test_what_was_said_about_a_file_is_there_after_locking(secretary: Person, roster: Path) -> None:
    dropped(secretary, roster)
    table = secretary.one(TextTable, "这一类的各行")
    secretary.click_cell(table, 0, 3, twice=True)
    secretary.type("覃乐川")
    secretary.press("Return")
    secretary.rest()
    secretary.click("下一步")
    secretary.click_cell(secretary.one(TextTable, "新增"), 0)
    secretary.press("Space")
    secretary.one(Button, "导入：新增 2 人")
    secretary.press("Ctrl+L")
    secretary.rest()
    unlocked(secretary)
    secretary.reads("新增　3")
    secretary.one(Button, "导入：新增 2 人").click()
    secretary.reads("已导入 2 人")
    desk = secretary.program._desk
    assert {facts["person.name"] for facts in desk.people.facts(Who("all"), desk.unit.today())} == {
        "陆书翰",
        "覃乐川",
    }


def test_a_file_gone_while_locked_is_told(secretary: Person, roster: Path) -> None:
    dropped(secretary, roster)
    secretary.press("Ctrl+L")
    secretary.rest()
    roster.unlink()
    unlocked(secretary)
    secretary.reads("找不到 “花名册.xlsx”。")
    secretary.reads("把 Excel 文件拖到这里")


def test_before_a_room_no_number_of_the_file_is_shown_nor_typed_over(
    secretary: Person, tmp_path: Path
) -> None:
    wrong = "450199199108050249"
    rows = [[1, "韦清和", "女", "1991.08", wrong, "2015-07-01", "19900001001", "第一党支部"], *ROWS[1:]]
    secretary.press("Ctrl+Shift+P")
    secretary.rest()
    dropped(secretary, written(tmp_path / "错号.xlsx", HEADS, rows))
    tables = [secretary.one(TextTable, name) for name in ("要看的事", "这一类的各行")]
    left, right = tables
    seen = []
    for group in range(left.content.rowCount()):
        left.selectRow(group)
        seen += ["　".join(row.texts) for row in right.content.rows]
        if any(projector.COVER in row.texts for row in right.content.rows):
            assert not any(each.editable for each in right.content.columns)
    assert any("身份证号" in each and projector.COVER in each for each in seen)
    for step in ("下一步", ""):
        said = "\n".join([*seen, secretary.text()])
        assert wrong[6:] not in said
        assert wrong[-4:] not in said
        if step:
            secretary.click(step)
            secretary.rest()
            seen += ["　".join(row.texts) for each in secretary.seen(TextTable) for row in each.content.rows]
    projector.turn(on=False)


def test_what_is_only_in_doubt_is_a_click_away_from_the_comparison(secretary: Person, tmp_path: Path) -> None:
    rows = [[1, "韦清和", "女", "1991.08", "450199199108050249", "2015-07-01", "19900001001", "第一党支部"]]
    dropped(secretary, written(tmp_path / "错号.xlsx", HEADS, rows))
    secretary.reads("新增　1")
    (link,) = [each for each in secretary.seen(Button) if "件事请看一眼" in each.text()]
    link.click()
    secretary.reads("2 处请看一眼；不改也能导，其中 1 处会标“待核”")
    sound = [[1, "陆书翰", "男", "1983-11", None, "2006.5.12", "19900001002", None]]
    dropped(secretary, written(tmp_path / "好的.xlsx", HEADS, sound))
    secretary.reads("新增　1")
    assert not [each for each in secretary.seen(Button) if "件事请看一眼" in each.text()]
