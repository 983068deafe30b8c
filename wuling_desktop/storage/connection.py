"""Connections to the enciphered file: key, settings read back, and the first look that changes nothing."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from wuling_desktop.storage import troubles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sqlalchemy.pool import Pool

FILE = "wuling.db"
BACKUPS = "backups"  # the folder of a data folder's own backups
APPLICATION_ID = int.from_bytes(b"WuLi", "big")
BEGIN = "wuling_begin"  # execution option of a connection: how its transactions begin
_PATIENCE = 5000  # milliseconds a writer waits for another
_SETTINGS = {
    "synchronous": 2,  # FULL: under WAL what was said to be saved survives a power cut
    "temp_store": 2,  # memory: no plain sorting files
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "busy_timeout": _PATIENCE,
}
_ON_MACOS = {"fullfsync": 1, "checkpoint_fullfsync": 1}
_LEAST_CACHE, _MOST_CACHE = 8 * 2**20, 256 * 2**20
_PLAIN_HEADER = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be the same in a data file and its copy."""

    schema: int
    people: int
    operation: int  # the latest, 0 where there is none
    hash: str  # its seal


def connect(file: Path, key: bytes | bytearray, *, create: bool = False, foreign_keys: bool = True) -> Any:
    """Return a driver connection in autocommit mode with every setting made and read back.

    `foreign_keys=False` is for migrations, which rebuild tables that others point at.
    """
    connection = _keyed(_uri(file, "rwc" if create else "rw"), key)
    try:
        _settle(connection, file, foreign_keys=foreign_keys)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_copy(file: Path, key: bytes | bytearray) -> Any:
    """Return a driver connection to a file nobody else has open; nothing is written, not even beside it."""
    return _keyed(_uri(file, "ro&immutable=1"), key)


def connect_to_read(file: Path, key: bytes | bytearray) -> Any:
    """Return a driver connection that reads the file and its log and folds neither into the other."""
    return _keyed(_uri(file, "ro"), key)


def engine_on(creator: Callable[[], Any], pool: type[Pool]) -> sa.Engine:
    """Return an engine whose transactions, DDL included, begin where SQLAlchemy says and as `BEGIN` asks."""
    engine = sa.create_engine(
        "sqlite://", module=dbapi2, creator=creator, poolclass=pool, hide_parameters=True
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get(BEGIN, 'DEFERRED')}")

    return engine


def look(file: Path, key: bytes | bytearray) -> int:
    """Return the schema number of the file without changing a byte; Problem where it is damaged or not ours."""
    with file.open("rb") as opened:
        start = opened.read(len(_PLAIN_HEADER))
    if start == _PLAIN_HEADER:
        raise troubles.not_ours()
    if not start:
        raise troubles.not_fitting()
    log = file.with_name(f"{file.name}-wal")
    unsaved = log.exists() and log.stat().st_size > 0  # a crash left a log that must be read too
    try:
        with closing(connect_to_read(file, key) if unsaved else connect_to_copy(file, key)) as connection:
            owner, number = (
                value(connection, "PRAGMA application_id"),
                value(connection, "PRAGMA user_version"),
            )
            value(connection, "SELECT count(*) FROM sqlite_master")
    except dbapi2.DatabaseError as error:
        problem = troubles.of_sql(error, "打开数据")
        raise (
            problem if problem and not isinstance(problem, troubles.Damaged) else troubles.not_fitting()
        ) from error
    if owner != APPLICATION_ID:
        raise troubles.not_ours()
    return int(number)


def value(connection: Any, sql: str) -> Any:
    """Return the first column of the first row."""
    row = connection.execute(sql).fetchone()
    return row[0] if row else None


def facts(connection: Any) -> Facts:
    """Return what must be the same in a file and its copy."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    living = "SELECT count(*) FROM person WHERE removed_at IS NULL"
    people = value(connection, living) if "person" in names else 0
    latest = (
        connection.execute("SELECT id, hash FROM operation ORDER BY id DESC LIMIT 1")
        if "operation" in names
        else None
    )
    operation, seal = (latest and latest.fetchone()) or (0, "")
    return Facts(int(value(connection, "PRAGMA user_version")), int(people), int(operation), str(seal))


def row_counts(connection: Any) -> Mapping[str, int]:
    """Return how many rows each ledger and log has."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND name NOT LIKE 'search\\_%' ESCAPE '\\' AND name != 'alembic_version' ORDER BY name"
    ).fetchall()
    return {name: value(connection, f'SELECT count(*) FROM "{name}"') for (name,) in tables}  # noqa: S608 - names of our own tables


def faults(connection: Any, *, full: bool = True) -> list[str]:
    """Return what is wrong in a file, as sentences: the seal of every page, and (`full`) structure and links."""
    found = []
    try:
        broken = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if broken:
            found.append(f"有 {len(broken)} 页读不出，内容与封签对不上。")
        if full:
            found += _structure(connection, "integrity_check")
            dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
            if dangling:
                found.append(f"有 {len(dangling)} 条记录指向不存在的记录。")
    except dbapi2.DatabaseError:
        found.append("文件有读不出的地方，没有检查完。")
    return found


def unsound(connection: Any) -> bool:
    """Whether a quick walk over every page in use meets something wrong; it also warms the page cache."""
    try:
        return bool(_structure(connection, "quick_check"))
    except dbapi2.DatabaseError:
        return True


def _structure(connection: Any, check: str) -> list[str]:
    rows = connection.execute(f"PRAGMA {check}").fetchall()
    return [] if rows == [("ok",)] else [f"内部结构有 {len(rows)} 处前后不合。"]


def _uri(file: Path, mode: str) -> str:
    path = quote(file.absolute().as_posix().encode("utf-8", "surrogateescape"))
    return f"file://{path if path.startswith('/') else '/' + path}?mode={mode}"


def _keyed(uri: str, key: bytes | bytearray) -> Any:
    connection = dbapi2.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=_PATIENCE / 1000
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # else a wrong key is told on the terminal
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def _settle(connection: Any, file: Path, *, foreign_keys: bool) -> None:
    if value(connection, "PRAGMA journal_mode = WAL") != "wal":
        raise troubles.unsafe_place()
    size = file.stat().st_size
    cache = (
        min(max(size + size // 4, _LEAST_CACHE), _MOST_CACHE) // 1024
    )  # the default reads a larger file 3 × slower
    settings = {**_SETTINGS, "foreign_keys": int(foreign_keys), "cache_size": -cache}
    if sys.platform == "darwin":
        settings |= _ON_MACOS
    for name, wanted in settings.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        got = value(connection, f"PRAGMA {name}")
        if got != wanted:
            raise RuntimeError(f"SQLite did not take {name} = {wanted}: {got}")
