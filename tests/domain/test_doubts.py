"""待核: what stored values leave in doubt, by themselves and held against each other."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from wuling_desktop.domain.doubts import Doubts, is_doubt, reason
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.services import person_data

DOUBTS = Doubts(person_data.STORED)
TODAY = dt.date(2026, 11, 24)
SOUND = {
    "person.name": "韦清和",
    "person.sex": "2",
    "person.birth_date": PartialDate(1991, 8, 5),
    "person.id_number": "450199199108050248",
    "person.phone": "19900001001",
    "step_fact.assembly_on": PartialDate(2015, 7, 1),
    "membership.full_from": PartialDate(2016, 7, 1),
}


def found(**other: Any) -> dict[str, str]:
    facts = SOUND | {name.replace("__", "."): value for name, value in other.items()}
    return DOUBTS.in_facts(facts, TODAY)


def test_sound_values_leave_nothing_in_doubt() -> None:
    assert found() == {}
    assert DOUBTS.in_facts({}, TODAY) == {}


@pytest.mark.parametrize(
    ("other", "names", "why"),
    [
        ({"person__phone": "1990000100"}, {"person.phone"}, "号码位数不对"),
        ({"person__id_number": "450199199108050249"}, {"person.id_number"}, "校验|对不上"),
        (
            {"person__birth_date": PartialDate(1991, 9)},
            {"person.birth_date", "person.id_number"},
            "与身份证号里的 1991-08-05 不一致",
        ),
        ({"person__sex": "1"}, {"person.sex", "person.id_number"}, "性别与身份证号不一致"),
        (
            {"membership__full_from": PartialDate(2014, 7, 1)},
            {"step_fact.assembly_on", "membership.full_from"},
            "早于入党日期",
        ),
    ],
)
def test_what_ought_to_be_looked_at_says_why(other: dict[str, Any], names: set[str], why: str) -> None:
    marked = found(**other)
    assert set(marked) == names
    for said in marked.values():
        assert any(part in said for part in why.split("|"))
        assert "照录" not in said  # that is said while it is taken in


def test_the_reason_is_told_without_what_was_done() -> None:
    assert reason("号码位数不对，先照录，标“待核”") == "号码位数不对"
    assert reason("性别与身份证号不一致，都先照录，标“待核”；甲") == "性别与身份证号不一致；甲"
    assert is_doubt("号码位数不对，先照录，标“待核”")
    assert not is_doubt("15 位旧号，按 18 位记为 45…8")
