"""The PostgreSQL server that tests run on: the one `WULING_TEST_SERVER` names, else one started for this session alone.

    WULING_TEST_SERVER      how a server is reached, as libpq takes it: postgresql://me@127.0.0.1:5432/postgres
    WULING_NEEDS_SERVER     set to anything, a missing server is a failure and no matter of course

Each test has a database of its own, copied from one that stands ready, and dropped at its end.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import invented_authority
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMED, NEEDED = "WULING_TEST_SERVER", "WULING_NEEDS_SERVER"
_USUAL = Path("/usr/lib/postgresql")  # Debian keeps the server's programs off the path
_QUICK = {  # nothing has to survive these tests
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
}
ELSEWHERE = "127.0.0.2"  # this machine, but not by a name that is taken for it
PROVEN = "wei"  # the account that has to prove itself, wherever it comes from
_ADMITTED = f"""
local   all  {PROVEN}            scram-sha-256
local   all  all            trust
hostssl all  all  127.0.0.0/8    scram-sha-256
"""
# Waits until these tests let go of its input, be it that they were killed, and leaves nothing of the server.
_KEEP = 'cat >/dev/null; "$0" -D "$1/data" -m immediate -w -s stop; rm -rf "$1"'
_STRATEGIES = 15_00_00  # the first version that has two ways of copying
_names = count(1)


def programs() -> Path | None:
    """Return the folder of a server's programs on this machine, the newest one's."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(_USUAL.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((path for path in found if (path / "initdb").exists()), None)


def is_there() -> bool:
    """Whether tests can have a server; what starts one of their own knows Linux only."""
    return bool(os.environ.get(NAMED)) or (sys.platform == "linux" and programs() is not None)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind((ELSEWHERE, 0))
        return int(tried.getsockname()[1])


class TrialServer:
    """A running server, and how it is asked."""

    def __init__(self) -> None:
        self._keeper: subprocess.Popen[bytes] | None = None
        self.authority = b""  # the certificate that vouches for a server started here
        named = os.environ.get(NAMED)
        self.address: dict[str, Any] = conninfo_to_dict(named) if named else self._start()
        self._version = int(self.ask("SHOW server_version_num")[0][0])

    def new(self, template: str = "template1") -> str:
        """Return the name of a database of its own, a copy of another."""
        name = f"wuling_{os.getpid()}_{next(_names)}"
        copied = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
        if self._version >= _STRATEGIES:
            copied += sql.SQL(" STRATEGY FILE_COPY")  # the other one takes twice as long here
        self.ask(copied)
        return name

    def drop(self, names: Iterable[str]) -> None:
        """Remove databases, whoever is still in them."""
        for name in names:
            self.ask(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def ask(self, statement: Any, given: Any = None, dbname: str | None = None) -> list[Any]:
        """Run a statement as the owner of the server."""
        with psycopg.connect(**self.reached(dbname), autocommit=True) as connection:
            cursor = connection.execute(statement, given)
            return cursor.fetchall() if cursor.description else []

    def reached(self, dbname: str | None = None) -> dict[str, Any]:
        """Return how a database is reached."""
        return {**self.address, **({"dbname": dbname} if dbname else {})}

    def write_toml(self, folder: Path, dbname: str, **more: object) -> None:
        """Let a data folder be that of a database."""
        folder.mkdir(parents=True, exist_ok=True)
        known = {name: self.address[name] for name in ("host", "port", "user") if name in self.address}
        lines = [
            f"{name} = {value}" if isinstance(value, int) else f'{name} = "{value}"'
            for name, value in {**known, "port": int(known["port"]), "dbname": dbname, **more}.items()
        ]
        (folder / "server.toml").write_text("\n".join(lines), "utf-8")

    def stop(self) -> None:
        """End the server, if it was started here, and leave nothing of it."""
        if self._keeper is not None:
            self._keeper.communicate()

    def _start(self) -> dict[str, Any]:
        place = Path(tempfile.mkdtemp(prefix="wuling-pg-"))
        if self._account:
            shutil.chown(place, self._account)
        place.chmod(0o755)
        self._run(
            "initdb",
            "-D",
            place / "data",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-A",
            "trust",
            "-U",
            "postgres",
            "-N",
        )
        port = str(_free_port())
        settings = {**_QUICK, **self._certified(place), "unix_socket_directories": str(place), "port": port}
        with (place / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        (place / "data" / "pg_hba.conf").write_text(_ADMITTED)
        self._run("pg_ctl", "-D", place / "data", "-l", place / "log", "-w", "-s", "start")
        self._keeper = subprocess.Popen(
            ["sh", "-c", _KEEP, self._program("pg_ctl"), place],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            user=self._account,
            cwd="/",
            start_new_session=True,  # an interrupt from the keyboard is not meant for it
        )
        return {"host": str(place), "port": port, "user": "postgres", "dbname": "postgres"}

    def _certified(self, place: Path) -> dict[str, str]:
        """Write the papers of a server that is spoken to from elsewhere, and return the settings that use them."""
        self.authority, certificate, key = invented_authority.papers(ELSEWHERE)
        for name, content in (("server.crt", certificate), ("server.key", key)):
            (place / name).write_bytes(content)
            (place / name).chmod(0o600)
            if self._account:
                shutil.chown(place / name, self._account)
        return {
            "listen_addresses": ELSEWHERE,
            "ssl": "on",
            "ssl_cert_file": str(place / "server.crt"),
            "ssl_key_file": str(place / "server.key"),
        }

    def _run(self, program: str, *arguments: str | Path) -> None:
        subprocess.run(
            [self._program(program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            user=self._account,
            cwd="/",
        )

    @staticmethod
    def _program(name: str) -> Path:
        folder = programs()
        assert folder is not None
        return folder / name

    @property
    def is_own(self) -> bool:
        """Whether it was started here, with papers and accounts to try."""
        return self._keeper is not None

    @property
    def _account(self) -> str | None:
        """Another account where this one is root, whom no server runs for."""
        if os.geteuid() != 0:
            return None
        import pwd  # noqa: PLC0415 - not on Windows

        known = {entry.pw_name for entry in pwd.getpwall()}
        return next(name for name in ("postgres", "nobody") if name in known)
