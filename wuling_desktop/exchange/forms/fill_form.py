"""A blank filled with records: a list gets a row for each, a form for one person a sheet for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from wuling_desktop.exchange.forms import splice
from wuling_desktop.exchange.forms.blank import read_blank
from wuling_desktop.exchange.forms.filled_sheet import FilledSheet
from wuling_desktop.exchange.forms.repeated_rows import INDEX
from wuling_desktop.exchange.forms.row_insertion import Insertion
from wuling_desktop.exchange.forms.tab_names import tab_name
from wuling_desktop.exchange.picture import Picture
from wuling_desktop.exchange.reading.file_kind import damaged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wuling_desktop.exchange.forms.blank import Blank, BlankSheet
    from wuling_desktop.exchange.forms.form_text import Given
    from wuling_desktop.exchange.pages.sheet_styles import Styles

LIST, PERSON = "list", "person"
_ON_THE_TAB = "person.name"
_COUNT = "count"


@dataclass(frozen=True, slots=True)
class Form:
    """A blank with our tokens; `scope` is list where a cell holds {index}, else person."""

    blank: Blank

    @property
    def title(self) -> str:
        """What the form is called: the title in the properties of the workbook."""
        return self.blank.title

    @property
    def scope(self) -> str:
        """Whether the records are rows (list) or sheets (person)."""
        return LIST if any(sheet.repeated for sheet in self.blank.sheets) else PERSON

    @property
    def tokens(self) -> frozenset[str]:
        """The names of the data asked for."""
        return self.blank.tokens


class FilledWorkbook:
    """A form with its records; sheets are filled row by row as they are read."""

    def __init__(
        self, form: Form, heading: Mapping[str, Given], records: Sequence[Mapping[str, Given]]
    ) -> None:
        self.blank = form.blank
        self.rows = len(records)
        self._heading = {_COUNT: len(records), **heading}
        self._records = records
        sheets = form.blank.sheets
        self.every: tuple[FilledSheet, ...] = (
            tuple(self._listed(sheet) for sheet in sheets)
            if form.scope == LIST
            else tuple(self._one_each(sheets))
        )
        # A formula of the blank knows a sheet by its old name and then means the first made of it.
        self._by_name = {sheet.blank.name.casefold(): sheet for sheet in reversed(self.every)}
        self._by_name |= {sheet.name.casefold(): sheet for sheet in self.every}

    @property
    def sheets(self) -> tuple[FilledSheet, ...]:
        """The sheets that are seen, in the order of their tabs."""
        return tuple(sheet for sheet in self.every if not sheet.blank.hidden)

    @property
    def styles(self) -> Styles:
        """The blank's styles."""
        return self.blank.styles

    @property
    def moves(self) -> bool:
        """Whether rows were put in or sheets made, so that references have to follow."""
        return any(sheet.insertion.added or sheet.name != sheet.blank.name for sheet in self.every)

    @cached_property
    def pictured(self) -> frozenset[str]:
        """The names of the data that are pictures in some record."""
        asked = self.blank.tokens
        return frozenset(
            name
            for name in asked
            if any(isinstance(given.get(name), Picture) for given in (self._heading, *self._records))
        )

    def named(self, name: str) -> FilledSheet | None:
        """Return the sheet a formula means."""
        return self._by_name.get(name.casefold())

    def value(self, name: str, record: int) -> Given:
        """Return a datum: the record's own (-1 for none) before that of the heading."""
        if record >= 0:
            own = self._records[record]
            if name in own:
                return own[name]
            if name == INDEX:
                return record + 1
        return self._heading.get(name)

    def _listed(self, sheet: BlankSheet) -> FilledSheet:
        if sheet.repeated is None:
            return FilledSheet(self, sheet, sheet.name)
        list_ = sheet.repeated
        insertion = Insertion(list_.first, list_.height, list_.room, self.rows)
        return FilledSheet(self, sheet, sheet.name, insertion=insertion)

    def _one_each(self, sheets: Sequence[BlankSheet]) -> list[FilledSheet]:
        """Return a sheet for every record where the blank has one with tokens; the others stay single."""
        asking = [sheet for sheet in sheets if sheet.asks]
        taken = {sheet.name.casefold() for sheet in sheets if sheet not in asking}
        made = []
        for sheet in sheets:
            if sheet not in asking or not self._records:
                made.append(FilledSheet(self, sheet, sheet.name))
                continue
            for number, record in enumerate(self._records):
                wanted = str(record.get(_ON_THE_TAB) or f"{sheet.name} {number + 1}")
                if len(asking) > 1:
                    wanted += f" {sheet.name}"
                made.append(FilledSheet(self, sheet, tab_name(wanted, taken), record=number))
        return made


def load_form(path: Path) -> Form:
    """Return the form in a workbook; Problem where it cannot be read."""
    try:
        return Form(read_blank(path, path.stem))
    except etree.XMLSyntaxError as error:
        raise damaged("里面的内容断了一截") from error
    except ValueError as error:
        raise damaged("里面有的数字或位置读不出来") from error


def fill(form: Form, heading: Mapping[str, Given], shown: Sequence[Mapping[str, Given]]) -> FilledWorkbook:
    """Return the form filled: `shown` the data of each record by full name, `heading` those of the whole form."""
    return FilledWorkbook(form, heading, shown)


def write(filled: FilledWorkbook, path: Path) -> None:
    """Write a filled form as a workbook; Problem where the file cannot be written, and then nothing is."""
    splice.write(filled, path)
