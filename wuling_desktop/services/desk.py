"""Every service over one open data file, put together once for the window and for the headless verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.services.attachments import Attachments
from wuling_desktop.services.backing_up import Backups
from wuling_desktop.services.batch import Batch
from wuling_desktop.services.column_sets import ColumnSets
from wuling_desktop.services.demo import Demo
from wuling_desktop.services.drafts import Drafts
from wuling_desktop.services.duplicates import Duplicates
from wuling_desktop.services.exporting import Exporting
from wuling_desktop.services.finding import Finding
from wuling_desktop.services.history import History
from wuling_desktop.services.importing import Importing
from wuling_desktop.services.ledgers import Ledgers
from wuling_desktop.services.organisations import Organisations
from wuling_desktop.services.people import People
from wuling_desktop.services.person_file import PersonFiles
from wuling_desktop.services.person_findings import PersonFindings
from wuling_desktop.services.person_history import PersonHistory
from wuling_desktop.services.recovery import Recovery
from wuling_desktop.services.transfers import Transfers
from wuling_desktop.services.unit import DEFAULT_CLERK, Unit
from wuling_desktop.services.withdrawn import WithdrawnEntries
from wuling_desktop.storage import search
from wuling_desktop.storage.operations import Operations

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.storage.data import Data


class Desk:
    """An open data file; a page is given the services it uses, not the desk."""

    def __init__(self, database: Data) -> None:
        search.keep_in_step(database)
        operations = Operations(database, DEFAULT_CLERK)
        self._database = database
        self.unit = Unit(operations)
        self.organisations = Organisations(operations, self.unit)
        self.people = People(operations, self.unit)
        self.ledgers = Ledgers(operations, self.unit)
        self.importing = Importing(operations, self.unit, self.people, self.ledgers)
        self.attachments = Attachments(operations, self.unit)
        self.attachments.tidy()
        self.exporting = Exporting(self.unit, self.people, self.ledgers, self.attachments)
        self.history = History(operations)
        self.drafts = Drafts(operations)
        self.finding = Finding(operations, self.people, self.ledgers, self.unit)
        self.column_sets = ColumnSets(operations, self.unit)
        self.batch = Batch(operations, self.unit, self.people)
        self.duplicates = Duplicates(operations, self.unit)
        self.transfers = Transfers(operations, self.unit)
        self.findings = PersonFindings(operations)
        self.person_history = PersonHistory(operations)
        self.person_files = PersonFiles(
            operations, self.people, self.findings, self.transfers, self.person_history
        )
        self.withdrawn = WithdrawnEntries(operations)
        self.backups = Backups(operations)
        self.recovery = Recovery(operations)
        self.demo = Demo(operations, self.unit)

    @property
    def folder(self) -> Path:
        """Where the data lie."""
        return self._database.folder

    def told_at_opening(self) -> tuple[str, list[str]]:
        """Return what a crash cost, and what else there is to hear of this opening; told once."""
        lost, notes = self._database.lost, self._database.notes
        self._database.lost, self._database.notes = "", []
        return lost, notes

    def change_password(self, old: str, new: str) -> None:
        """Change the password; the data key and the recovery key stay as they are."""
        self._database.as_file("修改密码").change_password(old, new)

    def set_password(self, new: str) -> None:
        """Replace a forgotten password, after unlocking with the recovery key."""
        self._database.as_file("修改密码").set_password(new)

    def close(self) -> None:
        """Close the data file and give up the lock; no plain copy of an attachment stays behind."""
        self.attachments.forget_opened()
        self._database.close()
