"""Hostile dumps and data files, given to load and to unlock."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from hostile.backups import DEEP, another, climbing, costing, cut, flipped, plain_database, slots
from hostile.doors import PASSWORD
from hostile.pen import READ, Hostile, raw, refused

from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import keys
from wuling_desktop.storage.connection import FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_DUMP = "数据.json"


def _dump(content: Any) -> Callable[[Path], Path]:
    return raw(_DUMP, content if isinstance(content, bytes) else json.dumps(content).encode())


def _dumped(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], Path]:
    """A sound dump, changed."""

    def make(folder: Path) -> Path:
        place = another(folder)
        desk = DataFiles(place).unlock(PASSWORD)
        desk.backups.dump(folder / _DUMP)
        desk.close()
        shutil.rmtree(place)
        plain = json.loads((folder / _DUMP).read_bytes())
        change(plain)
        (folder / _DUMP).write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
        return folder / _DUMP

    return make


def _of_people(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], Path]:
    return _dumped(lambda plain: [change(row) for row in plain["records"]["person"].values()])


DUMPS = [
    Hostile("a sound dump", _dumped(len), READ),
    refused("nothing in it", _dump(b""), "装入"),
    refused("noise", _dump(bytes(range(256)) * 40), "装入"),
    refused("deep", _dump(DEEP), "装入"),
    refused("a list", _dump([]), "装入"),
    refused("another's json", _dump({"people": []}), "装入"),
    refused("of format 99", _dumped(lambda plain: plain.update(format=99)), "装入"),
    refused("no records", _dumped(lambda plain: plain.pop("records")), "装入"),
    refused("records of nothing", _dumped(lambda plain: plain.update(records=None)), "装入"),
    refused("records in a list", _dumped(lambda plain: plain.update(records=[1])), "装入"),
    refused(
        "a ledger nobody knows", _dumped(lambda plain: plain["records"].update(sqlite_master={})), "装入"
    ),
    refused("people in a list", _dumped(lambda plain: plain["records"].update(person=[1])), "装入"),
    refused("a person of nothing", _of_people(dict.clear), "装入"),
    refused("a person's name in a list", _of_people(lambda row: row.update(name=["甲"])), "装入"),
    Hostile(
        "a person's name of a million characters",
        _of_people(lambda row: row.update(name="农" * 1_000_000)),
        READ,
    ),
    refused("a person's number beyond all", _of_people(lambda row: row.update(branch=10**30)), "装入"),
    refused(
        "a datum nobody knows", _of_people(lambda row: row.update({"x'); DROP TABLE person": 1})), "装入"
    ),
    refused("a day of nonsense", _of_people(lambda row: row.update(birth_date="甲")), "装入"),
    Hostile("a changed name", _of_people(lambda row: row.update(name="甲")), READ),
    refused("operations in words", _dumped(lambda plain: plain.update(operations="甲")), "装入"),
    refused("an operation less", _dumped(lambda plain: plain["operations"].pop(0)), "装入"),
    refused("attachments in words", _dumped(lambda plain: plain.update(attachments="甲")), "装入"),
    refused(
        "attachments of nonsense",
        _dumped(lambda plain: plain.update(attachments=[{"content": "?", "sha256": "x", "name": "甲"}])),
        "装入",
    ),
    refused("settings of nothing", _dumped(lambda plain: plain.pop("settings")), "装入"),
]


def _file_changed(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    """A data folder with one file changed; the keys in both copies."""

    def make(folder: Path) -> Path:
        place = another(folder)
        for each in (keys.NAME, keys.COPY) if name == keys.NAME else (name,):
            (place / each).write_bytes(change((place / each).read_bytes()))
        return place

    return make


def _beside(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        place = another(folder)
        (place / name).write_bytes(content)
        return place

    return make


def _without(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        place = another(folder)
        (place / name).unlink()
        (place / name).mkdir()
        return place

    return make


DATA = [
    Hostile("sound", another, READ),
    refused("a data file of nothing", _file_changed(FILE, lambda _: b""), "损坏|数据文件"),
    refused("a data file of noise", _file_changed(FILE, lambda _: b"\x07" * 8192), "打不开"),
    refused("a plain database in its place", _file_changed(FILE, lambda _: plain_database()), "不是|损坏"),
    refused("a data file cut to a page", _file_changed(FILE, cut(4096)), "打不开"),
    refused("half a data file", _file_changed(FILE, lambda content: content[: len(content) // 2]), "打不开"),
    Hostile("flipped bytes in the middle", _file_changed(FILE, flipped), ""),
    refused(
        "a beginning of noughts", _file_changed(FILE, lambda content: bytes(4096) + content[4096:]), "打不开"
    ),
    refused("a folder in its place", _without(FILE), ""),
    Hostile("a journal of noise", _beside(f"{FILE}-wal", b"\x07" * 100_000), READ),
    Hostile("an index of noise", _beside(f"{FILE}-shm", b"\x07" * 32_768), READ),
    refused("keys of nothing", _file_changed(keys.NAME, lambda _: b""), "钥匙"),
    refused("keys of noise", _file_changed(keys.NAME, lambda _: b"\xff\x00" * 500), "钥匙"),
    refused("deep keys", _file_changed(keys.NAME, lambda _: DEEP), "钥匙"),
    Hostile("keys of 300 MB", _file_changed(keys.NAME, lambda content: content + b" " * 300 * 2**20), READ),
    refused("keys that cost 1 GB", _file_changed(keys.NAME, costing(2**20)), "钥匙"),
    refused(
        "keys of another format", _file_changed(keys.NAME, slots(lambda plain: plain.update(format=9))), "新"
    ),
    refused(
        "keys whose number is a word",
        _file_changed(keys.NAME, slots(lambda plain: plain.update(number="甲"))),
        "钥匙",
    ),
    refused(
        "keys without a slot", _file_changed(keys.NAME, slots(lambda plain: plain.update(slots=[]))), "密码"
    ),
    refused("keys of a file that climbs", _file_changed(keys.NAME, slots(climbing)), "钥匙"),
]
