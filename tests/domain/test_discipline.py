"""ORG-10, ORG-11 and ORG-20: the worked cases."""

from __future__ import annotations

import datetime as dt

import pytest

from wuling_desktop.domain import discipline
from wuling_desktop.domain.codes import Measure
from wuling_desktop.domain.discipline import Discipline
from wuling_desktop.domain.editions import shipped
from wuling_desktop.domain.examination import Examination
from wuling_desktop.domain.findings import Grade, Subject
from wuling_desktop.domain.partial_date import PartialDate

EXAM = Examination(Subject("person", 7, "韦清和"), dt.date(2026, 11, 23), shipped())
day = PartialDate.parse


@pytest.mark.parametrize(
    ("start", "until", "grades"),
    [
        ("2026-02-10", "2027-03-01", [Grade.MUST]),  # case (e): the latest is 2027-02-10
        ("2026-02-10", "2027-02-10", [Grade.EXPLAIN]),
        ("2026-02-10", "2026-08-11", [Grade.EXPLAIN]),
        ("2026-02-10", "2026-08-10", []),
        ("2026-02", "2027-02", [Grade.REMIND]),
    ],
)
def test_org_10_a_correction_lasts_half_a_year_and_at_most_one(
    start: str, until: str, grades: list[Grade]
) -> None:
    measure = Discipline(id=1, measure=Measure.CORRECTION, decided_on=day(start), until=day(until))
    findings = list(discipline.correction(EXAM, measure))
    assert [each.grade for each in findings] == grades
    assert {each.rule for each in findings} <= {"ORG-10"}


def test_org_10_names_the_last_day() -> None:
    measure = Discipline(
        id=1, measure=Measure.CORRECTION, decided_on=day("2026-02-10"), until=day("2027-03-01")
    )
    (finding,) = discipline.correction(EXAM, measure)
    assert finding.until == dt.date(2027, 2, 10)


@pytest.mark.parametrize("measure", [Measure.STRUCK_OFF, Measure.PERSUADED_OUT, Measure.EXPELLED])
@pytest.mark.parametrize(
    ("applied", "grades"),
    [("2027-05-05", [Grade.MUST]), ("2027-05-06", []), ("2027-05", [Grade.REMIND])],
)
def test_org_11_five_years_before_an_application(measure: Measure, applied: str, grades: list[Grade]) -> None:
    left = Discipline(id=1, measure=measure, decided_on=day("2022-05-06"))
    findings = list(discipline.readmission(EXAM, left, day(applied)))
    assert [each.grade for each in findings] == grades
    assert not any(word in each.message for each in findings for word in ("除名", "劝退", "自行脱党"))


def test_org_11_a_warning_does_not_bar_an_application() -> None:
    warned = Discipline(id=1, measure=Measure.WARNING, decided_on=day("2026-05-06"))
    assert not list(discipline.readmission(EXAM, warned, day("2026-06-01")))


def test_org_11_one_matter_one_measure() -> None:
    measures = [
        Discipline(id=1, measure=Measure.WARNING, decided_on=day("2026-03-10"), matter="酒驾"),
        Discipline(id=2, measure=Measure.CORRECTION, decided_on=day("2026-04-10"), matter="酒驾"),
        Discipline(id=3, measure=Measure.CORRECTION, decided_on=day("2026-04-10")),
    ]
    findings = list(discipline.once_for_a_matter(EXAM, measures))
    assert [(each.rule, each.grade, each.place.id) for each in findings] == [("ORG-11", Grade.MUST, 2)]


@pytest.mark.parametrize(
    ("measure", "decided", "free"),
    [
        (Measure.WARNING, "2026-03-10", "2027-03-10"),
        (Measure.SERIOUS_WARNING, "2026-03-10", "2027-09-10"),
        (Measure.SERIOUS_WARNING, "2025-08-31", "2027-03-01"),
        (Measure.POST_REMOVED, "2026-03-10", "2028-03-10"),
    ],
)
def test_org_20_when_the_restriction_ends(measure: Measure, decided: str, free: str) -> None:
    held = Discipline(id=1, measure=measure, decided_on=day(decided))
    assert discipline.restriction_until(held, shipped()) == dt.date.fromisoformat(free)


def test_org_20_probation_restricts_two_years_after_rights_return() -> None:
    held = Discipline(id=1, measure=Measure.PROBATION, decided_on=day("2025-03-10"), until=day("2026-03-10"))
    assert discipline.restriction_until(held, shipped()) == dt.date(2028, 3, 10)
    unknown = Discipline(id=1, measure=Measure.PROBATION, decided_on=day("2025-03-10"))
    assert discipline.restriction_until(unknown, shipped()) is None


def test_org_20_other_measures_have_no_term_of_their_own() -> None:
    held = Discipline(id=1, measure=Measure.CORRECTION, decided_on=day("2026-03-10"))
    assert discipline.restriction_until(held, shipped()) is None


@pytest.mark.parametrize(
    ("listed", "grades"),
    [("2027-03-09", [Grade.MUST]), ("2027-03-10", []), ("2027-03", [Grade.REMIND])],
)
def test_org_20_a_list_before_that_day_is_marked(listed: str, grades: list[Grade]) -> None:
    held = Discipline(id=1, measure=Measure.WARNING, decided_on=day("2026-03-10"))
    findings = list(discipline.restricted(EXAM, held, day(listed), "评优"))
    assert [each.grade for each in findings] == grades


def test_org_20_a_measure_is_judged_by_the_edition_of_its_day() -> None:
    held = Discipline(id=1, measure=Measure.WARNING, decided_on=day("2023-12-31"))
    assert discipline.restriction_until(held, shipped()) is None
