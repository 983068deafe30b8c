"""演示支部: an invented institute with a general branch, three branches and years of history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop import program_data
from wuling_desktop.domain.codes import OrganisationKind
from wuling_desktop.domain.kinds import Mention
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.problems import Problem
from wuling_desktop.records import (
    LEDGERS,
    Award,
    Committee,
    Department,
    Organisation,
    Person,
    Post,
    Term,
    Visit,
)
from wuling_desktop.records.base import Record, fields_of, table_of
from wuling_desktop.services import person_data
from wuling_desktop.services.person_writing import Draft, PersonWriter
from wuling_desktop.services.unit import DEMO_TODAY, UNIT_NAME, write_setting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from wuling_desktop.services.unit import Unit
    from wuling_desktop.storage.operations import Operation, Operations

_UNIT = "青江市教育科学研究所（演示）"
_TOP = "青江市教育科学研究所党总支（演示）"
_BRANCHES = ("第一党支部", "第二党支部", "第三党支部")
_TODAY = PartialDate(2026, 11, 24)
_ELECTED = {_TOP: PartialDate(2024, 6, 12), **dict.fromkeys(_BRANCHES, PartialDate(2024, 7, 5))}
_PEOPLE = {
    each.name: each for each in (*person_data.STORED, person_data.STANDING_READ, person_data.BRANCH_READ)
}


class Demo:
    """Fills a new data file with the demo branch; its today stands still with it."""

    def __init__(self, operations: Operations, unit: Unit) -> None:
        self._operations = operations
        self._unit = unit

    def fill(self, *, as_beginning: bool = False) -> dict[str, int]:
        """Write the demo into a file without people and return the number of living rows by ledger.

        As the beginning of a file to try the program on, it is nothing that Ctrl+Z would take back.
        """
        with self._operations.database.reading() as connection:
            if _count(connection, Person):
                raise Problem(
                    "没有装入演示支部：这个数据文件里已经有人员。",
                    "演示数据只装进空的数据文件，免得和真的混在一起；原来的数据没有动。",
                    "想看演示，请另建一个数据文件夹。",
                )
        today = _TODAY.first
        with self._operations.begin("装入演示支部", kind="found" if as_beginning else "do") as (operation, _):
            write_setting(operation, UNIT_NAME, _UNIT)
            write_setting(operation, DEMO_TODAY, str(_TODAY))
            self._organisations(operation)
            ids = _people(operation, today)
            _ledger(operation, Visit, "visits", ids, today)
            _ledger(operation, Award, "awards", ids, today)
            _posts(operation)
        with self._operations.database.reading() as connection:
            return {record.__tablename__: _count(connection, record) for record in LEDGERS}

    @staticmethod
    def _organisations(operation: Operation) -> None:
        """Turn the organisation that `init` made into the general branch and hang three branches under it."""
        table = table_of(Organisation)
        query = sa.select(table.c.id).where(table.c.removed_at.is_(None)).order_by(table.c.id)
        top = operation.connection.execute(query).scalars().first()
        facts = {"name": _TOP, "kind": OrganisationKind.GENERAL_BRANCH, "founded_on": PartialDate(2009, 5)}
        if top is None:
            (top,) = operation.add(Organisation, [facts])
        else:
            operation.change(Organisation, top, facts)
        rows = [
            {"name": name, "kind": OrganisationKind.BRANCH, "parent": top, "founded_on": PartialDate(2012, 3)}
            for name in _BRANCHES
        ]
        ids = [top, *operation.add(Organisation, rows)]
        committees = operation.add(Committee, [{"organisation": id_} for id_ in ids])
        terms = [
            {"committee": committee, "number": "第五届", "elected_on": elected}
            for committee, elected in zip(committees, _ELECTED.values(), strict=True)
        ]
        operation.add(Term, terms)


def _people(operation: Operation, today: dt.date) -> dict[str, int]:
    rows = [_read(_PEOPLE, row, today) for row in program_data.demo_rows("people")]
    ids = PersonWriter(operation).add([Draft(row, source="演示") for row in rows])
    return {row["person.name"]: id_ for row, id_ in zip(rows, ids, strict=True)}


def _ledger(
    operation: Operation, record: type[Record], table: str, ids: Mapping[str, int], today: dt.date
) -> None:
    fields = {each.name: each for each in fields_of(record)}
    rows = []
    for row in program_data.demo_rows(table):
        values = _read(fields, row, today)
        rows.append(
            {
                name.partition(".")[2]: ids[value.text] if isinstance(value, Mention) else value
                for name, value in values.items()
            }
        )
    operation.add(record, rows)


def _posts(operation: Operation) -> None:
    """Record each 岗位 with its department and holder, as the people's own data say."""
    person, department = table_of(Person), table_of(Department)
    query = sa.select(
        person.c.id, person.c.post, person.c.department, person.c.position, department.c.name
    ).join(department, department.c.id == person.c.department)
    rows = [
        {
            "name": row.post,
            "department": row.department,
            "holder": row.id,
            "leading": row.position is not None,
        }
        for row in operation.connection.execute(query.where(person.c.post.isnot(None)).order_by(person.c.id))
    ]
    operation.add(Post, rows)


def _read(fields: Mapping[str, Any], row: Mapping[str, str], today: dt.date) -> dict[str, Any]:
    return dict(_values(fields, row, today))


def _values(fields: Mapping[str, Any], row: Mapping[str, str], today: dt.date) -> Iterable[tuple[str, Any]]:
    for name, raw in row.items():
        reading = fields[name].read(raw, today) if raw else None
        if reading is not None:
            yield name, reading.value


def _count(connection: sa.Connection, record: type[Record]) -> int:
    table = table_of(record)
    query = sa.select(sa.func.count()).select_from(table).where(table.c.removed_at.is_(None))
    return int(connection.execute(query).scalar_one())
