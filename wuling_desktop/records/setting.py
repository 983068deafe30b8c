"""设置: the unit's own choices; they are undone and dumped like any other row."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from wuling_desktop.records.base import Record, field, living_unique
from wuling_desktop.records.types import Paragraph, Text


class Setting(Record):
    """设置: a key and its value as JSON text."""

    __tablename__ = "setting"
    __table_args__ = (living_unique("key", name="uq_setting_key_living"),)
    ledger = "设置"
    noun = "设置"
    table_shows = ("key", "value")

    key: Mapped[Text] = field("设置项")
    value: Mapped[Paragraph] = field("值")
