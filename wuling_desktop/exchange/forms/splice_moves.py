"""Everything in a sheet that speaks of rows, moved after rows were put in: rules, links, breaks, pictures, notes, tables."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from lxml import etree

from wuling_desktop.exchange import places
from wuling_desktop.exchange.forms import formula_text
from wuling_desktop.exchange.forms.package_parts import serialised

if TYPE_CHECKING:
    from wuling_desktop.exchange.forms.filled_sheet import FilledSheet

# Elements whose `sqref` names any number of areas, and those whose `ref` names one.
_SEVERAL = ("dataValidation", "conditionalFormatting", "protectedRange", "ignoredError", "cellWatch")
_SINGLE = ("mergeCell", "hyperlink")
_GROWING = ("autoFilter", "dimension", "sortState", "sortCondition", "table")
_RULES = ("formula", "formula1", "formula2", "f")  # `f` in the newer rules at the end of a sheet
_EXTENSION = "{*}extLst"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def move_rules(root: etree._Element, sheet: FilledSheet) -> None:
    """Move what stands around the rows of a sheet."""
    for tag in _SEVERAL:
        for each in root.iter(f"{{*}}{tag}"):
            if areas := each.get("sqref"):  # the newer rules at the end of a sheet have an element for it
                each.set("sqref", _moved_areas(areas, sheet))
    for each in root.iterfind(f"{_EXTENSION}//{{*}}sqref"):
        each.text = _moved_areas(each.text or "", sheet)
    for tag in _SINGLE:
        for each in list(root.iter(f"{{*}}{tag}")):
            _multiply(each, sheet)
    for holder in root.iterfind("{*}mergeCells"):
        holder.set("count", str(len(holder)))
    for each in root.iterfind("{*}rowBreaks/{*}brk"):
        each.set("id", str(sheet.broken_after(int(each.get("id", "0")))))
    move_growing(root, sheet)


def move_growing(root: etree._Element, sheet: FilledSheet) -> None:
    """Move the areas that grow with the list."""
    for tag in _GROWING:
        for each in root.iter(f"{{*}}{tag}"):
            if area := each.get("ref"):
                each.set("ref", str(next(sheet.insertion.areas(places.area(area)))))


def move_formulas(root: etree._Element, sheet: FilledSheet) -> None:
    """Move the references in rules: of validations, of formats that depend on values."""
    for holder in ("dataValidations", "conditionalFormatting", "extLst"):
        for each in root.iterfind(f"{{*}}{holder}//*"):
            if isinstance(each.tag, str) and etree.QName(each).localname in _RULES and each.text:
                each.text = formula_text.moved(each.text, sheet.move)


def moved_part(content: bytes, kind: str, sheet: FilledSheet) -> bytes:
    """Return a part that belongs to a sheet (drawing, notes, table), moved with the sheet's rows."""
    if kind.endswith("/vmlDrawing"):
        return _moved_shapes(content, sheet)
    root = etree.fromstring(content)
    before = etree.tostring(root)
    if kind.endswith("/drawing"):
        for end in ("from", "to"):
            for each in root.iterfind(f"*/{_DRAWING}{end}/{_DRAWING}row"):
                each.text = str(sheet.insertion.target(int(each.text or "0") + 1) - 1)
    elif kind.endswith("/comments"):
        for each in root.iterfind("{*}commentList/{*}comment"):
            row, column = places.place(each.get("ref", "A1"))
            each.set("ref", places.address(sheet.insertion.target(row), column))
    elif kind.endswith("/table"):
        move_growing(root, sheet)
    return content if etree.tostring(root) == before else serialised(root)


def _moved_shapes(content: bytes, sheet: FilledSheet) -> bytes:
    """Move the boxes of notes, kept in a dialect that is often no sound XML: by their numbers only."""
    target = sheet.insertion.target

    def row(found: re.Match[bytes]) -> bytes:
        return found[1] + str(target(int(found[2]) + 1) - 1).encode() + found[3]

    def anchor(found: re.Match[bytes]) -> bytes:
        numbers = [int(each) for each in found[2].split(b",")]
        if len(numbers) == 8:
            numbers[2], numbers[6] = (target(numbers[at] + 1) - 1 for at in (2, 6))
        return found[1] + ", ".join(map(str, numbers)).encode() + found[3]

    content = re.sub(rb"(<(?:\w+:)?Row>)(\d+)(</)", row, content)
    return re.sub(rb"(<(?:\w+:)?Anchor>)([\s\d,]+)(</)", anchor, content)


def _moved_areas(text: str, sheet: FilledSheet) -> str:
    return " ".join(str(moved) for area in text.split() for moved in sheet.insertion.areas(places.area(area)))


def _multiply(element: etree._Element, sheet: FilledSheet) -> None:
    """Put an element with one area in the place of each area it becomes."""
    first, *others = sheet.insertion.merges(places.area(element.get("ref", "A1")))
    element.set("ref", str(first))
    for area in reversed(others):
        twin = copy.deepcopy(element)
        twin.set("ref", str(area))
        element.addnext(twin)
