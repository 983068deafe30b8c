"""岗位: the posts of the institute, whoever holds them."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from wuling_desktop.records.base import Record, field
from wuling_desktop.records.types import DepartmentLink, Flag, Paragraph, PersonLink, Text


class Post(Record):
    """岗位: name, department, duties, who holds it."""

    __tablename__ = "post"
    ledger = "岗位"
    noun = "岗位"
    table_shows = ("name", "department", "holder", "leading")

    name: Mapped[Text] = field("岗位名称", searched=True)
    department: Mapped[DepartmentLink | None] = field("科室")
    holder: Mapped[PersonLink | None] = field("在岗人员")
    leading: Mapped[Flag | None] = field("中层以上")
    duties: Mapped[Paragraph | None] = field("岗位职责", searched=True)
