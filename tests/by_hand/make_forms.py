"""Makes the blanks in resources/forms/ in a bureau's manner; needs nothing, and made again they are the same byte for byte."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from form_parts import (
    AS_OF,
    BODY,
    DAY,
    FORMS,
    HEAD,
    MARK,
    MONTH,
    NUMBER,
    OPEN,
    TEXT,
    TITLE,
    Look,
    new_book,
    put,
    save,
    set_paper,
)
from letter_form import letter_form
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ROOM = 8  # rows for records in a blank list


@dataclass(frozen=True)
class Column:
    """A column of a list: long texts are wrapped, short ones shrink to fit."""

    head: str
    token: str
    width: float
    wrap: bool = False
    across: str = "center"
    format: str = TEXT


GENERAL = (
    Column("序号", "{index}", 4.5, format=NUMBER),
    Column("姓名", "{person.name}", 8.5),
    Column("性别", "{person.sex}", 4.5),
    Column("民族", "{person.ethnic_group}", 7),
    Column("籍贯", "{person.native_place}", 9, wrap=True),
    Column("出生年月\n（岁）", f"{{person.birth_date{MONTH}}}\n（{{person.age}}岁）", 8.5, wrap=True),
    Column("学历", "{person.education}", 9.5, wrap=True),
    Column("学位", "{person.degree}", 6, wrap=True),
    Column("参加工作\n时间", f"{{person.work_start{MONTH}}}", 9),
    Column("入党时间", f"{{step_fact.assembly_on{DAY}}}", 10.5),
    Column("转正时间", f"{{membership.full_from{DAY}}}", 10.5),
    Column("党龄\n（年）", "{membership.party_age}", 6.5, format=NUMBER),
    Column("党员类别", "{person.standing}", 8.5),
    Column("党内职务", "{committee_member.post}", 9, wrap=True),
    Column("行政职务", "{person.position}", 13, wrap=True),
    Column("身份证号码", "{person.id_number}", 19),
    Column("联系电话", "{person.phone}", 12.5),
    Column("所在党支部", "{branch.name}", 11, wrap=True),
    Column("备注", "{person.note}", 8, wrap=True),
)
STAFF = (
    Column("序号", "{index}", 4.5, format=NUMBER),
    Column("工号", "{person.staff_number}", 8),
    Column("姓名", "{person.name}", 8.5),
    Column("性别", "{person.sex}", 4.5),
    Column("出生年月\n（岁）", f"{{person.birth_date{MONTH}}}\n（{{person.age}}岁）", 8.5, wrap=True),
    Column("民族", "{person.ethnic_group}", 7),
    Column("编制类别", "{person.staff_kind}", 9, wrap=True),
    Column("科室", "{person.department}", 9, wrap=True),
    Column("行政职务", "{person.position}", 13, wrap=True),
    Column("专业技术\n职务", "{person.title}", 9, wrap=True),
    Column("职称级别", "{person.title_level}", 7, wrap=True),
    Column("学历", "{person.education}", 9.5, wrap=True),
    Column("学位", "{person.degree}", 6, wrap=True),
    Column("毕业学校", "{person.ft_school}", 14, wrap=True),
    Column("专业", "{person.major}", 9, wrap=True),
    Column("参加工作\n时间", f"{{person.work_start{MONTH}}}", 9),
    Column("来本单位\n时间", f"{{person.joined_unit_on{MONTH}}}", 9),
    Column("入党时间", f"{{step_fact.assembly_on{DAY}}}", 10.5),
    Column("转正时间", f"{{membership.full_from{DAY}}}", 10.5),
    Column("党龄\n（年）", "{membership.party_age}", 6.5, format=NUMBER),
    Column("党内职务", "{committee_member.post}", 9, wrap=True),
    Column("所在党支部", "{branch.name}", 11, wrap=True),
    Column("手机", "{person.phone}", 12.5),
)
VISITS = (
    Column("序号", "{index}", 5, format=NUMBER),
    Column("走访日期", f"{{visit.day{DAY}}}", 12),
    Column("慰问对象", "{visit.person}", 10),
    Column("慰问类别", "{visit.occasion}", 12),
    Column("走访人", "{visit.visitors}", 18, wrap=True),
    Column("慰问金额\n（元）", "{visit.amount}", 11, format="0.00"),
    Column("慰问品", "{visit.goods}", 14, wrap=True),
    Column("经费来源", "{visit.money_source}", 10),
    Column("集体研究的会议", "{visit.decided_at}", 20, wrap=True),
    Column("情况记录", "{visit.account}", 38, wrap=True, across="left"),
)


def list_form(
    title: str, heading: str, columns: tuple[Column, ...], height: float, total: str = ""
) -> Workbook:
    """Return a list on A4 across; `total` is the head of the column that is summed."""
    book, sheet = new_book(title, title.partition("（")[0])
    left, middle, right = shared(columns, 3)
    last = get_column_letter(len(columns))
    put(sheet, f"A1:{last}1", heading, Look(TITLE, framed=False))
    put(sheet, area(left, 2), "填报单位（盖章）：{unit.name}", OPEN)
    put(sheet, area(middle, 2), "{demo}", MARK)
    put(sheet, area(right, 2), f"截止日期：{AS_OF}", replace(OPEN, across="right"))
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        put(sheet, f"{letter}3", column.head, Look(HEAD, wrap=True))
        look = Look(BODY, column.across, column.wrap, not column.wrap, column.format)
        for row in range(4, 4 + ROOM):
            put(sheet, f"{letter}{row}", column.token if row == 4 else None, look)
        if column.head == "性别":
            choice = DataValidation("list", formula1='"男,女"', allow_blank=True)
            choice.add(f"{letter}4:{letter}{3 + ROOM}")
            sheet.add_data_validation(choice)
    foot = 4 + ROOM
    put_foot(sheet, columns, foot, total)
    for row, size in {1: 36, 2: 24, 3: 36, **dict.fromkeys(range(4, foot), height), foot: 26}.items():
        sheet.row_dimensions[row].height = size
    set_paper(sheet, f"A1:{last}{foot + 2}", "landscape")
    sheet.print_title_rows = "1:3"
    sheet.freeze_panes = "C4"
    sheet.page_setup.fitToHeight = 0
    return book


def shared(columns: tuple[Column, ...], parts: int) -> list[tuple[int, int]]:
    """Return the first and last column of so many parts of about one width."""
    whole, passed, first, found = sum(column.width for column in columns), 0.0, 1, []
    for number, column in enumerate(columns, start=1):
        passed += column.width
        if passed >= whole * (len(found) + 1) / parts - column.width / 2 and len(found) < parts - 1:
            found.append((first, number))
            first = number + 1
    return [*found, (first, len(columns))]


def area(columns: tuple[int, int], row: int) -> str:
    """Return the area of some columns in one row."""
    return f"{get_column_letter(columns[0])}{row}:{get_column_letter(columns[1])}{row}"


def put_foot(sheet: Worksheet, columns: tuple[Column, ...], foot: int, total: str) -> None:
    """Write the count, the sum where there is one, the note and the line for signatures."""
    note = f"注：1.年龄、党龄计算截止 {AS_OF}。2.党龄从转为正式党员之日算起。"
    if total:
        at = [column.head for column in columns].index(total) + 1
        summed = get_column_letter(at)
        put(sheet, area((1, at - 1), foot), "合计", Look(HEAD))
        formula = f"=SUM({summed}4:{summed}{foot - 1})"
        put(sheet, f"{summed}{foot}", formula, Look(BODY, shrink=True, format="0.00"))
        put(sheet, area((at + 1, len(columns)), foot), "共 {count} 人次", Look(BODY, "left"))
        note = f"注：本表登记截止 {AS_OF}；慰问金从党费列支的，附党支部委员会研究记录。"
    else:
        put(sheet, area((1, len(columns)), foot), "共 {count} 人", Look(BODY, "left"))
    put(sheet, area((1, len(columns)), foot + 1), note, OPEN)
    signed = ("填表人：", "审核人：", "负责人（签字）：", "年　　月　　日")
    for text, columns_ in zip(signed, shared(columns, len(signed)), strict=True):
        put(sheet, area(columns_, foot + 2), text, replace(OPEN, across="right" if "年" in text else "left"))
    sheet.row_dimensions[foot + 1].height = sheet.row_dimensions[foot + 2].height = 26


# Label and value by turns, each with its columns; a value with a line break is set in several lines.
MEMBER_ROWS = (
    (
        38,
        ("A", "姓　　名"), ("B", "{person.name}"), ("C", "性　　别"), ("D", "{person.sex}"),
        ("E", "出生年月\n（岁）"), ("F", f"{{person.birth_date{MONTH}}}\n（{{person.age}}岁）"),
    ),
    (
        38,
        ("A", "民　　族"), ("B", "{person.ethnic_group}"), ("C", "籍　　贯"), ("D", "{person.native_place}"),
        ("E", "工　　号"), ("F", "{person.staff_number}"),
    ),
    (
        38,
        ("A", "入党时间"), ("B", f"{{step_fact.assembly_on{DAY}}}"),
        ("C", "参加工作\n时间"), ("D", f"{{person.work_start{MONTH}}}"),
        ("E", "专业技术\n职务"), ("F", "{person.title}"),
    ),
    (
        38,
        ("A", "党支部\n书记"), ("B", "{committee.is_secretary}"), ("C", "委　　员"), ("D", "{committee.is_member}"),
        ("E", "党内职务"), ("F", "{committee_member.post}"),
    ),
    (36, ("A", "身份证号码"), ("BD", "{person.id_number}"), ("E", "转正时间"), ("FG", f"{{membership.full_from{DAY}}}")),
    (
        42,
        ("B", "全日制\n教育"), ("CD", "{person.ft_education_and_degree}\n"),
        ("E", "毕业院校\n系及专业"), ("FG", "{person.ft_school}\n"),
    ),
    (
        42,
        ("B", "在职教育"), ("CD", "{person.is_education_and_degree}\n"),
        ("E", "毕业院校\n系及专业"), ("FG", "{person.is_school}\n"),
    ),
    (36, ("A", "所在党组织"), ("BD", "{branch.name}"), ("E", "党龄（年）"), ("FG", "{membership.party_age}")),
    (36, ("A", "任现职时间"), ("BD", f"{{person.position_since{MONTH}}}"), ("E", "行政职务"), ("FG", "{person.position}")),
    (36, ("A", "科　　室"), ("BD", "{person.department}"), ("E", "人员类别"), ("FG", "{person.staff_kind}")),
    (36, ("A", "联系方式"), ("BD", "{person.phone}"), ("E", "家庭住址"), ("FG", "{person.address}\n")),
    (206, ("A", "简　　历"), ("BG", "{person.resume}\n")),
    (78, ("A", "党内奖惩\n情况"), ("BG", "{person.rewards_and_discipline}\n")),
    (60, ("A", "年度考核\n结果"), ("BG", None)),
)  # fmt: skip


def member_form() -> Workbook:
    """Return the sheet of one person on A4 upright."""
    book, sheet = new_book("党员基本信息采集表", "采集表")
    for letter, width in zip("ABCDEFG", (12, 13.5, 11, 12.5, 11.5, 13.5, 16), strict=True):
        sheet.column_dimensions[letter].width = width
    put(sheet, "A1:G1", "党员基本信息采集表", Look(TITLE, framed=False))
    put(sheet, "A2:C2", "填报单位（盖章）：{unit.name}", OPEN)
    put(sheet, "D2", "{demo}", MARK)
    put(sheet, "E2:G2", f"截止日期：{AS_OF}", replace(OPEN, across="right"))
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 44, 26
    for row, (height, *cells) in enumerate(MEMBER_ROWS, start=3):
        sheet.row_dimensions[row].height = height
        for place, (columns, text) in enumerate(cells):
            wrap, long = "\n" in (text or ""), columns == "BG"
            look = (
                Look(HEAD, wrap=True)
                if place % 2 == 0
                else Look(BODY, "left" if long else "center", wrap, not wrap)
            )
            if place % 2 and not long:
                look = replace(look, format=TEXT)
            put(sheet, f"{columns[0]}{row}:{columns[-1]}{row}", text and text.removesuffix("\n"), look)
    put(sheet, "A8:A9", "学历学位", Look(HEAD, wrap=True))
    put(sheet, "G3:G6", "照　片{person.photo}", Look(BODY))
    last = 3 + len(MEMBER_ROWS)
    signed = "本人签字：　　　　　　　　　党支部书记签字：　　　　　　　　　　年　　月　　日"
    put(sheet, f"A{last}:G{last}", signed, OPEN)
    put(
        sheet,
        f"A{last + 1}:G{last + 1}",
        f"注：年龄、党龄计算截止 {AS_OF}；没有的填“无”。",
        replace(OPEN, font=BODY),
    )
    sheet.row_dimensions[last].height, sheet.row_dimensions[last + 1].height = 36, 22
    set_paper(sheet, f"A1:G{last + 1}", "portrait")
    sheet.page_setup.fitToHeight = 1
    return book


def main() -> None:
    """Write the blanks."""
    FORMS.mkdir(exist_ok=True)
    save(list_form("党员花名册", "{branch.name}党员花名册", GENERAL, 34), "roster_general")
    staff = list_form("党员花名册（教职工）", "{branch.name}党员花名册（教职工）", STAFF, 44)
    save(staff, "roster_staff")
    save(member_form(), "member_form")
    save(letter_form(), "transfer_letter")
    visits = list_form("走访慰问台账", "{branch.name}走访慰问台账", VISITS, 32, "慰问金额\n（元）")
    save(visits, "visits")


if __name__ == "__main__":
    main()
