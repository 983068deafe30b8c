"""One word finds places, people, rows of ledgers and files; what was opened last comes first and by ids only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.services.finding import Way
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk
    from wuling_desktop.services.finding import Hits

WAYS = [
    Way("place:members", "党员信息", "Ctrl+1"),
    Way("place:visit", "走访慰问"),
    Way("form:roster", "导出或打印党员花名册"),
]


def titles(groups: list[Hits]) -> dict[str, list[str]]:
    return {group.title: [hit.title for hit in group.hits] for group in groups}


def test_initials_find_a_person_told_apart_by_post_and_branch(demo: Desk) -> None:
    (group,) = demo.finding.find("wqh", WAYS)
    (hit,) = group.hits
    assert (group.title, hit.title, hit.note) == ("人", "韦清和", "正式党员")
    assert hit.detail == "财务干事　第二党支部"
    assert hit.key[0] == "person"


def test_digits_show_the_tail_they_found_and_no_more(demo: Desk) -> None:
    (row,) = [
        each for each in demo.people.facts(Who("all"), demo.unit.today()) if each["person.name"] == "韦清和"
    ]
    hits = demo.finding.find(row["person.id_number"][-4:], ())[0].hits
    assert "韦清和" in [hit.title for hit in hits]
    text = "".join(hit.title + hit.detail for hit in hits)
    assert row["person.id_number"][-4:] in text
    assert row["person.id_number"] not in text
    assert row["person.phone"] not in text
    covered = demo.finding.find(row["person.id_number"][-4:], (), covered=True)[0].hits
    assert row["person.id_number"][-4:] not in "".join(hit.detail for hit in covered)


def test_places_and_actions_are_found_by_their_letters(demo: Desk) -> None:
    assert titles(demo.finding.find("dyhmc", WAYS)) == {"去哪儿": ["导出或打印党员花名册"]}
    assert titles(demo.finding.find("慰问", WAYS))["去哪儿"] == ["走访慰问"]
    # One letter means the beginning only.
    assert titles(demo.finding.find("h", WAYS)).get("去哪儿") is None
    assert demo.finding.find("d", WAYS, [("way", "form:roster")])[0].hits[0].title == "导出或打印党员花名册"


def test_a_word_of_a_post_finds_people_after_names(demo: Desk) -> None:
    found = titles(demo.finding.find("教研", ()))
    assert len(found["人"]) == 8
    assert titles(demo.finding.find("所长", ()))["人"] == ["黄若衡", "甘怀瑾"]


def test_ledger_rows_come_newest_first_and_show_where_the_word_stands(demo: Desk) -> None:
    group = next(group for group in demo.finding.find("平稳", ()) if group.title == "台账")
    assert all(hit.detail.startswith("情况记录：") and "平稳" in hit.detail for hit in group.hits)
    days = [hit.title[:10] for hit in group.hits]
    assert days == sorted(days, reverse=True)
    assert {hit.key[0] for hit in group.hits} == {"visit"}
    assert {hit.note for hit in group.hits} == {"走访慰问"}


def test_files_are_found_by_name_and_lead_to_their_owner(demo: Desk, tmp_path: Path) -> None:
    assert "文件" not in titles(demo.finding.find("承诺书", WAYS))
    paper = tmp_path / "承诺书 2026.txt"
    paper.write_text("内容", encoding="utf-8")
    demo.attachments.add("person", 2, [paper])
    (group,) = demo.finding.find("承诺书", WAYS)
    (hit,) = group.hits
    assert (group.title, hit.title, hit.key, hit.is_file) == (
        "文件",
        "承诺书 2026.txt",
        ("person", "2"),
        True,
    )


def test_without_a_word_stands_what_was_opened_last(demo: Desk) -> None:
    assert titles(demo.finding.find(" ", WAYS)) == {"去哪儿": [way.text for way in WAYS]}
    visit = demo.ledgers.rows("visit")[0].id
    opened = [
        ("person", "3"),
        ("way", "place:visit"),
        ("visit", str(visit)),
        ("way", "gone"),
        ("person", "2"),
    ]
    (group,) = demo.finding.find("", WAYS, opened)
    assert group.title == "最近打开"
    assert [hit.key for hit in group.hits] == [opened[0], opened[1], opened[2], opened[4]]
    demo.people.withdraw([3])
    demo.ledgers.remove("visit", [visit])
    assert [hit.key for hit in demo.finding.find("", WAYS, opened)[0].hits] == [opened[1], opened[4]]


def test_what_was_opened_before_stands_first(demo: Desk) -> None:
    (group, *_) = demo.finding.find("wei", ())
    last = group.hits[-1]
    assert demo.finding.find("wei", (), [last.key])[0].hits[0] == last


def test_looking_at_one_branch_leaves_the_rows_of_the_others_out(demo: Desk) -> None:
    everywhere = demo.finding.find("平稳", ())[-1].hits
    (hit,) = demo.finding.find("wqh", ())[0].hits
    other = next(each.id for each in demo.unit.organisations() if each.text == "第三党支部")
    demo.unit.looks_at = other
    near = [hit for group in demo.finding.find("平稳", ()) for hit in group.hits]
    assert len(near) < len(everywhere)
    assert demo.finding.find("wqh", ())[0].hits == (hit,)
    assert demo.finding.in_view([int(hit.key[1])]) == set()


def test_nothing_found_is_nothing(demo: Desk) -> None:
    assert demo.finding.find("zzzz", WAYS) == []
    assert demo.finding.find("'", WAYS)[0].title == "去哪儿"


def test_an_old_name_and_an_old_number_still_find_a_person(desk: Desk) -> None:
    old, new = "450199198002290011", "450199199108050248"
    id_ = desk.people.add({"person.name": "韦青和", "person.id_number": old}).id
    for values in ({"person.name": "覃乐川"}, {"person.id_number": new}):
        desk.people.change(id_, values)
    for word in ("韦青和", "weiqh", "wqh", "青和"):
        (hit,) = desk.finding.find(word, ())[0].hits
        assert (hit.title, hit.key, hit.detail) == ("覃乐川", ("person", str(id_)), "曾记作 韦青和")
    for word in (old[-4:], old[:10], old):
        (hit,) = desk.finding.find(word, ())[0].hits
        assert "原身份证号末四位 0011" in hit.detail
        assert old not in hit.detail  # as private as the one of today
        (covered,) = desk.finding.find(word, (), covered=True)[0].hits
        assert "0011" not in covered.detail
    (hit,) = desk.finding.find("qlc", ())[0].hits
    assert "曾记作" not in hit.detail
    desk.history.undo()
    desk.history.undo()
    assert desk.finding.find("qlc", ()) == []  # a name taken back was never his
    assert "曾记作" not in desk.finding.find("wqh", ())[0].hits[0].detail


def test_letters_are_found_in_either_case(desk: Desk) -> None:
    desk.people.add({"person.name": "韦清和", "person.position": "IT 主管"})
    desk.ledgers.add("hardship", {"since": "2026-01-05", "person": "韦清和", "need": "缺 U disk"})
    for word in ("it", "IT", "It 主"):
        assert len(desk.people.rows((), Who("all", word=word), desk.unit.today())) == 1, word
    assert [len(desk.ledgers.rows("hardship", word)) for word in ("u DISK", "usb")] == [1, 0]
