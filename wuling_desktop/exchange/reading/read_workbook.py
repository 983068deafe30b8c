"""Reading a workbook that somebody sent: the front door of everything that comes in."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.problems import Problem
from wuling_desktop.domain.texts import readable_name
from wuling_desktop.exchange.reading.child import read_in_child
from wuling_desktop.exchange.reading.file_kind import file_kind
from wuling_desktop.exchange.reading.secrecy import refuse_secret
from wuling_desktop.exchange.reading.sheet_marks import loaded
from wuling_desktop.exchange.reading.sheets import Sheet, SheetRow, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FIRST_ROWS = 10  # where a mark of secrecy stands


class Refused(Problem):
    """A file that was reached and is not taken: no workbook, protected, damaged, too large, secret, empty."""


def read_workbook(path: Path) -> Workbook:
    """Return the values of a file of people or records with what was seen around them; Problem where it cannot be read."""
    try:
        return _taken(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    except Problem as problem:
        raise Refused(problem.what, problem.why, problem.todo) from problem


def _taken(path: Path) -> Workbook:
    file_kind(path)
    with path.open("rb"):
        plain = read_in_child(path)
    refuse_secret(_first_texts(plain))
    sheets = tuple(_sheet(sheet) for sheet in plain["sheets"])
    if not any(sheet.rows for sheet in sheets):
        raise Problem(
            "这个文件里什么也没有写。", "每张表都是空的；程序里的数据没有动。", "请核对是不是选错了文件。"
        )
    return Workbook(readable_name(path.name), plain["kind"], sheets, tuple(plain["notes"]))


def _sheet(plain: dict[str, Any]) -> Sheet:
    rows = tuple(
        SheetRow(
            number, tuple(map(loaded, cells)), hidden, struck, tuple((column, why) for column, why in faults)
        )
        for number, hidden, struck, cells, faults in plain["rows"]
    )
    merges = tuple((top, left, bottom, right) for top, left, bottom, right in plain["merges"])
    return Sheet(plain["name"], rows, plain["hidden"], merges)


def _first_texts(plain: dict[str, Any]) -> Iterator[str]:
    for sheet in plain["sheets"]:
        yield from sheet["margins"]
        for row in sheet["rows"][:_FIRST_ROWS]:
            yield from (cell for cell in row[3] if isinstance(cell, str))


def _unreadable(path: Path, error: OSError) -> Problem:
    name = f"“{readable_name(path.name)}”"
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Problem(
            f"找不到 {name}。",
            "文件可能已改名、移走，或在拔掉的 U 盘上；程序里的数据没有动。",
            "请重新选一次文件。",
        )
    if error.errno == errno.EISDIR:
        return Problem(
            f"{name} 是一个文件夹。", "导入一次读一个文件；程序里的数据没有动。", "请选里面的表格文件。"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return Problem(
            f"{name} 打不开。",
            "可能正被 WPS 占用，或没有读取它的权限；程序里的数据没有动。",
            "请在 WPS 里关掉它，或把它拷贝到自己的文件夹后再试。",
        )
    return Problem(
        f"{name} 读不出来。", "磁盘或 U 盘读的时候出错；程序里的数据没有动。", "请把它拷贝到电脑上再试一次。"
    )
