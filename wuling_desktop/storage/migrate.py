"""Bringing a data file to the schema of this program: on a copy, checked, and only then put in place.

The recipe for a change of the ledgers: change the record files, then

    python -m wuling_desktop.storage.migrate new "visits get a place"

writes `migrations/versions/v0007_visits_get_a_place.py` from the difference between records and migrations.
Read it (a renamed column looks like one dropped and one added), write its test, commit it with the records.
It must stand on its own for ever: no import from the program. There is no way down: the backup made before is
the way back.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy.pool import NullPool, StaticPool
from sqlcipher3 import dbapi2

from wuling_desktop.storage import backup, schema, swap, troubles
from wuling_desktop.storage import connection as cipher

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from wuling_desktop.storage.keys import SlotFile

_DOING = "把数据换成新版的样子"
_MAKING = "新建数据"
# Made by search.py and server_tables.py, so no concern of a migration.
_OWN_TABLES = ("search_", "server_")


def build(file: Path, data_key: bytes | bytearray) -> None:
    """Write a new, empty data file with the newest schema."""
    try:
        cipher.connect(file, data_key, create=True).close()
    except dbapi2.Error as error:
        raise troubles.of_sql(error, _MAKING) or troubles.damaged() from error
    _bring_up(file, data_key, _MAKING)


def upgrade(folder: Path, data_key: bytes | bytearray, slots: SlotFile) -> None:
    """Bring the closed data file of a locked folder to the newest schema: backup, copy, migrate, verify, swap."""
    file = folder / cipher.FILE
    swap.require_room(folder, file.stat().st_size, _DOING)
    backup.make_of_closed(folder, data_key, slots)
    with swap.building(folder, _DOING):
        shutil.copyfile(file, swap.new(folder))
        with closing(cipher.connect_to_copy(swap.new(folder), data_key)) as driver:
            before = cipher.row_counts(driver)
        _bring_up(swap.new(folder), data_key)
        _verify(swap.new(folder), data_key, before)
        swap.put_in_place(folder, (cipher.FILE,), _DOING)


def run(connection: sa.Connection) -> None:
    """Bring open data to the newest schema, within the transaction that the caller has begun and ends."""
    command.upgrade(_config(connection), "head")


def differences(metadata: sa.MetaData | None = None) -> list[Any]:
    """Return what the records say and a freshly migrated file lacks, or the other way round; empty where they agree."""
    with _empty_at_head().connect() as connection:
        return differences_from(connection, metadata)


def differences_from(connection: sa.Connection, metadata: sa.MetaData | None = None) -> list[Any]:
    """Return the same for open data, whichever engine holds them."""
    context = MigrationContext.configure(connection, opts=options())
    return list(compare_metadata(context, metadata if metadata is not None else _metadata()))


def new(message: str, metadata: sa.MetaData | None = None) -> Path | None:
    """Write the migration from what the newest one made to what the records say; None where they agree."""
    metadata = metadata if metadata is not None else _metadata()
    if not differences(metadata):
        return None
    revision = f"{schema.number() + 1:04}"
    with _empty_at_head().connect() as connection:
        script = command.revision(_config(connection, metadata), message, autogenerate=True, rev_id=revision)
    path = next(schema.VERSIONS.glob(f"v{revision}_*.py"))
    if script:
        for step in (["check", "--fix", "--select=I,F401"], ["format"]):
            subprocess.run([sys.executable, "-m", "ruff", *step, str(path)], check=True)  # noqa: S603 - our own tool on our own file
    return path


def options() -> dict[str, Any]:
    """Return how Alembic is to look at our tables; shared by `env.py` and `differences`."""
    return {
        "compare_type": True,
        "render_as_batch": True,
        "include_name": _included,
        "render_item": _rendered,
    }


def _included(name: str | None, type_: str, _parents: Any) -> bool:
    return not (type_ == "table" and (name or "").startswith(_OWN_TABLES))


def _rendered(type_: str, item: Any, _context: Any) -> str | bool:
    """Write our own column types as the plain types they are stored as: a migration imports nothing of ours."""
    if type_ == "type" and isinstance(item, sa.types.TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def _metadata() -> sa.MetaData:
    from wuling_desktop.storage import log, memo  # noqa: PLC0415 - a migration runs without the records

    assert log.OPERATION.metadata is memo.MEMO.metadata  # noqa: S101 - imported so that all tables are in it
    return log.OPERATION.metadata


def _config(connection: sa.Connection, metadata: sa.MetaData | None = None) -> Config:
    config = Config()
    here = {
        "script_location": schema.MIGRATIONS,
        "version_locations": schema.VERSIONS,
        "path_separator": "newline",
    }
    here["file_template"] = "v%(rev)s_%(slug)s"
    for name, text in here.items():
        config.set_main_option(name, str(text).replace("%", "%%"))
    config.attributes.update(connection=connection, metadata=metadata)
    return config


def _bring_up(file: Path, data_key: bytes | bytearray, doing: str = _DOING) -> None:
    """Run what is missing in one transaction; tables are rebuilt meanwhile, so links are checked afterwards only."""
    engine = cipher.engine_on(lambda: cipher.connect(file, data_key, foreign_keys=False), NullPool)
    try:
        with engine.connect() as connection:
            connection.execution_options(**{cipher.BEGIN: "IMMEDIATE"})
            with connection.begin():
                _to_head(connection)
        with closing(cipher.connect(file, data_key)) as driver:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (sa.exc.DBAPIError, dbapi2.Error) as error:
        problem = troubles.of_sql(getattr(error, "orig", error), doing)
        if problem is None:
            raise
        raise problem from error


def _to_head(connection: sa.Connection) -> None:
    run(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.number()}")
    connection.exec_driver_sql(f"PRAGMA application_id = {cipher.APPLICATION_ID}")


def _verify(file: Path, data_key: bytes | bytearray, before: Mapping[str, int]) -> None:
    with closing(cipher.connect_to_copy(file, data_key)) as driver:
        found = cipher.faults(driver)
        after = cipher.row_counts(driver)
    found += [f"“{name}”少了行。" for name, rows in before.items() if after.get(name, 0) < rows]
    if found:
        raise troubles.bad_copy(_DOING, found)


def _empty_at_head() -> sa.Engine:
    engine = cipher.engine_on(lambda: dbapi2.connect(":memory:", isolation_level=None), StaticPool)
    with engine.begin() as connection:
        _to_head(connection)
    return engine


def main(arguments: list[str]) -> int:
    """Run the developer's command: `new "message"`."""
    if len(arguments) != 2 or arguments[0] != "new":
        sys.stderr.write('usage: python -m wuling_desktop.storage.migrate new "what changes"\n')
        return 2
    path = new(arguments[1])
    sys.stdout.write(f"{path}\n" if path else "records and migrations agree: nothing written\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
