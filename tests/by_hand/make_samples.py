"""Makes tests/samples/roster.xls and .ods of invented people; needs LibreOffice, since nothing we depend on writes them."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Font

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from wuling_desktop.domain.identity_card import check_digit

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
HEADS = [
    "序号",
    "姓名",
    "性别",
    "民族",
    "出生年月",
    "身份证号",
    "入党时间",
    "参加工作时间",
    "党籍状态",
    "备注",
]


def number(born: str, order: int) -> str:
    """Return a sound number of an unassigned county."""
    first17 = f"450199{born}{order:03d}"
    return first17 + check_digit(first17)


# Every way in which rosters write a code, a number and a date: as text, as a number, with and without its day.
PEOPLE = (
    ("韦清和", "女", "868_壮族", number("19801005", 12), 1998.1, dt.date(2001, 7, 1), "223_正式党员"),
    ("农嘉言", "男", "壮族", 450199198503070017, 20080701, dt.date(2008, 7, 1), "正式党员"),
    ("陆书翰", "男", "汉族", number("19790211", 15), "1999.7", dt.date(2002, 8, 1), "正式党员"),
    ("覃望舒", "女", "瑶族", number("19900618", 24), 36923, dt.date(2012, 9, 1), "预备党员"),
    ("莫知远", "男", "汉族", number("19941208", 35), 2016.1, dt.date(2016, 8, 1), "正式党员"),
)


def write_roster(sheet: Worksheet) -> None:
    """Write the people under a title and a line of headings."""
    sheet.title = "党员名册"
    sheet.append(["第一党支部党员名册"])
    sheet.merge_cells("A1:J1")
    sheet.append(HEADS)
    for order, (*who, id_number, joined, began, state) in enumerate(PEOPLE, 1):
        born = str(id_number)
        month = dt.date(int(born[6:10]), int(born[10:12]), 1)
        sheet.append([order, *who, month, id_number, joined, began, state])
    for line in range(3, 8):
        sheet.cell(line, 5).number_format = "yyyy.mm"
        sheet.cell(line, 8).number_format = "yyyy-mm-dd"
    sheet["G7"].number_format = "0.00"
    sheet["A3"].number_format = "000"


def add_marks(sheet: Worksheet) -> None:
    """Add what a clerk leaves in a sheet: an error, merged and struck cells, a hidden row and column."""
    sheet["J3"] = "=1/0"
    sheet["J4"] = "退休"
    sheet["J5"], sheet["J6"] = "外出", None
    sheet.merge_cells("J5:J6")
    sheet["J4"].font = Font(strike=True)
    for cell in sheet[6]:
        cell.font = Font(strike=True)
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True


def write_codes(sheet: Worksheet) -> None:
    """Write the hidden table of codes that exported rosters carry."""
    sheet.sheet_state = "hidden"
    for text in ("223_正式党员", "224_预备党员", "868_壮族"):
        sheet.append([text])


def convert(book: Workbook) -> None:
    """Let LibreOffice turn the workbook into the samples."""
    with tempfile.TemporaryDirectory() as folder:
        book.save(Path(folder) / "roster.xlsx")
        for kind in ("xls:MS Excel 97", "ods"):
            command = ["soffice", "--headless", "--convert-to", kind, "--outdir", str(SAMPLES), "roster.xlsx"]
            subprocess.run(command, cwd=folder, check=True)


def main() -> None:
    """Make the samples."""
    book = Workbook()
    write_roster(book.active)
    add_marks(book.active)
    write_codes(book.create_sheet("代码"))
    convert(book)


if __name__ == "__main__":
    main()
