"""Many cells at once: one operation, one undo, and whatever cannot be taken is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.services.cell_edits import CellEdit
from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from wuling_desktop.services.desk import Desk


def state(demo: Desk) -> dict[int, dict[str, object]]:
    return {each["person.id"]: each for each in demo.people.facts(Who("all"), demo.unit.today())}


def test_a_block_of_people_is_one_operation_and_one_undo(demo: Desk) -> None:
    before = state(demo)
    ids = [row.id for row in demo.people.rows((), Who(), demo.unit.today())][:12]
    columns = {"person.post": "岗位", "step_fact.assembly_on": "2003.7.1", "branch.name": "第一党支部"}
    edits = [CellEdit(id_, name, text) for id_ in ids for name, text in columns.items()]
    edits[1] = CellEdit(ids[0], "step_fact.assembly_on", "去年")
    edits.append(CellEdit(ids[0], "person.age", "40"))
    looked = demo.people.look_at_many(edits)
    assert [each.edit.typed for each in looked.refused] == ["去年", "40"]
    assert state(demo) == before
    saved = demo.people.change_many(edits, "粘贴")
    assert saved.changes.name == "粘贴 12 人 的岗位、所在党支部、入党日期"
    assert [each.edit.typed for each in saved.refused] == ["去年", "40"]
    after = state(demo)
    assert {after[id_]["person.post"] for id_ in ids} == {"岗位"}
    assert after[ids[0]]["step_fact.assembly_on"] == before[ids[0]]["step_fact.assembly_on"]
    assert {str(after[id_]["step_fact.assembly_on"]) for id_ in ids[1:]} == {"2003-07-01"}
    demo.history.undo()
    assert state(demo) == before


def test_rows_past_the_last_one_are_new_people(demo: Desk) -> None:
    edits = [
        CellEdit(-1, "person.name", "唐新行"),
        CellEdit(-1, "person.phone", "19900001111"),
        CellEdit(-2, "person.phone", "19900001112"),
    ]
    saved = demo.people.change_many(edits, "粘贴")
    assert [each.note for each in saved.refused] == ["新的一行缺姓名"]
    (added,) = demo.people.facts(Who("all", word="唐新行"), demo.unit.today())
    assert added["person.phone"] == "19900001111"
    demo.history.undo()
    assert not demo.people.facts(Who("all", word="唐新行"), demo.unit.today())


def test_nothing_readable_writes_nothing(demo: Desk) -> None:
    latest = demo.history.latest()
    (row, *_) = demo.people.rows((), Who(), demo.unit.today())
    saved = demo.people.change_many([CellEdit(row.id, "person.work_start", "某年")])
    assert saved.changes.operation is None
    assert len(saved.refused) == 1
    assert demo.history.latest() == latest


def test_a_block_of_a_ledger(demo: Desk) -> None:
    before = demo.ledgers.rows("visit")
    edits = [
        CellEdit(before[0].id, "visit.person", "没有这个人"),
        CellEdit(before[0].id, "visit.amount", "88"),
        CellEdit(before[1].id, "visit.person", "韦清和"),
        CellEdit(-1, "visit.day", "2026.11.1"),
        CellEdit(-1, "visit.person", "黄若衡"),
        CellEdit(-1, "visit.occasion", "节日慰问"),
        CellEdit(-2, "visit.day", "2026.11.2"),
    ]
    saved = demo.ledgers.change_many("visit", edits, "粘贴")
    assert [each.note for each in saved.refused] == ["“没有这个人”对不上人", "新的一行缺慰问对象、慰问类别"]
    after = demo.ledgers.rows("visit")
    assert len(after) == len(before) + 1
    assert demo.ledgers.values("visit", before[1].id)["person"].text == "韦清和"
    demo.history.undo()
    assert demo.ledgers.rows("visit") == before
