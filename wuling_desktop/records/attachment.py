"""附件: which file belongs to which row; its content lies sealed beside the data (storage/attachments.py)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from wuling_desktop.records.base import Record, field
from wuling_desktop.records.types import Day, Flag, Text, Whole


class Attachment(Record):
    """附件: one file of one row of any ledger; equal contents are kept once, whoever they belong to."""

    __tablename__ = "attachment"
    __table_args__ = (sa.Index("ix_attachment_owner", "owner", "owner_id"),)
    ledger = "附件"
    noun = "附件"
    table_shows = ("name", "size", "added_on", "note")

    # Not a link: the owner may be a row of any ledger.
    owner: Mapped[Text] = field("所属台账")
    owner_id: Mapped[Whole] = field("所属记录")
    name: Mapped[Text] = field("文件名")
    media: Mapped[Text] = field("文件种类")  # a media type, told by the content and not by the name
    size: Mapped[Whole] = field("字节数")
    sha256: Mapped[Text] = field("内容校验值")
    added_on: Mapped[Day] = field("加入日期")
    note: Mapped[Text | None] = field("附件说明")
    is_photo: Mapped[Flag | None] = field("一寸照片")
