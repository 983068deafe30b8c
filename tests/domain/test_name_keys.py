"""By what a name is found: surnames read rightly, every way to type a name, digits, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain.name_keys import begins, fits, key_of, readings, terms

HAN = "韦清和陆书翰覃乐川莫知远农嘉言甘怀瑾梁时雨苏见微吴承泽单仇曾解区查盖朴任华召缪宓折种秘冼逄员黑尉迟长孙万俟行重"
names = st.text(alphabet=HAN, min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("单知远", "shan zhi yuan"),
        ("仇嘉言", "qiu jia yan"),
        ("曾时雨", "zeng shi yu"),
        ("解见微", "xie jian wei"),
        ("区承泽", "ou cheng ze"),
        ("查怀瑾", "zha huai jin"),
        ("盖书翰", "ge shu han"),
        ("尉迟川", "yu chi chuan"),
        ("长孙远", "zhang sun yuan"),
        ("万俟言", "mo qi yan"),
        ("覃川", "qin chuan"),
        ("覃川", "tan chuan"),
        ("韦清和", "wei qing he"),
        ("朴见微", "piao jian wei"),
        ("乐书翰", "yue shu han"),
        ("乐书翰", "le shu han"),
        ("任怀瑾", "ren huai jin"),
        ("华时雨", "hua shi yu"),
        ("召知远", "shao zhi yuan"),
        ("缪嘉言", "miao jia yan"),
        ("宓承泽", "mi cheng ze"),
        ("折书翰", "she shu han"),
        ("种见微", "chong jian wei"),
        ("秘川", "bi chuan"),
        ("冼言", "xian yan"),
        ("逄远", "pang yuan"),
        ("员时雨", "yun shi yu"),
        ("黑怀瑾", "he huai jin"),
        ("吕清和", "lv qing he"),
    ],
)
def test_surnames_are_found_as_they_are_read(name: str, spelt: str) -> None:
    key = key_of(name)
    syllables = spelt.split()
    assert fits(key, "".join(syllables))
    assert fits(key, "".join(each[0] for each in syllables))
    # It stands before the first mark: among the likely ways to read this name.
    assert f" {''.join(each[0] for each in syllables[:-1])}{syllables[-1]}" in key.partition("|")[0]


def test_a_surname_is_one_only_before_a_name() -> None:
    assert readings("单")[0][0] == "dan"
    assert readings("单川")[0][0] == "shan"
    assert readings("川单")[1][0] == "dan"


def test_every_reading_of_a_given_name_finds_it() -> None:
    key = key_of("莫知行")
    assert all(fits(key, f"mozhi{reading}") for reading in ("xing", "hang", "heng"))


@pytest.mark.parametrize(
    "word", ["huangrh", "hruoh", "hruoheng", "黄rh", "若衡", "衡", "HRH", "ＨＲＨ", "huang ruo", "hr"]
)
def test_what_is_typed_may_be_mixed(word: str) -> None:
    assert fits(key_of("黄若衡"), word)


@pytest.mark.parametrize("word", ["uang", "rhh", "hengr", "hh衡若", "", "  ", "'", "|", "黄若蘅"])
def test_what_spells_nothing_of_it_finds_nothing(word: str) -> None:
    assert not fits(key_of("黄若衡"), word)


def test_digits_find_the_tail_of_a_number_and_a_phone() -> None:
    key = key_of("韦清和", "45019919910801046X", "138-0000 6021")
    assert all(fits(key, word) for word in ("046X", "046x", "6021", "13800006021", "wqh 6021"))
    assert not fits(key, "199108")


def test_names_with_letters_and_points() -> None:
    assert all(fits(key_of("阿布都·赛麦提"), word) for word in ("abdsmt", "abudusaimaiti", "smt", "赛麦提"))
    assert all(fits(key_of("Alim Yusuf"), word) for word in ("alim", "yusuf", "ay", "ALIM Y"))
    assert key_of("") == "||"


@given(names)
def test_each_beginning_of_each_spelling_finds_the_name(name: str) -> None:
    key, syllables = key_of(name, "450199197001010046"), readings(name)
    full = "".join(each[0] for each in syllables)
    initials = "".join(each[0][0] for each in syllables)
    for spelling in (full, full.upper(), initials, initials[:-1] + syllables[-1][0], name, "0046"):
        for length in range(1, len(spelling) + 1):
            assert fits(key, spelling[:length])
    for start in range(len(name)):
        assert fits(key, "".join(each[0] for each in syllables[start:]))
        assert fits(key, name[start:])
    assert begins(name, full)
    assert begins(name, initials)


@given(st.text(max_size=12), st.text(max_size=6))
def test_any_text_can_be_a_name_or_a_word(name: str, word: str) -> None:
    key = key_of(name, word, word)
    assert key.count("|") == 2
    assert fits(key, word) == bool(terms(word) and all(term in key for term in terms(word)))
    assert begins(name, word) in (True, False)


def test_jumping_goes_by_the_beginning() -> None:
    assert begins("黄若衡", "h")
    assert begins("黄若衡", "huangr")
    assert begins("黄若衡", "黄若")
    assert not begins("黄若衡", "rh")
    assert begins("2026-11-24", "2026")
    assert not begins("", "a")


@pytest.mark.parametrize(
    ("before", "loaded"),
    [
        ("import wuling_desktop.storage.search", "pypinyin"),  # nothing before a name is spelt
        (
            "from wuling_desktop.domain.name_keys import readings; assert readings('韦清和')[0] == ('wei',)",
            "pypinyin.phrases_dict",  # and its phrases never
        ),
    ],
)
def test_what_spells_is_loaded_late_and_in_part(before: str, loaded: str) -> None:
    code = f"import sys; {before}; sys.exit({loaded!r} in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_a_text_that_is_no_name_does_not_keep_us_waiting() -> None:
    begun = time.monotonic()
    assert fits(key_of("乐" * 1_000_000), "lele")
    assert time.monotonic() - begun < 2
