"""The child that reads: it may die, hang or babble, and we only tell of it; it sees nothing of our surroundings."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from reading_trials import as_filled, in_plain_chinese

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading import child, limits
from wuling_desktop.exchange.reading.child import command, read_in_child

HALF = 'import os, sys; sys.stdout.write(\'{"kind": "xlsx", \'); sys.stdout.flush(); os.kill(os.getpid(), 9)'
ABORT = "import os; os.abort()"
NO_WORD = "pass"
FOREVER = "import time; time.sleep(60)"
BUSY = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass"
BABBLE = "import sys\nwhile True: sys.stdout.write('x' * 65536)"
GRANDCHILD = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])"


def instead(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Plant another child: what a library does to the real one cannot be had on order."""
    monkeypatch.setattr(child, "command", lambda _: [sys.executable, "-c", script])


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return as_filled(tmp_path / "名册.xlsx", [["姓名"], ["韦清和"]])


@pytest.mark.parametrize("script", [HALF, ABORT, NO_WORD], ids=["killed", "aborted", "mute"])
def test_a_child_that_dies_is_a_damaged_file(
    script: str, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead(monkeypatch, script)
    with pytest.raises(Problem, match="已损坏") as caught:
        read_in_child(roster)
    assert in_plain_chinese(caught.value)


def test_a_child_that_does_not_end_is_ended(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, FOREVER)
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.5)
    begun = time.monotonic()
    with pytest.raises(Problem, match="还没有读完") as caught:
        read_in_child(roster)
    assert time.monotonic() - begun < 5
    assert in_plain_chinese(caught.value)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such limit")
def test_a_child_that_computes_without_end_is_ended(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, BUSY)
    with pytest.raises(Problem, match="还没有读完"):
        read_in_child(roster)


def test_a_child_that_answers_without_end_is_ended(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, BABBLE)
    monkeypatch.setattr(limits, "ANSWER_BYTES", 2**20)
    with pytest.raises(Problem, match="内容太多") as caught:
        read_in_child(roster)
    assert in_plain_chinese(caught.value)


@pytest.mark.skipif(os.name != "posix", reason="process groups")
def test_what_a_child_leaves_behind_ends_with_it(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, GRANDCHILD)
    begun = time.monotonic()
    with pytest.raises(Problem):
        read_in_child(roster)
    assert time.monotonic() - begun < 5


def test_the_child_does_not_look_at_our_surroundings(
    roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "json.py"))
    monkeypatch.chdir(tmp_path)
    assert read_in_child(roster)["sheets"][0]["rows"][1][3] == ["韦清和"]


def test_a_relative_path_is_read_from_where_we_stand(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(roster.parent)
    assert read_in_child(type(roster)(roster.name))["kind"] == "xlsx"


def test_a_frozen_program_starts_itself_with_the_verb(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command(roster) == [sys.executable, child.FROZEN_VERB, str(roster)]
    start = "import sys; sys.frozen = True; from wuling_desktop import app; sys.exit(app.main(sys.argv[1:]))"
    monkeypatch.setattr(child, "command", lambda path: [sys.executable, "-c", start, *command(path)[1:]])
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    assert read_in_child(roster)["sheets"][0]["rows"][1][3] == ["韦清和"]


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS knows no such limit")
def test_the_child_is_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The caps are set in the process that reads: a file that needs more memory is told, and takes nothing along."""
    real = command(tmp_path)
    planted = (
        "from wuling_desktop.exchange.reading import child, limits;"
        "child._read = lambda _: bytearray(limits.MEMORY_BYTES);"
    )
    greedy = real[3].replace("importlib.import_module", f"{planted}importlib.import_module", 1)
    assert "bytearray" in greedy
    monkeypatch.setattr(child, "command", lambda _: [*real[:3], greedy, *real[4:]])
    with pytest.raises(Problem, match="要占的内存太多"):
        read_in_child(tmp_path)
