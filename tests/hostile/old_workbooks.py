"""Hostile .xls: chains that run in rings, records that lie about their length, passwords, older versions."""

from __future__ import annotations

import random
import struct
from functools import cache
from typing import TYPE_CHECKING

from compound import compound
from hostile.pen import ASKED, SAMPLES, Hostile, later, raw, refused
from xlrd import compdoc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

# Who stands in the sample, by the row; of 陆书翰 and others more is said there, and asked.
PEOPLE = {"韦清和": 3, "农嘉言": 4, "陆书翰": 5, "覃望舒": 6, "莫知远": 7}
_BOF, _EOF, _BOUNDSHEET, _DIMENSIONS, _SST, _CODEPAGE, _FILEPASS = 0x809, 0x0A, 0x85, 0x200, 0xFC, 0x42, 0x2F
_LABEL, _ROW, _CONTINUE = 0xFD, 0x208, 0x3C
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
Record = tuple[int, bytes]


def _content() -> bytes:
    return (SAMPLES / "roster.xls").read_bytes()


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    return later(lambda: raw("名册.xls", change(_content())))


def _at(place: int, form: str, *values: int) -> Callable[[Path], Path]:
    """The sample with numbers written over a place."""

    def change(content: bytes) -> bytes:
        return content[:place] + struct.pack(form, *values) + content[place + struct.calcsize(form) :]

    return _bytes(change)


@cache
def _stream() -> bytes:
    memory, start, length = compdoc.CompDoc(_content(), logfile=None).locate_named_stream("Workbook")
    return bytes(memory[start : start + length])


def records() -> list[Record]:
    """The records of the sample's workbook."""
    stream, place, found = _stream(), 0, list[Record]()
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        found.append((kind, stream[place + 4 : place + 4 + length]))
        place += 4 + length
    return found


def written(changed: Sequence[Record]) -> bytes:
    """Return a compound file of these records; where sheets begin is told anew."""
    starts, place = [], 0
    for kind, content in changed:
        if kind == _BOF:
            starts.append(place)
        place += 4 + len(content)
    sheets = iter(starts[1:])
    pieces = []
    for kind, content in changed:
        if kind == _BOUNDSHEET:
            content = struct.pack("<I", next(sheets, 0)) + content[4:]  # noqa: PLW2901 - told anew
        pieces += [struct.pack("<HH", kind, len(content) & 0xFFFF), content]
    return compound({"Workbook": b"".join(pieces)})


def _book(change: Callable[[list[Record]], Sequence[Record]]) -> Callable[[Path], Path]:
    """The sample with other records."""
    return later(lambda: raw("名册.xls", written(change(records()))))


def _record(kind: int, change: Callable[[bytes], bytes], *, every: bool = False) -> Callable[[Path], Path]:
    """The sample with the first record of a kind changed, or every one."""

    def changed(records: list[Record]) -> list[Record]:
        done = False
        result = []
        for each, content in records:
            hit = each == kind and (every or not done)
            done = done or hit
            result.append((each, change(content) if hit else content))
        assert done
        return result

    return _book(changed)


def _length(kind: int, length: int) -> Callable[[Path], Path]:
    """The sample with a record that says another length than it has."""

    def change(content: bytes) -> bytes:
        place, stream = content.index(_stream()[:64]), _stream()
        at = 0
        while struct.unpack_from("<H", stream, at)[0] != kind:
            at += 4 + struct.unpack_from("<H", stream, at + 2)[0]
        return content[: place + at + 2] + struct.pack("<H", length) + content[place + at + 4 :]

    return _bytes(change)


def _password(content: bytes) -> Callable[[Path], Path]:
    return _book(lambda records: [records[0], (_FILEPASS, content), *records[1:]])


def _version(number: int) -> Callable[[Path], Path]:
    return _record(_BOF, lambda content: struct.pack("<H", number) + content[2:], every=True)


def _ring(content: bytes) -> bytes:
    """Let the chain of the first stream's sectors run in a ring."""
    at = 512 + struct.unpack_from("<I", content, 76)[0] * 512
    return content[:at] + struct.pack("<I", 0) * 100 + content[at + 400 :]


def _table(value: int) -> Callable[[Path], Path]:
    """Write one value over the whole table of sectors."""

    def change(content: bytes) -> bytes:
        at = 512 + struct.unpack_from("<I", content, 76)[0] * 512
        return content[:at] + struct.pack("<128I", *[value] * 128) + content[at + 512 :]

    return _bytes(change)


def _directory(entry: int, place: int, value: int) -> Callable[[Path], Path]:
    """Write over a field of an entry of the directory."""

    def change(content: bytes) -> bytes:
        at = 512 + struct.unpack_from("<I", content, 48)[0] * 512 + entry * 128 + place
        return content[:at] + struct.pack("<I", value) + content[at + 4 :]

    return _bytes(change)


