"""Fields: the rule on one value, what is required, what a reading becomes."""

from __future__ import annotations

import datetime as dt

import pytest

from wuling_desktop.domain import complaints, kinds
from wuling_desktop.domain.fields import Field, Figure
from wuling_desktop.domain.readings import State

TODAY = dt.date(2026, 11, 23)
BIRTH = Field(record="person", key="birth_date", label="出生年月", kind=kinds.DAY, rule=complaints.born)
WORK = Field(
    record="person", key="work_start", label="参加工作时间", kind=kinds.DAY, rule=complaints.not_in_future
)
NAME = Field(record="person", key="name", label="姓名", kind=kinds.NAME, required=True)
MAIL = Field(record="person", key="email", label="邮箱", kind=kinds.TEXT, rule=complaints.mail_address)
GIVEN = Field(record="visit", key="amount", label="慰问金额", kind=kinds.MONEY, rule=complaints.not_negative)


def test_the_full_name_is_record_and_key() -> None:
    assert BIRTH.name == "person.birth_date"


@pytest.mark.parametrize(
    ("field", "raw", "state"),
    [
        (WORK, "2026.12", State.REFUSED),  # a past fact in the future
        (WORK, "2026.11", State.SURE),
        (WORK, "2026", State.SURE),
        (BIRTH, "2027.01", State.REFUSED),
        (BIRTH, "1901.01", State.REFUSED),
        (BIRTH, "1930.01", State.SURE),
        (MAIL, "a@example.org", State.SURE),
        (MAIL, "a.example.org", State.LIKELY),
        (GIVEN, "-5", State.REFUSED),
        (GIVEN, "500", State.SURE),
    ],
)
def test_only_the_impossible_is_refused(field: Field, raw: str, state: State) -> None:
    reading = field.read(raw, TODAY)
    assert reading.state is state
    assert (reading.value is None) == (state is State.REFUSED)
    assert bool(reading.note) == (state is not State.SURE)


@pytest.mark.parametrize("raw", [None, "", "—"])
def test_what_is_required_is_not_empty(raw: object) -> None:
    reading = NAME.read(raw, TODAY)
    assert (reading.state, reading.note) == (State.REFUSED, "姓名不能为空")
    assert WORK.read(raw, TODAY).state is State.SURE


def test_an_asked_reading_stays_asked() -> None:
    assert BIRTH.read(1980.1, TODAY).state is State.ASK


def test_a_note_of_the_kind_and_of_the_rule_are_both_kept() -> None:
    reading = Field(
        record="person",
        key="joined",
        label="来所时间",
        kind=kinds.DAY,
        rule=lambda day, _today: complaints.Complaint(f"{day} 太早"),
    ).read(36923, TODAY)
    assert reading.state is State.LIKELY
    assert reading.note == "由表格的日期序号 36923 换算；2001-02-01 太早"


def test_the_unknown_is_shown_as_nothing() -> None:
    age = Figure(record="person", key="age", label="年龄", kind=kinds.WHOLE, of=lambda _facts, _day: None)
    assert BIRTH.show(None) == age.show(None) == ""
    assert age.show(41) == "41"
    assert age.name == "person.age"
