"""组织机构: the tree 党总支 → 支部 → 党小组."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from wuling_desktop.domain.complaints import not_in_future
from wuling_desktop.records.base import Record, field, living_unique
from wuling_desktop.records.types import Day, OrganisationKind, OrganisationLink, Text


class Organisation(Record):
    """党组织: a general branch, a branch or a group."""

    __tablename__ = "organisation"
    __table_args__ = (living_unique("name", name="uq_organisation_name_living"),)
    ledger = "党组织"
    noun = "党组织"
    table_shows = ("name", "kind", "parent", "founded_on")

    name: Mapped[Text] = field("组织名称", searched=True)
    kind: Mapped[OrganisationKind] = field("组织类型")
    parent: Mapped[OrganisationLink | None] = field("上级组织")
    founded_on: Mapped[Day | None] = field("成立日期", rule=not_in_future)
    approved_by: Mapped[Text | None] = field("批准成立的党委")
    note: Mapped[Text | None] = field("备注")
