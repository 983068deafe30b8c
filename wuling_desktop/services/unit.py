"""本单位: its name, its Party organisations and its own settings."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain.codes import OrganisationKind
from wuling_desktop.domain.kinds import Link
from wuling_desktop.domain.texts import closed
from wuling_desktop.records import Organisation, Setting
from wuling_desktop.records.base import table_of
from wuling_desktop.services.changes import Changes, changes_of
from wuling_desktop.storage import memo

if TYPE_CHECKING:
    from wuling_desktop.storage.operations import Operation, Operations

UNIT_NAME = "unit.name"
CLERK = "desk.clerk"
DEMO_TODAY = "demo.today"
DEFAULT_CLERK = "经办人"
LABELS = {UNIT_NAME: "单位名称", CLERK: "经办人", DEMO_TODAY: "演示日期"}


class Unit:
    """Reads and changes what holds for the whole data file."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self.stands_at: dt.date | None = None  # rules and counts as if on that day
        self.looks_at: int | None = None  # the organisation that the desk is narrowed to, while it is open
        operations.clerk = self._usual_clerk()

    def name(self) -> str:
        """Return the unit's name as it stands on forms."""
        return str(self.get(UNIT_NAME, ""))

    def clerk(self) -> str:
        """Return the 经办人 in whose name operations are logged."""
        return self._operations.clerk

    def set_clerk(self, name: str) -> Changes:
        """Switch the 经办人; no rights hang on it. Where desks share the data, each account has its own."""
        database = self._operations.database
        changes = Changes(None, "") if database.whose else self.set(CLERK, name)
        if database.whose:
            memo.keep(database, CLERK, name)
        self._operations.clerk = name
        return changes

    def _usual_clerk(self) -> str:
        database = self._operations.database
        if not database.whose:
            return str(self.get(CLERK, DEFAULT_CLERK))
        kept = memo.under(database, CLERK)
        return str(kept[0].content) if kept else database.whose

    def today(self) -> dt.date:
        """Return today, the day asked for, or the day at which a demo file stands still."""
        if self.stands_at is not None:
            return self.stands_at
        kept = self.get(DEMO_TODAY)
        return dt.date.fromisoformat(kept) if kept else dt.date.today()

    def is_demo(self) -> bool:
        """Whether the file holds the invented demo branch; every printed page then says 演示."""
        return self.get(DEMO_TODAY) is not None

    def get(self, key: str, default: Any = None) -> Any:
        """Return a setting's value."""
        with self._operations.database.reading() as connection:
            return read_setting(connection, key, default)

    def set(self, key: str, value: Any) -> Changes:
        """Change a setting; an operation like any other."""
        with self._operations.begin(f"设置 {LABELS.get(key, key)}") as (operation, outcome):
            write_setting(operation, key, value)
        return changes_of(outcome.written)

    def organisations(self) -> list[Link]:
        """Return the Party organisations, upper ones first."""
        table = table_of(Organisation)
        query = sa.select(table.c.id, table.c.name).where(table.c.removed_at.is_(None))
        with self._operations.database.reading() as connection:
            rows = connection.execute(query.order_by(table.c.kind, table.c.id)).all()
        return [Link(row.id, row.name) for row in rows]

    def title(self) -> str:
        """Return the name of the Party organisation looked at, which is the topmost one unless another was chosen."""
        organisations = self.organisations()
        chosen = next((each.text for each in organisations if each.id == self.looks_at), None)
        return chosen or (organisations[0].text if organisations else "")

    def reach(self) -> frozenset[int] | None:
        """Return the organisation looked at and all below it; None where nothing is narrowed."""
        if self.looks_at is None:
            return None
        table = table_of(Organisation)
        query = sa.select(table.c.id, table.c.parent).where(table.c.removed_at.is_(None))
        with self._operations.database.reading() as connection:
            parents = {row.id: row.parent for row in connection.execute(query)}
        if self.looks_at not in parents:
            return None  # it was taken back meanwhile
        found = {self.looks_at}
        while below := {id_ for id_, parent in parents.items() if parent in found} - found:
            found |= below
        return frozenset(found)

    def set_up(self, *, unit: str, branch: str, clerk: str) -> Changes:
        """Record the unit, its organisation and the clerk: the first operation of a data file, not to be taken back."""
        self._operations.clerk = clerk
        if self._operations.database.whose:
            memo.keep(self._operations.database, CLERK, clerk)
        with self._operations.begin("建立数据文件", kind="found") as (operation, outcome):
            for key, value in ((UNIT_NAME, unit), (CLERK, clerk)):
                write_setting(operation, key, value)
            operation.add(Organisation, [{"name": branch, "kind": organisation_kind(branch)}])
        return changes_of(outcome.written)


def read_setting(connection: sa.Connection, key: str, default: Any = None) -> Any:
    """Return one setting; inside an open operation it is the one that is about to be written over."""
    table = table_of(Setting)
    query = sa.select(table.c.value).where(table.c.key == key, table.c.removed_at.is_(None))
    kept = connection.execute(query).scalar()
    return default if kept is None else json.loads(kept)


def write_setting(operation: Operation, key: str, value: Any) -> None:
    """Add or change one setting inside an open operation."""
    table = table_of(Setting)
    query = sa.select(table.c.id).where(table.c.key == key, table.c.removed_at.is_(None))
    id_ = operation.connection.execute(query).scalar()
    plain = json.dumps(value, ensure_ascii=False)
    if id_ is None:
        operation.add(Setting, [{"key": key, "value": plain}])
    else:
        operation.change(Setting, id_, {"value": plain})


def organisation_kind(name: str) -> OrganisationKind:
    """Return the level that an organisation's name tells."""
    if "小组" in name:
        return OrganisationKind.GROUP
    if "总支" in name:
        return OrganisationKind.GENERAL_BRANCH
    return OrganisationKind.COMMITTEE if name.endswith("党委") else OrganisationKind.BRANCH


def organisation_key(name: str) -> str:
    """Return an organisation's name as people compare it: 中共××第一党支部委员会 and 第一支部 are the same branch."""
    return re.sub(r"委员会$|^中共|^中国共产党|党(?=支部|总支|小组)", "", closed(name))
