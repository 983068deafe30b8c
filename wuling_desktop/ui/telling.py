"""How the screen tells what came of a step: the problem that kept it from being done, or what was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from wuling_desktop.domain.doubts import reason
from wuling_desktop.domain.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from wuling_desktop.services.changes import Saved

_T = TypeVar("_T")


def tried(step: Callable[[], _T], trouble: SignalInstance) -> _T | None:
    """Return what a step answers; None where a problem kept it from being done, which is told."""
    try:
        return step()
    except Problem as problem:
        trouble.emit(problem)
        return None


def tell_saved(saved: Saved, changed: SignalInstance, said: SignalInstance) -> None:
    """Tell what was saved, and what of it is kept as 待核."""
    changed.emit(saved.changes)
    if saved.complaints:
        said.emit("已存，标“待核”：" + "；".join(map(reason, saved.complaints.values())))
