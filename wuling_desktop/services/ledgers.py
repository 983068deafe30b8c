"""台账: any plain ledger, served from its described fields alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain.kinds import Link, LinkKind, Mention
from wuling_desktop.domain.problems import Problem
from wuling_desktop.records import BY_NAME, LEDGERS
from wuling_desktop.records.base import Record, field_of, fields_of, table_of
from wuling_desktop.services.cell_edits import Refusal, SavedMany, Sifted, hold_against, said, sift
from wuling_desktop.services.changes import Saved, changes_of
from wuling_desktop.services.choices import link_choices
from wuling_desktop.services.overtaken import NOTHING_SEEN, require_as_seen
from wuling_desktop.services.people import Row, read_typed, resolve
from wuling_desktop.services.person_facts import facts_of
from wuling_desktop.storage.search import holds

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from wuling_desktop.domain.fields import Field
    from wuling_desktop.services.cell_edits import CellEdit
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.storage.operations import Operations

_FEW = 500  # ids named in one IN (…); of more rows all names are read


@dataclass(frozen=True, slots=True)
class Ledger:
    """A plain ledger as a screen or a writer sees it."""

    name: str
    title: str
    noun: str
    icon: str
    fields: tuple[Field, ...]
    table_shows: tuple[Field, ...]


def ledger_of(record: type[Record]) -> Ledger:
    """Return the description of a plain ledger."""
    shown = tuple(field_of(record, key) for key in record.table_shows)
    return Ledger(record.__tablename__, record.ledger, record.noun, record.icon, fields_of(record), shown)


def described(name: str) -> Ledger:
    """Return the description of any ledger by its name, plain or not."""
    return ledger_of(BY_NAME[name])


class Ledgers:
    """Reads and writes the rows of plain ledgers; every change is one named operation."""

    def __init__(self, operations: Operations, unit: Unit) -> None:
        self._operations = operations
        self._unit = unit

    @staticmethod
    def ledgers() -> tuple[Ledger, ...]:
        """Return the plain ledgers in the order of the navigation."""
        return tuple(ledger_of(record) for record in LEDGERS if record.plain)

    def rows(
        self, name: str, word: str = "", fields: Sequence[Field] | None = None, newest: int = 0
    ) -> list[Row]:
        """Return the living rows that hold `word`, links with their texts, as entered or only the `newest` few."""
        record = BY_NAME[name]
        wanted = tuple(fields) if fields is not None else fields_of(record)
        table = table_of(record)
        query = sa.select(table).where(table.c.removed_at.is_(None))
        if word.strip():
            query = query.where(holds(record, word))
        if newest:
            days = [table.c[each.key] for each in fields_of(record) if each.kind.name == "day"][:1]
            query = query.order_by(*(day.desc().nulls_last() for day in days), table.c.id.desc()).limit(
                newest
            )
        else:
            query = query.order_by(table.c.id)
        with self._operations.database.reading() as connection:
            found = connection.execute(query).mappings().all()
            texts = {
                each.key: _texts(connection, each.kind, {row[each.key] for row in found})
                for each in wanted
                if isinstance(each.kind, LinkKind)
            }
        return [
            Row(row["id"], tuple(_shown(row[each.key], texts.get(each.key)) for each in wanted))
            for row in found
        ]

    def in_view(self, name: str, rows: Sequence[Row], fields: Sequence[Field] | None = None) -> list[Row]:
        """Leave out the rows that name nobody of the organisation looked at."""
        reach = self._unit.reach()
        wanted = tuple(fields) if fields is not None else fields_of(BY_NAME[name])
        places = [place for place, each in enumerate(wanted) if each.kind.name == "link:person"]
        if reach is None or not places:
            return list(rows)
        with self._operations.database.reading() as connection:
            people = facts_of(connection, self._unit.today())
        near = {
            id_ for id_, facts in people.items() if facts["branch.name"] and facts["branch.name"].id in reach
        }
        return [
            row for row in rows if any(row.values[place] and row.values[place].id in near for place in places)
        ]

    def values(self, name: str, id_: int) -> dict[str, Any]:
        """Return one row as {field key: value}."""
        fields = fields_of(BY_NAME[name])
        for row in self.rows(name):
            if row.id == id_:
                return {each.key: value for each, value in zip(fields, row.values, strict=True)}
        raise _gone()

    def add(self, name: str, values: Mapping[str, Any]) -> Saved:
        """Add a row from typed values by field key; a missing required one raises a Problem."""
        record = BY_NAME[name]
        typed = {each.key: values.get(each.key, "") for each in fields_of(record)}
        row, complaints = self._read(record, typed)
        with self._operations.begin(f"新增 {record.noun}") as (operation, outcome):
            (id_,) = operation.add(record, [row])
        return Saved(changes_of(outcome.written), id_, complaints)

    def change(
        self, name: str, id_: int, values: Mapping[str, Any], seen: Mapping[str, Any] = NOTHING_SEEN
    ) -> Saved:
        """Correct typed values of a row; `seen` says by field key what stood there when they were typed."""
        record = BY_NAME[name]
        row, complaints = self._read(record, values)
        labels = "、".join(field_of(record, key).label for key in row)
        with self._operations.begin(f"修改 {record.noun} 的{labels}") as (operation, outcome):
            now = rows_now(operation.connection, record, (id_,)).get(id_)
            if now is None:
                raise _gone()
            if self._operations.touched_elsewhere(operation.connection, {(name, id_)}):
                new = _with_links(operation.connection, record, {id_: _by_name(name, row)})[id_]
                require_as_seen((field_of(record, key) for key in row), new, _by_name(name, seen), now)
            operation.change(record, id_, row)
        return Saved(changes_of(outcome.written), id_, complaints)

    def look_at_many(self, name: str, edits: Sequence[CellEdit]) -> Sifted:
        """Return how many cells typed at once would be read; nothing is written."""
        fields = {each.name: each for each in fields_of(BY_NAME[name])}
        known: dict[tuple[str, Any], Any] = {}

        def whom(field: Field, value: Any) -> Any:
            if not isinstance(value, Mention):
                return resolve(self._operations, field, value)
            if (field.name, value.text) not in known:
                known[field.name, value.text] = resolve(self._operations, field, value)
            return known[field.name, value.text]

        return sift(fields, edits, self._unit.today(), whom)

    def change_many(self, name: str, edits: Sequence[CellEdit], verb: str = "修改") -> SavedMany:
        """Write many cells in one operation; what cannot be read is named in the answer and left as it was."""
        record = BY_NAME[name]
        sifted = self.look_at_many(name, edits)
        labels = {each.name: each.label for each in fields_of(record)}
        what = said([labels[each] for values in sifted.rows.values() for each in values])
        count = len(sifted.rows)
        with self._operations.begin(f"{verb} {record.noun} {count} 条的{what}") as (operation, outcome):
            now = rows_now(operation.connection, record, tuple(sifted.known))
            fields = {each.name: each for each in fields_of(record)}
            new = _with_links(operation.connection, record, sifted.known)
            touched = self._operations.touched_elsewhere(operation.connection, {(name, id_) for id_ in now})
            left, overtaken = hold_against(edits, fields, new, now, {id_ for _, id_ in touched})
            for id_, values in left.items():
                operation.change(record, id_, {key: _plain(value) for key, value in _by_key(values).items()})
            operation.add(record, [_by_key(values) for values in sifted.new])
        gone = [
            Refusal(edit, "这一条已经撤销")
            for edit in edits
            if edit.row in sifted.known and edit.row not in now
        ]
        return SavedMany(changes_of(outcome.written), (*sifted.refused, *gone, *overtaken), sifted.doubtful)

    def remove(self, name: str, ids: Sequence[int]) -> Changes:
        """撤销误录: remove rows; they can be put back."""
        record = BY_NAME[name]
        with self._operations.begin(f"撤销误录 {record.noun} {len(ids)} 条") as (operation, outcome):
            operation.remove(record, ids)
        return changes_of(outcome.written)

    def choices(self, field: Field, word: str = "") -> list[Link]:
        """Return what a link field may point at."""
        return link_choices(self._operations, field.kind.name.removeprefix("link:"), word)

    def _read(self, record: type[Record], values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        fields = {each.key: each for each in fields_of(record)}
        read, complaints = read_typed(fields, values, self._unit.today())
        return {key: resolve(self._operations, fields[key], value) for key, value in read.items()}, complaints


def _gone() -> Problem:
    return Problem("找不到这一条记录。", "它已经撤销，或在别的数据文件里。", "请回到台账里重新选一条。")


def rows_now(
    connection: sa.Connection, record: type[Record], ids: Sequence[int]
) -> dict[int, dict[str, Any]]:
    """Return living rows by id as they stand at this moment, by full name, links with their texts."""
    table = table_of(record)
    found: list[sa.RowMapping] = []
    for start in range(0, len(ids), _FEW):
        query = sa.select(table).where(table.c.removed_at.is_(None))
        found += connection.execute(query.where(table.c.id.in_(ids[start : start + _FEW]))).mappings().all()
    fields = fields_of(record)
    rows = {row["id"]: {each.name: row[each.key] for each in fields} for row in found}
    return _with_links(connection, record, rows)


def _with_links(
    connection: sa.Connection, record: type[Record], rows: Mapping[int, Mapping[str, Any]]
) -> dict[int, dict[str, Any]]:
    """Return rows by full name with the texts of what they point at."""
    links = {each.name: each.kind for each in fields_of(record) if isinstance(each.kind, LinkKind)}
    texts = {
        name: _texts(connection, kind, {row[name] for row in rows.values() if name in row})
        for name, kind in links.items()
    }
    return {
        id_: {name: _shown(value, texts.get(name)) for name, value in row.items()}
        for id_, row in rows.items()
    }


def _plain(value: Any) -> Any:
    return value.id if isinstance(value, Link) else value


def _by_name(record: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{record}.{key}": value for key, value in values.items()}


def _by_key(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name.partition(".")[2]: value for name, value in values.items()}


def _texts(connection: sa.Connection, kind: LinkKind, ids: Collection[int | None]) -> dict[int, str]:
    table = table_of(BY_NAME[kind.record])
    query = sa.select(table.c.id, table.c.name)
    if len(ids) < _FEW:
        query = query.where(table.c.id.in_(ids))
    return {row.id: row.name for row in connection.execute(query)}


def _shown(value: Any, texts: Mapping[int, str] | None) -> Any:
    return value if texts is None or value is None else Link(value, texts.get(value, ""))
