"""导出与打印: the built-in forms filled from the records, and plain lists of what a table shows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from wuling_desktop import paths
from wuling_desktop.domain import masking
from wuling_desktop.domain.kinds import Link
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange import picture
from wuling_desktop.exchange.forms import fill_form
from wuling_desktop.exchange.forms.write_workbook import write_table
from wuling_desktop.services import person_data
from wuling_desktop.services.people import Row, Who
from wuling_desktop.services.person_groups import LEAVING, MEMBERS
from wuling_desktop.services.shown_table import fill_shown, write_shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from wuling_desktop.domain.fields import Datum, Private
    from wuling_desktop.exchange.forms.fill_form import FilledWorkbook, Form
    from wuling_desktop.exchange.forms.form_text import Value
    from wuling_desktop.services.attachments import Attachments
    from wuling_desktop.services.ledgers import Ledgers
    from wuling_desktop.services.people import People
    from wuling_desktop.services.shown_table import ShownTable
    from wuling_desktop.services.unit import Unit

    Hide = Callable[[Private | None, str], str]  # how a private text is shown

# The forms in the order of the page; each a blank of its name in resources/forms/, of people unless a ledger is named.
FORMS = {
    "roster_general": "",
    "roster_staff": "",
    "member_form": "",
    "transfer_letter": "",
    "visits": "visit",
}
# Whom a form is filled for where nobody is named, if not the members.
_GROUPS = {"transfer_letter": LEAVING}
_NOT_DATA = frozenset({"index", "count"})
_PHOTO = "person.photo"
_BRANCH, _BRANCH_IN_FULL = "branch.name", "branch.in_full"  # the second with the unit, as outsiders are told


@dataclass(frozen=True, slots=True)
class FormInfo:
    """A built-in form: `scope` is list (a row per subject) or person (a page per person).

    `group` is the one of `GROUPS` it is filled for where nobody is named.
    """

    name: str
    title: str
    scope: str
    ledger: str
    group: str

    @property
    def of_members(self) -> bool:
        """Whether it can be filled for any members, and without names for all of them."""
        return not self.ledger and self.group == MEMBERS


class Exporting:
    """Fills forms and lists; writes files and changes no record."""

    def __init__(self, unit: Unit, people: People, ledgers: Ledgers, attachments: Attachments) -> None:
        self._unit = unit
        self._people = people
        self._ledgers = ledgers
        self._attachments = attachments

    def forms(self) -> list[FormInfo]:
        """Return the built-in forms."""
        return list(built_in_forms())

    def fill(
        self,
        name: str,
        *,
        as_of: dt.date,
        people: Sequence[int] | None = None,
        mask: bool = False,
        hide: Hide = masking.in_file,
    ) -> FilledWorkbook:
        """Return a form filled for its group, or for the people named; ages and counts are those of `as_of`.

        A form that is only looked at hides as the screen does.
        """
        form = _load(name)
        if FORMS[name]:
            datums, rows = self._ledger_rows(FORMS[name])
            if people is not None:
                rows = [row for row in rows if _speaks_of(datums, row, people)]
        else:
            who = Who(_group(name)) if people is None else Who("all", ids=tuple(people))
            asked = form.tokens | ({_BRANCH} if _BRANCH_IN_FULL in form.tokens else set())
            datums = [person_data.named(token) for token in sorted(asked) if _is_person_datum(token)]
            rows = self._people.rows(datums, who, as_of)
        shown = [
            {
                datum.name: _form_value(datum, value, hide if mask else None)
                for datum, value in zip(datums, row.values, strict=True)
            }
            for row in rows
        ]
        unit = self._unit.name()  # read once, not with every person
        for given in shown:
            if branch := given.get(_BRANCH):
                given[_BRANCH_IN_FULL] = _in_full(unit, branch)
        if _PHOTO in form.tokens:
            for row, given in zip(rows, shown, strict=True):
                photo = self._attachments.photo(row.id)
                given[_PHOTO] = picture.picture_of(photo) if photo else None
        return fill_form.fill(form, self._heading(as_of, len(rows)), shown)

    def fill_shown(self, shown: ShownTable, *, as_of: dt.date, mask: bool = False) -> FilledWorkbook:
        """Return a table as it stands on the screen, for pages and for the workbook beside them."""
        return fill_shown(shown, self._heading(as_of, len(shown.rows)), mask=mask)

    def write_shown(self, path: Path, shown: ShownTable, *, mask: bool = False) -> int:
        """Write a table as it stands on the screen and return the number of its rows."""
        return write_shown(path, shown, self._heading(self._unit.today(), len(shown.rows)), mask=mask)

    def _heading(self, as_of: dt.date, count: int) -> dict[str, Value]:
        return {
            "unit.name": self._unit.name(),
            "branch.name": self._unit.title(),
            "as_of": PartialDate.of(as_of),
            "today": PartialDate.of(self._unit.today()),
            "demo": "演示" if self._unit.is_demo() else "",
            "count": count,
        }

    def write(
        self,
        name: str,
        path: Path,
        *,
        as_of: dt.date,
        people: Sequence[int] | None = None,
        mask: bool = False,
    ) -> int:
        """Write a filled form as a workbook and return the number of its rows."""
        filled = self.fill(name, as_of=as_of, people=people, mask=mask)
        fill_form.write(filled, path)
        return filled.rows

    def write_ledger(self, path: Path, ledger: str, *, word: str = "") -> int:
        """Write a plain ledger as a workbook whose headings the importer knows; return the number of its rows."""
        found = next(each for each in self._ledgers.ledgers() if each.name == ledger)
        rows = self._ledgers.in_view(ledger, self._ledgers.rows(ledger, word))
        subtitle = f"{self._unit.name()}　截止日期：{self._unit.today()}　共 {len(rows)} 条"
        if self._unit.is_demo():
            subtitle += "　演示"
        values = [row.values for row in rows]
        write_table(path, title=found.title, subtitle=subtitle, datums=found.fields, rows=values)
        return len(rows)

    def _ledger_rows(self, ledger: str) -> tuple[Sequence[Datum], list[Row]]:
        found = next(each for each in self._ledgers.ledgers() if each.name == ledger)
        return found.fields, self._ledgers.in_view(ledger, self._ledgers.rows(ledger))


@cache
def built_in_forms() -> tuple[FormInfo, ...]:
    """Return what is known of every built-in form; they come with the program and stay as they are while it runs."""
    loaded = ((name, ledger, _load(name)) for name, ledger in FORMS.items())
    return tuple(
        FormInfo(name, form.title, form.scope, ledger, _group(name)) for name, ledger, form in loaded
    )


def _load(name: str) -> Form:
    if name not in FORMS:
        raise Problem(f"没有叫“{name}”的表。", "内置的表里没有它。", "可用 forms 查看有哪些表。")
    return fill_form.load_form(paths.resources() / "forms" / f"{name}.xlsx")


def _group(name: str) -> str:
    return _GROUPS.get(name, MEMBERS)


def _in_full(unit: str, branch: str) -> str:
    """Return a branch's name with the unit's before it, unless it begins with it anyway."""
    return branch if branch.startswith(unit) else f"{unit}{branch}"


def _speaks_of(datums: Sequence[Datum], row: Row, people: Collection[int]) -> bool:
    """Whether an entry of a ledger is about one of these people."""
    return any(
        isinstance(value, Link) and value.id in people and datum.kind.name == "link:person"
        for datum, value in zip(datums, row.values, strict=True)
    )


def _is_person_datum(token: str) -> bool:
    return token not in _NOT_DATA and any(datum.name == token for datum in person_data.ALL)


def _form_value(datum: Datum, value: Any, hide: Hide | None) -> Any:
    """Return a value as a form takes it: dates for the form's own pattern, numbers to count with; all else as shown."""
    if value is None or isinstance(value, PartialDate):
        return value
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return value
    shown = value.text if isinstance(value, Link) else datum.show(value)
    return hide(datum.private, shown) if hide is not None and datum.private else shown
