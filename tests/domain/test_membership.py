"""ORG-01…08 and ORG-12…14: every worked case, by its id."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain import membership
from wuling_desktop.domain.codes import MemberKind, MemberState
from wuling_desktop.domain.editions import Rulebook, shipped
from wuling_desktop.domain.examination import Examination
from wuling_desktop.domain.findings import Finding, Grade, Subject
from wuling_desktop.domain.membership import Membership
from wuling_desktop.domain.partial_date import PartialDate

SUBJECT = Subject("person", 7, "韦清和")
NEVER_SAID = ("除名", "劝退", "劝其退党", "自行脱党", "违规", "非法")


def member(**facts: Any) -> Membership:
    """Return a membership with dates given as text."""
    dated = {
        key: PartialDate.parse(value) if isinstance(value, str) and value[:2] in ("19", "20") else value
        for key, value in facts.items()
    }
    return Membership(**({"id": 1, "branch": 2} | dated))


def found(today: str, *memberships: Membership, book: Rulebook | None = None) -> list[Finding]:
    return membership.findings_on_membership(SUBJECT, memberships, dt.date.fromisoformat(today), book)


def said(today: str, *memberships: Membership, book: Rulebook | None = None) -> list[tuple[str, Grade]]:
    return [(each.rule, each.grade) for each in found(today, *memberships, book=book)]


def exam(today: str, book: Rulebook | None = None) -> Examination:
    return Examination(SUBJECT, dt.date.fromisoformat(today), book or shipped())


def test_a_member_in_good_standing_is_silent() -> None:
    assert said("2026-11-23", member(full_from="2010-06-01")) == []


def test_org_01_two_open_memberships_for_one_person() -> None:
    assert said("2026-11-23", member(), member(id=2)) == [("ORG-01", Grade.MUST)]


@pytest.mark.parametrize(
    "closed", [{"out_on": "2020-05-06"}, {"state": MemberState.LEFT}, {"ended_on": "2021-01-01"}]
)
def test_org_01_a_closed_membership_beside_an_open_one_is_right(closed: dict[str, Any]) -> None:
    assert said("2026-11-23", member(), member(id=2, **closed)) == []


def test_org_01_a_branch_and_where_there_are_groups_a_group() -> None:
    assert said("2026-11-23", member(branch=None)) == [("ORG-01", Grade.MUST)]
    assert said("2026-11-23", member(branch_has_groups=True)) == [("ORG-01", Grade.MUST)]
    assert said("2026-11-23", member(branch_has_groups=True, in_group=True)) == []


@pytest.mark.parametrize(
    ("today", "expected"), [("2026-09-09", []), ("2026-09-10", [("ORG-02", Grade.REMIND)])]
)
def test_org_02_half_a_year_at_a_fixed_place(today: str, expected: list[tuple[str, Grade]]) -> None:
    assert said(today, member(away_from="2026-03-10", away_fixed=True)) == expected


def test_org_02_is_silent_once_the_relation_moves() -> None:
    moving = member(away_from="2026-03-10", away_fixed=True, letter_issued_on="2026-09-01")
    assert said("2026-09-10", moving) == [("ORG-05", Grade.REMIND)]


@pytest.mark.parametrize(
    ("today", "expected"), [("2026-08-27", []), ("2026-08-28", [("ORG-06", Grade.REMIND)])]
)
def test_org_06_half_a_year_without_a_fixed_place(today: str, expected: list[tuple[str, Grade]]) -> None:
    assert said(today, member(away_from="2026-02-28", away_fixed=False)) == expected


def test_org_06_until_registered() -> None:
    assert said("2026-11-23", member(away_from="2026-02-28", away_registered_on="2026-09-01")) == []


def test_org_06_counts_from_the_day_it_holds() -> None:
    (finding,) = found("2026-11-23", member(away_from="2026-02-28"))
    assert finding.since == dt.date(2026, 8, 28)


@pytest.mark.parametrize(("today", "count"), [("2026-08-28", 0), ("2026-08-29", 1)])
def test_org_06_contact_half_yearly_with_those_who_study_abroad(today: str, count: int) -> None:
    facts = member(abroad_from="2025-09-01", last_contact="2026-02-28")
    findings = list(membership.contact(exam(today), facts))
    assert [(each.rule, each.grade) for each in findings] == [("ORG-06", Grade.REMIND)] * count


def test_org_06_contact_with_all_who_are_away_is_a_setting() -> None:
    facts = member(away_from="2025-09-01", away_registered_on="2026-01-05")
    everyone = shipped().with_params({"ORG-06": {"contact_everyone": True}})
    assert list(membership.contact(exam("2026-11-23"), facts)) == []
    assert len(list(membership.contact(exam("2026-11-23", everyone), facts))) == 1


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2027-03-01", {"ORG-04", "ORG-05"}), ("2027-02-28", {"ORG-05"})],
)
def test_org_04_a_letter_is_valid_three_months_at_most(until: str, expected: set[str]) -> None:
    letter = member(letter_issued_on="2026-11-30", letter_valid_until=until)
    findings = found("2026-12-05", letter)
    assert {each.rule for each in findings} == expected
    assert {each.grade for each in findings} == {Grade.REMIND}
    assert findings[0].until in (dt.date(2027, 2, 28), dt.date.fromisoformat(until))


def test_org_04_six_months_across_provinces_is_a_setting() -> None:
    letter = member(letter_issued_on="2026-11-30", letter_valid_until="2027-03-01")
    book = shipped().with_params({"ORG-04": {"months": 6}})
    assert said("2026-12-05", letter, book=book) == [("ORG-05", Grade.REMIND)]


@pytest.mark.parametrize(
    ("today", "receipt", "rules"),
    [
        ("2026-09-01", None, ["ORG-05"]),
        ("2026-09-30", None, ["ORG-05"]),
        ("2026-10-01", None, ["ORG-03"]),
        ("2026-11-23", "2026-09-30", []),
        ("2026-11-23", "2026-10-08", ["ORG-03"]),
    ],
)
def test_org_03_and_org_05_the_receipt_comes_back_in_time(
    today: str, receipt: str | None, rules: list[str]
) -> None:
    letter = member(letter_issued_on="2026-06-30", letter_valid_until="2026-09-30", receipt_on=receipt)
    assert [rule for rule, _ in said(today, letter)] == rules


def test_org_03_without_a_last_day_the_usual_one_counts() -> None:
    assert said("2026-10-01", member(letter_issued_on="2026-06-30")) == [("ORG-03", Grade.REMIND)]


@pytest.mark.parametrize(
    ("today", "log", "expected"),
    [
        ("2026-06-30", "", []),
        ("2026-07-01", "", [("ORG-07", Grade.REMIND)]),
        ("2026-09-30", "电话、走访各一次", [("ORG-07", Grade.REMIND)]),
        ("2026-10-01", "电话、走访各一次", [("ORG-07", Grade.EXPLAIN)]),
        ("2026-10-01", "", [("ORG-07", Grade.REMIND)]),
    ],
)
def test_org_07_lost_for_half_a_year_after_a_search(
    today: str, log: str, expected: list[tuple[str, Grade]]
) -> None:
    facts = member(last_contact="2026-03-31", search_log=log)
    findings = found(today, facts)
    assert [(each.rule, each.grade) for each in findings] == expected
    assert all("查找" in each.message for each in findings)


@pytest.mark.parametrize(
    ("today", "expected"), [("2028-10-07", []), ("2028-10-08", [("ORG-08", Grade.REMIND)])]
)
def test_org_08_two_years_after_the_stop(today: str, expected: list[tuple[str, Grade]]) -> None:
    facts = member(state=MemberState.STOPPED, stopped_on="2026-10-08")
    assert said(today, facts) == expected


def test_org_08_says_what_org_23_allows() -> None:
    (finding,) = found("2028-10-08", member(state=MemberState.STOPPED, stopped_on="2026-10-08"))
    assert finding.message == "停止党籍满两年，请支委会研究"


@pytest.mark.parametrize(
    ("stopped_on", "message"),
    [("2026-10", "日期只到月，判不了，请补日"), ("2026", "日期只到年，判不了，请补日")],
)
def test_org_08_a_month_that_cannot_tell_asks_for_the_day(stopped_on: str, message: str) -> None:
    (finding,) = found("2028-10-15", member(state=MemberState.STOPPED, stopped_on=stopped_on))
    assert (finding.rule, finding.grade, finding.message) == ("ORG-08", Grade.REMIND, message)


@pytest.mark.parametrize(
    ("full_from", "on", "years"),
    [
        ("1977-07-01", "2027-07-01", 50),
        ("1977-07-02", "2027-07-01", 49),
        ("2024-02-29", "2027-02-28", 2),
        ("2024-02-29", "2027-03-01", 3),
        ("1977-07", "2027-07-01", 50),
    ],
)
def test_org_12_party_age_counts_whole_years_from_conversion(full_from: str, on: str, years: int) -> None:
    assert membership.party_age(PartialDate.parse(full_from), dt.date.fromisoformat(on)) == years


@pytest.mark.parametrize(
    ("full_from", "joined", "discussed", "count"),
    [
        ("2027-09-04", "2026-09-04", "2027-09-06", 0),  # converted late: the end of probation counts
        ("2027-09-04", "2026-09-04", "2027-09-04", 0),
        ("2027-09", "2026-09-04", "2027-09-06", 0),
        ("2028-03-04", "2026-09-04", "2027-09-06", 1),
        ("2027-09-04", None, "2027-09-06", 1),
        ("2027-09-04", "2026-09-04", None, 0),
    ],
)
def test_org_12_the_day_of_conversion_against_the_assembly(
    full_from: str, joined: str | None, discussed: str | None, count: int
) -> None:
    days = [PartialDate.parse(day) if day else None for day in (joined, discussed)]
    findings = list(membership.conversion_days(exam("2028-11-23"), member(full_from=full_from), *days))
    assert len(findings) == count
    assert all(each.grade is Grade.REMIND for each in findings)


@pytest.mark.parametrize(
    ("today", "expected"), [("2031-08-31", []), ("2031-09-01", [("ORG-13", Grade.REMIND)])]
)
def test_org_13_five_years_abroad(today: str, expected: list[tuple[str, Grade]]) -> None:
    assert said(today, member(abroad_from="2026-09-01", last_contact=today)) == expected


@pytest.mark.parametrize(
    ("today", "full_from", "count"),
    [
        ("2027-03-31", "1977-07-01", 0),
        ("2027-04-01", "1977-07-01", 1),
        ("2027-07-01", "1977-07-01", 1),
        ("2027-07-02", "1977-07-01", 0),
        ("2027-04-01", "1977-07-02", 0),
        ("2028-04-01", "1977-07-02", 1),
    ],
)
def test_org_14_fifty_years_are_listed_from_april(today: str, full_from: str, count: int) -> None:
    listed = list(
        membership.fifty_years(exam(today), member(full_from=full_from), restricted=False, honoured=False)
    )
    assert len(listed) == count


def test_org_14_a_month_says_so() -> None:
    (finding,) = membership.fifty_years(
        exam("2027-04-01"), member(full_from="1977-07"), restricted=False, honoured=False
    )
    assert finding.message.endswith("（按月）")


@pytest.mark.parametrize("left_out", [{"restricted": True}, {"honoured": True}])
def test_org_14_leaves_out_who_has_it_or_is_restricted(left_out: dict[str, bool]) -> None:
    facts = {"restricted": False, "honoured": False} | left_out
    assert not list(membership.fifty_years(exam("2027-04-01"), member(full_from="1976-07-01"), **facts))


FULL, ON_PROBATION = MemberKind.FULL, MemberKind.PROBATIONARY
NORMAL, STOPPED, RESTORED = MemberState.NORMAL, MemberState.STOPPED, MemberState.RESTORED
LEFT, DEAD = MemberState.LEFT, MemberState.DEAD


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((ON_PROBATION, NORMAL), (FULL, NORMAL)),
        ((ON_PROBATION, NORMAL), (ON_PROBATION, NORMAL)),  # extended
        ((ON_PROBATION, NORMAL), (ON_PROBATION, LEFT)),
        ((FULL, NORMAL), (FULL, STOPPED)),
        ((FULL, STOPPED), (FULL, RESTORED)),
        ((FULL, STOPPED), (FULL, LEFT)),
        ((FULL, NORMAL), (FULL, LEFT)),
        ((FULL, RESTORED), (FULL, DEAD)),
    ],
)
def test_allowed_moves(before: tuple[str, str], after: tuple[str, str]) -> None:
    assert membership.may_become(before, after)
    assert not list(membership.moves(exam("2026-11-23"), 1, [before, after]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((FULL, LEFT), (FULL, NORMAL)),  # case (g)
        ((ON_PROBATION, LEFT), (FULL, NORMAL)),
        ((FULL, NORMAL), (ON_PROBATION, NORMAL)),
        ((FULL, NORMAL), (FULL, RESTORED)),
        ((ON_PROBATION, NORMAL), (ON_PROBATION, STOPPED)),
        ((FULL, DEAD), (FULL, NORMAL)),
        ((FULL, STOPPED), (FULL, NORMAL)),
    ],
)
def test_other_moves_must_be_put_right(before: tuple[str, str], after: tuple[str, str]) -> None:
    (finding,) = membership.moves(exam("2026-11-23"), 1, [(ON_PROBATION, NORMAL), before, after][1:])
    assert finding.grade is Grade.MUST
    assert finding.place.record == "membership"


@given(st.dates(dt.date(2025, 1, 1), dt.date(2032, 12, 31)), st.integers(0, 3), st.booleans())
def test_a_key_stays_from_day_to_day_and_no_word_of_exit_is_said(
    today: dt.date,
    later: int,
    fixed: bool,  # noqa: FBT001 - drawn
) -> None:
    people = (
        member(away_from="2024-12-05", away_fixed=fixed, last_contact="2024-12", search_log="已走访"),
        member(id=2, branch=None, state=MemberState.STOPPED, stopped_on="2024-12-09"),
        member(
            id=3, abroad_from="2020-01-31", letter_issued_on="2024-12-31", letter_valid_until="2025-06-30"
        ),
    )
    findings = membership.findings_on_membership(SUBJECT, people, today)
    tomorrow = membership.findings_on_membership(SUBJECT, people, today + dt.timedelta(later))
    assert len({each.key for each in findings}) == len(findings)
    same = {(each.rule, each.place) for each in findings} & {(each.rule, each.place) for each in tomorrow}
    keys, keys_later = (
        {each.key for each in them if (each.rule, each.place) in same} for them in (findings, tomorrow)
    )
    assert keys == keys_later
    for each in findings:
        assert not any(word in each.message + each.todo + each.article for word in NEVER_SAID)


def test_no_edition_of_the_day_no_finding() -> None:
    assert said("2019-04-30", member(away_from="2018-01-01", away_fixed=True)) == []


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        ({}, ["ORG-05"]),
        ({"receipt_on": "2026-11-20", "out_on": "2026-11-20"}, []),
        ({"letter_issued_on": "2026-11-01"}, ["ORG-05"]),
    ],
)
def test_org_05_a_transfer_in_the_system_needs_no_letter(facts: dict[str, Any], rules: list[str]) -> None:
    assert [rule for rule, _ in said("2026-11-24", member(out_started_on="2026-11-01", **facts))] == rules


def test_a_relation_on_its_way_to_us_is_not_ours_yet() -> None:
    coming = member(in_started_on="2026-11-01", branch=None)
    assert not coming.open
    assert said("2026-11-24", coming) == []
    assert member(in_started_on="2026-11-01", in_on="2026-11-20").open
