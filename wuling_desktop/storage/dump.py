"""The whole data as one documented JSON file, and back into an empty data file without loss.

    {"format": 1, "schema": "<revision>",
     "records": {ledger: {id: {field: plain value}}}, "settings": {id: {"key", "value"}},
     "removed": {ledger: {id: {…, "removed_at"}}}, "operations": [{…, "changes": [{…}]}],
     "attachments": [{"name", "sha256", "content"}]}

Codes stay codes, dates ISO text with their precision, money decimal text, links ids. The last three are left out of a
dump of the records only. Each content of an attachment is listed once, in base64 under the first name it was given;
those whose sealed file is gone are left out.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain.problems import Problem
from wuling_desktop.records import BY_NAME, LEDGERS, Setting
from wuling_desktop.records.base import Record, field_of, fields_of, table_of
from wuling_desktop.storage import log, search
from wuling_desktop.storage.log import CHANGE, OPERATION
from wuling_desktop.storage.troubles import Damaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wuling_desktop.storage.attachments import Contents, Needed

FORMAT = 1

# What comes of values that no dump of ours holds: of a wrong type, too large, twice the same.
_STRANGE = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    sa.exc.IntegrityError,
    sa.exc.InterfaceError,
    sa.exc.DataError,
)


def dumped(connection: sa.Connection, schema: str, *, records_only: bool) -> dict[str, Any]:
    """Return the plain content of the data file, in a fixed order."""
    ledgers = [record for record in LEDGERS if record is not Setting]
    content: dict[str, Any] = {
        "format": FORMAT,
        "schema": schema,
        "records": {record.__tablename__: _rows(connection, record, living=True) for record in ledgers},
        "settings": _rows(connection, Setting, living=True),
    }
    if records_only:
        return content
    removed = {record.__tablename__: _rows(connection, record, living=False) for record in LEDGERS}
    content["removed"] = {name: rows for name, rows in removed.items() if rows}
    content["operations"] = _operations(connection)
    content["attachments"] = []
    return content


def pieces(content: Mapping[str, Any], contents: Iterable[Mapping[str, str]] = ()) -> Iterator[bytes]:
    """Yield the whole as UTF-8 JSON, the same bytes for the same content; attachments one after the other.

    They can be far larger than all else together, so they are never held all at once.
    """
    text = json.dumps(content, ensure_ascii=False, indent=1)
    if "attachments" not in content:
        yield f"{text}\n".encode()
        return
    yield text.removesuffix("]\n}").encode()
    between = "\n"
    for each in contents:
        entry = json.dumps(each, ensure_ascii=False, indent=1).replace("\n", "\n  ")
        yield f"{between}  {entry}".encode()
        between = ",\n"
    yield b"]\n}\n" if between == "\n" else b"\n ]\n}\n"


def contents(needed: Iterable[Needed], store: Contents) -> Iterator[dict[str, str]]:
    """Yield the attachments that are there; Problem where one is and cannot be read."""
    for each in needed:
        if store.has(each.sha256):
            try:
                content = store.content(each.sha256)
            except Damaged as problem:
                raise Problem(
                    f"没有导出：附件“{each.name}”读不出来。",
                    "它的文件有损坏，导出的数据会缺这一份；什么也没有写。",
                    "请从较早的备份恢复，或撤销这个附件；只要记录的，可加 --records-only。",
                ) from problem
            plain = base64.b64encode(content).decode("ascii")
            yield {"name": each.name, "sha256": each.sha256, "content": plain}


def keep_contents(content: Mapping[str, Any], store: Contents) -> None:
    """Seal the attachments of a dump; Problem where one is not what its sum says."""
    try:
        for each in content.get("attachments", ()):
            plain = base64.b64decode(each["content"], validate=True)
            if hashlib.sha256(plain).hexdigest() != each["sha256"]:
                raise not_a_dump(f"附件“{each['name']}”与它的校验值不符")
            store.keep(plain)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise not_a_dump() from error


def load(connection: sa.Connection, content: Mapping[str, Any]) -> dict[str, int]:
    """Write a whole dump into an empty data file and return the number of living rows by ledger."""
    try:
        rows = {**content["records"], "setting": content["settings"]}
        removed = content.get("removed", {})
        if unknown := (set(rows) | set(removed)) - set(BY_NAME):
            raise not_a_dump(f"里面有 {len(unknown)} 种这里没有的台账")
        for record in LEDGERS:
            name = record.__tablename__
            both = {**rows.get(name, {}), **removed.get(name, {})}
            _insert(connection, record, both)
        _load_operations(connection, content.get("operations", []))
    except _STRANGE as error:
        raise not_a_dump() from error
    if log.first_broken(connection) is not None:
        raise Problem(
            "没有装入：文件里的操作记录对不上封签。",
            "它在导出之后被改过，或没有拷完整；这里没有写进任何东西。",
            "请重新导出一份，再装入。",
        )
    _count_on(connection)
    search.rebuild(connection)
    return {name: len(rows.get(name, {})) for name in BY_NAME}


def not_a_dump(why: str = "文件里缺少应有的部分") -> Problem:
    """Return the problem of a file that is not a dump of this program."""
    return Problem(
        "没有装入：这不是本程序导出的数据文件，或内容不完整。",
        f"{why}；这里没有写进任何东西。",
        "请选用 dump 导出的那个 JSON 文件。",
    )


def _rows(connection: sa.Connection, record: type[Record], *, living: bool) -> dict[str, dict[str, Any]]:
    table = table_of(record)
    state = table.c.removed_at.is_(None) if living else table.c.removed_at.isnot(None)
    found: dict[str, dict[str, Any]] = {}
    for row in connection.execute(sa.select(table).where(state).order_by(table.c.id)).mappings():
        plain = {each.key: each.kind.dump(row[each.key]) for each in fields_of(record)}
        if not living:
            plain["removed_at"] = row["removed_at"]
        found[str(row["id"])] = plain
    return found


def _operations(connection: sa.Connection) -> list[dict[str, Any]]:
    changes: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(sa.select(CHANGE).order_by(CHANGE.c.id)).mappings():
        kept = {
            key: row[key] for key in ("record", "row", "act", "field", "old", "new") if row[key] is not None
        }
        changes.setdefault(row["operation"], []).append(kept)
    query = sa.select(OPERATION).order_by(OPERATION.c.id)
    return [{**row, "changes": changes.get(row["id"], [])} for row in connection.execute(query).mappings()]


def _insert(connection: sa.Connection, record: type[Record], rows: Mapping[str, Mapping[str, Any]]) -> None:
    full = []
    for id_, plain in sorted(rows.items(), key=lambda row: int(row[0])):
        values = {
            key: field_of(record, key).kind.load(_plain(value))
            for key, value in plain.items()
            if key != "removed_at"
        }
        full.append({**values, "id": int(id_), "version": 1, "removed_at": plain.get("removed_at")})
    if full:
        connection.execute(sa.insert(table_of(record)), full)


def _plain(value: Any) -> Any:
    """Return a value as dumps hold them; TypeError for another, which a server's driver would write in a shape of its own."""
    if value is None or isinstance(value, str | float) or (isinstance(value, int) and abs(value) < 2**63):
        return value
    raise TypeError(type(value).__name__)


def _count_on(connection: sa.Connection) -> None:
    """Let new rows count on from the ids that were given; the file does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in (CHANGE, *(table_of(record) for record in LEDGERS)):
        latest = connection.execute(sa.select(sa.func.max(table.c.id))).scalar()
        sequence = sa.func.pg_get_serial_sequence(f'"{table.name}"', "id")
        connection.execute(sa.select(sa.func.setval(sequence, latest or 1, latest is not None)))


def _load_operations(connection: sa.Connection, operations: list[dict[str, Any]]) -> None:
    empty = dict.fromkeys(("field", "old", "new"))
    for operation in operations:
        changes = operation["changes"]
        connection.execute(
            sa.insert(OPERATION), {key: value for key, value in operation.items() if key != "changes"}
        )
        if changes:
            rows = [{**empty, **change, "operation": operation["id"]} for change in changes]
            connection.execute(sa.insert(CHANGE), rows)
