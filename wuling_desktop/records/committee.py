"""委员会: the committee of an organisation, its terms, and who held which post in them."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from wuling_desktop.domain.complaints import not_in_future
from wuling_desktop.records.base import Record, field, living_unique
from wuling_desktop.records.types import (
    CommitteeLink,
    Day,
    OrganisationLink,
    PartyPost,
    PersonLink,
    TermLink,
    Text,
)


class Committee(Record):
    """委员会 of a branch or general branch."""

    __tablename__ = "committee"
    __table_args__ = (living_unique("organisation", name="uq_committee_organisation_living"),)
    ledger = "委员会"
    noun = "委员会"
    table_shows = ("organisation", "note")

    organisation: Mapped[OrganisationLink] = field("党组织")
    note: Mapped[Text | None] = field("备注")


class Term(Record):
    """任期 of a committee, from one election to the next."""

    __tablename__ = "term"
    ledger = "任期"
    noun = "任期"
    table_shows = ("committee", "number", "elected_on", "ended_on")

    committee: Mapped[CommitteeLink] = field("委员会")
    number: Mapped[Text | None] = field("届次")
    elected_on: Mapped[Day | None] = field("选举日期", rule=not_in_future)
    approved_on: Mapped[Day | None] = field("批复日期", rule=not_in_future)
    ended_on: Mapped[Day | None] = field("届满日期")


class CommitteeMember(Record):
    """委员: one person's post in one term."""

    __tablename__ = "committee_member"
    ledger = "委员"
    noun = "委员"
    table_shows = ("term", "person", "post", "since")

    term: Mapped[TermLink] = field("任期")
    person: Mapped[PersonLink] = field("姓名")
    post: Mapped[PartyPost] = field("党内职务", headings=("党组织职务", "支部职务", "党务职务", "职务"))
    since: Mapped[Day | None] = field("任职日期", rule=not_in_future)
    until: Mapped[Day | None] = field("免职日期", rule=not_in_future)
