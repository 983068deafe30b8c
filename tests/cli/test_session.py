"""What stands before the verb: the password, the data folder and who else has it open, where one may write."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from wuling_desktop.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["wuling.db", "wuling.keys", "wuling.keys.copy", "花名册.xlsx"])
def test_nothing_is_written_among_the_data(demo: Callable[..., Any], tmp_path: Path, name: str) -> None:
    for verb in (("dump",), ("export", "roster_general"), ("print", "roster_general")):
        status, answer, _ = demo(*verb, "--to", tmp_path / "data" / ".." / "data" / name)
        assert status == 1
        assert "数据文件夹" in answer["problem"]
    assert demo("verify")[1]["ok"] is True


def test_the_password_is_the_first_line_of_its_file(demo: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "notepad").write_bytes("\ufeff测试口令 2026\r\n".encode())
    (tmp_path / "remark").write_text("测试口令 2026\n抄给接班人\n", "utf-8")
    (tmp_path / "nothing").write_bytes(b"")
    assert demo("forms", password="notepad")[0] == 0
    assert demo("forms", password="remark")[0] == 0
    assert "密码不对" in demo("forms", password="nothing")[1]["problem"]


def test_second_writer_is_told_who_holds_the_file(demo: Callable[..., Any], tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from wuling_desktop.services.data_files import DataFiles;"
        "desk = DataFiles(pathlib.Path(sys.argv[1])).unlock('测试口令 2026');"
        "print('open', flush=True); sys.stdin.readline(); desk.close()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "data")],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "open\n"
        status, _, error = demo("forms")
        assert status == 1
        assert "正" in error
        assert len(error.strip().splitlines()) == 3
    finally:
        holder.communicate("\n", timeout=20)
    assert demo("forms")[0] == 0


def test_without_a_terminal_the_password_comes_from_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path / "data"), "forms"]) == 1
    assert "--password-file" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")
@pytest.mark.parametrize(("second", "status"), [("测试口令 2026", 0), ("测试口令 2027", 1)])
def test_a_new_password_is_asked_for_twice(tmp_path: Path, second: str, status: int) -> None:
    import pty  # noqa: PLC0415 - not on Windows

    here, there = pty.openpty()
    verb = [
        str(ROOT / "main.py"),
        "--data",
        str(tmp_path / "data"),
        "init",
        "--unit",
        "某所",
        "--branch",
        "某支部",
    ]
    process = subprocess.Popen(
        [sys.executable, *verb],
        stdin=there,
        stdout=there,
        stderr=there,
        start_new_session=True,
        env=dict(os.environ, HOME=str(tmp_path)),
    )
    os.close(there)
    said = b""
    for question, answer in (("密码: ", "测试口令 2026"), ("再输一次: ", second)):
        while question.encode() not in said:
            said += os.read(here, 4096)
        os.write(here, f"{answer}\n".encode())
    try:
        while part := os.read(here, 4096):
            said += part
    except OSError:
        pass  # so a terminal ends whose program has ended
    os.close(here)
    assert process.wait(timeout=20) == status
    assert "口令" not in said.decode()
    assert ("恢复码" in said.decode()) == (status == 0)
    assert (tmp_path / "data").exists() == (status == 0)
