"""Blanks for trials of filling: made by openpyxl, as a bureau makes them, with what must survive."""

from __future__ import annotations

import io
import zipfile
from typing import IO, TYPE_CHECKING, Any

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS, TYPES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
THIN, THICK = Side("thin"), Side("thick")
BOX = Border(THIN, THIN, THIN, THIN)
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


class _Picture(Image):
    """A picture given as bytes: openpyxl wants another library only to look at its size."""

    def __init__(self) -> None:
        self.ref, self.width, self.height, self.format = io.BytesIO(PICTURE), 40, 40, "png"
        self.anchor = TwoCellAnchor("oneCell", AnchorMarker(1, 0, 8, 0), AnchorMarker(2, 0, 9, 0))

    def _data(self) -> bytes:
        return PICTURE


def frame(sheet: Worksheet, area: str, border: Border = BOX) -> None:
    for row in sheet[area]:
        for cell in row:
            cell.border = border


def roster() -> Workbook:
    """Room for three in rows 4 to 6; below a sum, a remark with a note, a picture, a page break."""
    book = Workbook()
    sheet = book.active
    sheet.title = "花名册"
    book.properties.title = "花名册"
    sheet["A1"] = "{unit.name}花名册"
    sheet.merge_cells("A1:F1")
    sheet["A2"] = CellRichText("截止", TextBlock(InlineFont(b=True, rFont="黑体"), "{as_of|yyyy年M月d日}"))
    for column, head in enumerate(["序号", "姓名", "身份证号", "出生年月", "金额", "加一"], start=1):
        sheet.cell(3, column, head)
    frame(sheet, "A3:F6")
    frame(sheet, "A6:F6", Border(THIN, THIN, THIN, THICK))
    tokens = (
        "{index}",
        "{person.name}",
        "{person.id_number}",
        "{person.birth_date|yyyy.MM}",
        "{visit.amount}",
    )
    for column, token in enumerate((*tokens, "=E4+1"), start=1):
        sheet.cell(4, column, token)
    for row in (4, 5, 6):
        sheet.row_dimensions[row].height = 30 + row
        sheet.cell(row, 3).number_format = "@"
    sheet["A7"] = "共 {count} 人"
    sheet["E7"], sheet["F7"], sheet["D7"] = "=SUM(E4:E6)", "=SUM(F4:F6)", "=TODAY()"
    sheet["A8"] = "填表人："
    sheet["A8"].comment = Comment("手写签名", "")
    sheet.merge_cells("A8:F8")
    sheet["A9"].hyperlink = "https://example.org/"
    sheet.add_image(_Picture())
    choice = DataValidation("list", formula1='"男,女"', sqref="B4:B6")
    below = DataValidation("custom", formula1="$E$7>0", sqref="A8")
    sheet.data_validations.dataValidation += [choice, below]
    sheet.conditional_formatting.add("E4:E6", FormulaRule(["E4>$E$7/2"], fill=PatternFill("solid", "FFFF00")))
    sheet.print_area, sheet.print_title_rows = "A1:F9", "1:3"
    sheet.row_breaks.append(Break(id=6))
    sheet.row_breaks.append(Break(id=8))
    other = book.create_sheet("说明")
    other["A1"], other["A2"] = "填写说明", "=花名册!E7"
    book.defined_names["总额"] = DefinedName("总额", attr_text="花名册!$E$7")
    return book


def card() -> Workbook:
    """A form of one person, with a tab before it that stays single and one after it that looks at it."""
    book = Workbook()
    book.active.title = "说明"
    book.active["A1"] = "填写说明"
    sheet = book.create_sheet("采集表")
    sheet["A1"] = "采集表"
    sheet.merge_cells("A1:B1")
    sheet["A2"], sheet["B2"] = "姓名", "{person.name}"
    sheet["A3"], sheet["B3"] = "年龄", "{person.age}"
    sheet["A4"], sheet["B4"] = "明年", "=采集表!B3+1"
    sheet["B2"].font = Font("仿宋_GB2312", 12)
    sheet.print_area, sheet.print_title_rows = "A1:B4", "1:1"
    sheet["A2"].comment = Comment("同身份证", "")
    sheet.add_image(_Picture())
    last = book.create_sheet("核对")
    last["A1"] = "=采集表!B3"
    last.print_area = "A1:A1"
    book.active = 1
    for each in book:
        each.sheet_view.tabSelected = each is sheet
    return book


def saved(book: Workbook, path: Path) -> Path:
    """Save a blank as office programs do, its texts in a part that all sheets share; openpyxl leaves them in the cells."""
    made = io.BytesIO()
    book.save(made)
    content = parts(made)
    strings = etree.Element(f"{{{MAIN}}}sst", nsmap={None: MAIN})
    for name in [name for name in content if name.startswith("xl/worksheets/sheet")]:
        root = etree.fromstring(content[name])
        for cell in root.iterfind(".//{*}c[@t='inlineStr']"):
            text = cell[0]
            cell.set("t", "s")
            etree.SubElement(cell, f"{{{MAIN}}}v").text = str(len(strings))
            text.tag = f"{{{MAIN}}}si"
            strings.append(text)
        content[name] = etree.tostring(root)
    content["xl/sharedStrings.xml"] = etree.tostring(strings)
    relate(content, "sharedStrings")
    with zipfile.ZipFile(path, "w") as package:
        for name, bytes_ in content.items():
            package.writestr(name, bytes_)
    return path


def relate(content: dict[str, bytes], kind: str) -> None:
    """Enter xl/<kind>.xml, added by hand, into the relations of the workbook and the list of types."""
    relation = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    type_ = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
    for name, end, new in (
        (
            RELATIONS,
            "</Relationships>",
            f'<Relationship Id="rId{kind}" Type="{relation}" Target="/xl/{kind}.xml"/>',
        ),
        (TYPES, "</Types>", f'<Override PartName="/xl/{kind}.xml" ContentType="{type_}"/>'),
    ):
        content[name] = content[name].replace(end.encode(), (new + end).encode())


def parts(path: Path | IO[bytes]) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def people(count: int, **values: Any) -> list[dict[str, Any]]:
    return [
        {
            "person.name": f"某某{number}",
            "person.age": 40 + number,
            "person.id_number": f"45019919790312{number:04}",
            **values,
        }
        for number in range(1, count + 1)
    ]
