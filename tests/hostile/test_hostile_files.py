"""Strangers' files: each ends in an import, a part of one with reasons, a question, or three Chinese sentences.

A few of every class here; all of them, in processes of their own whose time and memory are measured, by `--slow`; as a
table by `tests/by_hand/hostile_table.py`.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest
from hostile import measured
from hostile.corpus import CLASSES
from hostile.doors import DOORS, Answer, tried
from hostile.judging import faults
from hostile.pen import ONE, PLAIN, READ, Hostile, rows, sheet

from wuling_desktop.domain.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk

EVERY = 12  # of a class, one in so many is tried each time
ALL = [(class_, file) for class_, files in CLASSES.items() for file in files]
SOME = [(class_, file) for class_, files in CLASSES.items() for file in files[EVERY // 2 :: EVERY]]


def named(value: object) -> str:
    return value.name if isinstance(value, Hostile) else str(value)


@pytest.mark.parametrize(("class_", "file"), SOME, ids=named)
def test_some_of_every_class(class_: str, file: Hostile, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    answer = tried(DOORS[class_], desk, file.make(folder))
    assert faults(file, answer) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the memory of processes is read from /proc")
@pytest.mark.parametrize(("class_", "file"), ALL, ids=named)
def test_every_file_in_ten_seconds_and_500_mb(class_: str, file: Hostile, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    answer, megabytes = measured.measured(class_, file.make(folder), tmp_path)
    assert faults(file, answer, megabytes) == []


def test_there_are_hundreds_and_no_two_of_one_name() -> None:
    names = [(class_, file.name) for class_, file in ALL]
    assert len(names) == len(set(names))
    assert len(names) >= 400
    assert CLASSES.keys() == DOORS.keys()


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer(READ, stored={"韦清和": {}}), "农嘉言 of row 3 is lost in silence"),
        (Answer(READ, stored={"韦清和": {}}, told="第 13 行"), "农嘉言 of row 3 is lost in silence"),
        (Answer(READ, 10.5, stored={"韦清和": {}, "农嘉言": {}}), "took 10.5 s"),
        (Answer("hung"), "ended as 'hung'"),
        (Answer("refused"), "expected read, was refused"),
    ],
)
def test_the_judge_sees_what_must_not_be(answer: Answer, fault: str) -> None:
    file = Hostile("甲", sheet(PLAIN), READ, people={**ONE, "农嘉言": 3})
    assert any(each.startswith(fault) for each in faults(file, answer))
    assert faults(file, Answer(READ, stored={"韦清和": {}, "农嘉言": {}})) == []
    assert faults(file, Answer(READ, stored={"韦清和": {}, "农嘉言": {}}), 501) == ["took 501 MB"]


def test_what_comes_out_undeclared_is_seen(desk: Desk, tmp_path: Path) -> None:
    def broken(desk: Desk, path: Path, answer: Answer) -> None:
        raise KeyError(path.name)

    def english(desk: Desk, path: Path, answer: Answer) -> None:
        raise Problem("Sorry.", "Something is wrong.", "Try again.")

    path = rows()(tmp_path)
    assert "KeyError" in tried(broken, desk, path).faults[0]
    assert "three plain sentences" in tried(english, desk, path).faults[0]


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of processes is read from /proc")
def test_time_and_memory_are_measured(tmp_path: Path) -> None:
    begun = time.monotonic()
    answer, megabytes = measured.measured("xml", sheet(PLAIN)(tmp_path), tmp_path)
    assert answer.outcome == READ
    assert 0 < answer.seconds < time.monotonic() - begun
    assert 40 < megabytes < 400
