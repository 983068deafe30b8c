"""One sheet of a filled form: its rows made as they are asked for, its formulas moved and computed."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from wuling_desktop.exchange import places
from wuling_desktop.exchange.forms import form_text, formula_text, formula_value
from wuling_desktop.exchange.forms.filled import FilledCell
from wuling_desktop.exchange.forms.formula_functions import UnknownError
from wuling_desktop.exchange.forms.row_insertion import Insertion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lxml import etree

    from wuling_desktop.exchange.forms.blank import BlankCell, BlankSheet
    from wuling_desktop.exchange.forms.fill_form import FilledWorkbook
    from wuling_desktop.exchange.forms.form_text import FormText, Given, Value
    from wuling_desktop.exchange.forms.formula_functions import Result
    from wuling_desktop.exchange.forms.formula_text import Reference
    from wuling_desktop.exchange.places import Area

NOTHING_INSERTED = Insertion(places.LAST_ROW + 1, 1, 0, 0)
_DEEPEST = 25  # formulas that wait for each other
_NO_CELLS: Mapping[int, BlankCell] = {}


class _Row(NamedTuple):
    """One row while it is filled: where its looks (`own`) and its words (`model`, of a record) come from."""

    number: int
    source: int
    own: Mapping[int, BlankCell]
    model_row: int
    model: Mapping[int, BlankCell]
    value_of: Callable[[str], Given]

    def told(self, column: int) -> tuple[int, BlankCell | None, int]:
        """Return the style of a cell, the blank's cell whose words it takes, and the row of that one."""
        own = self.own.get(column)
        model = self.model.get(column)
        if model is not None and (own is None or not model.empty):
            return (model if own is None else own).style, model, self.model_row
        return 0 if own is None else own.style, own, self.source


