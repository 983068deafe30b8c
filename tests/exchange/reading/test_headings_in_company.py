"""Column titles that mean one thing or another by their stage, by the other columns, or by the values below."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wuling_desktop.domain import code_kinds, kinds
from wuling_desktop.domain.fields import Field
from wuling_desktop.exchange.reading.columns import columns_of, settled
from wuling_desktop.exchange.reading.headings import Vocabulary
from wuling_desktop.exchange.reading.sheets import SheetRow

IN_ON = Field(record="m", key="in_on", label="转入日期", kind=kinds.DAY)
OUT_ON = Field(record="m", key="out_on", label="转出日期", kind=kinds.DAY)
IN_FROM = Field(
    record="m", key="in_from", label="从何处转入", kind=kinds.TEXT, beside=(("转出单位", "m.in_on"),)
)
OUT_TO = Field(
    record="m", key="out_to", label="转往何处", kind=kinds.TEXT,
    beside=(("转出单位", "m.out_on"), ("转入单位", "m.out_on"), ("转入单位", "!m.in_on")),
)  # fmt: skip
JOINED = Field(
    record="s", key="joined", label="入党日期", kind=kinds.DAY, under=(("大会讨论时间", "^(?!.*转正).*接收"),)
)
APPROVED = Field(record="s", key="approved", label="审批时间", kind=kinds.DAY)
FULL = Field(
    record="s", key="full", label="转正大会日期", kind=kinds.DAY,
    under=(("大会讨论时间", "^(?!.*接收).*转正"), ("审批时间", "转正")),
)  # fmt: skip
POSITION = Field(record="p", key="position", label="行政职务", kind=kinds.TEXT, headings=("职务",))
POST = Field(record="c", key="post", label="党内职务", kind=code_kinds.PARTY_POST, headings=("职务",))
VOCABULARY = Vocabulary((IN_ON, OUT_ON, IN_FROM, OUT_TO, JOINED, APPROVED, FULL, POSITION, POST))


def meant(*paths: tuple[str, ...], rows: tuple[tuple[str | None, ...], ...] = ()) -> list[str | None]:
    """Return the keys of the data that columns under such heads hold."""
    below = [SheetRow(number, cells) for number, cells in enumerate(rows, 2)]
    columns = columns_of(dict(enumerate(paths)), below, VOCABULARY, len(paths))
    return [each.datum.name.partition(".")[2] if each.datum else None for each in columns]


@pytest.mark.parametrize(
    ("group", "heading", "key"),
    [
        ("四、预备党员的接收", "大会讨论时间", "joined"),
        ("五、预备党员的教育考察和转正", "大会讨论时间", "full"),
        ("接收和转正", "大会讨论时间", None),
        ("五、预备党员的教育考察和转正", "审批时间", "full"),
        ("四、预备党员的接收", "审批时间", "approved"),
        ("会议", "大会讨论时间", None),
    ],
)
def test_a_title_of_several_stages_means_that_of_its_own(group: str, heading: str, key: str | None) -> None:
    assert meant((group, heading)) == [key]


def test_a_shared_title_without_a_stage_means_nothing() -> None:
    assert meant(("大会讨论时间",)) == [None]


@pytest.mark.parametrize(
    ("headings", "keys"),
    [
        ("转入日期 转出单位", ["in_on", "in_from"]),
        ("转出日期 转出单位", ["out_on", "out_to"]),
        ("转出单位", [None]),
        ("转入单位 转出单位", ["out_to", None]),  # of those who left: the second is our own
        ("转入日期 转入单位", ["in_on", None]),  # of those who came: the second is our own
        ("转入日期 转出日期 转入单位 转往何处 转出单位", ["in_on", "out_on", None, "out_to", "in_from"]),
    ],
)
def test_a_title_is_read_by_the_other_columns(headings: str, keys: list[str | None]) -> None:
    assert meant(*((heading,) for heading in headings.split())) == keys


def test_what_cannot_be_told_says_so() -> None:
    (column,) = columns_of({0: ("转出单位",)}, [], VOCABULARY, 1)
    assert "说不清" in column.note


@pytest.mark.parametrize(
    ("values", "key"),
    [
        (("书记", "组织委员", None), "post"),
        (("书记", "副主任", "教研员"), "position"),
        ((), "position"),
    ],
)
def test_two_data_of_one_title_are_told_apart_by_most_values(
    values: tuple[str | None, ...], key: str
) -> None:
    assert meant(("职务",), rows=tuple((value,) for value in values)) == [key]


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        (("2003-12-08", None), ("2003年12月8日", None), 0),  # the same, written twice
        (("2003-12-08", None), ("2003-12-08", "2004-06-01"), None),  # one knows more
        (("2003-12-08", "1980.1"), ("2003-12-08", "1980.10"), None),
        ((None, None), ("2003-12-08", None), 1),
    ],
)
def test_one_datum_in_two_columns(
    first: tuple[str | None, ...], second: tuple[str | None, ...], taken: int | None
) -> None:
    paths = {0: ("转入日期",), 1: ("转入时间",)}
    vocabulary = Vocabulary((replace(IN_ON, headings=("转入时间",)),))
    rows = [SheetRow(number, cells) for number, cells in enumerate(zip(first, second, strict=True), 2)]
    columns, questions = settled("表", columns_of(paths, rows, vocabulary, 2), paths, rows, {})
    assert [each.index for each in columns if each.datum] == ([] if taken is None else [taken])
    assert bool(questions) == (taken is None)


def test_of_two_columns_the_one_that_holds_the_codes() -> None:
    paths = {0: ("人员分类",), 1: ("编制类别",)}
    kind = Field(record="p", key="k", label="编制类别", kind=code_kinds.STAFF_KIND, headings=("人员分类",))
    rows = [SheetRow(2, ("专任教师", "在编")), SheetRow(3, ("教辅", "聘用"))]
    columns, questions = settled("表", columns_of(paths, rows, Vocabulary((kind,)), 2), paths, rows, {})
    assert ([each.datum for each in columns], questions) == ([None, kind], [])
