"""`server.toml` in a data folder: the data lie on a server of the unit, and this is how it is reached.

    host = "db.example.org"         a name, an address, or the folder of a socket
    port = 5432
    dbname = "wuling"
    user = "wei"                    without it, the name of the account at this computer
    sslmode = "verify-full"         the only one that a server elsewhere is spoken to with
    sslrootcert = "unit-ca.crt"     beside this file; without it, the authorities the system trusts
    schema = "wuling"               without it, the server's own choice

The password is never in it: it is asked for, or stands in the user's own libpq password file.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.problems import Problem, of_os_error

if TYPE_CHECKING:
    from pathlib import Path

NAME = "server.toml"
VERIFIED = "verify-full"
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is, and which of its databases holds the data."""

    host: str
    dbname: str
    port: int = 5432
    user: str = ""
    sslmode: str = ""
    sslrootcert: str = ""
    schema: str = ""

    @property
    def is_here(self) -> bool:
        """Whether the way to the server does not leave this computer."""
        return self.host in _HERE or self.host.startswith("/")


def present(folder: Path) -> bool:
    """Whether the data of this folder lie on a server."""
    return (folder / NAME).exists()


def read(folder: Path) -> Address:
    """Return what the file says; Problem where it cannot be followed, or would send persons over an open line."""
    try:
        content = tomllib.loads((folder / NAME).read_text("utf-8-sig"))
    except OSError as error:
        raise of_os_error(error, f"读 {NAME} ") from error
    except ValueError as error:
        raise _unreadable("它的写法有误，读不出来。") from error
    if "password" in content:
        raise _unreadable("密码不能写在这个文件里，谁都看得到。")
    known = {each.name: each.type for each in fields(Address)}
    if unknown := sorted(set(content) - set(known)):
        raise _unreadable(f"不认得“{unknown[0]}”这一项。")
    for name, value in content.items():
        if not _fits(name, value):
            raise _unreadable(f"“{name}”的写法不对。")
    if lacking := [name for name in ("host", "dbname") if not content.get(name)]:
        raise _unreadable(f"缺少“{lacking[0]}”这一项。")
    address = Address(**content)
    if not address.is_here and address.sslmode not in ("", VERIFIED):
        raise Problem(
            "没有连接服务器：连接不够安全。",
            f"server.toml 里写的连接方式（{address.sslmode}）不核对服务器，旁人可能看到或冒充；没有发送任何数据。",
            f"请改为 {VERIFIED}，并把单位的根证书放在数据文件夹里。",
        )
    return address


def _fits(name: str, value: Any) -> bool:
    if name == "port":
        return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**16
    if not isinstance(value, str) or "\0" in value:
        return False
    if name == "host":  # libpq takes several after commas: where one of them is, says nothing of the others
        return "," not in value
    return name != "schema" or not value or _SCHEMA.fullmatch(value) is not None


def _unreadable(why: str) -> Problem:
    return Problem(
        f"{NAME} 里的话看不懂，没有连接服务器。",
        f"{why}数据在服务器上，没有动。",
        "请找服务器管理员要一份正确的 server.toml，放进数据文件夹。",
    )
