"""Thousands of mutants read one after the other in a capped process: nothing but a Problem may come out.

The process is begun anew after a death or a hang; the mutant that caused it goes through the real front door, which
must answer for it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
for place in (HERE.parent / "exchange" / "reading", HERE.parent, HERE.parents[1]):
    if str(place) not in sys.path:
        sys.path.insert(0, str(place))

from hostile.judging import SECONDS  # noqa: E402 - the same
from hostile.mutator import mutant  # noqa: E402 - the same
from reading_trials import in_plain_chinese  # noqa: E402 - found by the path above

from wuling_desktop.domain.problems import Problem  # noqa: E402 - the same
from wuling_desktop.exchange.reading import child, read_workbook  # noqa: E402 - the same
from wuling_desktop.exchange.reading.find_tables import find_tables  # noqa: E402 - the same
from wuling_desktop.exchange.reading.read_rows import read_rows  # noqa: E402 - the same
from wuling_desktop.exchange.reading.sheets import Workbook  # noqa: E402 - the same
from wuling_desktop.services import person_data  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Iterator

SILENCE = 8.0  # seconds after which a mutant counts as a hang here, and is given to the front door
_TODAY = dt.date(2026, 11, 24)
_TOLD = re.compile(r"(read|refused|fault) (\d+) ?(.*)")
_NEEDS = frozenset({"person.name"})
_FAULTS = 20  # kept; more of them tell nothing new


@dataclass
class Tally:
    """What came of a run."""

    read: int = 0
    refused: int = 0
    front_door: list[int] = field(
        default_factory=list
    )  # that ended the process and were answered by the front door
    faults: list[str] = field(default_factory=list)

    @property
    def executions(self) -> int:
        """How many mutants were tried."""
        return self.read + self.refused + len(self.front_door) + len(self.faults)

    def __str__(self) -> str:
        return (
            f"{self.executions} mutants: {self.read} read, {self.refused} refused, {len(self.front_door)} answered by "
            f"the front door after the end of their process {self.front_door[:9]}, {len(self.faults)} faults"
        )


def run(first: int, count: int) -> Tally:
    """Try the mutants of these numbers."""
    tally, number = Tally(), first
    while number < first + count and len(tally.faults) < _FAULTS:
        for kind, number, what in _worker(number, first + count - number):  # noqa: B020 - goes on after it
            match kind:
                case "read":
                    tally.read += 1
                case "refused":
                    tally.refused += 1
                case "fault":
                    tally.faults.append(f"mutant {number}: {what}")
                case _:
                    _by_the_front_door(number, what, tally)
        number += 1
    return tally


def _worker(first: int, count: int) -> Iterator[tuple[str, int, str]]:
    """Yield what a process says of each mutant, and its end where it comes too early."""
    command = [sys.executable, str(Path(__file__).resolve()), str(first), str(count)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
    )
    assert process.stdout is not None
    heard = [time.monotonic()]
    watch = threading.Thread(target=_watch, args=(process, heard), daemon=True)
    watch.start()
    reached = first - 1
    for line in process.stdout:
        if told := _TOLD.match(line):
            heard[0], reached = time.monotonic(), int(told[2])
            yield told[1], reached, told[3]
    status = process.wait()
    watch.join()
    if reached < first + count - 1:
        yield "ended", reached + 1, f"status {status}"


def _watch(process: subprocess.Popen[str], heard: list[float]) -> None:
    while process.poll() is None:
        if time.monotonic() - heard[0] > SILENCE:
            process.kill()
        time.sleep(0.2)


def _by_the_front_door(number: int, why: str, tally: Tally) -> None:
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        ending, content = mutant(number)
        path = Path(folder) / f"名册.{ending}"
        path.write_bytes(content)
        begun = time.monotonic()
        try:
            read_workbook.read_workbook(path)
        except Problem:
            pass
        except Exception as error:  # noqa: BLE001 - looked for
            tally.faults.append(f"mutant {number}: {why}, and {type(error).__name__} at the front door")
            return
        if time.monotonic() - begun > SECONDS:
            tally.faults.append(f"mutant {number}: {why}, and slow at the front door")
            return
    tally.front_door.append(number)


def execute(path: Path) -> str:
    """Read a file as the child does and go on as the importer does; say what came of it."""
    try:
        plain = child._read(path)
        child._answer(io.BytesIO(), plain)
        workbook = Workbook(
            path.name, plain["kind"], tuple(map(read_workbook._sheet, plain["sheets"])), tuple(plain["notes"])
        )
        found = find_tables(workbook, person_data.importable(), needs=_NEEDS, answers={}, columns={})
        for table in found.tables:
            list(read_rows(table, _TODAY))
    except MemoryError:
        return "refused"  # told by the child as a file that is too large
    except Problem as problem:
        return "refused" if in_plain_chinese(problem) else f"fault {problem!r}"
    except Exception as error:  # noqa: BLE001 - whatever comes out undeclared is what is looked for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"fault {type(error).__name__}: {str(error)[:120]!r} at {Path(frame.filename).name}:{frame.lineno}"
    return "read"


def main(first: int, count: int) -> None:
    """Be the process: say a line for each mutant."""
    said = sys.stdout
    sys.stdout = sys.stderr
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_AS, (child.limits.MEMORY_BYTES + 2**28,) * 2)
    sys.addaudithook(_refuse_to_leave)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        for number in range(first, first + count):
            ending, content = mutant(number)
            path = Path(folder) / f"名册.{ending}"
            path.write_bytes(content)
            kind, _, what = execute(path).partition(" ")
            said.write(f"{kind} {number} {what}\n")
            said.flush()


def _refuse_to_leave(event: str, given: tuple[object, ...]) -> None:
    """No file that is read may start a program or call anybody."""
    if event in (
        "socket.connect",
        "socket.getaddrinfo",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
    ):
        message = f"left the process: {event} {given!r}"
        raise AssertionError(message)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
