"""Remarks of rosters: what has happened, to whom, when; plans, denials and relatives tell nothing of the person."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.remarks import Event, read

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "event", "day", "place"),
    [
        ("2024年3月转出", Event.MOVED, "2024-03", ""),
        ("2024.3.5转出", Event.MOVED, "2024-03-05", ""),
        ("已于2024-03-05转至漓江市第一中学党委", Event.MOVED, "2024-03-05", "漓江市第一中学党委"),
        ("组织关系已转出（2024年3月）", Event.MOVED, "2024-03", ""),
        ("已转出", Event.MOVED, None, ""),
        ("2024年3月关系转到青江区教育局", Event.MOVED, "2024-03", "青江区教育局"),
        ("组织关系转往青江区教育局，2023年9月办理", Event.MOVED, None, "青江区教育局"),
        ("2023年8月退休", Event.RETIRED, "2023-08", ""),
        ("退休返聘", Event.RETIRED, None, ""),
        ("离休干部", Event.RETIRED, None, ""),
        ("2025年12月9日病故", Event.DIED, "2025-12-09", ""),
        ("20251209去世", Event.DIED, "2025-12-09", ""),
        ("2019年出国留学", Event.ABROAD, "2019", ""),
        ("2019.09赴德国定居", Event.ABROAD, "2019-09", ""),
        ("2022年5月停止党籍", Event.STOPPED, "2022-05", ""),
        ("2021年6月开除党籍", Event.ENDED, "2021-06", ""),
    ],
)
def test_what_has_happened(text: str, event: Event, day: str | None, place: str) -> None:
    (remark,) = read(text, TODAY)
    assert (remark.event, remark.day, remark.place) == (event, day and PartialDate.parse(day), place)
    assert remark.words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "返聘，每周三天",
        "未转出",
        "拟2026年12月转出",
        "2027年3月退休",
        "将于2027年退休",
        "即将退休",
        "延迟退休",
        "父亲去世",
        "配偶2023年5月病故",
        "申请出国",
        "转出手续未办",
        "转出审批中",
        "2023年转出，2024年转回",
        "不转出",
        "介绍人：韦清和",
        "转正时间待定",
        "2019年转到教研室",
    ],
)
def test_what_tells_nothing_of_the_person(text: str) -> None:
    assert read(text, TODAY) == []


def test_several_events_of_one_remark() -> None:
    found = read("2015年8月退休；2025年12月9日病故。", TODAY)
    assert [(each.event, str(each.day)) for each in found] == [
        (Event.RETIRED, "2015-08"),
        (Event.DIED, "2025-12-09"),
    ]


@given(st.text(max_size=60))
def test_any_text_may_stand_in_a_remark(text: str) -> None:
    assert len(read(text, TODAY)) <= len(Event)
