"""Half-typed forms: kept in the encrypted file until they are finished or given up, so that nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.kinds import Link
from wuling_desktop.storage import memo

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from wuling_desktop.storage.operations import Operations

_PREFIX = "draft:"


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was left: what was typed, by full name."""

    form: str
    at: dt.datetime
    values: Mapping[str, Any]


class Drafts:
    """Keeps one draft for each form; a draft is no record and no operation."""

    def __init__(self, operations: Operations) -> None:
        self._database = operations.database

    def keep(self, form: str, typed: Mapping[str, Any]) -> None:
        """Keep what was typed so far; nothing typed is nothing to keep."""
        filled = {name: _plain(value) for name, value in typed.items() if value not in ("", None, False)}
        if filled:
            memo.keep(self._database, f"{_PREFIX}{form}", filled)
        else:
            self.forget(form)

    def forget(self, form: str) -> None:
        """Let a draft go: it was finished or given up."""
        if memo.under(self._database, f"{_PREFIX}{form}"):
            memo.forget(self._database, f"{_PREFIX}{form}")

    def kept(self) -> list[Draft]:
        """Return the drafts, latest first."""
        return [
            Draft(
                each.key.removeprefix(_PREFIX), each.at, {name: _typed(v) for name, v in each.content.items()}
            )
            for each in memo.under(self._database, _PREFIX)
        ]


def _plain(value: Any) -> Any:
    return {"id": value.id, "text": value.text} if isinstance(value, Link) else value


def _typed(value: Any) -> Any:
    return Link(value["id"], value["text"]) if isinstance(value, dict) else value
