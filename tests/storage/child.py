"""The process behind `Nursery`: forks a child for each task told on its input, says its number, waits for its end."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from file_operations import FileOperations
from storage_trials import SECRET, add

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import keys, migrate, schema
from wuling_desktop.storage.database import Database
from wuling_desktop.storage.restore import restore

STOPPED, REFUSED = 9, 3


def write(folder: Path, _told: dict[str, Any]) -> None:
    """Save again and again, noting in a file outside each saving that was said to be done."""
    database = Database.open(folder, password=SECRET)
    with (folder.parent / "said").open("a", encoding="ascii") as said:
        while True:
            number = add(database, 20)
            said.write(f"{number}\n")
            said.flush()


def create(folder: Path, _told: dict[str, Any]) -> None:
    """Make a new data file."""
    Database.create(folder, SECRET)[0].close()


def open_(folder: Path, _told: dict[str, Any]) -> None:
    """Open, which migrates where the steps say so, and close."""
    Database.open(folder, password=SECRET).close()


def hold(folder: Path, _told: dict[str, Any]) -> None:
    """Open and stay."""
    Database.open(folder, password=SECRET)
    (folder.parent / "held").touch()
    time.sleep(60)


def put_back(folder: Path, told: dict[str, Any]) -> None:
    """Restore a backup into the closed folder."""
    restore(folder, Path(told["backup"]), password=SECRET)


def open_as_nobody(folder: Path, told: dict[str, Any]) -> None:
    """Open as a user who may not write here, and note the problem."""
    if os.geteuid() == 0:
        os.setuid(65534)
    try:
        Database.open(folder, password=SECRET)
    except Problem as problem:
        Path(told["note"]).write_text(str(problem), encoding="utf-8")
        raise


def attach(folder: Path, told: dict[str, Any]) -> None:
    """Add a file to the first person."""
    desk = DataFiles(folder).unlock(SECRET)
    desk.attachments.add("person", 1, [Path(told["file"])])
    desk.close()


TASKS = {
    "attach": attach,
    "create": create,
    "write": write,
    "open": open_,
    "hold": hold,
    "restore": put_back,
    "open_as_nobody": open_as_nobody,
}


def child(told: dict[str, Any]) -> int:
    """Do one task, stopping dead at the file operation named."""
    keys.SCRYPT_COST = 2**10
    schema.VERSIONS = Path(told["versions"])
    with FileOperations(told.get("stop_at", -1), lambda: os._exit(STOPPED)).counted():
        try:
            TASKS[told["task"]](Path(told["folder"]), told)
        except Problem:
            return REFUSED
    return 0


def main() -> None:
    """Serve until the input ends."""
    assert migrate
    sys.stdout.write('{"ready": true}\n')
    sys.stdout.flush()
    pid = 0
    for line in sys.stdin:
        told = json.loads(line)
        if told["task"] == "wait":
            _, status = os.waitpid(pid, 0)
            answer = {"status": os.waitstatus_to_exitcode(status)}
        else:
            pid = os.fork()
            if pid == 0:
                os._exit(child(told))
            answer = {"pid": pid}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
