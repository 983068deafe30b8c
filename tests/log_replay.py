"""What the log of operations says the data are, beside what they are: both must be the same, cell by cell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop import records
from wuling_desktop.records.base import fields_of, table_of
from wuling_desktop.storage.log import CHANGE, OPERATION

if TYPE_CHECKING:
    Rows = dict[tuple[str, int], dict[str, Any]]


def stored(connection: sa.Connection) -> Rows:
    rows = {}
    for record in records.LEDGERS:
        for row in connection.execute(sa.select(table_of(record))).mappings():
            plain = {each.key: each.kind.dump(row[each.key]) for each in fields_of(record)}
            rows[record.__tablename__, row["id"]] = plain | {"removed": row["removed_at"] is not None}
    return rows


def replayed(connection: sa.Connection) -> Rows:
    rows: Rows = {}
    query = sa.select(CHANGE).join(OPERATION, OPERATION.c.id == CHANGE.c.operation).order_by(CHANGE.c.id)
    for change in connection.execute(query).mappings():
        key = (change["record"], change["row"])
        if change["act"] == "add":
            keys = [each.key for each in fields_of(records.BY_NAME[key[0]])]
            rows[key] = dict.fromkeys(keys) | json.loads(change["new"]) | {"removed": False}
        elif change["act"] == "change":
            assert rows[key][change["field"]] == json.loads(change["old"])
            rows[key][change["field"]] = json.loads(change["new"])
        else:
            rows[key]["removed"] = change["act"] == "remove"
    return rows
