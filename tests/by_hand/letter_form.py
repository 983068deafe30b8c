"""The blank of 党员组织关系介绍信: 存根, 介绍信 and 回执 on one A4, to be cut apart; what is not known is left to the pen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from form_parts import MARK, Look, new_book, put, set_paper
from openpyxl.styles import Alignment, Border, Font, Side

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    Part = tuple[
        tuple[float, *tuple[tuple[str, str, Look], ...]], ...
    ]  # rows: height, then columns, words, look

FACE, SIZE = "仿宋_GB2312", 14
WORDS = Look(Font(FACE, SIZE), "left", wrap=True, framed=False)
LEFT = replace(WORDS, wrap=False, shrink=True)
RIGHT = replace(LEFT, across="right")
MIDDLE = replace(LEFT, across="center")
HEADING = Look(Font("方正小标宋简体", 18), framed=False)
SMALL = Look(Font(FACE, 11), "left", shrink=True, framed=False)
ASIDE = Font("黑体", 12)
CUT = Border(bottom=Side("dashed"))
LAST = "G"
# Room for the pen is made of low lines: blanks, underlined or not, are lost where a line ends.
NAME = "{person.name||__________}"
KIND = "中共（{person.standing?预备/正式}）党员"
FROM, TO = "{branch.in_full||________________________}", "{membership.out_to||________________________}"
NUMBERED = "第 {membership.letter_number||__________} 号"
ISSUED = "{membership.letter_issued_on|yyyy年M月d日|　　　年　　月　　日}"
DUES = "{membership.dues_paid_until|yyyy年M月|______年____月}"
SEAL, BY_HAND = "（盖章）　　　　", "　　　年　　月　　日"
HEAD = (28, ("A", "{demo}", MARK), ("BF", NUMBERED, RIGHT))

LETTER_WORDS = (
    f"　　{NAME}同志（{{person.sex?男/女}}），{{person.age||____}}岁，{{person.ethnic_group||________}}，系{KIND}，"
    f"身份证号码{{person.id_number||____________________}}，由{FROM}去{TO}，请转接组织关系。该同志党费已交到{DUES}。"
)

STUB: Part = (
    (36, ("AF", "中国共产党党员组织关系介绍信存根", HEADING)),
    HEAD,
    (74, ("AF", f"　　{NAME}同志系{KIND}，组织关系由{FROM}转到{TO}。", WORDS)),
    (28, ("AC", "（贴回执联处）", MIDDLE), ("DF", ISSUED, RIGHT)),
)
LETTER: Part = (
    (40, ("AF", "中国共产党党员组织关系介绍信", HEADING)),
    HEAD,
    (32, ("AF", "____________________________：", LEFT)),
    (
        116,
        (
            "AF",
            LETTER_WORDS,
            WORDS,
        ),
    ),
    (28, ("AC", "（有效期{membership.letter_days||______}天）", LEFT), ("DF", SEAL, RIGHT)),
    (28, ("DF", ISSUED, RIGHT)),
    (28, ("AF", "党员联系电话：{person.phone||____________________}", LEFT)),
    (28, ("AF", "党员原所在基层党委通讯地址：______________________________________", LEFT)),
    (
        28,
        ("AB", "联系电话：____________", LEFT),
        ("CD", "传真：______________", LEFT),
        ("EF", "邮编：____________", LEFT),
    ),
)
RECEIPT: Part = (
    (40, ("AF", "中国共产党党员组织关系介绍信回执", HEADING)),
    HEAD,
    (32, ("AF", "____________________________：", LEFT)),
    (36, ("AF", f"　　{NAME}同志的党员组织关系已转达我处，特此回复。", LEFT)),
    (28, ("DF", SEAL, RIGHT)),
    (28, ("DF", BY_HAND, RIGHT)),
    (28, ("AC", "经办人：________________", LEFT), ("DF", "联系电话：____________________", LEFT)),
    (24, ("AF", "注：回执由接收党员组织关系的基层党委在一个月内寄回党员原所在基层党委。", SMALL)),
)


def letter_form() -> Workbook:
    """Return the three parts, each with its name at its right, and lines to cut along."""
    book, sheet = new_book("党员组织关系介绍信", "介绍信")
    for letter in "ABCDEF":
        sheet.column_dimensions[letter].width = 13.6
    sheet.column_dimensions[LAST].width = 6
    row = put_part(sheet, 1, STUB, "第一联　存根")
    row = put_cut(sheet, row, "（加盖骑缝章）")
    row = put_part(sheet, row, LETTER, "第二联　介绍信")
    row = put_cut(sheet, row, "（沿虚线裁下寄回）")
    row = put_part(sheet, row, RECEIPT, "第三联　回执")
    set_paper(sheet, f"A1:{LAST}{row - 1}", "portrait")
    sheet.page_setup.fitToHeight = 1
    sheet.oddFooter.center.text = ""
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = 0.6
    return book


def put_part(sheet: Worksheet, row: int, part: Part, name: str) -> int:
    """Write one of the three parts and return the row behind it."""
    first = row
    for height, *cells in part:
        sheet.row_dimensions[row].height = height
        for columns, words, look in cells:
            put(sheet, f"{columns[0]}{row}:{columns[-1]}{row}", words, look)
        row += 1
    put(sheet, f"{LAST}{first}:{LAST}{row - 1}", name, Look(ASIDE, framed=False))
    sheet[f"{LAST}{first}"].alignment = Alignment("center", "center", textRotation=255)
    return row


def put_cut(sheet: Worksheet, row: int, words: str) -> int:
    """Write the words at which the paper is cut, in the middle of a dashed line, and return the row behind it."""
    for each in (row, row + 1):
        sheet.row_dimensions[each].height = 12
    for columns in ("AB", "EG"):
        for letter in range(ord(columns[0]), ord(columns[1]) + 1):
            sheet[f"{chr(letter)}{row}"].border = CUT
    put(sheet, f"C{row}:D{row + 1}", words, Look(Font(FACE, 11), framed=False))
    return row + 2
