"""The headless verbs, started as a process would be: answers, statuses, sentences."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

from wuling_desktop.cli.main import main
from wuling_desktop.cli.verbs import verbs
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.services.history import History
from wuling_desktop.storage import schema

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def wuling(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, dict[str, Any], str]]:
    """Return a function that runs a verb and returns (status, last line as JSON, standard error)."""
    (tmp_path / "password").write_text("测试口令 2026\n", "utf-8")

    def run(*arguments: object, password: str = "password") -> tuple[int, dict[str, Any], str]:
        before = [
            "--data",
            tmp_path / "data",
            "--password-file",
            tmp_path / password,
            "--today",
            "2026-11-24",
            "--json",
        ]
        status = main([str(each) for each in (*before, *arguments)])
        said = capsys.readouterr()
        lines = said.out.strip().splitlines()
        return status, json.loads(lines[-1]) if lines else {}, said.err

    return run


@pytest.fixture
def demo(wuling: Callable[..., Any]) -> Callable[..., Any]:
    assert wuling("init", "--unit", "某所", "--branch", "某党总支")[0] == 0
    assert wuling("demo")[0] == 0
    return wuling


def test_init_says_the_recovery_key_and_declines_twice(wuling: Callable[..., Any], tmp_path: Path) -> None:
    status, answer, _ = wuling("init", "--unit", "某所", "--branch", "第一党支部")
    assert (status, answer["data"]) == (0, str(tmp_path / "data"))
    assert len(answer["recovery_key"].replace("-", "")) >= 26
    status, answer, error = wuling("init", "--unit", "某所", "--branch", "第一党支部")
    assert status == 1
    assert answer["problem"] == error.strip()
    assert len(error.strip().splitlines()) == 3


def test_the_main_job(demo: Callable[..., Any], tmp_path: Path) -> None:
    status, dry, _ = demo("import", ROOT / "resources/demo/sample_roster.xlsx", "--dry-run")
    assert (status, dry["outcome"], dry["new"], dry["changed"], dry["changed_cells"]) == (
        0,
        "imported",
        5,
        9,
        12,
    )
    assert len(dry["records"]) == 47
    record = next(r for r in dry["records"] if r["name"] == "凤栖梧")
    assert (record["status"], record["join_date"], record["ethnic_group"]) == (
        "正式党员",
        "2014-06-21",
        "侗族",
    )
    demo("dump", "--to", tmp_path / "前.json", "--records-only")
    status, done, _ = demo("import", ROOT / "resources/demo/sample_roster.xlsx")
    assert (status, done["outcome"], done["new"], done["changed"]) == (0, "imported", 5, 9)
    assert "records" not in done
    status, undone, _ = demo("undo")
    assert (status, undone["kept"]) == (0, [])
    assert undone["operation"] == "导入 党员 14 人（新增 5，更新 9）"
    demo("dump", "--to", tmp_path / "后.json", "--records-only")
    assert (tmp_path / "前.json").read_bytes() == (tmp_path / "后.json").read_bytes()


def test_forms_exported_and_printed(demo: Callable[..., Any], tmp_path: Path) -> None:
    _, answer, _ = demo("forms")
    assert {"roster_general", "roster_staff", "member_form", "visits"} == {
        form["name"] for form in answer["forms"]
    }
    status, answer, _ = demo("export", "roster_general", "--to", tmp_path / "花名册.xlsx")
    assert (status, answer["rows"]) == (0, 42)
    values = [
        cell.value for row in load_workbook(tmp_path / "花名册.xlsx").active.iter_rows() for cell in row
    ]
    assert "黄若衡" in values
    status, answer, _ = demo(
        "print", "member_form", "--to", tmp_path / "表.pdf", "--person", "黄若衡", "--person", "陆书翰"
    )
    assert (status, answer["rows"], answer["pages"]) == (0, 2, 2)
    assert (tmp_path / "表.pdf").read_bytes().startswith(b"%PDF")


def test_masked_export_holds_no_number(demo: Callable[..., Any], tmp_path: Path) -> None:
    demo("dump", "--to", tmp_path / "全.json", "--records-only")
    people = json.loads((tmp_path / "全.json").read_text("utf-8"))["records"]["person"].values()
    demo("export", "roster_general", "--to", tmp_path / "打码.xlsx", "--mask")
    values = {
        str(cell.value) for row in load_workbook(tmp_path / "打码.xlsx").active.iter_rows() for cell in row
    }
    for person in people:
        assert person["id_number"] not in values
        assert person["phone"] not in values


def test_backup_verify_restore(demo: Callable[..., Any], tmp_path: Path) -> None:
    status, made, _ = demo("backup", "--to", tmp_path / "U盘")
    assert (status, made["people"]) == (0, 54)
    assert demo("verify", made["to"])[1]["ok"] is True
    assert demo("verify")[1] == {"ok": True, "schema": f"{schema.number():04}", "people": 54, "faults": []}
    demo("undo")
    status, done, _ = demo("restore", made["to"])
    assert (status, done["before"], done["after"]) == (0, 0, 54)
    assert demo("verify")[1]["people"] == 54


def test_problems_are_sentences(demo: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("不是它", "utf-8")
    (tmp_path / "甲.xlsx").write_bytes(b"not a workbook")
    blank = Workbook()
    blank.active.append(["序号", "姓名", "性别"])
    blank.save(tmp_path / "空表.xlsx")
    for arguments, password in (
        (("demo",), "password"),
        (("forms",), "wrong"),
        (("forms",), "no such file"),
        (("import", tmp_path / "没有.xlsx"), "password"),
        (("load", tmp_path / "甲.xlsx"), "password"),
        (("restore", tmp_path / "甲.xlsx"), "password"),
        (("export", "no_form", "--to", tmp_path / "x.xlsx"), "password"),
        (("export", "roster_general", "--to", tmp_path / "没有的夹" / "x.xlsx"), "password"),
        (("export", "roster_general", "--to", tmp_path / "x.xlsx", "--person", "无此人"), "password"),
    ):
        status, answer, error = demo(*arguments, password=password)
        assert status == 1, arguments
        assert answer == {"problem": error.strip()}
        assert len(error.strip().splitlines()) == 3, error
        assert "Traceback" not in error
    status, answer, _ = demo("import", tmp_path / "空表.xlsx", "--dry-run")
    assert (status, answer["outcome"]) == (0, "rejected")
    assert "空表" in answer["message"]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"%PDF-1.7 ", b"PK\x03\x04 cut off", b"\x89PNG"])
def test_what_is_no_workbook_is_rejected(demo: Callable[..., Any], tmp_path: Path, content: bytes) -> None:
    (tmp_path / "甲.xlsx").write_bytes(content)
    for arguments in (("--dry-run",), ()):
        status, answer, _ = demo("import", tmp_path / "甲.xlsx", *arguments)
        assert (status, answer["outcome"]) == (0, "rejected")
        assert len(answer["message"].splitlines()) == 3
        assert {answer[key] for key in ("rows", "new", "changed", "changed_cells", "same", "missing")} == {0}
        assert ("records" in answer) == bool(arguments)


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


def test_setting_up_needs_names_and_is_not_taken_back(wuling: Callable[..., Any], tmp_path: Path) -> None:
    status, answer, _ = wuling("init", "--unit", " ", "--branch", "某支部")
    assert (status, (tmp_path / "data").exists()) == (1, False)
    assert "名称是空的" in answer["problem"]
    assert wuling("init", "--unit", "某所", "--branch", "某支部")[0] == 0
    status, answer, _ = wuling("undo")
    assert (status, answer["problem"].splitlines()[0]) == (1, "没有可以撤销的操作。")


def test_a_person_is_named_as_people_write(demo: Callable[..., Any], tmp_path: Path) -> None:
    demo("dump", "--to", tmp_path / "全.json", "--records-only")
    people = json.loads((tmp_path / "全.json").read_text("utf-8"))["records"]["person"].values()
    number = next(p["id_number"] for p in people if (p["id_number"] or "").endswith("X"))
    for person in (number.lower(), " 黄 若衡　"):
        assert demo("export", "member_form", "--to", tmp_path / "表.xlsx", "--person", person)[0] == 0
    _, answer, _ = demo("export", "visits", "--to", tmp_path / "走访.xlsx", "--person", "周行简")
    assert 0 < answer["rows"] < 35


def test_what_is_in_the_way_is_called_by_its_name(demo: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("一份文件", "utf-8")
    assert "“文件” 不是文件夹" in demo("backup", "--to", tmp_path / "文件")[1]["problem"]
    assert "找不到“没有的夹”" in demo("dump", "--to", tmp_path / "没有的夹" / "x.json")[1]["problem"]
    (tmp_path / "深.json").write_text("[" * 100_000, "utf-8")
    assert "不是本程序导出" in demo("load", tmp_path / "深.json")[1]["problem"]
    for content in ("[1]", "[" * 100_000):
        (tmp_path / "答.json").write_text(content, "utf-8")
        roster = ROOT / "resources/demo/sample_roster.xlsx"
        answer = demo("import", roster, "--dry-run", "--answers", tmp_path / "答.json")[1]
        assert "不是回答文件" in answer["problem"]


def test_a_fault_of_the_program_shows_no_traceback(
    demo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    name = "黄若衡"

    def fail(_: object) -> None:
        raise KeyError(name)

    monkeypatch.setattr(History, "undo", fail)
    status, answer, error = demo("undo")
    assert (status, len(error.strip().splitlines())) == (1, 3)
    assert answer == {"problem": error.strip()}
    assert "KeyError" in caplog.text
    assert name not in "\n".join(record.getMessage() for record in caplog.records)


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


def test_second_writer_is_told_who_holds_the_file(demo: Callable[..., Any], tmp_path: Path) -> None:
    import subprocess  # noqa: PLC0415 - this one test starts a second program
    import sys  # noqa: PLC0415 - the same

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


def test_lost_attachments_are_named(
    demo: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = DataFiles(tmp_path / "data").unlock("测试口令 2026")
    desk.attachments.add_content("person", 1, "申请书.pdf", b"%PDF-1.7 invented")
    desk.close()
    assert demo("verify")[1]["ok"] is True
    shutil.rmtree(tmp_path / "data" / "attachments")
    lost = "附件“申请书.pdf”的内容找不到了。"
    assert demo("verify")[1]["faults"] == [lost]
    before = ["--data", tmp_path / "data", "--password-file", tmp_path / "password"]
    assert main([*map(str, before), "backup"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == lost
    (backup,) = (tmp_path / "data" / "backups").glob("*.wlbak")
    assert main([*map(str, before), "restore", str(backup)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == lost
