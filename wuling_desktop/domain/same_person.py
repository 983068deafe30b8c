"""Whether data under one name can be of one human being: the number first, then birth, phone and staff number."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from wuling_desktop.domain import identity_card
from wuling_desktop.domain.partial_date import PartialDate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

NUMBER, BIRTH = "person.id_number", "person.birth_date"
_LONG = 18
_OWN = ("person.phone", "person.staff_number")  # hardly two people of one name share these


class Likeness(Enum):
    """What two sets of data of one name say of each other."""

    NO = "two people"
    MAYBE = "nothing contradicts it and nothing proves it"
    YES = "one person"


def likeness(one: Mapping[str, Any], other: Mapping[str, Any], today: dt.date) -> Likeness:
    """Return whether two sets of data by full name, of the same name, are of one human being."""
    numbers = [number_key(each.get(NUMBER)) for each in (one, other)]
    if all(numbers):
        if numbers[0] == numbers[1]:
            return Likeness.YES
        told, also = one.get(BIRTH), other.get(BIRTH)
        if told is not None and also is not None and not told.agrees(also):
            return Likeness.NO  # asked of every two of one name: nothing has to be parsed for it
        if all(identity_card.parse(number, today) for number in numbers):
            return Likeness.NO
    births = [born(each, today) for each in (one, other)]
    if births[0] is not None and births[1] is not None:
        if not births[0].agrees(births[1]):
            return Likeness.NO
        if births[0].month and births[1].month:
            return Likeness.YES
    shared = (one.get(name) for name in _OWN if one.get(name) == other.get(name))
    return Likeness.YES if any(value is not None for value in shared) else Likeness.MAYBE


def number_key(number: str | None) -> str:
    """Return an identity number as numbers are compared: an old one of 15 digits is the new one of 18."""
    if number is None or (len(number) == _LONG and number.isalnum()):
        return number or ""  # as it was read and stored
    normal = identity_card.normal(number)
    return identity_card.from_15(normal) if len(normal) == 15 and normal.isdecimal() else normal


def born(values: Mapping[str, Any], today: dt.date) -> PartialDate | None:
    """Return the birth date told, else the one in a sound identity number."""
    if (told := values.get(BIRTH)) is not None:
        return cast("PartialDate", told)
    card = identity_card.parse(values.get(NUMBER) or "", today)
    return None if card is None else PartialDate.of(card.birth)
