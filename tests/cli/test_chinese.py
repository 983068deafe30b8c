"""Help and wrong usage are Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wuling_desktop.cli.main import main
from wuling_desktop.cli.verbs import verbs

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["nosuchverb"], "没有这个动词"),
        (["import"], "缺少 文件"),
        (["export", "--to", "a.xlsx"], "缺少 表"),
        (["export", "roster_general"], "缺少 --to"),
        (["export", "roster_general", "--to"], "少了值"),
        (["forms", "--nosuch"], "没有 --nosuch"),
        (["--today", "x", "forms"], "--today 的写法不对"),
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith("命令写得不对：")
    assert why in said
    assert "Usage" not in said


@pytest.mark.parametrize("verb", [[], *([name] for name in verbs.commands)])
def test_help_is_chinese(verb: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*verb, "--help"]) == 0
    said = capsys.readouterr().out
    known = {"wuling", "excel", "json", "pdf", "id", "dump", *verbs.commands, *(verb or ["python"])}
    words = re.findall(r"(?<!-)\b[A-Za-z]{2,}\b", re.sub(r"--[a-z-]+", "", said))
    assert {word.lower() for word in words} <= known
