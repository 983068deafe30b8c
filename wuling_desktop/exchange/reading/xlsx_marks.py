"""One streaming pass over the XML of an .xlsx: what calamine does not tell of strings, styles and sheets."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.file_kind import damaged
from wuling_desktop.exchange.reading.number_formats import Shown, built_in, shown_as
from wuling_desktop.exchange.reading.sheet_marks import NO_RESULT, SheetMarks
from wuling_desktop.exchange.reading.sheets import Merge, column_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from wuling_desktop.exchange.package import Package

_NO = frozenset({"0", "false", "off"})
_MARGINS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_NO_LISTS = frozenset({"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"})
_SEEN = tuple(f"{{*}}{tag}" for tag in ("row", "col", "mergeCell", *_MARGINS))


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """Where a sheet is found; `index` counts all sheets of the book, charts too."""

    index: int
    name: str
    hidden: bool
    part: str


@dataclass
class Book:
    """What the package says beside its sheets; styles by number as text, strings by place."""

    sheets: list[SheetPlace] = field(default_factory=list)
    from_1904: bool = False
    struck_styles: set[str] = field(default_factory=set)
    shown_styles: dict[str, Shown] = field(default_factory=dict)
    struck_strings: set[str] = field(default_factory=set)
    blank_strings: set[str] = field(default_factory=set)


def book_of(package: Package) -> Book:
    """Return what the parts other than the sheets tell."""
    book = Book()
    main = package.workbook()
    related = package.related(main)
    root = package.tree(main)
    settings = root.find("{*}workbookPr")
    book.from_1904 = settings is not None and settings.get("date1904", "0") not in _NO
    for index, sheet in enumerate(root.iterfind("{*}sheets/{*}sheet")):
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        kind, part = related.get(str(link), ("", ""))
        kind = kind.rpartition("/")[2]
        name = sheet.get("name", f"第 {index + 1} 张表")
        if kind in _NO_LISTS:
            continue
        if part not in package.names:
            raise damaged(f"找不到“{name}”这张表")
        book.sheets.append(SheetPlace(index, name, sheet.get("state", "visible") != "visible", part))
    for kind, part in related.values():
        if kind.endswith("/styles") and part in package.names:
            _read_styles(package.tree(part), book)
        elif kind.endswith("/sharedStrings") and part in package.names:
            _read_strings(package, part, book)
    return book


def _read_styles(root: etree._Element, book: Book) -> None:
    codes = {
        each.get("numFmtId"): each.get("formatCode", "") for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    struck_fonts = {
        str(place)
        for place, font in enumerate(root.iterfind("{*}fonts/{*}font"))
        if _strikes(font.find("{*}strike"))
    }
    for place, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        if style.get("fontId") in struck_fonts:
            book.struck_styles.add(str(place))
        number = style.get("numFmtId", "0")
        code = codes.get(number) or (built_in(int(number)) if number.isdecimal() else "")
        shown = shown_as(code)
        if shown:
            book.shown_styles[str(place)] = shown


def _strikes(mark: etree._Element | None) -> bool:
    return mark is not None and mark.get("val", "1") not in _NO


def _read_strings(package: Package, part: str, book: Book) -> None:
    for place, entry in enumerate(package.streamed(part, ("{*}si",))):
        texts = [_text(entry)] if entry.find("{*}t") is not None else []
        runs = [(run, _text(run)) for run in entry.iterfind("{*}r")]
        if not "".join([*texts, *(text for _, text in runs)]).strip():
            book.blank_strings.add(str(place))
        elif (
            runs
            and not any(texts)
            and all(_strikes(run.find("{*}rPr/{*}strike")) for run, text in runs if text.strip())
        ):
            book.struck_strings.add(str(place))


def _text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iterfind("{*}t"))


def rows_of(package: Package, part: str) -> Iterator[tuple[int, etree._Element]]:
    """Yield the rows of a sheet with their numbers, as they stand in the file."""
    number = 0
    for row in package.streamed(part, ("{*}row",)):
        number = row_number(row, number)
        yield number, row


def row_number(row: etree._Element, before: int) -> int:
    """Return the number of a row; one that does not say it is told by its first cell, or follows the one before."""
    said = row.get("r") or (row[0].get("r", "").lstrip(string.ascii_letters) if len(row) else "")
    number = int(said) if said.isdecimal() and len(said) < 9 else before + 1
    if not 1 <= number <= limits.LAST_ROW:
        raise damaged(f"有一行的行号是“{said[:12]}”")
    return number


def cells_of(row: etree._Element, number: int) -> Iterator[tuple[int, etree._Element]]:
    """Yield the cells of a row with their columns counted from 0; one that names another row would take its place."""
    column = -1
    own = str(number)
    for cell in row:
        said = cell.get("r")
        column = _column(said.removesuffix(own), said) if said else column + 1
        yield column, cell


_columns: dict[str, int] = {}


def _column(letters: str, place: str) -> int:
    column = _columns.get(letters)
    if column is None:
        if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
            raise damaged(f"有一格的位置写作“{place[:12]}”")
        column = column_number(letters)
        if column >= limits.LAST_COLUMN:
            raise damaged(f"有一格的位置写作“{place[:12]}”")
        _columns[letters] = column
    return column


def marks_of(package: Package, part: str, book: Book) -> SheetMarks:
    """Return what one sheet's own XML tells."""
    marks = SheetMarks(from_1904=book.from_1904)
    number = 0
    for element in package.streamed(part, _SEEN):
        tag = element.tag.rpartition("}")[2]
        if tag == "row":
            number = row_number(element, number)
            if element.get("hidden", "0") not in _NO:
                marks.hidden_rows.add(number)
            _look_through(element, number, book, marks)
        elif tag == "mergeCell":
            marks.merges.append(_merge(element.get("ref", "")))
        elif tag == "col":
            if element.get("hidden", "0") not in _NO:
                marks.hidden_columns += range(
                    int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), limits.COLUMNS)
                )
        else:
            marks.margins.append(element.text or "")
    marks.hidden_columns = [column for column in marks.hidden_columns if column in marks.columns]
    return marks


