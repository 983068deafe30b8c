"""What is found when a data folder is opened again after a kill: rows lost, halves of something, damage, litter."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from log_replay import replayed, stored

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import log
from wuling_desktop.storage.log import OPERATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from wuling_desktop.services.desk import Desk

    Word = Mapping[str, Any]

LOST, HALF, CORRUPT, LITTER = KINDS = ("lost", "half", "corrupt", "litter")
_BACKUP = r"backups/党建数据备份-\w+-"
# What may lie in a data folder that nobody has open.
_AT_HOME = re.compile(
    r"wuling\.(db|keys|keys\.copy)|attachments/[0-9a-f]{64}"
    rf"|{_BACKUP}\d+-[\d-]+\.wlbak|{_BACKUP}附件/[0-9a-f]{{64}}"
)


@dataclass(slots=True)
class Findings:
    """What was found wrong, each with its kind."""

    found: list[tuple[str, str]] = field(default_factory=list)

    def note(self, kind: str, what: str) -> None:
        self.found.append((kind, what))


def unlocked(folder: Path, secret: str, findings: Findings) -> Desk | None:
    """Open by password, as anybody would; None where that does not work, which is damage."""
    try:
        return DataFiles(folder).unlock(secret)
    except Problem as problem:
        findings.note(CORRUPT, f"does not open: {problem.what}")
        return None


def opens(folder: Path, secret: str) -> bool:
    """Whether the data open by this password."""
    try:
        DataFiles(folder).unlock(secret).close()
    except Problem:
        return False
    return True


def look_through(desk: Desk, words: Sequence[Word], findings: Findings) -> None:
    """Compare data and log, look for everything that was told to be saved, check every page and attachment."""
    sums = [word["sum"] for word in words if word.get("word") == "refused"]
    if refused(words) and [sum_of(desk)] != sums:
        findings.note(HALF, "told that nothing was changed, and something was")
    with desk.backups._database.reading() as connection:
        if (broken := log.first_broken(connection)) is not None:
            findings.note(HALF, f"the seal of operation {broken} does not fit")
        try:
            agree = replayed(connection) == stored(connection)
        except (KeyError, AssertionError):
            agree = False
        if not agree:
            findings.note(HALF, "the log tells of other data than there are")
        kept = operations(connection)
    for word in words:
        number = word.get("operation")
        if number is not None and kept.get(number) != word.get("hash", kept.get(number, "")):
            findings.note(LOST, f"operation {number} was told and is not there")
    for fault in desk.backups.verify().faults:
        findings.note(LOST if fault.startswith("附件") else CORRUPT, fault)


def look_at_backups(desk: Desk, findings: Findings) -> None:
    """Open every backup beside the data as one would in need."""
    for each in desk.backups.listing():
        for fault in desk.backups.verify(each.path).faults:
            findings.note(CORRUPT, f"backup {each.number}: {fault}")


def look_after_a_clean_start(
    desk: Desk, secret: str, findings: Findings, *, also: re.Pattern[str] | None = None
) -> None:
    """Close, open and close once more: what then still lies where it should not, stays."""
    folder = desk.folder
    desk.close()
    again = unlocked(folder, secret, findings)
    if again is None:
        return
    again.close()
    for path in (*folder.rglob("*"), *(folder.parent / "tmp").rglob("*")):
        name = path.relative_to(folder.parent).as_posix().removeprefix("data/")
        if path.is_file() and not _AT_HOME.fullmatch(name) and not (also and also.fullmatch(name)):
            findings.note(LITTER, name)


def operations(connection: sa.Connection) -> dict[int, str]:
    """Return the seal of every operation."""
    rows = connection.execute(sa.select(OPERATION.c.id, OPERATION.c.hash)).all()
    return {row.id: row.hash for row in rows}


def sum_of(desk: Desk) -> str:
    """Return a sum over every cell and every operation: equal sums, equal data."""
    with desk.backups._database.reading() as connection:
        cells = sorted(stored(connection).items(), key=lambda item: item[0])
        sealed = sorted(operations(connection).items())
    return hashlib.sha256(repr((cells, sealed)).encode()).hexdigest()


def head_of(desk: Desk) -> dict[str, Any]:
    """Return number and seal of the latest operation, as a child tells them."""
    with desk.backups._database.reading() as connection:
        sealed = operations(connection)
    latest = max(sealed, default=0)
    return {"operation": latest, "hash": sealed.get(latest, "")}


def ended(words: Iterable[Word]) -> bool:
    """Whether the act was told to be done."""
    return any(word.get("word") == "end" for word in words)


def refused(words: Iterable[Word]) -> bool:
    """Whether the act was refused, and not done since."""
    told = [word.get("word") for word in words]
    return "refused" in told and "end" not in told


def look_over(
    desk: Desk,
    words: Sequence[Word],
    findings: Findings,
    secret: str,
    *,
    also: re.Pattern[str] | None = None,
) -> None:
    """Look at everything: the data and what was told, the backups, and what a clean start leaves."""
    look_through(desk, words, findings)
    look_at_backups(desk, findings)
    look_after_a_clean_start(desk, secret, findings, also=also)
