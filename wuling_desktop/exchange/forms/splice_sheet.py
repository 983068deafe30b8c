"""The XML of one filled sheet: the blank's own, with values in its cells and the rows of the list streamed in."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from wuling_desktop.exchange import places
from wuling_desktop.exchange.forms import cell_text, splice_moves, splice_pictures
from wuling_desktop.exchange.forms.package_parts import serialised
from wuling_desktop.exchange.reading.sheets import column_letters
from wuling_desktop.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wuling_desktop.exchange.forms.filled import FilledCell
    from wuling_desktop.exchange.forms.filled_sheet import FilledSheet

_MARK = "rows of the list"


def written(sheet: FilledSheet, *, copied: bool, moves: bool, drawing: str = "") -> Iterator[bytes]:
    """Yield the XML of a filled sheet; `copied` for another sheet of one blank, `moves` where references changed.

    `drawing` is the relation to a drawing the blank does not have.
    """
    root = copy.deepcopy(sheet.root)
    if copied:
        _become_another(root)
    _fill_rows(root, sheet, moves=moves)
    if sheet.insertion.added:
        splice_moves.move_rules(root, sheet)
    if moves:
        splice_moves.move_formulas(root, sheet)
    if drawing:
        splice_pictures.name_drawing(root, drawing)
    head, mark, tail = serialised(root).partition(f"<!--{_MARK}-->".encode())
    yield head
    if mark:
        yield from _list_rows(sheet, f"{root.prefix}:" if root.prefix else "")
    yield tail


def _become_another(root: etree._Element) -> None:
    """Take from a copy what only one sheet may have: with two tabs selected, typing would go into both."""
    for view in root.iterfind("{*}sheetViews/{*}sheetView"):
        view.attrib.pop("tabSelected", "")
    for about in root.iterfind("{*}sheetPr"):
        about.attrib.pop("codeName", "")


def _fill_rows(root: etree._Element, sheet: FilledSheet, *, moves: bool) -> None:
    """Fill and number the rows outside the list; a mark takes the place of those inside."""
    insertion = sheet.insertion
    for data in root.iterfind("{*}sheetData"):
        rows = [(int(row.get("r", "0")), row) for row in data.findall("{*}row")]
        listed = [row for source, row in rows if insertion.first <= source <= insertion.last]
        if listed:
            listed[0].addprevious(etree.Comment(_MARK))
        for row in listed:
            data.remove(row)
        for source, row in rows:
            if not insertion.first <= source <= insertion.last:
                number = insertion.target(source)
                if number != source:
                    _renumber(row, number)
                _fill_cells(row, sheet, source, number, moves=moves)


def _renumber(row: etree._Element, number: int) -> None:
    row.set("r", str(number))
    for cell in row.iterfind("{*}c"):
        cell.set("r", places.address(number, places.place(cell.get("r", "A1"))[1]))


def _fill_cells(row: etree._Element, sheet: FilledSheet, source: int, number: int, *, moves: bool) -> None:
    """Write the cells that ask for something or compute something; the others stay as they are."""
    known = sheet.blank.rows[source].cells
    asking = {
        column
        for column, cell in known.items()
        if cell.formula or (cell.text is not None and cell.text.tokens)
    }
    if not asking:
        return
    filled = sheet.cells(number)
    for cell in row.iterfind("{*}c"):
        column = places.place(cell.get("r", "A1"))[1]
        if column not in asking:
            continue
        if known[column].formula:
            _put_result(cell, filled[column], sheet, moves=moves)
        else:
            new = etree.fromstring(
                f'<row xmlns="{etree.QName(row).namespace}">{cell_xml(cell.get("r", ""), filled[column])}</row>'
            )[0]
            new.tail = cell.tail
            row.replace(cell, new)


def _put_result(cell: etree._Element, filled: FilledCell, sheet: FilledSheet, *, moves: bool) -> None:
    """Put the result beside a formula, for programs that do not compute; one not computed keeps no old result."""
    formula = cell.find("{*}f")
    if formula is not None and moves:
        if formula.get("t") == "shared":
            formula.attrib.clear()
        elif area := formula.get("ref"):
            formula.set("ref", str(next(sheet.insertion.areas(places.area(area)))))
        formula.text = filled.formula
    for old in cell.findall("{*}v"):
        cell.remove(old)
    cell.attrib.pop("t", "")
    if filled.value is not None:
        if isinstance(filled.value, str):
            cell.set("t", "str")
        value = etree.SubElement(cell, f"{{{etree.QName(cell).namespace}}}v")
        value.text = str(filled.value)


def _list_rows(sheet: FilledSheet, prefix: str) -> Iterator[bytes]:
    """Yield the rows of the list."""
    insertion = sheet.insertion
    letters = [column_letters(column) for column in range(sheet.last_column + 1)]
    rows = range(insertion.first, insertion.first + insertion.blocks * insertion.height)
    for row in counted("已写", rows, "行") if rows else rows:
        # An attribute of another namespace (x14ac:dyDescent) only repeats what the row's height says.
        look = "".join(
            f" {key}={quoteattr(value)}"
            for key, value in sheet.row_look(row).items()
            if not key.startswith("{")
        )
        cells = "".join(
            cell_xml(
                f"{letters[column - 1] if column <= len(letters) else column_letters(column - 1)}{row}",
                cell,
                prefix,
            )
            for column, cell in sheet.cells(row).items()
        )
        yield f'<{prefix}row r="{row}"{look}>{cells}</{prefix}row>'.encode()


def cell_xml(address: str, cell: FilledCell, prefix: str = "") -> str:
    """Return a cell as XML.

    Texts are written into the cell and not into the shared strings: so that part stays byte for byte, nothing of a
    former list is left in it, and a text that begins with = can never be taken for a formula.
    """
    start = f'<{prefix}c r="{address}"' + (f' s="{cell.style}"' if cell.style else "")
    value = cell.value
    if cell.formula:
        kind = ' t="str"' if isinstance(value, str) else ""
        shown = "" if value is None else f"<{prefix}v>{cell_text.written(str(value))}</{prefix}v>"
        return f"{start}{kind}><{prefix}f>{escape(cell.formula)}</{prefix}f>{shown}</{prefix}c>"
    if value is None or value == "":
        return f"{start}/>"
    if not isinstance(value, str):
        return f"{start}><{prefix}v>{value}</{prefix}v></{prefix}c>"
    runs = "".join(
        f"<{prefix}r>{look}{cell_text.element(text, prefix)}</{prefix}r>" for look, text in cell.runs if text
    )
    return f'{start} t="inlineStr"><{prefix}is>{runs or cell_text.element(value, prefix)}</{prefix}is></{prefix}c>'
