"""What every plain ledger can do from its fields alone; a new ledger is tested here without a new test file."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from wuling_desktop import paths, records
from wuling_desktop.domain.kinds import CodeKind, Link, LinkKind
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.domain.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.domain.fields import Field
    from wuling_desktop.services.desk import Desk

PLAIN = [record.__tablename__ for record in records.LEDGERS if record.plain]


def example(field: Field, desk: Desk, nth: int) -> Any:
    """Return a typed value that the field takes, another for each nth."""
    if isinstance(field.kind, LinkKind):
        return desk.ledgers.choices(field)[nth]
    if isinstance(field.kind, CodeKind):
        return field.kind.table.codes[nth % len(field.kind.table.codes)].text
    texts = {
        "text": f"某事项{nth}",
        "paragraph": f"第一行{nth}\n第二行",
        "name": f"某某{'甲乙丙'[nth]}",
        "whole": str(10 + nth),
        "money": f"{100 + nth}.50",
        "flag": "是",
        "day": f"2026-0{nth + 1}-05",
        "identity": "450102198002290012",
        "phone": f"1990000000{nth}",
    }
    return texts[field.kind.name]


def typed(desk: Desk, name: str, nth: int) -> dict[str, Any]:
    ledger = next(each for each in desk.ledgers.ledgers() if each.name == name)
    return {each.key: example(each, desk, nth) for each in ledger.fields}


@pytest.fixture
def people(desk: Desk) -> Desk:
    for name in ("韦清和", "陆书翰", "覃乐川"):
        desk.people.add({"person.name": name})
    return desk


@pytest.mark.parametrize("name", PLAIN)
def test_added_shown_searched_changed_removed_and_undone(people: Desk, name: str) -> None:
    ledger = next(each for each in people.ledgers.ledgers() if each.name == name)
    saved = [people.ledgers.add(name, typed(people, name, nth)) for nth in range(3)]
    assert [each.changes.records for each in saved] == [frozenset({name})] * 3
    rows = people.ledgers.rows(name)
    assert len(rows) == 3
    shown = [each.show(value) for each, value in zip(ledger.fields, rows[1].values, strict=True)]
    assert all(shown)

    for each, value in zip(ledger.fields, rows[1].values, strict=True):
        if each.searched:
            word = each.show(value).splitlines()[0]
            assert saved[1].id in {row.id for row in people.ledgers.rows(name, word)}
    assert people.ledgers.rows(name, "没有这个词") == []

    other = typed(people, name, 2)
    people.ledgers.change(name, saved[0].id, other)
    assert comparable(people.ledgers.values(name, saved[0].id)) == comparable(
        people.ledgers.values(name, saved[2].id)
    )
    people.history.undo()
    assert people.ledgers.rows(name) == rows
    people.history.redo()
    assert people.ledgers.rows(name) != rows
    people.history.undo()

    people.ledgers.remove(name, [saved[1].id])
    assert len(people.ledgers.rows(name)) == 2
    people.history.undo()
    assert people.ledgers.rows(name) == rows


@pytest.mark.parametrize("name", PLAIN)
def test_exported_and_imported_again(people: Desk, tmp_path: Path, name: str) -> None:
    for nth in range(3):
        people.ledgers.add(name, typed(people, name, nth))
    rows = people.ledgers.rows(name)
    workbook = tmp_path / "台账.xlsx"
    assert people.exporting.write_ledger(workbook, name) == 3
    noun = records.BY_NAME[name].noun

    again = people.importing.preview(workbook, noun)
    assert (again.outcome, again.count("same"), again.problems) == ("imported", 3, [])

    people.ledgers.remove(name, [row.id for row in rows])
    preview = people.importing.preview(workbook, noun)
    assert (preview.outcome, preview.count("new")) == ("imported", 3), preview.problems
    people.importing.commit(preview)
    assert [row.values for row in people.ledgers.rows(name)] == [row.values for row in rows]
    people.history.undo()
    assert people.ledgers.rows(name) == []


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_required_is_asked_for(people: Desk, name: str) -> None:
    ledger = next(each for each in people.ledgers.ledgers() if each.name == name)
    for each in ledger.fields:
        if each.required:
            with pytest.raises(Problem, match=each.label.replace("(", r"\(").replace(")", r"\)")):
                people.ledgers.add(name, typed(people, name, 0) | {each.key: ""})
    assert people.ledgers.rows(name) == []


@pytest.mark.parametrize("name", PLAIN)
def test_formula_text_stays_text(people: Desk, tmp_path: Path, name: str) -> None:
    ledger = next(each for each in people.ledgers.ledgers() if each.name == name)
    key = next(each.key for each in ledger.fields if each.kind.name in ("text", "paragraph"))
    people.ledgers.add(name, typed(people, name, 0) | {key: "=1+1"})
    workbook = tmp_path / "台账.xlsx"
    people.exporting.write_ledger(workbook, name)
    cells = [
        cell for row in load_workbook(workbook).active.iter_rows() for cell in row if cell.value == "=1+1"
    ]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize("name", PLAIN)
def test_dumped_and_loaded(people: Desk, tmp_path: Path, name: str) -> None:
    people.ledgers.add(name, typed(people, name, 0))
    people.backups.dump(tmp_path / "全部.json")
    content = json.loads((tmp_path / "全部.json").read_text("utf-8"))
    (row,) = content["records"][name].values()
    assert set(row) == {
        each.key for each in next(x for x in people.ledgers.ledgers() if x.name == name).fields
    }


def comparable(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: str(value) if isinstance(value, (PartialDate, Decimal, Link)) else value
        for key, value in values.items()
    }


def test_every_ledger_is_told_from_the_others_by_its_icon(desk: Desk) -> None:
    icons = [ledger.icon for ledger in desk.ledgers.ledgers()]
    assert len(set(icons)) == len(icons)
    assert all((paths.resources() / "icons" / f"{icon}.svg").is_file() for icon in icons)
