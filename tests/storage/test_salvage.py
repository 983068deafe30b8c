"""What can be read of a damaged data file is read: rows on sound pages come out, the file itself stays as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import Damaged, DataFiles
from wuling_desktop.storage.salvage import salvage

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "测试口令 2026"
PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with the demo branch, closed."""
    desk, _ = DataFiles(tmp_path / "data").create(PASSWORD, unit="演示", branch="演示党总支", clerk="试用")
    desk.demo.fill()
    desk.close()
    return tmp_path / "data"


def spoil(folder: Path, number: int) -> None:
    raw = bytearray((folder / "wuling.db").read_bytes())
    raw[number * PAGE + 100 : number * PAGE + 200] = b"?" * 100
    (folder / "wuling.db").write_bytes(raw)


def test_a_sound_file_is_read_whole(folder: Path) -> None:
    found = salvage(folder, PASSWORD)
    assert len(found.content["records"]["person"]) == 54
    assert found.lacking == ()


def test_sound_pages_of_a_damaged_file_are_read(folder: Path, tmp_path: Path) -> None:
    pages = (folder / "wuling.db").stat().st_size // PAGE
    whole = salvage(folder, PASSWORD).rows
    sound = (folder / "wuling.db").read_bytes()
    lost = read = 0
    for number in range(2, pages, 7):
        (folder / "wuling.db").write_bytes(sound)
        spoil(folder, number)
        before = (folder / "wuling.db").read_bytes()
        try:
            found = salvage(folder, PASSWORD)
        except Damaged:  # a page of the list of tables: without it nothing is found
            continue
        finally:
            assert (folder / "wuling.db").read_bytes() == before
        assert 0 < found.rows <= whole
        assert found.lacking or found.rows == whole
        lost, read = lost + (found.rows < whole), read + found.rows
        if found.rows < whole:
            with pytest.raises(Damaged):
                DataFiles(folder).unlock(PASSWORD)
            told = DataFiles(folder).salvage(tmp_path / "能读的.json", PASSWORD)
            kept = json.loads((tmp_path / "能读的.json").read_text("utf-8"))
            assert sum(map(len, kept["records"].values())) == told.rows
    assert 0 < lost < read


def test_without_its_first_page_nothing_can_be_read(folder: Path) -> None:
    spoil(folder, 0)
    with pytest.raises(Problem, match="打不开"):
        salvage(folder, PASSWORD)


def test_only_the_password_opens_it(folder: Path) -> None:
    with pytest.raises(Problem, match="密码不对"):
        salvage(folder, "另一个口令 77")
