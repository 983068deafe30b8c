"""A blank workbook, parsed once: its parts as they are, and of every sheet the cells, tokens, rows to repeat and set-up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import IO, TYPE_CHECKING

from lxml import etree

from wuling_desktop.exchange import places
from wuling_desktop.exchange.forms import cell_text, formula_text, repeated_rows
from wuling_desktop.exchange.forms.form_text import FormText, form_text
from wuling_desktop.exchange.package import Package
from wuling_desktop.exchange.pages.sheet_styles import Styles, styles_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from wuling_desktop.exchange.forms.repeated_rows import Repeated
    from wuling_desktop.exchange.places import Area

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CORE = "/core-properties"
Runs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class BlankCell:
    """What the blank holds in one cell."""

    style: int
    text: FormText | None = None
    number: Decimal | None = None
    formula: str = ""

    @property
    def empty(self) -> bool:
        """Whether the cell only has a look."""
        return self.text is None and self.number is None and not self.formula


@dataclass(frozen=True, slots=True)
class BlankRow:
    """One row of the blank: its attributes without its number, its cells by column."""

    look: Mapping[str, str]
    cells: Mapping[int, BlankCell]


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """One sheet of the blank; `place` counts all tabs from 0, chart sheets too."""

    name: str
    place: int
    hidden: bool
    part: str
    root: etree._Element
    rows: Mapping[int, BlankRow]
    merges: tuple[Area, ...]
    print_area: Area | None
    title_rows: tuple[int, int] | None
    breaks: tuple[int, ...]
    last: tuple[int, int]  # the last row and the last column that hold or frame something
    repeated: Repeated | None

    @property
    def tokens(self) -> Iterator[str]:
        """The names of the data the sheet asks for."""
        for row in self.rows.values():
            for cell in row.cells.values():
                if cell.text is not None:
                    yield from (token.name for token in cell.text.tokens)

    @property
    def asks(self) -> bool:
        """Whether the sheet asks for any."""
        return next(self.tokens, None) is not None

    @property
    def computes(self) -> bool:
        """Whether the sheet holds a formula."""
        return any(cell.formula for row in self.rows.values() for cell in row.cells.values())


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank workbook."""

    title: str
    parts: Mapping[str, bytes]  # in the order of the package
    workbook: str  # name of the part that lists the sheets
    sheets: tuple[BlankSheet, ...]
    styles: Styles

    @property
    def tokens(self) -> frozenset[str]:
        """The names of the data asked for."""
        return frozenset(name for sheet in self.sheets for name in sheet.tokens)


def read_blank(source: Path | IO[bytes], untitled: str = "") -> Blank:
    """Return a blank, called `untitled` where it has no title; Problem where it cannot be read as one."""
    package = Package(source)
    main = package.workbook()
    related = package.related(main)
    root = package.tree(main)
    parts = {}
    for name in package.names:
        with package.part(name) as file:
            parts[name] = file.read()

    def tree_of(kind: str) -> etree._Element | None:
        found = (name for type_, name in related.values() if type_.endswith(kind) and name in parts)
        name = next(found, None)
        return None if name is None else package.tree(name)

    strings = list(_strings(tree_of("/sharedStrings")))
    styles = styles_of(tree_of("/styles"), tree_of("/theme"))
    sheets = []
    for place, each in enumerate(root.iterfind("{*}sheets/{*}sheet")):
        link = next((str(value) for key, value in each.attrib.items() if str(key).endswith("}id")), "")
        kind, part = related.get(link, ("", ""))
        if kind.endswith("/worksheet") and part in parts:
            names = _local_names(root, place)
            reader = _SheetReader(package.tree(part), strings, styles)
            hidden = each.get("state", "visible") != "visible"
            sheets.append(
                reader.sheet(each.get("name", f"Sheet{place + 1}"), place, part, names, hidden=hidden)
            )
    return Blank(_title(package) or untitled, parts, main, tuple(sheets), styles)


def _title(package: Package) -> str:
    for kind, name in package.related("").values():
        if kind.endswith(_CORE) and name in package.names:
            return (package.tree(name).findtext(_TITLE) or "").strip()
    return ""


def _local_names(root: etree._Element, place: int) -> dict[str, str]:
    return {
        each.get("name", ""): each.text or ""
        for each in root.iterfind("{*}definedNames/{*}definedName")
        if each.get("localSheetId") == str(place)
    }


def _strings(root: etree._Element | None) -> Iterator[FormText | None]:
    for entry in () if root is None else root.iterfind("{*}si"):
        yield _text(entry)


def _text(entry: etree._Element) -> FormText | None:
    """Return the text of a shared or inline string; the hints on reading beside it are no part of it."""
    runs: Runs = []
    for part in entry:
        if not isinstance(part.tag, str):
            continue
        tag = etree.QName(part).localname
        if tag == "t":
            runs.append(("", cell_text.read(part.text or "")))
        elif tag == "r":
            look = part.find("{*}rPr")
            markup = "" if look is None else etree.tostring(look, encoding="unicode", with_tail=False)
            runs.append((markup, cell_text.read(part.findtext("{*}t") or "")))
    runs = [run for run in runs if run[1]]
    return form_text(runs) if runs else None


