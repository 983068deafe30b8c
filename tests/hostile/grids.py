"""Hostile grids: dimensions that lie, cells far out, rows in disorder, what is hidden, what leads elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile.pen import (
    HEADS,
    ONE,
    PERSON,
    PLAIN,
    READ,
    SECOND,
    SHEET,
    TWO,
    Hostile,
    inline,
    later,
    listed,
    numbered,
    part_changed,
    parts_of,
    refused,
    rows,
    sheet,
)
from reading_trials import pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _people(numbers: range, *, columns: int = 1) -> str:
    letters = "ABCDEFGH"[:columns]
    return "".join(
        numbered(number, *(inline(f"{letter}{number}", "甲") for letter in letters)) for number in numbers
    )


def _merged(*references: str) -> Callable[[Path], Path]:
    merges = "".join(f'<mergeCell ref="{each}"/>' for each in references)
    return sheet(f"{PLAIN}<mergeCells>{merges}</mergeCells>")


def _heaped_merges() -> Callable[[Path], Path]:
    """Merges that lie upon each other over all rows, so that every row would be looked at for each of them."""
    merges = "".join(f'<mergeCell ref="A{row}:C1048576"/>' for row in range(1, 20_000))
    return sheet(
        f"<sheetData>{HEADS}{_people(range(2, 2000))}</sheetData><mergeCells>{merges * 2}</mergeCells>"
    )


def _blank_rows(count: int) -> Callable[[Path], Path]:
    blank = "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(4, count))
    return rows(SECOND, blank)


def _blank_cells(count: int) -> Callable[[Path], Path]:
    letters = [chr(65 + at) for at in range(20)]
    blank = "".join(
        numbered(number, *(f'<c r="{letter}{number}" s="1"/>' for letter in letters))
        for number in range(4, count // 20)
    )
    return rows(SECOND, blank)


def _sheets(count: int) -> Callable[[Path], Path]:
    names = [f"表{number}" for number in range(count)]

    def make(folder: Path) -> Path:
        parts = parts_of("<sheetData/>", names_=names)
        return pack(folder / "名册.xlsx", parts | {SHEET: parts_of(PLAIN)[SHEET]})

    return make


_LYING = [
    Hostile("one cell, as WPS says", sheet(f'<dimension ref="A1:A1"/>{PLAIN}'), READ, people=ONE),
    Hostile("all cells", sheet(f'<dimension ref="A1:XFD1048576"/>{PLAIN}'), READ, people=ONE),
    Hostile("a dimension of nonsense", sheet(f'<dimension ref="甲乙"/>{PLAIN}'), "", people=ONE),
    Hostile("a dimension backwards", sheet(f'<dimension ref="Z99:A1"/>{PLAIN}'), "", people=ONE),
    Hostile(
        "a count of 4 billion strings",
        part_changed(
            "xl/sharedStrings.xml",
            "<sst ",
            '<sst count="4294967295" uniqueCount="4294967295" ',
            strings="<si><t>甲</t></si>",
        ),
        "",
        people=ONE,
    ),
]
_FAR = [
    Hostile(
        "the last cell of all",
        rows(SECOND, numbered(1_048_576, inline("XFD1048576", "x"))),
        READ,
        people=TWO,
    ),
    Hostile(
        "the last row",
        rows(SECOND, numbered(1_048_576, inline("A1048576", "莫知远"))),
        READ,
        people={**TWO, "莫知远": 1_048_576},
    ),
    Hostile(
        "the last column", rows(numbered(3, inline("A3", "农嘉言"), inline("XFD3", "x"))), READ, people=TWO
    ),
    refused("row beyond the grid", rows('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'), "损坏"),
    refused("row of nine digits", rows(numbered(999_999_999, inline("A999999999", "甲"))), "损坏"),
    refused("row nought", rows(numbered(0, inline("A0", "甲"))), "损坏"),
    Hostile("row below nought", rows(numbered(-3, inline("A3", "农嘉言"))), "", people=TWO),
    refused("column beyond the grid", rows(numbered(3, inline("ZZZ3", "甲"))), "损坏"),
    refused("column of four letters", rows(numbered(3, inline("AAAA3", "甲"))), "损坏"),
    refused("cell at no place", rows(numbered(3, inline("甲3", "甲"))), "损坏"),
    Hostile("cell without a row", rows(numbered(3, inline("A", "农嘉言"))), "", people=TWO),
    Hostile("place in small letters", rows(numbered(3, inline("a3", "农嘉言"))), "", people=TWO),
    Hostile("place with dollars", rows(numbered(3, inline("$A$3", "农嘉言"))), "", people=TWO),
]
_DISORDER = [
    Hostile("rows upside down", sheet(f"<sheetData>{SECOND}{PERSON}{HEADS}</sheetData>"), READ, people=TWO),
    Hostile(
        "a row twice",
        rows(SECOND, numbered(3, inline("A3", "莫知远"))),
        READ,
        "第 3 行有 1 格重复",
        people={**TWO, "莫知远": 3},
        stored=2,
    ),
    Hostile(
        "two halves of a row",
        rows(numbered(3, inline("A3", "农嘉言")), numbered(3, inline("B3", "男"))),
        READ,
        people=TWO,
    ),
    Hostile(
        "a cell twice",
        rows(numbered(3, inline("A3", "农嘉言"), inline("A3", "莫知远"))),
        READ,
        "第 3 行有 1 格重复",
        people=TWO,
    ),
    Hostile(
        "rows without numbers",
        sheet(
            f"<sheetData>{HEADS}{PERSON}{SECOND}</sheetData>".replace(' r="1"', "")
            .replace(' r="2"', "")
            .replace('<row r="3"', "<row")
        ),
        READ,
        people=TWO,
    ),
    Hostile(
        "cells without places",
        rows('<row r="3"><c t="inlineStr"><is><t>农嘉言</t></is></c></row>'),
        READ,
        people=TWO,
    ),
    Hostile(
        "cells backwards", rows(numbered(3, inline("B3", "男"), inline("A3", "农嘉言"))), READ, people=TWO
    ),
    refused(
        "a cell that names another row", rows(numbered(3, inline("A9", "农嘉言"), inline("B9", "男"))), "损坏"
    ),
    refused("a cell in the place of another", rows(numbered(3, inline("A2", "农嘉言"))), "损坏"),
    Hostile(
        "cells that name their row for it",
        rows(f"<row>{inline('A7', '农嘉言')}</row>"),
        READ,
        people={**ONE, "农嘉言": 7},
    ),
]
_MANY = [
    Hostile("300,000 blank styled rows", later(lambda: _blank_rows(300_000)), READ, people=TWO),
    Hostile("a million blank styled cells", later(lambda: _blank_cells(1_000_000)), "", people=TWO),
    Hostile(
        "64,000 styles",
        later(lambda: sheet(PLAIN, styles=f"<cellXfs>{'<xf/>' * 64_000}</cellXfs>")),
        READ,
        people=ONE,
    ),
    Hostile(
        "a million styles",
        later(lambda: sheet(PLAIN, styles=f"<cellXfs>{'<xf/>' * 1_000_000}</cellXfs>")),
        "",
        people=ONE,
    ),
    Hostile(
        "a million strings",
        later(lambda: sheet(PLAIN, strings="<si><t>甲</t></si>" * 1_000_000)),
        "",
        people=ONE,
    ),
    refused("50,001 merges", later(lambda: _merged(*(f"C{row}:D{row}" for row in range(1, 50_002)))), "太大"),
    refused("heaped merges", later(_heaped_merges), "重叠"),
    refused("merges heaped on one row", _merged("A1:XFD1", "A1:XFD1"), "重叠"),
    Hostile("a merge over everything", _merged("A1:XFD1048576"), "", people=ONE),
    Hostile("a merge backwards", _merged("C9:A1"), "", people=ONE),
    refused("merge of nonsense", _merged("甲乙"), "损坏"),
    refused(
        "20,101 rows",
        later(lambda: sheet(f"<sheetData>{HEADS}{_people(range(2, 20_102))}</sheetData>")),
        "20101 行.*20100",
    ),
    refused(
        "20,102 rows in two sheets",
        later(lambda: sheet(f"<sheetData>{_people(range(1, 10_052))}</sheetData>", names_=("甲", "乙"))),
        "20102 行.*20100",
    ),
    refused(
        "301 columns", listed(["姓名", *(f"列{place}" for place in range(300))], ["韦清和"]), "301 列.*300"
    ),
    Hostile("255 sheets", _sheets(255), READ, people=ONE),
]
FILES = [*_LYING, *_FAR, *_DISORDER, *_MANY]
