"""合并为一人: what is written when two records turn out to be one human being; nothing that hung on either is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain.development import MANY
from wuling_desktop.records import Attachment, Membership, Person, StepFact
from wuling_desktop.records.base import Record, fields_of, table_of
from wuling_desktop.services.person_links import OWN, links

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wuling_desktop.storage.operations import Operation


class Merger:
    """Works inside one open operation: first leaves the other record, then its rows move, then values are written.

    In that order a number or an open membership that both had is free before it is written again.
    """

    def __init__(self, operation: Operation, keep: int, other: int) -> None:
        self._operation = operation
        self._keep, self._other = keep, other

    def merge(self, values: Mapping[str, Any]) -> None:
        """Leave one person with the values given by full name, and with everything that hung on the other."""
        self._operation.remove(Person, [self._other])
        self._unite_memberships(_of("membership", values))
        self._unite_steps(_of("step_fact", values), _of("step_note", values))
        for record, field in links():
            self._move(record, field.key)
        self._move_files(Person, self._other, self._keep)
        self._operation.change(Person, self._keep, _of("person", values))

    def _unite_memberships(self, values: dict[str, Any]) -> None:
        """One human being has one open membership: the values chosen stand in the one that is kept."""
        mine, theirs = (self._open_membership(person) for person in (self._keep, self._other))
        if mine is not None and theirs is not None:
            self._leave(Membership, theirs, mine)
            self._operation.change(Membership, mine, values)

    def _open_membership(self, person: int) -> int | None:
        table = table_of(Membership)
        query = sa.select(table.c.id).where(
            table.c.person == person, table.c.removed_at.is_(None), table.c.out_on.is_(None)
        )
        return self._operation.connection.execute(query).scalar()

    def _unite_steps(self, days: dict[str, Any], notes: dict[str, Any]) -> None:
        """A step that happens once stands once."""
        mine, theirs = (self._steps(person) for person in (self._keep, self._other))
        for code in mine.keys() & theirs.keys():
            fact, on, note = mine[code]
            self._leave(StepFact, theirs[code][0], fact)
            self._operation.change(StepFact, fact, {"on": days.get(code, on), "note": notes.get(code, note)})

    def _steps(self, person: int) -> dict[str, tuple[int, Any, str | None]]:
        table = table_of(StepFact)
        query = sa.select(table).where(table.c.person == person, table.c.removed_at.is_(None))
        rows = self._operation.connection.execute(query.order_by(table.c.id)).mappings()
        return {row["code"]: (row["id"], row["on"], row["note"]) for row in rows if row["code"] not in MANY}

    def _move(self, record: type[Record], key: str) -> None:
        """Point every row of a ledger at the one who stays; a row that both have word for word stands once."""
        mine = {_content(record, row): row["id"] for row in self._rows(record, key, self._keep)}
        for row in self._rows(record, key, self._other):
            twin = mine.get(_content(record, row)) if key == OWN and row["removed_at"] is None else None
            if twin is None:
                self._operation.change(record, row["id"], {key: self._keep})
            else:
                self._leave(record, row["id"], twin)

    def _rows(self, record: type[Record], key: str, person: int) -> Sequence[sa.RowMapping]:
        table = table_of(record)
        query = sa.select(table).where(table.c[key] == person).order_by(table.c.id)
        return self._operation.connection.execute(query).mappings().all()

    def _leave(self, record: type[Record], row: int, stays: int) -> None:
        self._operation.remove(record, [row])
        self._move_files(record, row, stays)

    def _move_files(self, record: type[Record], row: int, stays: int) -> None:
        """Hand the files of a row that leaves to the one that stays; a photo only where that has none."""
        own = self._files(record, stays)
        has_photo = any(file["is_photo"] for file in own)
        contents = {file["sha256"] for file in own}
        for file in self._files(record, row):
            if file["sha256"] in contents:
                self._operation.remove(Attachment, [file["id"]])
                continue
            photo = None if has_photo else file["is_photo"]
            self._operation.change(Attachment, file["id"], {"owner_id": stays, "is_photo": photo})

    def _files(self, record: type[Record], row: int) -> Sequence[sa.RowMapping]:
        table = table_of(Attachment)
        query = sa.select(table).where(
            table.c.owner == record.__tablename__, table.c.owner_id == row, table.c.removed_at.is_(None)
        )
        return self._operation.connection.execute(query.order_by(table.c.id)).mappings().all()


def _of(record: str, values: Mapping[str, Any]) -> dict[str, Any]:
    parts = ((name.partition("."), value) for name, value in values.items())
    return {key: value for (owner, _, key), value in parts if owner == record}


def _content(record: type[Record], row: sa.RowMapping) -> tuple[str, ...]:
    own = (each for each in fields_of(record) if each.key != OWN)
    return (str(row["removed_at"]), *(repr(row[each.key]) for each in own))
