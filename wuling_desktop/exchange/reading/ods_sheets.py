"""One streaming pass over the content of an .ods: values, and what is seen of rows and cells beside them.

Rows and cells are written once with the number of their repetitions, up to the last of the grid: only what holds
something is repeated here.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.file_kind import damaged
from wuling_desktop.exchange.reading.ods_styles import OFFICE, STYLE_TAGS, TABLE, TEXT, OdsStyles, tag_of
from wuling_desktop.exchange.reading.sheet_marks import NO_RESULT, SheetMarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from wuling_desktop.exchange.package import Package

CONTENT, STYLES = "content.xml", "styles.xml"
_ERROR = re.compile(r"#[A-Z/0]+[!?]?|#N/A|(?:Err|错误):\d+", re.IGNORECASE)
_CELLS = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})
_ROW = f"{TABLE}table-row"
_PARAGRAPH = f"{TEXT}p"
_TYPE, _VALUE, _FORMULA = f"{OFFICE}value-type", f"{OFFICE}value", f"{TABLE}formula"
_STYLE, _DEFAULT, _VISIBLE = f"{TABLE}style-name", f"{TABLE}default-cell-style-name", f"{TABLE}visibility"
_COLUMNS, _ROWS = f"{TABLE}number-columns-repeated", f"{TABLE}number-rows-repeated"
_ACROSS, _DOWN = f"{TABLE}number-columns-spanned", f"{TABLE}number-rows-spanned"
_NUMBERS = frozenset({"float", "percentage", "currency"})
_HIDDEN = frozenset({"collapse", "filter"})
_NOT_SHOWN = frozenset({"annotation", "note", "frame", "ruby-text", ""})
_CHECKED_EVERY = 500  # rows
_BLANKS = {"tab": "\t", "line-break": "\n"}


@dataclass
class OdsSheet:
    """One sheet as it was met; `index` counts all, also those copied from another file."""

    index: int
    name: str
    hidden: bool
    marks: SheetMarks = field(default_factory=SheetMarks)
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    untyped: set[int] = field(default_factory=set)  # rows with a text that does not call itself one
    column_styles: list[str] = field(default_factory=list)
    last: int = 0  # row


def sheets_of(package: Package) -> list[OdsSheet]:
    """Return the sheets with their values; those copied in from other files are left out."""
    styles = OdsStyles()
    margins = _named_styles(package, styles)
    sheets: list[OdsSheet] = []
    for place, table, element in _in_tables(package, styles):
        if not sheets or sheets[-1].index != place:
            sheets.append(_sheet(table, place, styles))
        if element.tag == _ROW:
            _add_row(sheets[-1], element, styles)
        else:
            _add_columns(sheets[-1], element)
    for sheet in sheets:
        hidden = [column for column in sheet.marks.hidden_columns if column in sheet.marks.columns]
        sheet.marks.hidden_columns = hidden
    if sheets:
        sheets[0].marks.margins = margins
    return sheets


def _named_styles(package: Package, styles: OdsStyles) -> list[str]:
    """Take in the styles that the whole file shares, and return what stands in the margins of its pages."""
    margins = []
    if STYLES in package.names:
        for element in package.streamed(STYLES, tags("header", "footer", *STYLE_TAGS)):
            if tag_of(element) in ("header", "footer"):
                margins.append("".join(map(str, element.itertext())))
            else:
                styles.add(element)
    return margins


def _in_tables(package: Package, styles: OdsStyles) -> Iterator[tuple[int, etree._Element, etree._Element]]:
    """Yield the number of a sheet, its element, and its rows and columns one by one; styles are taken in in passing."""
    at: etree._Element | None = None
    index = -1
    copied = False  # from another file, as what a formula points at
    for element in package.streamed(CONTENT, tags("table-row", "table-column", *STYLE_TAGS)):
        if tag_of(element) in STYLE_TAGS:
            styles.add(element)
            continue
        table = next(element.iterancestors("{*}table"), None)
        if table is None or next(table.iterancestors("{*}table"), None) is not None:
            continue
        if table is not at:
            at, index = table, index + 1
            copied = table.find("{*}table-source") is not None
        if not copied:
            yield index, table, element


def tags(*names: str) -> tuple[str, ...]:
    """Return names of elements of whatever space."""
    return tuple(f"{{*}}{name}" for name in names)


def _sheet(table: etree._Element, index: int, styles: OdsStyles) -> OdsSheet:
    name = table.get(f"{TABLE}name") or f"第 {index + 1} 张表"
    return OdsSheet(index, name, styles.hides_sheet(table.get(_STYLE, "")))


def _add_columns(sheet: OdsSheet, element: etree._Element) -> None:
    start = len(sheet.column_styles)
    count = min(_times(element, _COLUMNS), limits.LAST_COLUMN - start)
    sheet.column_styles += [element.get(_DEFAULT, "")] * count
    if element.get(_VISIBLE) in _HIDDEN:
        sheet.marks.hidden_columns += range(start, start + min(count, limits.COLUMNS))


def _add_row(sheet: OdsSheet, element: etree._Element, styles: OdsStyles) -> None:
    """Take in a row as often as it stands in the sheet, if anything stands in it."""
    marks = sheet.marks
    times = _times(element, _ROWS)
    first = sheet.last + 1
    sheet.last += times
    if sheet.last > limits.LAST_ROW:
        raise damaged("行数超过了表格能有的行数")
    values: list[Any] = []
    held = []
    default = element.get(_DEFAULT, "")
    for column, cell in _cells(element):
        values += [None] * (column + 1 - len(values))
        value = values[column] = _look_at(sheet, (first, column), cell, styles, default)
        if value is not None:
            held.append(column)
    marks.saw(first, held)
    if not held and first not in marks.faults:
        return
    for number in range(first, first + times):
        sheet.rows.append((number, values))
        if element.get(_VISIBLE) in _HIDDEN:
            marks.hidden_rows.add(number)
        if number > first:
            _repeat(marks, first, number, held)
        if number % _CHECKED_EVERY == 0:
            marks.check(sheet.name)


def _repeat(marks: SheetMarks, first: int, number: int, held: list[int]) -> None:
    """Note for a repeated row what was seen of the first."""
    marks.saw(number, held)
    if first in marks.faults:
        marks.faults[number] = marks.faults[first]
    if first in marks.shown:
        marks.shown[number] = marks.shown[first]
    if first in marks.struck:
        marks.struck[number] = marks.struck[first]


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the cells of a row that hold something with their columns from 0, a repeated one as often as it stands."""
    column = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        times = _times(cell, _COLUMNS)
        if len(cell) or _TYPE in cell.attrib or _FORMULA in cell.attrib:
            if times > limits.COLUMNS:
                raise limits.too_large(f"有一行写了 {column + times} 列，最多读 {limits.COLUMNS} 列")
            for place in range(column, column + times):
                yield place, cell
        column += times
        if column > limits.LAST_COLUMN:
            raise damaged("列数超过了表格能有的列数")


