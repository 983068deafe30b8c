"""Macros and links of a file are neither run nor followed, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ods_trials import cell, parts_of_ods, row, table
from reading_trials import PLAIN, SAMPLES, pack, parts_of

from wuling_desktop.exchange.reading.left_out import LINKS, MACRO_STREAM, MACROS
from wuling_desktop.exchange.reading.read_workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

MACRO_ENABLED = b'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'


@pytest.mark.parametrize(
    ("part", "notes"),
    [
        ("xl/vbaProject.bin", (MACROS,)),
        ("xl/macrosheets/sheet1.xml", (MACROS,)),
        ("xl/externalLinks/externalLink1.xml", (LINKS,)),
        ("xl/connections.xml", (LINKS,)),
        ("docProps/app.xml", ()),
    ],
)
def test_what_a_package_carries_is_told(part: str, notes: tuple[str, ...], tmp_path: Path) -> None:
    parts = parts_of(PLAIN) | {part: b"<x/>"}
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"</Types>", MACRO_ENABLED + b"</Types>")
    workbook = read_workbook(pack(tmp_path / "名册.xlsm", parts))
    assert workbook.notes == notes
    assert workbook.sheets[0].rows[1].cells == ("韦清和", "女")


def test_an_ods_with_macros_is_told(tmp_path: Path) -> None:
    parts = parts_of_ods(table(row(cell("姓名")))) | {"Basic/script-lc.xml": b"<x/>"}
    assert read_workbook(pack(tmp_path / "名册.ods", parts)).notes == (MACROS,)


def test_an_xls_with_macros_is_told(tmp_path: Path) -> None:
    """The name of the stream stands behind the sectors here, where the reader of the sheets does not look."""
    path = tmp_path / "名册.xls"
    path.write_bytes(
        (SAMPLES / "roster.xls").read_bytes() + f"{MACRO_STREAM}\0".encode("utf-16-le") + bytes(512)
    )
    workbook = read_workbook(path)
    assert (workbook.notes[0], len(workbook.sheets)) == (MACROS, 2)
