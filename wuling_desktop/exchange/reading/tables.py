"""What is found in a workbook: lists with their columns and rows, and everything passed over with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wuling_desktop.domain.readings import State

if TYPE_CHECKING:
    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.exchange.reading.questions import Question
    from wuling_desktop.exchange.reading.sheets import SheetRow


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list; `index` counts from 0 as cells do. State: 确定, 像是, or 不取 without a datum."""

    index: int
    heading: str
    datum: Datum | None = None
    confidence: State = State.REFUSED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no record, and why."""

    sheet: str
    row: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One list: the rows that are records, under their columns."""

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[SheetRow, ...]
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Everything found; a rejected workbook holds no list that can be taken in."""

    tables: tuple[FoundTable, ...]
    questions: tuple[Question, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    rejected: Problem | None = None
    notes: tuple[str, ...] = ()  # what could not be read as it stands, as the reader of the file told it
