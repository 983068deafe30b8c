"""Pictures given to a form: in the workbook a drawing over the cell, which then holds no words."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from form_trials import PICTURE, roster
from lxml import etree
from openpyxl import Workbook, load_workbook

from wuling_desktop.exchange.forms import fill_form
from wuling_desktop.exchange.picture import Picture, picture_of

if TYPE_CHECKING:
    from pathlib import Path

TALL = Picture(PICTURE, 413, 579)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "{person.name}"
    sheet["B1"] = "照片{person.photo}"
    sheet.merge_cells("B1:C4")
    for row in range(1, 5):
        sheet.row_dimensions[row].height = 40
    book.save(tmp_path / "表.xlsx")
    return tmp_path / "表.xlsx"


def written(blank: Path, *records: dict[str, object]) -> Path:
    path = blank.with_name("填好.xlsx")
    fill_form.write(fill_form.fill(fill_form.load_form(blank), {}, records), path)
    return path


def parts(path: Path, pattern: str) -> list[str]:
    with zipfile.ZipFile(path) as package:
        return sorted(name for name in package.namelist() if re.fullmatch(pattern, name))


@dataclass
class Anchor:
    column: int
    row: int
    column_offset: int
    width: int
    height: int
    image: bytes


def anchors(path: Path, tab: str) -> list[Anchor]:
    """Follow workbook, sheet, drawing and picture by their relations, as an office program does."""
    with zipfile.ZipFile(path) as package:
        book = etree.fromstring(package.read("xl/workbook.xml"))
        link = next(
            each.get(f"{{{OFFICE}}}id")
            for each in book.iterfind("{*}sheets/{*}sheet")
            if each.get("name") == tab
        )
        part = related(package, "xl/workbook.xml")[link]
        named = etree.fromstring(package.read(part)).find("{*}drawing")
        if named is None:
            return []
        drawing = related(package, part)[named.get(f"{{{OFFICE}}}id")]
        images = related(package, drawing)
        return [
            Anchor(
                *(int(each.findtext(f"{{*}}from/{{*}}{name}")) for name in ("col", "row", "colOff")),
                *(int(each.find("{*}ext").get(name)) for name in ("cx", "cy"))
                if each.find("{*}ext") is not None
                else (0, 0),
                package.read(images[next(each.iter("{*}blip")).get(f"{{{OFFICE}}}embed")]),
            )
            for each in etree.fromstring(package.read(drawing))
        ]


def related(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    relations = etree.fromstring(package.read(f"{folder}/_rels/{name}.rels"))
    return {
        each.get("Id"): posixpath.normpath(posixpath.join("/", folder, each.get("Target")))[1:]
        for each in relations
    }


def test_it_stands_over_its_box_in_its_own_shape(blank: Path) -> None:
    path = written(blank, {"person.name": "韦清和", "person.photo": TALL})
    book = load_workbook(path)
    assert book["韦清和"]["B1"].value is None
    (anchor,) = anchors(path, "韦清和")
    assert (anchor.column, anchor.row, anchor.image) == (1, 0, PICTURE)
    assert anchor.width / anchor.height == pytest.approx(413 / 579, rel=1e-3)
    across = 2 * 64 * 9_525  # two columns of 64 pixels
    assert 0.9 * across < anchor.width < across
    assert anchor.column_offset > 0


def test_without_one_the_words_stay_and_nothing_is_added(blank: Path) -> None:
    path = written(blank, {"person.name": "韦清和", "person.photo": None})
    assert load_workbook(path)["韦清和"]["B1"].value == "照片"
    assert parts(path, "xl/(media|drawings)/.*") == []


def test_every_person_has_a_sheet_with_the_own_picture(blank: Path) -> None:
    path = written(
        blank,
        {"person.name": "韦清和", "person.photo": TALL},
        {"person.name": "陆书翰", "person.photo": None},
        {"person.name": "覃乐川", "person.photo": TALL},
    )
    assert [len(anchors(path, name)) for name in ("韦清和", "陆书翰", "覃乐川")] == [1, 0, 1]
    assert load_workbook(path)["陆书翰"]["B1"].value == "照片"
    assert len(parts(path, "xl/media/.*")) == 2
    assert len(parts(path, "xl/drawings/drawing.*")) == 2


def test_the_types_of_new_parts_are_told_once(blank: Path) -> None:
    path = written(blank, {"person.name": "韦清和", "person.photo": TALL})
    with zipfile.ZipFile(path) as package:
        types = etree.fromstring(package.read("[Content_Types].xml"))
        named = [each.get("PartName") for each in types if each.get("PartName")]
        assert len(named) == len(set(named))
        for name in parts(path, "xl/(media|drawings)/[^/]*"):
            assert f"/{name}" in named
        sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    order = [etree.QName(each).localname for each in sheet]
    assert order.index("drawing") > order.index("pageMargins")


def test_a_drawing_of_the_blank_takes_it_up(tmp_path: Path) -> None:
    book = roster()
    sheet = book.active
    sheet["A1"] = "{unit.name}{person.photo}"
    book.save(tmp_path / "名册.xlsx")
    form = fill_form.load_form(tmp_path / "名册.xlsx")
    records = [{"person.name": f"某某{letter}"} for letter in "甲乙丙丁戊"]
    filled = fill_form.fill(form, {"unit.name": "某所", "person.photo": picture_of(PICTURE)}, records)
    fill_form.write(filled, tmp_path / "填好.xlsx")
    found = anchors(tmp_path / "填好.xlsx", "花名册")
    assert [(each.row, each.width > 0) for each in found] == [(10, False), (0, True)]
    assert len(parts(tmp_path / "填好.xlsx", "xl/drawings/drawing.*")) == 1


def test_a_row_of_a_list_has_its_own(tmp_path: Path) -> None:
    book = Workbook()
    for column, text in enumerate(("{index}", "{person.name}", "{person.photo}"), start=1):
        book.active.cell(2, column, text)
    book.save(tmp_path / "名册.xlsx")
    form = fill_form.load_form(tmp_path / "名册.xlsx")
    records = [
        {"person.name": "甲", "person.photo": TALL},
        {"person.name": "乙"},
        {"person.name": "丙", "person.photo": TALL},
    ]
    fill_form.write(fill_form.fill(form, {}, records), tmp_path / "填好.xlsx")
    assert [each.row for each in anchors(tmp_path / "填好.xlsx", "Sheet")] == [1, 3]
