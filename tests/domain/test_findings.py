"""Findings and editions: a stable key, and every event judged by the edition of its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from wuling_desktop.domain.editions import Rule, Rulebook, shipped
from wuling_desktop.domain.examination import Examination
from wuling_desktop.domain.findings import Finding, Grade, Place, Subject
from wuling_desktop.domain.partial_date import PartialDate

SUBJECT = Subject("person", 7, "韦清和")
RULES = [
    "ORG",
    "ORG-01",
    "ORG-02",
    "ORG-03",
    "ORG-04",
    "ORG-05",
    "ORG-06",
    "ORG-07",
    "ORG-08",
    "ORG-10",
    "ORG-11",
    "ORG-12",
    "ORG-13",
    "ORG-14",
    "ORG-20",
    "COD-01",
    "COD-02",
    "COD-03",
    "COD-04",
    "COD-05",
    "COD-06",
    "COD-07",
    "COD-08",
]


def finding(subject: Subject = SUBJECT, message: str = "说法") -> Finding:
    return Finding(
        rule="ORG-02",
        grade=Grade.REMIND,
        subject=subject,
        occurrence="2026-03-10",
        message=message,
        todo="",
        article="",
        edition="",
        place=Place("membership", 3, "away_from"),
    )


def test_a_key_is_rule_subject_and_occurrence_and_no_wording() -> None:
    assert finding().key == "ORG-02:person:7:2026-03-10"
    assert finding(message="另一种说法").key == finding().key
    assert finding(Subject("person", 7, "改了名字")).key == finding().key
    assert finding(Subject("person", 8, "韦清和")).key != finding().key


def test_the_grades_are_the_three_words() -> None:
    assert [grade.value for grade in Grade] == ["须整改", "须说明", "提醒"]


@pytest.mark.parametrize("rule_id", RULES)
def test_every_shipped_rule_says_where_it_comes_from(rule_id: str) -> None:
    rule = shipped().rule(rule_id, dt.date(2026, 11, 23))
    assert rule is not None
    assert rule.article
    assert rule.point
    assert rule.source
    assert rule.confidence in ("A", "B", "C")


def test_no_rule_is_shipped_that_the_list_does_not_name() -> None:
    assert {rule.id for rule in shipped().rules} == set(RULES)


def test_points_name_no_way_out_of_the_party() -> None:
    for rule in shipped().rules:
        assert not any(word in rule.point for word in ("除名", "劝退", "自行脱党", "违规"))


def test_an_event_is_judged_by_the_edition_of_its_day() -> None:
    rule = shipped().rule("ORG-08", dt.date(2026, 11, 23))
    assert rule is not None
    book = Rulebook(_two_editions(rule))
    exam = Examination(SUBJECT, dt.date(2026, 11, 23), book)
    for day, edition in (("2020-01-01", "旧"), ("2025-12-31", "旧"), ("2026-01-01", "新")):
        judged = exam.rule("ORG-08", dt.date.fromisoformat(day))
        assert judged is not None
        assert judged.edition == edition
    assert exam.rule("ORG-08", dt.date(2018, 1, 1)) is None
    now = exam.rule("ORG-08")
    assert now is not None
    assert now.edition == "新"


def _two_editions(rule: Rule) -> tuple[Rule, Rule]:
    old = replace(rule, edition="旧", effective_to=PartialDate(2025, 12))
    return old, replace(rule, edition="新", effective_from=PartialDate(2026))


def test_a_units_own_figures_leave_the_shipped_ones_alone() -> None:
    day = dt.date(2026, 11, 23)
    own = shipped().with_params({"ORG-04": {"months": 6}}).rule("ORG-04", day)
    ours = shipped().rule("ORG-04", day)
    assert own is not None
    assert ours is not None
    assert (own.params["months"], ours.params["months"]) == (6, 3)


def test_an_unsure_finding_is_a_reminder_in_the_same_place() -> None:
    exam = Examination(SUBJECT, dt.date(2026, 11, 23), shipped())
    said = finding()
    (unsure,) = exam.judge(None, said, PartialDate(2026, 3))
    assert (unsure.grade, unsure.key, unsure.place) == (Grade.REMIND, said.key, said.place)
    assert list(exam.judge(True, said)) == [said]
    assert list(exam.judge(False, said)) == []
