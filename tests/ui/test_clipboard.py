"""What is copied: an identity number is gone after a while, and at once where the desk is left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wuling_desktop.ui import clipboard

if TYPE_CHECKING:
    from person_at_the_desk import Person
    from pytestqt.qtbot import QtBot

NUMBER = "450199199108050248"


@pytest.mark.parametrize("keys", ["Ctrl+L", ""], ids=["locked", "closed"])
@pytest.mark.parametrize(
    ("text", "secret", "left"), [(NUMBER, False, ""), ("AXHFZ", True, ""), ("韦清和", False, "韦清和")]
)
def test_a_secret_does_not_outlive_the_desk(
    secretary: Person, keys: str, text: str, left: str, *, secret: bool
) -> None:
    clipboard.put(text, secret=secret)
    if keys:
        secretary.press(keys)
        secretary.rest()
    else:
        secretary.program.close_all()
    assert clipboard.text() == left


def test_what_was_put_there_since_stays(secretary: Person) -> None:
    clipboard.put(NUMBER)
    clipboard.put("别处来的字")
    secretary.press("Ctrl+L")
    secretary.rest()
    assert clipboard.text() == "别处来的字"


def test_a_secret_is_gone_after_a_while(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "KEPT_FOR", 20)
    clipboard.put("恢复码", secret=True)
    assert clipboard.text() == "恢复码"
    qtbot.waitUntil(lambda: clipboard.text() == "")
    assert clipboard._secrets == set()


def test_a_program_that_copied_a_secret_ends_in_order() -> None:
    """Without a screen Qt would let go of it after Python's end."""
    script = (
        "from PySide6.QtWidgets import QApplication; application = QApplication([]);"
        "from wuling_desktop.ui import clipboard; clipboard.put('x', secret=True); clipboard.leave()"
    )
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, check=False)
    assert done.returncode == 0
