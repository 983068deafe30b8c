"""What the pen is tried with: an application without a screen, and the workbooks of the exchange floor's tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from wuling_desktop.paint import headless

sys.path.insert(0, str(Path(__file__).parents[1] / "exchange" / "pages"))


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    headless.ready()
