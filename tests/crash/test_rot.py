"""Pages that rot and files that are cut, anywhere in a data folder: found at the opening or by the check, and a way out."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from crash_ground import SECRET, filled
from crash_judge import sum_of

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import Damaged, DataFiles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = 4096


def flip(raw: bytearray, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw))
    raw[at] ^= 1 << chance.randrange(8)
    return bytes(raw)


def zero(raw: bytearray, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw)) // PAGE * PAGE
    raw[start : start + PAGE] = bytes(len(raw[start : start + PAGE]))
    return bytes(raw)


def noise(raw: bytearray, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(raw)), chance.choice((16, 512, PAGE, 5 * PAGE))
    raw[start : start + length] = chance.randbytes(len(raw[start : start + length]))
    return bytes(raw)


def cut(raw: bytearray, chance: random.Random) -> bytes:
    return bytes(raw[: chance.randrange(len(raw))])


def cut_at_a_page(raw: bytearray, chance: random.Random) -> bytes:
    return bytes(raw[: chance.randrange(len(raw)) // PAGE * PAGE])


HOW: tuple[Callable[[bytearray, random.Random], bytes], ...] = (flip, zero, noise, cut, cut_at_a_page)


@dataclass(frozen=True)
class Ground:
    """A sound data folder, a sound backup of it elsewhere, and what both hold."""

    folder: Path
    backup: Path
    sum: str


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    place = tmp_path_factory.mktemp("rot")
    desk = filled(place / "data")
    desk.backups.make()
    backup = desk.backups.make(place / "U 盘").path
    sum_ = sum_of(desk)
    desk.close()
    return Ground(place / "data", backup, sum_)


def damaged(ground: Ground, place: Path, chance: random.Random) -> tuple[Path, str]:
    """Copy the folder and spoil one of its files; return the copy, and the name of the file."""
    folder = place / "data"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ground.folder, folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    # Half of all goes to the data file itself, the other files share the rest.
    path = chance.choice((folder / "wuling.db", chance.choice(files)))
    raw = path.read_bytes()
    how = chance.choice(HOW)
    while (spoilt := how(bytearray(raw), chance)) == raw:
        pass  # zeroes where there are some already
    path.write_bytes(spoilt)
    return folder, f"{path.relative_to(folder)} {how.__name__}"


def looked_at(folder: Path, ground: Ground, what: str) -> str:
    """Open what is damaged and check it; return how that was found."""
    try:
        desk = DataFiles(folder).unlock(SECRET)
    except Damaged:
        restored(folder, ground)
        return "at the opening"
    except Problem as problem:
        raise AssertionError((what, str(problem))) from problem
    assert sum_of(desk) == ground.sum, what  # what is shown is right, or nothing is shown
    lost, notes = desk.told_at_opening()
    assert not lost
    checked = [desk.backups.verify(), *(desk.backups.verify(each.path) for each in desk.backups.listing())]
    if notes:
        found = "told and mended"
        assert "钥匙文件" in notes[0]
    elif len(checked) < 2:
        found = "no longer among the backups"
    else:
        assert not all(verdict.ok for verdict in checked), what
        found = "by the check"
        if not checked[0].ok:  # of the data, not of a backup
            desk.backups.restore(ground.backup)
            assert desk.backups.verify().ok, what
    assert sum_of(desk) == ground.sum
    desk.close()
    return found


def restored(folder: Path, ground: Ground) -> None:
    """Go the way that is offered where data do not open."""
    desk, by_key = DataFiles(folder).restore_and_open(ground.backup, SECRET)
    assert not by_key
    assert sum_of(desk) == ground.sum
    assert desk.backups.verify().ok
    desk.close()
    assert len(list(folder.glob("wuling.db.replaced-*"))) == 1, "what was damaged is kept"


def tried(ground: Ground, place: Path, seed: int, count: int) -> set[str]:
    chance = random.Random(seed)
    found = set()
    for _ in range(count):
        folder, what = damaged(ground, place, chance)
        found.add(looked_at(folder, ground, what))
    return found


def test_a_few_damages_are_all_found(ground: Ground, tmp_path: Path) -> None:
    assert tried(ground, tmp_path, random.randrange(10**6), 25)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_five_hundred_damages_are_all_found(ground: Ground, tmp_path: Path) -> None:
    found = tried(ground, tmp_path, 20261125, 500)
    assert found == {"at the opening", "by the check", "told and mended", "no longer among the backups"}
