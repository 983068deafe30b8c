"""What can stand between the user and the data file, each said in its own three sentences."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.problems import Problem, of_os_error

if TYPE_CHECKING:
    from pathlib import Path

_PRIMARY = 0xFF  # the low byte of an SQLite code is the kind, the rest says where
_NO_ROOM_FOR_SHM = 10 | 19 << 8  # SQLITE_IOERR_SHMSIZE: the file beside the log could not grow
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26


class Damaged(Problem):
    """The data file, or a copy of it, cannot be read through."""


def of_sql(error: Any, doing: str = "保存") -> Problem | None:
    """Return the problem behind an error of the database driver, or None where the fault is the program's."""
    kind = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if kind in (_CORRUPT, _NOTADB):
        return damaged()
    if kind in (_BUSY, _LOCKED):
        return busy(doing)
    if getattr(error, "sqlite_errorcode", 0) == _NO_ROOM_FOR_SHM:
        kind = _FULL
    system = {_FULL: errno.ENOSPC, _READONLY: errno.EROFS, _IOERR: errno.EIO, _CANTOPEN: errno.EACCES}.get(
        kind
    )
    return of_os_error(OSError(system, "", "wuling.db"), doing) if system else None


def busy(doing: str) -> Problem:
    """Return the problem of a file somebody else is writing or reading at this moment."""
    return Problem(
        f"{doing}没有做成：数据正被占用。",
        "另一步还没有做完，或有别的程序正在读写数据文件；原来的数据没有动。",
        "请等几秒再做一次。",
    )


def no_room(doing: str, needed: int, free: int) -> Problem:
    """Return the problem of a disk too small for a step that works on a copy."""
    return Problem(
        f"{doing}没有开始：磁盘空间不够。",
        f"这一步在副本上做，要 {_megabytes(needed)} MB，现在只剩 {_megabytes(free)} MB；原来的数据没有动。",
        "请腾出空间再做一次。",
    )


def _megabytes(size: int) -> str:
    return f"{max(size / 2**20, 0.1):.1f}"


def empty_password() -> Problem:
    """Return the problem of a password that is none."""
    return Problem("密码是空的。", "数据要靠密码锁住；什么也没有改。", "请输入一个密码。")


class WrongPassword(Problem):
    """A password that opens nothing; a screen counts them."""


def wrong_password() -> WrongPassword:
    """Return the problem of a password that opens nothing."""
    return WrongPassword(
        "密码不对。",
        "没有打开数据，也没有改动它；多半是大小写不同，或抄错一个字。",
        "请再输一次；忘了可用恢复码。",
    )


def wrong_recovery_key() -> Problem:
    """Return the problem of a well-formed recovery key that belongs to another file or was replaced."""
    return Problem(
        "这个恢复码打不开这份数据。",
        "字没有抄错，但它是另一份数据的，或已经被新的恢复码换掉；数据没有动。",
        "请找最近一次打印的恢复码单；都打不开时，从较早的备份恢复。",
    )


class NothingHere(Problem):
    """A folder that holds no data: a drive that is not there, or a first use."""


def nothing_here(folder: Path) -> NothingHere:
    """Return the problem of a folder without any data of ours."""
    return NothingHere(
        "这里没有数据文件。",
        f"“{folder}”里没有本程序的数据文件，可能在拔掉的 U 盘上，或被移走了；什么也没有改。",
        "用过的，请插好 U 盘再试一次；头一次用，或数据真的没有了，再从头开始。",
    )


def missing_data(folder: Path) -> Problem:
    """Return the problem of keys without their data file."""
    return Problem(
        "找不到数据文件。",
        f"钥匙文件还在，“{folder}”里的 wuling.db 不见了，可能在拔掉的 U 盘上，或被移走、删掉了。",
        "请插好 U 盘再找一次，或从备份恢复。",
    )


def missing_keys() -> Problem:
    """Return the problem of a data file without its keys."""
    return Problem(
        "找不到钥匙文件，数据打不开。",
        "数据文件还在，没有动；wuling.keys 和它的副本都不见了，光有密码打不开。",
        "请把钥匙文件放回数据文件夹；找不回来时从备份恢复，每份备份里都带着一份钥匙。",
    )


