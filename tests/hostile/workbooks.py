"""Hostile workbooks: hidden sheets and rows, parts that are lost or lead elsewhere, what must never be followed."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from hostile.pen import (
    ASKED,
    EIGHT,
    MAIN,
    ONE,
    PLAIN,
    READ,
    RELATIONS,
    SECOND,
    SHEET,
    TWO,
    WORKBOOK,
    Hostile,
    eight,
    part_changed,
    parts_of,
    refused,
    rows,
    sheet,
    with_parts,
)
from reading_trials import as_filled, pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _two_sheets(change: tuple[str, str] = ("", ""), part: str = WORKBOOK) -> Callable[[Path], Path]:
    """Two sheets, of one person each."""

    def make(folder: Path) -> Path:
        parts = parts_of(PLAIN, names_=("甲", "乙"))
        second = SHEET.replace("1", "2")
        parts[second] = parts[second].replace("韦清和".encode(), "农嘉言".encode())
        assert change[0] in parts[part].decode()
        parts[part] = parts[part].decode().replace(*change).encode()
        return pack(folder / "名册.xlsx", parts)

    return make


def _outside(folder: Path) -> Path:
    """Macros, a link to another workbook, a query of the web, a picture from a share."""
    path = as_filled(folder / "名册.xlsm", eight())
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", bytes(100))
        package.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
        package.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            '<Relationships><Relationship Id="r1" Target="\\\\192.0.2.1\\x\\y.xlsx" TargetMode="External"/></Relationships>',
        )
        package.writestr("xl/connections.xml", '<connections><webPr url="http://192.0.2.1/"/></connections>')
        package.writestr(
            "xl/externalLinks/externalLink2.xml",
            f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>',
        )
    return path


_HIDDEN = [
    Hostile(
        "a hidden row",
        rows(SECOND.replace('r="3"', 'r="3" hidden="1"', 1)),
        ASKED,
        "1 行隐藏着.*第 3 行",
        people=TWO,
    ),
    Hostile(
        "a row of no height",
        rows(SECOND.replace('r="3"', 'r="3" ht="0" customHeight="1"', 1)),
        "",
        people=TWO,
    ),
    Hostile(
        "hidden columns",
        sheet(f'<cols><col min="1" max="16384" hidden="1"/></cols>{PLAIN}'),
        READ,
        "隐藏的列",
        people=ONE,
    ),
    Hostile(
        "a hidden sheet",
        _two_sheets(('name="乙"', 'name="乙" state="hidden"')),
        ASKED,
        "隐藏的表.*“乙”",
        people=TWO,
    ),
    Hostile(
        "a very hidden sheet",
        _two_sheets(('name="乙"', 'name="乙" state="veryHidden"')),
        ASKED,
        "隐藏的表.*“乙”",
        people=TWO,
    ),
    Hostile(
        "hidden for an unknown reason", _two_sheets(('name="乙"', 'name="乙" state="甲"')), "", people=TWO
    ),
]
_LEADING = [
    refused("no sheets", with_parts({WORKBOOK: f'<workbook xmlns="{MAIN}"/>'.encode()}), "什么也没有|损坏"),
    refused("empty sheet", sheet("<sheetData/>"), "什么也没有"),
    refused("no workbook", with_parts({WORKBOOK: None}), "损坏"),
    refused("no relations", with_parts({"_rels/.rels": None}), "损坏"),
    refused("no relations of the workbook", with_parts({RELATIONS: None}), "损坏"),
    refused("no types", with_parts({"[Content_Types].xml": None}), "压缩包"),
    refused("sheet lost", with_parts({SHEET: None}), "损坏"),
    refused(
        "a workbook that is its own sheet",
        part_changed(RELATIONS, "worksheets/sheet1.xml", "workbook.xml"),
        "损坏|什么也没有",
    ),
    refused("relations in a ring", part_changed("_rels/.rels", "xl/workbook.xml", "_rels/.rels"), "损坏"),
    refused(
        "a sheet outside the file",
        part_changed(
            RELATIONS,
            'Target="worksheets/sheet1.xml"',
            'Target="file:///etc/hostname" TargetMode="External"',
        ),
        "损坏",
    ),
    Hostile(
        "two sheets that are one",
        _two_sheets(("worksheets/sheet2.xml", "worksheets/sheet1.xml"), RELATIONS),
        "",
        people=ONE,
    ),
    Hostile(
        "two sheets of one name",
        _two_sheets(('name="乙"', 'name="甲"')),
        "",
        people={"韦清和": 2, "农嘉言": 2},
    ),
    Hostile(
        "a sheet without a name",
        _two_sheets(('name="乙"', 'name=""')),
        READ,
        people={"韦清和": 2, "农嘉言": 2},
    ),
    Hostile(
        "a sheet named by markup",
        _two_sheets(('name="乙"', 'name="&lt;img src=x&gt;!A1"')),
        READ,
        people={"韦清和": 2, "农嘉言": 2},
    ),
    refused("string beyond the table", rows('<row r="3"><c r="A3" t="s"><v>99</v></c></row>'), "损坏"),
    refused(
        "string below nought",
        rows('<row r="3"><c r="A3" t="s"><v>-1</v></c></row>', strings="<si><t>甲</t></si>"),
        "损坏",
    ),
    refused(
        "string of nonsense",
        rows('<row r="3"><c r="A3" t="s"><v>甲</v></c></row>', strings="<si><t>甲</t></si>"),
        "损坏",
    ),
    Hostile("a style beyond the table", rows(SECOND.replace("<c ", '<c s="999999999" ')), READ, people=TWO),
    Hostile("macros and outer links", _outside, READ, people=EIGHT),
]
FILES = [*_HIDDEN, *_LEADING]
