"""Every test of the services runs once on each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from engines import Engine


@pytest.fixture(autouse=True)
def _on_each_engine(engine: Engine) -> None:
    """Have an engine even where a test asks for no data of its own making."""
