"""What is asked of the print preview: which form, for whom; or a table as it stands on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wuling_desktop.services.shown_table import ShownTable

SHOWN = "shown"  # the form of a table as it stands
MEMBER_FORM = "member_form"  # 党员基本信息采集表, a page per person

TRANSFER_LETTER = "transfer_letter"  # 党员组织关系介绍信, the same


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A form to be printed; `people` None means the members as the form has them by itself."""

    form: str
    people: tuple[int, ...] | None = None
    shown: ShownTable | None = None
