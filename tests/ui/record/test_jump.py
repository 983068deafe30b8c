"""Letters typed into a list lead to a name and write nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from wuling_desktop.domain import name_keys
from wuling_desktop.ui.record.table import Table

if TYPE_CHECKING:
    from person_at_the_desk import Person


def at(table: Table) -> str:
    shown = table.rows.rows
    return " ".join(shown.texts[shown.ids[table.currentIndex().row()]][:2])


def rest_of_a_word(table: Table) -> None:
    """As if a second had passed."""
    table._jump._at -= 2


def test_initials_lead_to_a_name(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    table.setFocus()
    QTest.keyClicks(table, "wqh")
    assert "韦清和" in at(table)
    assert len(table.chosen_ids()) == 1
    rest_of_a_word(table)
    QTest.keyClicks(table, "huangr")
    assert "黄若衡" in at(table)
    rest_of_a_word(table)
    QTest.keyClicks(table, "vvq")
    assert "黄若衡" in at(table)
    assert not table.editing


def test_the_same_letter_goes_from_one_to_the_next_and_round(demo_desk: Person) -> None:
    table = demo_desk.one(Table, "人员名单")
    table.setFocus()
    seen = []
    for _ in range(30):
        QTest.keyClick(table, Qt.Key.Key_L)
        rest_of_a_word(table)
        seen.append(at(table))
    kinds = set(seen)
    assert 2 <= len(kinds) < 30
    assert seen[: len(kinds)] == seen[len(kinds) : 2 * len(kinds)]
    before = at(table)
    QTest.keyClicks(table, "ll")  # without a pause: there is no such name, so it goes on
    assert at(table) != before


def test_a_ledger_jumps_by_its_first_words_and_never_overwrites(demo_desk: Person) -> None:
    demo_desk.go("走访慰问")
    (table,) = demo_desk.seen(Table)
    before = dict(table.rows.rows.texts)
    shown = table.rows.rows
    name = shown.texts[shown.ids[-1]][1]
    table.setFocus()
    QTest.keyClicks(table, name_keys.readings(name)[0][0][0])
    assert table.currentIndex().isValid()
    assert not table.editing
    assert table.rows.rows.texts == before
