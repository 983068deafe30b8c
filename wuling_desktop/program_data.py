"""The program's own tables and rules, read once and kept as frozen values."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from wuling_desktop import paths

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def code_rows(table: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of `resources/codes/<table>.csv`: columns code, text, others (split by |)."""
    return _csv_rows("codes", table)


def demo_rows(table: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of `resources/demo/<table>.csv`: a column per datum by its full name, values as typed."""
    return _csv_rows("demo", table)


def _csv_rows(folder: str, table: str) -> tuple[Mapping[str, str], ...]:
    with (paths.resources() / folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(MappingProxyType(row) for row in csv.DictReader(file))


@cache
def rules(name: str) -> Mapping[str, Any]:
    """Return `resources/rules/<name>.toml`."""
    with (paths.resources() / "rules" / f"{name}.toml").open("rb") as file:
        return MappingProxyType(tomllib.load(file))
