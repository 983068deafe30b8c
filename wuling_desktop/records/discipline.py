"""处分与处置: published measures with their period of effect (处分 2023, 处置 2024)."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from wuling_desktop.domain.complaints import not_in_future
from wuling_desktop.records.base import Record, field
from wuling_desktop.records.types import Day, Measure, PersonLink, Text


class Discipline(Record):
    """处分或处置: what was decided, by whom, from when to when; no clues, no talks."""

    __tablename__ = "discipline"
    ledger = "处分与处置"
    noun = "处分或处置"
    table_shows = ("person", "measure", "decided_on", "until")

    person: Mapped[PersonLink] = field("姓名")
    measure: Mapped[Measure] = field("种类")
    decided_on: Mapped[Day] = field("决定日期", rule=not_in_future)
    start: Mapped[Day | None] = field("起算日期")
    until: Mapped[Day | None] = field("截止日期")
    decided_by: Mapped[Text | None] = field("决定机关")
    number: Mapped[Text | None] = field("文号")
    assembly_on: Mapped[Day | None] = field("支部大会讨论日期", rule=not_in_future)
    approved_on: Mapped[Day | None] = field("上级批准日期", rule=not_in_future)
