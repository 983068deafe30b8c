"""The data file: made, opened, read, written and closed; whoever holds a Database is the only one who writes."""

from __future__ import annotations

import time
from contextlib import closing, contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, cast

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from wuling_desktop import files
from wuling_desktop.domain.problems import Problem, of_os_error
from wuling_desktop.storage import connection as cipher
from wuling_desktop.storage import copies, crash_log, keys, log, schema, swap, troubles
from wuling_desktop.storage.attachments import Store
from wuling_desktop.storage.connection import BACKUPS, FILE
from wuling_desktop.storage.crash_log import Rest
from wuling_desktop.storage.data import Data
from wuling_desktop.storage.keys import SlotFile
from wuling_desktop.storage.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wuling_desktop.storage.data import Verdict

_OPENING = "打开数据"
_PATIENCE = 5  # seconds a reader in another thread is waited for


def exists(folder: Path) -> bool:
    """Whether data lie in this folder, be they whole or not: then a new file is not to be made here."""
    return (folder / FILE).exists() or keys.present(folder) or swap.unfinished(folder)


class Database(Data):
    """An open data file; its transactions are real ones from their first statement."""

    _foreseen = (sa.exc.DBAPIError, dbapi2.Error)  # the driver is spoken to past SQLAlchemy, too

    def __init__(self, folder: Path, lock: Lock, slots: SlotFile, data_key: bytearray) -> None:
        super().__init__(folder)
        self.file = folder / FILE
        self.slots = slots
        self.data_key = data_key
        self.notes += [slots.note] if slots.note else []
        self._lock = lock
        self._attached = False
        self._away = False  # set aside, and not to be opened afterwards
        self._attach()

    @property
    def file_id(self) -> str:
        """The name of this data file among others, in its backups' names."""
        return self.slots.file_id

    @property
    def whose(self) -> str:
        """Nobody's in particular: one desk holds the file."""
        return ""

    @classmethod
    def create(cls, folder: Path, password: str) -> tuple[Database, str]:
        """Make a new data file; return it open, and the recovery key as it is to be printed."""
        from wuling_desktop.storage import migrate  # noqa: PLC0415 - a start without it needs no Alembic

        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # nobody else at this computer looks in
        except OSError as error:
            raise of_os_error(error, "新建数据文件夹") from error
        lock = Lock.acquire(folder)
        with lock.kept_if_done():
            swap.resume(folder)
            if exists(folder):
                raise troubles.already_here()
            data_key = keys.new_data_key()
            slots, printed = SlotFile.new(data_key, password)
            with swap.building(folder, "新建数据"):
                migrate.build(swap.new(folder), data_key)
                for name in (keys.NAME, keys.COPY):
                    swap.new(folder, name).write_bytes(slots.content())
                swap.put_in_place(folder, (FILE, keys.NAME, keys.COPY), "新建数据")
            return cls(folder, lock, slots, data_key), printed

    @classmethod
    def open(cls, folder: Path, *, password: str | None = None, recovery_key: str | None = None) -> Database:
        """Open the data file by password or recovery key; Problem says which of the many reasons forbids it."""
        if not exists(folder):
            raise troubles.nothing_here(folder)
        lock = Lock.acquire(folder)
        with lock.kept_if_done():
            resumed = swap.resume(folder)
            if not (folder / FILE).exists():
                raise troubles.missing_data(folder)
            slots = SlotFile.read(folder)
            if recovery_key is not None:
                data_key = slots.unlock_with_recovery_key(recovery_key)
            else:
                data_key = slots.unlock_with_password(password or "")
            earlier = [] if resumed else swap.kept_before(folder)
            database = cls(folder, lock, slots, data_key)
        # This start was clean: what an earlier one kept has done its service, and what a crash cut off is of no use.
        with suppress(OSError):
            files.remove(*earlier, *(folder / BACKUPS).rglob(".*.part"))
        copies.sweep(database.file_id)
        return database

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a transaction that sees one state of the data from its first statement to its end."""
        self._come_back()
        with self._told("读取"), self.engine.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Open a transaction that alone may write; kept at its end, undone whole on any error. Others wait in order."""
        self._come_back()
        with super().writing() as connection:
            yield connection

    @contextmanager
    def _saving(self) -> Iterator[sa.Connection]:
        with self._told("保存"), self.engine.connect() as connection:
            connection.execution_options(**{cipher.BEGIN: "IMMEDIATE"})
            with connection.begin():
                yield connection

    def contents(self) -> Store:
        """Return the sealed files beside the data file."""
        return Store.of(self)

    def as_file(self, doing: str) -> Database:  # noqa: ARG002 - the other engine says what cannot be done
        """Return itself."""
        return self

    def verify(self) -> Verdict:
        """Check the open data file as a backup is checked."""
        from wuling_desktop.storage import backup  # noqa: PLC0415 - a start without it is quicker

        return backup.verify_present(self)

    @contextmanager
    def held_still(self) -> Iterator[tuple[Any, IO[bytes]]]:
        """Yield a driver connection and the bytes of the file, which for this time hold all that is saved.

        Saving goes on meanwhile: it goes to the log, which nobody may fold into the file under this transaction.
        The bytes come through a handle as old as the connections: closing a second one would drop their locks.
        """
        self._come_back()
        with self._told("备份"), self.engine.connect() as connection:
            driver = _driver(connection)
            with self._turn:
                _fold_log(driver)
                driver.execute("BEGIN")
                cipher.value(driver, "SELECT count(*) FROM sqlite_master")
            try:
                self._bytes.seek(0)
                yield driver, self._bytes
            finally:
                driver.rollback()

    @contextmanager
    def set_aside(self) -> Iterator[None]:
        """Close the file for a moment while its place stays locked; then open whatever lies there.

        What was done meanwhile is done: where the disk keeps the file from being opened, the next step tries and tells it.
        """
        with self._turn:
            self._detach()
            try:
                yield
            finally:
                self._away = True
                try:
                    self._attach()
                except Problem:
                    if not self._away:
                        raise

    def take_slots(self, slots: SlotFile, data_key: bytearray) -> None:
        """Go on with the keys of another file, which was put in place while this one was set aside."""
        self.slots, self.data_key = slots, data_key

    def change_password(self, old: str, new: str) -> None:
        """Replace the password; Problem where the old one is another. Older backups keep the old one."""
        self.slots.unlock_with_password(old)
        self.set_password(new)

    def set_password(self, new: str) -> None:
        """Replace a forgotten password, after opening by the recovery key."""
        self.slots = self.slots.with_password(self.data_key, new).write(self.folder, "修改密码")

    def new_recovery_key(self, password: str) -> str:
        """Replace the recovery key and return the new one as it is to be printed."""
        self.slots.unlock_with_password(password)
        changed, printed = self.slots.with_recovery_key(self.data_key)
        self.slots = changed.write(self.folder, "更换恢复码")
        return printed

    def close(self) -> None:
        """Fold the log into the file, forget the key, give the folder free."""
        if self._attached:
            try:
                self._detach()
            except Problem:  # a reader that does not end loses nothing
                self._attached = False
                self.engine.dispose()
                self._bytes.close()
        self._away = False
        self.data_key[:] = bytes(len(self.data_key))
        self._lock.release()

    def _come_back(self) -> None:
        """Open what could not be opened after it was set aside; Problem where it still cannot be."""
        if self._away:
            with self._turn:
                if self._away:  # else another thread did it
                    self._attach()

    def _attach(self) -> None:
        try:
            number = cipher.look(self.file, self.data_key)
            with self._told(_OPENING):
                rest = crash_log.rest(self.file, self.data_key)
        except OSError as error:
            raise of_os_error(error, _OPENING) from error
        if number > schema.number():
            raise troubles.newer()
        if number < schema.number():
            self._away = False  # with a backup each time: not to be tried again by every step
            from wuling_desktop.storage import migrate  # noqa: PLC0415 - a start without it needs no Alembic

            migrate.upgrade(self.folder, self.data_key, self.slots)
            self.notes.append("数据已换成新版程序的样子；换之前的一份留在备份里。")
        try:
            self._bytes: IO[bytes] = self.file.open("rb", buffering=0)
        except OSError as error:
            raise of_os_error(error, _OPENING) from error
        self.engine = cipher.engine_on(self._connect, QueuePool)
        self._attached = True
        try:
            self._probe()
        except BaseException:
            self._detach()
            raise
        self._away = False
        if rest is not Rest.NOTHING:
            with self.reading() as connection:
                self.lost = rest.told(log.latest(connection))

    def _connect(self) -> Any:
        if not self._attached:
            raise troubles.busy("这一步")
        return cipher.connect(self.file, self.data_key)

    def _probe(self) -> None:
        """Make sure that nobody else writes and that every page in use can be read."""
        with self._told(_OPENING), self.engine.connect() as connection:
            connection.execution_options(**{cipher.BEGIN: "EXCLUSIVE"})
            with connection.begin():
                if cipher.unsound(_driver(connection)):
                    raise troubles.damaged()

    def _detach(self) -> None:
        """Close every connection; Problem where another thread keeps reading, and then nothing has changed."""
        with suppress(sa.exc.DBAPIError, dbapi2.Error, Problem), self.engine.connect() as connection:
            _fold_log(_driver(connection))  # else the next start reads the log
        self._attached = False  # nobody begins to read from here on
        pool = cast("QueuePool", self.engine.pool)
        deadline = time.monotonic() + _PATIENCE
        while pool.checkedout():  # asked before `dispose`, which forgets who still reads
            if time.monotonic() > deadline:
                self._attached = True
                raise troubles.busy("关闭数据")
            time.sleep(0.01)
        self.engine.dispose()
        self._bytes.close()

    @staticmethod
    def _problem_of(error: BaseException | None, doing: str) -> Problem | None:
        return troubles.of_sql(error, doing)


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.dbapi_connection


def _fold_log(driver: Any) -> None:
    """Bring everything saved from the log into the file itself."""
    with closing(driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")) as cursor:
        busy, _, _ = cursor.fetchone()
    if busy:
        raise troubles.busy("备份")
