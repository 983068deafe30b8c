"""Named sets of columns: kept in the data file, taken back like anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wuling_desktop.services import person_data
from wuling_desktop.services.column_sets import ColumnSet

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk

BUREAU = ColumnSet("局花名册", ("person.name", "person.id_number", "membership.party_age"), 2)


def test_a_set_is_kept_replaced_forgotten_and_taken_back(desk: Desk) -> None:
    sets = desk.column_sets
    assert (sets.listing("person"), sets.opening("person")) == ([], None)
    assert sets.save("person", BUREAU).name == "保存列“局花名册”"
    sets.open_with("person", "局花名册")
    assert (sets.listing("person"), sets.opening("person")) == ([BUREAU], BUREAU)
    assert sets.listing("visit") == []
    shorter = ColumnSet("局花名册", ("person.name",))
    sets.save("person", shorter)
    assert sets.listing("person") == [shorter]
    desk.history.undo()
    assert sets.listing("person") == [BUREAU]
    sets.remove("person", "局花名册")
    assert (sets.listing("person"), sets.opening("person")) == ([], None)
    desk.history.undo()
    assert sets.opening("person") == BUREAU


def test_the_columns_shown_and_those_of_a_file_are_remembered_side_by_side(
    desk: Desk, tmp_path: Path
) -> None:
    desk.column_sets.remember("person", BUREAU)
    file = tmp_path / "名单.csv"
    file.write_text("姓名,性别\n韦清和,女\n", "utf-8")
    preview = desk.importing.preview(file)
    assert preview.outcome == "imported"


def test_what_was_shown_last_opens_the_table_unless_a_set_was_chosen_for_that(desk: Desk) -> None:
    sets = desk.column_sets
    by_hand = ColumnSet("", ("person.name", "person.phone"), 0)
    sets.remember("person", by_hand)
    assert (sets.opening("person"), sets.opening("person2")) == (by_hand, None)
    sets.save("person", BUREAU)
    sets.open_with("person", "局花名册")
    assert sets.opening("person") == BUREAU
    sets.open_with("person", None)
    assert sets.opening("person") == by_hand
    sets.remember("person", None)
    assert sets.opening("person") is None


def test_every_datum_of_a_person_can_be_a_column() -> None:
    offered = [datum for datums in person_data.by_facet().values() for datum in datums]
    shown = {datum.name for datum in person_data.ALL} - person_data.SHOWN_OTHERWISE
    assert {datum.name for datum in offered} == shown
    assert len({datum.label for datum in offered}) == len(offered), "two columns of one label"
    assert len(offered) == len({datum.name for datum in offered})
