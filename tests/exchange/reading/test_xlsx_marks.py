"""What one pass over the XML of a sheet sees beside its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from reading_trials import inline, pack, parts_of

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.package import Package
from wuling_desktop.exchange.reading.xlsx_marks import book_of, cells_of, marks_of, row_number

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.exchange.reading.sheet_marks import SheetMarks

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy.mm"/></numFmts>'
    '<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
    '<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/><xf fontId="0" numFmtId="164"/>'
    '<xf fontId="0" numFmtId="14"/><xf numFmtId="甲"/></cellXfs>'
)


def marks(folder: Path, rows: str, after: str = "", before: str = "", **more: Any) -> SheetMarks:
    xml = f"{before}<sheetData>{rows}</sheetData>{after}"
    package = Package(pack(folder / "名册.xlsx", parts_of(xml, **more)))
    book = book_of(package)
    return marks_of(package, book.sheets[0].part, book)


def test_occupied_cells_are_counted_and_blank_ones_are_not(tmp_path: Path) -> None:
    strings = "<si><t> </t></si><si><t>甲</t></si><si><r><t/></r></si>"
    cells = "".join(f'<c r="{letter}5" t="s"><v>{place}</v></c>' for place, letter in enumerate("ABC"))
    seen = marks(
        tmp_path,
        f'<row r="5">{cells}<c r="D5"/><c r="E5"><v>7</v></c>{inline("F5", " ")}</row>',
        strings=strings,
    )
    assert (seen.occupied, seen.columns, seen.cells, seen.last_row) == ({5}, {1, 4}, 2, 5)
    assert seen.dense == 25


def test_styles_tell_what_is_struck_and_how_numbers_appear(tmp_path: Path) -> None:
    cells = "".join(f'<c r="{letter}1" s="{style}"><v>7</v></c>' for style, letter in enumerate("ABCDEF"))
    seen = marks(tmp_path, f'<row r="1">{cells}</row>', styles=STYLES)
    assert seen.struck[1] == {1}
    assert {column: shown.kind for column, shown in seen.shown[1].items()} == {3: "month", 4: "day"}


def test_hidden_rows_and_only_those_hidden_columns_that_hold_something(tmp_path: Path) -> None:
    columns = '<cols><col min="1" max="1" hidden="1"/><col min="3" max="16384" hidden="true"/></cols>'
    rows = f'<row r="1" hidden="1">{inline("A1", "甲")}</row><row r="2" hidden="0">{inline("D2", "乙")}</row>'
    seen = marks(tmp_path, rows, before=columns)
    assert (seen.hidden_rows, seen.hidden_columns) == ({1}, [0, 3])


def test_margins_and_merges_are_gathered(tmp_path: Path) -> None:
    after = (
        '<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="B7"/></mergeCells>'
        "<headerFooter><oddFooter>页</oddFooter></headerFooter>"
    )
    seen = marks(tmp_path, f'<row r="1">{inline("A1", "甲")}</row>', after)
    assert (seen.merges, seen.margins) == ([(1, 1, 2, 3), (7, 2, 7, 2)], ["页"])


def test_sheets_are_listed_with_names_and_what_hides_them(tmp_path: Path) -> None:
    parts = parts_of("<sheetData/>", names_=("甲", "乙", "丙"))
    text = parts["xl/workbook.xml"].decode()
    text = text.replace('name="乙"', 'name="乙" state="veryHidden"')
    text = text.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    book = book_of(Package(pack(tmp_path / "名册.xlsx", parts | {"xl/workbook.xml": text.encode()})))
    assert [(sheet.index, sheet.name, sheet.hidden) for sheet in book.sheets] == [
        (0, "甲", False),
        (1, "乙", True),
        (2, "丙", False),
    ]
    assert book.from_1904


def test_a_sheet_that_is_listed_but_not_there_is_missed(tmp_path: Path) -> None:
    parts = parts_of("<sheetData/>", names_=("甲", "乙"))
    del parts["xl/worksheets/sheet2.xml"]
    with pytest.raises(Problem, match="找不到“乙”"):
        book_of(Package(pack(tmp_path / "名册.xlsx", parts)))


def test_rows_and_cells_without_a_place_follow_the_one_before() -> None:
    row = etree.fromstring('<row><c/><c r="D1"/><c/></row>')
    assert [column for column, _ in cells_of(row, 1)] == [0, 3, 4]
    assert row_number(row, 7) == 8
    assert row_number(etree.fromstring('<row><c r="D12"/></row>'), 7) == 12
    assert row_number(etree.fromstring('<row r="3"/>'), 7) == 3


@pytest.mark.parametrize("said", ["0", "1048577", "99999999"])
def test_a_row_outside_the_grid_is_damage(said: str) -> None:
    with pytest.raises(Problem, match="行号"):
        row_number(etree.fromstring(f'<row r="{said}"/>'), 0)


@pytest.mark.parametrize("place", ["A9", "A13", "13", "甲3", "AAAA3", "XFE3", "$A$3"])
def test_a_cell_at_no_place_of_its_row_is_damage(place: str) -> None:
    row = etree.fromstring(f'<row r="3"><c r="{place}"/></row>')
    with pytest.raises(Problem, match="位置"):
        list(cells_of(row, 3))
