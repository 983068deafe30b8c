"""COD-01…08 across the data of one person, and how complete they are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain import kinds
from wuling_desktop.domain.codes import MemberKind
from wuling_desktop.domain.fields import Field
from wuling_desktop.domain.findings import Grade, Subject
from wuling_desktop.domain.identity_card import check_digit
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.person import completeness, findings_on_person

TODAY = dt.date(2026, 11, 23)
SUBJECT = Subject("person", 7, "韦清和")
FIRST17 = "45019919850615001"  # an unassigned county: nobody's number
NUMBER = FIRST17 + check_digit(FIRST17)  # born 1985-06-15, 男


def found(**facts: Any) -> list[tuple[str, Grade, str]]:
    """Return rule, grade and field of what is found; dates are given as text, names without 'person.'."""
    full = {
        (key.replace("__", ".") if "__" in key else f"person.{key}"): PartialDate.parse(value)
        if key.endswith("birth_date")
        else value
        for key, value in facts.items()
    }
    findings = findings_on_person(SUBJECT, full, TODAY)
    return [(each.rule, each.grade, each.place.field) for each in findings]


def test_what_agrees_is_silent() -> None:
    facts = {
        "id_number": NUMBER,
        "birth_date": "1985-06",
        "sex": "1",
        "ethnic_group": "08",
        "education": "21",
    }
    assert found(**facts, degree="304", political_status="01", membership__kind=MemberKind.FULL) == []


def test_f18_the_number_of_the_fixture() -> None:
    assert found(id_number="110105194912310021") == [("COD-01", Grade.MUST, "id_number")]


def test_cod_01_the_forms_birth_and_sex_against_the_number() -> None:
    assert found(id_number=NUMBER, birth_date="1985-05", sex="2") == [
        ("COD-01", Grade.MUST, "birth_date"),
        ("COD-01", Grade.MUST, "sex"),
    ]


@pytest.mark.parametrize("sex", ["0", "9", "火星", None])
def test_cod_01_an_unknown_sex_disagrees_with_nothing(sex: str | None) -> None:
    assert not [each for each in found(id_number=NUMBER, sex=sex) if each[0] == "COD-01"]


def test_cod_02_the_archive_may_differ_and_both_are_kept() -> None:
    facts = {"id_number": NUMBER, "birth_date": "1985-01-15", "archive_birth_date": "1985-01"}
    assert found(**facts) == [("COD-02", Grade.REMIND, "archive_birth_date")]


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ("COD-03", "sex"),
        ("COD-04", "marital_status"),
        ("COD-05", "ethnic_group"),
        ("COD-06", "education"),
        ("COD-06", "ft_education"),
        ("COD-07", "degree"),
        ("COD-07", "is_degree"),
        ("COD-08", "political_status"),
    ],
)
def test_an_unknown_text_is_kept_and_named(rule: str, key: str) -> None:
    assert found(**{key: "火星"}) == [(rule, Grade.REMIND, key)]


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        ("02", MemberKind.PROBATIONARY, False),
        ("01", MemberKind.FULL, False),
        ("13", None, False),
        (None, MemberKind.PROBATIONARY, False),
        ("02", MemberKind.FULL, True),
        ("02", None, True),
        ("01", MemberKind.PROBATIONARY, True),
    ],
)
def test_cod_08_probationary_on_both_sides_or_on_neither(
    status: str | None,
    kind: str | None,
    said: bool,  # noqa: FBT001 - the expected answer
) -> None:
    expected = [("COD-08", Grade.REMIND, "political_status")] if said else []
    assert found(political_status=status, membership__kind=kind) == expected


@pytest.mark.parametrize(
    ("born", "count"), [("1997-11-24", 0), ("1997-11-23", 1), ("1997-11", 1), ("1998-01", 0), ("1990", 1)]
)
def test_cod_08_a_league_member_over_28(born: str, count: int) -> None:
    """On 2026-11-23; born 1997-11 may be 28 or 29, so the day is asked for."""
    assert len(found(political_status="03", birth_date=born)) == count


def test_a_month_that_cannot_tell_the_age_asks_for_the_day() -> None:
    facts = {"person.political_status": "03", "person.birth_date": PartialDate(1997, 11)}
    (finding,) = findings_on_person(SUBJECT, facts, TODAY)
    assert finding.message == "日期只到月，判不了，请补日"


def test_keys_tell_findings_apart_and_stay() -> None:
    facts = {"person.id_number": NUMBER, "person.birth_date": PartialDate(1985, 5), "person.sex": "2"}
    keys = [each.key for each in findings_on_person(SUBJECT, facts, TODAY)]
    assert keys == ["COD-01:person:7:birth_date", "COD-01:person:7:sex"]
    assert [each.key for each in findings_on_person(SUBJECT, facts, dt.date(2027, 1, 1))] == keys


def expected_data(count: int) -> list[Field]:
    return [
        Field(record="person", key=f"k{number}", label=str(number), kind=kinds.TEXT)
        for number in range(count)
    ]


@given(st.lists(st.sampled_from([None, "", "某", False, 0]), max_size=12))
def test_completeness_is_the_share_of_what_is_known(values: list[Any]) -> None:
    data = expected_data(len(values))
    result = completeness({datum.name: value for datum, value in zip(data, values, strict=True)}, data)
    missing = [datum for datum, value in zip(data, values, strict=True) if value is None or value == ""]
    assert list(result.missing) == missing
    assert (result.percent == 100) == (not missing)
    assert 0 <= result.percent <= 100


def test_nearly_complete_is_not_complete() -> None:
    data = expected_data(300)
    result = completeness({datum.name: "某" for datum in data[1:]}, data)
    assert (result.percent, result.missing) == (99, (data[0],))
