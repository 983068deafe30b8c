"""Problems: three Chinese sentences for what the world does to a file."""

from __future__ import annotations

import errno
import logging

import pytest

from wuling_desktop.domain import problems
from wuling_desktop.domain.problems import Problem, of_os_error

ERRORS = [
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.ENAMETOOLONG,
    errno.EIO,
]


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_an_error_of_the_file_system_is_said_in_three_sentences(number: int) -> None:
    problem = of_os_error(OSError(number, "English words", "/somewhere/花名册.xlsx"), "写 花名册.xlsx")
    for part in (problem.what, problem.why, problem.todo):
        assert part.endswith("。")
        assert "English" not in part
        assert "/somewhere" not in part
    assert "原来的数据没有动" in problem.why
    assert "没有做成" in problem.what


def test_a_full_disk_is_called_so() -> None:
    assert "磁盘已满" in of_os_error(OSError(errno.ENOSPC, ""), "备份").what


def test_it_reads_as_three_lines() -> None:
    assert str(Problem("一。", "二。", "三。")) == "一。\n二。\n三。"


def test_a_fault_of_ours_is_logged_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    try:
        dict[str, str]()["韦清和 450199199108050248"]
    except KeyError as error:
        problem = problems.of_fault(error, logging.getLogger("trial"))
    assert len(str(problem).splitlines()) == 3
    assert "KeyError" in caplog.text
    assert "test_problems.py" in caplog.text
    assert "韦清和" not in caplog.text
    assert "450199" not in caplog.text
