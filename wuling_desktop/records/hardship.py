"""困难党员帮扶: who is in need, why, who stands by them and what was done."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from wuling_desktop.domain.complaints import not_in_future, not_negative
from wuling_desktop.records.base import Record, field
from wuling_desktop.records.types import Day, Money, MoneySource, Paragraph, PersonLink, Text


class Hardship(Record):
    """困难党员帮扶: one person's need, from the day it was entered to the day it ended."""

    __tablename__ = "hardship"
    ledger = "困难党员帮扶台账"
    noun = "困难帮扶"
    icon = "hand-heart"
    table_shows = ("person", "since", "need", "helper", "amount", "money_source", "ended_on")
    plain = True

    person: Mapped[PersonLink] = field(
        "帮扶对象", headings=("困难党员", "困难党员姓名", "姓名"), searched=True
    )
    since: Mapped[Day] = field("列入日期", headings=("列入时间", "建档日期", "建档时间"), rule=not_in_future)
    need: Mapped[Text | None] = field(
        "困难情况", headings=("困难原因", "致困原因", "困难类型"), searched=True
    )
    helper: Mapped[PersonLink | None] = field(
        "帮扶联系人", headings=("帮扶人", "结对帮扶人", "联系人"), searched=True
    )
    measures: Mapped[Paragraph | None] = field("帮扶措施", headings=("帮扶计划", "措施"), searched=True)
    amount: Mapped[Money | None] = field(
        "帮扶金额(元)", headings=("帮扶金额", "帮扶资金", "金额"), rule=not_negative
    )
    money_source: Mapped[MoneySource | None] = field("经费来源", headings=("资金来源",))
    result: Mapped[Paragraph | None] = field(
        "帮扶成效", headings=("帮扶情况", "进展情况", "成效"), searched=True
    )
    ended_on: Mapped[Day | None] = field(
        "解除日期", headings=("解困时间", "脱困时间", "解除时间"), rule=not_in_future
    )
