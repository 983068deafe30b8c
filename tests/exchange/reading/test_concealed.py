"""Hidden sheets, hidden rows and struck-out rows: asked about once for the file, not taken before the answer."""

from __future__ import annotations

import pytest
from reading_trials import found_in, names, reasons, sheet_of

from wuling_desktop.exchange.reading.questions import LEAVE, TAKE

HEADS = ["姓名", "性别"]


def test_a_hidden_sheet_is_asked_about_and_can_be_left() -> None:
    seen = sheet_of([HEADS, ["韦清和", "女"]], name="今年")
    hidden = sheet_of([HEADS, ["农嘉言", "男"]], name="去年", hidden=True)
    asked = found_in(seen, hidden)
    (question,) = asked.questions
    assert (question.kind, question.choices) == ("hidden_sheet", (TAKE, LEAVE))
    assert "去年" in question.text
    assert names(asked) == ["韦清和"], "nothing concealed is taken before the answer"
    assert names(found_in(seen, hidden, answers={question.id: TAKE})) == ["韦清和", "农嘉言"]
    left = found_in(seen, hidden, answers={question.id: LEAVE})
    assert (names(left), left.questions) == (["韦清和"], ())
    assert [each.reason for each in left.skipped] == ["隐藏的表"]


@pytest.mark.parametrize(("marked", "reason"), [("hidden_rows", "隐藏的行"), ("struck_rows", "划掉的行")])
def test_hidden_and_struck_rows_are_asked_about_and_can_be_left(marked: str, reason: str) -> None:
    sheet = sheet_of([HEADS, ["韦清和", "女"], ["农嘉言", "男"]], **{marked: [3]})
    asked = found_in(sheet)
    (question,) = asked.questions
    assert (question.kind, names(asked)) == (marked, ["韦清和"])
    assert "第 3 行" in question.text
    assert names(found_in(sheet, answers={question.id: TAKE})) == ["韦清和", "农嘉言"]
    left = found_in(sheet, answers={question.id: LEAVE})
    assert (names(left), reasons(left), left.questions) == (["韦清和"], {3: reason}, ())


def test_one_decision_of_each_kind_for_the_file() -> None:
    people = [HEADS, ["韦清和", "女"], ["农嘉言", "男"], ["陆书翰", "男"], ["覃望舒", "女"]]
    one = sheet_of(people, name="一支部", hidden_rows=[3], struck_rows=[4])
    two = sheet_of(people, name="二支部", hidden_rows=[2, 4], struck_rows=[4])
    asked = found_in(one, two)
    hidden, struck = asked.questions
    assert hidden.text == (
        "有 3 行隐藏着，也可能是筛选掉的（“一支部”第 3 行；“二支部”第 2、4 行）。要一起导入吗？"
    )
    assert struck.text == "有 2 行划了删除线（“一支部”第 4 行；“二支部”第 4 行）。要一起导入吗？"
    answered = found_in(one, two, answers={hidden.id: TAKE, struck.id: LEAVE})
    assert names(answered) == ["韦清和", "农嘉言", "覃望舒", "韦清和", "农嘉言", "覃望舒"]
    both = found_in(one, two, answers={hidden.id: LEAVE, struck.id: TAKE})
    assert names(both) == ["韦清和", "陆书翰", "覃望舒", "农嘉言", "覃望舒"], (
        "hidden stays out though struck is in"
    )


def test_what_a_hidden_sheet_conceals_is_asked_about_when_the_sheet_is_wanted() -> None:
    hidden = sheet_of([HEADS, ["农嘉言", "男"], ["韦清和", "女"]], name="去年", hidden=True, hidden_rows=[2])
    (first,) = found_in(hidden).questions
    (then,) = found_in(hidden, answers={first.id: TAKE}).questions
    assert (first.kind, then.kind) == ("hidden_sheet", "hidden_rows")


def test_a_file_of_which_nothing_is_wanted_is_rejected() -> None:
    sheet = sheet_of([HEADS, ["韦清和", "女"]], hidden_rows=[2])
    (question,) = found_in(sheet).questions
    rejected = found_in(sheet, answers={question.id: LEAVE}).rejected
    assert rejected is not None
    assert "没有剩下" in rejected.what, "it is no empty form"


def test_an_answer_that_was_no_choice_asks_again() -> None:
    sheet = sheet_of([HEADS, ["韦清和", "女"]], hidden_rows=[2])
    (question,) = found_in(sheet).questions
    assert found_in(sheet, answers={question.id: "也许"}).questions == (question,)
