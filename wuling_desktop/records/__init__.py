"""Nouns: one file, one ledger. To add one: write its file, its line below, its migration; nothing else."""

# The order below is the order of the navigation and of a dump, so it is kept by hand.
# ruff: noqa: I001
from wuling_desktop.records.base import Record
from wuling_desktop.records.organisation import Organisation as Organisation
from wuling_desktop.records.department import Department as Department
from wuling_desktop.records.post import Post as Post
from wuling_desktop.records.person import Person as Person
from wuling_desktop.records.membership import Membership as Membership
from wuling_desktop.records.development import StepFact as StepFact
from wuling_desktop.records.committee import (
    Committee as Committee,
    CommitteeMember as CommitteeMember,
    Term as Term,
)
from wuling_desktop.records.award import Award as Award
from wuling_desktop.records.discipline import Discipline as Discipline
from wuling_desktop.records.visit import Visit as Visit
from wuling_desktop.records.hardship import Hardship as Hardship
from wuling_desktop.records.attachment import Attachment as Attachment
from wuling_desktop.records.setting import Setting as Setting

LEDGERS: tuple[type[Record], ...] = tuple(Record.__subclasses__())
BY_NAME: dict[str, type[Record]] = {record.__tablename__: record for record in LEDGERS}
