"""What the data of one row say of each other: settled where one proves the other, else kept as 待核."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain import identity_card
from wuling_desktop.domain.codes import MemberKind, Standing
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.readings import EMPTY, Reading, State, refused

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from wuling_desktop.domain.identity_card import IdentityCard

BIRTH, NUMBER, SEX = "person.birth_date", "person.id_number", "person.sex"
_JOINED, _FULL_FROM = "step_fact.assembly_on", "membership.full_from"
_SAID_SEX = frozenset({"1", "2"})
# Where a row says how far a person has come: under each name the codes of “not yet in” and “on probation”.
_STATUS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "person.standing": (
        frozenset({Standing.APPLICANT, Standing.ACTIVIST, Standing.OBJECT}),
        frozenset({Standing.PROBATIONARY}),
    ),
    "membership.kind": (frozenset(), frozenset({MemberKind.PROBATIONARY})),
}

COMPARED = frozenset(
    {BIRTH, NUMBER, SEX, _JOINED, _FULL_FROM, *_STATUS}
)  # what `settle` holds against each other


def settle(readings: Mapping[str, Reading], today: dt.date) -> dict[str, Reading]:
    """Return the row's readings by full name after they were held against each other; nothing is invented.

    Only a date before birth is refused; what merely disagrees is kept on both sides and marked.
    """
    row = dict(readings)
    number = row.get(NUMBER, EMPTY)
    card = identity_card.parse(number.value, today) if number.taken and number.value else None
    if card is not None:
        _settle_birth(row, card)
        _compare_sex(row, card)
    _refuse_before_birth(row, card)
    _compare_joining(row)
    return row


def proposed_from_id(number: str, today: dt.date) -> dict[str, Any]:
    """Return what a faultless number says of birth and sex, for a form to propose, never for a row."""
    card = identity_card.parse(number, today)
    return {} if card is None else {BIRTH: PartialDate.of(card.birth), SEX: card.sex}


def before_birth(typed: Mapping[str, Any], known: Mapping[str, Any], today: dt.date) -> dict[str, str]:
    """Return by full name why dates typed for a person cannot be: they lie before every birth date told or known."""
    row = {name: Reading(value) for name, value in typed.items()}
    for name in (BIRTH, NUMBER):
        row.setdefault(name, Reading(known.get(name)))
    number = row[NUMBER].value
    _refuse_before_birth(row, identity_card.parse(number, today) if number else None)
    return {name: row[name].note for name in typed if not row[name].taken}


def _settle_birth(row: dict[str, Reading], card: IdentityCard) -> None:
    reading = row.get(BIRTH, EMPTY)
    born = PartialDate.of(card.birth)
    meant = [choice for choice in reading.choices if choice.agrees(born)]
    if reading.choices and len(meant) == 1:
        row[BIRTH] = Reading(meant[0], State.SURE, f"按身份证号定为 {meant[0]}")
    elif reading.value is not None and reading.value.agrees(born):
        row[BIRTH] = replace(reading, state=State.SURE)
    elif reading.value is not None:
        _doubt(
            row, (BIRTH, NUMBER), f"出生日期 {reading.value} 与身份证号里的 {born} 不一致，都先照录，标“待核”"
        )
    elif reading.choices:
        row[BIRTH] = replace(reading, note=f"{reading.note}；与身份证号里的 {born} 都不一致")


def _compare_sex(row: dict[str, Reading], card: IdentityCard) -> None:
    said = row.get(SEX, EMPTY).value
    if said in _SAID_SEX and said != card.sex:
        _doubt(row, (SEX, NUMBER), "性别与身份证号不一致，都先照录，标“待核”")


def _refuse_before_birth(row: dict[str, Reading], card: IdentityCard | None) -> None:
    """Refuse what lies before every birth date the row gives: of two that differ either may be right."""
    births = [value for value in (row.get(BIRTH, EMPTY).value, card and PartialDate.of(card.birth)) if value]
    if not births:
        return
    first = min(born.first for born in births)
    for name, reading in row.items():
        if name != BIRTH and isinstance(reading.value, PartialDate) and reading.value.last < first:
            row[name] = refused(f"{reading.value} 早于出生日期")


def _compare_joining(row: dict[str, Reading]) -> None:
    joined, full_from = (row.get(name, EMPTY).value for name in (_JOINED, _FULL_FROM))
    if joined and full_from and full_from.last < joined.first:
        _doubt(row, (_JOINED, _FULL_FROM), f"转正日期 {full_from} 早于入党日期 {joined}，都先照录，标“待核”")
    for name, (not_in, on_probation) in _STATUS.items():
        said = row.get(name, EMPTY).value
        if said in not_in and (joined or full_from):
            known = _JOINED if joined else _FULL_FROM
            _doubt(row, (name, known), "身份还不是党员，却有入党或转正日期，都先照录，标“待核”")
        elif said in on_probation and full_from:
            _doubt(row, (name, _FULL_FROM), "身份是预备党员，却有转正日期，都先照录，标“待核”")


def _doubt(row: dict[str, Reading], names: tuple[str, ...], note: str) -> None:
    for name in names:
        reading = row[name]
        notes = "；".join(filter(None, (reading.note, note)))
        row[name] = replace(reading, state=State.LIKELY, note=notes)
