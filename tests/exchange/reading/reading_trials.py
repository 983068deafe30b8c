"""What the readers are tried with: sheets made by openpyxl or by hand, invented people, answers looked over."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook as OpenpyxlWorkbook

from wuling_desktop.domain.identity_card import check_digit
from wuling_desktop.exchange.reading.find_tables import find_tables
from wuling_desktop.exchange.reading.sheets import Sheet, SheetRow, Workbook
from wuling_desktop.services import person_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from wuling_desktop.domain.problems import Problem
    from wuling_desktop.exchange.reading.sheets import CellValue, Merge
    from wuling_desktop.exchange.reading.tables import Found, FoundTable

TODAY = dt.date(2026, 11, 24)
DATA = person_data.importable()
NAMES = ("韦清和", "农嘉言", "陆书翰", "覃望舒", "莫知远", "罗景明", "卢问渠", "石清川")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def inline(place: str, text: str) -> str:
    """Return the XML of a cell with its own text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SHEET = "xl/worksheets/sheet1.xml"
HEADS = f'<row r="1">{inline("A1", "姓名")}{inline("B1", "性别")}</row>'
PERSON = f'<row r="2">{inline("A2", "韦清和")}{inline("B2", "女")}</row>'
PLAIN = f"<sheetData>{HEADS}{PERSON}</sheetData>"
XML_2003 = (
    '<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
)


def identity(born: str = "19800301", order: int = 12) -> str:
    """Return a sound number of an unassigned county; an even order is a woman's."""
    first17 = f"450199{born}{order:03d}"
    return first17 + check_digit(first17)


def as_filled(
    path: Path, rows: Sequence[Sequence[Any]], *, merges: Iterable[str] = (), title: str = "名册"
) -> Path:
    """Save an .xlsx with one sheet of these rows."""
    book = OpenpyxlWorkbook()
    fill(book.active, rows, merges=merges, title=title)
    book.save(path)
    return path


def fill(
    sheet: Worksheet, rows: Sequence[Sequence[Any]], *, merges: Iterable[str] = (), title: str = "名册"
) -> None:
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)


def sheet_of(
    rows: Sequence[Sequence[CellValue]],
    *,
    name: str = "名册",
    merges: Iterable[Merge] = (),
    hidden: bool = False,
    hidden_rows: Iterable[int] = (),
    struck_rows: Iterable[int] = (),
) -> Sheet:
    """Return a sheet as read: rows count from 1, an empty one is left out, merges as (top, left, bottom, right)."""
    concealed, struck = set(hidden_rows), set(struck_rows)
    return Sheet(
        name,
        tuple(
            SheetRow(number, tuple(row), number in concealed, number in struck)
            for number, row in enumerate(rows, 1)
            if any(cell is not None for cell in row)
        ),
        hidden,
        tuple(merges),
    )


def found_in(
    *sheets: Sheet,
    answers: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    needs: Iterable[str] = ("person.name",),
) -> Found:
    workbook = Workbook("名册.xlsx", "xlsx", sheets)
    return find_tables(workbook, DATA, needs=frozenset(needs), answers=answers or {}, columns=columns or {})


def only_table(found: Found) -> FoundTable:
    (table,) = found.tables
    return table


def names(found: Found) -> list[CellValue]:
    """Return who was found, in the order of the sheets."""
    return [
        row.cell(column.index)
        for table in found.tables
        for row in table.rows
        for column in table.columns
        if column.datum is not None and column.datum.name == "person.name"
    ]


def meant(table: FoundTable) -> dict[str, str]:
    """Return full name → heading of the columns that are taken."""
    return {column.datum.name: column.heading for column in table.columns if column.datum is not None}


def reasons(found: Found) -> dict[int, str]:
    return {skipped.row: skipped.reason for skipped in found.skipped}


def in_plain_chinese(problem: Problem) -> bool:
    """Whether all three sentences are there, in Chinese, without codes, names of classes or paths."""
    sentences = (problem.what, problem.why, problem.todo)
    allowed = re.compile(r"WPS|xlsx?b?|csv|ods|PDF|XML|MB|Word|UTF-8|U 盘|“[^”]*”")
    return all(
        re.search(r"[\u4e00-\u9fff]", sentence)
        and sentence.endswith(("。", "！"))
        and not re.search(r"[A-Za-z]{2}", allowed.sub("", sentence))
        for sentence in sentences
    )


def parts_of(
    sheet: str, *, strings: str = "", styles: str = "", names_: Sequence[str] = ("名册",)
) -> dict[str, bytes]:
    """Return the parts of an .xlsx whose sheets all are the given XML (the inside of <worksheet>)."""
    links = "".join(
        f'<Relationship Id="r{place}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        for place in range(1, len(names_) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        + "".join(
            f'<sheet name="{name}" sheetId="{place}" r:id="r{place}"/>'
            for place, name in enumerate(names_, 1)
        )
        + "</sheets></workbook>",
    }
    if strings:
        links += f'<Relationship Id="s" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        parts["xl/sharedStrings.xml"] = (
            strings if strings.startswith("<?") else f'<sst xmlns="{MAIN}">{strings}</sst>'
        )
    if styles:
        links += f'<Relationship Id="t" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
    )
    for place in range(1, len(names_) + 1):
        parts[f"xl/worksheets/sheet{place}.xml"] = (
            sheet if sheet.startswith("<?") else f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
        )
    return {name: text.encode() for name, text in parts.items()}


def pack(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Save the parts as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path
