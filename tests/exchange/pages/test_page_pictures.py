"""Pictures on pages: in the middle of their box, in their shape, instead of the cell's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from paper_trials import BOX, measure, saved, texts

from wuling_desktop.exchange.pages import sheet_page
from wuling_desktop.exchange.pages.page_commands import Image
from wuling_desktop.exchange.picture import Picture

if TYPE_CHECKING:
    from pathlib import Path

PHOTO = Picture(b"any bytes", 413, 579)


@pytest.fixture
def book() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["C2"] = "{person.name}", "照片{person.photo}"
    sheet.merge_cells("C2:D6")
    for row in sheet["C2:D6"]:
        for cell in row:
            cell.border = BOX
    return book


def test_it_stands_in_the_middle_of_its_box(book: Workbook, tmp_path: Path) -> None:
    filled = saved(book, tmp_path, [{"person.name": "韦清和", "person.photo": PHOTO}])
    (page,) = sheet_page.lay_out(filled, measure)
    (image,) = [each for each in page.commands if isinstance(each, Image)]
    box, clip = image.box, image.clip
    assert image.content == PHOTO.content
    assert box.width / box.height == pytest.approx(413 / 579)
    assert box.x - clip.x == pytest.approx(clip.x + clip.width - box.x - box.width)
    assert box.y - clip.y == pytest.approx(clip.y + clip.height - box.y - box.height)
    assert box.height < clip.height
    assert list(texts(page)) == ["韦清和"]


def test_without_one_the_words_stand_there(book: Workbook, tmp_path: Path) -> None:
    filled = saved(book, tmp_path, [{"person.name": "韦清和", "person.photo": None}])
    (page,) = sheet_page.lay_out(filled, measure)
    assert [each for each in page.commands if isinstance(each, Image)] == []
    assert set(texts(page)) == {"韦清和", "照片"}


def test_an_unframed_picture_is_something_to_print(tmp_path: Path) -> None:
    book = Workbook()
    book.active["B3"] = "{person.photo}"
    filled = saved(book, tmp_path, [{"person.photo": PHOTO}])
    (page,) = sheet_page.lay_out(filled, measure)
    assert [type(each) for each in page.commands] == [Image]