def _look_at(
    sheet: OdsSheet, place: tuple[int, int], cell: etree._Element, styles: OdsStyles, default: str
) -> Any:
    """Return the value of a cell and note what is seen beside it; `default` is the style of its row."""
    row, column = place
    marks = sheet.marks
    text = _text(cell)
    kind = cell.get(_TYPE, "")
    if _ACROSS in cell.attrib or _DOWN in cell.attrib:
        _merge(marks, row, column, cell)
    if fault := _fault(cell, kind, text):
        marks.faults[row][column] = fault
        return None
    value = _value(cell, kind, text)
    if isinstance(value, str) and not value.strip():
        return None
    if not kind:
        sheet.untyped.add(row)
    by_column = sheet.column_styles[column] if column < len(sheet.column_styles) else ""
    style = cell.get(_STYLE) or default or by_column
    if styles.strikes_cell(style) or _all_struck(cell, styles):
        marks.struck[row].add(column)
    if not isinstance(value, str) and (shown := styles.shown(style)):
        marks.shown[row][column] = shown
    return value


def _merge(marks: SheetMarks, row: int, column: int, cell: etree._Element) -> None:
    across, down = _times(cell, _ACROSS), _times(cell, _DOWN)
    if across > 1 or down > 1:
        bottom, right = min(row + down - 1, limits.LAST_ROW), min(column + across, limits.LAST_COLUMN)
        marks.merges.append((row, column + 1, bottom, right))


def _fault(cell: etree._Element, kind: str, text: str) -> str:
    """Return why a cell cannot be read: its formula made an error, or nothing at all."""
    formula = _FORMULA in cell.attrib
    if formula and not kind and not text.strip():
        return NO_RESULT
    # The error is told in a second type, of a space of its own, beside that of the standard.
    errs = formula and (_ERROR.fullmatch(text.strip()) or "error" in cell.attrib.values())
    return f"这一格显示错误值 {text.strip()[:10]}" if errs else ""


def _value(cell: etree._Element, kind: str, text: str) -> Any:
    if kind in _NUMBERS:
        number = float(cell.get(_VALUE, ""))
        if not math.isfinite(number):
            raise ValueError(number)
        return number
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    if kind == "date":
        try:
            return dt.datetime.fromisoformat(cell.get(f"{OFFICE}date-value", ""))
        except ValueError:
            return text
    return text or cell.get(f"{OFFICE}string-value", "")


def _text(cell: etree._Element) -> str:
    """Return what a cell shows: its paragraphs, not the remarks and pictures hung on it."""
    if len(cell) == 1 and cell[0].tag == _PARAGRAPH and not len(cell[0]):  # as nearly every one is
        return cell[0].text or ""
    return "\n".join("".join(_pieces(each)) for each in cell if each.tag == _PARAGRAPH)


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = tag_of(child)
        if name == "s":
            yield " " * min(int(child.get(f"{TEXT}c", "1")), limits.CELL_CHARACTERS)
        elif name in _BLANKS:
            yield _BLANKS[name]
        elif name not in _NOT_SHOWN:
            yield from _pieces(child)
        yield child.tail or ""


def _all_struck(cell: etree._Element, styles: OdsStyles) -> bool:
    """Whether every piece of a cell's text is struck out by itself."""
    pieces = [piece for text in cell if text.tag == _PARAGRAPH for piece in text]
    return (
        bool(pieces)
        and all(styles.strikes_text(piece.get(f"{TEXT}style-name", "")) for piece in pieces)
        and not any((text.text or "").strip() for text in cell if text.tag == _PARAGRAPH)
        and not any((piece.tail or "").strip() for piece in pieces)
    )


def _times(element: etree._Element, name: str) -> int:
    told = element.get(name)
    if told is None:
        return 1
    times = int(told)
    if times < 1:
        raise ValueError(times)
    return times