class _SheetReader:
    """Reads the XML of one sheet."""

    def __init__(self, root: etree._Element, strings: Sequence[FormText | None], styles: Styles) -> None:
        self._root = root
        self._strings = strings
        self._styles = styles
        self._shared: dict[str, tuple[str, int, int]] = {}  # formulas written once for many cells

    def sheet(
        self, name: str, place: int, part: str, names: Mapping[str, str], *, hidden: bool
    ) -> BlankSheet:
        """Return the sheet; `names` are the defined names of its own: print area and title rows."""
        rows = dict(self._rows())
        merges = tuple(
            places.area(each.get("ref", "")) for each in self._root.iterfind("{*}mergeCells/{*}mergeCell")
        )
        areas = list(_areas(names.get("_xlnm.Print_Area", "")))
        titles = next(
            (
                (at.top, at.bottom)
                for at in _areas(names.get("_xlnm.Print_Titles", ""))
                if at.right == places.LAST_COLUMN
            ),
            None,
        )
        return BlankSheet(
            name=name,
            place=place,
            hidden=hidden,
            part=part,
            root=self._root,
            rows=rows,
            merges=merges,
            print_area=_around(areas) if areas else None,
            title_rows=titles,
            breaks=tuple(int(each.get("id", "0")) for each in self._root.iterfind("{*}rowBreaks/{*}brk")),
            last=self._last(rows, merges),
            repeated=repeated_rows.found(rows, merges, self._styles),
        )

    def _rows(self) -> Iterator[tuple[int, BlankRow]]:
        number = 0
        for row in self._root.iterfind("{*}sheetData/{*}row"):
            number = int(row.get("r") or number + 1)
            row.set("r", str(number))  # numbers may be left out; whoever moves the rows relies on them
            column = 0
            cells = {}
            for cell in row.iterfind("{*}c"):
                at = cell.get("r")
                column = places.place(at)[1] if at else column + 1
                cell.set("r", places.address(number, column))
                cells[column] = self._cell(cell, number, column)
            look = {str(key): str(value) for key, value in row.attrib.items() if key != "r"}
            yield number, BlankRow(look, cells)

    def _cell(self, cell: etree._Element, row: int, column: int) -> BlankCell:
        style = int(cell.get("s") or "0")
        formula = cell.find("{*}f")
        if formula is not None and (written := self._formula(formula, row, column)):
            return BlankCell(style, formula=written)
        kind = cell.get("t", "n")
        value = cell.findtext("{*}v") or ""
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            return BlankCell(style, None if inline is None else _text(inline))
        if kind == "s":
            known = value.isdecimal() and int(value) < len(self._strings)
            return BlankCell(style, self._strings[int(value)] if known else None)
        if kind == "str":
            value = cell_text.read(value)
        if kind == "b":
            value = "TRUE" if value == "1" else "FALSE"
        if kind == "n" and value:
            try:
                return BlankCell(style, number=Decimal(value))
            except InvalidOperation:
                pass
        return BlankCell(style, form_text([("", value)]) if value else None)

    def _formula(self, element: etree._Element, row: int, column: int) -> str:
        """Return a formula as it reads in its own cell."""
        text = element.text or ""
        if element.get("t") != "shared":
            return text
        key = element.get("si", "")
        if text:
            self._shared[key] = (text, row, column)
            return text
        if key not in self._shared:
            return ""
        first, top, left = self._shared[key]
        return formula_text.moved(first, lambda ref: ref.shifted(row - top, column - left))

    def _last(self, rows: Mapping[int, BlankRow], merges: Sequence[Area]) -> tuple[int, int]:
        seen = [(area.bottom, area.right) for area in merges]
        for number, row in rows.items():
            for column, cell in row.cells.items():
                if not cell.empty or self._shows(cell):
                    seen.append((number, column))
        return max((row for row, _ in seen), default=1), max((column for _, column in seen), default=1)

    def _shows(self, cell: BlankCell) -> bool:
        style = self._styles.of(cell.style)
        return style.boxed or bool(style.fill)


def _areas(formula: str) -> Iterator[Area]:
    """Yield the areas that a defined name points at."""
    if re.search(r"#REF!|\[", formula):
        return
    for word in formula_text.words(formula):
        if word.kind == "reference":
            yield formula_text.reference(word.text).area


def _around(areas: Sequence[Area]) -> Area:
    """Return the rectangle around areas: pages are laid out as one."""
    first, *others = areas
    for area in others:
        first = type(first)(
            min(first.top, area.top),
            min(first.left, area.left),
            max(first.bottom, area.bottom),
            max(first.right, area.right),
        )
    return first
