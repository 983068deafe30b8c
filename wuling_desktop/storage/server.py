"""Data on a server of the unit: many desks read at once, and write one after the other.

Whoever writes holds an advisory lock until the end of the transaction, so that the log stays one chain. Loaded only
where a `server.toml` is met.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from wuling_desktop.domain.problems import of_os_error
from wuling_desktop.records import Person
from wuling_desktop.records.base import table_of
from wuling_desktop.storage import attachments, log, schema, server_toml, server_troubles, troubles
from wuling_desktop.storage.connection import APPLICATION_ID
from wuling_desktop.storage.data import Data, Verdict
from wuling_desktop.storage.server_tables import ABOUT, TABLES, ServerContents, found
from wuling_desktop.storage.server_toml import VERIFIED, Address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.storage.database import Database

_SESSION = {  # in milliseconds: how long one waits for another desk, for a statement, and for a desk that has gone
    "lock_timeout": 5_000,  # as long as one waits for the file
    "statement_timeout": 120_000,
    "idle_in_transaction_session_timeout": 120_000,
}
_LINE = {  # in seconds, but for the last one: a dead line is noticed, not waited on
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


@compiles(sa.String, "postgresql")
def _without_length(_type: sa.String, _compiler: Any, **_more: Any) -> str:
    """Let a text be as long there as in the file, where a length is a word and no limit."""
    return "VARCHAR"


class ServerDatabase(Data):
    """Open data of a server, by the account and the password of whoever sits at this desk."""

    def __init__(self, folder: Path, address: Address, password: str) -> None:
        super().__init__(folder)
        self._address = address
        self._who: tuple[str, str] | None = None  # the name of the data, and of the account
        self.engine = sa.create_engine(
            "postgresql+psycopg://",
            creator=lambda: _connect(folder, address, password),
            hide_parameters=True,
            pool_pre_ping=True,
        )

    @classmethod
    def create(cls, folder: Path, password: str) -> ServerDatabase:
        """Make the tables in an empty database; Problem where there are some."""
        database = cls(folder, server_toml.read(folder), password)
        with database._closed_on_error(), database._writing("新建数据", anew=True) as connection:
            from wuling_desktop.storage import migrate  # noqa: PLC0415 - a start without it needs no Alembic

            if sa.inspect(connection).has_table("alembic_version"):
                raise troubles.already_here()
            migrate.run(connection)
            found(connection)
        return database

    @classmethod
    def open(cls, folder: Path, password: str) -> ServerDatabase:
        """Open the data; those of an older program are brought to the schema of this one, in one transaction."""
        database = cls(folder, server_toml.read(folder), password)
        with database._closed_on_error():
            if database._schema() < schema.number():
                database._upgrade()
        return database

    @property
    def file_id(self) -> str:
        """The name of these data among others."""
        return self._known()[0]

    @property
    def whose(self) -> str:
        """The account at this desk."""
        return self._known()[1]

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a transaction that sees one state of the data from its first statement to its end."""
        with self._told("读取"), self.engine.connect() as connection:
            connection.execution_options(**_READING)
            with connection.begin() as transaction:
                yield connection
                transaction.rollback()

    def _saving(self) -> AbstractContextManager[sa.Connection]:
        return self._writing("保存")

    def contents(self) -> ServerContents:
        """Return the table of contents."""
        return ServerContents(self.reading, lambda: self._ended("保存附件"))

    def as_file(self, doing: str) -> Database:
        """Say that there is none."""
        raise server_troubles.kept_by_server(doing)

    def verify(self) -> Verdict:
        """Check the seals of the log and the attachments; pages, structure and links are the server's own care."""
        person = table_of(Person)
        living = sa.select(sa.func.count()).select_from(person).where(person.c.removed_at.is_(None))
        with self.reading() as connection:
            people = int(connection.execute(living).scalar_one())
            faults = log.faults(connection)
            needed = attachments.needed(connection)
        faults += self.contents().faults(needed)
        return Verdict(not faults, schema.head(), people, tuple(faults))

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def _known(self) -> tuple[str, str]:
        if self._who is None:
            with self.reading() as connection:
                query = sa.select(ABOUT.c.file_id, sa.literal_column("session_user", sa.Text))
                file_id, account = connection.execute(query).one()
            self._who = (str(file_id), str(account))
        return self._who

    def _schema(self) -> int:
        """Return the schema number of the data; Problem where there are none or they are newer."""
        with self._ended("打开数据") as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                raise server_troubles.nothing_there()
            number = int(schema.current(connection))
        if number > schema.number():
            raise troubles.newer()
        return number

    def _upgrade(self) -> None:
        from wuling_desktop.storage import migrate  # noqa: PLC0415 - a start without it needs no Alembic

        with self._writing("把数据换成新版的样子", anew=True) as connection:
            migrate.run(connection)  # does nothing where another desk was first
            TABLES.create_all(connection)
        self.notes.append("服务器上的数据已换成新版程序的样子；其他电脑要装上新版才能打开。")

    @contextmanager
    def _writing(self, doing: str, *, anew: bool = False) -> Iterator[sa.Connection]:
        """Open a transaction under the lock of the log; `anew` where the shape of the data is about to change."""
        with self._ended(doing) as connection:
            if anew and self._address.schema:
                connection.execute(sa.schema.CreateSchema(self._address.schema, if_not_exists=True))
            lock = sa.func.pg_advisory_xact_lock(
                APPLICATION_ID, sa.func.hashtext(sa.func.coalesce(sa.func.current_schema(), ""))
            )
            connection.execute(sa.select(lock))
            # Asked under the lock: another desk may have brought the data to a newer schema since they were opened.
            if not anew and schema.current(connection) != schema.head():
                raise troubles.newer()
            yield connection

    @contextmanager
    def _ended(self, doing: str) -> Iterator[sa.Connection]:
        """Open a transaction and end it; whether an end that nobody confirmed came through is `Unsure`."""
        with self._told(doing), self.engine.connect() as connection:
            transaction = connection.begin()
            try:
                yield connection
            except BaseException:
                transaction.rollback()
                raise
            try:
                transaction.commit()
            except sa.exc.DBAPIError as error:
                if error.connection_invalidated:
                    raise server_troubles.unsure(doing) from error
                raise

    @staticmethod
    def _problem_of(error: BaseException | None, doing: str) -> Problem | None:
        return server_troubles.of_sql(error, doing)

    @contextmanager
    def _closed_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise


def _connect(folder: Path, address: Address, password: str) -> Any:
    """Return a driver connection. What the server says of a refusal may hold names, so it goes into no log."""
    asked: dict[str, Any] = {
        "host": address.host,
        "port": address.port,
        "dbname": address.dbname,
        "user": address.user,
        "password": password,  # empty: libpq looks into the user's own password file
        "application_name": "wuling",
        "options": " ".join(f"-c {name}={value}" for name, value in _SESSION.items()),
    }
    if address.schema:
        asked["options"] += f" -c search_path={address.schema}"
    if not address.is_here:
        asked |= {"sslmode": VERIFIED, "sslrootcert": "system", "channel_binding": "require"}
    elif address.sslmode:
        asked["sslmode"] = address.sslmode
    if address.sslrootcert:
        asked["sslrootcert"] = str(folder / address.sslrootcert)
    try:
        return psycopg.connect(**{name: value for name, value in (asked | _LINE).items() if value != ""})
    except psycopg.Error as error:
        raise server_troubles.of_connecting(error, address) from error
    except OSError as error:
        raise of_os_error(error, "连接服务器") from error
