"""组织关系转接: started, on its way, taken on; a membership ends only when the user records that the others took it on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain.codes import MemberKind, MemberState
from wuling_desktop.domain.kinds import Link
from wuling_desktop.domain.problems import Problem
from wuling_desktop.records import Membership, Person
from wuling_desktop.records.base import field_of, table_of
from wuling_desktop.services.changes import changes_of
from wuling_desktop.services.people import read_typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wuling_desktop.domain.fields import Field
    from wuling_desktop.domain.partial_date import PartialDate
    from wuling_desktop.services.changes import Changes
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.storage.operations import Operations

_LETTER = ("letter_number", "letter_issued_on", "letter_valid_until")


class State(StrEnum):
    """Where a transfer stands; the words are shown."""

    UNDER_WAY = "在途"
    RECEIVED = "已接收"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One move of a relation, told by the membership it is about."""

    person: int
    name: str
    membership: int
    outward: bool
    started_on: PartialDate | None
    other: str  # the organisation at the other end
    state: State
    received_on: PartialDate | None
    dues_paid_until: PartialDate | None


def asked(*, outward: bool) -> tuple[Field, ...]:
    """Return what is asked at the start; the letter comes last, as most moves need none."""
    keys = (
        ("out_started_on", "out_to", "dues_paid_until", *_LETTER)
        if outward
        else ("in_started_on", "in_from", "branch", "kind", "dues_paid_until")
    )
    return tuple(field_of(Membership, key) for key in keys)


def received_field(*, outward: bool) -> Field:
    """Return the day on which the others, or we, took the relation on."""
    field = field_of(Membership, "receipt_on" if outward else "in_on")
    return replace(field, label="对方接收日期" if outward else "接收日期", required=True)


