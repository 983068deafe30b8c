"""Long work that writes files, told to stop at any point it tells: it stops there and leaves no file and no half of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from invented_pictures import picture

from wuling_desktop.paint import pdf
from wuling_desktop.progress import Progress, Stopped, heard_by
from wuling_desktop.services.ledgers import described
from wuling_desktop.services.shown_table import ShownTable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from wuling_desktop.progress import Told
    from wuling_desktop.services.desk import Desk

    Work = Callable[[Desk, Path, dt.date], object]


class StopsAt(Progress):
    """Counts what it is told and tells the work to stop at one of them; at 0 never."""

    def __init__(self, place: int = 0) -> None:
        super().__init__()
        self.heard: list[str] = []
        self._place = place

    def hear(self, told: Told) -> None:
        super().hear(told)
        self.heard.append(str(told))
        if len(self.heard) == self._place:
            self.stop()


def table(desk: Desk, folder: Path, today: dt.date) -> object:
    visits = described("visit")
    rows = tuple(row.values for row in desk.ledgers.rows("visit"))
    return desk.exporting.write_shown(folder / "表.xlsx", ShownTable(visits.title, visits.fields, rows))


def roster(desk: Desk, folder: Path, today: dt.date) -> object:
    return desk.exporting.write("roster_general", folder / "名册.xlsx", as_of=today)


def member_forms(desk: Desk, folder: Path, today: dt.date) -> object:
    return desk.exporting.write("member_form", folder / "采集表.xlsx", as_of=today)


def paper(desk: Desk, folder: Path, today: dt.date) -> object:
    return pdf.write_pdf(desk.exporting.fill("roster_general", as_of=today), folder / "名册.pdf")


def outside_backup(desk: Desk, folder: Path, today: dt.date) -> object:
    return desk.backups.make_outside(folder)


TRIALS: dict[Work, str] = {
    table: "已写 38 / 38 行",
    roster: "已写 42 / 42 行",
    member_forms: "已写 41 / 42 张表",
    paper: "已画 3 / 3 页",
    outside_backup: "已查附件 2 / 2 份",
}


def left_in(folder: Path) -> list[str]:
    """Return the files there; sealed attachments beside a backup wait for the next one."""
    return [path.name for path in folder.iterdir() if path.is_file()]


@pytest.mark.parametrize(
    ("work", "last"),
    [
        pytest.param(work, last, marks=[pytest.mark.own_to_the_file] * (work is outside_backup))
        for work, last in TRIALS.items()
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_it_counts_and_stops_anywhere(
    demo: Desk, tmp_path: Path, today: dt.date, work: Work, last: str
) -> None:
    people = demo.people.choices("person")
    for number in range(2):
        content = picture(9 + number, 9, "#3366cc", "PNG")
        demo.attachments.add_content("person", people[number].id, f"{number}.png", content)
    counted = StopsAt()
    (tmp_path / "whole").mkdir()
    with heard_by(counted):
        work(demo, tmp_path / "whole", today)
    assert last in counted.heard
    assert left_in(tmp_path / "whole")
    for place in {1, 2, len(counted.heard) // 2, len(counted.heard)}:
        folder = tmp_path / f"stopped {place}"
        folder.mkdir()
        with pytest.raises(Stopped), heard_by(StopsAt(place)):
            work(demo, folder, today)
        assert left_in(folder) == [], place
    assert demo.backups.verify().ok
