"""Reading the XML that Excel 2003 wrote and some systems still give out under the name of .xls."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lxml import etree

from wuling_desktop.exchange.package import declares_document_type, streamed
from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.file_kind import damaged
from wuling_desktop.exchange.reading.number_formats import Shown, shown_as
from wuling_desktop.exchange.reading.sheet_marks import NO_RESULT, SheetMarks, notes_on, plain_sheet
from wuling_desktop.exchange.reading.text_coding import decoded

if TYPE_CHECKING:
    from pathlib import Path

_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_SAID = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
_DECLARED = re.compile(r"\s*<\?xml[^>]*\?>")
_STYLE, _COLUMN, _ROW = (f"{_SPACE}{name}" for name in ("Style", "Column", "Row"))
_OPTIONS = "{urn:schemas-microsoft-com:office:excel}WorksheetOptions"
_TURNS = 8  # styles that stand on each other: more is a ring


@dataclass
class _Style:
    parent: str = ""
    struck: bool | None = None
    shown: Shown | None = None
    has_format: bool = False


@dataclass
class _Sheet:
    name: str
    hidden: bool = False
    marks: SheetMarks = field(default_factory=SheetMarks)
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    column_styles: dict[int, str] = field(default_factory=dict)
    column: int = 0  # the next
    row: int = 1  # the next


def read(path: Path) -> dict[str, Any]:
    """Return the workbook as plain JSON."""
    content = path.read_bytes()
    if declares_document_type(content):
        raise damaged("里面夹带了表格文件不该有的声明")
    said = _SAID.search(content[:200])
    text = _DECLARED.sub("", decoded(content, said[1].decode("ascii") if said else ""), count=1)
    try:
        sheets = _Reader().sheets_in(text.encode())
    except etree.XMLSyntaxError as error:
        raise damaged("里面的内容断了一截") from error
    except ValueError as error:
        raise damaged("里面有的数字读不出来") from error
    if sum(len(sheet.rows) for sheet in sheets) > limits.ROWS:
        raise limits.too_large(f"几张表加起来超过 {limits.ROWS} 行")
    notes: list[str] = []
    plain = []
    for sheet in sheets:
        sheet.marks.hidden_columns = [
            each for each in sheet.marks.hidden_columns if each in sheet.marks.columns
        ]
        sheet.marks.check(sheet.name)
        read_ = plain_sheet(sheet.name, sheet.rows, sheet.marks, hidden=sheet.hidden)
        notes += notes_on(sheet.name, read_, sheet.marks)
        plain.append(read_)
    return {"kind": "xml", "notes": notes, "sheets": plain}


class _Reader:
    """One streaming pass."""

    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}

    def sheets_in(self, content: bytes) -> list[_Sheet]:
        """Return the sheets with their values and what was seen beside them."""
        sheets: list[_Sheet] = []
        at: etree._Element | None = None
        for element in streamed(io.BytesIO(content), (_STYLE, _COLUMN, _ROW, _OPTIONS)):
            if element.tag == _STYLE:
                self._add_style(element)
                continue
            worksheet = next(element.iterancestors(f"{_SPACE}Worksheet"), None)
            if worksheet is None:
                continue
            if worksheet is not at:
                at = worksheet
                sheets.append(_Sheet(worksheet.get(f"{_SPACE}Name", f"第 {len(sheets) + 1} 张表")))
            if element.tag == _ROW:
                self._add_row(sheets[-1], element)
            elif element.tag == _COLUMN:
                _add_column(sheets[-1], element)
            else:
                sheets[-1].hidden = (element.findtext("{*}Visible") or "Visible").strip() != "Visible"
                sheets[-1].marks.margins = [
                    str(data)
                    for each in element.iter("{*}Header", "{*}Footer")
                    for data in each.attrib.values()
                ]
        return sheets

    def _add_style(self, element: etree._Element) -> None:
        style = _Style(element.get(f"{_SPACE}Parent", ""))
        font, numbers = element.find(f"{_SPACE}Font"), element.find(f"{_SPACE}NumberFormat")
        if font is not None and f"{_SPACE}StrikeThrough" in font.attrib:
            style.struck = font.get(f"{_SPACE}StrikeThrough") != "0"
        if numbers is not None:
            style.has_format, style.shown = True, shown_as(numbers.get(f"{_SPACE}Format", ""))
        self._styles[element.get(f"{_SPACE}ID", "")] = style

    def _line(self, name: str) -> list[_Style]:
        """Return a style and those it stands on."""
        line: list[_Style] = []
        while (style := self._styles.get(name)) is not None and len(line) < _TURNS:
            line.append(style)
            name = style.parent
        return line

    def _add_row(self, sheet: _Sheet, element: etree._Element) -> None:
        number = _number(element, "Index", sheet.row)
        if not sheet.row <= number <= limits.LAST_ROW:
            raise damaged(f"有一行的行号是“{number}”")
        sheet.row = number + 1 + _number(element, "Span", 0)
        if element.get(f"{_SPACE}Hidden") == "1":
            sheet.marks.hidden_rows.add(number)
        values: list[Any] = []
        held = []
        column = 0
        for cell in element.iterchildren(f"{_SPACE}Cell"):
            place = _number(cell, "Index", column + 1) - 1
            across = _number(cell, "MergeAcross", 0)
            if not column <= place < limits.LAST_COLUMN - across:
                raise damaged(f"有一格的位置写作第 {place + 1} 列")
            column = place + 1 + across
            values += [None] * (place + 1 - len(values))
            values[place] = self._look_at(sheet, (number, place), cell, element)
            if values[place] is not None:
                held.append(place)
            down = min(number + _number(cell, "MergeDown", 0), limits.LAST_ROW)
            if across or down > number:
                sheet.marks.merges.append((number, place + 1, down, place + 1 + across))
        sheet.marks.saw(number, held)
        if held or number in sheet.marks.faults:
            sheet.rows.append((number, values))

    def _look_at(
        self, sheet: _Sheet, place: tuple[int, int], cell: etree._Element, row: etree._Element
    ) -> Any:
        number, column = place
        data = cell.find(f"{_SPACE}Data")
        text = "".join(map(str, data.itertext())) if data is not None else ""
        if data is None or not text.strip():
            if f"{_SPACE}Formula" in cell.attrib and data is None:
                sheet.marks.faults[number][column] = NO_RESULT
            return None
        kind = data.get(f"{_SPACE}Type", "String")
        if kind == "Error":
            sheet.marks.faults[number][column] = f"这一格显示错误值 {text.strip()[:10]}"
            return None
        by_column = sheet.column_styles.get(column, "")
        line = self._line(cell.get(f"{_SPACE}StyleID") or row.get(f"{_SPACE}StyleID") or by_column)
        if next((each.struck for each in line if each.struck is not None), False):
            sheet.marks.struck[number].add(column)
        shown = next((each.shown for each in line if each.has_format), None)
        if shown is not None and kind != "String":
            sheet.marks.shown[number][column] = shown
        return _value(kind, text)


def _add_column(sheet: _Sheet, element: etree._Element) -> None:
    first = _number(element, "Index", sheet.column + 1) - 1
    last = min(first + _number(element, "Span", 0), limits.LAST_COLUMN)
    sheet.column = last + 1
    for column in range(first, last + 1):
        sheet.column_styles[column] = element.get(f"{_SPACE}StyleID", "")
        if element.get(f"{_SPACE}Hidden") == "1":
            sheet.marks.hidden_columns.append(column)


def _number(element: etree._Element, name: str, usual: int) -> int:
    number = int(element.get(f"{_SPACE}{name}", usual))
    if number < 0:
        raise ValueError(number)
    return number


def _value(kind: str, text: str) -> Any:
    if kind == "Number":
        number = float(text)
        if not math.isfinite(number):
            raise ValueError(number)
        return number
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        return dt.datetime.fromisoformat(text.strip())
    return text
