"""What a page of rows shows at this moment, so that it can be shown again after locking or in another look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """The group and word it is narrowed by, the rows chosen, how far it is scrolled, whether something new is typed."""

    group: str = ""
    word: str = ""
    chosen: tuple[int, ...] = ()
    scrolled: int = 0
    adding: bool = False
