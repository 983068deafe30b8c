"""What the screen makes of every plain ledger from its description alone: a new ledger needs no test of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from wuling_desktop import records
from wuling_desktop.domain.kinds import CodeKind, LinkKind
from wuling_desktop.ui.record.table import Table
from wuling_desktop.ui.widgets.basics import Button

if TYPE_CHECKING:
    from person_at_the_desk import Person
    from PySide6.QtWidgets import QWidget

    from wuling_desktop.domain.fields import Field

PLAIN = [record.__tablename__ for record in records.LEDGERS if record.plain]
TYPED = {
    "text": "某事项",
    "paragraph": "第一行",
    "name": "某某甲",
    "whole": "12",
    "money": "300.50",
    "day": "2026.3.5",
    "identity": "450102198002290012",
    "phone": "19900000001",
}


def fill(person: Person, field: Field, editor: QWidget) -> None:
    """Give one field of the form a value as one would."""
    if isinstance(editor, QComboBox):
        texts = [editor.itemText(place) for place in range(editor.count())]
        editor.setCurrentText(next(text for text in texts if text))
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(TYPED["paragraph"])
    else:
        person.write(field.label, TYPED[field.kind.name])


@pytest.mark.parametrize("name", PLAIN)
def test_added_in_its_form_seen_in_its_table_found_and_taken_back(demo_desk: Person, name: str) -> None:
    desk = demo_desk.program._desk
    ledger = next(each for each in desk.ledgers.ledgers() if each.name == name)
    demo_desk.go(ledger.noun)
    demo_desk.press("Ctrl+N")
    demo_desk.rest()
    before = {row.id for row in desk.ledgers.rows(name)}
    for field in ledger.fields:
        editors = demo_desk.page._form._editors
        fill(demo_desk, field, editors[field.name])
    (save,) = [each for each in demo_desk.seen(Button, "新增") if each.text() == "新增"]
    save.click()
    demo_desk.rest()
    (added,) = [row for row in desk.ledgers.rows(name) if row.id not in before]
    assert all(value is not None for value in added.values)

    table = demo_desk.one(Table, ledger.title)
    place = table.rows.place_of(added.id)
    shown = [str(table.model().index(place, column).data()) for column in range(table.model().columnCount())]
    assert all(shown)
    sought = next(
        field
        for field in ledger.fields
        if field.searched and not isinstance(field.kind, (CodeKind, LinkKind))
    )
    demo_desk.write("在本页里找", TYPED[sought.kind.name])
    demo_desk.qtbot.waitUntil(lambda: table.rows.place_of(added.id) >= 0, timeout=5000)
    demo_desk.write("在本页里找", "没有这个词")
    demo_desk.qtbot.waitUntil(lambda: table.model().rowCount() == 0, timeout=5000)
    demo_desk.press("Escape")
    demo_desk.press("Ctrl+Z")
    demo_desk.rest()
    assert {row.id for row in desk.ledgers.rows(name)} == before
