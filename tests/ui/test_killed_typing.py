"""Killed in the middle of typing: of what was typed at most the last five seconds are lost, and the rest is offered again."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from person_at_the_desk import PASSWORD, unlocked
from PySide6.QtWidgets import QLineEdit
from typing_child import FIELD, KEYS

from wuling_desktop.services.data_files import DataFiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from person_at_the_desk import Person

CHILD = Path(__file__).parent / "typing_child.py"
MOST_LOST = 5  # seconds
AT_ONCE = 3  # who types does little


def killed_typing(place: Path, seconds: float) -> tuple[int, int]:
    """Let a process of its own type for so long and kill it; return how much was typed, and how much five seconds before."""
    folder = place / "data"
    DataFiles(folder).create(PASSWORD, unit="某所", branch="某支部", clerk="试")[0].close()
    own = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(place))
    with subprocess.Popen(
        [sys.executable, str(CHILD), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"},
    ) as typing:
        assert typing.stdout
        said = [typing.stdout.readline()]
        assert said[0], "it began to type"
        time.sleep(seconds)
        typing.kill()
        at = time.monotonic()
        said += typing.stdout.readlines()
    typed = [
        (float(moment), int(count)) for moment, count in (line.split() for line in said if line[-1:] == "\n")
    ]
    return typed[-1][1], max((count for moment, count in typed if moment <= at - MOST_LOST), default=0)


def kept_of(folder: Path) -> str:
    """Return what a draft holds of the typed text; none is a draft of nothing."""
    desk = DataFiles(folder).unlock(PASSWORD)
    drafts = desk.drafts.kept()
    desk.close()
    assert len(drafts) <= 1
    return str(drafts[0].values.get("person.phone", "")) if drafts else ""


def tried(place: Path, seconds: float) -> None:
    place.mkdir()
    typed, long_ago = killed_typing(place, seconds)
    kept = kept_of(place / "data")
    assert kept == KEYS[: len(kept)]
    assert long_ago <= len(kept) <= typed + 1, (seconds, long_ago, len(kept), typed)


def test_what_was_typed_before_a_kill_is_offered_once(
    open_program: Callable[..., Person], tmp_path: Path
) -> None:
    place = tmp_path / "killed"
    place.mkdir()
    typed, long_ago = killed_typing(place, 7)
    kept = kept_of(place / "data")
    assert 0 < long_ago <= len(kept) <= typed + 1
    person = unlocked(open_program(place / "data"))
    person.reads("上次没填完的 新增人员 还在。")
    person.click("接着填")
    person.rest()
    assert person.one(QLineEdit, FIELD).text() == kept
    person.write(FIELD, "19900003003")
    person.click("新增")
    person.reads("新增 唐半")
    person.rest()
    person.program.close_all()
    again = unlocked(open_program(place / "data"))
    assert "没填完" not in again.text()
    assert again.program._desk.drafts.kept() == []


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_hundred_kills_while_typing(tmp_path: Path) -> None:
    chance = random.Random(20261125)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        turns = [
            pool.submit(partial(tried, tmp_path / str(turn), 12 * (turn + chance.random()) / 100))
            for turn in range(100)
        ]
        for turn in turns:
            turn.result()
