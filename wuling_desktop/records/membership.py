"""党籍: one person's belonging to one branch, from coming to leaving; 入党日期 is a step fact."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from wuling_desktop.domain.complaints import not_in_future
from wuling_desktop.records.base import Record, field, living_unique
from wuling_desktop.records.types import (
    Day,
    Flag,
    MemberKind,
    MemberState,
    OrganisationLink,
    Paragraph,
    PersonLink,
    Text,
)


class Membership(Record):
    """党籍: open until the relation is moved or ended; history stays as closed rows."""

    __tablename__ = "membership"
    __table_args__ = (living_unique("person", name="uq_membership_person_open", only="out_on IS NULL"),)
    ledger = "党籍"
    noun = "党籍"
    table_shows = ("person", "branch", "kind", "state", "full_from")

    person: Mapped[PersonLink] = field("姓名")
    branch: Mapped[OrganisationLink | None] = field(
        "所在党支部",
        headings=(
            "党支部",
            "支部",
            "所属党支部",
            "所在组织",
            "所属组织",
            "党支部名称",
            "支部名称",
            "所在支部",
            "所属党组织",
        ),
        expected=True,
    )
    # Unknown where a roster lists a member and does not say which kind: never guessed.
    kind: Mapped[MemberKind | None] = field("人员身份", headings=("党员类别", "党员身份"), expected=True)
    state: Mapped[MemberState] = field("党籍状态", headings=("党籍情况",))
    full_from: Mapped[Day | None] = field(
        "转正日期",
        headings=("转正时间", "转为正式党员日期", "转为正式党员时间", "转正年月", "正式党员时间"),
        rule=not_in_future,
    )
    in_on: Mapped[Day | None] = field(
        "组织关系转入日期",
        headings=("组织关系转入时间", "转入时间", "转入日期", "转入办理时间"),
        rule=not_in_future,
    )
    # A relation on its way to us is not ours yet: this day without the one above.
    in_started_on: Mapped[Day | None] = field("转入发起日期", rule=not_in_future)
    # The unit a letter comes from and the one it goes to: which of them is ours, the dates beside it tell.
    in_from: Mapped[Text | None] = field(
        "从何处转入", headings=("原党组织",), beside=(("转出单位", "membership.in_on"),)
    )
    out_on: Mapped[Day | None] = field(
        "组织关系转出日期",
        headings=("关系转出时间", "组织关系转出时间", "转出时间", "转出日期"),
        rule=not_in_future,
    )
    out_to: Mapped[Text | None] = field(
        "转往何处",
        headings=("转往单位", "去向"),
        beside=(
            ("转出单位", "membership.out_on"),
            ("转入单位", "membership.out_on"),
            ("转入单位", "!membership.in_on"),
        ),
    )
    # On its way to others it stays ours until they have taken it on: this day without 组织关系转出日期.
    out_started_on: Mapped[Day | None] = field("转出发起日期", rule=not_in_future)
    letter_number: Mapped[Text | None] = field("介绍信编号")
    letter_issued_on: Mapped[Day | None] = field("介绍信开出日期", rule=not_in_future)
    letter_valid_until: Mapped[Day | None] = field("介绍信有效期至")
    receipt_on: Mapped[Day | None] = field("回执日期", rule=not_in_future)
    dues_paid_until: Mapped[Day | None] = field("党费交至", headings=("党费缴纳至年月", "党费交至年月"))
    away_from: Mapped[Day | None] = field("外出起始日期", rule=not_in_future)
    away_place: Mapped[Text | None] = field("外出地点")
    away_fixed: Mapped[Flag | None] = field("外出地点固定")
    away_registered_on: Mapped[Day | None] = field("流动党员登记日期", rule=not_in_future)
    abroad_from: Mapped[Day | None] = field("出国（境）日期", rule=not_in_future)
    last_contact: Mapped[Day | None] = field("最近联系日期", rule=not_in_future)
    search_log: Mapped[Paragraph | None] = field("查找经过")
    stopped_on: Mapped[Day | None] = field("停止党籍日期", rule=not_in_future)
    ended_on: Mapped[Day | None] = field(
        "党籍终止日期", headings=("去世日期", "出党日期"), rule=not_in_future
    )
    note: Mapped[Paragraph | None] = field("党籍备注")
