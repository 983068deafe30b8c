"""What is computed about a person for a stated day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from wuling_desktop.domain.codes import MemberKind, MemberState, PartyPost, Standing
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.person_figures import AGE, FIGURES, PARTY_AGE, STANDING

AS_OF = dt.date(2026, 11, 23)


def member(**facts: Any) -> dict[str, Any]:
    """Return the facts of a member."""
    values = {f"membership.{key}": value for key, value in facts.items()}
    return {"membership.id": 1, "membership.state": MemberState.NORMAL} | values


def on_the_way(*codes: str) -> dict[str, Any]:
    """Return the facts of one who is not a member; the steps have no day."""
    return {"membership.id": None, "steps": dict.fromkeys(codes, (1, None, None))}


def test_a_standing_is_that_of_its_day() -> None:
    """Joined in 2019, converted in 2020: an applicant, a probationer, a full member in turn."""
    person = member(kind=MemberKind.FULL, full_from=PartialDate(2020, 7, 1)) | {
        "step_fact.assembly_on": PartialDate(2019, 7, 1),
        "steps": {
            "applied_on": (1, PartialDate(2017, 3, 1), None),
            "activist_on": (2, PartialDate(2018, 5, 4), None),
        },
    }
    stood = {year: STANDING.of(person, dt.date(year, 12, 31)) for year in (2016, 2017, 2018, 2019, 2020)}
    assert stood == {
        2016: None,
        2017: Standing.APPLICANT,
        2018: Standing.ACTIVIST,
        2019: Standing.PROBATIONARY,
        2020: Standing.FULL,
    }


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        (member(kind=MemberKind.FULL), Standing.FULL),
        (member(kind=MemberKind.PROBATIONARY), Standing.PROBATIONARY),
        (member(kind=MemberKind.FULL, state=MemberState.RESTORED), Standing.FULL),
        (member(kind=MemberKind.FULL, state=MemberState.LEFT), None),
        (member(kind=MemberKind.FULL, state=MemberState.DEAD), None),
        (on_the_way("applied_on"), Standing.APPLICANT),
        (on_the_way("applied_on", "talk_on", "activist_on"), Standing.ACTIVIST),
        (on_the_way("applied_on", "activist_on", "object_on"), Standing.OBJECT),
        (on_the_way("object_committee_on"), Standing.OBJECT),
        (on_the_way(), None),
        (on_the_way("talk_on"), None),
    ],
)
def test_where_a_person_stands(facts: dict[str, Any], standing: Standing | None) -> None:
    assert STANDING.of(facts, AS_OF) == standing


@pytest.mark.parametrize(
    ("born", "years"), [("1985-11-23", 41), ("1985-11-24", 40), ("1985-11", 41), ("1985", 41), (None, None)]
)
def test_age_on_the_stated_day(born: str | None, years: int | None) -> None:
    facts = {"person.birth_date": PartialDate.parse(born) if born else None}
    assert AGE.of(facts, AS_OF) == years


@pytest.mark.parametrize(
    ("full_from", "years"), [("2016-11-23", 10), ("2016-11-24", 9), ("2027-01-01", None), (None, None)]
)
def test_party_age_on_the_stated_day(full_from: str | None, years: int | None) -> None:
    facts = member(full_from=PartialDate.parse(full_from) if full_from else None)
    assert PARTY_AGE.of(facts, AS_OF) == years


@pytest.mark.parametrize(
    ("post", "held"),
    [
        (None, {"committee.is_secretary": False, "committee.is_member": False}),
        (PartyPost.SECRETARY, {"committee.is_secretary": True, "committee.is_member": True}),
        (PartyPost.YOUTH, {"committee.is_secretary": False, "committee.is_member": True}),
    ],
)
def test_the_secretary_is_a_member_of_the_committee_too(
    post: PartyPost | None, held: dict[str, bool]
) -> None:
    offices = [figure for figure in FIGURES if figure.record == "committee"]
    assert {each.name: each.of({"committee_member.post": post}, AS_OF) for each in offices} == held


def test_studies_and_their_degree_stand_below_each_other() -> None:
    figure = next(each for each in FIGURES if each.key == "ft_education_and_degree")
    facts = {"person.ft_education": "本科", "person.ft_degree": "教育学学士", "person.is_degree": "硕士"}
    assert figure.of(facts, AS_OF) == "本科\n教育学学士"
    assert figure.of({"person.ft_degree": "教育学学士"}, AS_OF) == "教育学学士"
    assert figure.of({}, AS_OF) is None
    assert set(figure.made_of) == {"person.ft_education", "person.ft_degree"}


@pytest.mark.parametrize(
    ("issued", "until", "days"),
    [
        (PartialDate(2026, 11, 3), PartialDate(2027, 1, 31), 89),
        (PartialDate(2026, 11, 3), PartialDate(2026, 11, 3), 0),
        (PartialDate(2026, 11, 3), PartialDate(2026, 11, 2), None),
        (PartialDate(2026, 11), PartialDate(2027, 1, 31), None),
        (None, PartialDate(2027, 1, 31), None),
        (PartialDate(2026, 11, 3), None, None),
    ],
)
def test_a_letter_is_valid_for_days_where_both_days_are_known(
    issued: PartialDate | None, until: PartialDate | None, days: int | None
) -> None:
    figure = next(each for each in FIGURES if each.key == "letter_days")
    assert figure.of(member(letter_issued_on=issued, letter_valid_until=until), AS_OF) == days
