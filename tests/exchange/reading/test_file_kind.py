"""What a file is, by its first bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from compound import write_compound
from reading_trials import in_plain_chinese

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading.file_kind import (
    damaged,
    file_kind,
    not_a_workbook,
    other_format,
    protected,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04 and more", "package"),
        ("姓名,性别".encode(), "csv"),
        ("姓名,性别".encode("gb18030"), "csv"),
        ("姓名,性别".encode("utf-16"), "csv"),
        ("姓名,性别".encode("utf-8-sig"), "csv"),
        (b"a", "csv"),
        ("<党员>,甲".encode("utf-16"), None),
        (b"BMI,1", "csv"),
        (b"MZ,1", "csv"),
    ],
)
def test_the_first_bytes_tell(content: bytes, kind: str | None, tmp_path: Path) -> None:
    path = tmp_path / "文件"
    path.write_bytes(content)
    if kind is None:
        with pytest.raises(Problem):
            file_kind(path)
    else:
        assert file_kind(path) == kind


@pytest.mark.parametrize("stream", ["Workbook", "Book"])
def test_a_compound_file_with_a_workbook_is_an_xls(stream: str, tmp_path: Path) -> None:
    assert file_kind(write_compound(tmp_path / "文件", {stream: b"x"})) == "xls"


@pytest.mark.parametrize(
    ("name", "words"), [("名册.et", "WPS 表格的一种新格式"), ("名册.xls", "里面没有表格")]
)
def test_a_file_of_wps_that_cannot_be_read_leads_to_wps(name: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=words) as caught:
        file_kind(write_compound(tmp_path / name, {"ETExtData": b"x"}))
    assert in_plain_chinese(caught.value)
    assert ("另存为" in caught.value.todo) == (name == "名册.et")


def test_each_problem_says_three_things() -> None:
    for problem in (damaged("甲"), not_a_workbook("是乙"), other_format("丙"), protected()):
        assert in_plain_chinese(problem)