class Transfers:
    """Reads and writes transfers; every step is one named operation."""

    def __init__(self, operations: Operations, unit: Unit) -> None:
        self._operations = operations
        self._unit = unit

    def of(self, person: int) -> list[Transfer]:
        """Return all moves of a person, the latest first."""
        return [each for each in self._all() if each.person == person]

    def under_way(self) -> list[Transfer]:
        """Return what is on its way, the longest first."""
        waiting = [each for each in self._all() if each.state is State.UNDER_WAY]
        return sorted(waiting, key=lambda each: str(each.started_on or ""))

    def start_out(self, person: int, values: Mapping[str, Any]) -> Changes:
        """发起转出: the relation stays here until the others have taken it on."""
        name, row = self._membership(person)
        if row is None or row["state"] not in (MemberState.NORMAL, MemberState.RESTORED):
            raise Problem(
                f"没有发起转出：{name} 在这里没有正常的党籍。",
                "转出的是组织关系；数据没有动。",
                "请先在党籍一页核对人员身份和党籍状态。",
            )
        if row["out_started_on"] is not None:
            raise _under_way(name)
        read = self._read(values, outward=True)
        _needed(read, ("out_started_on", "out_to"))
        return self._change(f"发起转出 {name}", row["id"], read)

    def start_in(self, person: int, values: Mapping[str, Any]) -> Changes:
        """发起转入: until the relation is here, the person does not count as one of ours."""
        name, row = self._membership(person)
        if row is not None:
            raise _under_way(name)
        read = self._read(values, outward=False)
        _needed(read, ("in_started_on", "in_from"))
        kept = {"kind": MemberKind.FULL, **{key: value for key, value in read.items() if value is not None}}
        with self._operations.begin(f"发起转入 {name}") as (operation, outcome):
            operation.add(Membership, [{"person": person, "state": MemberState.NORMAL, **kept}])
        return changes_of(outcome.written)

    def receive(self, person: int, received_on: Any) -> Changes:
        """登记接收: ends the membership of one who left, begins that of one who came."""
        name, row = self._membership(person)
        if row is None or not (_leaving(row) or _coming(row)):
            raise _nothing_under_way(name)
        field = received_field(outward=_leaving(row))
        day = read_typed({field.key: field}, {field.key: received_on}, self._unit.today())[0][field.key]
        started = row["out_started_on"] if _leaving(row) else row["in_started_on"]
        if day is None or day.last < started.first:
            raise Problem(
                "没有登记：接收日期要填，且不早于发起日期。",
                f"这次转接是 {started} 发起的；数据没有动。",
                "请核对对方接收的日期。",
            )
        if _leaving(row):
            return self._change(f"登记转出接收 {name}", row["id"], {"receipt_on": day, "out_on": day})
        return self._change(f"登记转入接收 {name}", row["id"], {"in_on": day})

    def cancel(self, person: int) -> Changes:
        """取消转接: what was begun and will not come to pass."""
        name, row = self._membership(person)
        if row is None or not (_leaving(row) or _coming(row)):
            raise _nothing_under_way(name)
        if _leaving(row):
            empty = dict.fromkeys(("out_started_on", "out_to", *_LETTER))
            return self._change(f"取消转出 {name}", row["id"], empty)
        with self._operations.begin(f"取消转入 {name}") as (operation, outcome):
            operation.remove(Membership, [row["id"]])
        return changes_of(outcome.written)

    def _change(self, name: str, membership: int, values: Mapping[str, Any]) -> Changes:
        with self._operations.begin(name) as (operation, outcome):
            operation.change(Membership, membership, values)
        return changes_of(outcome.written)

    def _read(self, values: Mapping[str, Any], *, outward: bool) -> dict[str, Any]:
        fields = {each.key: each for each in asked(outward=outward)}
        given = {key: value for key, value in values.items() if key in fields}
        read, _ = read_typed(fields, given, self._unit.today())
        return {key: value.id if isinstance(value, Link) else value for key, value in read.items()}

    def _membership(self, person: int) -> tuple[str, sa.RowMapping | None]:
        """Return the person's name and the membership that is not closed."""
        people, table = table_of(Person), table_of(Membership)
        with self._operations.database.reading() as connection:
            name = connection.execute(sa.select(people.c.name).where(people.c.id == person)).scalar() or ""
            query = sa.select(table).where(
                table.c.person == person, table.c.removed_at.is_(None), table.c.out_on.is_(None)
            )
            return name, connection.execute(query).mappings().first()

    def _all(self) -> list[Transfer]:
        people, table = table_of(Person), table_of(Membership)
        query = (
            sa.select(table, people.c.name.label("name"))
            .join(people, people.c.id == table.c.person)
            .where(table.c.removed_at.is_(None), people.c.removed_at.is_(None))
            .order_by(table.c.id.desc())
        )
        with self._operations.database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [each for row in rows for each in _transfers(row)]


def _transfers(row: sa.RowMapping) -> list[Transfer]:
    found = []
    for outward, started, other, received in (
        (True, row["out_started_on"], row["out_to"], row["out_on"]),
        (False, row["in_started_on"], row["in_from"], row["in_on"]),
    ):
        if started is not None or received is not None:
            state = State.UNDER_WAY if received is None else State.RECEIVED
            dues = row["dues_paid_until"]
            found.append(
                Transfer(
                    row["person"],
                    row["name"],
                    row["id"],
                    outward,
                    started,
                    other or "",
                    state,
                    received,
                    dues,
                )
            )
    return found


def _leaving(row: sa.RowMapping) -> bool:
    return row["out_started_on"] is not None and row["out_on"] is None


def _coming(row: sa.RowMapping) -> bool:
    return row["in_started_on"] is not None and row["in_on"] is None


def _needed(read: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    missing = [field_of(Membership, key).label for key in keys if read.get(key) is None]
    if missing:
        raise Problem(
            f"没有发起：还缺{'、'.join(missing)}。",
            "转接要有发起日期和对方组织；数据没有动。",
            "请填上再办。",
        )


def _under_way(name: str) -> Problem:
    return Problem(
        f"没有发起：{name} 已有一份没有结束的党籍或转接。",
        "同一人同时只有一份；数据没有动。",
        "请先把在途的那一次办完或取消。",
    )


def _nothing_under_way(name: str) -> Problem:
    return Problem(
        f"{name} 没有在途的转接。", "可能已经登记过接收，或已取消；数据没有动。", "请核对转接记录。"
    )
