"""The write-ahead log that a crash left: whether all that was saved could be read from it.

SQLite reads such a log up to the first frame whose sum does not fit and takes the rest for what was never finished. That is
right after a kill or a power cut; where the disk lost a frame it would let go of what was saved later, without a word.
Frames are documented in sqlite.org/walformat.html; no key is needed, the sums are over the enciphered pages.
"""

from __future__ import annotations

import datetime as dt
import enum
import struct
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from wuling_desktop.storage import connection as cipher

if TYPE_CHECKING:
    from pathlib import Path

_HEADER, _FRAME = 32, 24
_LITTLE, _BIG = 0x377F0682, 0x377F0683
_FRAMES_READ = slice(16, 20)  # of the index beside the log: how many frames hold


class Rest(enum.Enum):
    """What lies behind the last saving that could be read."""

    NOTHING = "nothing"
    UNFINISHED = "unfinished"  # one saving that was not done, or not yet told
    LOST = "lost"  # savings that were told

    def told(self, latest: tuple[str, str] | None) -> str:
        """Return what the user should hear, with the name and moment of the latest operation that is there."""
        stands = ""
        if latest:
            name, at = latest
            stands = f"数据停在 {dt.datetime.fromisoformat(at):%Y-%m-%d %H:%M} 的“{name}”。"
        if self is Rest.LOST:
            what, todo = (
                "有几次保存在磁盘上读不出来了",
                "请核对那以后录入的内容；磁盘可能在坏，请再存一份备份到 U 盘",
            )
        else:
            what, todo = "有一次保存没有做完，没有写进数据", "请看看最后录入的内容在不在"
        return f"上次没有正常关闭，{what}。{stands}{todo}。"


def rest(file: Path, key: bytes | bytearray) -> Rest:
    """Return what could not be read of the log beside a data file that nobody has open; nothing is changed."""
    log = file.with_name(f"{file.name}-wal")
    if not log.exists() or log.stat().st_size <= _HEADER:
        return Rest.NOTHING
    with closing(cipher.connect_to_read(file, key)) as connection:
        cipher.value(connection, "SELECT count(*) FROM sqlite_master")  # SQLite has read the log through now
        index = file.with_name(f"{file.name}-shm").read_bytes()[:_HEADER]
    return _behind(log.read_bytes(), int.from_bytes(index[_FRAMES_READ], sys.byteorder))


def _behind(log: bytes, read: int) -> Rest:
    """Return what lies behind so many frames of a log."""
    magic, _, page, _, *salts = struct.unpack(">6I", log[:24])
    if magic not in (_LITTLE, _BIG) or struct.unpack(">2I", log[24:_HEADER]) != _sum(log[:24], magic):
        return Rest.LOST
    size = _FRAME + page
    marks = []
    for start in range(_HEADER + read * size, len(log) - size + 1, size):
        _, mark, *own = struct.unpack(">4I", log[start : start + 16])
        if own == salts:
            marks.append(mark)
    if sum(mark > 0 for mark in marks) > 1:
        return Rest.LOST
    torn = (len(log) - _HEADER) % size
    return Rest.UNFINISHED if marks or torn else Rest.NOTHING


def _sum(content: bytes, magic: int) -> tuple[int, int]:
    one = two = 0
    words = struct.unpack(f"{'>' if magic == _BIG else '<'}{len(content) // 4}I", content)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
