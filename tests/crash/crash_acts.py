"""The acts that are killed: saving, importing, migrating, restoring, a new password, a backup that lets old ones go.

Each lays out a place to begin from, does its work there in a child, and knows what must hold after a kill. A place is a
folder with `data`, `tmp` (the system's folder for passing files) and whatever else the act needs.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from crash_ground import (
    SAVINGS,
    SECRET,
    filled,
    forget_removed,
    next_version,
    no_thinning,
    pdf,
    some_more,
    write_roster,
)
from crash_judge import (
    CORRUPT,
    HALF,
    LOST,
    Findings,
    ended,
    head_of,
    look_after_a_clean_start,
    look_at_backups,
    look_through,
    opens,
    refused,
    sum_of,
    unlocked,
)

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import schema

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crash_judge import Word

NEW_SECRET = "新的口令 2027"


@dataclass(slots=True)
class Run:
    """One run of an act: where, what was laid out there, and what the child needs or had said."""

    place: Path
    known: dict[str, Any]
    words: Sequence[Word] = ()
    opened: Any = None
    chance: random.Random = field(init=False)
    tell: Callable[..., None] = field(init=False)


class Act:
    """One act; what `prepare` returns is given to everything after it."""

    name: ClassVar[str]

    def prepare(self, place: Path) -> dict[str, Any]:
        """Lay out what every run begins with; return what the judge has to know."""
        desk = filled(place / "data")
        known = {"sum": sum_of(desk), **head_of(desk)}
        desk.close()
        return known

    def open(self, run: Run) -> Any:
        """Open what is needed; no part of the act."""
        return DataFiles(run.place / "data").unlock(SECRET)

    def do(self, run: Run) -> None:
        """Carry the act out, telling what was said to be saved."""
        raise NotImplementedError

    def sum_now(self, run: Run) -> str:
        """Return the sum of the data where the act was refused: that of before."""
        return str(run.known["sum"])

    def judge(self, run: Run) -> Findings:
        """Open the place again and say what is wrong."""
        findings = Findings()
        if desk := unlocked(run.place / "data", SECRET, findings):
            look_through(desk, [run.known, *run.words], findings)
            look_at_backups(desk, findings)
            look_after_a_clean_start(desk, SECRET, findings)
        return findings


class Save(Act):
    """Savings of every kind, one after the other."""

    name = "save"

    def do(self, run: Run) -> None:
        for saving in run.chance.sample(SAVINGS, len(SAVINGS)):
            run.tell("said", operation=saving(run.opened, run.chance).operation)

    def sum_now(self, run: Run) -> str:
        return sum_of(run.opened)  # with what was saved before one of them was refused


class Import(Act):
    """A workbook of 300 people, 40 of them known already, taken in as one operation."""

    name = "import"

    def prepare(self, place: Path) -> dict[str, Any]:
        known = super().prepare(place)
        desk = DataFiles(place / "data").unlock(SECRET)
        write_roster(place / "花名册.xlsx", [link.text for link in desk.people.choices("person")][:40])
        desk.close()
        return known

    def open(self, run: Run) -> Any:
        desk = super().open(run)
        return desk, desk.importing.preview(run.place / "花名册.xlsx")

    def do(self, run: Run) -> None:
        desk, preview = run.opened
        run.tell("said", operation=desk.importing.commit(preview).changes.operation)


class Migrate(Act):
    """A start of the next version, which rebuilds the largest table and adds another."""

    name = "migrate"

    def prepare(self, place: Path) -> dict[str, Any]:
        known = super().prepare(place)
        next_version(place / "versions")
        return known | {"number": schema.number()}

    def open(self, run: Run) -> Any:
        schema.VERSIONS = run.place / "versions"
        return run.place / "data"

    def do(self, run: Run) -> None:
        DataFiles(run.opened).unlock(SECRET)

    def judge(self, run: Run) -> Findings:
        findings = Findings()
        if int(run.place.name) % 2:  # the program of before may open what was not exchanged, else it refuses
            try:
                DataFiles(run.place / "data").unlock(SECRET).close()
            except Problem as problem:
                if "更新版本的程序" not in problem.what:
                    findings.note(CORRUPT, f"the old program: {problem.what}")
        schema.VERSIONS = run.place / "versions"
        if desk := unlocked(run.place / "data", SECRET, findings):
            if sum_of(desk) != run.known["sum"]:
                findings.note(HALF, "the data are others than before")
            if not any(int(each.schema) == run.known["number"] for each in desk.backups.listing()):
                findings.note(LOST, "no backup from before")
            look_through(desk, [run.known, *run.words], findings)
            look_at_backups(desk, findings)
            look_after_a_clean_start(desk, SECRET, findings)
        return findings


class Restore(Act):
    """A backup of an earlier state put in the place of the open data."""

    name = "restore"

    def prepare(self, place: Path) -> dict[str, Any]:
        desk = filled(place / "data")
        then = {"then": sum_of(desk), "backup": str(desk.backups.make().path.relative_to(place))}
        for _ in range(5):
            some_more(desk)
        known = {"sum": sum_of(desk), **head_of(desk), **then}
        desk.close()
        return known

    def open(self, run: Run) -> Any:
        return super().open(run), run.place / run.known["backup"]

    def do(self, run: Run) -> None:
        desk, path = run.opened
        desk.backups.restore(path)

    def judge(self, run: Run) -> Findings:
        findings = Findings()
        if desk := unlocked(run.place / "data", SECRET, findings):
            found = sum_of(desk)
            if found not in (run.known["then"], run.known["sum"]):
                findings.note(HALF, "neither what was nor what was to be")
            if ended(run.words) and found != run.known["then"]:
                findings.note(LOST, "told to be restored, and is not")
            if found == run.known["then"] and run.known["hash"] not in [
                each.hash for each in desk.backups.listing()
            ]:
                findings.note(LOST, "no backup of what was replaced")
            look_through(desk, run.words, findings)
            look_at_backups(desk, findings)
            look_after_a_clean_start(desk, SECRET, findings)
        return findings


class RestoreAtTheDoor(Act):
    """A backup put in the place of data that are damaged and do not open any more."""

    name = "restore damaged"

    def prepare(self, place: Path) -> dict[str, Any]:
        desk = filled(place / "data")
        known = {"then": sum_of(desk), "backup": str(desk.backups.make().path.relative_to(place))}
        desk.close()
        file = place / "data/wuling.db"
        raw = file.read_bytes()
        file.write_bytes(raw[:20_000] + bytes(8192) + raw[28_192:])
        shutil.copy(file, place / "damaged.db")
        return known

    def open(self, run: Run) -> Any:
        return DataFiles(run.place / "data"), run.place / run.known["backup"]

    def do(self, run: Run) -> None:
        data, path = run.opened
        data.restore(path, SECRET)

    def sum_now(self, run: Run) -> str:
        return str(run.known["then"])  # the judge puts the backup in place before it asks for sums

    def judge(self, run: Run) -> Findings:
        findings, folder = Findings(), run.place / "data"
        damaged = (run.place / "damaged.db").read_bytes()
        if not ended(run.words):
            opens(folder, SECRET)  # an unfinished exchange goes on here, else the damage is told
            if not any(path.name.startswith("wuling.db.replaced") for path in folder.iterdir()):
                if (folder / "wuling.db").read_bytes() != damaged:
                    findings.note(LOST, "the damaged file is not as it was")
                DataFiles(folder).restore(
                    run.place / run.known["backup"], SECRET
                )  # then it must go the second time
        kept = [path for path in folder.iterdir() if re.fullmatch(r"wuling\.db\.replaced-\d+", path.name)]
        if [path.read_bytes() for path in kept] != [damaged]:
            findings.note(LOST, "the damaged file was not kept as it was")
        if desk := unlocked(folder, SECRET, findings):
            if sum_of(desk) != run.known["then"]:
                findings.note(HALF, "not what the backup holds")
            look_through(desk, run.words, findings)
            look_at_backups(desk, findings)
            kept_beside = re.compile(r"wuling\.db\.replaced-\d+(-wal)?")
            look_after_a_clean_start(desk, SECRET, findings, also=kept_beside)
        return findings


class Password(Act):
    """A change of the password."""

    name = "password"

    def prepare(self, place: Path) -> dict[str, Any]:
        desk = filled(place / "data")
        backup = str(desk.backups.make().path.relative_to(place))
        known = {"backup": backup, "sum": sum_of(desk), **head_of(desk)}
        desk.close()
        return known

    def do(self, run: Run) -> None:
        run.opened.change_password(SECRET, NEW_SECRET)

    def judge(self, run: Run) -> Findings:
        findings = Findings()
        works = {secret: opens(run.place / "data", secret) for secret in (SECRET, NEW_SECRET)}
        if list(works.values()).count(True) != 1:
            findings.note(CORRUPT, f"opening by the old and the new password: {[*works.values()]}")
            return findings
        if ended(run.words) and not works[NEW_SECRET]:
            findings.note(LOST, "told to be changed, and is not")
        if refused(run.words) and not works[SECRET]:
            findings.note(LOST, "told not to be changed, and is")
        secret = NEW_SECRET if works[NEW_SECRET] else SECRET
        copies = [(run.place / f"data/{name}").read_bytes() for name in ("wuling.keys", "wuling.keys.copy")]
        if copies[0] != copies[1]:
            findings.note(HALF, "the two key files differ")
        if desk := unlocked(run.place / "data", secret, findings):
            look_through(desk, [run.known, *run.words], findings)
            look_after_a_clean_start(desk, secret, findings)
        try:  # the backup of before keeps the password of its day
            DataFiles(run.place / "elsewhere").restore_and_open(run.place / run.known["backup"], SECRET)[
                0
            ].close()
        except Problem as problem:
            findings.note(CORRUPT, f"the backup of before: {problem.what}")
        return findings


class Rotation(Act):
    """A backup after which six old ones may go, and with them the attachments only they needed."""

    name = "backup rotation"

    def prepare(self, place: Path) -> dict[str, Any]:
        desk = filled(place / "data")
        with no_thinning():
            for number in range(15):
                saved = desk.attachments.add_content("person", 1, f"第{number}份.pdf", pdf(number))
                desk.backups.make()
                if number < 12:
                    desk.attachments.remove(sorted(saved.ids["attachment"]))
                    forget_removed(desk)
        before = [each.number for each in desk.backups.listing()]
        known = {"before": before, "sum": sum_of(desk), **head_of(desk)}
        desk.close()
        return known

    def do(self, run: Run) -> None:
        run.tell("made", number=run.opened.backups.make().number)

    def judge(self, run: Run) -> Findings:
        findings = Findings()
        desk = unlocked(run.place / "data", SECRET, findings)
        if desk is None:
            return findings
        listed = [each.number for each in desk.backups.listing()]
        new = max(run.known["before"]) + 1
        must = {new, *run.known["before"][:9]} if new in listed else {*run.known["before"]}
        must |= {word["number"] for word in run.words if word["word"] == "made"}
        if missing := must - {*listed}:
            findings.note(LOST, f"backups {sorted(missing)} are gone")
        tidied = ended(run.words) and not any(word["word"] == "settled" for word in run.words)
        if tidied and len(listed) != 10:  # what cannot be removed stays until the next backup
            findings.note(HALF, f"{len(listed)} backups after thinning out")
        look_through(desk, [run.known, *run.words], findings)
        look_at_backups(desk, findings)
        desk.backups.make()  # the next one clears away what was cut off
        look_after_a_clean_start(desk, SECRET, findings)
        return findings


ACTS = (Save(), Import(), Migrate(), Restore(), RestoreAtTheDoor(), Password(), Rotation())
