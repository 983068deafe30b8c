"""A formula cut into its words, so that its references can be moved or its value computed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wuling_desktop.exchange import places
from wuling_desktop.exchange.reading.sheets import column_letters, column_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wuling_desktop.exchange.places import Area

_CELL = r"\$?[A-Za-z]{1,3}\$?\d{1,7}"
_WORD = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*")
    |(?P<reference>(?:(?:'(?:[^']|'')+'|[\w.]+)!)?
        (?:{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?\d{{1,7}}:\$?\d{{1,7}})(?![\w(.!]))
    |(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)
    |(?P<name>[^\W\d][\w.]*)
    |(?P<sign><=|>=|<>|[^\s])
    |(?P<blank>\s+)
    """,
    re.VERBOSE,
)
_REFERENCE = re.compile(
    r"(?:(?P<sheet>'(?:[^']|'')+'|[\w.]+)!)?"
    r"(?P<left>\$?[A-Za-z]*)(?P<fixed>\$?)(?P<top>\d*)"
    r"(?P<range>:(?P<right>\$?[A-Za-z]*)(?P<fixed2>\$?)(?P<bottom>\d*))?"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a formula: text, reference, number, name, sign or blank."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as written; rows are None in whole columns."""

    sheet: str  # empty for the formula's own
    left: str
    top: int | None
    top_fixed: bool
    right: str | None  # None for a single cell
    bottom: int | None
    bottom_fixed: bool

    @property
    def area(self) -> Area:
        """The cells meant."""
        bare = f"{self.left}{self.top or ''}"
        if self.right is not None:
            bare += f":{self.right}{self.bottom or ''}"
        return places.area(bare)

    def shifted(self, rows: int, columns: int) -> Reference:
        """Return the reference as a copy of its formula so far away has it: what is fixed stays."""
        return replace(
            self,
            left=_shifted(self.left, columns),
            top=self.top if self.top is None or self.top_fixed else self.top + rows,
            right=None if self.right is None else _shifted(self.right, columns),
            bottom=self.bottom if self.bottom is None or self.bottom_fixed else self.bottom + rows,
        )

    def __str__(self) -> str:
        text = f"{quoted(self.sheet)}!" if self.sheet else ""
        text += self.left + _row(self.top, fixed=self.top_fixed)
        if self.right is not None:
            text += f":{self.right}{_row(self.bottom, fixed=self.bottom_fixed)}"
        return text


def words(formula: str) -> Iterator[Word]:
    """Yield the words of a formula written without its equals sign."""
    for found in _WORD.finditer(formula):
        yield Word(found.lastgroup or "", found[0])


def reference(text: str) -> Reference:
    """Return the reference written in a word of that kind."""
    found = _REFERENCE.fullmatch(text)
    if not found:
        message = f"not a reference: {text!r}"
        raise ValueError(message)
    sheet = found["sheet"] or ""
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    # In $5:$7 the dollar lands in the letters' group, which then holds nothing else.
    left, right = found["left"], found["right"]
    return Reference(
        sheet,
        left.removesuffix("$") if left == "$" else left,
        int(found["top"]) if found["top"] else None,
        bool(found["fixed"]) or left == "$",
        None if right is None else (right.removesuffix("$") if right == "$" else right),
        int(found["bottom"]) if found["bottom"] else None,
        bool(found["fixed2"]) or right == "$",
    )


def moved(formula: str, move: Callable[[Reference], Reference]) -> str:
    """Return the formula with every reference moved; one that points into another file is left alone."""
    if "[" in formula:
        return formula
    return "".join(
        str(move(reference(word.text))) if word.kind == "reference" else word.text for word in words(formula)
    )


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    if re.fullmatch(r"[^\W\d]\w*", sheet) and not re.fullmatch(_CELL, sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def _shifted(letters: str, columns: int) -> str:
    return (
        letters
        if not letters or letters.startswith("$")
        else column_letters(column_number(letters) + columns)
    )


def _row(row: int | None, *, fixed: bool) -> str:
    return "" if row is None else f"${row}" if fixed else str(row)
