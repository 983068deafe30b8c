"""Twenty thousand people, as many as are taken: in from a roster, found, counted, out again, and all of it taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmark_modules import benchmark_module

from wuling_desktop.services.people import Who

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk


def records(desk: Desk, path: Path) -> bytes:
    desk.backups.dump(path, records_only=True)
    return path.read_bytes()


def a_life(desk: Desk, folder: Path, count: int) -> None:
    """Take a roster in, twice, find somebody, write all of them out, and take everything back."""
    today = desk.unit.today()
    before = records(desk, folder / "before.json")
    roster = folder / "花名册.xlsx"
    benchmark_module("invented").roster(roster, count)
    preview = desk.importing.preview(roster)
    assert (preview.outcome, preview.count("new")) == ("imported", count)
    desk.importing.commit(preview)
    again = desk.importing.preview(roster)
    assert (again.count("same"), again.changed_cells) == (count, 0)
    people = desk.people.facts(Who("all"), today)
    assert len(people) == count
    last = people[-1]
    hits = desk.finding.find(last["person.id_number"], ())
    assert last["person.name"] in [hit.title for group in hits for hit in group.hits]
    assert desk.exporting.write("roster_general", folder / "出.xlsx", as_of=today) == count
    assert desk.importing.preview(folder / "出.xlsx").count("same") == count
    assert desk.backups.verify().ok
    desk.history.undo()
    assert records(desk, folder / "after.json") == before
    assert desk.backups.verify().ok


def test_two_hundred(desk: Desk, tmp_path: Path) -> None:
    a_life(desk, tmp_path, 200)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_twenty_thousand(desk: Desk, tmp_path: Path) -> None:
    a_life(desk, tmp_path, 20_000)
