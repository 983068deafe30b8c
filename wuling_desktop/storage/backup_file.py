"""One backup as one file: an uncompressed zip of the enciphered data file, its key slots and a note of what they hold.

党建数据备份-<file_id>-<number>-<date>.wlbak
    wuling.keys     the slots of that day: it opens with the password or recovery key of that day
    wuling.db       the bytes of the data file, enciphered as they lay on the disk
    attachments.txt the names of the sealed files it needs, one a line; none where it needs none
    backup.json     format, file_id, number, at, schema, people, operation and hash (the head of the log),
                    size and sha256 of wuling.db, full (whether structure and links were checked too)

The sealed files themselves lie once in the folder 党建数据备份-<file_id>-附件 beside all backups of one data file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING, get_type_hints

from wuling_desktop.domain.problems import of_os_error
from wuling_desktop.progress import pause
from wuling_desktop.storage import keys, troubles
from wuling_desktop.storage.connection import FILE, Facts
from wuling_desktop.storage.keys import SlotFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SUFFIX = ".wlbak"
NOTE = "backup.json"
ATTACHMENTS = "attachments.txt"
_FORMAT = 1
_CHUNK = 2**20
_MOST_NOTE = 2**16  # bytes of a note or slot file that can be ours
_MOST_NAMES = 2**26
# What the zip reader lets out, besides OSError, on files that are none.
_STRANGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    KeyError,
    ValueError,
    TypeError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Note:
    """What a backup says of itself without a password."""

    file_id: str
    number: int
    at: str
    schema: int
    people: int
    operation: int
    hash: str
    full: bool

    @property
    def facts(self) -> Facts:
        """What its data file must hold."""
        return Facts(self.schema, self.people, self.operation, self.hash)

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return f"党建数据备份-{self.file_id}-{self.number:05}-{self.at[:10]}{SUFFIX}"


_KINDS = get_type_hints(Note)


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup that is a backup: its note and slots could be read; its data are checked when they are unpacked."""

    path: Path
    note: Note
    slots: SlotFile
    size: int
    sha256: str  # of the data file in it

    @classmethod
    def read(cls, path: Path) -> BackupFile:
        """Return note and slots of a backup; Problem where the file is none, is cut off, or is newer."""
        with _as_problem(), zipfile.ZipFile(path) as archive:
            plain = json.loads(_small(archive, NOTE))
            if plain.pop("format") > _FORMAT:
                raise troubles.newer()
            size, sha256 = int(plain.pop("size")), str(plain.pop("sha256"))
            note = Note(**plain)
            if any(type(getattr(note, name)) is not kind for name, kind in _KINDS.items()):
                raise TypeError(NOTE)
            dt.datetime.fromisoformat(note.at)
            if archive.getinfo(FILE).file_size != size:
                raise ValueError(size)
            return cls(path, note, SlotFile.of_content(_small(archive, keys.NAME)), size, sha256)

    def attachments(self) -> frozenset[str]:
        """Return the names of the sealed files it needs."""
        with _as_problem(), zipfile.ZipFile(self.path) as archive:
            if ATTACHMENTS not in archive.namelist():
                return frozenset()
            return frozenset(_small(archive, ATTACHMENTS, _MOST_NAMES).decode("ascii").split())

    def unpack(self, target: Path) -> None:
        """Write the data file of the backup, still enciphered; Problem where its bytes are not those packed."""
        try:
            target.unlink(missing_ok=True)
            opened = target.open("xb")
        except OSError as error:
            raise of_os_error(error, "展开备份") from error
        with opened, _as_problem(), zipfile.ZipFile(self.path) as archive, archive.open(FILE) as packed:
            if _poured(packed, opened, self.size) != self.sha256:
                raise ValueError(self.sha256)


def attachments_folder(folder: Path, file_id: str) -> Path:
    """Return where the sealed files of all backups of one data file in a folder lie."""
    return folder / f"党建数据备份-{file_id}-附件"


def write(
    file: IO[bytes],
    source: IO[bytes],
    size: int,
    slots: SlotFile,
    note: Note,
    attachments: Iterable[str] = (),
) -> None:
    """Write a backup into an open file: `size` bytes of `source`, slots, names of sealed files, note."""
    moment = dt.datetime.fromisoformat(note.at).timetuple()[:6]
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo(keys.NAME, moment), slots.content())
        member = zipfile.ZipInfo(FILE, moment)
        with archive.open(member, "w", force_zip64=True) as packed:
            sha256 = _poured(source, packed, size)
        if names := sorted(attachments):
            archive.writestr(zipfile.ZipInfo(ATTACHMENTS, moment), "\n".join(names))
        plain = {"format": _FORMAT, **asdict(note), "size": size, "sha256": sha256}
        archive.writestr(zipfile.ZipInfo(NOTE, moment), json.dumps(plain, indent=1).encode())


def _poured(source: IO[bytes], target: IO[bytes], size: int) -> str:
    """Copy `size` bytes and return their sha256."""
    sum_, left = hashlib.sha256(), size
    while left:
        chunk = source.read(min(_CHUNK, left))
        if not chunk:
            raise ValueError(left)
        pause()
        target.write(chunk)
        sum_.update(chunk)
        left -= len(chunk)
    return sum_.hexdigest()


def _small(archive: zipfile.ZipFile, name: str, most: int = _MOST_NOTE) -> bytes:
    if archive.getinfo(name).file_size > most:
        raise ValueError(name)
    return archive.read(name)


@contextmanager
def _as_problem() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise of_os_error(error, "读备份") from error
    except _STRANGE as error:
        raise troubles.not_a_backup() from error
