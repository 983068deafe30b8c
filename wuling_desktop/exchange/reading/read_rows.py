"""The rows of a list as readings: what each cell means to its datum, and what stood there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wuling_desktop.domain.fields import Field
from wuling_desktop.domain.readings import Reading, refused
from wuling_desktop.progress import counted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from wuling_desktop.exchange.reading.sheets import CellValue
    from wuling_desktop.exchange.reading.tables import FoundTable


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row by the full names of its data; `row` counts from 1 as WPS shows it."""

    sheet: str
    row: int
    readings: Mapping[str, Reading]
    raw: Mapping[str, CellValue]


def read_rows(table: FoundTable, today: dt.date) -> Iterator[RowRead]:
    """Yield the rows of a list read by their data's own kinds and rules; a cell that cannot be trusted is refused."""
    # What says the same in a column is read once: a sex, a nation, a branch, a month stand there a thousand times.
    stored: list[tuple[int, Field, dict[str, Reading]]] = [
        (each.index, each.datum, {}) for each in table.columns if isinstance(each.datum, Field)
    ]
    for row in counted("已核对", table.rows, "行"):
        readings: dict[str, Reading] = {}
        raw: dict[str, CellValue] = {}
        for index, datum, read in stored:
            raw[datum.name] = cell = row.cell(index)
            if fault := row.fault(index):
                reading = refused(fault)
            elif not isinstance(cell, str):
                reading = datum.read(cell, today)
            elif (known := read.get(cell)) is not None:
                reading = known
            else:
                reading = read[cell] = datum.read(cell, today)
            readings[datum.name] = reading
        yield RowRead(table.sheet, row.number, readings, raw)
