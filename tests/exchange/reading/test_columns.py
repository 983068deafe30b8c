"""Which datum each column holds: told apart by values, settled where the sheet itself tells, else asked."""

from __future__ import annotations

from typing import Any

from reading_trials import DATA, found_in, meant, only_table, sheet_of

from wuling_desktop.domain import kinds
from wuling_desktop.domain.code_kinds import EDUCATION, ETHNIC_GROUP
from wuling_desktop.domain.fields import Field, Figure
from wuling_desktop.domain.readings import State
from wuling_desktop.exchange.reading.columns import (
    NONE_OF_THEM,
    columns_of,
    key_question,
    overridden,
    settled,
)
from wuling_desktop.exchange.reading.headings import Vocabulary

BY_NAME = {datum.name: datum for datum in DATA}
WORDS = Vocabulary(DATA)


def columns(heads: list[Any], *rows: list[Any], vocabulary: Vocabulary = WORDS) -> list[Any]:
    paths = {place: (head,) for place, head in enumerate(heads) if head}
    body = sheet_of([heads, *rows]).rows[1:]
    return columns_of(paths, body, vocabulary, max(len(heads), *(len(row) for row in rows), 0))


def test_a_column_that_holds_something_without_a_heading_is_told_and_an_empty_one_is_not() -> None:
    told = columns(["姓名", None, None], ["韦清和", None, "甲"])
    assert [(each.index, each.heading, each.note) for each in told] == [
        (0, "姓名", ""),
        (2, "C 列", "这一列没有列名"),
    ]


def test_two_data_of_the_same_words_are_told_apart_by_the_values_below() -> None:
    nation = Field(record="a", key="nation", label="情况", kind=ETHNIC_GROUP)
    school = Field(record="a", key="school", label="情况", kind=EDUCATION)
    words = Vocabulary([nation, school])
    assert columns(["情况"], ["壮族"], vocabulary=words)[0].datum == nation
    assert columns(["情况"], ["大学本科"], vocabulary=words)[0].datum == school


def test_a_computed_datum_is_not_imported_and_says_so() -> None:
    age = Figure(record="person", key="age", label="年龄", kind=kinds.WHOLE, of=lambda _, __: 1)
    (column,) = columns(["年龄"], [41], vocabulary=Vocabulary([age]))
    assert "推算" in column.note


def test_what_the_user_maps_is_taken_from_the_others() -> None:
    before = columns(["姓名", "电话", "备注"], ["韦清和", "甲", "乙"])
    after = overridden(before, {2: BY_NAME["person.phone"]})
    assert [(each.datum and each.datum.name, each.confidence) for each in after] == [
        ("person.name", State.SURE),
        (None, State.REFUSED),
        ("person.phone", State.SURE),
    ]
    assert after[1].note == "已另选一列"


def test_the_surer_of_two_columns_is_taken_without_asking() -> None:
    both = columns(["性别", "党员性别"], ["女", "男"])
    rows = sheet_of([["性别", "党员性别"], ["女", "男"]]).rows[1:]
    after, questions = settled("名册", both, {0: ("性别",), 1: ("党员性别",)}, rows, {})
    assert questions == []
    assert [each.datum is not None for each in after] == [True, False]
    assert "A 列" in after[1].note


def test_two_columns_that_differ_are_asked_about_and_until_then_neither_is_taken() -> None:
    heads = ["电话", "手机号"]
    rows = sheet_of([heads, ["甲", "乙"]]).rows[1:]
    paths = {0: ("电话",), 1: ("手机号",)}
    after, (question,) = settled("名册", columns(heads, ["甲", "乙"]), paths, rows, {})
    assert [each.datum for each in after] == [None, None]
    assert question.choices == ("A 列“电话”", "B 列“手机号”", NONE_OF_THEM)
    none, again = settled("名册", columns(heads, ["甲", "乙"]), paths, rows, {question.id: NONE_OF_THEM})
    assert (again, [each.datum for each in none]) == ([], [None, None])


def test_twins_of_the_same_heading_are_asked_about_by_their_letters() -> None:
    found = found_in(sheet_of([["姓名", "电话", "电话"], ["韦清和", "19900000001", "19900000002"]]))
    (question,) = found.questions
    assert question.choices[:2] == ("B 列“电话”", "C 列“电话”")
    answered = found_in(
        sheet_of([["姓名", "电话", "电话"], ["韦清和", "19900000001", "19900000002"]]),
        answers={question.id: "C 列“电话”"},
    )
    assert [each.index for each in only_table(answered).columns if each.datum] == [0, 2]
    assert "person.phone" in meant(only_table(answered))


def test_the_question_for_the_key_column_names_the_row_and_every_text_in_it() -> None:
    (row,) = sheet_of([["称\n呼", 7, "性别"]]).rows
    question = key_question("名册", "姓名", row)
    assert question.choices == ("A 列“称 呼”", "C 列“性别”", NONE_OF_THEM)
    assert "第 1 行" in question.text
