"""Open data, whichever engine holds them: what services and the shared modules of storage may ask of them."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from wuling_desktop.domain.problems import Problem
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

    _foreseen: ClassVar[tuple[type[Exception], ...]] = (sa.exc.DBAPIError,)  # behind them may be the world

    def __init__(self, folder: Path) -> None:
        self.folder = folder  # of this computer: the data file, or how the server is reached
        self.notes: list[str] = []  # what the user should hear about the opening
        self.lost = ""  # and what a crash before it cost
        self._turn = threading.Lock()
        self._writer: int | None = None

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

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Open a transaction that alone may write; kept at its end, undone whole on any error. Others wait in order."""
        if self._writer == threading.get_ident():
            raise RuntimeError("a transaction that writes is open in this thread already")
        with self._turn:
            self._writer = threading.get_ident()
            try:
                with self._saving() as connection:
                    yield connection
            finally:
                self._writer = None

    @abstractmethod
    def _saving(self) -> AbstractContextManager[sa.Connection]:
        """Open the transaction that writes, now that it is this thread's turn."""

    @contextmanager
    def _told(self, doing: str) -> Iterator[None]:
        """Turn what the world did into its Problem; faults of the program stay what they are."""
        try:
            yield
        except self._foreseen as error:
            problem = self._problem_of(error.orig if isinstance(error, sa.exc.DBAPIError) else error, doing)
            if problem is None:
                raise
            raise problem from error

    @staticmethod
    @abstractmethod
    def _problem_of(error: BaseException | None, doing: str) -> Problem | None:
        """Return the problem behind an error of the driver; None where the fault is the program's."""

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
