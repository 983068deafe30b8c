"""Hostile backups, given to restore; and what hostile data files are made of."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hostile.doors import PASSWORD
from hostile.pen import READ, Hostile, raw, refused

from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import backup_file, keys
from wuling_desktop.storage.connection import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BACKUP = "党建数据备份.wlbak"
DEEP = b"[" * 200_000 + b"]" * 200_000
Parts = dict[str, bytes]


@contextmanager
def _cheaply() -> Iterator[None]:
    """Derive keys with little memory: thousands of guesses are not what is tried here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "SCRYPT_COST", 2**10)
        yield


def another(folder: Path) -> Path:
    """Make a data file of one person; return its folder, closed."""
    place = folder / "data"
    with _cheaply():
        desk, _ = DataFiles(place).create(PASSWORD, unit="别处", branch="别的支部", clerk="试用")
        desk.people.add({"person.name": "陆书翰"})
        desk.close()
    return place


def _sound(folder: Path) -> Path:
    """Make a sound backup of that."""
    place = another(folder)
    desk = DataFiles(place).unlock(PASSWORD)
    made = desk.backups.make(folder / "U盘").path
    desk.close()
    shutil.rmtree(place)
    return made


def _parts_changed(change: Callable[[Parts], object]) -> Callable[[Path], Path]:
    """A backup with its parts changed in place."""

    def make(folder: Path) -> Path:
        sound = _sound(folder)
        with zipfile.ZipFile(sound) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts)
        with zipfile.ZipFile(folder / _BACKUP, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return folder / _BACKUP

    return make


def _note(**changes: Any) -> Callable[[Path], Path]:
    """A backup whose note says something else."""

    def change(parts: Parts) -> None:
        parts[backup_file.NOTE] = json.dumps(json.loads(parts[backup_file.NOTE]) | changes).encode()

    return _parts_changed(change)


def slots(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    """A file of keys that says something else under a right sum."""

    def changed(content: bytes) -> bytes:
        plain = json.loads(content)
        plain.pop("sha256")
        change(plain)
        sum_ = hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
        return json.dumps(plain | {"sha256": sum_}).encode()

    return changed


def costing(cost: int) -> Callable[[bytes], bytes]:
    return slots(
        lambda plain: [slot.update(cost=cost) for slot in plain["slots"] if slot["kind"] == "password"]
    )


def _keys_of_backup(change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    return _parts_changed(lambda parts: parts.update({keys.NAME: change(parts[keys.NAME])}))


def _data_of_backup(content: bytes) -> Callable[[Path], Path]:
    """A backup whose data are something else, and whose note knows it."""

    def change(parts: Parts) -> None:
        parts[FILE] = content
        said = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        parts[backup_file.NOTE] = json.dumps(json.loads(parts[backup_file.NOTE]) | said).encode()

    return _parts_changed(change)


def _bytes_changed(change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    return lambda folder: raw(_BACKUP, change(_sound(folder).read_bytes()))(folder)


def climbing(plain: dict[str, Any]) -> None:
    plain["file_id"] = "../../../x"


def plain_database() -> bytes:
    """A plain database with triggers, a view and a table named like ours."""
    with sqlite3.connect(":memory:") as memory:
        memory.executescript(
            "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT);"
            "CREATE TABLE operation (id INTEGER PRIMARY KEY, name TEXT);"
            "CREATE TRIGGER t AFTER INSERT ON operation BEGIN DELETE FROM person; END;"
            "CREATE VIEW v AS SELECT load_extension('x.so');"
        )
        return memory.serialize()


def cut(count: int) -> Callable[[bytes], bytes]:
    return lambda content: content[:count]


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return (
        content[:middle]
        + bytes(byte ^ 0xFF for byte in content[middle : middle + 64])
        + content[middle + 64 :]
    )


BACKUPS = [
    Hostile("a sound backup of somebody else", _sound, READ),
    refused("nothing in it", raw(_BACKUP, b""), "备份"),
    refused("noise", raw(_BACKUP, b"\x01\x02" * 5000), "备份"),
    refused("a folder", lambda folder: Path(shutil.copytree(folder, folder / _BACKUP)), "文件夹|备份"),
    refused("half of it", _bytes_changed(lambda content: content[: len(content) // 2]), "备份"),
    refused("a byte less", _bytes_changed(lambda content: content[:-1]), "备份"),
    refused("flipped bytes", _bytes_changed(flipped), "备份"),
    refused("no note", _parts_changed(lambda parts: parts.pop(backup_file.NOTE)), "备份"),
    refused("no keys", _parts_changed(lambda parts: parts.pop(keys.NAME)), "备份"),
    refused("no data", _parts_changed(lambda parts: parts.pop(FILE)), "备份"),
    refused(
        "a deep note", _parts_changed(lambda parts: parts.update({backup_file.NOTE: DEEP[:60_000]})), "备份"
    ),
    refused(
        "a note of 100 MB",
        _parts_changed(lambda parts: parts.update({backup_file.NOTE: b" " * 100 * 2**20})),
        "备份",
    ),
    refused(
        "a note that is a list", _parts_changed(lambda parts: parts.update({backup_file.NOTE: b"[]"})), "备份"
    ),
    refused(
        "a note in no encoding",
        _parts_changed(lambda parts: parts.update({backup_file.NOTE: b"\xff\xfe\xff"})),
        "备份",
    ),
    refused("of format 99", _note(format=99), "新"),
    refused("of a format in words", _note(format="甲"), "备份"),
    refused("of a schema of the future", _note(schema=10**30), "新"),
    refused("of a schema in words", _note(schema="甲"), "备份"),
    refused("of no day", _note(at="昨天"), "备份"),
    refused("of the year 99999", _note(at="99999-01-01"), "备份"),
    refused("of people in words", _note(people=["甲"]), "备份"),
    refused("of another number of people", _note(people=12), "备份"),
    refused("with more in the note", _note(more=1), "备份"),
    refused("a size below nought", _note(size=-5), "备份"),
    refused("a size of 8 exabytes", _note(size=2**63), "备份"),
    refused("data of noise", _data_of_backup(b"\x07" * 8192), "备份"),
    refused("data of nothing", _data_of_backup(b""), "备份"),
    refused("data of a plain database", _data_of_backup(plain_database()), "备份"),
    Hostile(
        "attachments of 100 MB of names",
        _parts_changed(lambda parts: parts.update({backup_file.ATTACHMENTS: b"x\n" * 50 * 2**20})),
        READ,
    ),
    refused("keys that cost 1 GB", _keys_of_backup(costing(2**20)), "备份"),
    refused("keys that cost more than all", _keys_of_backup(costing(2**40)), "备份"),
    refused("keys of no cost", _keys_of_backup(costing(0)), "备份"),
    refused("keys of a folder that climbs", _keys_of_backup(slots(climbing)), "备份"),
    refused("deep keys", _keys_of_backup(lambda _: DEEP[:60_000]), "备份"),
    refused("another's password", _keys_of_backup(costing(2**11)), "密码"),
]
