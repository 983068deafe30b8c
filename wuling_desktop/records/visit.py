"""走访慰问: whom the branch visited, why, what was given and who decided it."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from wuling_desktop.domain.complaints import not_in_future, not_negative
from wuling_desktop.records.base import Record, field
from wuling_desktop.records.types import Day, Money, MoneySource, Paragraph, PersonLink, Text, VisitOccasion


class Visit(Record):
    """走访慰问: one visit to one person."""

    __tablename__ = "visit"
    ledger = "走访慰问台账"
    noun = "走访慰问"
    icon = "handshake"
    table_shows = ("day", "person", "occasion", "amount", "money_source", "visitors")
    plain = True

    day: Mapped[Day] = field(
        "走访日期", headings=("慰问时间", "慰问日期", "走访时间", "日期"), rule=not_in_future
    )
    person: Mapped[PersonLink] = field("慰问对象", headings=("姓名", "走访对象", "被慰问人"), searched=True)
    occasion: Mapped[VisitOccasion] = field("慰问类别", headings=("类别", "慰问类型", "慰问原因"))
    visitors: Mapped[Text | None] = field("走访人", headings=("慰问人", "参加人员"), searched=True)
    amount: Mapped[Money | None] = field(
        "慰问金额(元)", headings=("慰问金额", "金额", "慰问金"), rule=not_negative
    )
    goods: Mapped[Text | None] = field("慰问品", headings=("慰问物品",))
    money_source: Mapped[MoneySource | None] = field("经费来源", headings=("资金来源",))
    decided_at: Mapped[Text | None] = field("集体研究的会议", headings=("研究会议", "决定会议"))
    account: Mapped[Paragraph | None] = field(
        "情况记录", headings=("走访情况", "情况", "备注"), searched=True
    )
