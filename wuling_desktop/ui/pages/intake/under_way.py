"""An import that is under way, as it is taken up again after locking or in another look; nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.import_plan import Place


@dataclass(slots=True)
class Told:
    """What the user said about a file; it may be private, so no log shows it."""

    answers: dict[str, str] = field(default_factory=dict, repr=False)  # {question id: choice}
    columns: dict[str, str] = field(
        default_factory=dict, repr=False
    )  # {"sheet!column index": datum name or ""}
    edits: dict[str, str] = field(default_factory=dict, repr=False)  # {"sheet!row!column letters": text}

    def copy(self) -> Told:
        """Return the same, to be changed by itself."""
        return Told(dict(self.answers), dict(self.columns), dict(self.edits))


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The file, what was said about it, what was unticked, and the step one stood at."""

    path: Path
    kind: str
    step: int
    told: Told
    leave: frozenset[Place] = field(repr=False)
    keep: frozenset[tuple[Place, str]] = field(repr=False)
