"""The judgement of an answer: expected outcome and words, nobody lost in silence, ten seconds, 500 MB."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hostile.pen import ASKED, PARTLY, READ, REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hostile.doors import Answer
    from hostile.pen import Hostile

SECONDS, MEGABYTES = 10.0, 500.0


def faults(file: Hostile, answer: Answer, megabytes: float = 0.0) -> list[str]:
    """Return everything that is wrong with an answer; nothing where all is well."""
    return [
        *answer.faults,
        *_of_outcome(file, answer),
        *_of_people(file, answer),
        *_of_cost(answer, megabytes),
    ]


def _of_outcome(file: Hostile, answer: Answer) -> Iterator[str]:
    if answer.outcome not in (REFUSED, READ, PARTLY, ASKED):
        yield f"ended as {answer.outcome!r}"
    if file.outcome and answer.outcome != file.outcome:
        yield f"expected {file.outcome}, was {answer.outcome}: {answer.sentence}"
    if not re.search(file.words, answer.told, re.DOTALL):
        yield f"does not tell {file.words!r}: {answer.told[:300]}"


def _of_people(file: Hostile, answer: Answer) -> Iterator[str]:
    """Everybody is stored or told of; a file that is refused whole tells of all."""
    if answer.outcome not in (READ, PARTLY, ASKED):
        return
    for name, row in file.people.items():
        if name not in answer.stored and not _is_told_of(name, row, answer):
            yield f"{name} of row {row} is lost in silence"
    if file.outcome and len(answer.stored) != file.must_be_stored:
        yield f"{len(answer.stored)} are stored, not {file.must_be_stored}: {'、'.join(answer.stored)[:200]}"
    for person in list(file.people)[:1]:
        for datum, value in file.facts.items():
            if person in answer.stored and answer.stored[person][datum] != value:
                yield f"{datum} is stored as {answer.stored[person][datum]!r}, not {value!r}"


def _is_told_of(name: str, row: int, answer: Answer) -> bool:
    """Whether somebody is named, or the row is."""
    return row in answer.rows or name in answer.told or bool(re.search(rf"第 (?:\d+、)*{row}\b", answer.told))


def _of_cost(answer: Answer, megabytes: float) -> Iterator[str]:
    if answer.seconds > SECONDS:
        yield f"took {answer.seconds:.1f} s"
    if megabytes > MEGABYTES:
        yield f"took {megabytes:.0f} MB"
