"""How far long work has come: told where it is done, heard where it was asked for, and stopped from there.

Work tells it in passing, whoever hears; so a service needs no argument for it, and outside the window nobody does.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_T = TypeVar("_T")
_EVERY = 50  # items between two tellings


class Stopped(Exception):  # noqa: N818 - no error: somebody asked for it
    """The work was told to stop. Whoever holds something half done undoes it, as after any error."""


@dataclass(frozen=True, slots=True)
class Told:
    """How far it has come; `of` is None where nobody can know yet."""

    what: str
    done: int
    of: int | None
    unit: str

    def __str__(self) -> str:
        of = f" / {self.of}" if self.of is not None else ""
        return f"{self.what} {self.done}{of} {self.unit}"


class Progress:
    """Of one piece of work: told in its thread, read and stopped from another."""

    def __init__(self) -> None:
        self.told: Told | None = None
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether the work was told to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Tell the work to stop; it does at its next telling."""
        self._stop.set()

    def hear(self, told: Told) -> None:
        """Take note of what the work tells."""
        self.told = told


_present: ContextVar[Progress | None] = ContextVar("progress", default=None)


@contextmanager
def heard_by(progress: Progress) -> Iterator[None]:
    """Hear what the work inside tells."""
    before = _present.set(progress)
    try:
        yield
    finally:
        _present.reset(before)


def tell(what: str, done: int, of: int | None, unit: str) -> None:
    """Say how far the work has come; Stopped where it was told to stop."""
    if (progress := _present.get()) is not None:
        progress.hear(Told(what, done, of, unit))
        pause()


def pause() -> None:
    """Stopped where the work was told to stop; for work that cannot count."""
    if (progress := _present.get()) is not None and progress.stopped:
        raise Stopped


def counted(what: str, items: Sequence[_T], unit: str, *, every: int = _EVERY) -> Iterator[_T]:
    """Yield the items and tell how many have been gone through; `every` is 1 where each takes its time."""
    for number, item in enumerate(items):
        if number % every == 0:
            tell(what, number, len(items), unit)
        yield item
    tell(what, len(items), len(items), unit)
