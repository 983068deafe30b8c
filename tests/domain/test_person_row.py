"""One imported row: what its data say of each other."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from wuling_desktop.domain import code_kinds, kinds
from wuling_desktop.domain.codes import MemberKind, Standing
from wuling_desktop.domain.identity_card import check_digit
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.person_row import before_birth, proposed_from_id, settle
from wuling_desktop.domain.readings import EMPTY, Reading, State

TODAY = dt.date(2026, 11, 23)


def numbered(birth: str, order: str = "001") -> str:
    """Return a number of nobody: its county is not assigned."""
    return f"450199{birth}{order}" + check_digit(f"450199{birth}{order}")


KINDS: dict[str, kinds.Kind] = {
    "person.birth_date": kinds.DAY,
    "person.id_number": kinds.IDENTITY,
    "person.sex": code_kinds.SEX,
    "person.work_start": kinds.DAY,
    "step_fact.assembly_on": kinds.DAY,
    "membership.full_from": kinds.DAY,
    "membership.kind": code_kinds.MEMBER_KIND,
    "person.standing": code_kinds.STANDING,
}


def settled(**cells: Any) -> dict[str, Reading]:
    """Return the settled readings of the cells, by the last part of their names."""
    names = {name.partition(".")[2]: name for name in KINDS}
    row = {names[key]: KINDS[names[key]].read(raw, TODAY) for key, raw in cells.items()}
    return {name.partition(".")[2]: reading for name, reading in settle(row, TODAY).items()}


@pytest.mark.parametrize(
    ("written", "birth", "meant"),
    [
        (1980.1, "19801015", "1980-10"),
        (1980.1, "19800115", "1980-01"),
        ("1980.1", "19801015", "1980-10"),
        ("1980.1", "19800115", "1980-01"),
    ],
)
def test_the_number_settles_january_or_october(written: object, birth: str, meant: str) -> None:
    reading = settled(birth_date=written, id_number=numbered(birth))["birth_date"]
    assert (str(reading.value), reading.state) == (meant, State.SURE)
    assert "身份证号" in reading.note


def test_without_a_faultless_number_it_stays_open() -> None:
    assert settled(birth_date=1980.1)["birth_date"].state is State.ASK
    wrong = numbered("19801015")[:-1] + "?"
    assert settled(birth_date=1980.1, id_number=wrong)["birth_date"].state is State.ASK
    assert settled(birth_date=1980.1, id_number=4.5e17)["birth_date"].state is State.ASK


def test_a_number_of_another_month_does_not_settle_it() -> None:
    reading = settled(birth_date=1980.1, id_number=numbered("19850615"))["birth_date"]
    assert (reading.value, reading.state) == (None, State.ASK)
    assert "1985-06-15" in reading.note


@pytest.mark.parametrize("written", ["1985.06", "1985", "1985-06-15", 31213])
def test_what_agrees_keeps_its_own_precision(written: object) -> None:
    before = kinds.DAY.read(written, TODAY).value
    row = settled(birth_date=written, id_number=numbered("19850615"), sex="男")
    assert (row["birth_date"].value, row["birth_date"].state) == (before, State.SURE)
    assert row["id_number"].state is State.SURE
    assert row["sex"].state is State.SURE


@pytest.mark.parametrize("written", ["1985-06-14", "1985.05", "1984"])
def test_cod_01_a_birth_that_disagrees_is_kept_on_both_sides_and_marked(written: str) -> None:
    row = settled(birth_date=written, id_number=numbered("19850615"))
    assert row["birth_date"].value == kinds.DAY.read(written, TODAY).value
    assert row["id_number"].value == numbered("19850615")
    for key in ("birth_date", "id_number"):
        assert row[key].state is State.LIKELY
        assert "待核" in row[key].note


def test_cod_01_a_sex_that_disagrees_is_kept_on_both_sides_and_marked() -> None:
    row = settled(sex="女", id_number=numbered("19850615"))
    assert row["sex"].value == "2"
    assert {row[key].state for key in ("sex", "id_number")} == {State.LIKELY}
    assert all("待核" in row[key].note for key in ("sex", "id_number"))


def test_birth_and_sex_are_not_invented() -> None:
    row = settled(id_number=numbered("19850615"), birth_date="", sex=None)
    assert row["birth_date"] == EMPTY
    assert row["sex"] == EMPTY
    assert set(settled(id_number=numbered("19850615"))) == {"id_number"}


def test_a_form_may_propose_them() -> None:
    assert proposed_from_id(numbered("19850615", "002"), TODAY) == {
        "person.birth_date": PartialDate(1985, 6, 15),
        "person.sex": "2",
    }
    assert proposed_from_id("110105194912310021", TODAY) == {}


@pytest.mark.parametrize("cells", [{"birth_date": "1985.06"}, {"id_number": numbered("19850615")}])
def test_a_date_before_birth_is_refused(cells: dict[str, Any]) -> None:
    reading = settled(work_start="1985.05", **cells)["work_start"]
    assert (reading.value, reading.state) == (None, State.REFUSED)
    assert "早于出生" in reading.note


def test_only_what_is_surely_before_birth_is_refused() -> None:
    assert settled(work_start="1985", birth_date="1985.06")["work_start"].taken
    doubtful = settled(work_start="1986.01", birth_date="1990.01", id_number=numbered("19850615"))
    assert doubtful["work_start"].taken


def test_a_conversion_before_joining_is_marked_on_both_sides() -> None:
    row = settled(assembly_on="2016.07", full_from="2015.07")
    assert {row[key].state for key in ("assembly_on", "full_from")} == {State.LIKELY}
    same = settled(assembly_on="1975.07", full_from="1975.07")  # there was no probation then
    assert {reading.state for reading in same.values()} == {State.SURE}


@pytest.mark.parametrize(
    ("cells", "marked"),
    [
        ({"standing": "预备党员", "assembly_on": "2026.03"}, set()),
        ({"standing": "预备党员", "full_from": "2020.03"}, {"standing", "full_from"}),
        ({"kind": "预备党员", "full_from": "2020.03"}, {"kind", "full_from"}),
        ({"standing": "正式党员", "assembly_on": "2019.03", "full_from": "2020.03"}, set()),
        ({"standing": "入党积极分子", "assembly_on": "2019.03"}, {"standing", "assembly_on"}),
        ({"standing": "发展对象", "full_from": "2019.03"}, {"standing", "full_from"}),
        ({"standing": "入党申请人"}, set()),
    ],
)
def test_a_status_against_the_days_of_joining(cells: dict[str, str], marked: set[str]) -> None:
    row = settled(**cells)
    assert {key for key, reading in row.items() if reading.state is State.LIKELY} == marked
    assert all(reading.value is not None for reading in row.values())
    assert all("待核" in row[key].note for key in marked)


def test_the_row_given_is_left_as_it_was() -> None:
    row = {"person.birth_date": kinds.DAY.read("1985.05", TODAY)}
    row["person.id_number"] = kinds.IDENTITY.read(numbered("19850615"), TODAY)
    before = dict(row)
    settle(row, TODAY)
    assert row == before


def test_codes_of_standing_are_those_of_the_tables() -> None:
    assert settled(standing="预备党员")["standing"].value == Standing.PROBATIONARY
    assert settled(kind="预备党员")["kind"].value == MemberKind.PROBATIONARY


def test_a_date_typed_later_is_held_against_what_is_known() -> None:
    early, later = PartialDate(1960, 1, 1), PartialDate(2001, 7, 1)
    known = {"person.birth_date": PartialDate(1981, 12, 12)}
    typed = {"step_fact.assembly_on": early, "membership.full_from": later}
    assert before_birth(typed, known, TODAY) == {"step_fact.assembly_on": "1960-01-01 早于出生日期"}
    assert before_birth(typed, {"person.id_number": numbered("19811212")}, TODAY).keys() == {
        "step_fact.assembly_on"
    }
    assert before_birth(typed, {}, TODAY) == {}
    assert before_birth({"person.birth_date": early}, known, TODAY) == {}
