"""Rules on one value: only the impossible refuses, the rest is kept and marked 待核."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from wuling_desktop.domain.readings import Complaint

if TYPE_CHECKING:
    from decimal import Decimal

    from wuling_desktop.domain.partial_date import PartialDate

_OLDEST = 120  # years; older birth dates are slips of the pen


def not_in_future(day: PartialDate, today: dt.date) -> Complaint | None:
    """A past fact cannot lie in the future."""
    return Complaint(f"{day} 在今天之后", refuses=True) if day.first > today else None


def born(day: PartialDate, today: dt.date) -> Complaint | None:
    """A birth date lies in the past and within a human life."""
    if future := not_in_future(day, today):
        return future
    if day.last < today - dt.timedelta(days=365 * _OLDEST):
        return Complaint(f"{day} 出生的人已过 {_OLDEST} 岁", refuses=True)
    return None


def not_negative(number: int | Decimal, today: dt.date) -> Complaint | None:  # noqa: ARG001 - the signature of rules
    """Money given and people counted are not negative."""
    return Complaint(f"{number} 是负数", refuses=True) if number < 0 else None


def mail_address(text: str, today: dt.date) -> Complaint | None:  # noqa: ARG001 - the signature of rules
    """A mail address has one @ with something on both sides."""
    name, _, host = text.partition("@")
    return None if name and "." in host and "@" not in host else Complaint("邮箱写法不对，先照录")
