"""Makes tests/samples/roster.xls of invented people; needs LibreOffice, since nothing we depend on writes .xls."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from wuling_desktop.domain.identity_card import check_digit

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
HEADS = (
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
)


def number(born: str, order: int) -> str:
    """Return a sound number of an unassigned county."""
    first17 = f"450199{born}{order:03d}"
    return first17 + check_digit(first17)


def main() -> None:
    """Write the workbook and let LibreOffice turn it into an .xls."""
    book = Workbook()
    sheet = book.active
    sheet.title = "党员名册"
    sheet.append(["第一党支部党员名册"])
    sheet.merge_cells("A1:J1")
    sheet.append(HEADS)
    day = dt.date
    for row in (
        (
            1,
            "韦清和",
            "女",
            "868_壮族",
            day(1980, 10, 1),
            number("19801005", 12),
            1998.1,
            day(2001, 7, 1),
            "223_正式党员",
        ),
        (
            2,
            "农嘉言",
            "男",
            "壮族",
            day(1985, 3, 1),
            450199198503070017,
            20080701,
            day(2008, 7, 1),
            "正式党员",
        ),
        (
            3,
            "陆书翰",
            "男",
            "汉族",
            day(1979, 2, 1),
            number("19790211", 15),
            "1999.7",
            day(2002, 8, 1),
            "正式党员",
        ),
        (
            4,
            "覃望舒",
            "女",
            "瑶族",
            day(1990, 6, 1),
            number("19900618", 24),
            36923,
            day(2012, 9, 1),
            "预备党员",
        ),
        (
            5,
            "莫知远",
            "男",
            "汉族",
            day(1994, 12, 1),
            number("19941208", 35),
            2016.1,
            day(2016, 8, 1),
            "正式党员",
        ),
    ):
        sheet.append(row)
    for line in range(3, 8):
        sheet.cell(line, 5).number_format = "yyyy.mm"
        sheet.cell(line, 8).number_format = "yyyy-mm-dd"
    sheet["G7"].number_format = "0.00"
    sheet["A3"].number_format = "000"
    sheet["J3"] = "=1/0"
    sheet["J4"] = "退休"
    sheet["J5"], sheet["J6"] = "外出", None
    sheet.merge_cells("J5:J6")
    sheet["J4"].font = Font(strike=True)
    for cell in sheet[6]:
        cell.font = Font(strike=True)
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    codes = book.create_sheet("代码")
    codes.sheet_state = "hidden"
    for text in ("223_正式党员", "224_预备党员", "868_壮族"):
        codes.append([text])
    with tempfile.TemporaryDirectory() as folder:
        book.save(Path(folder) / "roster.xlsx")
        subprocess.run(
            [
                "soffice",
                "--headless",
                "--convert-to",
                "xls:MS Excel 97",
                "--outdir",
                str(SAMPLES),
                "roster.xlsx",
            ],
            cwd=folder,
            check=True,
        )


if __name__ == "__main__":
    main()
