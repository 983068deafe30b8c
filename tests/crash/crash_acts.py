"""The acts that are killed: saving, importing, migrating, a new password, and those with backups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backup_acts import Restore, RestoreAtTheDoor, Rotation
from crash_act import Act, Run
from crash_ground import SAVINGS, SECRET, filled, next_version, write_roster
from crash_judge import (
    CORRUPT,
    HALF,
    LOST,
    Findings,
    ended,
    head_of,
    look_after_a_clean_start,
    look_over,
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
    from pathlib import Path

NEW_SECRET = "新的口令 2027"


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
            look_over(desk, [run.known, *run.words], findings, SECRET)
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


ACTS = (Save(), Import(), Migrate(), Restore(), RestoreAtTheDoor(), Password(), Rotation())