class FilledSheet:
    """A sheet of the blank with records: in its repeated rows, or with one record (`record`) all over it."""

    def __init__(
        self,
        book: FilledWorkbook,
        blank: BlankSheet,
        name: str,
        *,
        record: int = -1,
        insertion: Insertion = NOTHING_INSERTED,
    ) -> None:
        self.blank = blank
        self.name = name
        self.insertion = insertion
        self._book = book
        self._record = record
        self._results: dict[tuple[int, int], Value] = {}
        self._unknown: set[tuple[int, int]] = (
            set()
        )  # cells whose formula is not computed: nor is what builds on them
        self._waiting: set[tuple[int, int]] = set()

    @property
    def root(self) -> etree._Element:
        """The blank's own sheet."""
        return self.blank.root

    @property
    def last_row(self) -> int:
        """The last row that holds or frames something."""
        return self.insertion.target(self.blank.last[0] + 1) - 1

    @property
    def last_column(self) -> int:
        """The last column that holds or frames something."""
        return self.blank.last[1]

    @cached_property
    def merges(self) -> Sequence[Area]:
        """The merged cells."""
        return [moved for area in self.blank.merges for moved in self.insertion.merges(area)]

    @property
    def print_area(self) -> Area | None:
        """What is printed; None for all."""
        area = self.blank.print_area
        return None if area is None else next(self.insertion.areas(area))

    @property
    def title_rows(self) -> tuple[int, int] | None:
        """The rows repeated on every page."""
        rows = self.blank.title_rows
        return None if rows is None else (self.insertion.target(rows[0]), self.insertion.target(rows[1]))

    @cached_property
    def breaks(self) -> Sequence[int]:
        """The rows after which a page ends by hand."""
        return [self.broken_after(row) for row in self.blank.breaks]

    def broken_after(self, row: int) -> int:
        """Return where a page break of the blank goes: with the row that follows it."""
        return self.insertion.target(row + 1) - 1

    def source_row(self, row: int) -> int:
        """Return the blank's row that lends its height."""
        return self.insertion.source(row).row

    def row_look(self, row: int) -> Mapping[str, str]:
        """Return the attributes of the row as the blank has them; empty where it has none."""
        found = self.blank.rows.get(self.source_row(row))
        return {} if found is None else found.look

    def cells(self, row: int) -> Mapping[int, FilledCell]:
        """Return the cells of a row by column, styled empty ones too."""
        at = self._row(row)
        return {column: self._cell(at, column) for column in sorted({*at.own, *at.model})}

    @property
    def pictured_rows(self) -> Iterator[int]:
        """The rows in which a picture may stand."""
        pictured = self._book.pictured
        for row in range(1, self.last_row + 1) if pictured else ():
            at = self._row(row)
            if any(pictured & _asked(cell) for cell in (*at.own.values(), *at.model.values())):
                yield row

    def move(self, ref: Reference) -> Reference:
        """Return a reference of a formula, a name or a rule, moved to where its cells are now."""
        sheet = self._meant(ref)
        if sheet is None:
            return ref
        return dataclasses.replace(sheet.insertion.moved(ref), sheet=sheet.name if ref.sheet else "")

    def _meant(self, ref: Reference) -> FilledSheet | None:
        """Return the sheet a formula of the blank speaks of: its own by whatever name, or another."""
        if not ref.sheet or ref.sheet.casefold() == self.blank.name.casefold():
            return self
        return self._book.named(ref.sheet)

    def _row(self, number: int) -> _Row:
        source = self.insertion.source(number)
        record, model_row = source.record, source.row
        if record >= 0:
            model_row = self.insertion.token_row(number)
        elif not self.insertion.holds(number):
            record = self._record
        return _Row(
            number,
            source.row,
            self._blank_row(source.row),
            model_row,
            self._blank_row(model_row) if source.record >= 0 else _NO_CELLS,
            lambda name: self._book.value(name, record),
        )

    def _blank_row(self, number: int) -> Mapping[int, BlankCell]:
        row = self.blank.rows.get(number)
        return _NO_CELLS if row is None else row.cells

    def _cell(self, at: _Row, column: int) -> FilledCell:
        style, told, source = at.told(column)
        if told is None:
            return FilledCell(style)
        if told.text is not None:
            if self._book.pictured and (picture := form_text.picture(told.text, at.value_of)):
                return FilledCell(style, picture=picture)
            value = form_text.filled(told.text, at.value_of)
            return FilledCell(style, value, self._runs(told.text, style, at) if told.text.varied else ())
        if told.formula:
            formula = self._moved_formula(told.formula, source, at.number)
            return FilledCell(style, self._result(at.number, column), formula=formula)
        return FilledCell(style, told.number)

    def _runs(self, text: FormText, style: int, at: _Row) -> tuple[tuple[str, str], ...]:
        styles = self._book.styles
        return tuple(
            (styles.struck(run.look, styles.of(style)) if run.struck else run.look, run.text)
            for run in form_text.filled_runs(text, at.value_of)
        )

    def _moved_formula(self, formula: str, source: int, row: int) -> str:
        """Return a formula of the blank as it reads in its row here."""
        if not self.insertion.holds(row):
            return formula_text.moved(formula, self.move)

        def along(ref: Reference) -> Reference:
            if self._meant(ref) is not self:
                return self.move(ref)
            return dataclasses.replace(
                self.insertion.filled_down(ref, source, row), sheet=self.name if ref.sheet else ""
            )

        return formula_text.moved(formula, along)

    def _result(self, row: int, column: int) -> Value:
        """Return what the formula of a cell comes to; the rows above first, as a list often counts on from there."""
        if self.insertion.holds(row):
            above = row
            while (
                above,
                column,
            ) not in self._results and above - self.insertion.height >= self.insertion.first:
                above -= self.insertion.height
            for each in range(above, row, self.insertion.height):
                self._compute(each, column)
        return self._compute(row, column)

    def _compute(self, row: int, column: int) -> Value:
        place = (row, column)
        if place in self._results:
            return self._results[place]
        if place in self._waiting or len(self._waiting) >= _DEEPEST:
            raise UnknownError
        _, told, source = self._row(row).told(column)
        if told is None or not told.formula:
            return None
        self._waiting.add(place)
        try:
            value: Value = _shown(
                formula_value.value_of(self._moved_formula(told.formula, source, row), self._looked_up)
            )
        except UnknownError:
            value = None
            self._unknown.add(place)
        finally:
            self._waiting.discard(place)
        self._results[place] = value
        return value

    def _looked_up(self, ref: Reference) -> Sequence[Result]:
        sheet = self if not ref.sheet else self._book.named(ref.sheet)
        if sheet is None:
            raise UnknownError
        return list(sheet.results(ref.area))

    def results(self, area: Area) -> Iterator[Result]:
        """Yield what formulas see in an area, as far as the sheet reaches."""
        bottom, right = max(self.last_row, area.top), max(self.last_column, area.left)
        for row in range(area.top, min(area.bottom, bottom) + 1):
            at = self._row(row)
            for column in range(area.left, min(area.right, right) + 1):
                value = self._cell(at, column).value
                if (row, column) in self._unknown:
                    raise UnknownError
                yield Decimal(value) if isinstance(value, int) else _as_result(value)


def _asked(cell: BlankCell) -> frozenset[str]:
    return frozenset(token.name for token in cell.text.tokens) if cell.text else frozenset()


def _as_result(value: Value) -> Result:
    return value if value is None or isinstance(value, (Decimal, str)) else str(value)


def _shown(result: Decimal | str | bool) -> Value:  # noqa: FBT001 - a formula may come to a truth
    return str(result).upper() if isinstance(result, bool) else result
