"""The encoding of a text: found, or refused; nothing that reads like noise is taken for Chinese."""

from __future__ import annotations

import pytest
from reading_trials import in_plain_chinese

from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading.text_coding import decoded, wide_coding

ROSTER = "姓名,性别,民族,出生年月\r\n韦清和,女,壮族,1980.10\r\n农嘉言,男,汉族,1985-03\r\n"
RARE = "姓名\n覃嬿婉\n莫喆嫕\n班婳祎\n闭旻昱\n黎翀霄\n岑婕妤\n甘旖旎\n"
CODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize(
    "text", [ROSTER, RARE, "第一党支部,一\n", "name,age\n1,2\n", "姓名\n𬱖㛃\n", "阿布都·赛麦提\n"]
)
def test_each_encoding_is_found_without_being_told(text: str, coding: str) -> None:
    assert decoded(text.encode(coding)) == text


@pytest.mark.parametrize(
    "content",
    [
        ROSTER.encode()[:-20] + b"\xe9",  # UTF-8 cut within a character, which also reads as GB 18030
        ROSTER.replace("别", "別").encode("big5", "ignore"),
        ROSTER.encode().decode("latin-1").encode(),  # read as Latin letters and saved again
        ROSTER.encode().decode("gb18030", "ignore").encode(),  # read as GB 18030 and saved again
        ROSTER.encode("gb18030") * 20 + "第三党支部的人员名单如下".encode(),  # two files put together
        ROSTER.encode("utf-16-le")[1:],
        ROSTER.encode("utf-16-le") + b"x",
    ],
)
def test_what_would_be_noise_is_refused(content: bytes) -> None:
    with pytest.raises(Problem, match="乱码") as caught:
        decoded(content)
    assert in_plain_chinese(caught.value)


def test_what_a_text_says_of_itself_comes_first_and_may_be_wrong() -> None:
    assert decoded("姓名,高三(１)班".encode("gb18030"), "gb2312") == "姓名,高三(１)班"
    assert decoded(ROSTER.encode(), "gb2312") == ROSTER
    assert decoded(ROSTER.encode("gb18030"), "utf-8") == ROSTER
    assert decoded(ROSTER.encode(), "x-nonsense") == ROSTER


@pytest.mark.parametrize("content", [b"", b"\0", bytes(100), b"ab", b"a\0b", bytes(range(256)) * 4])
def test_noughts_alone_make_no_text(content: bytes) -> None:
    assert wide_coding(content) == ""
