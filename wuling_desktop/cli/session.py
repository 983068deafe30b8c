"""What stands before the verb: the data folder, the password, the day, and how to answer."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import DataFiles

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from wuling_desktop.services.desk import Desk


@dataclass(slots=True)
class Session:
    """What stood before the verb."""

    folder: Path
    password_file: Path | None
    today: dt.date | None
    as_json: bool

    def password(self, *, new: bool = False) -> str:
        """Return the password from its file, else asked on the terminal; never from the command line.

        On a server it is that of an account that is there already, and may stand in the user's own libpq password file.
        """
        on_server = DataFiles(self.folder).on_server
        if self.password_file is not None:
            try:
                lines = self.password_file.read_text("utf-8-sig").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                raise Problem(
                    f"读不到密码文件 {self.password_file.name}。",
                    "文件不在，或不是 UTF-8 编码的文本文件；数据没有动。",
                    "请核对 --password-file 后面的路径；密码写在第一行。",
                ) from error
            return lines[0] if lines else ""
        if not sys.stdin.isatty() and on_server:
            return ""
        if not sys.stdin.isatty():
            raise Problem(
                "没有给出密码。",
                "这里没有可以输入密码的终端；数据没有动。",
                "请用 --password-file 指定密码文件。",
            )
        if on_server:
            return str(click.prompt("服务器密码", hide_input=True, default="", show_default=False))
        typed = str(click.prompt("密码", hide_input=True))
        if new and click.prompt("再输一次", hide_input=True) != typed:
            raise Problem("两次输入的密码不一样。", "没有写进任何东西。", "请再做一次。")
        return typed

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Open the data file for one verb."""
        desk = DataFiles(self.folder).unlock(self.password())
        try:
            desk.unit.stands_at = self.today
            yield desk
        finally:
            desk.close()

    def output(self, to: Path) -> Path:
        """Return where to write, unless that is among the data file's own: what lies there must not be written over."""
        if to.resolve().parent == self.folder.resolve():
            raise Problem(
                f"没有写 {to.name}：那里是数据文件夹。",
                "写在里面会盖掉数据文件或钥匙文件；原来的文件和数据都没有动。",
                "请换一个文件夹。",
            )
        return to

    def say(self, content: dict[str, Any], text: str) -> None:
        """Answer: a text for people, or one JSON object as the last line."""
        click.echo(json.dumps(content, ensure_ascii=False) if self.as_json else text)
