"""Rows of a plain ledger against those stored: equal in what is required means the same entry."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.kinds import Link, LinkKind, Mention
from wuling_desktop.domain.readings import State
from wuling_desktop.domain.texts import from_cell
from wuling_desktop.exchange.reading.read_rows import read_rows
from wuling_desktop.services.import_plan import (
    Place,
    RowDiff,
    RowProblem,
    columns_by_datum,
    differences,
    hold_repeats,
    take_values,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from wuling_desktop.domain.fields import Field
    from wuling_desktop.exchange.reading.read_rows import RowRead
    from wuling_desktop.exchange.reading.tables import FoundTable


class LedgerPlan:
    """Plans the import of tables of one ledger; `links` holds what each link field may point at."""

    def __init__(
        self,
        fields: Sequence[Field],
        stored: Mapping[int, Mapping[str, Any]],
        links: Mapping[str, Sequence[Link]],
    ) -> None:
        self._datums = {each.name: each for each in fields}
        self._required = [each.name for each in fields if each.required]
        self._links: dict[str, dict[str, list[Link]]] = {}
        for name, targets in links.items():
            by_text: dict[str, list[Link]] = defaultdict(list)
            for link in targets:
                by_text[link.text].append(link)
            self._links[name] = by_text
        self._stored: dict[object, tuple[int, Mapping[str, Any]]] = {}
        for id_, values in stored.items():
            self._stored.setdefault(self._key(values), (id_, values))

    def plan(self, tables: Sequence[FoundTable], today: dt.date) -> list[RowDiff]:
        """Return one plan per row of the tables."""
        rows = [self._row(table, read, today) for table in tables for read in read_rows(table, today)]
        hold_repeats(rows, lambda row: self._key(row.values))
        return rows

    def missing(self, rows: Iterable[RowDiff]) -> tuple[Link, ...]:
        """Return the entries stored that the file does not hold; they are left alone."""
        named = {row.subject for row in rows}
        return tuple(
            Link(id_, self._title(values)) for id_, values in self._stored.values() if id_ not in named
        )

    def _row(self, table: FoundTable, read: RowRead, today: dt.date) -> RowDiff:  # noqa: ARG002 - read on that day
        columns = columns_by_datum(table)
        values, problems = take_values(read, read.readings, columns, self._datums)
        place = Place(read.sheet, read.row)
        for name, value in list(values.items()):
            if isinstance(value, Mention):
                values[name] = self._linked(name, value, place, columns, problems)
        for name in self._required:
            if values.get(name) is None and not any(
                p.blocking and p.datum is self._datums[name] for p in problems
            ):
                found = from_cell(read.raw.get(name))
                label = self._datums[name].label
                reading = read.readings.get(name)
                told = reading.note if reading is not None and reading.state is not State.SURE else ""
                message = told or f"{label}不能为空"
                problems.append(
                    RowProblem(
                        place, columns.get(name, ""), self._datums[name], found, message, blocking=True
                    )
                )
        row = RowDiff(place, "new", self._title(values) or f"第 {read.row} 行", values, problems=problems)
        if any(problem.blocking for problem in problems):
            row.verdict = "held"
        elif self._key(values) in self._stored:
            row.subject, stored = self._stored[self._key(values)]
            row.cells = differences(values, stored, self._datums)
            row.verdict = "changed" if row.cells else "same"
        return row

    def _linked(
        self, name: str, value: Mention, place: Place, columns: Mapping[str, str], problems: list[RowProblem]
    ) -> Link | None:
        found = self._links[name].get(value.text, [])
        if len(found) == 1:
            return found[0]
        why = (
            f"有 {len(found)} 个“{value.text}”，分不清是谁"
            if found
            else f"名单里没有“{value.text}”，请先新增"
        )
        datum = self._datums[name]
        problems.append(
            RowProblem(place, columns.get(name, ""), datum, value.text, why, blocking=datum.required)
        )
        return None

    def _key(self, values: Mapping[str, Any]) -> object:
        told = [values.get(name) for name in self._required]
        return tuple(value.id if isinstance(value, Link) else str(value) for value in told)

    def _title(self, values: Mapping[str, Any]) -> str:
        shown = [self._datums[name].show(values.get(name)) for name in self._required]
        return " ".join(filter(None, shown))


def link_fields(fields: Iterable[Field]) -> list[tuple[Field, str]]:
    """Return the link fields of a ledger with the record each points at."""
    return [(each, each.kind.record) for each in fields if isinstance(each.kind, LinkKind)]
