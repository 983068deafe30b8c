"""A copy that is only looked into lies nowhere afterwards, and nowhere but among the system's passing files meanwhile."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest
from storage_trials import SECRET

from wuling_desktop.storage import copies
from wuling_desktop.storage.database import Database

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def passing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "passing"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_what_a_crash_left_goes_at_the_next_start_of_that_file(data: Path, passing: Path) -> None:
    opened = Database.open(data, password=SECRET)
    own, anothers = copies._prefix(opened.file_id), copies._prefix("another")
    opened.close()
    for prefix in (own, anothers):
        (passing / f"{prefix}x").mkdir()
        (passing / f"{prefix}x/wuling.db").write_bytes(b"enciphered")
    Database.open(data, password=SECRET).close()
    assert [path.name for path in passing.iterdir()] == [f"{anothers}x"]


@pytest.mark.parametrize("file_id", ["../../elsewhere", "*", ""])
def test_the_name_a_strangers_backup_gives_itself_leads_nowhere(passing: Path, file_id: str) -> None:
    with copies.looked_into(file_id) as place:
        assert place.parent == passing
        (passing / "another's").mkdir()
    copies.sweep(file_id)
    assert [path.name for path in passing.iterdir()] == ["another's"]
