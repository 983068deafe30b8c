"""The acts with backups that are killed: putting one back into open and into damaged data, and one that lets old ones go."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

from crash_act import Act, Run
from crash_ground import SECRET, filled, forget_removed, no_thinning, pdf, some_more
from crash_judge import (
    HALF,
    LOST,
    Findings,
    ended,
    head_of,
    look_after_a_clean_start,
    look_at_backups,
    look_over,
    look_through,
    opens,
    sum_of,
    unlocked,
)

from wuling_desktop.services.data_files import DataFiles

if TYPE_CHECKING:
    from pathlib import Path


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
            look_over(desk, run.words, findings, SECRET)
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
            kept_beside = re.compile(r"wuling\.db\.replaced-\d+(-wal)?")
            look_over(desk, run.words, findings, SECRET, also=kept_beside)
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
