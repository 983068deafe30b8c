"""How a hostile file is described and drawn: who stands in it, what it must be answered with, and how it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reading_trials import (
    HEADS,
    MAIN,
    NAMES,
    PERSON,
    PLAIN,
    SAMPLES,
    SHEET,
    as_filled,
    identity,
    inline,
    pack,
    parts_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

__all__ = ["HEADS", "MAIN", "NAMES", "PERSON", "PLAIN", "SAMPLES", "SHEET", "identity", "inline", "parts_of"]

REFUSED, READ, PARTLY, ASKED = "refused", "read", "partly", "asked"
NOBODY: Mapping[str, int] = {}
ONE: Mapping[str, int] = {"韦清和": 2}  # who stands in PLAIN, and in which row
TWO = {**ONE, "农嘉言": 3}
EIGHT: Mapping[str, int] = {name: row for row, name in enumerate(NAMES, 2)}


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file: how it is made, how it must be answered, and everybody who stands in it.

    `outcome` is one of the four above, or any of them where it is empty. `words` must be found in what is told.
    `people` {name: row} must be stored in the end or be named among what is told; `stored` is how many are, where not
    all; `facts` are data of the first of them: what must be stored, or None where nothing may be.
    """

    name: str
    make: Callable[[Path], Path]
    outcome: str
    words: str = ""
    people: Mapping[str, int] = field(default_factory=dict)
    stored: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def must_be_stored(self) -> int:
        """How many people must be stored in the end."""
        if self.outcome == REFUSED:
            return 0
        return len(self.people) if self.stored is None else self.stored


def refused(name: str, make: Callable[[Path], Path], words: str) -> Hostile:
    """A file of which nothing is taken."""
    return Hostile(name, make, REFUSED, words)


def raw(name: str, content: bytes) -> Callable[[Path], Path]:
    """A file of these bytes."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def later(make: Callable[[], Callable[[Path], Path]]) -> Callable[[Path], Path]:
    """A large file, drawn when it is asked for and not before."""

    def made(folder: Path) -> Path:
        return make()(folder)

    return made


def package(parts: Mapping[str, bytes]) -> Callable[[Path], Path]:
    """A zip of these parts."""
    return lambda folder: pack(folder / "名册.xlsx", parts)


def sheet(xml: str, **more: Any) -> Callable[[Path], Path]:
    """A workbook whose sheets are this XML."""
    return lambda folder: pack(folder / "名册.xlsx", parts_of(xml, **more))


def rows(*below: str, **more: Any) -> Callable[[Path], Path]:
    """A workbook of two heads, one person and these rows."""
    return sheet(f"<sheetData>{HEADS}{PERSON}{''.join(below)}</sheetData>", **more)


def with_parts(changes: Mapping[str, bytes | None], **more: Any) -> Callable[[Path], Path]:
    """A sound workbook with parts put in, changed, or taken out (None)."""

    def make(folder: Path) -> Path:
        parts = {**parts_of(PLAIN, **more), **changes}
        return pack(
            folder / "名册.xlsx", {name: content for name, content in parts.items() if content is not None}
        )

    return make


def part_changed(name: str, old: str, new: str, xml: str = PLAIN, **more: Any) -> Callable[[Path], Path]:
    """A sound workbook with one text in one of its parts exchanged."""

    def make(folder: Path) -> Path:
        parts = parts_of(xml, **more)
        text = parts[name].decode()
        assert old in text, (name, old)
        return pack(folder / "名册.xlsx", parts | {name: text.replace(old, new).encode()})

    return make


def listed(*values: Sequence[Any], **more: Any) -> Callable[[Path], Path]:
    """A workbook of these rows, the heads first."""
    return lambda folder: as_filled(folder / "名册.xlsx", values, **more)


def eight(*, heads: Sequence[str] = ("姓名", "性别"), second: str = "女") -> list[list[Any]]:
    """Heads and eight people."""
    return [list(heads), *([name, second] for name in NAMES)]


def numbered(number: int, *cells: str) -> str:
    """The XML of a row."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def bytes_changed(change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    """A sound workbook of eight people with its bytes changed."""

    def make(folder: Path) -> Path:
        path = as_filled(folder / "名册.xlsx", eight())
        path.write_bytes(change(path.read_bytes()))
        return path

    return make


WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SECOND = numbered(3, inline("A3", "农嘉言"), inline("B3", "男"))  # beside the one of PLAIN
