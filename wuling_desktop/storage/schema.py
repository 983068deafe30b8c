"""Which shape of the data the program knows: read from the file names of the migrations.

A start compares this number with the one in the data file and loads Alembic only where they differ.
Migrations are called `v0001_first_house.py`, one straight line; a frozen program ships their folder as files.
"""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
VERSIONS = MIGRATIONS / "versions"
_NAME = re.compile(r"v(\d{4})_\w+\.py")


def current(connection: sa.Connection) -> str:
    """Return the revision of an open data file."""
    return str(connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one())


def head() -> str:
    """Return the newest revision, such as `0003`."""
    return f"{number():04}"


def number() -> int:
    """Return the newest revision as the number a data file holds in its `user_version`."""
    found = (_NAME.fullmatch(path.name) for path in VERSIONS.iterdir())
    return max((int(name[1]) for name in found if name), default=0)
