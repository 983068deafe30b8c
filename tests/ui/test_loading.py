"""What is behind the door is loaded in small steps, and nothing that needs it begins before."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QWindow

from wuling_desktop.ui import loading
from wuling_desktop.ui.loading import Loading

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot


def test_what_needs_the_house_waits_until_all_of_it_is_loaded(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(loading.importlib, "import_module", loaded.append)
    window = QWindow()
    house = Loading(window)
    house.when_done(lambda: loaded.append("the desk"))
    with qtbot.waitSignal(house.begun):
        window.show()
        house.go_on(window)
    assert "the desk" not in loaded
    with qtbot.waitSignal(house.done):
        pass
    qtbot.waitUntil(lambda: "the desk" in loaded)
    assert loaded.index("the desk") > max(loaded.index(name) for name in loading._SCREEN)
    house.when_done(lambda: loaded.append("another desk"))
    assert "another desk" in loaded
    window.close()


def test_every_piece_is_there() -> None:
    for name in loading._SCREEN:
        loading.importlib.import_module(name)
        assert name in sys.modules
