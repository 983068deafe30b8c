"""The one file that joins described fields to SQLAlchemy."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from wuling_desktop.domain.fields import Field, Private

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from wuling_desktop.domain.readings import Complaint

# Names for every constraint from the first day: SQLite's batch migrations can drop only what has a name.
_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Record(DeclarativeBase):
    """A row of a ledger; what a table needs to know beside its fields is said by the class attributes."""

    metadata = sa.MetaData(naming_convention=_NAMING)
    ledger: ClassVar[str]  # the ledger's name on screen and paper
    noun: ClassVar[str]  # what one row is called in the name of an operation
    icon: ClassVar[str] = "notebook"  # its drawing in the navigation, from resources/icons
    table_shows: ClassVar[tuple[str, ...]]
    plain: ClassVar[bool] = (
        False  # a plain ledger gets its page, form, importer and exporter from its fields alone
    )

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-3)
    version: Mapped[int] = mapped_column(default=1, sort_order=100)
    removed_at: Mapped[str | None] = mapped_column(sa.String(32), sort_order=101)


def field(
    label: str,
    *,
    headings: tuple[str, ...] = (),
    beside: tuple[tuple[str, str], ...] = (),
    searched: bool = False,
    private: Private | None = None,
    expected: bool = False,
    rule: Callable[[Any, dt.date], Complaint | None] | None = None,
) -> Mapped[Any]:
    """Return a described column; its type and whether it is required are said once, by the annotation."""
    facts = {
        "label": label,
        "headings": headings,
        "beside": beside,
        "searched": searched,
        "private": private,
        "expected": expected,
    }
    return mapped_column(info={**facts, "rule": rule})


def table_of(record: type[Record]) -> sa.Table:
    """Return the table of a record; the declarative base types it only as a from-clause."""
    return cast("sa.Table", record.__table__)


@cache
def fields_of(record: type[Record]) -> tuple[Field, ...]:
    """Return the described fields of a record in the order of their declaration."""
    return tuple(
        Field(record=record.__tablename__, key=column.key, required=not column.nullable, **column.info)
        for column in table_of(record).columns
        if "label" in column.info
    )


@cache
def field_of(record: type[Record], key: str) -> Field:
    """Return one described field; KeyError where the record has none of that name."""
    for each in fields_of(record):
        if each.key == key:
            return each
    raise KeyError(key)


def living_unique(*columns: str, name: str, only: str = "") -> sa.Index:
    """Return a uniqueness that holds among living rows, and where `only` (SQL) is true."""
    where = sa.text("removed_at IS NULL" + (f" AND {only}" if only else ""))
    return sa.Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)
