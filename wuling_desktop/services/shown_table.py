"""A table as it stands on the screen, on its way into a workbook or onto paper: its columns, rows and order."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain import masking
from wuling_desktop.exchange.forms import fill_form
from wuling_desktop.exchange.forms.table_form import TableColumn, table_form
from wuling_desktop.exchange.forms.write_workbook import write_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.exchange.forms.fill_form import FilledWorkbook
    from wuling_desktop.exchange.forms.form_text import Value

_LOOKED_AT = 500  # rows that decide how wide a column is
_NUMBERS = frozenset({"whole", "money"})


@dataclass(frozen=True, slots=True)
class ShownTable:
    """What a table shows: values in the order of the columns, rows in their order on the screen."""

    title: str
    datums: tuple[Datum, ...]
    rows: tuple[tuple[Any, ...], ...]
    filtered: str = ""  # what the rows were narrowed by, in words

    @property
    def private(self) -> bool:
        """Whether a column holds what is masked on the screen."""
        return any(datum.private for datum in self.datums)


def write_shown(path: Path, shown: ShownTable, heading: Mapping[str, Value], *, mask: bool) -> int:
    """Write the table as a workbook and return the number of its rows."""
    subtitle = "　".join(
        part
        for part in (
            str(heading["unit.name"] or ""),
            f"截止日期：{heading['as_of']}",
            f"共 {len(shown.rows)} 条",
            shown.filtered,
            str(heading["demo"] or ""),
        )
        if part
    )
    write_table(
        path,
        title=shown.title,
        subtitle=subtitle,
        datums=shown.datums,
        rows=shown.rows,
        mask=masking.in_file if mask else None,
    )
    return len(shown.rows)


def fill_shown(shown: ShownTable, heading: Mapping[str, Value], *, mask: bool) -> FilledWorkbook:
    """Return the table as a filled form, for pages and for the workbook beside them."""
    rows = [
        {datum.name: _value(datum, value, mask=mask) for datum, value in zip(shown.datums, row, strict=True)}
        for row in shown.rows
    ]
    columns = [
        TableColumn(
            datum.label,
            datum.name,
            max((_width(row[datum.name]) for row in rows[:_LOOKED_AT]), default=0),
            number=datum.kind.name in _NUMBERS,
        )
        for datum in shown.datums
    ]
    return fill_form.fill(table_form(shown.title, columns), heading, rows)


def _value(datum: Datum, value: Any, *, mask: bool) -> Value:
    if value is None:
        return None
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool) and datum.kind.name in _NUMBERS:
        return value
    text = datum.show(value)
    return masking.in_file(datum.private, text) if mask and datum.private else text


def _width(value: Value) -> int:
    lines = ("" if value is None else str(value)).split("\n")
    return max(sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line) for line in lines)
