"""The composition root: the log is opened when there is something to write, and never stands in the way."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from wuling_desktop import app, paths

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def line(text: str) -> logging.LogRecord:
    return logging.LogRecord("wuling_desktop", logging.INFO, "", 0, text, None, None)


def test_the_log_is_opened_by_its_first_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path / "log")
    log = app._Log()
    assert not (tmp_path / "log").exists()
    log.handle(line("one"))
    log.handle(line("another"))
    assert (tmp_path / "log" / "wuling.log").read_text("utf-8").split() == ["one", "another"]
    log.close()


def test_no_place_to_write_a_log_is_no_reason_not_to_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "log").write_bytes(b"a file in the place of the folder")
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path / "log")
    log = app._Log()
    log.handle(line("one"))
    assert isinstance(log._files, logging.NullHandler)
    log.close()
    assert (tmp_path / "log").read_bytes() == b"a file in the place of the folder"
