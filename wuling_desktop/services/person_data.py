"""Everything that is known of a person, under full names: stored fields, step dates, computed figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wuling_desktop.domain import code_kinds, kinds
from wuling_desktop.domain.complaints import not_in_future
from wuling_desktop.domain.development import STEPS
from wuling_desktop.domain.fields import Datum, Field, Figure
from wuling_desktop.domain.person_figures import FIGURES
from wuling_desktop.records import CommitteeMember, Membership, Person
from wuling_desktop.records.base import field_of, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable

PERSON = fields_of(Person)
# What a membership or a seat on a committee must have, a person need not: most people have neither.
MEMBERSHIP = tuple(replace(each, required=False) for each in fields_of(Membership) if each.key != "person")
PARTY_POST = replace(field_of(CommitteeMember, "post"), required=False)
# A step fact seen from its person: the day, and beside it who or what had to do with it.
STEP_DAYS = tuple(
    Field(
        record="step_fact",
        key=step.code,
        label=step.label,
        kind=kinds.DAY,
        headings=step.headings,
        under=step.under,
        rule=not_in_future,
        expected=step.code == "assembly_on",
    )
    for step in STEPS
)
CONTACTS = Field(
    record="step_note",
    key="contacts_on",
    label="培养联系人",
    kind=kinds.TEXT,
    headings=("入党积极分子培养联系人",),
    beside=(("联系人", "step_fact.activist_on"),),  # elsewhere whom to call
)
INTRODUCERS = Field(
    record="step_note", key="introducers_on", label="入党介绍人", kind=kinds.TEXT, headings=("介绍人",)
)
STEP_NOTES = (CONTACTS, INTRODUCERS)
# What a workbook says of standing and branch; stored as a membership, a step fact or a contact branch.
STANDING_READ = Field(
    record="person",
    key="standing",
    label="人员身份",
    kind=code_kinds.STANDING,
    headings=("党员类别", "身份类别", "当前发展阶段", "发展阶段", "当前阶段", "人员性质", "党员身份"),
)
BRANCH_READ = Field(
    record="branch",
    key="name",
    label="所在党支部",
    kind=kinds.LinkKind("organisation"),
    headings=(*field_of(Membership, "branch").headings, "联系党支部"),
    beside=(("转入党支部", "membership.in_on"),),
)
STORED: tuple[Field, ...] = (*PERSON, *MEMBERSHIP, PARTY_POST, *STEP_DAYS, *STEP_NOTES)
ALL: tuple[Datum, ...] = (*STORED, *FIGURES)
_BY_NAME = {datum.name: datum for datum in ALL}
# A member's own; as `person.standing` and `branch.name` they are shown of everybody, under the same label.
SHOWN_OTHERWISE = frozenset({"membership.kind", "membership.branch"})
TABLE_SHOWS = (
    "person.name",
    "person.sex",
    "person.birth_date",
    "person.ethnic_group",
    "branch.name",
    "person.post",
    "step_fact.assembly_on",
    "membership.full_from",
    "person.standing",
    "person.position",
    "person.phone",
)
EXPECTED_OF_ALL = tuple(each for each in PERSON if each.expected)
EXPECTED_OF_MEMBERS = tuple(each for each in (*MEMBERSHIP, *STEP_DAYS) if each.expected)
# The names of `import --json`; a fixed contract.
PUBLIC_NAMES = {
    "step_fact.assembly_on": "join_date",
    "membership.full_from": "regular_date",
    "person.standing": "status",
    "person.position": "post",
    "person.post": "work_post",
    "branch.name": "branch",
    "membership.note": "membership_note",
    "committee_member.post": "party_post",
    "step_note.contacts_on": "contacts",
    "step_note.introducers_on": "introducers",
}
# Facets as the side panel and the file of a person show them: full names, in the order of the paper.
GROUPS: dict[str, str] = {
    "基本": "person.id_number person.sex person.birth_date person.age person.ethnic_group person.native_place "
    "person.birth_place person.marital_status person.political_status person.phone person.office_phone "
    "person.email person.address",
    "党籍": "person.standing branch.name step_fact.assembly_on membership.state membership.full_from "
    "membership.party_age committee_member.post step_note.introducers_on membership.in_on membership.in_from "
    "membership.dues_paid_until membership.away_from membership.away_place membership.last_contact membership.note",
    "学历": "person.education person.degree person.ft_education person.ft_degree person.ft_school "
    "person.is_education person.is_degree person.is_school person.major",
    "工作": "person.staff_kind person.staff_number person.department person.position person.position_since "
    "person.post person.subject person.title person.title_level person.work_start person.joined_unit_on "
    "person.resume person.note",
}


def named(name: str) -> Datum:
    """Return a datum by its full name; KeyError where there is none."""
    return _BY_NAME[name]


def knows(name: str) -> bool:
    """Whether a full name is that of a datum of people."""
    return name in _BY_NAME


def typed_for(name: str) -> tuple[str, ...]:
    """Return what is typed where a datum is shown: itself where it is stored, else what it is made of."""
    datum = _BY_NAME[name]
    if isinstance(datum, Field) or name in (STANDING_READ.name, BRANCH_READ.name):
        return (name,)
    return datum.made_of if isinstance(datum, Figure) else ()


def by_facet() -> dict[str, tuple[Datum, ...]]:
    """Return everything that is known of a person, by facet, as a table's columns are chosen from it."""
    facets = {title: [named(name) for name in names.split()] for title, names in GROUPS.items()}
    listed = {datum.name for datums in facets.values() for datum in datums}
    left = [datum for datum in ALL if datum.name not in {*listed, *SHOWN_OTHERWISE}]
    first = next(iter(facets.values()))
    first.insert(0, named("person.name"))
    facets["发展"] = [each for each in left if each.name.startswith(("step_fact.", "step_note."))]
    facets["其他"] = [each for each in left if each not in facets["发展"] and each.name != "person.name"]
    return {title: tuple(datums) for title, datums in facets.items()}


def public_name(datum: Datum) -> str:
    """Return the name of a datum in `import --json`."""
    return PUBLIC_NAMES.get(datum.name, datum.name.partition(".")[2])


def importable() -> tuple[Datum, ...]:
    """Return what a roster may bring: all that is stored, the standing, and the branch of whoever it is."""
    left_out = SHOWN_OTHERWISE | {"person.contact_branch"}
    return (*(each for each in STORED if each.name not in left_out), STANDING_READ, BRANCH_READ)


def expected(*, member: bool) -> Iterable[Field]:
    """Return the data that count for 信息完整度."""
    return (*EXPECTED_OF_ALL, *EXPECTED_OF_MEMBERS) if member else EXPECTED_OF_ALL