def _noise(content: bytes) -> bytes:
    return content[:1100] + random.Random(3).randbytes(1500) + content[2600:]


_CONTAINERS = [
    refused("only the mark of a compound", raw("名册.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "损坏"),
    refused("only the head of a compound", _bytes(lambda content: content[:512]), "损坏"),
    refused("half an xls", _bytes(lambda content: content[: len(content) // 2]), "损坏"),
    Hostile("without its last sector", _bytes(lambda content: content[:-512]), "", people=PEOPLE),
    refused("sectors in a ring", _bytes(_ring), "损坏"),
    refused("every sector leads to the first", _table(0), "损坏"),
    refused("every sector ends a chain", _table(_END), "损坏"),
    refused("every sector is free", _table(_FREE), "损坏"),
    refused("sectors of 2 to the 30", _at(30, "<H", 30), "损坏"),
    refused("sectors of one byte", _at(30, "<H", 0), "损坏"),
    refused("small sectors larger than large ones", _at(32, "<H", 20), "损坏"),
    Hostile("four billion tables", _at(44, "<I", 0xFFFFFFF0), ASKED, people=PEOPLE),
    Hostile("tables of tables in a ring", _at(68, "<II", 0, 0x7FFFFFFF), "", people=PEOPLE),
    refused("a directory at the end of the world", _at(48, "<I", 0x00FFFFFF), "损坏"),
    Hostile("a tree of the directory in a ring", _directory(1, 68, 1), "", people=PEOPLE),
    refused("a stream of four billion bytes", _directory(1, 120, 0xFFFFFFFF), "损坏"),
    refused("a stream that begins nowhere", _directory(1, 116, 0x00FFFFFF), "损坏"),
    refused("noise inside", _bytes(_noise), "损坏"),
]
_RECORDS = [
    refused(
        "a table of strings of 4 billion",
        _record(_SST, lambda content: struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF) + content[8:]),
        "损坏",
    ),
    refused("a record beyond the end", _length(_SST, 0xFFFF), "损坏"),
    refused("a record of no length", _length(_SST, 0), "损坏"),
    refused("strings cut short", _record(_SST, lambda content: content[:60]), "损坏"),
    refused("no strings", _book(lambda records: [each for each in records if each[0] != _SST]), "损坏"),
    refused("no beginning", _book(lambda records: records[1:]), "损坏"),
    Hostile(
        "no end", _book(lambda records: [each for each in records if each[0] != _EOF]), "", people=PEOPLE
    ),
    refused("cells of noughts", _record(_LABEL, lambda content: bytes(len(content)), every=True), ""),
    refused("cells of one byte", _record(_LABEL, lambda content: content[:1], every=True), "损坏"),
    refused(
        "strings beyond the table", _record(_LABEL, lambda content: content[:6] + b"\xff\xff\xff\x7f"), "损坏"
    ),
    Hostile(
        "dimensions of everything",
        _record(_DIMENSIONS, lambda content: struct.pack("<IIHH", 0, 0xFFFFFFFF, 0, 0xFFFF) + content[12:]),
        "",
        people=PEOPLE,
    ),
    Hostile(
        "rows that lie",
        _record(_ROW, lambda content: content[:2] + struct.pack("<HH", 0xFFFF, 0) + content[6:], every=True),
        "",
        people=PEOPLE,
    ),
    Hostile(
        "a code page nobody knows", _record(_CODEPAGE, lambda _: struct.pack("<H", 9999)), "", people=PEOPLE
    ),
    Hostile(
        "100,000 records of nothing",
        _book(lambda records: [records[0], *[(_CONTINUE, b"")] * 100_000, *records[1:]]),
        "",
        people=PEOPLE,
    ),
]
_LOCKED = [
    refused(
        "password by rc4", _password(struct.pack("<HHH", 1, 1, 1) + random.Random(5).randbytes(48)), "密码"
    ),
    refused("password by xor", _password(struct.pack("<HHH", 0, 0x1234, 0x5678)), "密码"),
    refused("password by the system", _password(struct.pack("<HHH", 1, 4, 2) + bytes(200)), "密码"),
    refused("password cut short", _password(b""), "密码|损坏"),
]
_OLDER = [
    refused("version 2", raw("名册.xls", b"\x09\x00\x04\x00\x00\x00\x10\x00" + bytes(100)), "不是"),
    refused("version 3", raw("名册.xls", b"\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00" + bytes(100)), "不是"),
    refused("version 4", raw("名册.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00" + bytes(100)), "不是"),
    Hostile("version 5 with the strings of 8", _version(0x0500), "", people=PEOPLE),
    refused("version 99", _version(0x9900), "损坏"),
]
FILES = [*_CONTAINERS, *_RECORDS, *_LOCKED, *_OLDER]
