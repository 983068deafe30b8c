"""The whole file of a person: opened, walked through, typed into as a form and as paper, and left again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from person_at_the_desk import clipped, overlapping
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from wuling_desktop.exchange.pages.page_commands import Text
from wuling_desktop.services.exporting import Exporting
from wuling_desktop.services.people import Who
from wuling_desktop.ui.pages.person_facets.basic import BasicFacet
from wuling_desktop.ui.pages.person_facets.paper import PaperForm
from wuling_desktop.ui.pages.person_facets.rewards import RewardsFacet
from wuling_desktop.ui.pages.person_file import PersonFilePage
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.widgets.basics import Button
from wuling_desktop.ui.widgets.combo import Combo
from wuling_desktop.ui.widgets.text_table import TextTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from person_at_the_desk import Person

SECOND = "韦清和"


def open_second(desk: Person) -> PersonFilePage:
    desk.program.window.activateWindow()  # a screen without a window manager may not have done it
    table = desk.one(Table, "人员名单")
    desk.click_cell(table, 1)
    desk.press("Return")
    desk.reads("第 2 / 42 人")
    page = desk.page
    assert isinstance(page, PersonFilePage)
    return page


def value(desk: Person, name: str, who: str = SECOND) -> object:
    program = desk.program._desk
    (facts,) = program.people.facts(Who("all", word=who), program.unit.today())
    return facts.get(name)


def test_enter_opens_the_file_and_escape_leads_back_to_the_same_person(demo_desk: Person) -> None:
    page = open_second(demo_desk)
    tabs = [button.text().split("　")[0] for button in page._tabs.buttons()]
    assert tabs[:2] == ["基本信息", "党籍"]
    assert {"发展历程", "奖惩", "走访帮扶", "变更记录"} <= set(tabs)
    demo_desk.press("Alt+Down")
    demo_desk.reads("第 3 / 42 人")
    demo_desk.press("Escape")
    demo_desk.rest()
    table = demo_desk.one(Table, "人员名单")
    assert [table.rows.place_of(id_) for id_ in table.chosen_ids()] == [2]


def test_the_number_of_a_row_opens_it_too(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    side = table.verticalHeader()
    at = side.viewport().rect().center()
    at.setY(side.sectionViewportPosition(4) + side.sectionSize(4) // 2)
    QTest.mouseDClick(side.viewport(), Qt.MouseButton.LeftButton, pos=at)
    demo_desk.reads("第 5 / 42 人")


def test_facets_are_walked_by_keys(demo_desk: Person) -> None:
    page = open_second(demo_desk)
    seen = []
    for _ in page._kinds:
        seen.append(page.within.facet)
        demo_desk.press("Ctrl+PgDown")
    assert seen == [kind.title for kind in page._kinds]
    assert page.within.facet == "基本信息"
    demo_desk.press("Ctrl+PgUp")
    assert page.within.facet == page._kinds[-1].title


def test_a_field_is_corrected_in_the_form_and_taken_back(demo_desk: Person) -> None:
    open_second(demo_desk)
    demo_desk.write("籍贯", "广西钦州")
    demo_desk.press("Return")
    demo_desk.rest()
    assert value(demo_desk, "person.native_place") == "广西钦州"
    demo_desk.press("Ctrl+Z")
    demo_desk.rest()
    assert demo_desk.one(QLineEdit, "籍贯").text() == "广西柳州"


def test_private_values_are_covered_but_for_the_one_being_edited(demo_desk: Person) -> None:
    open_second(demo_desk)
    phone = demo_desk.one(QLineEdit, "手机")
    assert phone.text() == "199****1001"
    phone.setFocus()
    assert phone.text() == "19900001001"
    demo_desk.press("Tab")
    demo_desk.qtbot.waitUntil(lambda: phone.text() == "199****1001", timeout=2000)
    demo_desk.click("显示证件号、电话和住址")
    assert phone.text() == "19900001001"
    assert str(value(demo_desk, "person.phone")) == "19900001001"


def test_escape_gives_up_what_is_half_typed_before_it_leaves(demo_desk: Person) -> None:
    open_second(demo_desk)
    line = demo_desk.write("籍贯", "广西")
    demo_desk.press("Escape")
    assert line.text() == "广西柳州"
    demo_desk.press("Escape")
    demo_desk.rest()
    assert demo_desk.program._main.place == "members"
    assert value(demo_desk, "person.native_place") == "广西柳州"


def test_tab_walks_the_form_in_reading_order(demo_desk: Person) -> None:
    page = open_second(demo_desk)
    form = page.facet(BasicFacet).forms[0]
    form.focus_first()
    order = []
    for _ in form.fields:
        focused = QApplication.focusWidget()
        assert focused is not None
        order.append(focused.accessibleName())
        demo_desk.press("Tab")
    assert order == [each.label for each in form.fields]
    places = [form.editor(each.name).pos() for each in form.fields]
    assert places == sorted(places, key=lambda at: (at.y() // 12, at.x()))
    demo_desk.press("Shift+Tab")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == order[-1]


def test_a_day_that_cannot_be_is_refused_at_the_field(demo_desk: Person) -> None:
    page = open_second(demo_desk)
    page._go("党籍")
    for typed, words in (("2099-01-01", "在今天之后"), ("2023-13-01", "")):
        demo_desk.write("入党日期", typed)
        demo_desk.press("Return")
        demo_desk.reads(words)
    demo_desk.rest()
    assert str(value(demo_desk, "step_fact.assembly_on")) == "2022-07-27"


def on_paper(desk: Person) -> PaperForm:
    desk.click("表样")
    desk.rest()
    return desk.one(PaperForm, "表样")


def click_spot(desk: Person, paper: PaperForm, name: str) -> None:
    spot = next(each for each in paper.canvas.spots if name in each.shown)
    at = paper.canvas.rect_of(spot).center()
    QTest.mouseClick(paper.canvas, Qt.MouseButton.LeftButton, pos=at)
    QApplication.processEvents()


def test_the_paper_is_typed_into(demo_desk: Person) -> None:
    open_second(demo_desk)
    paper = on_paper(demo_desk)
    before = paper.canvas._picture.toImage()
    click_spot(demo_desk, paper, "person.native_place")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "广西柳州"
    editor.selectAll()
    demo_desk.type("广西桂林")
    demo_desk.press("Return")
    demo_desk.rest()
    assert value(demo_desk, "person.native_place") == "广西桂林"
    assert paper.canvas._picture.toImage() != before
    assert paper.canvas.hasFocus()


def test_the_paper_by_keys_alone(demo_desk: Person) -> None:
    open_second(demo_desk)
    paper = on_paper(demo_desk)
    assert paper.canvas.hasFocus()
    demo_desk.press("Down")
    here = paper.canvas.spots[paper.canvas.current]
    demo_desk.press("Up")
    demo_desk.press("Down")
    assert paper.canvas.spots[paper.canvas.current] == here
    demo_desk.press("Return")
    assert QApplication.focusWidget() is not paper.canvas
    demo_desk.press("Escape")
    assert paper.canvas.hasFocus()
    demo_desk.press("Return")
    demo_desk.press("Tab")
    assert paper.canvas.spots[paper.canvas.current] != here
    demo_desk.press("Escape")
    demo_desk.press("F4")
    demo_desk.one(QLineEdit, "籍贯")


def test_what_is_computed_is_corrected_by_what_it_is_made_of(demo_desk: Person) -> None:
    open_second(demo_desk)
    paper = on_paper(demo_desk)
    click_spot(demo_desk, paper, "person.ft_education_and_degree")
    degree = demo_desk.one(Combo, "全日制教育学位")
    demo_desk.one(Combo, "全日制教育学历")
    degree.setCurrentText("硕士")
    degree.committed.emit()
    demo_desk.rest()
    assert value(demo_desk, "person.ft_degree") == "3"
    click_spot(demo_desk, paper, "person.rewards_and_discipline")
    assert demo_desk.page.within.facet == "奖惩"


def test_an_impossible_value_stays_in_the_cell_with_its_reason(demo_desk: Person) -> None:
    open_second(demo_desk)
    paper = on_paper(demo_desk)
    click_spot(demo_desk, paper, "person.work_start")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    demo_desk.type("2099-01")
    demo_desk.press("Return")
    assert editor.property("state") == "over"
    demo_desk.press("Escape")
    assert str(value(demo_desk, "person.work_start")) == "2013-07"


def test_what_is_due_leads_to_its_field(demo_desk: Person) -> None:
    desk = demo_desk.program._desk
    table = demo_desk.one(Table, "人员名单")
    id_ = table.rows.id_at(1)
    desk.people.change(id_, {"membership.last_contact": "2026-05-02", "membership.search_log": "走访一次"})
    demo_desk.click_cell(table, 1)
    demo_desk.reads("失去联系已满 6 个月")
    demo_desk.click("办理")
    demo_desk.rest()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "最近联系日期"
    demo_desk.write("最近联系日期", "今天")
    demo_desk.press("Return")
    demo_desk.rest()
    assert "失去联系" not in demo_desk.text()


def begin_transfer(person: Person) -> None:
    """Begin to transfer the second of the list to another branch."""
    table = person.one(Table, "人员名单")
    person.click_cell(table, 1)
    person.click("转接…")
    person.rest()
    person.write("转出发起日期", "2026-11-02")
    person.write("转往何处", "某中学党支部")
    person.click("发起")
    person.reads("转往 某中学党支部　2026-11-02 发起　在途")


def test_a_relation_moves_step_by_step(demo_desk: Person) -> None:
    begin_transfer(demo_desk)
    demo_desk.reads("组织关系在途")
    demo_desk.write("对方接收日期", "2026-11-20")
    demo_desk.click("登记接收")
    demo_desk.reads("2026-11-20 已接收")
    demo_desk.press("Escape")
    demo_desk.reads("转出和历史　1")
    demo_desk.press("Ctrl+Z")
    demo_desk.reads("转接在途　1")


def test_the_letter_is_printed_where_the_transfer_is_told(demo_desk: Person) -> None:
    begin_transfer(demo_desk)
    demo_desk.write("介绍信编号", "2026-017")
    demo_desk.press("Return")
    demo_desk.rest()
    (button, *_) = demo_desk.seen(Button, "打印介绍信…")
    button.click()
    demo_desk.reads("党员组织关系介绍信")
    demo_desk.reads("1 人　共 1 页")
    words = [each.text for each in demo_desk.page._pages[0].commands if isinstance(each, Text)]
    assert words.count("第 2026-017 号") == 3
    assert any("转到某中学党支部。" in each for each in words)
    demo_desk.press("Alt+Left")
    demo_desk.rest()
    demo_desk.click("更多")
    demo_desk.menu("打印介绍信…")
    demo_desk.reads("1 人　共 1 页")


def test_an_honour_is_entered_corrected_and_taken_back(demo_desk: Person) -> None:
    page = open_second(demo_desk)
    page._go("奖惩")
    demo_desk.click("新增奖励")
    demo_desk.write("奖励名称", "优秀党务工作者")
    demo_desk.write("授予日期", "2026-07-01")
    demo_desk.click("登记")
    demo_desk.reads("奖惩　1")
    table = demo_desk.one(TextTable, "奖惩")
    demo_desk.click_cell(table, 0)
    demo_desk.write("授予单位", "某局党委")
    demo_desk.press("Return")
    demo_desk.rest()
    (form,) = [
        each for each in demo_desk.seen(Button, "撤销误录") if each.parent() is page.facet(RewardsFacet)._card
    ]
    form.click()
    demo_desk.reads("奖惩　0")


def test_an_old_value_is_put_back_from_the_change_log(demo_desk: Person) -> None:
    page = open_second(demo_desk)
    demo_desk.write("籍贯", "广西钦州")
    demo_desk.press("Return")
    demo_desk.rest()
    page._go("变更记录")
    table = demo_desk.one(TextTable, "变更记录")
    demo_desk.click_cell(table, 0)
    demo_desk.reads("恢复成：广西柳州")
    demo_desk.click("恢复这个值")
    demo_desk.rest()
    assert value(demo_desk, "person.native_place") == "广西柳州"
    demo_desk.reads("恢复 韦清和 的籍贯")


def test_entries_of_ledgers_lead_to_their_ledger(demo_desk: Person) -> None:
    desk = demo_desk.program._desk
    visited = desk.ledgers.rows("visit")[0].values[1]
    demo_desk.write("在本页里找", visited.text)
    demo_desk.reads("共 1 人")
    demo_desk.click_cell(demo_desk.one(Table, "人员名单"), 0)
    demo_desk.press("Return")
    demo_desk.rest()
    page = demo_desk.page
    assert isinstance(page, PersonFilePage)
    page._go("走访帮扶")
    demo_desk.click_cell(demo_desk.one(TextTable, "走访帮扶"), 0)
    demo_desk.click("打开台账")
    demo_desk.rest()
    assert demo_desk.program._main.place == "ledger:走访慰问"


@pytest.mark.parametrize("size", [(1440, 860), (1024, 700)])
def test_nothing_is_cut_in_any_facet(
    demo_desk: Person, size: tuple[int, int], open_program: Callable[..., Person]
) -> None:
    demo_desk.program.window.resize(*size)
    page = open_second(demo_desk)
    for kind in page._kinds:
        page._go(kind.title)
        demo_desk.rest()
        assert clipped(demo_desk.program.window) == []
        assert overlapping(demo_desk.program.window) == []


def test_the_paper_hides_as_the_screen_does(demo_desk: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = []
    fill = Exporting.fill

    def watched(*given: Any, **named: Any) -> Any:
        filled = fill(*given, **named)
        sheet = filled.sheets[0]
        cells = [cell for row in range(1, sheet.last_row + 1) for cell in sheet.cells(row).values()]
        hidden.extend(str(cell.value) for cell in cells if "****" in str(cell.value))
        return filled

    monkeypatch.setattr(Exporting, "fill", watched)
    open_second(demo_desk)
    on_paper(demo_desk)
    demo_desk.rest()
    number = next(each for each in hidden if len(each) == 18)
    assert number[:14] == "*" * 14
    assert number[14:].isalnum()
