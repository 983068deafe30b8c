"""The doors by which a stranger's file comes in, each walked through as the window does, and what it answered."""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from hostile import attached
from hostile.pen import ASKED, NAMES, PARTLY, READ, REFUSED
from reading_trials import in_plain_chinese

from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.forms.fill_form import fill, load_form, write
from wuling_desktop.services import import_report, person_data
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from wuling_desktop.services.desk import Desk
    from wuling_desktop.services.import_plan import Preview

TODAY = dt.date(2026, 11, 24)
PASSWORD = "测试口令 2026"
_LONGEST = 255  # bytes of a name on any system
_ROUNDS = 9  # of questions answered; a file that asks for ever is found
_LOOKED_AT = ("person.id_number", "person.birth_date")


@dataclass
class Answer:
    """What a file was answered with."""

    outcome: str = ""
    seconds: float = 0.0
    told: str = ""  # everything that is told, in full
    sentence: str = ""  # the first of it
    rows: list[int] = field(default_factory=list)  # rows that are told of, by their number
    stored: dict[str, dict[str, str | None]] = field(default_factory=dict)  # {name: {datum: value}}
    faults: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """Return it for another process."""
        return asdict(self)


def tried(door: Callable[[Desk, Path, Answer], None], desk: Desk, path: Path) -> Answer:
    """Walk through a door with a file; a Problem is an answer, everything else a fault."""
    answer = Answer()
    begun = time.monotonic()
    try:
        door(desk, path, answer)
    except Problem as problem:
        answer.outcome, answer.told, answer.sentence = REFUSED, str(problem), problem.what
        if not in_plain_chinese(_without_own_names(problem)):
            answer.faults.append(f"not three plain sentences: {problem}")
        if str(path.parent) in answer.told:
            answer.faults.append("tells the folder")
    except Exception as error:  # noqa: BLE001 - whatever comes out undeclared is what is looked for
        answer.outcome = "died"
        answer.faults.append(f"undeclared {type(error).__name__}: {error}"[:300])
    answer.seconds = time.monotonic() - begun
    return answer


def _without_own_names(problem: Problem) -> Problem:
    """Return a problem without the names of verbs and of our own files, which are no Chinese."""
    return Problem(
        *(
            re.sub(r"\b(?:dump|init|JSON|wuling\.(?:db|keys))\b", "", each)
            for each in (problem.what, problem.why, problem.todo)
        )
    )


def importing(desk: Desk, path: Path, answer: Answer) -> None:
    """Preview, answer every question with its first choice, confirm."""
    before = desk.history.latest()
    answers: dict[str, str] = {}
    told: list[str] = []
    for _ in range(_ROUNDS):
        preview = desk.importing.preview(path, answers=answers)
        told += _told(preview)
        answer.rows += [row.place.row for row in preview.rows if row.verdict == "held"]
        answer.rows += [each.row for each in preview.found.skipped]
        answer.told = "\n".join(told)
        if desk.history.latest() != before:
            answer.faults.append("something was written before it was confirmed")
        if not preview.questions:
            break
        answer.outcome = ASKED
        answer.sentence = answer.sentence or preview.questions[0].text
        answers |= {question.id: question.choices[0] for question in preview.questions}
    else:
        answer.faults.append("asks for ever")
        return
    if preview.outcome == "rejected":
        raise import_report.rejection(preview)
    imported = desk.importing.commit(preview)
    answer.outcome = answer.outcome or {"imported": READ, "partial": PARTLY}[preview.outcome]
    answer.sentence = answer.sentence or import_report.message(preview, imported).split("\n")[0]
    answer.told += "\n" + import_report.message(preview, imported)
    _look_at_stored(desk, answer)
    if any(row.verdict == "held" for row in preview.rows):
        desk.importing.save_rejected(preview, path.parent / "没有导的.xlsx")


def _told(preview: Preview) -> Iterator[str]:
    yield preview.rejection or import_report.message(preview)
    yield from preview.found.notes
    for question in preview.questions:
        yield question.text
    for row in preview.rows:
        for problem in row.problems:
            heading = "" if problem.datum is None else problem.datum.label
            yield f"{row.title} {heading} {problem.found} {problem.message}"
    for skipped in preview.found.skipped:
        yield f"{skipped.reason} {skipped.text}"
    for table in preview.found.tables:
        for column in table.columns:
            yield f"{column.heading} {column.note}"


