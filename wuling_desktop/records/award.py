"""奖励: honours of a person, inside the Party and at work."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from wuling_desktop.domain.complaints import not_in_future
from wuling_desktop.records.base import Record, field
from wuling_desktop.records.types import AwardLevel, Day, Flag, PersonLink, Text


class Award(Record):
    """奖励: title, giver, level, day."""

    __tablename__ = "award"
    ledger = "奖励"
    noun = "奖励"
    table_shows = ("person", "name", "level", "given_on")

    person: Mapped[PersonLink] = field("姓名")
    name: Mapped[Text] = field("奖励名称", headings=("荣誉名称", "表彰名称"), searched=True)
    level: Mapped[AwardLevel | None] = field("级别")
    giver: Mapped[Text | None] = field("授予单位")
    given_on: Mapped[Day | None] = field("授予日期", rule=not_in_future)
    number: Mapped[Text | None] = field("文号或证书号")
    inside_party: Mapped[Flag | None] = field("党内奖励")
