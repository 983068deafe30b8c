"""Lets the N-th write of an act fail, for every N until the act succeeds, and looks at what is left and what goes on.

The act is done in a child of its own. Where it is refused, the refusal must be a problem in three Chinese parts, what
was there must be as it was, nothing passing may lie about, and the same act must succeed once the disk is well again.
"""

from __future__ import annotations

import errno
import random
import re
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crash_act import Run
from crash_harness import be_at
from file_operations import FileOperations
from forked import Forked

from wuling_desktop.domain.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from crash_harness import Ground
    from forked import Speech

CODES = (errno.ENOSPC, errno.EIO, errno.EACCES)
_CHINESE = re.compile("[一-鿿]")
_PASSING = re.compile(r".*\.(part|new|journal)|tmp/.*")
_TIDYING = frozenset({"unlink", "rmdir", "replace", "SQLite unlink"})  # what cannot be removed now goes later


@dataclass(slots=True)
class Failure:
    """What came of one failing write."""

    number: int
    code: int
    stopped: str = ""  # the operation that failed; none where the act had fewer
    refused: bool = False
    faults: list[str] = field(default_factory=list)


class FailingWrites:
    """One act whose writes fail."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def count(self) -> int:
        """Return how many writes the act has."""
        with self._ground.place() as place:
            words = Forked(lambda tell: self._do(place, tell, FileOperations(writes=True))).end()
            return int(words[-1]["count"])

    def fail(self, number: int, code: int) -> Failure:
        """Let the write of this number fail; where the disk is full, all that come after it need room too."""
        failure = Failure(number, code)

        def planted() -> None:
            raise OSError(code, "planted", "wuling.db")

        operations = FileOperations(number, planted, writes=True, stays=code == errno.ENOSPC)
        with self._ground.place() as place:
            child = Forked(lambda tell: self._do(place, tell, operations))
            words: list[dict[str, Any]] = []
            try:
                words += child.hears("settled")
                failure.stopped, failure.refused = (
                    words[-1]["stopped"],
                    "refused" in {w["word"] for w in words},
                )
                if failure.refused:
                    failure.faults += _passing(place) if failure.stopped not in _TIDYING else []
                    failure.faults += self._as_left(place, words)
                child.go()
                words += child.end()
            except RuntimeError as error:
                failure.faults.append(f"a fault of the program: {error}")
            if not failure.refused:
                failure.faults += [f"{kind}: {what}" for kind, what in self._ground.judged(place, words)]
        return failure

    def _as_left(self, place: Path, words: list[dict[str, Any]]) -> list[str]:
        """Judge a copy of what lies there while the child still has it open."""
        copy = place.with_name(f"{place.name}0")
        shutil.copytree(place, copy, ignore=shutil.ignore_patterns("wuling.lock"))
        found = self._ground.judged(copy, words)
        shutil.rmtree(copy)
        return [f"left {kind}: {what}" for kind, what in found]

    def _do(self, place: Path, tell: Speech, operations: FileOperations) -> None:
        be_at(place)
        run = Run(place, self._ground.known)
        run.opened, run.chance, run.tell = self._ground.act.open(run), random.Random(1), tell
        tell("begin")
        done = self._tried(run, tell, operations)
        if done:
            tell("end")
        tell("settled", stopped=operations.stopped, count=operations.count)
        if not operations.stopped:
            return
        tell.wait()
        if not done:
            self._ground.act.do(run)
            tell("end")

    def _tried(self, run: Run, tell: Speech, operations: FileOperations) -> bool:
        try:
            with operations.counted():
                self._ground.act.do(run)
        except Problem as problem:
            if unclear := [part for part in problem.args if not _CHINESE.search(part) or "planted" in part]:
                raise AssertionError(unclear) from problem
            tell("refused", sum=self._ground.act.sum_now(run), what=problem.what)
            return False
        return True


def _passing(place: Path) -> list[str]:
    names = (path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())
    return [f"left lying: {name}" for name in names if _PASSING.fullmatch(name)]
