"""Which rows of a ledger hold a word: in a searched field, or in the name of a person they point at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from wuling_desktop.domain.kinds import CodeKind, LinkKind
from wuling_desktop.domain.texts import folded
from wuling_desktop.records import BY_NAME
from wuling_desktop.records.base import Record, fields_of, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable


def holds(record: type[Record], word: str) -> sa.ColumnElement[bool]:
    """Return the condition that a row holds every part of `word` (split at blanks) in one of its searched fields."""
    return sa.and_(*(sa.or_(*_conditions(record, part)) for part in folded(word).split()))


def _conditions(record: type[Record], part: str) -> Iterable[sa.ColumnElement[bool]]:
    table = table_of(record)
    yield sa.false()
    for each in fields_of(record):
        if not each.searched:
            continue
        column = table.c[each.key]
        if isinstance(each.kind, LinkKind):
            target = table_of(BY_NAME[each.kind.record])
            named = sa.select(target.c.id).where(target.c.name.contains(part, autoescape=True))
            yield column.in_(named)
        elif isinstance(each.kind, CodeKind):
            codes = [code.code for code in each.kind.table.codes if part in code.text]
            yield column.in_(codes)
        else:
            yield column.contains(part, autoescape=True)
