"""Invented people for the benchmarks, as many as asked for, the same ones every time: as a roster, and in a data file."""

from __future__ import annotations

import datetime as dt
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from wuling_desktop.domain.identity_card import check_digit
from wuling_desktop.program_data import demo_rows
from wuling_desktop.services import person_data
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.services.person_writing import Draft, PersonWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wuling_desktop.services.desk import Desk

TODAY = dt.date(2026, 11, 24)
PASSWORD = "测试口令 2026"  # noqa: S105 - of files that live as long as a benchmark
_DAYS = 17_000  # different days of birth; more people than that share them
_FIRST_BIRTH = dt.date(1950, 1, 1)
_SAMPLE = ("native_place", "education", "degree", "position", "title", "note")  # taken over from the demo
_COLUMNS = (
    *("person.name", "person.sex", "person.ethnic_group", "person.native_place", "person.birth_date"),
    *("person.education", "person.degree", "person.work_start", "step_fact.assembly_on"),
    *("membership.full_from", "person.standing", "person.position", "person.post", "person.title"),
    *("person.id_number", "person.phone", "branch.name"),
)
_AS_DATES = ("step_fact.assembly_on", "membership.full_from")


def people(count: int) -> Iterator[dict[str, str]]:
    """Yield people as somebody types them, under full names; their numbers are sound, of a county nobody lives in."""
    chance = random.Random(7)
    demo = [row for row in demo_rows("people") if row["person.standing"] == "正式党员"]
    surnames = [row["person.name"][0] for row in demo]
    given = "".join(row["person.name"][1:] for row in demo)
    for number in range(count):
        like = chance.choice(demo)
        sex = chance.choice(("男", "女"))
        born = _FIRST_BIRTH + dt.timedelta(days=number % _DAYS)
        joined = born + dt.timedelta(days=365 * 20 + chance.randrange(2000))
        first17 = f"450199{born:%Y%m%d}{number // _DAYS * 2 + (sex == '男'):03d}"
        yield {
            **{name: text for name, text in like.items() if name.partition(".")[2] in _SAMPLE},
            "person.name": chance.choice(surnames)
            + "".join(chance.choices(given, k=chance.choice((1, 2, 2)))),
            "person.sex": sex,
            "person.ethnic_group": chance.choice(("汉族", "壮族", "壮族", "瑶族", "侗族")),
            "person.birth_date": born.isoformat(),
            "person.id_number": first17 + check_digit(first17),
            "person.work_start": f"{born.year + 22}-07",
            "person.post": f"教研员{number % 37}",
            "person.phone": f"1990{number:07d}",
            "person.standing": "正式党员",
            "branch.name": f"第{number % 40 + 1}党支部",
            "step_fact.assembly_on": joined.isoformat(),
            "membership.full_from": (joined + dt.timedelta(days=366)).isoformat(),
        }


def drafts(count: int) -> list[Draft]:
    """Return people as they are written into a data file."""
    read = {datum.name: datum.read for datum in person_data.importable() if datum.name in _COLUMNS}
    return [
        Draft({name: of(row[name], TODAY).value for name, of in read.items() if row.get(name)}, member=True)
        for row in people(count)
    ]


def desk(folder: Path, count: int) -> Desk:
    """Return a new data file with so many people in it, all written by one operation."""
    made, _ = DataFiles(folder).create(PASSWORD, unit="某市教育科学研究所", branch="党总支", clerk="测量")
    with made.people._operations.begin("写入") as (operation, _outcome):  # noqa: SLF001 - many people at once are no verb of the desk
        PersonWriter(operation).add(drafts(count))
    return made


def roster(path: Path, count: int) -> None:
    """Write a roster of 18 columns as somebody keeps it: a title over the list, numbers as text, days as dates."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    sheet.append(["党员花名册"])
    sheet.append(["序号", *(person_data.named(name).label for name in _COLUMNS)])
    for number, row in enumerate(people(count), start=1):
        sheet.append([number, *(_cell(sheet, name, row.get(name, "")) for name in _COLUMNS)])
    book.save(path)


def _cell(sheet: Any, name: str, text: str) -> Any:
    if name not in _AS_DATES:
        return text or None
    cell = WriteOnlyCell(sheet, dt.date.fromisoformat(text))
    cell.number_format = "yyyy-mm-dd"
    return cell
