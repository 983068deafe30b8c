"""What is searched: a narrow key per person, removed or not, kept beside the ledgers, and which rows of a ledger hold a word.

The tables `search_…` are made here and not by migrations, hold nothing that is not in the ledgers, and are written
anew where they are missing or not in step with the log: a file of an older program, a backup, a changed rule of keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from wuling_desktop import progress
from wuling_desktop.domain import name_keys
from wuling_desktop.domain.kinds import CodeKind, LinkKind
from wuling_desktop.domain.texts import folded
from wuling_desktop.records import BY_NAME, Person
from wuling_desktop.records.base import Record, fields_of, table_of
from wuling_desktop.storage.log import CHANGE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from wuling_desktop.storage.data import Data

_TABLES = sa.MetaData()
KEYS = sa.Table(
    "search_person",
    _TABLES,
    sa.Column("person", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("key", sa.Text, nullable=False),
)
_MADE = sa.Table(
    "search_made",
    _TABLES,
    sa.Column("edition", sa.String(40), nullable=False),  # of the rule by which the keys were made
    sa.Column("operation", sa.Integer),  # the latest one that touched a person
)
_BATCH = 500  # ids named in one IN (…)
WHOLE_ID = 5  # digits: more than the tail in a key, so the number itself is asked


class _Position(FunctionElement[int]):
    """Where a text first stands in another, counted from 1; 0 where it does not."""

    type = sa.Integer()
    inherit_cache = True


@compiles(_Position)
def _instr(element: Any, compiler: Any, **more: Any) -> str:
    return f"instr({compiler.process(element.clauses, **more)})"


@compiles(_Position, "postgresql")
def _strpos(element: Any, compiler: Any, **more: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **more)})"


# ── keeping the keys ──────────────────────────────────────────────────────────────────────────────────────────


def keep_in_step(database: Data) -> None:
    """Write the keys of an open data file anew where they are not those of its people."""
    with database.reading() as connection:
        stands = _in_step(connection)
    if not stands:
        with database.writing() as connection:
            rebuild(connection)


def rebuild(connection: sa.Connection) -> None:
    """Write all keys anew, whatever is there."""
    _TABLES.drop_all(connection)
    _TABLES.create_all(connection)
    _write(connection, None)
    connection.execute(sa.insert(_MADE), {"edition": name_keys.edition(), "operation": _latest(connection)})


def follow(connection: sa.Connection, people: Collection[int], operation: int) -> None:
    """Write the keys of the people that an operation touches, in its transaction."""
    if not sa.inspect(connection).has_table(_MADE.name):
        rebuild(connection)
    ids = sorted(people)
    for start in range(0, len(ids), _BATCH):
        progress.tell("已编检索", start, len(ids), "人")
        batch = ids[start : start + _BATCH]
        connection.execute(sa.delete(KEYS).where(KEYS.c.person.in_(batch)))
        _write(connection, batch)
    connection.execute(sa.update(_MADE).values(operation=operation))


def _write(connection: sa.Connection, ids: Sequence[int] | None) -> None:
    person = table_of(Person)
    query = sa.select(person.c.id, person.c.name, person.c.id_number, person.c.phone)
    if ids is not None:
        query = query.where(person.c.id.in_(ids))
    rows = [
        {"person": row.id, "key": name_keys.key_of(row.name, row.id_number, row.phone)}
        for row in connection.execute(query)
    ]
    if rows:
        connection.execute(sa.insert(KEYS), rows)


def _in_step(connection: sa.Connection) -> bool:
    tables = sa.inspect(connection)
    if not all(tables.has_table(table.name) for table in _TABLES.sorted_tables):
        return False
    made = connection.execute(sa.select(_MADE)).one_or_none()
    people = sa.select(sa.func.count()).select_from(table_of(Person))
    kept = sa.select(sa.func.count()).select_from(KEYS)
    return (
        made is not None
        and made.edition == name_keys.edition()
        and made.operation == _latest(connection)
        and connection.execute(kept).scalar() == connection.execute(people).scalar()
    )


def keys_of(connection: sa.Connection) -> int | None:
    """Return the operation whose people the keys are; another one has touched a person since."""
    return connection.execute(sa.select(_MADE.c.operation)).scalar()


def _latest(connection: sa.Connection) -> int | None:
    """Return the latest operation that touched a person."""
    touching = sa.select(CHANGE.c.operation).where(CHANGE.c.record == Person.__tablename__)
    return connection.execute(touching.order_by(CHANGE.c.id.desc()).limit(1)).scalar()


# ── asking ────────────────────────────────────────────────────────────────────────────────────────────────────


def _called(term: str) -> sa.ColumnElement[bool]:
    found = _Position(KEYS.c.key, term) > 0
    if len(term) < WHOLE_ID or not term[0].isdigit():
        return found
    person = table_of(Person)
    whole = sa.select(person.c.id).where(person.c.id_number.startswith(term.upper(), autoescape=True))
    return sa.or_(found, KEYS.c.person.in_(whole))


def holds(record: type[Record], word: str) -> sa.ColumnElement[bool]:
    """Return the condition that a row holds every part of `word` (split at blanks) in one of its searched fields."""
    return sa.and_(*(sa.or_(*_conditions(record, part)) for part in folded(word).split()))


def _conditions(record: type[Record], part: str) -> Iterable[sa.ColumnElement[bool]]:
    table = table_of(record)
    yield sa.false()
    if record is Person:
        yield _is_called(table.c.id, part)
    for each in fields_of(record):
        if not each.searched:
            continue
        column = table.c[each.key]
        if isinstance(each.kind, LinkKind) and each.kind.record == Person.__tablename__:
            yield _is_called(column, part)
        elif isinstance(each.kind, LinkKind):
            target = table_of(BY_NAME[each.kind.record])
            named = sa.select(target.c.id).where(target.c.name.icontains(part, autoescape=True))
            yield column.in_(named)
        elif isinstance(each.kind, CodeKind):
            codes = [code.code for code in each.kind.table.codes if part in code.text]
            yield column.in_(codes)
        else:
            yield column.icontains(part, autoescape=True)


def _is_called(column: sa.ColumnElement[Any], part: str) -> sa.ColumnElement[bool]:
    terms = name_keys.terms(part)
    if not terms:
        return sa.false()
    return column.in_(sa.select(KEYS.c.person).where(*(_called(term) for term in terms)))
