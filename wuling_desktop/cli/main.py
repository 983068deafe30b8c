"""A command line from its words to its exit status; nobody is shown a traceback."""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import TYPE_CHECKING

import click

from wuling_desktop.cli.chinese import wrong_usage
from wuling_desktop.cli.verbs import verbs
from wuling_desktop.domain import problems
from wuling_desktop.domain.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str]) -> int:
    """Run one verb and return its exit status: 0 done or declined, 1 a problem, 2 wrong usage."""
    as_json = "--json" in arguments
    _make_writable(as_json=as_json)
    try:
        verbs.main(args=list(arguments), prog_name="wuling", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        usage = f"\n{error.ctx.get_usage()}" if error.ctx else ""
        click.echo(f"命令写得不对：{wrong_usage(error)}。{usage}\n可用 --help 查看写法。", err=True)
        return 2
    except Exception as error:  # noqa: BLE001 - whatever it is, nobody is shown a traceback
        problem = str(_problem_of(error))
        click.echo(problem, err=True)
        if as_json:
            click.echo(json.dumps({"problem": problem}, ensure_ascii=False))
        return 1
    return 0


def _problem_of(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, click.Abort):
        return Problem("已取消。", "没有写进任何东西。", "需要时再做一次。")
    if isinstance(error, OSError):
        return problems.of_os_error(error, "这一步")
    return problems.of_fault(error, _log)


def _make_writable(*, as_json: bool) -> None:
    """Let every name through, whatever the terminal's encoding; JSON is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if as_json else None, errors="backslashreplace")
