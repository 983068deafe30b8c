"""Click in Chinese: its help, and what it says of wrong usage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Help(click.HelpFormatter):
    """Help under Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - click's own
        super().write_usage(prog, args, "用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading({"Options": "选项", "Commands": "动词"}.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        chinese = [(name, text.replace("[required]", "[必填]")) for name, text in rows]
        super().write_dl(chinese, col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Help


class _Verb(click.Command):
    """A verb that speaks Chinese in its help."""

    context_class = _Context

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **{"options_metavar": "[选项]", **settings})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这些说明。"
        return option


class Verbs(_Verb, click.Group):
    """The verbs together."""

    command_class = _Verb


def wrong_usage(error: click.UsageError) -> str:
    """Return in Chinese what click says in English."""
    if isinstance(error, click.NoSuchOption):
        return f"没有 {error.option_name} 这个选项"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_called(error.param)}"
    if isinstance(error, click.BadParameter):
        return f"{_called(error.param)} 的写法不对"
    if error.ctx is not None and isinstance(error.ctx.command, Verbs):
        return "没有这个动词，或没有写动词"
    return "选项后面少了值，或多写了东西"


def _called(param: click.Parameter | None) -> str:
    if isinstance(param, click.Option):
        return param.opts[0]
    return param.human_readable_name if param is not None else "一项"
