"""The built-in forms filled from the demo branch: every token known, every value in its cell, taken in again unchanged."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from invented_pictures import picture
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText

from wuling_desktop import paths
from wuling_desktop.exchange.forms.fill_form import load_form
from wuling_desktop.exchange.pages import sheet_page
from wuling_desktop.exchange.pages.page_commands import Image, Text
from wuling_desktop.paint import headless
from wuling_desktop.paint.measure import measure
from wuling_desktop.records import Visit
from wuling_desktop.records.base import fields_of
from wuling_desktop.services import person_data
from wuling_desktop.services.exporting import FORMS
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from engines import Engine
    from openpyxl.worksheet.worksheet import Worksheet

    from wuling_desktop.services.desk import Desk

PHOTO = picture(250, 350, "#3366cc", "JPEG")
HEADING = {
    "unit.name",
    "branch.name",
    "branch.in_full",
    "as_of",
    "today",
    "demo",
    "count",
    "index",
    "person.photo",
}
LISTS = [name for name in FORMS if name not in ("member_form", "transfer_letter")]
STARTED = {
    "out_started_on": "2026-11-02",
    "out_to": "某中学党支部",
    "dues_paid_until": "2026-11",
    "letter_number": "2026-017",
    "letter_issued_on": "2026-11-03",
    "letter_valid_until": "2027-01-31",
}


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("name", FORMS)
def test_every_token_is_a_datum(name: str) -> None:
    known = {field.name for field in fields_of(Visit)} if FORMS[name] else {d.name for d in person_data.ALL}
    assert load_form(paths.resources() / "forms" / f"{name}.xlsx").tokens <= known | HEADING


@pytest.mark.parametrize("name", FORMS)
def test_no_token_is_left(demo: Desk, tmp_path: Path, today: dt.date, name: str) -> None:
    demo.exporting.write(name, tmp_path / "表.xlsx", as_of=today)
    for sheet in load_workbook(tmp_path / "表.xlsx"):
        said = texts(sheet)
        assert not [text for text in said if "{" in text]
        assert "演示" in said
        if name == "transfer_letter":
            continue
        assert any("截止日期：2026年11月24日" in text for text in said)
        assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"


@pytest.mark.parametrize("name", LISTS)
def test_a_list_repeats_its_head_and_keeps_its_foot(
    demo: Desk, tmp_path: Path, today: dt.date, name: str
) -> None:
    count = demo.exporting.write(name, tmp_path / "表.xlsx", as_of=today)
    sheet = load_workbook(tmp_path / "表.xlsx").active
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$3")
    assert [sheet.cell(row, 1).value for row in range(4, 4 + count)] == list(range(1, count + 1))
    below = [text for row in sheet.iter_rows(min_row=4 + count) for cell in row if (text := cell.value)]
    assert any(str(text).startswith(f"共 {count} 人") for text in below)
    assert {"填表人：", "审核人：", "负责人（签字）："} <= set(below)
    assert sheet.print_area.endswith(f"${6 + count}")


def test_identity_numbers_and_phones_are_text(demo: Desk, tmp_path: Path, today: dt.date) -> None:
    demo.exporting.write("roster_general", tmp_path / "表.xlsx", as_of=today)
    sheet = load_workbook(tmp_path / "表.xlsx").active
    heads = {cell.value: cell.column for cell in sheet[3]}
    for head in ("身份证号码", "联系电话"):
        cells = [sheet.cell(row, heads[head]) for row in range(4, 46)]
        assert {cell.number_format for cell in cells} == {"@"}
        assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_money_is_summed(demo: Desk, tmp_path: Path, today: dt.date) -> None:
    count = demo.exporting.write("visits", tmp_path / "表.xlsx", as_of=today)
    amounts = [row.values[4] for row in demo.ledgers.rows("visit")]
    sheet = load_workbook(tmp_path / "表.xlsx", data_only=True).active
    assert sheet.cell(4 + count, 6).value == float(sum(filter(None, amounts)))


def test_one_person_a_page(demo: Desk, tmp_path: Path, today: dt.date) -> None:
    members = demo.people.rows((), Who(), today)[:3]
    filled = demo.exporting.fill("member_form", as_of=today, people=[row.id for row in members])
    assert [sheet.name for sheet in filled.sheets] == ["黄若衡", "韦清和", "陆书翰"]
    demo.exporting.write("member_form", tmp_path / "表.xlsx", as_of=today, people=[row.id for row in members])
    for sheet in load_workbook(tmp_path / "表.xlsx"):
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("portrait", 1)
        assert "G3:G6" in {str(area) for area in sheet.merged_cells.ranges}
        assert sheet["B3"].value == sheet.title


@pytest.mark.parametrize(
    ("name", "kind"),
    [("roster_general", "党员"), ("roster_staff", "党员"), ("member_form", "党员"), ("visits", "走访慰问")],
)
def test_a_form_of_ours_taken_in_again_changes_nothing(
    demo: Desk, tmp_path: Path, today: dt.date, name: str, kind: str
) -> None:
    count = demo.exporting.write(name, tmp_path / "表.xlsx", as_of=today)
    again = demo.importing.preview(tmp_path / "表.xlsx", kind)
    assert (again.outcome, again.count("same"), again.changed_cells) == ("imported", count, 0)


def test_the_photo_stands_in_its_box(demo: Desk, tmp_path: Path, today: dt.date) -> None:
    headless.ready()
    with_photo, without = (row.id for row in demo.people.rows((), Who(), today)[:2])
    demo.attachments.set_photo(with_photo, PHOTO)
    filled = demo.exporting.fill("member_form", as_of=today, people=[with_photo, without])
    first, second = sheet_page.lay_out(filled, measure)
    (image,) = [each for each in first.commands if isinstance(each, Image)]
    assert image.content == PHOTO
    assert image.box.width / image.box.height == pytest.approx(5 / 7, rel=0.01)
    assert "照　片" not in [each.text for each in first.commands if isinstance(each, Text)]
    assert "照　片" in [each.text for each in second.commands if isinstance(each, Text)]

    path = tmp_path / "采集表.xlsx"
    demo.exporting.write("member_form", path, as_of=today, people=[with_photo, without])
    assert [sheet["G3"].value for sheet in load_workbook(path)] == [None, "照　片"]
    with zipfile.ZipFile(path) as package:
        (kept,) = [name for name in package.namelist() if name.startswith("xl/media/")]
        assert package.read(kept) == PHOTO


def test_a_lost_photo_keeps_no_form_from_being_made(engine: Engine, demo: Desk, today: dt.date) -> None:
    headless.ready()
    (one, *_) = demo.people.rows((), Who(), today)
    demo.attachments.set_photo(one.id, PHOTO)
    engine.lose_contents(demo)
    (page,) = sheet_page.lay_out(demo.exporting.fill("member_form", as_of=today, people=[one.id]), measure)
    assert "照　片" in [each.text for each in page.commands if isinstance(each, Text)]


def written_letter(desk: Desk, folder: Path, today: dt.date, people: list[int] | None) -> list[str]:
    desk.exporting.write("transfer_letter", folder / "介绍信.xlsx", as_of=today, people=people)
    return texts(load_workbook(folder / "介绍信.xlsx").worksheets[0])


def test_the_letter_says_what_the_transfer_says(desk: Desk, tmp_path: Path, today: dt.date) -> None:
    known = {"person.sex": "女", "person.birth_date": "1990-01-01", "person.phone": "19900001000"}
    id_ = desk.people.add({"person.name": "韦清和", **known}).id
    desk.people.change(id_, {"person.standing": "正式党员", "branch.name": "第一党支部"})
    desk.transfers.start_out(id_, STARTED)
    said = written_letter(desk, tmp_path, today, None)
    assert said.count("第 2026-017 号") == 3
    assert said.count("2026年11月3日") == 2
    assert "　　韦清和同志系中共（预备/正式）党员，组织关系由青江市教科所第一党支部转到某中学党支部。" in said
    assert any("该同志党费已交到2026年11月。" in text for text in said)
    assert "（有效期89天）" in said
    assert "党员联系电话：19900001000" in said
    assert {"第一联　存根", "第二联　介绍信", "第三联　回执"} <= set(said)
    book = load_workbook(tmp_path / "介绍信.xlsx", rich_text=True)
    struck = [
        run.text
        for row in book.active.iter_rows()
        for cell in row
        if isinstance(cell.value, CellRichText)
        for run in cell.value
        if not isinstance(run, str) and run.font.strike
    ]
    assert struck == ["预备", "男", "预备"]


def test_what_the_transfer_does_not_say_is_left_to_the_pen(
    desk: Desk, tmp_path: Path, today: dt.date
) -> None:
    id_ = desk.people.add({"person.name": "陆书翰"}).id
    desk.people.change(id_, {"person.standing": "预备党员"})
    said = "\n".join(written_letter(desk, tmp_path, today, [id_]))
    assert "组织关系由青江市教科所第一党支部转到____" in said
    assert "身份证号码____" in said
    assert "（有效期______天）" in said
    assert "第 __________ 号" in said
    assert "党费已交到______年____月" in said


def test_letters_are_for_those_on_their_way_to_others(desk: Desk, tmp_path: Path, today: dt.date) -> None:
    assert desk.exporting.fill("transfer_letter", as_of=today).rows == 0
    blank = written_letter(desk, tmp_path, today, None)
    assert any(text.startswith("　　__________同志（男/女）") for text in blank)
    leaving, staying = (desk.people.add({"person.name": name}).id for name in ("韦清和", "陆书翰"))
    for id_ in (leaving, staying):
        desk.people.change(id_, {"person.standing": "正式党员"})
    desk.transfers.start_out(leaving, STARTED)
    filled = desk.exporting.fill("transfer_letter", as_of=today)
    assert [sheet.name for sheet in filled.sheets] == ["韦清和"]


def test_the_letter_fits_one_page_whatever_it_says(desk: Desk, today: dt.date) -> None:
    headless.ready()
    id_ = desk.people.add({"person.name": "阿布都克里木·吐尔逊", "person.ethnic_group": "维吾尔族"}).id
    desk.people.change(id_, {"person.standing": "正式党员", "branch.name": "第一党支部"})
    desk.transfers.start_out(
        id_, {**STARTED, "out_to": "某某自治区某某市某某区某某街道某某社区第三党支部" * 2}
    )
    (page,) = sheet_page.lay_out(desk.exporting.fill("transfer_letter", as_of=today), measure)
    for each in page.commands:
        if isinstance(each, Text) and each.wrap:
            room = each.box.width / each.scale
            assert measure(each.text, each.runs[0].font, room)[1] * each.scale <= each.box.height, each.text


@pytest.mark.parametrize("name", ["roster_general", "roster_staff", "visits"])
def test_many_people_are_read_with_no_more_questions_than_few(
    demo: Desk, today: dt.date, asked: Any, name: str
) -> None:
    members = [row.id for row in demo.people.rows([], Who(), today)]
    counts = []
    for people in (members[:2], members):
        with asked(demo) as statements:
            demo.exporting.fill(name, as_of=today, people=people)
        counts.append(len(statements))
    assert counts[0] == counts[1] > 0
