"""Blanks as bureaus send them, filled with 42 invented people and imported: nothing lost, invented or wrong in silence."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from layout_answers import Clerk, compare
from layout_files import write_csv, write_html
from layout_trials import BRANCHES, CLEAN, MANNERS, PAINS, Layout, Told, fill
from ods_trials import write_ods
from openpyxl import Workbook

if TYPE_CHECKING:
    from pathlib import Path

ROSTER_HEADS = (
    "序号 姓  名 性别 民\n族 籍贯 出生\n年月 学历 学位 参加工作\n时间 入党时间 转正时间 党籍状态 党内职务 行政职务/职称 "
    "公民身份号码 联系电话 所在党支部 备注"
)
ROSTER = (
    "# name sex ethnic_group native_place birth_date education degree work_start join_date regular_date status "
    "party_post post id_number phone branch note"
)
REGISTER_HEADS = (
    "所属党支部 工号 姓名 性别 民族 出生时间 籍贯 家庭住址 联系电话 身份证号码 所学专业 学制（年） 是否团员（填“是”“否”） "
    "递交入党申请书时间 首次组织谈话时间 确定为入党积极分子时间 群众评议时间 推优时间 培养联系人 支委会讨论发展对象时间 "
    "确定发展对象时间（党委备案时间） 政治审查（填“完成”“未完成”） 党校培训结业时间 党委预审时间 确定入党介绍人时间 入党介绍人 "
    "自传（填“完成”“未完成”） 入党志愿书编号 确定为预备党员时间（支部大会） 入党谈话时间 入党谈话人 党委审批时间 入党宣誓时间 "
    "递交转正申请书时间 转正时间（支部大会讨论转正时间） 党委审批时间2 转档案馆时间 关系转出时间 转出类型 转出单位 "
    "备注（未及时发展、转正的原因等）"
)
REGISTER = (
    "branch staff_number name sex ethnic_group birth_date native_place address phone id_number major - - applied_on "
    "talk_on activist_on - - contacts object_committee_on object_on - training_to preexam_on introducers_on "
    "introducers - - join_date superior_talk_on - approved_on oath_on conv_applied_on conv_assembly_on "
    "conv_approved_on archived_on out_on - out_to note"
)


def heads(book: Workbook, row: int, words: str) -> None:
    """Write heads; a blank parts two of them, two blanks stand inside one (姓  名)."""
    for column, head in enumerate(words.replace("  ", "\u3000").split(" "), 1):
        book.active.cell(row, column, head.replace("\u3000", "  "))


def merged(book: Workbook, place: str, text: str) -> None:
    book.active[place.partition(":")[0]] = text
    book.active.merge_cells(place)


def exported(book: Workbook) -> Layout:
    """What a system gives out: heads in row 1."""
    words = (
        "工作证号 姓名 编制类别 人员分类 人员状态 性别 出生日期 年龄 民族 籍贯 证件号码 所在党支部 所在单位 入党时间 "
        "入党时所在党支部 入党介绍人 转正时间 转正时所在党支部 党内职务 党内奖励 到校日期 专业技术职务 行政职务 学历 "
        "毕业学校 学位 手机号码 备注1"
    )
    heads(book, 1, words)
    return Layout("Sheet", 1, "staff_number name staff_kind - - sex birth_date - ethnic_group native_place id_number branch "
        "department join_date - introducers regular_date - party_post - joined_unit_on title post education ft_school "
        "degree phone -")  # fmt: skip


def roster(book: Workbook) -> Layout:
    """What a bureau asks for: mark, title, unit line, heads, total, note, signatures."""
    book.active["A1"] = "附件2"
    merged(book, "A2:R2", "中共青江市教科所总支部委员会党员花名册")
    book.active["A3"], book.active["P3"] = "填报单位（盖章）：", "填报时间：    年  月  日"
    heads(book, 4, ROSTER_HEADS)
    merged(book, "A8:R8", "合计：    人")
    merged(book, "A9:R9", "注：1.时间按档案填写。2.本表一式两份。")
    book.active["A10"], book.active["H10"] = "填表人：", "审核人："
    return Layout("Sheet", 4, ROSTER, footer=8)


def stages(book: Workbook) -> Layout:
    """The 25 steps turned sideways: the same words twice, told apart by the stage above them only."""
    merged(book, "A1:AE1", "发展党员工作全程纪实台账")
    for place, text in (
        ("A2:A3", "序号"), ("B2:B3", "姓名"), ("C2:C3", "性别"), ("D2:D3", "出生年月"), ("E2:E3", "身份证号"),
        ("F2:G2", "全日制教育"), ("H2:I2", "在职教育"),
        ("J2:K2", "阶段一：申请入党"), ("L2:O2", "阶段二：入党积极分子的确定和培养教育"),
        ("P2:U2", "阶段三：发展对象的确定和考察"), ("V2:AA2", "阶段四：预备党员的接收"),
        ("AB2:AE2", "阶段五：预备党员的教育考察和转正"),
    ):  # fmt: skip
        merged(book, place, text)
    below = (
        "学历 毕业院校系及专业 学历 毕业院校系及专业 递交申请书时间 派人谈话时间 确定入党积极分子时间 上级党委备案时间 "
        "指定培养联系人时间 考察意见 支委会讨论确定发展对象时间 上级党委备案时间 确定入党介绍人时间 政治审查时间 "
        "集中培训开始时间 集中培训结束时间 支委会审查时间 上级党委预审时间 填写入党志愿书时间 支部大会讨论时间 "
        "上级党委派人谈话时间 上级党委审批时间 入党宣誓时间 提出转正申请时间 支部大会讨论时间 上级党委审批时间"
    )
    for column, head in enumerate(below.split(), 6):
        book.active.cell(3, column, head)
    return Layout("Sheet", 3, "# name sex birth_date id_number ft_education ft_school is_education is_school applied_on "
        "talk_on activist_on activist_filed_on contacts_on - object_committee_on object_agreed_on introducers_on "
        "review_done_on training_from training_to committee_review_on preexam_on form_on join_date superior_talk_on "
        "approved_on oath_on conv_applied_on conv_assembly_on conv_approved_on", of="on_the_way")  # fmt: skip


def register(book: Workbook) -> Layout:
    """A development register of 41 columns under two lines of warnings and stages, two of them called 阶段2."""
    merged(book, "A1:AK1", "注意1：时间一律设为“日期”格式，否则必须形如“yyyy-mm-dd”")
    merged(book, "A2:AK2", "注意2：基本信息必填，其余按发展程度从左到右逐步填写，不允许中间出现空值")
    for place, text in (
        ("A3:M3", "基本信息"), ("N3:O3", "阶段1：入党申请阶段"), ("P3:W3", "阶段2：积极分子和发展对象"),
        ("X3:AG3", "阶段2：预备党员"), ("AH3:AK3", "阶段3：正式党员"), ("AL3:AN3", "阶段4：转出"),
    ):  # fmt: skip
        merged(book, place, text)
    heads(book, 4, REGISTER_HEADS)
    return Layout("Sheet", 4, REGISTER, of="on_the_way")


def noted(book: Workbook) -> Layout:
    """A row of 必填, a sample person, and a box of notes over the data area that nobody deletes."""
    heads(
        book,
        1,
        "工号 姓名 党支部编码 党支部 党籍状态（正式党员或预备党员） 组织关系转入时间 身份证号 手机 入党时间 转正时间 备注",
    )
    for column, text in enumerate(
        ("必填", "必填", "必填，与系统内保持一致", "必填", "正式党员或预备党员"), 1
    ):
        book.active.cell(2, column, text)
    book.active.append(
        ["JY0000", "张三", "0201", "某某党支部", "正式党员", None, None, 19900000000, "2015-11-06"]
    )
    merged(book, "C8:H15", "填写注意事项：\n1.标红的必须填写完整。\n2.导入前请删除样例和此注意事项。")
    return Layout("Sheet", 1, "staff_number name - branch status in_on id_number phone join_date regular_date note",
        kept=2, box=(8, 15))  # fmt: skip


def coded(book: Workbook) -> Layout:
    """An old list with codes before the words, its code lists on hidden sheets."""
    heads(book, 1, "序号 姓名 党员类别 所在组织(请勿输入特殊符号) 性别 出生年月(2019/10/24) 民族 联系电话 档案管理单位 党籍状态 "
        "加入党组织日期(2019/10/24) 身份证 入党时间(2019/10/24)")  # fmt: skip
    for title, codes in (("码表1", ("223_正式党员", "224_预备党员")), ("码表2", ("868_汉族", "875_壮族"))):
        hidden = book.create_sheet(title)
        hidden.sheet_state = "hidden"
        for code in codes:
            hidden.append([code])
    return Layout("Sheet", 1, "# name status=223_ branch sex=95_ birth_date ethnic_group=868_ phone - status=59325_ "
        "join_date id_number join_date")  # fmt: skip


def committee(book: Workbook) -> Layout:
    """Who holds which post of the Party: 职务 means another thing than in a roster."""
    merged(book, "A1:G1", "各党支部委员及分工统计表")
    merged(book, "A2:G2", "单位名称：")
    heads(book, 3, "序号 职  务 姓  名 工作证号 分  工 任职时间 手机号")
    merged(book, "A6:G6", "统计日期：2026年  月  日")
    return Layout("Sheet", 3, "# party_post name staff_number - - phone", of="committee", footer=6)


def moved(book: Workbook) -> Layout:
    """Who left: 转出单位 is the branch that gave the letter, not where a member came from."""
    heads(
        book,
        1,
        "工号 姓名 类别 党员本人联系电话 转入单位抬头 转入单位 转出单位 转出单位联系电话 党费缴纳至年月 办理时间 备注",
    )
    return Layout("Sheet", 1, "staff_number name - phone - out_to - - dues_paid_until - note")


BLANKS = (exported, roster, stages, register, noted, coded, committee, moved)


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Clerk:
    return Clerk(tmp_path_factory.mktemp("layouts"))


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("blank", BLANKS)
def test_filled_layout(blank, manner: str, clerk: Clerk, tmp_path: Path) -> None:
    book = Workbook()
    layout = blank(book)
    truth = fill(book, layout, manner)
    book.save(tmp_path / "填好的.xlsx")
    faults = clerk.judged(tmp_path / "填好的.xlsx", truth)
    assert faults.all() == []
    assert faults.right > 42 * 3


@pytest.mark.parametrize("manner", [CLEAN, PAINS, BRANCHES])
@pytest.mark.parametrize("blank", [roster, stages])
def test_filled_layout_as_csv(blank, manner: str, clerk: Clerk, tmp_path: Path) -> None:
    """Saved as text, heads over several columns lose their merges."""
    book = Workbook()
    layout = blank(book)
    truth = fill(book, layout, manner, merge=False)
    truth.sheet = "花名册"
    write_csv(book.active, tmp_path / "花名册.csv")
    assert compare(clerk.imports(tmp_path / "花名册.csv"), truth).all() == []


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("blank", [roster, coded])
def test_filled_layout_as_ods(blank, manner: str, clerk: Clerk, tmp_path: Path) -> None:
    book = Workbook()
    layout = blank(book)
    truth = fill(book, layout, manner)
    assert clerk.judged(write_ods(book, tmp_path / "填好的.ods"), truth).all() == []


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("blank", [roster, stages])
def test_filled_layout_as_a_page(blank, manner: str, clerk: Clerk, tmp_path: Path) -> None:
    book = Workbook()
    layout = blank(book)
    truth = fill(book, layout, manner)
    truth.sheet = "花名册"
    write_html(book.active, tmp_path / "花名册.xls")
    assert clerk.judged(tmp_path / "花名册.xls", truth).all() == []


def test_the_judge_sees_every_fault(clerk: Clerk, tmp_path: Path) -> None:
    book = Workbook()
    truth = fill(book, noted(book), PAINS)
    book.save(tmp_path / "填好的.xlsx")
    answer = clerk.imports(tmp_path / "填好的.xlsx")
    good = compare(answer, truth)
    assert (good.all(), good.told > 5) == ([], True)
    first, second, third, *_, last = answer["records"]
    answer["records"].remove(last)  # a person of nine values and more
    first["phone"], second["phone"], third["note"] = None, "19900000000", "没有写过"
    answer["records"].append({"sheet": "Sheet", "row": 3, "name": "张三"})
    answer["problems"] = [each for each in answer["problems"] if each["field"] != "id_number"]
    answer["columns"].pop()
    bad = compare(answer, truth)
    gone = len(bad.lost) + len(bad.withheld)  # a new branch is a problem of its cell, too
    spoilt = sum(not cells["id_number"].values for cells in truth.rows.values() if "id_number" in cells)
    assert gone == 1 + spoilt + sum(value is not None for value in last.values()) - 2
    assert (len(bad.wrong), len(bad.invented), len(bad.dropped)) == (1, 2, 1)


def test_the_judge_sees_what_is_taken_without_asking(clerk: Clerk, tmp_path: Path) -> None:
    book = Workbook()
    truth = fill(book, roster(book), PAINS)
    book.save(tmp_path / "填好的.xlsx")
    truth.concealed = {*[*truth.rows][3:6]}
    faults = clerk.judged(tmp_path / "填好的.xlsx", truth)
    assert faults.outcome == "asks []"
    assert len(faults.lost) == 3, "rows that were to be left and were not told"
    assert len(faults.invented) > 3 * 10


@pytest.mark.parametrize("blank", BLANKS)
def test_blank_layout_is_rejected(blank, clerk: Clerk, tmp_path: Path) -> None:
    book = Workbook()
    blank(book)
    book.save(tmp_path / "空白.xlsx")
    answer = clerk.imports(tmp_path / "空白.xlsx")
    assert answer["outcome"] == "rejected"
    assert "空表" in answer["message"]


@pytest.mark.parametrize("manner", [CLEAN, PAINS])
def test_one_block_for_each_branch(manner: str, clerk: Clerk, tmp_path: Path) -> None:
    """A title, heads of its own, and a sum for each block of people; the title says the branch."""
    book = Workbook()
    heads(book, 1, "序号 姓名 性别 民族 出生年月 身份证号 入党时间 联系电话")
    layout = Layout("Sheet", 1, "# name sex ethnic_group birth_date id_number join_date phone")
    truth = fill(book, layout, manner, merge=False)
    blocks, titles = book.create_sheet("各支部"), []
    rows, truth.sheet, truth.rows = truth.rows, "各支部", {}
    for start, end in pairwise((0, 14, 28, 42)):
        titles.append(blocks.max_row + 1 if start else 1)
        blocks.cell(titles[-1], 1, f"第{'一二三'[start // 14]}党支部（14 人）")
        blocks.merge_cells(start_row=titles[-1], end_row=titles[-1], start_column=1, end_column=8)
        for row in (1, *[*rows][start:end]):
            blocks.append([cell.value for cell in book["Sheet"][row]])
            if row in rows:
                truth.rows[blocks.max_row] = rows[row]
                truth.add(
                    blocks.max_row, "branch", Told("A", frozenset({f"第{'一二三'[start // 14]}党支部"}))
                )
        blocks.append(["小计", "14 人"])
    del book["Sheet"]
    book.save(tmp_path / "各支部.xlsx")
    answer = clerk.imports(tmp_path / "各支部.xlsx")
    assert compare(answer, truth).all() == []
    assert set(titles) <= {each["row"] for each in answer["skipped"]}
