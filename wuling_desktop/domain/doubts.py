"""待核: what stored values of a person leave in doubt, each by itself and held against the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.person_row import COMPARED, settle
from wuling_desktop.domain.readings import Reading, State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from wuling_desktop.domain.fields import Field

_KEPT = re.compile("，都?先照录，标“待核”")  # what is said while a value is taken in, not of one that stands
_LOOKED_AT = frozenset(
    {"name", "identity", "phone", "day"}
)  # kinds whose values show that they are faulty, or are early


def reason(note: str) -> str:
    """Return why a value is in doubt, of what was noted when it was read."""
    return _KEPT.sub("", note)


def is_doubt(note: str) -> bool:
    """Whether a note says that a value was kept although it may be wrong."""
    return _KEPT.search(note) is not None


class Doubts:
    """Looks through the values of a person for what was kept and ought to be looked at, as an import would mark it."""

    def __init__(self, fields: Iterable[Field]) -> None:
        # Only what can be in doubt, or cast it on another: thousands of people are looked through for a number.
        self._fields = tuple(
            (each.name, each)
            for each in fields
            if each.name in COMPARED or each.rule is not None or each.kind.name in _LOOKED_AT
        )

    def in_facts(self, facts: Mapping[str, Any], today: dt.date) -> dict[str, str]:
        """Return {full name: why} of the values in doubt."""
        known = {
            name: _reading(field, value, today)
            for name, field in self._fields
            if (value := facts.get(name)) is not None
        }
        return {
            name: reason(reading.note)
            for name, reading in settle(known, today).items()
            if reading.note and reading.state is not State.SURE
        }


def _reading(field: Field, value: Any, today: dt.date) -> Reading:
    complaint = field.rule(value, today) if field.rule is not None else None
    why = complaint.text if complaint is not None else field.kind.doubt(value, today)
    return Reading(value, State.LIKELY, why) if why else Reading(value)
