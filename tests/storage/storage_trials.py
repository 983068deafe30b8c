"""What storage is tried with: people to write, a child to kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from wuling_desktop.storage import log, schema

HERE = Path(__file__).parent
SECRET = "测试口令 2026"
CANARY = "韦清和"


def add(database: Any, count: int = 1) -> int:
    """Write people and a sealed operation in one transaction, and return the operation's number."""
    with database.writing() as connection:
        return add_within(connection, count)


def add_within(connection: sa.Connection, count: int) -> int:
    """Write people and a sealed operation."""
    for _ in range(count):
        connection.execute(sa.text("INSERT INTO person (name) VALUES (:name)"), {"name": CANARY})
    connection.execute(sa.text("INSERT INTO award (person) SELECT max(id) FROM person"))
    number = (connection.execute(sa.select(sa.func.max(log.OPERATION.c.id))).scalar() or 0) + 1
    row = {
        "id": number,
        "name": CANARY,
        "kind": "do",
        "target": None,
        "at": "2026-11-24",
        "clerk": "试",
        "about": None,
    }
    row["hash"] = log.chained(log.head(connection), row, ())
    connection.execute(sa.insert(log.OPERATION), row)
    return number


def content(database: Any) -> tuple[int, int, int]:
    """Return the numbers of people and operations, and the first broken seal (0: none)."""
    with database.reading() as connection:
        people = connection.execute(sa.text("SELECT count(*) FROM person")).scalar_one()
        operations = connection.execute(sa.text("SELECT count(*) FROM operation")).scalar_one()
        return people, operations, log.first_broken(connection) or 0


def litter(folder: Path) -> list[str]:
    """Return the files that should not outlive a step."""
    names = [path.name for path in folder.rglob("*") if path.is_file()]
    return [name for name in names if name.endswith((".new", ".part", ".journal", "-wal", "-shm", ".lock"))]


class Nursery:
    """A process that has loaded everything and forks one child a task, each free to be killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "child.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, HERE.parents[:2]))},
            text=True,
        )
        assert self._answer() == {"ready": True}

    def start(self, task: str, folder: Path, **more: Any) -> int:
        """Begin a task; return the child's number once it is under way."""
        self._tell({"task": task, "folder": str(folder), "versions": str(schema.VERSIONS), **more})
        return int(self._answer()["pid"])

    def end(self) -> int:
        """Wait for the child; return its status, negative where it was killed."""
        self._tell({"task": "wait"})
        return int(self._answer()["status"])

    def run(self, task: str, folder: Path, **more: Any) -> int:
        """Let a task go to its end."""
        self.start(task, folder, **more)
        return self.end()

    def close(self) -> None:
        self._process.communicate(timeout=20)

    def _tell(self, what: dict[str, Any]) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        return dict(json.loads(self._process.stdout.readline()))
