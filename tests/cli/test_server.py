"""The verbs on a server: the same answers, records that come over from a file and go back, and what a server does itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from wuling_desktop.storage import schema

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
INIT = ("init", "--unit", "某所", "--branch", "某党总支")
pytestmark = pytest.mark.both_engines


@pytest.fixture
def other(trial_server: object, engines: Callable[[str], Any], engine: Any, tmp_path: Path) -> Any:
    """The engine that this test does not have, with a folder "other" to make data in."""
    chosen = engines("server" if engine.name == "file" else "file")
    chosen.new(tmp_path / "other")
    yield chosen
    chosen.clear()


def test_records_come_over_whole_and_are_the_same(
    demo: Callable[..., Any], other: Any, tmp_path: Path
) -> None:
    demo("import", ROOT / "resources/demo/sample_roster.xlsx")
    for name, options in (("全", ()), ("记录", ("--records-only",))):
        demo("dump", "--to", tmp_path / f"{name}.json", *options)
    assert demo(*INIT, data="other")[0] == 0
    status, loaded, _ = demo("load", tmp_path / "全.json", data="other")
    assert (status, loaded["records"]["person"]) == (0, 59)
    for name, options in (("全", ()), ("记录", ("--records-only",))):
        demo("dump", "--to", tmp_path / f"{name}2.json", *options, data="other")
        assert (tmp_path / f"{name}2.json").read_bytes() == (tmp_path / f"{name}.json").read_bytes()
    assert demo("verify", data="other")[1]["ok"] is True
    assert demo("import", ROOT / "resources/demo/sample_roster.xlsx", data="other")[1]["same"] == 47


def test_new_records_count_on_after_a_load(demo: Callable[..., Any], other: Any, tmp_path: Path) -> None:
    demo("dump", "--to", tmp_path / "记录.json", "--records-only")
    demo(*INIT, data="other")
    demo("load", tmp_path / "记录.json", data="other")
    assert demo("import", ROOT / "resources/demo/sample_roster.xlsx", data="other")[1]["new"] == 5
    demo("dump", "--to", tmp_path / "后.json", data="other")
    content = json.loads((tmp_path / "后.json").read_bytes())
    people = json.loads((tmp_path / "记录.json").read_bytes())["records"]["person"]
    new = {int(change["row"]) for change in content["operations"][-1]["changes"]
           if (change["record"], change["act"]) == ("person", "add")}  # fmt: skip
    assert new == {max(map(int, people)) + each for each in range(1, 6)}


def test_what_a_server_does_itself_is_answered_in_three_lines(
    wuling: Callable[..., Any], engine: Any, tmp_path: Path
) -> None:
    status, answer, _ = wuling(*INIT)
    assert (status, answer["recovery_key"] is None) == (0, engine.name == "server")
    status, answer, _ = wuling(*INIT)
    assert (status, answer["problem"].splitlines()[0]) == (1, "这里已经有一份数据，没有新建。")
    wuling("demo")
    assert wuling("verify")[1] == {"ok": True, "schema": schema.head(), "people": 54, "faults": []}
    for verb in (
        ("backup", "--to", tmp_path / "U 盘"),
        ("restore", tmp_path / "没有.wlbak"),
        ("verify", tmp_path),
    ):
        status, answer, error = wuling(*verb)
        if engine.name == "server":
            assert (status, answer["problem"], len(error.strip().splitlines())) == (1, error.strip(), 3)
            assert "服务器管理员" in answer["problem"]
    assert (tmp_path / "U 盘").exists() == (engine.name == "file")


def test_without_a_terminal_a_server_looks_into_the_users_own_password_file(
    wuling: Callable[..., Any], engine: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from wuling_desktop.cli.main import main  # noqa: PLC0415 - without the fixture's --password-file

    wuling(*INIT)
    capsys.readouterr()
    status = main(["--data", str(tmp_path / "data"), "forms"])
    assert status == (engine.name == "file")
    assert ("--password-file" in capsys.readouterr().err) == (engine.name == "file")
