"""Which datum a heading means: sure by its words, likely by a harmless difference, none where it only contains them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_trials import DATA

from wuling_desktop.domain.fields import Field
from wuling_desktop.domain.kinds import TEXT
from wuling_desktop.domain.readings import State
from wuling_desktop.exchange.reading.headings import LONGEST, Vocabulary, bare_key, heading_key

WORDS = Vocabulary(DATA)
EXACT = [writing for datum in DATA for writing in (datum.label, *datum.headings)]


def meant(heading: str, *groups: str) -> tuple[str | None, State]:
    match = WORDS.match(heading, groups)
    return (match.data[0].name if match.data else None), match.state


@given(
    word=st.sampled_from([datum.label for datum in DATA]),
    blank=st.sampled_from(["", " ", "\u3000", "\n", "\r\n", "\u00a0", "\u200b"]),
    mark=st.sampled_from(["", "*", "＊", "（必填）", "(选填)", "[必填项]", ":", "：", "★"]),
)
def test_a_label_is_known_whatever_blanks_and_marks_are_put_in(word: str, blank: str, mark: str) -> None:
    for written in (blank.join(word) + mark, mark + blank + word + blank):
        assert word in {datum.label for datum in WORDS.match(written).data}
        assert WORDS.match(written).state is State.SURE
        assert WORDS.knows(written)


@pytest.mark.parametrize("heading", EXACT)
def test_every_writing_that_is_described_is_sure(heading: str) -> None:
    match = WORDS.match(heading)
    assert match.state is State.SURE
    assert any(heading in (datum.label, *datum.headings) for datum in match.data)


@pytest.mark.parametrize(
    ("heading", "name", "state"),
    [
        ("出生年月（如1980.01）", "person.birth_date", State.SURE),
        ("出生年月\n（岁）", "person.birth_date", State.SURE),
        ("入党时间(yyyy-MM-dd)", "step_fact.assembly_on", State.SURE),
        ("ＥＭＡＩＬ", None, State.REFUSED),
        ("党员性别", "person.sex", State.LIKELY),
        ("姓名（曾用名）", "person.name", State.LIKELY),
        ("现居主地址", None, State.REFUSED),
        ("姓名拼音", None, State.REFUSED),
        ("配偶姓名", None, State.REFUSED),
        ("父亲姓名", None, State.REFUSED),
        ("是否退休", None, State.REFUSED),
        ("序号", None, State.REFUSED),
        ("", None, State.REFUSED),
        ("  ", None, State.REFUSED),
        ("（）", None, State.REFUSED),
        ("姓" * (LONGEST + 1), None, State.REFUSED),
    ],
)
def test_what_a_heading_means_and_how_surely(heading: str, name: str | None, state: State) -> None:
    assert meant(heading) == (name, state)


@pytest.mark.parametrize("group", ["全日制教育", "全日制", " 全日制\n教育 ", "全日制教育情况"])
def test_a_group_head_makes_a_heading_its_own(group: str) -> None:
    assert meant("学历", group) == ("person.ft_education", State.SURE)


def test_a_plain_group_head_changes_nothing() -> None:
    assert meant("姓名", "基本信息") == ("person.name", State.SURE)


@pytest.mark.parametrize("group", ["培养联系人", "家庭主要成员", "配偶情况", "入党介绍人", "紧急联系人"])
@pytest.mark.parametrize("heading", ["姓名", "电话", "出生年月", "工作单位", "政治面貌"])
def test_under_somebody_else_nothing_is_the_persons_own(heading: str, group: str) -> None:
    assert meant(heading, group) == (None, State.REFUSED)


def test_one_wrong_character_is_likely_but_never_the_opposite() -> None:
    words = Vocabulary(
        [
            Field(record="a", key="b", label="组织关系转入日期", kind=TEXT),
            Field(record="a", key="c", label="参加工作时间", kind=TEXT),
            Field(record="a", key="d", label="编入党支部", kind=TEXT),
        ]
    )
    assert words.match("转入党支部").data == (), "into which branch is not when into one"
    assert words.match("组织关系转出日期").data == ()
    assert words.match("参加工做时间").state is State.LIKELY


def test_data_that_share_their_words_are_all_told() -> None:
    one = Field(record="a", key="b", label="类别", kind=TEXT)
    two = Field(record="a", key="c", label="种类", kind=TEXT, headings=("类别",))
    assert Vocabulary([one, two]).match("类 别").data == (one, two)


@given(st.text(max_size=120), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_may_stand_in_a_head(heading: str, groups: list[str]) -> None:
    match = WORDS.match(heading, groups)
    assert bool(match.data) == (match.state is not State.REFUSED)
    assert heading_key(heading_key(heading)) == heading_key(heading) or not match.data
    bare_key(heading)
