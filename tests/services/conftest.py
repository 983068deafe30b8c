"""Every test of the services runs once on each engine."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from engines import Engine

    from wuling_desktop.services.desk import Desk


@pytest.fixture(autouse=True)
def _on_each_engine(engine: Engine) -> None:
    """Have an engine even where a test asks for no data of its own making."""


@pytest.fixture
def asked() -> Callable[[Desk], AbstractContextManager[list[str]]]:
    """Return what notes the statements that a desk's data are asked in a block."""

    @contextmanager
    def noted(desk: Desk) -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
            statements.append(statement)

        with desk.people._operations.database.reading() as connection:
            engine = connection.engine
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)

    return noted
