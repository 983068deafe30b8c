"""科室: where people work; stands beside the tree of Party organisations."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from wuling_desktop.records.base import Record, field, living_unique
from wuling_desktop.records.types import Text


class Department(Record):
    """科室 of the institute."""

    __tablename__ = "department"
    __table_args__ = (living_unique("name", name="uq_department_name_living"),)
    ledger = "科室"
    noun = "科室"
    table_shows = ("name", "note")

    name: Mapped[Text] = field("科室名称", searched=True)
    note: Mapped[Text | None] = field("备注")
