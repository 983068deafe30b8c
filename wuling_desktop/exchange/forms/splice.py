"""A filled form as a workbook: values spliced into the blank's own parts, every part not touched copied byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.exchange.forms import splice_book, splice_moves, splice_pictures, splice_sheet
from wuling_desktop.exchange.forms.package_parts import Parts, write_package
from wuling_desktop.exchange.saving import saved
from wuling_desktop.progress import tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from wuling_desktop.exchange.forms.fill_form import FilledWorkbook
    from wuling_desktop.exchange.forms.filled_sheet import FilledSheet


def write(filled: FilledWorkbook, path: Path) -> None:
    """Write a filled form; Problem where the file cannot be written."""
    with saved(path) as file:
        write_package(_parts(filled), file)


def _parts(filled: FilledWorkbook) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield the parts of the filled workbook; a long sheet is made while it is written."""
    parts = Parts(filled.blank.parts)
    part_of = _part_of_each(filled, parts)
    for sheet, part in part_of.items():
        if sheet.insertion.added:
            for _, kind, other in parts.related(part):
                parts.put(other, splice_moves.moved_part(parts.content(other), kind, sheet))
    drawings = {
        part: splice_pictures.put(sheet, part, parts, filled.styles.normal) for sheet, part in part_of.items()
    }
    splice_book.bring_up_to_date(filled, parts, part_of)
    sheets = {part: sheet for sheet, part in part_of.items() if sheet.blank.asks or sheet.blank.computes}
    written = 0
    for name in parts.names:
        if name in sheets:
            if len(sheets) > 1:
                tell("已写", written, len(sheets), "张表")
            written += 1
            copied = name not in filled.blank.parts
            content = splice_sheet.written(
                sheets[name], copied=copied, moves=filled.moves, drawing=drawings[name]
            )
            yield name, content
        else:
            yield name, (parts.content(name),)


def _part_of_each(filled: FilledWorkbook, parts: Parts) -> dict[FilledSheet, str]:
    """Return the part of every sheet: the first made of a sheet of the blank keeps its part, others get copies."""
    used: set[str] = set()
    places: dict[FilledSheet, str] = {}
    for sheet in filled.every:
        part = sheet.blank.part
        places[sheet] = parts.copy(part) if part in used else part
        used.add(part)
    return places
