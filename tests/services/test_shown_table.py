"""A table as it stands, in a workbook and on pages: its columns, its rows, their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import load_workbook

from wuling_desktop.exchange.forms import fill_form
from wuling_desktop.services import person_data
from wuling_desktop.services.people import Who
from wuling_desktop.services.shown_table import ShownTable

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from wuling_desktop.services.desk import Desk

COLUMNS = ("person.name", "person.id_number", "membership.party_age", "step_fact.assembly_on")


def shown(demo: Desk) -> ShownTable:
    datums = tuple(person_data.named(name) for name in COLUMNS)
    rows = demo.people.rows(datums, Who(), demo.unit.today())
    return ShownTable(
        "党龄名单", datums, tuple(row.values for row in reversed(rows)), "筛选：民族=壮族（18）"
    )


def test_the_workbook_holds_what_was_shown(demo: Desk, tmp_path: Path) -> None:
    table = shown(demo)
    assert demo.exporting.write_shown(tmp_path / "表.xlsx", table) == 42
    sheet = load_workbook(tmp_path / "表.xlsx").active
    assert sheet["A1"].value == "党龄名单"
    assert "筛选：民族=壮族（18）" in sheet["A2"].value
    assert [cell.value for cell in sheet[3]] == ["姓名", "身份证号", "党龄", "入党日期"]
    assert [sheet.cell(row, 1).value for row in range(4, 46)] == [row[0] for row in table.rows]
    assert sheet["B4"].value == table.rows[0][1]
    demo.exporting.write_shown(tmp_path / "码.xlsx", table, mask=True)
    assert load_workbook(tmp_path / "码.xlsx").active["B4"].value.startswith("45***")


def test_the_pages_repeat_their_heads_and_say_for_which_day(
    demo: Desk, tmp_path: Path, today: dt.date
) -> None:
    filled = demo.exporting.fill_shown(shown(demo), as_of=today)
    (sheet,) = filled.sheets
    assert (filled.rows, sheet.title_rows, sheet.name) == (42, (1, 3), "党龄名单")
    texts = {column: cell.value for column, cell in sheet.cells(2).items()}
    assert "截止日期：2026年11月24日　共 42 条　演示" in str(texts[1])
    assert [sheet.cells(row)[1].value for row in (4, 45)] == [1, 42]
    fill_form.write(filled, tmp_path / "页.xlsx")
    book = load_workbook(tmp_path / "页.xlsx").active
    assert book.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert book["C45"].value == shown(demo).rows[-1][1]
