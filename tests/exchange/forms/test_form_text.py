"""Words with tokens: alone a token gives the bare value, inside a sentence a text without gaps."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.exchange.forms.form_text import Token, Value, filled, filled_runs, form_text

DATA: dict[str, Value] = {
    "person.name": "韦清和",
    "person.birth_date": PartialDate(1979, 3),
    "person.age": 47,
    "visit.amount": Decimal("600.00"),
    "as_of": PartialDate(2026, 11, 24),
    "count": 42,
    "demo": "",
}


def said(*runs: tuple[str, str]) -> Value:
    return filled(form_text(list(runs)), DATA.get)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{person.name}", "韦清和"),
        ("{person.age}", 47),
        ("{visit.amount}", Decimal("600.00")),
        ("{person.birth_date|yyyy.MM}", "1979.03"),
        ("{person.birth_date}", "1979-03"),
        ("{as_of|yyyy年M月d日}", "2026年11月24日"),
        ("{person.birth_date|yyyy.MM.dd}", "1979.03"),
        ("{person.email}", None),
        ("共 {count} 人", "共 42 人"),
        ("截止日期：{as_of|yyyy年M月d日}", "截止日期：2026年11月24日"),
        ("{person.birth_date|yyyy.MM}\n（{person.age}岁）", "1979.03\n（47岁）"),
        ("填报单位：　{demo}", "填报单位：　"),
        ("{person.email||____}", "____"),
        ("电话：{person.phone||____}；{demo||____}", "电话：____；____"),
        ("{person.name||____}同志", "韦清和同志"),
        ("{person.work_start|yyyy年M月|____年__月}", "____年__月"),
        ("{as_of|yyyy年M月|____年__月}", "2026年11月"),
        ("（{person.sex?男/女}）", "（男/女）"),
        ("没有记号 {} { a } {A} {1}", "没有记号 {} { a } {A} {1}"),
    ],
)
def test_a_text_filled(text: str, value: Value) -> None:
    found = said(("", text))
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{person.birth_date|yyyy.MM}\n（{person.email}岁）", "1979.03"),
        ("{person.name}（{person.email}）", "韦清和"),
        ("{person.email}\n{person.phone}", None),
        ("姓名：{person.email}，{person.name}", "姓名：，韦清和"),
    ],
)
def test_what_is_not_known_leaves_no_gap(text: str, value: Value) -> None:
    assert said(("", text)) == value


def test_looks_are_kept_run_by_run() -> None:
    text = form_text([("<b/>", "姓名："), ("", "{person.name}（{person.email}）")])
    assert filled_runs(text, DATA.get) == [("<b/>", "姓名：", False), ("", "韦清和", False)]
    assert text.varied
    assert text.plain() == "姓名：（）"
    assert [token.name for token in text.tokens] == ["person.name", "person.email"]


@pytest.mark.parametrize(
    ("sex", "runs"),
    [
        ("女", [("", "（", False), ("", "男", True), ("", "/女）", False)]),
        ("男", [("", "（男/", False), ("", "女", True), ("", "）", False)]),
        ("", [("", "（男/女）", False)]),
        (None, [("", "（男/女）", False)]),
        ("未说明", [("", "（男/女）", False)]),
    ],
)
def test_of_alternatives_what_does_not_hold_is_struck_out(
    sex: str | None, runs: list[tuple[str, str, bool]]
) -> None:
    text = form_text([("", "（{person.sex?男/女}）")])
    assert text.varied
    assert filled_runs(text, {"person.sex": sex}.get) == runs


def test_an_alternative_holds_where_the_datum_begins_with_it() -> None:
    (text, whole) = form_text([("", "中共{person.standing?预备/正式}党员")]), {"person.standing": "正式党员"}
    assert [run.text for run in filled_runs(text, whole.get) if run.struck] == ["预备"]


def test_a_token_broken_over_looks_is_mended() -> None:
    text = form_text([("<b/>", "{person"), ("<i/>", ".name}")])
    assert text.tokens == (Token("person.name"),)
    assert filled(text, DATA.get) == "韦清和"


@given(st.text(alphabet=st.characters(exclude_characters="{}\0", exclude_categories=["Cs"]), min_size=1))
def test_words_without_tokens_stay_as_they_are(text: str) -> None:
    assert said(("", text)) == text


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_value_is_never_read_for_tokens(value: str) -> None:
    assert filled(form_text([("", "{person.name}")]), {"person.name": value}.get) == value
