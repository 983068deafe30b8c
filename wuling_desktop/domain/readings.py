"""What a typed text or a workbook cell was understood to mean, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How sure a reading is; the words are shown to the user."""

    SURE = "确定"
    LIKELY = "像是"
    ASK = "要问"
    REFUSED = "不取"


@dataclass(frozen=True, slots=True)
class Reading:
    """One value read: `note` says in Chinese what was noticed, `choices` what it may mean."""

    value: Any
    state: State = State.SURE
    note: str = ""
    choices: tuple[Any, ...] = ()

    @property
    def taken(self) -> bool:
        """Whether the value may be stored without an answer from the user."""
        return self.state in (State.SURE, State.LIKELY)


EMPTY = Reading(None)


def refused(note: str, *, choices: tuple[Any, ...] = ()) -> Reading:
    """Return a reading that takes nothing and says why."""
    return Reading(None, State.REFUSED, note, choices)


def asked(note: str, *choices: Any) -> Reading:
    """Return a reading that only the user or another datum can settle."""
    return Reading(None, State.ASK, note, choices)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a rule says about one value: `refuses` only the impossible, else the value is kept as 待核."""

    text: str
    refuses: bool = False
    rule: str = ""
