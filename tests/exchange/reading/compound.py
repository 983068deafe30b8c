"""Writes compound files (the container of .xls, .doc and of workbooks with a password), for trials."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SECTOR = 512
_SMALLEST = 4096  # a shorter stream would have to live in the mini stream
_END, _FREE, _TABLE, _NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def write_compound(path: Path, streams: Mapping[str, bytes]) -> Path:
    """Write the streams as a file."""
    path.write_bytes(compound(streams))
    return path


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a file of the streams, each padded with noughts to a length that needs no mini stream."""
    table: list[int] = []
    body = b""
    entries = []
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    for place, name in enumerate(names, 1):
        content = streams[name].ljust(_SMALLEST, b"\0")
        start = len(table)
        body += _padded(content)
        _chain(table, len(_padded(content)) // _SECTOR)
        right = place + 1 if place < len(names) else _NOBODY
        entries.append(_entry(name, 2, right, _NOBODY, start, len(content)))
    directory = b"".join([_entry("Root Entry", 5, _NOBODY, 1 if names else _NOBODY, _END, 0), *entries])
    first_directory = len(table)
    body += _padded(directory)
    _chain(table, len(_padded(directory)) // _SECTOR)
    first_table = len(table)
    tables = 1
    while (len(table) + tables) * 4 > tables * _SECTOR:
        tables += 1
    table += [_TABLE] * tables
    body += struct.pack(f"<{len(table)}I", *table).ljust(tables * _SECTOR, b"\xff")
    places = [*range(first_table, first_table + tables), *[_FREE] * 109][:109]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, tables, first_directory, 0, _SMALLEST, _END, 0, _END, 0)
    header += struct.pack("<109I", *places)
    return header + body


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % _SECTOR)


def _chain(table: list[int], sectors: int) -> None:
    start = len(table)
    table += [*range(start + 1, start + sectors), _END]


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    entry += struct.pack("<III", _NOBODY, right, child) + bytes(36)
    return entry + struct.pack("<IQ", start, size)
