"""The two engines that hold data, as tests use them: data ready made, of a file of its own or a database of its own."""

from __future__ import annotations

import os
import shutil
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage.attachments import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from trial_server import TrialServer

    from wuling_desktop.services.desk import Desk

PASSWORD = "测试口令 2026"


def plain(files: DataFiles) -> Desk:
    """Make data of an invented unit with one branch."""
    return files.create(PASSWORD, unit="青江市教科所", branch="第一党支部", clerk="试用")[0]


def demo(files: DataFiles) -> Desk:
    """Make data with the demo branch."""
    desk, _ = files.create(PASSWORD, unit="演示", branch="演示党总支", clerk="试用")
    desk.demo.fill()
    return desk


class Engine(ABC):
    """Makes data; what was made once is copied for the next test."""

    name: str

    def __init__(self, ready: Path) -> None:
        self._ready = ready  # a folder for the session, where what is copied lies

    def open(self, folder: Path, make: Callable[[DataFiles], Desk] = plain) -> Desk:
        """Return an open desk on data of its own, in a folder that is not there yet."""
        ready = self._ready / make.__name__
        if not ready.exists():
            self._prepare(ready)
            make(DataFiles(ready)).close()
        self._copy(ready, folder)
        return DataFiles(folder).unlock(PASSWORD)

    def new(self, folder: Path) -> DataFiles:
        """Return a folder without data, to make some in."""
        self._prepare(folder)
        return DataFiles(folder)

    @abstractmethod
    def clear(self) -> None:
        """Let go of what a test has made."""

    @abstractmethod
    def age_contents(self, desk: Desk) -> None:
        """Let the contents of attachments have lain there for long."""

    @abstractmethod
    def damage_contents(self, desk: Desk) -> None:
        """Take the last byte of each."""

    @abstractmethod
    def lose_contents(self, desk: Desk) -> None:
        """Take them all."""

    @abstractmethod
    def _prepare(self, folder: Path) -> None: ...

    @abstractmethod
    def _copy(self, ready: Path, folder: Path) -> None: ...


class FileEngine(Engine):
    """The encrypted file."""

    name = "file"

    def clear(self) -> None:
        """Leave the folders to pytest."""

    def age_contents(self, desk: Desk) -> None:
        for path in (desk.folder / FOLDER).iterdir():
            os.utime(path, (0, 0))

    def damage_contents(self, desk: Desk) -> None:
        for path in (desk.folder / FOLDER).iterdir():
            path.write_bytes(path.read_bytes()[:-1])

    def lose_contents(self, desk: Desk) -> None:
        shutil.rmtree(desk.folder / FOLDER)

    def _prepare(self, folder: Path) -> None:
        """Leave the folder to whoever makes the file."""

    def _copy(self, ready: Path, folder: Path) -> None:
        shutil.copytree(ready, folder)


class ServerEngine(Engine):
    """A database of the server."""

    name = "server"

    def __init__(self, ready: Path, server: TrialServer) -> None:
        super().__init__(ready)
        self.server = server
        self._made: dict[Path, str] = {}

    def age_contents(self, desk: Desk) -> None:
        self._ask(desk, "UPDATE server_content SET kept_at = '1970-01-01'")

    def damage_contents(self, desk: Desk) -> None:
        self._ask(desk, "UPDATE server_content SET content = substr(content, 1, length(content) - 1)")

    def lose_contents(self, desk: Desk) -> None:
        self._ask(desk, "DELETE FROM server_content")

    def name_of(self, desk: Desk) -> str:
        """Return the name of a desk's database."""
        return self._made[desk.folder]

    def _ask(self, desk: Desk, statement: str) -> None:
        self.server.ask(statement, dbname=self.name_of(desk))

    def clear(self) -> None:
        """Drop the databases of a test; those that are copied stay."""
        gone = {folder: name for folder, name in self._made.items() if folder.parent != self._ready}
        self.server.drop(gone.values())
        for folder in gone:
            del self._made[folder]

    def _prepare(self, folder: Path) -> None:
        self._made[folder] = self.server.new()
        self.server.write_toml(folder, self._made[folder])

    def _copy(self, ready: Path, folder: Path) -> None:
        self._made[folder] = self.server.new(self._made[ready])
        self.server.write_toml(folder, self._made[folder])
