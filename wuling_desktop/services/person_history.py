"""变更记录: what was changed about one person, over every record that hangs on them, and 恢复这个值."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain import masking
from wuling_desktop.domain.development import STEP_FACT
from wuling_desktop.domain.kinds import Link, LinkKind
from wuling_desktop.domain.problems import Problem
from wuling_desktop.records import BY_NAME, Attachment, Person, StepFact
from wuling_desktop.records.base import Record, field_of, fields_of, table_of
from wuling_desktop.services.changes import changes_of
from wuling_desktop.services.person_links import OWN, about
from wuling_desktop.storage.log import CHANGE, OPERATION, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wuling_desktop.domain.fields import Field
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.storage.operations import Operations

_BATCH = 500  # ids named in one IN (…)
_ACTS = {"add": "新增", "remove": "撤销录入", "restore": "放回"}


@dataclass(frozen=True, slots=True)
class Change:
    """One line: texts as shown, private ones masked; `restorable` where the old value is another than now's."""

    id: int
    at: dt.datetime
    clerk: str
    operation: str
    label: str
    old: str
    new: str
    restorable: bool


class PersonHistory:
    """Reads the log for one person; restoring is an operation like any other."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    def of(self, person: int) -> list[Change]:
        """Return every change about a person, newest first."""
        with self._operations.database.reading() as connection:
            return _Reader(connection, person).changes()

    def restore(self, person: int, change: int) -> Changes:
        """恢复这个值: write back what stood there before a change, or put a row back that was taken away."""
        with self._operations.database.reading() as connection:
            reader = _Reader(connection, person)
            found = next((each for each in reader.changes() if each.id == change), None)
            if found is None or not found.restorable:
                raise Problem(
                    "没有恢复：这里没有可恢复的旧值。",
                    "现在就是那个值，或那一条录入已经撤销；数据没有动。",
                    "请在变更记录里另选一行。",
                )
            row = reader.row(change)
            name = reader.name()
        record = BY_NAME[row["record"]]
        with self._operations.begin(f"恢复 {name} 的{found.label}") as (operation, outcome):
            if row["act"] == "remove":
                operation.restore(record, [row["row"]])
            else:
                kind = field_of(record, row["field"]).kind
                operation.change(record, row["row"], {row["field"]: kind.load(json.loads(row["old"]))})
        return changes_of(outcome.written)


class _Reader:
    """One look at the log and at the rows it speaks of."""

    def __init__(self, connection: sa.Connection, person: int) -> None:
        self._connection, self._person = connection, person
        self._names: dict[str, dict[int, str]] = {}
        self._rows: dict[tuple[str, int], sa.RowMapping] = {}
        for record, ids in self._own():
            table = table_of(record)
            for batch in _batches(sorted(ids)):
                for row in connection.execute(sa.select(table).where(table.c.id.in_(batch))).mappings():
                    self._rows[record.__tablename__, row["id"]] = row

    def changes(self) -> list[Change]:
        """Return the lines, newest first."""
        return [self._line(row) for row in self._log()]

    def row(self, change: int) -> sa.RowMapping:
        """Return one change as it was logged."""
        return self._connection.execute(sa.select(CHANGE).where(CHANGE.c.id == change)).mappings().one()

    def name(self) -> str:
        """Return the person's name."""
        row = self._rows.get((Person.__tablename__, self._person))
        return "" if row is None else str(row["name"])

    def _own(self) -> Iterator[tuple[type[Record], set[int]]]:
        """Yield the rows about the person: those of now, and those that were until a merge moved them."""
        yield Person, {self._person}
        for record in about():
            table, name = table_of(record), record.__tablename__
            ids = set(
                self._connection.execute(sa.select(table.c.id).where(table.c[OWN] == self._person)).scalars()
            )
            before = sa.select(CHANGE.c.row).where(
                CHANGE.c.record == name, CHANGE.c.field == OWN, CHANGE.c.old == plain(self._person)
            )
            yield record, ids | set(self._connection.execute(before).scalars())
        files = table_of(Attachment)
        mine = sa.select(files.c.id).where(
            files.c.owner == Person.__tablename__, files.c.owner_id == self._person
        )
        yield Attachment, set(self._connection.execute(mine).scalars())

    def _log(self) -> list[sa.RowMapping]:
        by_record: dict[str, list[int]] = {}
        for name, id_ in self._rows:
            by_record.setdefault(name, []).append(id_)
        query = sa.select(
            CHANGE, OPERATION.c.at, OPERATION.c.clerk, OPERATION.c.name.label("operation_name")
        ).join(OPERATION, OPERATION.c.id == CHANGE.c.operation)
        found: list[sa.RowMapping] = []
        for name, ids in by_record.items():
            for batch in _batches(sorted(ids)):
                rows = self._connection.execute(query.where(CHANGE.c.record == name, CHANGE.c.row.in_(batch)))
                found.extend(rows.mappings())
        return sorted(found, key=lambda row: row["id"], reverse=True)

    def _line(self, row: sa.RowMapping) -> Change:
        record = BY_NAME[row["record"]]
        stored = self._rows[row["record"], row["row"]]
        if row["act"] == "change":
            each = field_of(record, row["field"])
            old, new = (self._text(each, json.loads(row[side])) for side in ("old", "new"))
            label = self._label(record, stored, each)
            now = plain(each.kind.dump(stored[each.key]))
            restorable = each.key != OWN and stored["removed_at"] is None and now != row["old"]
        else:
            label = self._label(record, stored, None)
            told, act = self._summary(record, stored), _ACTS[row["act"]]
            old, new = (told, act) if row["act"] == "remove" else ("", f"{act}　{told}".strip("　"))
            restorable = row["act"] == "remove" and record is not Person and stored["removed_at"] is not None
        return Change(
            row["id"],
            dt.datetime.fromisoformat(row["at"]).astimezone(),
            row["clerk"],
            row["operation_name"],
            label,
            old,
            new,
            restorable,
        )

    def _label(self, record: type[Record], stored: sa.RowMapping, field: Field | None) -> str:
        if record is StepFact:
            step = STEP_FACT.text(stored["code"])
            return step if field is None or field.key == "on" else f"{step}·{field.label}"
        if field is None:
            return record.noun
        own = record is Person or record.__tablename__ == "membership"
        return field.label if own else f"{record.noun}·{field.label}"

    def _summary(self, record: type[Record], stored: sa.RowMapping) -> str:
        """Return what tells a row from others of its ledger."""
        if record is Person:
            return ""
        shown = [field_of(record, key) for key in record.table_shows if key not in (OWN, "code")]
        texts = (self._text(each, each.kind.dump(stored[each.key])) for each in shown)
        return "　".join(filter(None, texts))

    def _text(self, field: Field, value: Any) -> str:
        if value is None:
            return ""
        loaded = field.kind.load(value)
        if isinstance(field.kind, LinkKind):
            loaded = Link(value, self._named(field.kind.record).get(value, ""))
        return masking.on_screen(field.private, field.show(loaded)).replace("\n", " ")

    def _named(self, record: str) -> dict[int, str]:
        """Return the names that links to a record are shown by; a record without names has none."""
        if record not in self._names:
            table = table_of(BY_NAME[record])
            has_name = any(each.key == "name" for each in fields_of(BY_NAME[record]))
            rows = self._connection.execute(sa.select(table.c.id, table.c.name)) if has_name else ()
            self._names[record] = {row.id: row.name for row in rows}
        return self._names[record]


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
