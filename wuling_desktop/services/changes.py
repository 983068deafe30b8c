"""What a verb answers: the operation it was, and which rows a screen has to read again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wuling_desktop.storage.operations import Written


@dataclass(frozen=True, slots=True)
class Changes:
    """The named operation and the ids it touched, by record; nothing touched where `operation` is None."""

    operation: int | None
    name: str
    ids: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def records(self) -> frozenset[str]:
        """The records touched."""
        return frozenset(self.ids)

    @property
    def rows(self) -> int:
        """How many rows were touched."""
        return sum(map(len, self.ids.values()))


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer to typed values: what was written, the row's id, and per field key what was noticed (待核)."""

    changes: Changes
    id: int
    complaints: Mapping[str, str]


def changes_of(written: Written | None) -> Changes:
    """Return the changes of a committed operation."""
    if written is None:
        return Changes(None, "")
    return Changes(written.id, written.name, written.touched)
