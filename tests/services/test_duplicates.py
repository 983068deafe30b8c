"""可能重复 and 合并为一人: found, compared, made one with all that hangs on both, and taken back byte for byte."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from wuling_desktop import records
from wuling_desktop.domain.codes import MemberState
from wuling_desktop.domain.kinds import CodeKind, LinkKind
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.problems import Problem
from wuling_desktop.records.base import Record, fields_of, table_of
from wuling_desktop.services.people import Who
from wuling_desktop.services.person_links import links

if TYPE_CHECKING:
    from wuling_desktop.services.desk import Desk
    from wuling_desktop.storage.operations import Operation

PLAIN_VALUES: dict[str, Any] = {
    "text": "某事项",
    "paragraph": "经过",
    "name": "某某",
    "whole": 3,
    "flag": True,
    "day": PartialDate(2020, 5, 6),
    "identity": "450199198002290016",
    "phone": "19900000001",
}


def content(desk: Desk) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.json"
        desk.backups.dump(path, records_only=True)
        return path.read_bytes()


def person(desk: Desk, **values: str) -> int:
    return desk.people.add({f"person.{key}": value for key, value in values.items()}).id


def pointing_at(desk: Desk, id_: int) -> dict[str, int]:
    found = {}
    with desk.backups._database.reading() as connection:
        for record, field in links():
            table = table_of(record)
            query = sa.select(sa.func.count()).where(table.c[field.key] == id_, table.c.removed_at.is_(None))
            found[f"{record.__tablename__}.{field.key}"] = connection.execute(query).scalar_one()
    return found


def row_for(operation: Operation, record: type[Record], field: str, id_: int) -> None:
    """Add a row of any ledger whose `field` points at a person; what else it requires is made too."""
    row: dict[str, Any] = {field: id_}
    for each in fields_of(record):
        if each.key in row or not each.required:
            continue
        if isinstance(each.kind, LinkKind):
            target = records.BY_NAME[each.kind.record]
            known = sa.select(table_of(target).c.id).order_by(table_of(target).c.id)
            row[each.key] = operation.connection.execute(known).scalars().first()
        elif isinstance(each.kind, CodeKind):
            row[each.key] = each.kind.table.codes[0].code
        else:
            row[each.key] = PLAIN_VALUES[each.kind.name]
    operation.add(record, [row])


def test_pairs_are_found_with_their_reasons_and_never_merged_by_themselves(desk: Desk) -> None:
    one = person(desk, name="韦清和", birth_date="1991-08-05", post="小学英语教研员")
    other = person(desk, name="韦清和", birth_date="1991-08", post="办公室干事")
    phone = person(desk, name="覃乐川", phone="19900001111")
    again = person(desk, name="覃乐川", phone="19900001111", birth_date="1970")
    person(desk, name="韦清和", birth_date="1975-01")
    person(desk, name="陆书翰", phone="19900001111")
    first, second = desk.duplicates.pairs()
    assert (first.one, first.other, first.reasons) == (one, other, ("同名，出生年月相同",))
    assert first.about == ("小学英语教研员", "办公室干事")
    assert (second.one, second.other, second.reasons) == (phone, again, ("同名，手机相同",))
    assert desk.people.counts(desk.unit.today())["all"] == 6


def test_two_writings_of_one_number_are_the_same_number(desk: Desk) -> None:
    one = person(desk, name="韦清和", id_number="450102850615002")
    with desk.people._operations.begin("旧号码") as (operation, _):
        operation.change(records.Person, one, {"id_number": "450102850615002"})
    other = person(desk, name="韦清何", id_number="450102198506150021")
    (pair,) = desk.duplicates.pairs()
    assert (pair.one, pair.other, pair.reasons) == (one, other, ("身份证号相同",))


def test_who_was_told_apart_is_not_asked_about_again(desk: Desk) -> None:
    one, other = (person(desk, name="张伟", birth_date="1980-02") for _ in range(2))
    changes = desk.duplicates.tell_apart(other, one)
    assert "两个人" in changes.name
    assert desk.duplicates.pairs() == []
    desk.history.undo()
    assert len(desk.duplicates.pairs()) == 1


def test_both_are_shown_value_by_value(demo: Desk) -> None:
    one, other = demo.people.rows((), Who(), demo.unit.today())[:2]
    compared = demo.duplicates.compare(one.id, other.id)
    by_name = {item.datum.name: item for item in compared.items}
    assert not by_name["person.name"].same
    assert by_name["membership.state"].same
    assert "step_fact.assembly_on" in by_name
    assert ("党籍", 1) in compared.coming


def test_merged_with_a_row_in_every_ledger_and_taken_back_byte_for_byte(demo: Desk) -> None:
    first = demo.people.rows((), Who(), demo.unit.today())[0].id
    keep = person(demo, name="韦清和", birth_date="1991-08")
    other = person(demo, name="韦清和", phone="19900001234", id_number="450199199108050249")
    with demo.people._operations.begin("挂上各种记录") as (operation, _):
        for record, field in links():
            row_for(operation, record, field.key, other)
        operation.add(
            records.Attachment,
            [
                {
                    "owner": "person",
                    "owner_id": other,
                    "name": "志愿书.pdf",
                    "media": "application/pdf",
                    "size": 3,
                    "sha256": "0" * 64,
                    "added_on": PartialDate(2026, 1, 1),
                }
            ],
        )
    before = content(demo)
    hanging = pointing_at(demo, other)
    assert all(hanging.values()), "a ledger that links to people has no row here"
    changes = demo.duplicates.merge(keep, other)
    assert changes.name == "合并为一人 韦清和"
    assert not any(pointing_at(demo, other).values())
    assert pointing_at(demo, keep) == hanging
    (facts,) = demo.people.facts(Who("all", ids=(keep, other)), demo.unit.today())
    assert (facts["person.phone"], facts["person.id_number"]) == ("19900001234", "450199199108050249")
    assert str(facts["person.birth_date"]) == "1991-08"
    assert [file.name for file in demo.attachments.of("person", keep)] == ["志愿书.pdf"]
    assert pointing_at(demo, first)
    merged = content(demo)
    assert merged != before
    demo.history.undo()
    assert content(demo) == before
    demo.history.redo()
    assert content(demo) == merged


def test_two_members_become_one_with_the_values_chosen(desk: Desk) -> None:
    keep = person(desk, name="韦清和")
    other = person(desk, name="韦青和")
    desk.people.change(keep, {"person.standing": "正式党员", "step_fact.assembly_on": "2011-06-24"})
    desk.people.change(
        other,
        {
            "person.standing": "正式党员",
            "step_fact.assembly_on": "2011-06",
            "membership.full_from": "2012-06-24",
        },
    )
    before = content(desk)
    desk.duplicates.merge(keep, other, {"membership.full_from"})
    (facts,) = desk.people.facts(Who(), desk.unit.today())
    assert facts["person.name"] == "韦清和"
    assert str(facts["step_fact.assembly_on"]) == "2011-06-24"
    assert str(facts["membership.full_from"]) == "2012-06-24"
    assert not desk.withdrawn.listing(), "a merge is taken back as a whole"
    desk.history.undo()
    assert content(desk) == before


def test_a_row_that_both_have_word_for_word_stands_once(desk: Desk) -> None:
    keep, other = person(desk, name="韦清和"), person(desk, name="韦清和", phone="19900001111")
    for id_ in (keep, other):
        with desk.people._operations.begin("奖励") as (operation, _):
            operation.add(
                records.Award, [{"person": id_, "name": "优秀党员", "given_on": PartialDate(2020, 7)}]
            )
    before = content(desk)
    desk.duplicates.merge(keep, other)
    assert pointing_at(desk, keep)["award.person"] == 1
    desk.history.undo()
    assert content(desk) == before


def test_nobody_is_merged_with_himself_or_with_one_who_is_gone(desk: Desk) -> None:
    keep = person(desk, name="韦清和")
    with pytest.raises(Problem, match="同一个人"):
        desk.duplicates.merge(keep, keep)
    with pytest.raises(Problem, match="找不到"):
        desk.duplicates.merge(keep, keep + 100)


def laden(desk: Desk, phone: str, steps: dict[str, str], *, photo: bool) -> int:
    """A member with something in every place where two records may contradict each other."""
    id_ = person(desk, name="韦清和", birth_date="1991-08", phone=phone)
    desk.people.change(id_, {"person.standing": "正式党员", "committee_member.post": "书记", **steps})
    file = {
        "owner": "person",
        "owner_id": id_,
        "media": "image/png",
        "size": 3,
        "added_on": PartialDate(2026, 1, 1),
    }
    left = {"person": id_, "state": MemberState.NORMAL, "out_to": "某处", "out_on": PartialDate(2001, 2)}
    with desk.people._operations.begin("挂上各种记录") as (operation, _):
        for name, mark in ((f"{phone}.pdf", phone[-1]), ("同一份.pdf", "0")):
            operation.add(records.Attachment, [file | {"name": name, "sha256": mark * 64}])
        if photo:
            operation.add(
                records.Attachment, [file | {"name": "照片.png", "sha256": "f" * 64, "is_photo": True}]
            )
        operation.add(records.Membership, [left | {"branch": 1}])
        for record, field in links():
            if record not in (records.Membership, records.StepFact, records.CommitteeMember):
                row_for(operation, record, field.key, id_)
    return id_


@pytest.mark.parametrize("turned", [False, True])
def test_two_records_that_contradict_each_other_merged_from_either_side(desk: Desk, *, turned: bool) -> None:
    steps = ("step_fact.applied_on", "step_fact.check_on", "step_fact.assembly_on", "step_note.contacts_on")
    one = laden(
        desk,
        "19900001111",
        dict(zip(steps, ("2008-01-05", "2009-01", "2011-06", "甲"), strict=True)),
        photo=True,
    )
    other = laden(
        desk,
        "19900001112",
        dict(zip(steps, ("2008-01", "2009-07", "2012-06", "乙"), strict=True)),
        photo=False,
    )
    keep, leaves = (other, one) if turned else (one, other)
    before = content(desk)
    compared = desk.duplicates.compare(keep, leaves)
    assert "step_fact.check_on" not in {item.datum.name for item in compared.items}  # both checks are kept
    desk.duplicates.merge(keep, leaves, {"step_fact.assembly_on", "person.phone"})
    (facts,) = desk.people.facts(Who("all", ids=(keep, leaves)), desk.unit.today())
    ours, theirs = (
        {item.datum.name: getattr(item, side) for item in compared.items} for side in ("one", "other")
    )
    for name in ("step_fact.assembly_on", "person.phone"):
        assert facts[name] == theirs[name]
    for name in ("step_fact.applied_on", "step_note.contacts_on"):
        assert facts[name] == ours[name]
    with desk.people._operations.database.reading() as connection:
        facts_of = table_of(records.StepFact)
        checks = sa.select(facts_of.c.on).where(
            facts_of.c.person == keep, facts_of.c.code == "check_on", facts_of.c.removed_at.is_(None)
        )
        assert {str(on) for on in connection.execute(checks).scalars()} == {"2009-01", "2009-07"}
        photos = sa.select(table_of(records.Attachment).c.name).where(
            table_of(records.Attachment).c.owner_id == keep, table_of(records.Attachment).c.is_photo
        )
        assert list(connection.execute(photos).scalars()) == ["照片.png"]
    files = [file.name for file in desk.attachments.of("person", keep)]
    assert sorted(files) == ["19900001111.pdf", "19900001112.pdf", "同一份.pdf"]
    # One open membership, and what each had left before; what both have word for word stands once.
    assert pointing_at(desk, keep)["membership.person"] == 2
    assert pointing_at(desk, keep)["committee_member.person"] == 1
    merged = content(desk)
    desk.history.undo()
    assert content(desk) == before
    desk.history.redo()
    assert content(desk) == merged
