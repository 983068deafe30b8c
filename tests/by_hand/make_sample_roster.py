"""Makes resources/demo/sample_roster.xlsx: the roster that the tour takes in, in a bureau's manner, of invented people."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from wuling_desktop.domain.identity_card import check_digit

ROOT = Path(__file__).resolve().parents[2]
HEADS = (
    ("序号", None),
    ("姓  名", "person.name"),
    ("性别", "person.sex"),
    ("民 族", "person.ethnic_group"),
    ("籍贯", "person.native_place"),
    ("出生\n年月", "person.birth_date"),
    ("学历", "person.education"),
    ("学位", "person.degree"),
    ("参加工作\n时间", "person.work_start"),
    ("入党时间\n（年月日）", "step_fact.assembly_on"),
    ("转正时间", "membership.full_from"),
    ("党籍状态", "person.standing"),
    ("行政职务", "person.position"),
    ("职称", "person.title"),
    ("公民身份号码", "person.id_number"),
    ("联系电话", "person.phone"),
    ("所在党支部", "branch.name"),
    ("备注", "person.note"),
)
SHORT = {"大学本科毕业": "本科", "硕士研究生毕业": "硕士研究生"}
# Twelve cells of nine people that differ from what the demo holds.
CHANGED = {
    ("陆书翰", "person.position"): "教育评价室主任、正科级",
    ("莫知远", "person.phone"): "19900008001",
    ("农嘉言", "person.native_place"): "广西梧州",
    ("农嘉言", "person.title"): "高级教师",
    ("梁时雨", "person.position"): "学前教育负责人",
    ("罗景明", "person.phone"): "19900008002",
    ("罗景明", "person.position"): "办公室主任、工会主席",
    ("何致和", "person.native_place"): "广西贺州",
    ("卢问渠", "person.phone"): "19900008003",
    ("卢问渠", "person.position"): "中学历史学科组长",
    ("潘明远", "person.position"): "教育评价室副主任",
    ("石清川", "person.phone"): "19900008004",
}
NEW = (
    ("凤栖梧", "男", "侗族", dt.date(1986, 4, 12), 31),
    ("郎月明", "女", "壮族", dt.date(1990, 10, 3), 32),
    ("阿布都·赛麦提", "男", "维吾尔族", dt.date(1979, 2, 19), 33),
    ("湛若水", "男", "汉族", dt.date(1983, 7, 25), 35),
    ("喻星河", "女", "瑶族", dt.date(1994, 12, 8), 36),
)


def people() -> list[dict[str, str]]:
    """Return the 42 members of the demo with the changes, and five new ones."""
    with (ROOT / "resources/demo/people.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["person.standing"] in ("正式党员", "预备党员")]
    for row in rows:
        for (name, key), value in CHANGED.items():
            if row["person.name"] == name:
                row[key] = value
    return rows + [newcomer(*facts) for facts in NEW]


def newcomer(name: str, sex: str, nation: str, born: dt.date, order: int) -> dict[str, str]:
    """Return an invented member with a sound number of an unassigned county."""
    first17 = f"450199{born:%Y%m%d}{order * 2 + (sex == '男'):03d}"
    return {
        "person.name": name,
        "person.sex": sex,
        "person.ethnic_group": nation,
        "person.native_place": "广西钦州",
        "person.birth_date": born.isoformat(),
        "person.education": "大学本科毕业",
        "person.degree": "学士",
        "person.work_start": f"{born.year + 23}-08",
        "step_fact.assembly_on": f"{born.year + 28}-06-21",
        "membership.full_from": f"{born.year + 29}-06-21",
        "person.standing": "正式党员",
        "person.title": "一级教师",
        "person.id_number": first17 + check_digit(first17),
        "person.phone": f"1990000{9000 + order}",
        "branch.name": "第二党支部",
    }


def written(key: str, value: str, row: int) -> object:
    """Return a value as somebody filled it in: dates in five manners, nations short and long."""
    if not value:
        return None
    if key in ("step_fact.assembly_on", "membership.full_from") and len(value) == 10:
        day = dt.date.fromisoformat(value)
        manners = (
            day,
            value.replace("-", "."),
            f"{day.year}年{day.month}月{day.day}日",
            int(f"{day:%Y%m%d}"),
            f"{day:%Y/%m/%d}",
        )
        return manners[row % len(manners)]
    if key in ("person.birth_date", "person.work_start"):
        return value[:7].replace("-", ".")
    if key == "person.ethnic_group" and row % 3 == 0:
        return value.removesuffix("族")
    return SHORT.get(value, value)


def main() -> None:
    """Write the workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = "花名册"
    width = len(HEADS)
    sheet["A1"] = "附件2"
    sheet["A2"] = "中共青江市教育科学研究所党总支党员花名册"
    sheet["A3"] = "填报单位（盖章）：青江市教育科学研究所（演示）"
    sheet.cell(3, width - 2, "填报时间：2026年11月20日")
    for row in (2,):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    sheet["A2"].font = Font("方正小标宋简体", 20)
    sheet["A2"].alignment = Alignment(horizontal="center")
    thin = Side("thin")
    for column, (head, _) in enumerate(HEADS, start=1):
        cell = sheet.cell(4, column, head)
        cell.font = Font("黑体", 11)
        cell.alignment = Alignment("center", "center", wrap_text=True)
    rows = people()
    for number, person in enumerate(rows, start=1):
        for column, (_, key) in enumerate(HEADS, start=1):
            value = number if key is None else written(key, person.get(key, ""), number)
            cell = sheet.cell(number + 4, column, value)
            if key in ("person.id_number", "person.phone"):
                cell.number_format = "@"
            if isinstance(value, dt.date):
                cell.number_format = "yyyy-mm-dd"
    # One number that a colleague's sheet kept as a number: its last three digits are gone for good.
    spoilt = sheet.cell(5 + 17, 15)
    spoilt.value, spoilt.number_format = float(rows[17]["person.id_number"][:15] + "000"), "0"
    last = len(rows) + 5
    sheet.cell(last, 1, f"合计：{len(rows)} 人")
    sheet.cell(last + 1, 1, "注：1.党龄从转正之日算起。2.本表一式两份。")
    sheet.cell(last + 2, 1, "填表人：")
    sheet.cell(last + 2, 8, "审核人：")
    sheet.cell(last + 2, 15, "年   月   日")
    for row in sheet.iter_rows(min_row=4, max_row=last - 1, max_col=width):
        for cell in row:
            cell.border = Border(thin, thin, thin, thin)
    book.save(ROOT / "resources/demo/sample_roster.xlsx")


if __name__ == "__main__":
    main()
