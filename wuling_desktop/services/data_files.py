"""The data folder before it is open: making, unlocking, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.saving import saved
from wuling_desktop.services.desk import Desk
from wuling_desktop.storage import backup, dump
from wuling_desktop.storage.backup import BackupInfo
from wuling_desktop.storage.database import Database, exists
from wuling_desktop.storage.restore import Restored, restore
from wuling_desktop.storage.salvage import Salvaged, salvage
from wuling_desktop.storage.troubles import Damaged, NothingHere, WrongPassword

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["BackupInfo", "Damaged", "DataFiles", "NothingHere", "Restored", "Salvaged", "WrongPassword"]


class DataFiles:
    """One data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def exists(self) -> bool:
        """Whether there is something to unlock."""
        return exists(self.folder)

    def create(self, password: str, *, unit: str, branch: str, clerk: str) -> tuple[Desk, str]:
        """Make a new encrypted data file; return it open, and the recovery key to print."""
        if not unit.strip() or not branch.strip():
            raise Problem(
                "没有新建：单位名称或党组织名称是空的。",
                "表头上要印它们；什么也没有写。",
                "请填上这两个名称。",
            )
        database, recovery_key = Database.create(self.folder, password)
        desk = Desk(database)
        desk.unit.set_up(unit=unit, branch=branch, clerk=clerk)
        return desk, recovery_key

    def unlock(self, password: str) -> Desk:
        """Open the data file with its password."""
        return Desk(Database.open(self.folder, password=password))

    @staticmethod
    def told_by(path: Path) -> BackupInfo:
        """Return what a backup says of itself before any password is known: when it was made, of how many people."""
        return backup.info(path)

    def restore(self, path: Path, secret: str) -> Restored:
        """Put a backup in the place of a closed, damaged or missing data file; what lies there is kept beside.

        `secret` is a password or a recovery key, of now or of the backup's day.
        """
        return restore(self.folder, path, password=secret)

    def restore_and_open(self, path: Path, secret: str) -> tuple[Desk, bool]:
        """Put a backup in place as `restore` does and open it; return too whether it was the recovery key that opened it."""
        self.restore(path, secret)
        try:
            return self.unlock(secret), False
        except WrongPassword:
            return self.unlock_with_recovery_key(secret), True

    def salvage(self, path: Path, password: str) -> Salvaged:
        """Write what can still be read of damaged data as one plain JSON file; the data are not touched."""
        found = salvage(self.folder, password)
        with saved(path) as file:
            file.writelines(dump.pieces(found.content))
        return found

    def unlock_with_recovery_key(self, key: str) -> Desk:
        """Open the data file with the printed recovery key."""
        return Desk(Database.open(self.folder, recovery_key=key))
