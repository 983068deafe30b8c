"""Holding the answer of `import --dry-run --json` against what is true of the file, cell by cell."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from invented_people import TODAY

from wuling_desktop.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layout_trials import Told, Truth

KINDS = ("lost", "invented", "wrong", "withheld", "dropped")
_PLACE = ("sheet", "row")
_SAME_COLUMN = {"state": "status"}  # 党籍状态 filled with 正式党员 and 预备党员 tells the standing


class Clerk:
    """Runs the headless verbs on a data file of its own, without people in it."""

    def __init__(self, folder: Path) -> None:
        self._answers = folder / "answers.json"
        (folder / "password").write_text("试验口令 2026\n", "utf-8")
        self._before = [
            "--data", str(folder / "data"), "--password-file", str(folder / "password"),
            "--today", TODAY.isoformat(), "--json",
        ]  # fmt: skip
        self._run("init", "--unit", "青江市教科所", "--branch", "第一党支部")

    def imports(self, file: Path, answers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return the answer to a dry run."""
        self._answers.write_text(json.dumps(answers or {}), "utf-8")
        return self._run("import", str(file), "--dry-run", "--answers", str(self._answers))

    def judged(self, file: Path, truth: Truth) -> Faults:
        """Return the faults of the answer to a file; where it conceals something, of all three answers."""
        answer = self.imports(file)
        if not truth.concealed:
            return compare(answer, truth)
        asked = {each["id"]: each["choices"] for each in answer.get("questions", ())}
        faults = compare(answer, truth.without_concealed())
        faults.outcome = "imported" if {*asked} == {"hidden_rows", "struck_rows"} else f"asks {[*asked]}"
        taken = self.imports(file, {each: choices[0] for each, choices in asked.items()})
        left = self.imports(file, {each: choices[1] for each, choices in asked.items()})
        untold = truth.concealed - {each["row"] for each in left["skipped"] if each["sheet"] == truth.sheet}
        faults.lost += [f"row {row} is left and not told" for row in untold]
        return faults + compare(left, truth.without_concealed()) + compare(taken, truth)

    def _run(self, *arguments: str) -> dict[str, Any]:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            status = main([*self._before, *arguments])
        answer: dict[str, Any] = json.loads(said.getvalue().splitlines()[-1])
        if status:
            message = f"{arguments[0]}: {answer}"
            raise AssertionError(message)
        return answer


@dataclass
class Faults:
    """What is wrong with an answer: each a sentence that names the cell."""

    outcome: str
    right: int = 0  # cells read as they should be
    told: int = 0  # cells that cannot be known, and were told so
    lost: list[str] = field(default_factory=list)  # the value is absent and nobody was told
    invented: list[str] = field(default_factory=list)  # a value where there is none
    wrong: list[str] = field(default_factory=list)  # another value, and nobody was told
    withheld: list[str] = field(default_factory=list)  # told, yet the cell says clearly what it means
    dropped: list[str] = field(default_factory=list)  # a column that the answer does not mention

    def __add__(self, other: Faults) -> Faults:
        """Return the faults of both; what is right is what the other has right."""
        outcome = other.outcome if self.outcome == "imported" else self.outcome
        both = {kind: [*getattr(self, kind), *getattr(other, kind)] for kind in KINDS}
        return Faults(outcome, other.right, other.told, **both)

    def all(self) -> list[str]:
        """Return every fault with its kind."""
        found = [f"{kind}: {each}" for kind in KINDS for each in getattr(self, kind)]
        return found if self.outcome == "imported" else [f"outcome: {self.outcome}", *found]


def compare(answer: dict[str, Any], truth: Truth) -> Faults:
    """Return the faults of an answer."""
    faults = Faults(answer["outcome"])
    told = {(each["sheet"], each["row"], each["column"]) for each in answer["problems"]}
    records = {(each["sheet"], each["row"]): dict(each) for each in answer.get("records", ())}
    for row, cells in truth.rows.items():
        record = records.pop((truth.sheet, row), {})
        for name, cell in cells.items():
            found = record.pop(name, None) or ""
            _compare(
                faults, f"{cell.column}{row} {name}", cell, found, (truth.sheet, row, cell.column) in told
            )
        faults.invented += _extra(record)
    for record in records.values():
        faults.invented += _extra(record)
    _compare_columns(faults, answer["columns"], truth)
    return faults


def _compare(faults: Faults, place: str, cell: Told, found: str, told: bool) -> None:  # noqa: FBT001 - one caller
    if found in cell.values:
        faults.right += bool(found)
        return
    if not cell.values:
        if found:
            faults.wrong.append(f"{place}: cannot be known, read as {found!r}")
        elif told:
            faults.told += 1
        else:
            faults.lost.append(f"{place}: cannot be known, not told")
        return
    sentence = f"{place}: is {'/'.join(sorted(cell.values))!r}, read as {found!r}"
    if told:
        faults.withheld.append(sentence)
    elif not found:
        faults.lost.append(sentence)
    else:
        (faults.invented if cell.values == {""} else faults.wrong).append(sentence)


def _extra(record: dict[str, Any]) -> list[str]:
    return [f"row {record.get('row')} {name}: {value!r}" for name, value in record.items()
            if value and name not in _PLACE]  # fmt: skip


def _compare_columns(faults: Faults, columns: list[dict[str, Any]], truth: Truth) -> None:
    named = {each["column"]: each["field"] for each in columns if each["sheet"] == truth.sheet}
    for letter, name in truth.columns.items():
        if letter not in named:
            faults.dropped.append(f"{letter} {name}")
            continue
        meant = _SAME_COLUMN.get(named[letter], named[letter])
        if meant is not None and meant != name:
            faults.wrong.append(f"column {letter}: is {name}, read as {meant}")
