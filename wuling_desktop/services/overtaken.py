"""What another desk has written since a value was read at this one: it is told, and nothing is written over it.

Held against each other are values, not versions of rows: two desks may change two data of one person at once.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.kinds import Link, Mention
from wuling_desktop.domain.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wuling_desktop.domain.fields import Datum

NOTHING_SEEN: Mapping[str, Any] = MappingProxyType({})
UNSEEN = object()  # in the place of a value that was not read before: then nothing is held against it


class Overtaken(Problem):
    """A datum has another value by now than the one that was to be replaced."""


def note(datum: Datum, new: Any, seen: Any, now: Any) -> str:
    """Return what is said of a value that another desk was first to change, or "" where nothing stands in the way."""
    if seen is UNSEEN or _same(now, seen) or _same(now, new):
        return ""
    return f"原来是“{_shown(datum, seen)}”，别处刚改成“{_shown(datum, now)}”，没有盖成“{_shown(datum, new)}”"


def require_as_seen(
    datums: Iterable[Datum],
    new: Mapping[str, Any],
    seen: Mapping[str, Any],
    now: Mapping[str, Any],
    whose: str = "",
) -> None:
    """Raise `Overtaken` where a value (by full name) is not what it was when it was read, nor what it is to be."""
    for datum in datums:
        said = note(datum, new.get(datum.name), seen.get(datum.name, UNSEEN), now.get(datum.name))
        if said:
            raise Overtaken(
                f"“{whose}{datum.label}”没有保存：别处刚刚改过它。",
                f"{said}；这一步什么也没有存。",
                "请看一眼现在的值，需要的话再改一次。",
            )


def _same(one: Any, other: Any) -> bool:
    for link, value in ((one, other), (other, one)):
        if isinstance(link, Link) and isinstance(value, Mention):  # a name typed for whom is meant
            return link.text == value.text
    return bool(one == other)


def _shown(datum: Datum, value: Any) -> str:
    if value is None:
        return "未填"
    return value.text if isinstance(value, Link | Mention) else datum.show(value)
