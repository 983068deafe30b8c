"""What the user can act on: said in three sentences, never as a traceback."""

from __future__ import annotations

import errno
import traceback
from pathlib import PurePath
from typing import TYPE_CHECKING

from wuling_desktop.domain.texts import readable_name

if TYPE_CHECKING:
    import logging


class Problem(Exception):  # noqa: N818 - it is the world's fault or the user's choice, not an error of ours
    """A state of the world that stops a step and that the user can mend.

    `what` happened, `why` (which also says what is safe), `todo`: what to do. All Chinese, no codes.
    """

    def __init__(self, what: str, why: str, todo: str) -> None:
        super().__init__(what, why, todo)
        self.what = what
        self.why = why
        self.todo = todo

    def __str__(self) -> str:
        return f"{self.what}\n{self.why}\n{self.todo}"


def of_fault(error: Exception, log: logging.Logger) -> Problem:
    """Return what is said of a fault of the program itself, and log where it happened.

    Not its text: that may hold a name or a number. The places in the program are enough to find it.
    """
    places = (
        f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(error.__traceback__)
    )
    log.error("%s\n%s", type(error).__name__, "\n".join(places))
    return Problem(
        "刚才这步没有做成。",
        "程序自己出了差错，数据没有改动；经过已记下。",
        "请再试一次；还是不行时，把日志交给做程序的人。",
    )


def of_os_error(error: OSError, doing: str, *, safe: str = "原来的数据没有动") -> Problem:  # noqa: PLR0911 - one answer for each error
    """Return the problem behind an error of the file system; `doing` is the step: “写 花名册.xlsx”."""
    name = f"“{readable_name(PurePath(str(error.filename)).name)}”" if error.filename else "目标位置"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem(
            f"{doing}没有做成：磁盘已满。",
            f"{safe}，没有写进去一半的东西。",
            "请腾出空间，或换一个盘再做一次。",
        )
    if error.errno == errno.EROFS:
        return Problem(f"{doing}没有做成：这个位置是只读的。", f"{safe}。", "请换一个可以写入的文件夹。")
    if error.errno in (errno.EACCES, errno.EPERM):
        return Problem(
            f"{doing}没有做成：{name} 不让写入。",
            f"可能正被 WPS 打开，或这个文件夹没有写入权限；{safe}。",
            "请在 WPS 里关掉它再试，或另选一个位置。",
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Problem(
            f"{doing}没有做成：找不到{name}。",
            f"文件夹可能已改名，或在拔掉的 U 盘上；{safe}。",
            "请重新选一个位置。",
        )
    if error.errno == errno.EEXIST:
        return Problem(f"{doing}没有做成：{name} 不是文件夹。", f"{safe}。", "请选一个文件夹，或换一个名字。")
    if error.errno == errno.EISDIR:
        return Problem(f"{doing}没有做成：{name} 是一个文件夹。", f"{safe}。", "请写一个文件名。")
    if error.errno == errno.ENAMETOOLONG:
        return Problem(f"{doing}没有做成：文件名太长。", f"{safe}。", "请起一个短些的名字。")
    return Problem(f"{doing}没有做成：磁盘读写出错。", f"{safe}。", "请检查磁盘或 U 盘是否还在，再试一次。")