def damaged_keys() -> Problem:
    """Return the problem of two unreadable key files."""
    return Problem(
        "钥匙文件坏了，数据打不开。",
        "wuling.keys 和它的副本都读不出；数据文件还在，没有动。",
        "请从备份恢复，每份备份里都带着一份钥匙。",
    )


def damaged() -> Damaged:
    """Return the problem of a data file that opens with its key and cannot be read through."""
    return Damaged(
        "数据文件有损坏。",
        "文件里有读不出或前后对不上的地方；程序没有改动它。",
        "请从最近的备份恢复；损坏的文件会原样留着。",
    )


def not_fitting() -> Damaged:
    """Return the problem of a data file its own, rightly opened key does not decipher."""
    return Damaged(
        "数据文件打不开。",
        "密码是对的，但文件的开头坏了，或被换成了别的文件；程序没有改动它。",
        "请从最近的备份恢复；现在的文件会原样留着。",
    )


def not_ours() -> Problem:
    """Return the problem of a database of another program under our file's name."""
    return Problem(
        "这不是本程序的数据文件。",
        "wuling.db 是别的程序写的；没有打开，也没有改动它。",
        "请换到数据所在的文件夹，或从备份恢复。",
    )


def newer() -> Problem:
    """Return the problem of data written by a later program."""
    return Problem(
        "这份数据是更新版本的程序写的，没有打开。",
        "这里的程序还不认得它，怕写坏；数据一个字节也没有动。",
        "请装上新版程序再打开。",
    )


def already_here() -> Problem:
    """Return the problem of a new file where there is one."""
    return Problem(
        "这里已经有一份数据，没有新建。",
        "再建会盖掉它；原来的数据没有动。",
        "请直接打开它，或另选一个文件夹。",
    )


def unsafe_place() -> Problem:
    """Return the problem of a drive that cannot hold a database."""
    return Problem(
        "这个位置存不稳数据，没有打开。",
        "它多半是网络盘，断线时会丢改动；原来的数据没有动。",
        "请把数据文件夹放到本机的硬盘上。",
    )


def bad_copy(doing: str, found: list[str]) -> Problem:
    """Return the problem of a finished copy that does not stand the checks."""
    return Problem(
        f"{doing}没有做成：写好的副本没有通过检查。",
        f"{found[0]}副本已丢掉，原来的数据没有动。",
        "请再做一次；还是不行时，把这句话告诉做程序的人。",
    )


class MissingAttachment(Problem):
    """The content of an attachment is not there."""


def missing_attachment() -> MissingAttachment:
    """Return the problem of a row whose sealed file is gone."""
    return MissingAttachment(
        "找不到这个附件的内容。",
        "记录还在，内容已不在数据文件夹里；它可能撤销已超过 60 天，或文件夹没有拷贝完整。",
        "请从带有它的备份恢复；还有原件的，请重新加入一份。",
    )


def damaged_attachment() -> Damaged:
    """Return the problem of a sealed file with another content than it was written with."""
    return Damaged(
        "这个附件读不出来。",
        "它的文件有损坏，内容与加入时记下的不一致；其他数据没有受影响。",
        "请从较早的备份恢复；还有原件的，请重新加入一份。",
    )


class NotABackup(Problem):
    """A file that is no backup, or is one no longer."""


def not_a_backup() -> NotABackup:
    """Return the problem of a backup that cannot be read through."""
    return NotABackup(
        "这份备份读不出来。",
        "它不是本程序的备份文件，或没有拷完整，或已经损坏；现在的数据没有动。",
        "请换一份备份再试。",
    )


def bad_backup(found: list[str]) -> Damaged:
    """Return the problem of a fresh backup that did not stand the checks."""
    return Damaged(
        "备份没有写成：数据文件里有损坏。",
        f"{found[0]}没写好的备份已丢掉，以前的备份都还在。",
        "请从最近的备份恢复；现在的文件会原样留着。",
    )


def bad_copy_in_backup(found: tuple[str, ...]) -> Problem:
    """Return the problem of a backup whose content did not stand the checks."""
    return Problem("这份备份有损坏，没有恢复。", f"{found[0]}现在的数据没有动。", "请换一份较早的备份。")


def anothers_backup() -> Problem:
    """Return the problem of another data file's backup offered without its password."""
    return Problem(
        "这是另一份数据的备份，没有恢复。",
        "它要用做备份那天的密码打开；现在的数据没有动。",
        "请输入那份数据的密码。",
    )
