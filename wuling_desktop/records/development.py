"""发展党员: the dated facts of a party career, each kept once, for members and applicants alike."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from wuling_desktop.domain.complaints import not_in_future
from wuling_desktop.records.base import Record, field
from wuling_desktop.records.types import Day, PersonLink, StepCode, Text


class StepFact(Record):
    """发展环节: one step that happened; its day may be unknown (a roster says 积极分子 and no date)."""

    __tablename__ = "step_fact"
    ledger = "发展环节"
    noun = "发展环节"
    table_shows = ("person", "code", "on", "note")

    person: Mapped[PersonLink] = field("姓名")
    code: Mapped[StepCode] = field("环节")
    on: Mapped[Day | None] = field("日期", rule=not_in_future)
    note: Mapped[Text | None] = field("有关人员或说明")
    source: Mapped[Text | None] = field("来源")
