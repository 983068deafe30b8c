"""One hostile file in a process of its own: its answer, and the most memory that process and its children held at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
for place in (HERE.parent / "exchange" / "reading", HERE.parent, ROOT):
    if str(place) not in sys.path:
        sys.path.insert(0, str(place))

from hostile.doors import DOORS, PASSWORD, Answer, tried  # noqa: E402 - found by the path above

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 40.0  # seconds after which a file counts as a hang
_GLANCE = 0.01


def measured(class_: str, path: Path, place: Path) -> tuple[Answer, float]:
    """Return the answer to a file and the megabytes it took; a process that dies or hangs is an answer too."""
    command = [sys.executable, str(Path(__file__).resolve()), class_, str(path), str(place / "data")]
    said, trouble = place / "said.json", place / "trouble.txt"  # a pipe nobody reads would stop a long answer
    with said.open("wb") as out, trouble.open("wb") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err)
    most, last = 0.0, time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < last:
        if _command(process.pid) != _command(os.getpid()):
            most = max(most, sum(_peak(pid) for pid in _family(process.pid)))
        time.sleep(_GLANCE)
    if process.poll() is None:
        process.kill()
        process.wait()
        return Answer("hung", PATIENCE), most
    if process.returncode:
        why = trouble.read_text("utf-8", "replace")[-300:]
        return Answer("died", faults=[f"status {process.returncode}: {why}"]), most
    return Answer(**json.loads(said.read_text("ascii").splitlines()[-1])), most


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        tasks = [each.name for each in Path(f"/proc/{pid}/task").iterdir() if each.name != str(pid)]
        for task in tasks:
            children += Path(f"/proc/{pid}/task/{task}/children").read_text("ascii").split()
    except OSError:
        return
    mine = _command(pid)
    for child in children:
        if _command(int(child)) != mine:  # between its birth and its own program it shows its parent's memory
            yield from _family(int(child))


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _peak(pid: int) -> float:
    """Return the most megabytes a process has held so far."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0.0
    return next(
        (int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0
    )


def main(class_: str, path: str, data: str) -> None:
    """Be that process."""
    from wuling_desktop.services.data_files import DataFiles  # noqa: PLC0415 - the process that measures needs none of it
    from wuling_desktop.storage import keys  # noqa: PLC0415 - the same

    keys.SCRYPT_COST = 2**10
    desk, _ = DataFiles(Path(data)).create(PASSWORD, unit="青江市教科所", branch="第一党支部", clerk="试用")
    answer = tried(DOORS[class_], desk, Path(path))
    verdict = desk.backups.verify(None)
    if not verdict.ok:
        answer.faults.append(f"the data are damaged: {verdict.faults}")
    desk.close()
    sys.stdout.write(json.dumps(answer.plain(), ensure_ascii=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
