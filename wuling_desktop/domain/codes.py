"""Code tables: codes are stored as the standard's code and shown as its text (COD-03…08)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Self

from wuling_desktop import program_data
from wuling_desktop.domain.texts import closed

# A number of some other list beside the text: only the text is believed.
_CODE_BEFORE = re.compile(r"(?:\d+[_\-.、:：]|\d{1,3}(?=\D))(.+)", re.ASCII)
_CODE_BEHIND = re.compile(r"(.+?)[(_\-]\d{1,6}\)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Code:
    """One entry: `others` are older, shorter or wrong writings met in workbooks."""

    code: str
    text: str
    others: tuple[str, ...] = ()


class CodeTable:
    """An ordered table of codes, found by text; by number only where all lists agree on them (`numbers`)."""

    def __init__(
        self, name: str, codes: tuple[Code, ...], *, numbers: bool = False, open_ended: bool = False
    ) -> None:
        self.name = name
        self.codes = codes
        self.open_ended = open_ended  # an unknown text is kept as typed and marked, not refused
        self._texts = {code.code: code.text for code in codes}
        self._found: dict[str, str] = {}
        for code in codes:
            for writing in (code.text, *code.others):
                self._found.setdefault(closed(writing), code.code)
        if numbers:
            for code in codes:
                self._found.setdefault(code.code, code.code)

    def text(self, code: str) -> str:
        """Return the text of a code; a value kept as typed is its own text."""
        return self._texts.get(code, code)

    def knows(self, code: str) -> bool:
        """Whether the value is a code of this table."""
        return code in self._texts

    def find(self, text: str) -> str | None:
        """Return the code meant by a text such as 壮, 壮族, 868_汉族, 汉族（01）; None when none is."""
        key = closed(text)
        if key in self._found:
            return self._found[key]
        coded = _CODE_BEFORE.fullmatch(key) or _CODE_BEHIND.fullmatch(key)
        return self._found.get(coded[1]) if coded else None


class Codes(StrEnum):
    """Base of short fixed tables: members are (code, text, other writings…)."""

    text: str
    others: tuple[str, ...]

    def __new__(cls, code: str, text: str = "", *others: str) -> Self:
        """Make a member whose value is the code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.text = text
        member.others = others
        return member


@cache
def table_of(codes: type[Codes]) -> CodeTable:
    """Return the code table of a short fixed list."""
    entries = tuple(Code(member.value, member.text, member.others) for member in codes)
    return CodeTable(codes.__name__, entries)


@cache
def shipped(name: str, *, numbers: bool = False) -> CodeTable:
    """Return a standard's table from `resources/codes/`; unknown texts are kept as typed."""
    entries = tuple(
        Code(row["code"], row["text"], tuple(filter(None, row["others"].split("|"))))
        for row in program_data.code_rows(name)
    )
    return CodeTable(name, entries, numbers=numbers, open_ended=True)


class MemberKind(Codes):
    """Kind of member."""

    FULL = "1", "正式党员", "正式", "中共党员", "党员", "中共党员（正式）"
    PROBATIONARY = "2", "预备党员", "预备", "中共预备党员", "中共党员（预备）"


class MemberState(Codes):
    """State of 党籍; nothing returns from 出党."""

    NORMAL = "1", "正常", "正常党籍"
    STOPPED = "2", "停止党籍", "已停止党籍"
    RESTORED = "3", "已恢复", "恢复党籍", "已恢复党籍"
    LEFT = "4", "出党", "已出党"
    DEAD = "5", "死亡", "去世", "已去世", "已死亡"


class Standing(Codes):
    """Where a person stands on the way into the Party; computed, never stored."""

    APPLICANT = "1", "入党申请人", "申请人", "申请入党人"
    ACTIVIST = "2", "入党积极分子", "积极分子"
    OBJECT = "3", "发展对象", "重点发展对象"
    PROBATIONARY = "4", "预备党员", "预备", "中共预备党员", "中共党员（预备）"
    FULL = "5", "正式党员", "正式", "中共党员", "党员", "中共党员（正式）"


class StaffKind(Codes):
    """How a person belongs to the institute."""

    ACTIVE = "1", "在编在职", "在编", "在职", "在职教职工", "在职人员"
    CONTRACT = "2", "编外聘用", "聘用", "编外", "合同制", "聘用制"
    RETIRED = "3", "离退休", "退休", "离休", "离退休教职工", "已退休"
    SECONDED = "4", "借调", "跟岗", "挂职"
    OTHER = "9", "其他"


class OrganisationKind(Codes):
    """Level of a Party organisation in the tree."""

    COMMITTEE = "1", "党委", "基层党委"
    GENERAL_BRANCH = "2", "党总支", "总支", "总支部"
    BRANCH = "3", "党支部", "支部"
    GROUP = "4", "党小组", "小组"


class PartyPost(Codes):
    """Post inside a committee or branch."""

    SECRETARY = "1", "书记", "支部书记", "党支部书记", "总支书记", "党总支书记"
    DEPUTY = "2", "副书记", "支部副书记", "总支副书记", "党总支副书记"
    ORGANISATION = "3", "组织委员"
    PUBLICITY = "4", "宣传委员"
    DISCIPLINE = "5", "纪检委员"
    UNITED_FRONT = "6", "统战委员"
    YOUTH = "7", "青年委员"
    MEMBER = "8", "委员"


class Measure(Codes):
    """Disciplinary measures (处分 2023) and measures of organisation (处置 2024)."""

    WARNING = "1", "警告", "党内警告"
    SERIOUS_WARNING = "2", "严重警告", "党内严重警告"
    POST_REMOVED = "3", "撤销党内职务"
    PROBATION = "4", "留党察看"
    EXPELLED = "5", "开除党籍"
    CORRECTION = "6", "限期改正"
    PERSUADED_OUT = "7", "劝其退党", "劝退"
    STRUCK_OFF = "8", "除名", "党内除名"


class AwardLevel(Codes):
    """Level of the body that gave an honour."""

    NATIONAL = "1", "国家级", "全国", "国家"
    PROVINCIAL = "2", "自治区级", "省级", "自治区", "省部级", "全区"
    CITY = "3", "市级", "市", "设区市级"
    BUREAU = "4", "局级", "市教育局", "系统内", "县级", "区县级"
    UNIT = "5", "本单位", "所级", "单位", "校级"


class VisitOccasion(Codes):
    """Why somebody is visited."""

    FESTIVAL = "1", "节日慰问", "春节慰问", "七一慰问", "节日"
    ILLNESS = "2", "因病慰问", "生病住院", "因病", "住院慰问"
    HARDSHIP = "3", "困难慰问", "生活困难", "困难"
    BEREAVEMENT = "4", "家庭变故", "丧事慰问", "变故"
    VETERAN = "5", "老党员慰问", "老党员", "离退休慰问"
    OTHER = "9", "其他"


class MoneySource(Codes):
    """Where the money of a visit came from."""

    DUES = "1", "党费", "留存党费"
    UNION = "2", "工会", "工会经费"
    ADMINISTRATION = "3", "行政", "行政经费", "单位经费"
    NONE = "4", "无经费", "无"
