"""The data folder before it is open: making, unlocking, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.saving import saved
from wuling_desktop.services.desk import Desk
from wuling_desktop.storage import backup, dump, server_toml
from wuling_desktop.storage.backup import BackupInfo
from wuling_desktop.storage.database import Database, exists
from wuling_desktop.storage.restore import Restored, restore
from wuling_desktop.storage.salvage import Salvaged, salvage
from wuling_desktop.storage.server_troubles import KeptByServer, kept_by_server
from wuling_desktop.storage.troubles import Damaged, NothingHere, WrongPassword

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.storage.data import Data

__all__ = [
    "BackupInfo",
    "Damaged",
    "DataFiles",
    "KeptByServer",
    "NothingHere",
    "Restored",
    "Salvaged",
    "WrongPassword",
]


class DataFiles:
    """One data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def exists(self) -> bool:
        """Whether there is something to unlock."""
        return self.on_server or exists(self.folder)

    @property
    def on_server(self) -> bool:
        """Whether the data of this folder are kept by a server of the unit."""
        return server_toml.present(self.folder)

    def create(self, password: str, *, unit: str, branch: str, clerk: str) -> tuple[Desk, str]:
        """Make new data; return them open, and the recovery key to print, which is empty where a server keeps them."""
        if not unit.strip() or not branch.strip():
            raise Problem(
                "没有新建：单位名称或党组织名称是空的。",
                "表头上要印它们；什么也没有写。",
                "请填上这两个名称。",
            )
        database: Data
        if self.on_server:
            from wuling_desktop.storage.server import ServerDatabase  # noqa: PLC0415 - its driver is loaded only here

            database, recovery_key = ServerDatabase.create(self.folder, password), ""
        else:
            database, recovery_key = Database.create(self.folder, password)
        desk = Desk(database)
        desk.unit.set_up(unit=unit, branch=branch, clerk=clerk)
        return desk, recovery_key

    def unlock(self, password: str) -> Desk:
        """Open the data with their password, or that of the account on the server."""
        if self.on_server:
            from wuling_desktop.storage.server import ServerDatabase  # noqa: PLC0415 - its driver is loaded only here

            return Desk(ServerDatabase.open(self.folder, password))
        return Desk(Database.open(self.folder, password=password))

    @staticmethod
    def told_by(path: Path) -> BackupInfo:
        """Return what a backup says of itself before any password is known: when it was made, of how many people."""
        return backup.info(path)

    def restore(self, path: Path, secret: str) -> Restored:
        """Put a backup in the place of a closed, damaged or missing data file; what lies there is kept beside.

        `secret` is a password or a recovery key, of now or of the backup's day.
        """
        self._require_file("恢复备份")
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
        self._require_file("抢救数据")
        found = salvage(self.folder, password)
        with saved(path) as file:
            file.writelines(dump.pieces(found.content))
        return found

    def unlock_with_recovery_key(self, key: str) -> Desk:
        """Open the data file with the printed recovery key."""
        self._require_file("用恢复码打开")
        return Desk(Database.open(self.folder, recovery_key=key))

    def _require_file(self, doing: str) -> None:
        if self.on_server:
            raise kept_by_server(doing)
