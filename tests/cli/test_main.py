"""From words to an exit status: whatever goes wrong is three sentences, never a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from wuling_desktop.services.history import History

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

ROOT = Path(__file__).resolve().parents[2]


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
