"""Which rows hang on a person: told by the described fields alone, so that no new ledger is ever forgotten."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from wuling_desktop.domain.kinds import LinkKind
from wuling_desktop.records import LEDGERS, Person
from wuling_desktop.records.base import fields_of

if TYPE_CHECKING:
    from wuling_desktop.domain.fields import Field
    from wuling_desktop.records.base import Record

OWN = "person"  # the field by which a row is about a person; other links only name one


@cache
def links() -> tuple[tuple[type[Record], Field], ...]:
    """Return every field of every ledger that points at a person."""
    return tuple(
        (record, each)
        for record in LEDGERS
        for each in fields_of(record)
        if isinstance(each.kind, LinkKind) and each.kind.record == Person.__tablename__
    )


@cache
def about() -> tuple[type[Record], ...]:
    """Return the ledgers whose rows are each about one person."""
    return tuple(record for record, each in links() if each.key == OWN)