def _look_at_stored(desk: Desk, answer: Answer) -> None:
    datums = [person_data.named(name) for name in _LOOKED_AT]
    for facts in desk.people.facts(Who("all"), TODAY):
        values = {
            datum.name: None if facts[datum.name] is None else datum.show(facts[datum.name])
            for datum in datums
        }
        answer.stored[facts["person.name"]] = values


def filling(desk: Desk, path: Path, answer: Answer) -> None:
    """Load a blank, fill it, lay its first page out, and write it."""
    form = load_form(path)
    people: list[dict[str, Any]] = [{"person.name": name} for name in NAMES]
    filled = fill(form, {"unit.name": desk.unit.name(), "as_of": PartialDate.of(TODAY)}, people)
    write(filled, path.parent / "填好的.xlsx")
    answer.outcome, answer.sentence = READ, form.title


def restoring(desk: Desk, path: Path, answer: Answer) -> None:
    """Look at a backup, offer it to data it is not of, and restore it on a new computer."""
    desk.people.add({"person.name": "韦清和"})
    place = path.parent / "新电脑"
    for refuses, step in (
        (False, lambda: DataFiles.told_by(path)),
        (False, lambda: desk.backups.difference(path)),
        (True, lambda: desk.backups.verify(path).ok),
        (True, lambda: desk.backups.restore(path)),
    ):
        try:
            if step() and refuses:
                answer.faults.append("taken for a backup of ours")
        except Problem:
            continue
    if [facts["person.name"] for facts in desk.people.facts(Who("all"), TODAY)] != ["韦清和"]:
        answer.faults.append("the data are not what they were")
    try:
        restored = DataFiles(place).restore(path, PASSWORD)
    finally:
        if left := [each.name for each in place.glob("*") if ".new" in each.name]:
            answer.faults.append(f"left behind: {left}")
    answer.outcome, answer.sentence = READ, f"恢复了 {restored.after} 人"
    DataFiles(place).unlock(PASSWORD).close()


def loading(desk: Desk, path: Path, answer: Answer) -> None:
    """Load a dump into the empty data file."""
    before = desk.unit.name()
    try:
        counts = desk.backups.load(path)
    except Problem:
        if desk.people.facts(Who("all"), TODAY) or desk.unit.name() != before:
            answer.faults.append("half of it was loaded")
        raise
    answer.outcome, answer.sentence = READ, f"装入 {counts['person']} 人"


def unlocking(desk: Desk, path: Path, answer: Answer) -> None:
    """Open a data folder and look through everybody in it."""
    opened = DataFiles(path).unlock(PASSWORD)
    try:
        found = opened.people.facts(Who("all"), TODAY)
        verdict = opened.backups.verify(None)
    finally:
        opened.close()
    answer.outcome, answer.sentence = READ, f"{len(found)} 人；{'；'.join(verdict.faults) or '完好'}"


def attaching(desk: Desk, path: Path, answer: Answer) -> None:
    """Take a content in under its name, show it, ask for a copy to be opened, write it out again."""
    desk.people.add({"person.name": "韦清和"})
    (person,) = desk.people.facts(Who("all"), TODAY)
    before = _everything(path.parent)
    name = (path.parent / attached.NAME).read_bytes().decode("utf-8", "surrogatepass")
    desk.attachments.add_content("person", person["person.id"], name, path.read_bytes())
    (kept,) = desk.attachments.of("person", person["person.id"])
    answer.outcome, answer.sentence = READ, kept.name
    if (
        not kept.name.isprintable()
        or set(kept.name) & set('/\\:*?"<>|')
        or len(kept.name.encode()) > _LONGEST
    ):
        answer.faults.append(f"kept as {kept.name!r}")
    try:
        copy = desk.attachments.opened(kept.id)
    except Problem as problem:
        answer.told = str(problem)
    else:
        if not copy.resolve().is_relative_to(desk.folder.resolve()):
            answer.faults.append(f"opened at {copy}")
    desk.attachments.export(kept.id, path.parent / "另存的")
    if (path.parent / "另存的").read_bytes() != path.read_bytes():
        answer.faults.append("its content has changed")
    if more := _everything(path.parent) - before - {"另存的"}:
        answer.faults.append(f"written beside: {more}")


def _everything(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*")}


DOORS: Mapping[str, Callable[[Desk, Path, Answer], None]] = {
    "container": importing,
    "xml": importing,
    "grid": importing,
    "workbook": importing,
    "values": importing,
    "layout": importing,
    "csv": importing,
    "xls": importing,
    "ods": importing,
    "html": importing,
    "xml 2003": importing,
    "template": filling,
    "backup": restoring,
    "dump": loading,
    "data": unlocking,
    "attachment": attaching,
}
