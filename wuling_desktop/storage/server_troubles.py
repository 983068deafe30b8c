"""What can stand between the user and data on a server, each said in its own three sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.domain.problems import Problem
from wuling_desktop.storage import troubles

if TYPE_CHECKING:
    import psycopg

    from wuling_desktop.storage.server_toml import Address

_ASK = "请找服务器管理员。"
_GONE = ("08", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04")  # the session was ended
_WAITED = ("55P03", "57014", "40001", "40P01")  # for another desk, longer than one waits
_OTHER_SHAPE = ("42P01", "42703")  # a table or column that this program knows is not there

_NO_RIGHT = ("42501", "3F000")


class Lost(Problem):
    """The connection broke before the transaction was ended: nothing of it stays."""


class Unsure(Problem):
    """The connection broke while the end of the transaction was on its way: it may have come through."""


def lost(doing: str) -> Lost:
    """Return the problem of a connection that broke in the middle."""
    return Lost(
        f"{doing}没有做成：与服务器的连接断了。",
        "这一步什么也没有存进去，服务器上的数据还是原来的样子。",
        "请检查网络，过一会儿再做一次。",
    )


def unsure(doing: str) -> Unsure:
    """Return the problem of a transaction whose end nobody confirmed."""
    return Unsure(
        f"不知道{doing}做成了没有：最后一刻与服务器的连接断了。",
        "要么整步都存上了，要么一点也没有存；现在连不上服务器，查不到。",
        "请等网络好了，先看操作记录里有没有这一步，没有再做一次。",
    )


def waited(doing: str) -> Problem:
    """Return the problem of a turn to write that did not come."""
    return Problem(
        f"{doing}没有做成：别的电脑正在存，一直没有轮到。",
        "那边可能在导入一大批；这一步什么也没有存，原来的数据没有动。",
        "请等几秒再做一次。",
    )


def unreachable(address: Address) -> Problem:
    """Return the problem of a server that does not answer."""
    return Problem(
        "连不上单位的服务器。",
        f"{address.host}（端口 {address.port}）没有回应，可能网络不通，或服务器没有开；数据在服务器上，没有动。",
        f"请检查网线和单位内网，再试一次；还是不行，{_ASK}",
    )


def not_trusted() -> Problem:
    """Return the problem of a server that could not prove who it is."""
    return Problem(
        "没有连接服务器：认不准它是不是单位的服务器。",
        "它没有加密连接，或出示的证书与单位的根证书、与它的名字对不上；没有发送密码和数据。",
        f"请不要换别的办法连接；{_ASK}",
    )


def wrong_password() -> troubles.WrongPassword:
    """Return the problem of a password the server does not take."""
    return troubles.WrongPassword(
        "服务器不认这个密码。",
        "没有打开数据，也没有改动它；多半是大小写不同，或抄错一个字，也可能账户名不对。",
        "请再输一次；忘了密码，请服务器管理员重设。",
    )


def no_such_database(address: Address) -> Problem:
    """Return the problem of a database the server does not have."""
    return Problem(
        "服务器上没有这个数据库。",
        f"服务器连上了，但没有名叫 {address.dbname} 的数据库；什么也没有改。",
        "请服务器管理员核对 server.toml，或先建好数据库。",
    )


def not_admitted() -> Problem:
    """Return the problem of a server that refuses this account or this computer."""
    return Problem(
        "服务器不让这台电脑或这个账户进去。",
        "服务器连上了，但没有放行，或同时连接的人太多；数据没有动。",
        _ASK,
    )


def nothing_there() -> Problem:
    """Return the problem of a database without any data of ours."""
    return Problem(
        "服务器上还没有数据。",
        "数据库连上了，里面是空的；什么也没有改。",
        "请管理员先在命令行建立一次，再打开。",
    )


def no_right(doing: str) -> Problem:
    """Return the problem of an account that may not do this."""
    return Problem(
        f"{doing}没有做成：服务器没有给这个账户这项权限。",
        "服务器上的数据没有动。",
        "请服务器管理员给账户加上权限，或由他来做这一步。",
    )


class KeptByServer(Problem):
    """Something that only an encrypted file of one's own has."""


def kept_by_server(doing: str) -> KeptByServer:
    """Return the answer to what has no meaning where a server keeps the data."""
    return KeptByServer(
        f"没有{doing}：这份数据在单位的服务器上。",
        "备份和恢复由服务器管理员做，登录用服务器的账户和密码，没有恢复码；数据没有动。",
        "这类事情请找服务器管理员。",
    )


def of_connecting(error: psycopg.Error, address: Address) -> Problem:
    """Return why a connection was not made. The server says it in its own language, so few words are relied on."""
    said, asked = str(error), error.pgconn
    if "pg_hba.conf" in said or "too many" in said:
        return not_admitted()
    if "SSL" in said or "certificate" in said or "channel binding" in said:
        return not_trusted()
    if "FATAL" in said and f'"{address.dbname}"' in said and f'"{address.user}"' not in said:
        return no_such_database(address)
    if asked is not None and (asked.needs_password or asked.used_password):
        return wrong_password()
    if "FATAL" in said:
        return not_admitted()
    return unreachable(address)


def of_sql(error: BaseException | None, doing: str) -> Problem | None:  # noqa: PLR0911 - one answer for each error
    """Return the problem behind an error of the server, or None where the fault is the program's."""
    import psycopg  # noqa: PLC0415 - these sentences are known where no server is

    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate or ""
    if state.startswith(_GONE) or (not state and isinstance(error, psycopg.OperationalError)):
        return lost(doing)
    if state in _WAITED:
        return waited(doing)
    if state in _OTHER_SHAPE:
        return troubles.newer()
    if state in _NO_RIGHT:
        return no_right(doing)
    if state.startswith(("53", "25006", "58")):
        return Problem(
            f"{doing}没有做成：服务器现在存不了东西。",
            "它的磁盘满了、正忙着，或只让读；这一步什么也没有存，原来的数据没有动。",
            _ASK,
        )
    return None
