"""Attachments: sealed files named by their content, each kept once and never changed in place.

    attachments/<64 hex digits>     "WuLiFile", format, 32 random bytes, then the content in chunks, each enciphered
                                    and signed (AES-256-GCM); the last is marked, so that a cut-off file is noticed

Name and key are made from the data key, which no change of password touches: the name of a file is a keyed hash of
its content and tells nothing to whoever has not the key. Which rows need which content stands in the data file; one
that none needs is removed when it has lain as long as an operation can be taken back.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import os
import re
import secrets
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wuling_desktop import files
from wuling_desktop.domain.problems import Problem, of_os_error
from wuling_desktop.progress import counted
from wuling_desktop.storage import swap, troubles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from wuling_desktop.storage.database import Database

FOLDER = "attachments"
MOST_BYTES = 50 * 2**20
KEPT_DAYS = 60  # as long as removing can be taken back
_MAGIC = b"WuLiFile\x01"
_SALT = 32
_CHUNK = 2**20
_TAG = 16
_NAME = re.compile(r"[0-9a-f]{64}")
_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Needed:
    """A content that rows of the data file speak of, and the name the user knows it by."""

    sha256: str
    name: str


class Contents(ABC):
    """Where the contents of attachments are kept, each once, asked for by its sha256."""

    @abstractmethod
    def has(self, sha256: str) -> bool:
        """Whether a content is there; not whether it is sound."""

    @abstractmethod
    def keep(self, content: bytes) -> str:
        """Keep a content unless it lies here sound already; return its sha256, by which it is asked for."""

    @abstractmethod
    def content(self, sha256: str) -> bytes:
        """Return a content; Problem where it is missing or damaged."""

    @abstractmethod
    def sweep(self, needed: Collection[str], *, now: float | None = None) -> None:
        """Remove what no row needs and what has lain long enough.

        Long enough even where no row ever spoke of it: who puts back an older data file by hand, and the newer one
        after it, finds everything.
        """

    def fault(self, sha256: str) -> str | None:
        """Return what is wrong with a content, as the end of a sentence, or None where it is sound."""
        try:
            self.content(sha256)
        except troubles.MissingAttachment:
            return "找不到了"
        except Problem:
            return "读不出来"
        return None

    def faults(self, needed: Iterable[Needed]) -> list[str]:
        """Return what is missing or damaged, as sentences that name the file as the user knows it."""
        found = ((each, self.fault(each.sha256)) for each in counted("已查附件", list(needed), "份", every=1))
        return [f"附件“{each.name}”的内容{fault}。" for each, fault in found if fault]


class Store(Contents):
    """The sealed files of one folder, opened by one data key."""

    def __init__(self, folder: Path, data_key: bytes | bytearray) -> None:
        self.folder = folder
        self._key = _derived(data_key, b"wuling attachment content")
        self._names = _derived(data_key, b"wuling attachment name")

    @classmethod
    def of(cls, database: Database) -> Store:
        """Return the store beside an open data file; made for each use, as another key may come with a restored file."""
        return cls(database.folder / FOLDER, database.data_key)

    def name(self, sha256: str) -> str:
        """Return the name of the file that holds a content."""
        return hmac.new(self._names, bytes.fromhex(sha256), hashlib.sha256).hexdigest()

    def path(self, sha256: str) -> Path:
        """Return where a content lies, whether it is there or not."""
        return self.folder / self.name(sha256)

    def has(self, sha256: str) -> bool:
        """Whether a content is there; not whether it is sound."""
        return self.path(sha256).exists()

    def keep(self, content: bytes) -> str:
        """Seal a content unless it lies here sound already; return its sha256, by which it is asked for."""
        sha256 = hashlib.sha256(content).hexdigest()
        if self.fault(sha256) is None:
            with suppress(OSError):
                os.utime(self.path(sha256))  # taken in anew it has not lain long
            return sha256
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            swap.require_room(self.folder, len(content), "保存附件")
            with files.whole(self.path(sha256)) as file:
                for piece in self._sealed(content):
                    file.write(piece)
        except OSError as error:
            raise of_os_error(error, "保存附件") from error
        if self.content(sha256) != content:
            raise troubles.damaged_attachment()
        return sha256

    def content(self, sha256: str) -> bytes:
        """Return a content; Problem where it is missing or damaged."""
        try:
            sealed = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise troubles.missing_attachment() from error
        except OSError as error:
            raise of_os_error(error, "读附件") from error
        content = self._opened(sealed)
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            raise troubles.damaged_attachment()
        return content

    def take_over(self, wanted: Iterable[str], source: Store, *, every_byte: bool) -> None:
        """Copy what is wanted and not here; what the source lacks is left out, for `faults` to tell.

        What is here already is looked into where `every_byte` asks for it, else taken for what it was when it came.
        """
        for sha256 in counted("已存附件", list(wanted), "份", every=1):
            here = self.fault(sha256) is None if every_byte else self.has(sha256)
            if here or source.fault(sha256) is not None:
                continue
            self.folder.mkdir(parents=True, exist_ok=True)
            with files.whole(self.path(sha256)) as file:
                file.write(source.path(sha256).read_bytes())
            self.content(
                sha256
            )  # a copy that cannot be read back is a problem now, not on the day it is needed

    def sweep(self, needed: Collection[str], *, now: float | None = None) -> None:
        """Remove what no row needs and what has lain long enough, and what a crash left half written."""
        kept = {self.name(sha256) for sha256 in needed}
        oldest = (time.time() if now is None else now) - KEPT_DAYS * _DAY
        if not self.folder.is_dir() or any(self.folder.parent.glob(f"*.{swap.REPLACED}-*")):
            return  # a damaged data file that is kept for good may need any of them
        with suppress(OSError):  # the next start tries again
            files.remove(*self.folder.glob(".*.part"))
            for path in self.folder.iterdir():
                if _NAME.fullmatch(path.name) and path.name not in kept and path.stat().st_mtime < oldest:
                    files.remove(path)

    def _sealed(self, content: bytes) -> Iterable[bytes]:
        salt = secrets.token_bytes(_SALT)
        cipher = AESGCM(_derived(self._key, salt))
        yield _MAGIC + salt
        starts = range(0, max(len(content), 1), _CHUNK)
        for number, start in enumerate(starts):
            last = start == starts[-1]
            yield cipher.encrypt(_nonce(number, last=last), content[start : start + _CHUNK], _MAGIC)

    def _opened(self, sealed: bytes) -> bytes | None:
        """Return the content of a sealed file, or None where a byte of it is not as it was written."""
        start = len(_MAGIC) + _SALT
        if not sealed.startswith(_MAGIC) or len(sealed) < start + _TAG:
            return None
        cipher = AESGCM(_derived(self._key, sealed[len(_MAGIC) : start]))
        starts = range(start, len(sealed), _CHUNK + _TAG)
        try:
            pieces = [
                cipher.decrypt(_nonce(number, last=at == starts[-1]), sealed[at : at + _CHUNK + _TAG], _MAGIC)
                for number, at in enumerate(starts)
            ]
        except (InvalidTag, ValueError):
            return None
        return b"".join(pieces)


def needed(connection: sa.Connection, *, now: dt.datetime | None = None) -> list[Needed]:
    """Return the contents that open data need: of living rows, and of those whose removal can still be taken back.

    A row whose owner was removed goes with it.
    """

    def ask(sql: str, given: Mapping[str, str]) -> Iterable[Sequence[Any]]:
        return connection.execute(sa.text(sql), given).all()

    return _needed(set(sa.inspect(connection).get_table_names()), ask, now)


def needed_by_file(driver: Any, *, now: dt.datetime | None = None) -> list[Needed]:
    """Return the same of a data file by its driver connection, be it of an older shape, without this ledger."""
    tables = {name for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return _needed(tables, driver.execute, now) if "attachment" in tables else []


def _needed(
    tables: Collection[str],
    ask: Callable[[str, Mapping[str, str]], Iterable[Sequence[Any]]],
    now: dt.datetime | None,
) -> list[Needed]:
    since = (now or dt.datetime.now().astimezone()) - dt.timedelta(days=KEPT_DAYS)
    given = {"oldest": since.isoformat(timespec="seconds")}
    rows: list[Sequence[Any]] = []
    for (owner,) in list(ask("SELECT DISTINCT owner FROM attachment", {})):
        query = "SELECT a.id, a.sha256, a.name FROM attachment a"
        kept = "WHERE a.owner = :owner AND (a.removed_at IS NULL OR a.removed_at >= :oldest)"
        if owner in tables:
            query += f' LEFT JOIN "{owner}" o ON o.id = a.owner_id'  # the name of one of our own tables
            kept += " AND (o.removed_at IS NULL OR o.removed_at >= :oldest)"
        rows += ask(f"{query} {kept}", {**given, "owner": owner})
    newest_first = sorted(rows, key=lambda row: int(row[0]), reverse=True)
    return _by_content((sha256, name) for _, sha256, name in newest_first)


def every(connection: sa.Connection) -> list[Needed]:
    """Return all contents that open data ever spoke of, for what is written out whole."""
    rows = connection.execute(sa.text("SELECT sha256, name FROM attachment ORDER BY id DESC"))
    return _by_content((sha256, name) for sha256, name in rows)


def _by_content(rows: Iterable[tuple[str, str]]) -> list[Needed]:
    """Return each content once, under the oldest of its names (rows come newest first)."""
    names: Mapping[str, str] = dict(rows)
    return [Needed(sha256, names[sha256]) for sha256 in sorted(names)]


def _derived(key: bytes | bytearray, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, purpose).derive(bytes(key))


def _nonce(number: int, *, last: bool) -> bytes:
    """Return the nonce of a chunk: the key is one file's own, so its place and whether it is the last are enough."""
    return number.to_bytes(11, "big") + bytes([last])


def size_of(path: Path) -> int:
    """Return the size of a file to be taken in; Problem where it is none, is empty or is too large."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise of_os_error(error, f"读 {path.name} ") from error
    if path.is_dir():
        raise Problem(
            f"没有加入：“{path.name}”是一个文件夹。",
            "附件一个一个存，文件夹不能整个放进来；什么也没有改。",
            "请打开文件夹，选里面的文件。",
        )
    require_size(path.name, size)
    return size


def require_size(name: str, size: int) -> None:
    """Raise a Problem where a content is empty or too large."""
    if size == 0:
        raise Problem(
            f"没有加入：“{name}”是空的。",
            "文件大小是 0，可能没有拷贝完整；什么也没有改。",
            "请重新拷贝一份再加入。",
        )
    if size > MOST_BYTES:
        raise Problem(
            f"没有加入：“{name}”太大。",
            f"它有 {size / 2**20:.0f} MB，一个附件最多 {MOST_BYTES // 2**20} MB；什么也没有改。",
            "请压缩图片、降低扫描的清晰度，或分成几个文件再加入。",
        )
