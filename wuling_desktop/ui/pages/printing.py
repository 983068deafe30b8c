"""What is asked of the print preview: which form, for whom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A form to be printed; `people` None means the members as the form has them by itself."""

    form: str
    people: tuple[int, ...] | None = None
