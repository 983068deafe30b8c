"""待核: what stored values of a person leave in doubt, each by itself and held against the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.person_row import settle
from wuling_desktop.domain.readings import Reading, State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from wuling_desktop.domain.fields import Field

_KEPT = re.compile("，都?先照录，标“待核”")  # what is said while a value is taken in, not of one that stands
_LOOKED_AT = frozenset({"identity", "phone"})  # kinds whose values show by themselves that they are faulty


def reason(note: str) -> str:
    """Return why a value is in doubt, of what was noted when it was read."""
    return _KEPT.sub("", note)


def is_doubt(note: str) -> bool:
    """Whether a note says that a value was kept although it may be wrong."""
    return _KEPT.search(note) is not None


def doubts(fields: Iterable[Field], facts: Mapping[str, Any], today: dt.date) -> dict[str, str]:
    """Return {full name: why} of the values that were kept and ought to be looked at, as an import would mark them."""
    known = {
        each.name: _reading(each, facts[each.name], today)
        for each in fields
        if facts.get(each.name) is not None
    }
    settled = settle(known, today)
    return {
        name: reason(reading.note)
        for name, reading in settled.items()
        if reading.note and reading.state is not State.SURE
    }


def _reading(field: Field, value: Any, today: dt.date) -> Reading:
    if field.kind.name in _LOOKED_AT or field.rule is not None:
        return field.read(field.show(value), today)
    return Reading(value)