def _look_through(row: etree._Element, number: int, book: Book, marks: SheetMarks) -> None:
    """Look at every cell of a row; a plain text or number, as nearly all are, is only counted."""
    columns = []
    for column, cell in cells_of(row, number):
        if not len(cell):
            continue
        content, formula = _content(cell)
        kind = cell.get("t", "n")
        if kind == "s" and content is not None and not content.strip().isdecimal():
            raise damaged(
                f"有一格指向的文字写作“{content[:12]}”"
            )  # the reader of values takes the first text for it
        if kind == "e":
            marks.faults[number][column] = f"这一格显示错误值 {(content or '')[:10]}"
        elif content is None or not content.strip() or (kind == "s" and content in book.blank_strings):
            if formula and kind != "str":
                marks.faults[number][column] = NO_RESULT
        else:
            columns.append(column)
            style = cell.get("s", "0")
            if kind == "n" and style in book.shown_styles:
                marks.shown[number][column] = book.shown_styles[style]
            if style in book.struck_styles or (kind == "s" and content in book.struck_strings):
                marks.struck[number].add(column)
    if number in marks.occupied or len(set(columns)) < len(columns):
        marks.twice.add(number)
    marks.saw(number, columns)


def _content(cell: etree._Element) -> tuple[str | None, bool]:
    """Return what stands in a cell and whether a formula made it; nearly every cell ends in its value."""
    last = cell[-1]
    if last.tag[-2:] == "}v":
        return last.text, len(cell) > 1
    content, formula = None, False
    for child in cell:
        tag = child.tag[-2:]
        if tag == "}v":
            content = child.text
        elif tag == "is":
            content = "".join(each.text or "" for each in child.iter("{*}t"))
        formula = formula or tag == "}f"
    return content, formula


def _merge(reference: str) -> Merge:
    first, _, last = reference.partition(":")
    rows = [place.lstrip(string.ascii_uppercase) for place in (first, last or first)]
    if not all(row.isdecimal() for row in rows):
        raise damaged(f"有一处合并单元格写作“{reference[:20]}”")
    ends = [
        (_column(place.removesuffix(row), place), row)
        for place, row in zip((first, last or first), rows, strict=True)
    ]
    return int(ends[0][1]), ends[0][0] + 1, int(ends[1][1]), ends[1][0] + 1
