"""What the program says of itself: every library it needs is named with its licence, read from what is installed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from wuling_desktop.services import about

ROOT = Path(__file__).resolve().parents[2]


def test_the_libraries_named_are_those_the_program_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {match[0] for each in asked if (match := re.match(r"[A-Za-z0-9._-]+", each))}
    assert set(about.LIBRARIES) == names


def test_each_has_a_licence_and_those_they_stand_on_too() -> None:
    found = {each.name: each for each in about.libraries()}
    assert set(about.LIBRARIES) <= set(found)
    assert "shiboken6" in found
    assert "pytest" not in found
    for library in found.values():
        assert library.licence, library.name
        assert "GPL" not in library.licence or "LGPL" in library.licence, library.name
    assert "MIT" in found["Phosphor Icons（图标）"].text
