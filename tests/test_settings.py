"""Preferences: kept, read back, and never a reason not to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wuling_desktop import settings
from wuling_desktop.settings import Preferences

if TYPE_CHECKING:
    from pathlib import Path


def test_kept_and_read_back(tmp_path: Path) -> None:
    kept = Preferences(
        theme="dark", scale=130, rows="roomy", window=(10, 20, 1280, 800), print_shift=(1.5, -2.0)
    ).with_folder("导入", "某文件夹")
    settings.save(kept, tmp_path / "a" / "preferences.json")
    assert settings.load(tmp_path / "a" / "preferences.json") == kept
    assert kept.folder_for("导入") == "某文件夹"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"theme": "pink", "scale": 7, "window": [1, "x"]}',
        '{"last_folders": [1], "print_shift": ["1", null]}',
    ],
)
def test_spoilt_files_fall_back(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.json").write_text(text, "utf-8")
    assert settings.load(tmp_path / "p.json") == Preferences()


def test_a_place_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    settings.save(Preferences(), tmp_path / "file" / "p.json")
    assert settings.load(tmp_path / "file" / "p.json") == Preferences()
