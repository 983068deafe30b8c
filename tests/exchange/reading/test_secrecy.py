"""Marks of secrecy are seen in every writing, and ordinary words are not taken for one."""

from __future__ import annotations

import pytest
from reading_trials import in_plain_chinese

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading.secrecy import is_marked, refuse_secret


@pytest.mark.parametrize(
    "text",
    [
        "机密★1年",
        "机 密 ★ 一年",
        "秘密★",
        "绝密★长期",
        "★秘密",
        "密级：秘密",
        "秘密 6个月",
        "机密·10年",
        "附件1　　秘密★３年",
        "机密\n★1年",
    ],
)
def test_a_mark_of_secrecy_is_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        refuse_secret(["党员名册", text])
    assert in_plain_chinese(caught.value)


@pytest.mark.parametrize(
    "text",
    ["保守党的秘密", "秘密投票", "无记名秘密表决", "机密室主任", "保密教育 3年", "密级：无", "秘密", ""],
)
def test_ordinary_words_are_no_mark(text: str) -> None:
    assert not is_marked([text])
