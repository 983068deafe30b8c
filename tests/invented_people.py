"""42 invented people with whole careers, by the public names of `import --json`."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TODAY = dt.date(2026, 11, 24)
PEOPLE = Path(__file__).resolve().parents[1] / "resources/demo/people.csv"
# The columns of the demo people.
_TAKEN = {
    "name": "person.name", "sex": "person.sex", "birth_date": "person.birth_date",
    "id_number": "person.id_number", "ethnic_group": "person.ethnic_group",
    "native_place": "person.native_place", "education": "person.education", "degree": "person.degree",
    "ft_education": "person.ft_education", "ft_degree": "person.ft_degree", "ft_school": "person.ft_school",
    "is_education": "person.is_education", "is_school": "person.is_school", "work_start": "person.work_start",
    "joined_unit_on": "person.joined_unit_on", "staff_kind": "person.staff_kind",
    "staff_number": "person.staff_number", "department": "person.department", "post": "person.position",
    "work_post": "person.post", "subject": "person.subject", "title": "person.title", "phone": "person.phone",
    "branch": "branch.name", "status": "person.standing", "join_date": "step_fact.assembly_on",
    "regular_date": "membership.full_from", "party_post": "committee_member.post",
}  # fmt: skip
# Days of a career, counted from the day of the branch assembly.
_CAREER = {
    "applied_on": -905, "talk_on": -884, "activist_on": -712, "activist_filed_on": -700, "contacts_on": -699,
    "object_committee_on": -214, "object_agreed_on": -205, "object_on": -187, "introducers_on": -180,
    "review_done_on": -171, "training_from": -153, "training_to": -150, "committee_review_on": -90,
    "preexam_on": -62, "form_on": -40, "superior_talk_on": 21, "approved_on": 43, "org_dept_filed_on": 55,
    "assigned_on": 57, "oath_on": 66, "conv_applied_on": 341, "conv_assembly_on": 369, "conv_approved_on": 404,
    "archived_on": 433,
}  # fmt: skip
_UNTIL = {"入党申请人": -800, "入党积极分子": -600, "发展对象": -50, "预备党员": 330, "正式党员": 10_000}
DATES = {*_CAREER, "birth_date", "work_start", "joined_unit_on", "join_date", "regular_date", "in_on", "out_on",
         "dues_paid_until", "position_since"}  # fmt: skip
_POSTS = ("书记", "副书记", "组织委员", "宣传委员", "纪检委员", "统战委员")
Person = dict[str, str]


def people(of: str = "members") -> list[Person]:
    """Return 42 invented people with full careers up to where they stand; what is not known is left out."""
    with PEOPLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["person.standing"] in ("正式党员", "预备党员")]
    return [_person(number, row, of) for number, row in enumerate(rows[:42])]


def _person(number: int, row: Mapping[str, str], of: str) -> Person:
    person = {name: row[key] for name, key in _TAKEN.items()}
    if of == "applicants":
        person["status"] = "入党申请人"
    elif of == "on_the_way":
        person["status"] = tuple(_UNTIL)[number % len(_UNTIL)]
    elif of == "committee":
        person["party_post"] = _POSTS[number % len(_POSTS)]
    joined = dt.date.fromisoformat((person["join_date"] + "-15")[:10])  # of some the month only is known
    until = _UNTIL[person["status"]]
    for name, days in _CAREER.items():
        if days < until and (day := joined + dt.timedelta(days)) <= TODAY:
            person[name] = day.isoformat()
    if until < 0:
        del person["join_date"]
    if until < 366:
        person["regular_date"] = ""
    person |= {
        "introducers": row["step_note.introducers_on"] if until > 0 else "",
        "contacts": row["step_note.contacts_on"],
        "major": row["person.ft_school"][-6:],
        "email": f"jy{number:03d}@example.com",
        "address": f"青江市清江路{number + 1}号",
        "office_phone": f"0771-550{number:04d}",
        "position_since": f"20{10 + number % 12}-{number % 12 + 1:02d}",
        "dues_paid_until": f"2026-{number % 10 + 1:02d}",
        "in_on": f"2024-0{number % 9 + 1}-1{number % 7}" if number % 3 == 0 else "",
        "in_from": "某县教育局机关党支部" if number % 3 == 0 else "",
        "out_on": f"2025-0{number % 9 + 1}-2{number % 7}" if number % 7 == 3 else "",
        "out_to": f"漓江市第{number}中学党委" if number % 7 == 3 else "",
        "note": "返聘\n每周三天" if number % 11 == 5 else "",
    }
    return {name: value for name, value in person.items() if value}
