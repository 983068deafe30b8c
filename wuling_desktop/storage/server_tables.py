"""What the database of a server holds beside the ledgers: its name, and the contents of attachments.

Made here and not by migrations; an encrypted file has a slot file and a folder of sealed files in their place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from wuling_desktop.storage import troubles
from wuling_desktop.storage.attachments import KEPT_DAYS, Contents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from contextlib import AbstractContextManager

    _Transaction = Callable[[], AbstractContextManager[sa.Connection]]

TABLES = sa.MetaData()
ABOUT = sa.Table(
    "server_about", TABLES, sa.Column("file_id", sa.Text, primary_key=True)
)  # the name of these data among others
CONTENT = sa.Table(
    "server_content",
    TABLES,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),  # when it was last taken in
)


def found(connection: sa.Connection) -> None:
    """Make the tables in new data, and give these a name."""
    TABLES.create_all(connection)
    connection.execute(sa.insert(ABOUT), {"file_id": secrets.token_hex(4)})


class ServerContents(Contents):
    """Attachments in a table of the server, written at once and apart from the operation that speaks of them.

    `keeping` opens a transaction that waits for no other desk: a large file holds nobody up.
    """

    def __init__(self, reading: _Transaction, keeping: _Transaction) -> None:
        self._reading = reading
        self._keeping = keeping

    def has(self, sha256: str) -> bool:
        """Whether a content is there; not whether it is sound."""
        with self._reading() as connection:
            query = sa.select(CONTENT.c.sha256).where(CONTENT.c.sha256 == sha256)
            return connection.execute(query).scalar() is not None

    def keep(self, content: bytes) -> str:
        """Keep a content unless it lies there sound already; return its sha256, by which it is asked for.

        Taken in anew it has not lain long: another desk that sweeps at this moment leaves it.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        with self._keeping() as connection:
            again = sa.update(CONTENT).where(CONTENT.c.sha256 == sha256, _is_sound())
            if not connection.execute(again.values(kept_at=sa.func.now())).rowcount:
                new = insert(CONTENT).values(sha256=sha256, content=content, kept_at=sa.func.now())
                given = {"content": new.excluded.content, "kept_at": new.excluded.kept_at}
                connection.execute(new.on_conflict_do_update(index_elements=["sha256"], set_=given))
        return sha256

    def content(self, sha256: str) -> bytes:
        """Return a content; Problem where it is missing or damaged."""
        with self._reading() as connection:
            found = connection.execute(
                sa.select(CONTENT.c.content).where(CONTENT.c.sha256 == sha256)
            ).scalar()
        if found is None:
            raise troubles.missing_attachment()
        content = bytes(found)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise troubles.damaged_attachment()
        return content

    def fault(self, sha256: str) -> str | None:
        """Return what is wrong with a content; the server looks itself, so that nothing has to be sent."""
        with self._reading() as connection:
            sound = connection.execute(sa.select(_is_sound()).where(CONTENT.c.sha256 == sha256)).scalar()
        return {None: "找不到了", False: "读不出来", True: None}[sound]

    def sweep(self, needed: Collection[str], *, now: float | None = None) -> None:
        """Remove what no row needs and what has lain long enough since it was last taken in."""
        oldest = (
            dt.datetime.fromtimestamp(now, dt.UTC) if now is not None else dt.datetime.now(dt.UTC)
        ) - dt.timedelta(days=KEPT_DAYS)
        with self._keeping() as connection:
            aged = sa.select(CONTENT.c.sha256).where(CONTENT.c.kept_at < oldest)
            for sha256 in set(connection.execute(aged).scalars()) - set(needed):
                gone = sa.delete(CONTENT).where(CONTENT.c.sha256 == sha256, CONTENT.c.kept_at < oldest)
                connection.execute(gone)


def _is_sound() -> sa.ColumnElement[bool]:
    return sa.func.encode(sa.func.sha256(CONTENT.c.content), "hex") == CONTENT.c.sha256
