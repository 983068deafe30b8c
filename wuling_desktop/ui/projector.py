"""演示模式: while the screen is seen by a room, private values, findings on people and the clerk are not shown at all.

A state of the screen as the look is, not of the data; it ends with every lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.domain import masking

if TYPE_CHECKING:
    from wuling_desktop.domain.fields import Private

COVER = "••••"
SAID = "演示模式：证件号、电话、住址、人员身上的提示和经办人都不显示；锁定以后自动结束。"


class _Screen:
    seen_by_all = False


def is_on() -> bool:
    """Whether others look at the screen."""
    return _Screen.seen_by_all


def turn(*, on: bool) -> None:
    """Begin or end it; what is shown has to be built anew."""
    _Screen.seen_by_all = on


def shown(private: Private | None, text: str) -> str:
    """Return a value as the screen shows it: a private one by its tail, and not at all before a room."""
    if private and text and is_on():
        return COVER
    return masking.on_screen(private, text)
