"""Kinds: what a cell means, and that a value shown is read back as the same value."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain import code_kinds, kinds
from wuling_desktop.domain.development import STEP_FACT
from wuling_desktop.domain.doubts import is_doubt, reason
from wuling_desktop.domain.kinds import CodeKind, Kind, Link, LinkKind, Mention
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.readings import State

TODAY = dt.date(2026, 11, 23)
# What people and input methods type: Han, Latin and full-width marks, blanks, unseen marks.
TYPED = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
    | st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    | st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E)
    | st.sampled_from("\u3000\u00a0\u200b\ufeff·•\r\n\t"),
    max_size=45,
)
CODE_KINDS = [each for each in vars(code_kinds).values() if isinstance(each, CodeKind)] + [
    CodeKind(STEP_FACT)
]


def days() -> st.SearchStrategy[PartialDate]:
    exact = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)).map(PartialDate.of)
    months = st.builds(PartialDate, st.integers(1900, 2099), st.integers(1, 12))
    return exact | months | st.builds(PartialDate, st.integers(1900, 2099))


VALUES: list[tuple[Kind, st.SearchStrategy[Any]]] = [
    (kinds.WHOLE, st.integers(-(10**15) + 1, 10**15 - 1)),
    (kinds.MONEY, st.decimals(Decimal(-(10**11)), Decimal(10**11), places=2)),
    (kinds.FLAG, st.booleans()),
    (kinds.DAY, days()),
]


@pytest.mark.parametrize(("kind", "values"), VALUES, ids=lambda each: getattr(each, "name", ""))
@given(data=st.data())
def test_what_is_shown_is_read_back(kind: Kind, values: st.SearchStrategy[Any], data: st.DataObject) -> None:
    value = data.draw(values)
    assert kind.read(kind.show(value), TODAY).value == value
    assert kind.load(kind.dump(value)) == value


@pytest.mark.parametrize(
    "kind",
    [kinds.TEXT, kinds.PARAGRAPH, kinds.NAME, kinds.PHONE, kinds.IDENTITY, code_kinds.ETHNIC_GROUP],
    ids=lambda kind: kind.name,
)
@given(text=TYPED)
def test_a_text_taken_once_is_taken_again_the_same(kind: Kind, text: str) -> None:
    value = kind.read(text, TODAY).value
    if value is not None:
        assert kind.read(kind.show(value), TODAY).value == value
        assert kind.load(kind.dump(value)) == value


@pytest.mark.parametrize("kind", CODE_KINDS, ids=lambda kind: kind.name)
def test_every_code_is_read_back_from_its_text_and_its_other_writings(kind: CodeKind) -> None:
    for code in kind.table.codes:
        for writing in (kind.show(code.code), *code.others):
            reading = kind.read(writing, TODAY)
            assert (reading.value, reading.state) == (code.code, State.SURE), writing


@pytest.mark.parametrize(
    "kind", [each for each in vars(kinds).values() if isinstance(each, Kind)], ids=lambda kind: kind.name
)
@given(raw=st.text(max_size=20) | st.floats() | st.integers() | st.booleans() | st.none())
def test_whatever_stands_in_a_cell_gets_an_answer(kind: Kind, raw: object) -> None:
    reading = kind.read(raw, TODAY)
    assert reading.state in State
    assert reading.value is None or kind.show(reading.value)


@pytest.mark.parametrize(
    ("raw", "number"), [("42人", 42), ("1,024", 1024), (3.0, 3), ("-3", -3), ("１２", 12), ("无", None)]
)
def test_whole_numbers(raw: object, number: int | None) -> None:
    assert kinds.WHOLE.read(raw, TODAY).value == number


@pytest.mark.parametrize(
    ("raw", "yuan"),
    [("500", "500.00"), ("￥1,200.50元", "1200.50"), (0.1, "0.10"), (500, "500.00"), ("131.48", "131.48")],
)
def test_money_is_decimal(raw: object, yuan: str) -> None:
    assert kinds.MONEY.read(raw, TODAY).value == Decimal(yuan)


@pytest.mark.parametrize(
    ("raw", "state"),
    [("五百", State.REFUSED), ("50O", State.REFUSED), ("131.484", State.ASK), ("1e20", State.REFUSED)],
)
def test_money_is_never_guessed(raw: str, state: State) -> None:
    reading = kinds.MONEY.read(raw, TODAY)
    assert (reading.value, reading.state) == (None, state)


@pytest.mark.parametrize(
    ("raw", "yes"),
    [("√", True), ("是", True), ("完成", True), ("否", False), ("未完成", False), (1, True), (False, False)],
)
def test_yes_and_no(raw: object, yes: bool) -> None:  # noqa: FBT001 - the expected answer
    assert kinds.FLAG.read(raw, TODAY).value is yes


@pytest.mark.parametrize(
    ("raw", "number", "state"),
    [
        (13800138000.0, "13800138000", State.SURE),
        ("138 0013 8000", "13800138000", State.SURE),
        ("+86 138-0013-8000", "13800138000", State.SURE),
        ("'13800138000", "13800138000", State.SURE),
        ("0771-5550000", "0771-5550000", State.SURE),
        ("1380013800", "1380013800", State.LIKELY),
        ("见通讯录", None, State.REFUSED),
        ("无", None, State.SURE),
    ],
)
def test_phones(raw: object, number: str | None, state: State) -> None:
    reading = kinds.PHONE.read(raw, TODAY)
    assert (reading.value, reading.state) == (number, state)


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        ("韦清和（组长）", "韦清和", "(组长)"),
        ("韦清和*", "韦清和", "*"),
        ("1. 韦清和", "韦清和", "1·"),
        ("阿布都·赛麦提(女)", "阿布都·赛麦提", "(女)"),
    ],
)
def test_what_stands_beside_a_name_is_left_out_and_told(raw: str, name: str, said: str) -> None:
    reading = kinds.NAME.read(raw, TODAY)
    assert (reading.value, reading.state, said in reading.note) == (name, State.LIKELY, True)


def test_a_name_with_figures_in_it_is_none() -> None:
    assert kinds.NAME.read("张三1", TODAY).state is State.REFUSED


@pytest.mark.parametrize(
    "said", [True, "农" * 61, "农" * 61 + "(女)"], ids=["yes", "61 characters", "and a remark"]
)
def test_what_nobody_is_called_is_no_name(said: object) -> None:
    assert kinds.NAME.read(said, TODAY).state is State.REFUSED
    assert kinds.NAME.read("农" * 60, TODAY).state is State.SURE


@pytest.mark.parametrize("said", ["农嘉言;男", "韦清和、农嘉言", "=CMD()", "农?言", "<b>农</b>"])
def test_a_sign_that_is_in_no_name_is_kept_and_marked(said: str) -> None:
    reading = kinds.NAME.read(said, TODAY)
    assert (reading.state, is_doubt(reading.note)) == (State.LIKELY, True)
    assert kinds.NAME.doubt(reading.value, TODAY) == reason(reading.note)
    for sound in ("韦清和", "欧阳 清", "阿里·买买提", "O'Brien-Li", "农𰻝"):
        assert kinds.NAME.read(sound, TODAY).state is State.SURE


def test_lines_are_kept_in_a_paragraph_only() -> None:
    assert kinds.PARAGRAPH.read("一\r\n二", TODAY).value == "一\n二"
    assert kinds.TEXT.read("一\r\n二", TODAY).value == "一 二"


def test_a_link_is_read_as_a_mention_and_shown_as_its_text() -> None:
    kind = LinkKind("person")
    assert kind.read("韦 清和", TODAY).value == Mention("韦清和")
    assert kind.show(Link(7, "韦清和")) == "韦清和"
    assert kind.dump(Link(7, "韦清和")) == 7
