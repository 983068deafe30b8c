"""A sheet on paper: widths as Excel has them, pages that end between rows, lines drawn once, heads repeated."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.pagebreak import Break
from paper_trials import BOX, PIXEL, THIN, fills, lines, measure, pages_of, saved, texts

from wuling_desktop.exchange.pages import sheet_page
from wuling_desktop.exchange.pages.page_commands import POINT
from wuling_desktop.exchange.pages.page_commands import Font as PageFont
from wuling_desktop.exchange.pages.page_texts import Texts
from wuling_desktop.exchange.pages.sheet_columns import figure_pixels

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from wuling_desktop.exchange.pages.page_commands import Page, Text

INCH = 25.4
LEFT, TOP = 0.75 * INCH, 1.0 * INCH  # the margins openpyxl writes


def sheet() -> tuple[Workbook, Worksheet]:
    book = Workbook()
    return book, book.active


def put(ws: Worksheet, place: str, value: Any, **looks: Any) -> None:
    cell = ws[place]
    cell.value = value
    for name, look in looks.items():
        setattr(cell, name, look)


def numbered(ws: Worksheet, rows: int, height: float = 30) -> None:
    """Write 行1, 行2 … with borders, each row so many points high."""
    for row in range(1, rows + 1):
        put(ws, f"A{row}", f"行{row}", border=BOX)
        ws.row_dimensions[row].height = height


# ---- widths and heights


@pytest.mark.parametrize(
    ("family", "size", "pixels"),
    [
        ("Calibri", 11, 7),
        ("Arial", 10, 7),
        ("宋体", 11, 8),
        ("宋体", 12, 8),
        ("宋体", 10, 7),
        ("等线", 11, 8),
    ],
)
def test_a_figure_is_as_wide_as_excel_has_it(family: str, size: int, pixels: int) -> None:
    assert figure_pixels(PageFont(family, size), measure) == pixels


def test_a_figure_of_an_unknown_face_is_measured() -> None:
    assert figure_pixels(PageFont("某字体", 12), measure) == 8


def columns_of(page: Page) -> list[float]:
    """The places of the lines that go down."""
    return sorted({line.x1 for line in lines(page) if line.x1 == line.x2})


def test_columns_are_as_wide_as_in_excel(tmp_path: Path) -> None:
    book, ws = sheet()
    for place in ("A1", "B1", "C1", "D1"):
        put(ws, place, None, border=BOX)
    ws.column_dimensions["A"].width = 9.140625  # 8.43 in Excel's dialog: 64 pixels in Calibri 11
    ws.column_dimensions["B"].width = 20.7109375  # 20 figures: 145 pixels
    ws.column_dimensions["C"].hidden = True
    (page,) = pages_of(book, tmp_path)
    assert columns_of(page) == pytest.approx(
        [LEFT, LEFT + 64 * PIXEL, LEFT + 209 * PIXEL, LEFT + 273 * PIXEL]
    )


def test_a_sheet_of_song_has_its_own_default_width(tmp_path: Path) -> None:
    book, ws = sheet()
    book._fonts[0] = Font(name="宋体", sz=11)
    put(ws, "A1", None, border=BOX)
    (page,) = pages_of(book, tmp_path)
    assert columns_of(page) == pytest.approx([LEFT, LEFT + 72 * PIXEL])  # 8.38 in Chinese Excel: 72 pixels


def rows_of(page: Page) -> list[float]:
    return sorted({round(line.y1, 6) for line in lines(page) if line.y1 == line.y2})


def test_rows_are_as_high_as_the_sheet_says_or_their_texts_need(tmp_path: Path) -> None:
    book, ws = sheet()
    ws.column_dimensions[
        "A"
    ].width = 10.7109375  # 75 pixels: room for 71, in which ten ems of 14.67 make three lines
    wrapped = Alignment(wrap_text=True)
    for place, text in {
        "A1": "短",
        "A2": "一二三四五六七八九十",
        "A3": "高",
        "A4": "一二三四五六七八九十",
    }.items():
        put(ws, place, text, border=BOX, alignment=wrapped, font=Font(name="宋体", sz=11))
    ws.row_dimensions[3].height = 40
    ws.row_dimensions[4].height = 15  # set by hand: stays as it is, the text is cut
    ws.row_dimensions[5].hidden = True
    put(ws, "A5", "藏", border=BOX)
    put(ws, "A6", "末", border=BOX)
    (page,) = pages_of(book, tmp_path)
    ys = rows_of(page)
    heights = [below - above for above, below in pairwise(ys)]
    assert heights == pytest.approx([15 * POINT, 53 * PIXEL, 40 * POINT, 15 * POINT, 15 * POINT], abs=1e-4)
    assert "藏" not in texts(page)


# ---- where pages end


def test_no_row_is_cut_and_heads_come_again(tmp_path: Path) -> None:
    book, ws = sheet()
    numbered(ws, 60)
    ws.print_title_rows = "1:1"
    pages = pages_of(book, tmp_path)
    assert len(pages) == 3  # 297 mm less two inches hold 23 rows of 30 points
    assert [sum(name != "行1" for name in texts(page)) for page in pages] == [22, 22, 15]
    found: list[str] = []
    for page in pages:
        assert texts(page)["行1"].box.y == pytest.approx(TOP)
        assert all(line.y2 <= 297 - INCH + 0.01 for line in lines(page))
        found += [name for name in texts(page) if name != "行1"]
    assert found == [f"行{row}" for row in range(2, 61)]


def test_a_page_ends_by_hand(tmp_path: Path) -> None:
    book, ws = sheet()
    numbered(ws, 5)
    put(ws, "C1", "右")
    ws.row_breaks.append(Break(id=2))
    ws.col_breaks.append(Break(id=2))
    assert [list(texts(page)) for page in pages_of(book, tmp_path)] == [
        ["行1", "行2"],
        ["行3", "行4", "行5"],
        ["右"],
    ]


def test_the_order_of_pages(tmp_path: Path) -> None:
    book, ws = sheet()
    for place in ("A1", "A2", "B1", "B2"):
        put(ws, place, place)
    ws.row_breaks.append(Break(id=1))
    ws.col_breaks.append(Break(id=1))
    assert [list(texts(page)) for page in pages_of(book, tmp_path)] == [["A1"], ["A2"], ["B1"], ["B2"]]
    ws.page_setup.pageOrder = "overThenDown"
    assert [list(texts(page)) for page in pages_of(book, tmp_path)] == [["A1"], ["B1"], ["A2"], ["B2"]]


def test_a_sheet_that_shows_nothing_has_no_page(tmp_path: Path) -> None:
    book, ws = sheet()
    put(ws, "A1", "字")
    book.create_sheet("空").row_dimensions[9].height = 20
    put(book["空"], "C3", None, font=Font(b=True))
    assert len(pages_of(book, tmp_path)) == 1


def test_a_page_is_made_when_it_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    plain = Texts.plain

    def watched(self: Texts, cell: Any, *places: int) -> Text | None:
        made.append(cell.value)
        return plain(self, cell, *places)

    monkeypatch.setattr(Texts, "plain", watched)
    book, ws = sheet()
    numbered(ws, 500)
    pages = pages_of(book, tmp_path)
    assert len(pages) == 22
    assert made == []
    assert pages[-1] is pages[21]
    assert made == [f"行{row}" for row in range(484, 501)]
    assert len(pages[1:3]) == 2
    with pytest.raises(IndexError):
        pages[22]


# ---- paper and scale


@pytest.mark.parametrize(
    ("number", "orientation", "size"),
    [
        (9, "portrait", (210, 297)),
        (9, "landscape", (297, 210)),
        (8, "landscape", (420, 297)),
        (11, "portrait", (148, 210)),
        (13, "portrait", (182, 257)),
        (1, "portrait", (215.9, 279.4)),
        (None, None, (210, 297)),
    ],
)
def test_papers(
    tmp_path: Path, number: int | None, orientation: str | None, size: tuple[float, float]
) -> None:
    book, ws = sheet()
    put(ws, "A1", "字")
    ws.page_setup.paperSize, ws.page_setup.orientation = number, orientation
    (page,) = pages_of(book, tmp_path)
    assert (page.width, page.height) == size


def fitted(tmp_path: Path, wide: int, high: int, rows: int = 60) -> list[Page]:
    book, ws = sheet()
    numbered(ws, rows)
    for column in "BCDEFGHIJKL":
        put(ws, f"{column}1", column, border=BOX)
    ws.sheet_properties.pageSetUpPr.fitToPage = True
    ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = wide, high
    return list(pages_of(book, tmp_path))


def test_fit_to_width(tmp_path: Path) -> None:
    pages = fitted(tmp_path, 1, 0)
    right = max(columns_of(pages[0]))
    assert len(pages) == 3
    room = 210 - 2 * LEFT
    whole = 12 * 64 * PIXEL
    percent = int(room / whole * 100) / 100
    assert right - LEFT == pytest.approx(whole * percent)
    assert texts(pages[0])["行1"].scale == percent


def test_fit_to_one_page(tmp_path: Path) -> None:
    (page,) = fitted(tmp_path, 1, 1)
    scale = texts(page)["行1"].scale
    assert rows_of(page)[-1] <= 297 - INCH + 0.01
    assert (scale + 0.01) * 60 * 30 * POINT > 297 - 2 * INCH  # one per cent more would not fit
    assert fitted(tmp_path, 1, 1, rows=2)[0].commands[0].scale < 1  # width binds
    small, ws = sheet()
    put(ws, "A1", "小")
    ws.sheet_properties.pageSetUpPr.fitToPage = True
    assert texts(pages_of(small, tmp_path)[0])["小"].scale == 1  # never enlarged


def test_scale_and_centring(tmp_path: Path) -> None:
    book, ws = sheet()
    put(ws, "A1", "字", border=BOX)
    ws.page_setup.scale = 200
    ws.print_options.horizontalCentered = ws.print_options.verticalCentered = True
    (page,) = pages_of(book, tmp_path)
    left, right = columns_of(page)
    assert right - left == pytest.approx(128 * PIXEL)
    assert (left + right) / 2 == pytest.approx(105)
    assert sum(rows_of(page)) / 2 == pytest.approx(297 / 2)


def test_the_print_area(tmp_path: Path) -> None:
    book, ws = sheet()
    for place in ("A1", "B2", "C3", "D4"):
        put(ws, place, place)
    ws.print_area = "B2:C3"
    (page,) = pages_of(book, tmp_path)
    assert list(texts(page)) == ["B2", "C3"]
    assert texts(page)["B2"].clip[:2] == pytest.approx((LEFT, TOP))


# ---- borders and fills


def test_every_line_is_drawn_once(tmp_path: Path) -> None:
    book, ws = sheet()
    for row in range(1, 4):
        for column in "ABC":
            put(ws, f"{column}{row}", 1, border=BOX)
    (page,) = pages_of(book, tmp_path)
    assert len(lines(page)) == 8  # four across, four down, each in one piece
    assert len(set(lines(page))) == 8


def test_the_stronger_of_two_neighbours_is_drawn(tmp_path: Path) -> None:
    book, ws = sheet()
    put(ws, "A1", 1, border=Border(right=Side(style="medium", color="FF0000")))
    put(ws, "B1", 1, border=Border(left=THIN))
    (page,) = pages_of(book, tmp_path)
    (line,) = lines(page)
    assert (line.colour, line.width) == ("#FF0000", pytest.approx(1.5 * POINT))


def test_double_dashed_and_slanted_lines(tmp_path: Path) -> None:
    book, ws = sheet()
    put(ws, "A1", 1, border=Border(bottom=Side(style="double")))
    put(ws, "C1", 1, border=Border(bottom=Side(style="dashed")))
    put(ws, "E1", "项目", border=Border(diagonal=THIN, diagonalDown=True))
    (page,) = pages_of(book, tmp_path)
    slanted, upper, lower, dashed = lines(page)
    assert upper.y1 < TOP + 15 * POINT < lower.y1
    assert lower.y1 - upper.y1 == pytest.approx(2 * upper.width)
    assert dashed.dashes == (3, 2)
    assert (slanted.x1, slanted.y1) == pytest.approx((LEFT + 256 * PIXEL, TOP))
    assert (slanted.x2, slanted.y2) == pytest.approx((LEFT + 320 * PIXEL, TOP + 15 * POINT))


def test_merged_cells_have_no_lines_inside(tmp_path: Path) -> None:
    book, ws = sheet()
    for row in (1, 2):
        for column in "AB":
            ws[f"{column}{row}"].border = BOX
    ws.merge_cells("A1:B2")
    put(ws, "A1", "合", fill=PatternFill("solid", fgColor="FFFF99"), alignment=Alignment(horizontal="center"))
    for place in ("B1", "A2", "B2"):
        ws[place].border = BOX
    (page,) = pages_of(book, tmp_path)
    assert len(lines(page)) == 4
    (fill,) = fills(page)
    assert fill.box == pytest.approx((LEFT, TOP, 128 * PIXEL, 30 * POINT))
    assert texts(page)["合"].clip == pytest.approx(fill.box)


def test_a_table_is_closed_at_the_foot_and_head_of_every_page(tmp_path: Path) -> None:
    book, ws = sheet()
    for row in range(1, 31):
        edge = Border(left=THIN, right=THIN, top=THIN, bottom=THIN if row == 30 else None)
        put(ws, f"A{row}", row, border=edge)  # each row draws its upper line only
        ws.row_dimensions[row].height = 30
    first, second = pages_of(book, tmp_path)
    assert len(rows_of(first)) == 24
    assert len(rows_of(second)) == 8


def test_neighbours_of_one_colour_are_one_fill(tmp_path: Path) -> None:
    book, ws = sheet()
    for place, colour in {"A1": "FF0000", "B1": "FF0000", "C1": "00FF00", "D1": "FF0000"}.items():
        put(ws, place, None, fill=PatternFill("solid", fgColor=colour))
    (page,) = pages_of(book, tmp_path)
    assert [(each.colour, round(each.box.width / PIXEL)) for each in fills(page)] == [
        ("#FF0000", 128),
        ("#00FF00", 64),
        ("#FF0000", 64),
    ]


def test_merged_cells_over_two_pages_show_their_text_on_both(tmp_path: Path) -> None:
    book, ws = sheet()
    numbered(ws, 40)
    ws.merge_cells("B10:B35")
    put(ws, "B10", "办公室", alignment=Alignment(vertical="center"))
    first, second = pages_of(book, tmp_path)
    high = 30 * POINT
    assert texts(first)["办公室"].clip[1:] == pytest.approx((TOP + 9 * high, 64 * PIXEL, 14 * high), abs=0.01)
    assert texts(second)["办公室"].clip[1:] == pytest.approx((TOP, 64 * PIXEL, 12 * high), abs=0.01)
    assert texts(second)["办公室"].box.y == pytest.approx(TOP)


# ---- texts


def test_where_texts_and_numbers_stand(tmp_path: Path) -> None:
    book, ws = sheet()
    put(ws, "A1", "字")
    put(ws, "B1", 1234.5, number_format="#,##0.00")
    put(ws, "C1", dt.date(2023, 3, 15), number_format='yyyy"年"m"月"d"日"')
    put(ws, "D1", "中", alignment=Alignment(horizontal="center"))
    put(ws, "E1", "姓名", alignment=Alignment(horizontal="distributed"))
    ws.column_dimensions["C"].width = 20
    (page,) = pages_of(book, tmp_path)
    sides = {name: text.across for name, text in texts(page).items()}
    assert sides == {
        "字": "left",
        "1,234.50": "right",
        "2023年3月15日": "right",
        "中": "center",
        "姓名": "distributed",
    }


def test_long_texts_run_over_empty_neighbours_only(tmp_path: Path) -> None:
    book, ws = sheet()
    put(ws, "A1", "一二三四五六七八九十一二")
    put(ws, "A2", "一二三四五六七八九十")
    put(ws, "B2", "挡")
    put(ws, "C3", "二三四五六七八九十一二三", alignment=Alignment(horizontal="center"))
    put(ws, "E4", "一二三四五六七八九", alignment=Alignment(horizontal="right"))
    put(ws, "A5", "一二三四五六七八", alignment=Alignment(wrap_text=True))
    (page,) = pages_of(book, tmp_path)
    cell = 64 * PIXEL
    clips = {
        name: ((text.clip.x - LEFT) / cell, text.clip.width / cell) for name, text in texts(page).items()
    }
    assert clips["一二三四五六七八九十一二"] == pytest.approx((0, 3))
    assert clips["一二三四五六七八九十"] == pytest.approx((0, 1))
    assert clips["二三四五六七八九十一二三"] == pytest.approx((1, 3))
    assert clips["一二三四五六七八九"] == pytest.approx((2, 3))
    assert clips["一二三四五六七八"] == pytest.approx((0, 1))


def test_a_text_in_the_last_column_runs_to_the_margin(tmp_path: Path) -> None:
    book, ws = sheet()
    put(ws, "A1", "填报单位：青江市教育科学研究所第一党支部")
    (page,) = pages_of(book, tmp_path)
    (text,) = texts(page).values()
    assert text.clip.x + text.clip.width == pytest.approx(210 - LEFT)


def test_shrinking(tmp_path: Path) -> None:
    book, ws = sheet()
    shrink = Alignment(shrink_to_fit=True)
    put(ws, "A1", "一二三四五六七八", alignment=shrink)
    put(ws, "A2", "短", alignment=shrink)
    put(ws, "A3", "一" * 60, alignment=shrink)
    put(ws, "A4", 123456789.25, number_format="#,##0.00")
    (page,) = pages_of(book, tmp_path)
    sizes = {name: text.runs[0].font.size for name, text in texts(page).items()}
    assert sizes["短"] == 11
    assert sizes["一" * 60] == 4  # no smaller: it could not be read
    for name, ems in {"一二三四五六七八": 8, "123,456,789.25": 7}.items():
        assert 60 * PIXEL * 0.97 < sizes[name] * POINT * ems <= 60 * PIXEL


def test_turned_and_stacked_texts(tmp_path: Path) -> None:
    book, ws = sheet()
    put(ws, "A1", "竖排", alignment=Alignment(text_rotation=255))
    put(ws, "B1", "转", alignment=Alignment(text_rotation=90))
    put(ws, "C1", "退", alignment=Alignment(horizontal="left", indent=2))
    (page,) = pages_of(book, tmp_path)
    found = texts(page)
    assert found["竖\n排"].across == "center"
    assert found["转"].rotation == 90
    assert found["退"].box.x == pytest.approx(LEFT + (128 + 2 + 18) * PIXEL)
    assert found["退"].box.height == pytest.approx(36 * PIXEL)  # two stacked lines of eleven points


def test_a_text_of_several_looks(tmp_path: Path) -> None:
    book, ws = sheet()
    ws["A1"] = CellRichText(
        "普通", TextBlock(InlineFont(rFont="黑体", sz=14, b=True, color="FF0000"), "重点")
    )
    (page,) = pages_of(book, tmp_path)
    plain, bold = texts(page)["普通重点"].runs
    assert (plain.text, plain.font.family, plain.font.size) == ("普通", "Calibri", 11)
    assert (bold.font, bold.colour) == (PageFont("黑体", 14, bold=True), "#FF0000")


def test_centred_over_several_columns(tmp_path: Path) -> None:
    book, ws = sheet()
    for place in ("A1", "B1", "C1"):
        put(ws, place, None, alignment=Alignment(horizontal="centerContinuous"))
    ws["A1"] = "题"
    put(ws, "D1", "末")
    (page,) = pages_of(book, tmp_path)
    text = texts(page)["题"]
    assert text.across == "center"
    assert text.box.x + text.box.width / 2 == pytest.approx(LEFT + 96 * PIXEL)


# ---- head and foot


def test_page_x_of_y_counts_through_all_sheets(tmp_path: Path) -> None:
    book, ws = sheet()
    numbered(ws, 30)
    other = book.create_sheet("附表")
    put(other, "A1", "字")
    for each in (ws, other):
        each.oddFooter.center.text = "第 &P 页 共 &N 页"
    feet = [next(name for name in texts(page) if "共" in name) for page in pages_of(book, tmp_path)]
    assert feet == ["第 1 页 共 3 页", "第 2 页 共 3 页", "第 3 页 共 3 页"]


def test_codes_of_head_and_foot(tmp_path: Path) -> None:
    book, ws = sheet()
    ws.title = "名册"
    put(ws, "A1", "字")
    ws.oddHeader.left.text = '&"黑体,Bold"&14内部&"-,Regular"&9资料'
    ws.oddHeader.right.text = "&A && &F &D &T"
    ws.oddFooter.center.text = "&K00FF00- &P -"
    now = dt.datetime(2026, 11, 24, 9, 5)  # noqa: DTZ001 - a page shows the desk's own time
    (page,) = pages_of(book, tmp_path, now=now, file_name="花名册")
    found = texts(page)
    first, second = found["内部资料"].runs
    assert (first.font, second.font) == (PageFont("黑体", 14, bold=True), PageFont("Calibri", 9))
    assert (found["内部资料"].across, found["内部资料"].down) == ("left", "top")
    assert found["内部资料"].box.y == pytest.approx(0.5 * INCH)
    assert found["名册 & 花名册 2026/11/24 9:05"].across == "right"
    foot = found["- 1 -"]
    assert (foot.across, foot.down, foot.runs[0].colour) == ("center", "bottom", "#00FF00")
    assert foot.box.y + foot.box.height == pytest.approx(297 - 0.5 * INCH)


def test_first_and_even_pages_may_have_their_own(tmp_path: Path) -> None:
    book, ws = sheet()
    numbered(ws, 60)
    ws.HeaderFooter.differentFirst = ws.HeaderFooter.differentOddEven = True
    ws.firstHeader.center.text, ws.evenHeader.center.text, ws.oddHeader.center.text = "首", "偶", "奇"
    ws.page_setup.firstPageNumber, ws.page_setup.useFirstPageNumber = 3, True
    heads = [Counter(name for name in texts(page) if name in "首偶奇") for page in pages_of(book, tmp_path)]
    assert heads == [{"首": 1}, {"偶": 1}, {"奇": 1}]


# ---- a list that grew


def test_a_filled_list(tmp_path: Path) -> None:
    book, ws = sheet()
    for column, (head, token) in enumerate({"序号": "{index}", "姓名": "{person.name}"}.items(), start=1):
        for row, text in ((1, head), (2, token)):
            cell = ws.cell(row, column, text)
            cell.border = BOX
    ws["A3"] = "共 {count} 人"
    ws.row_dimensions[2].height = 30
    ws.print_title_rows = "1:1"
    people = [{"person.name": f"韦清{number}"} for number in range(1, 51)]
    pages = sheet_page.lay_out(saved(book, tmp_path, people), measure)
    assert len(pages) == 3
    assert all({"序号", "姓名"} <= set(texts(page)) for page in pages)
    assert "韦清50" in texts(pages[-1])
    assert "共 50 人" in texts(pages[-1])
    assert sum(name.startswith("韦清") for page in pages for name in texts(page)) == 50
