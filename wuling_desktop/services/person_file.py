"""The whole file of one person: everything its facets show, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain.development import STEPS
from wuling_desktop.domain.kinds import Link, LinkKind
from wuling_desktop.records import BY_NAME, Attachment, Award, Discipline, Membership, Person, StepFact
from wuling_desktop.records.base import field_of, table_of
from wuling_desktop.services.people import Who
from wuling_desktop.services.person_findings import due
from wuling_desktop.services.person_links import OWN, links

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from wuling_desktop.domain.findings import Finding
    from wuling_desktop.domain.partial_date import PartialDate
    from wuling_desktop.records.base import Record
    from wuling_desktop.services.people import Card, People
    from wuling_desktop.services.person_findings import PersonFindings
    from wuling_desktop.services.person_history import Change, PersonHistory
    from wuling_desktop.services.transfers import Transfer, Transfers
    from wuling_desktop.storage.operations import Operations

_STEP_PLACES = {step.code: place for place, step in enumerate(STEPS)}
_STEP_LABELS = {step.code: step.label for step in STEPS}


@dataclass(frozen=True, slots=True)
class Step:
    """One dated fact of the party career."""

    label: str
    on: PartialDate | None
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a ledger that is about the person, or names them (`part` says as what)."""

    record: str
    noun: str
    id: int
    day: PartialDate | None
    text: str
    part: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A membership that is over: where, from when to when."""

    branch: str
    since: PartialDate | None
    until: PartialDate | None
    how: str


@dataclass(frozen=True, slots=True)
class PersonFile:
    """What is known of a person, facet by facet."""

    card: Card
    values: Mapping[str, Any]
    due: Finding | None
    steps: tuple[Step, ...]
    rewards: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    transfers: tuple[Transfer, ...]
    earlier: tuple[Earlier, ...]
    changes: tuple[Change, ...]
    files: int  # attachments


class PersonFiles:
    """Reads files; whatever is changed in one goes through the service whose business it is."""

    def __init__(
        self,
        operations: Operations,
        people: People,
        findings: PersonFindings,
        transfers: Transfers,
        history: PersonHistory,
    ) -> None:
        self._operations = operations
        self._people, self._findings = people, findings
        self._transfers, self._history = transfers, history

    def read(self, person: int, today: dt.date) -> PersonFile:
        """Return the file of a person; Problem where there is none."""
        card = self._people.card(person, today)
        (values,) = self._people.facts(Who("all", ids=(person,)), today)
        with self._operations.database.reading() as connection:
            entries = tuple(sorted(_entries(connection, person), key=_latest_first, reverse=True))
            files = _files(connection, person)
            steps, earlier = tuple(_steps(connection, person)), tuple(_earlier(connection, person))
        rewards = {record.__tablename__ for record in (Award, Discipline)}
        return PersonFile(
            card=card,
            values=values,
            due=due(self._findings.of(today, (person,)), today),
            steps=steps,
            rewards=tuple(each for each in entries if each.record in rewards),
            entries=tuple(each for each in entries if each.record not in rewards),
            transfers=tuple(self._transfers.of(person)),
            earlier=earlier,
            changes=tuple(self._history.of(person)),
            files=files,
        )


def _files(connection: sa.Connection, person: int) -> int:
    table = table_of(Attachment)
    query = sa.select(sa.func.count()).where(
        table.c.owner == Person.__tablename__,
        table.c.owner_id == person,
        table.c.removed_at.is_(None),
        table.c.is_photo.isnot(True),  # it is seen at the head
    )
    return int(connection.execute(query).scalar_one())


def _latest_first(entry: Entry) -> tuple[str, int]:
    return str(entry.day or ""), entry.id


def _steps(connection: sa.Connection, person: int) -> list[Step]:
    table = table_of(StepFact)
    query = sa.select(table).where(table.c.person == person, table.c.removed_at.is_(None))
    rows = sorted(
        connection.execute(query).mappings(),
        key=lambda row: (_STEP_PLACES[row["code"]], str(row["on"] or "")),
    )
    return [
        Step(_STEP_LABELS[row["code"]], row["on"], row["note"] or "", row["source"] or "") for row in rows
    ]


def _earlier(connection: sa.Connection, person: int) -> Iterator[Earlier]:
    table = table_of(Membership)
    query = sa.select(table).where(table.c.person == person, table.c.removed_at.is_(None))
    for row in connection.execute(query.order_by(table.c.id.desc())).mappings():
        until = row["out_on"] or row["ended_on"]
        if until is not None:
            branch = _named(connection, "organisation", row["branch"])
            state = field_of(Membership, "state").show(row["state"])
            how = f"转往 {row['out_to'] or '（未填）'}" if row["out_on"] is not None else state
            yield Earlier(branch, row["in_on"], until, how)


def _entries(connection: sa.Connection, person: int) -> Iterator[Entry]:
    for record, link in links():
        if not record.plain and record not in (Award, Discipline):
            continue
        table = table_of(record)
        query = sa.select(table).where(table.c[link.key] == person, table.c.removed_at.is_(None))
        for row in connection.execute(query).mappings():
            part = "" if link.key == OWN else link.label
            yield Entry(
                record.__tablename__,
                record.noun,
                row["id"],
                _day_of(record, row),
                _text(connection, record, row),
                part,
            )


def _day_of(record: type[Record], row: sa.RowMapping) -> PartialDate | None:
    """Return the day that the ledger's own table shows first."""
    shown = (field_of(record, key) for key in record.table_shows)
    return next((row[each.key] for each in shown if each.kind.name == "day"), None)


def _text(connection: sa.Connection, record: type[Record], row: sa.RowMapping) -> str:
    parts = []
    for key in record.table_shows:
        each, value = field_of(record, key), row[key]
        if value is None or key == OWN or each.kind.name == "day":
            continue
        if isinstance(each.kind, LinkKind):
            value = Link(value, _named(connection, each.kind.record, value))
        parts.append(each.show(value))
    return "　".join(parts)


def _named(connection: sa.Connection, record: str, id_: int | None) -> str:
    if id_ is None:
        return ""
    table = table_of(BY_NAME[record])
    return connection.execute(sa.select(table.c.name).where(table.c.id == id_)).scalar() or ""
