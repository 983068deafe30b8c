"""In which encoding a text is written: tried strictly, and believed only where it then reads like Chinese.

GB18030 takes nearly every sequence of bytes for characters. What it makes of another encoding are rare ones: they tell.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from wuling_desktop.domain.problems import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_USUAL = ("utf-8", "gb18030")
_NAMES = {
    "utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030",
    "x-gbk": "gb18030", "gb_2312-80": "gb18030", "hz-gb-2312": "hz",
}  # fmt: skip
_CHINESE = re.compile(r"[^\x00-\x7f]")
# Of what is not ASCII the smallest share that must be common in Chinese: rosters have 0.9 and more, names of nothing but
# rare characters 0.38; other encodings taken for GB 18030 come to 0.25 at most, UTF-8 to 0.13.
_ENOUGH = 0.3
_OF_A_LINE = 0.2  # and of every line, so that a foreign one among many is seen
_FEW = 6  # characters that tell nothing yet
_LOOKED_AT = 200_000
_WIDE_LETTERS, _FIRST_LEVEL = 0xA3, (0xB0, 0xD7)  # rows of GB 2312
_WRITTEN_MARKS = frozenset("、。·•・—…“”‘’《》〈〉【】〔〕「」※○〇●★☆√×￥\u3000\xa0\u200b\ufeff")


def decoded(content: bytes, said: str = "") -> str:
    """Return the text; `said` is the encoding that it names itself. Problem where none reads like Chinese."""
    for coding in _tried(content, said):
        try:
            text = content.decode(coding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text and reads_well(text):
            return text
        if coding == "utf-8":  # no other text is UTF-8 by chance: it was spoilt before it was saved
            break
    raise Problem(
        "这个文件里的文字读不出来。",
        "它既不是 UTF-8 编码，也不是国标编码，或者中间有坏字，照读会成乱码；程序里的数据没有动。",
        "请在 WPS 里打开它，看清文字不是乱码，另存为 xlsx 再导入。",
    )


def _tried(content: bytes, said: str) -> tuple[str, ...]:
    for mark, coding in _MARKS:
        if content.startswith(mark):
            return (coding,)
    if wide := wide_coding(content):
        return (wide,)
    named = _NAMES.get(said.strip().casefold())
    return (named, *_USUAL) if named else _USUAL


def wide_coding(content: bytes) -> str:
    """Return the kind of UTF-16 that a text without its mark is written in, empty where it is none."""
    sample = content[:_LOOKED_AT]
    if len(sample) % 2 or 0 not in sample:
        return ""
    for coding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(coding, "ignore")  # the last character may be cut in two
        if "\0" not in text and len(text) * 2 >= len(sample) - 2 and reads_well(text):
            return coding
    return ""


def reads_well(text: str) -> bool:
    """Whether what is not ASCII in a text is mostly common in Chinese, as a whole and in every line."""
    sample = text[:_LOOKED_AT]
    whole = "".join(_CHINESE.findall(sample))
    if len(whole) >= _FEW and _share(whole) < _ENOUGH:
        return False
    return all(
        _share(found) >= _OF_A_LINE
        for line in sample.splitlines()
        if len(found := "".join(_CHINESE.findall(line))) >= _FEW
    )


def _share(characters: str) -> float:
    return sum(map(_common, characters)) / len(characters)


@cache
def _common(character: str) -> bool:
    """Whether a character is of the first level of GB 2312, a wide digit or letter, or a mark used in Chinese."""
    if character in _WRITTEN_MARKS:
        return True
    try:
        coded = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return coded[0] == _WIDE_LETTERS or _FIRST_LEVEL[0] <= coded[0] <= _FIRST_LEVEL[1]
