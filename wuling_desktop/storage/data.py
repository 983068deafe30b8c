"""Open data, whichever engine holds them: what services and the shared modules of storage may ask of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    import sqlalchemy as sa

    from wuling_desktop.storage.attachments import Contents
    from wuling_desktop.storage.database import Database


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found."""

    ok: bool
    schema: str
    people: int
    faults: tuple[str, ...]


class Data(ABC):
    """The encrypted file of this computer, or the database of a server; statements go through these transactions only.

    What the world can do to them comes out as a Problem.
    """

    folder: Path  # of this computer: the data file, or how the server is reached
    notes: list[str]  # what the user should hear about the opening
    lost: str = ""  # and what a crash before it cost

    @property
    @abstractmethod
    def file_id(self) -> str:
        """The name of these data among others."""

    @property
    @abstractmethod
    def whose(self) -> str:
        """The account at this desk where several desks share the data, else empty."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[sa.Connection]:
        """Open a transaction that sees one state of the data from its first statement to its end."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[sa.Connection]:
        """Open a transaction that alone may write; kept at its end, undone whole on any error. Others wait in order."""

    @abstractmethod
    def contents(self) -> Contents:
        """Return where the contents of attachments are kept; asked for each use, as a restored file changes it."""

    @abstractmethod
    def as_file(self, doing: str) -> Database:
        """Return the encrypted file, for what only a file has; Problem where a server keeps the data."""

    @abstractmethod
    def verify(self) -> Verdict:
        """Check all that is kept."""

    @abstractmethod
    def close(self) -> None:
        """Give up what was opened."""
