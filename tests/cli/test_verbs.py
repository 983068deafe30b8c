"""The headless verbs: what they do and what they answer."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

from wuling_desktop.cli.main import main
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import schema

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


def test_init_says_the_recovery_key_and_declines_twice(wuling: Callable[..., Any], tmp_path: Path) -> None:
    status, answer, _ = wuling("init", "--unit", "某所", "--branch", "第一党支部")
    assert (status, answer["data"]) == (0, str(tmp_path / "data"))
    assert len(answer["recovery_key"].replace("-", "")) >= 26
    status, answer, error = wuling("init", "--unit", "某所", "--branch", "第一党支部")
    assert status == 1
    assert answer["problem"] == error.strip()
    assert len(error.strip().splitlines()) == 3


@pytest.mark.both_engines
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


@pytest.mark.both_engines
def test_forms_exported_and_printed(demo: Callable[..., Any], tmp_path: Path) -> None:
    _, answer, _ = demo("forms")
    assert {"roster_general", "roster_staff", "member_form", "transfer_letter", "visits"} == {
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


@pytest.mark.both_engines
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


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"%PDF-1.7 ", b"PK\x03\x04 cut off", b"\x89PNG"])
def test_what_is_no_workbook_is_rejected(demo: Callable[..., Any], tmp_path: Path, content: bytes) -> None:
    (tmp_path / "甲.xlsx").write_bytes(content)
    for arguments in (("--dry-run",), ()):
        status, answer, _ = demo("import", tmp_path / "甲.xlsx", *arguments)
        assert (status, answer["outcome"]) == (0, "rejected")
        assert len(answer["message"].splitlines()) == 3
        assert {answer[key] for key in ("rows", "new", "changed", "changed_cells", "same", "missing")} == {0}
        assert ("records" in answer) == bool(arguments)


def test_setting_up_needs_names_and_is_not_taken_back(wuling: Callable[..., Any], tmp_path: Path) -> None:
    status, answer, _ = wuling("init", "--unit", " ", "--branch", "某支部")
    assert (status, (tmp_path / "data").exists()) == (1, False)
    assert "名称是空的" in answer["problem"]
    assert wuling("init", "--unit", "某所", "--branch", "某支部")[0] == 0
    status, answer, _ = wuling("undo")
    assert (status, answer["problem"].splitlines()[0]) == (1, "没有可以撤销的操作。")


@pytest.mark.both_engines
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


def test_what_a_file_conceals_waits_for_its_answer(demo: Callable[..., Any], tmp_path: Path) -> None:
    book = Workbook()
    for row in (["姓名", "性别"], ["覃隐之", "男"], ["覃显之", "女"]):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    book.save(tmp_path / "名单.xlsx")
    status, answer, _ = demo("import", tmp_path / "名单.xlsx")
    assert (status, answer["outcome"]) == (0, "asks")
    (question,) = answer["questions"]
    assert [each["kind"] for each in answer["questions"]] == ["hidden_rows"]
    (tmp_path / "答.json").write_text(json.dumps({question["id"]: "不导入"}), "utf-8")
    _, answer, _ = demo("import", tmp_path / "名单.xlsx", "--answers", tmp_path / "答.json")
    assert (answer["outcome"], answer["new"]) == ("imported", 1)
    assert {"sheet": "Sheet", "row": 2, "reason": "隐藏的行"} in answer["skipped"]
    demo("dump", "--to", tmp_path / "全.json", "--records-only")
    names = {
        p["name"] for p in json.loads((tmp_path / "全.json").read_text("utf-8"))["records"]["person"].values()
    }
    assert {"覃隐之", "覃显之"} & names == {"覃显之"}


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
