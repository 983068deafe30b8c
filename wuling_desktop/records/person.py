"""人员: a human being, member or not; everything that hangs on a person is a facet of its own."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from wuling_desktop.domain.complaints import born, mail_address, not_in_future
from wuling_desktop.domain.fields import Private
from wuling_desktop.records.base import Record, field, living_unique
from wuling_desktop.records.types import (
    Day,
    Degree,
    DepartmentLink,
    Education,
    EthnicGroup,
    IdentityNumber,
    MaritalStatus,
    Name,
    OrganisationLink,
    Paragraph,
    Phone,
    PoliticalStatus,
    Sex,
    StaffKind,
    Text,
    TitleLevel,
)


class Person(Record):
    """人员: applicants, members, staff; typed once, shown in every ledger."""

    __tablename__ = "person"
    __table_args__ = (
        living_unique("id_number", name="uq_person_id_number_living", only="id_number IS NOT NULL"),
    )
    ledger = "人员"
    noun = "人员"
    table_shows = ("name", "sex", "birth_date", "ethnic_group", "position", "phone")

    name: Mapped[Name] = field("姓名", headings=("党员姓名", "名字", "姓 名", "人员姓名"), searched=True)
    sex: Mapped[Sex | None] = field("性别", expected=True)
    birth_date: Mapped[Day | None] = field(
        "出生年月",
        headings=("出生日期", "出生时间", "出生年月日", "生日", "出生年月(岁)", "出生"),
        expected=True,
        rule=born,
    )
    ethnic_group: Mapped[EthnicGroup | None] = field("民族", headings=("民族成份", "民族成分"), expected=True)
    native_place: Mapped[Text | None] = field("籍贯", expected=True)
    birth_place: Mapped[Text | None] = field("出生地")
    id_number: Mapped[IdentityNumber | None] = field(
        "身份证号",
        headings=(
            "身份证号码",
            "公民身份号码",
            "公民身份证号码",
            "身份证",
            "证件号码",
            "居民身份证号码",
            "身份号码",
            "身份证件号码",
        ),
        searched=True,
        private=Private.IDENTITY,
        expected=True,
    )
    marital_status: Mapped[MaritalStatus | None] = field("婚姻状况", headings=("婚姻",))
    political_status: Mapped[PoliticalStatus | None] = field("政治面貌")
    education: Mapped[Education | None] = field("学历", headings=("最高学历", "文化程度"), expected=True)
    degree: Mapped[Degree | None] = field("学位", headings=("最高学位",), expected=True)
    ft_education: Mapped[Education | None] = field(
        "全日制教育学历", headings=("全日制学历", "全日制教育 学历")
    )
    ft_degree: Mapped[Degree | None] = field("全日制教育学位", headings=("全日制学位", "全日制教育 学位"))
    ft_school: Mapped[Text | None] = field(
        "全日制教育毕业院校系及专业",
        headings=("毕业院校", "毕业学校", "毕业院校及专业", "毕业院校系及专业", "全日制毕业院校系及专业"),
    )
    is_education: Mapped[Education | None] = field("在职教育学历", headings=("在职学历", "在职教育 学历"))
    is_degree: Mapped[Degree | None] = field("在职教育学位", headings=("在职学位", "在职教育 学位"))
    is_school: Mapped[Text | None] = field("在职教育毕业院校系及专业", headings=("在职毕业院校系及专业",))
    major: Mapped[Text | None] = field("专业", headings=("所学专业", "当前专业", "当前专业（全称）"))
    work_start: Mapped[Day | None] = field(
        "参加工作时间",
        headings=("参加工作日期", "工作时间", "参加工作年月"),
        expected=True,
        rule=not_in_future,
    )
    joined_unit_on: Mapped[Day | None] = field(
        "来本单位时间", headings=("到校日期", "入职时间", "到所时间", "来所时间"), rule=not_in_future
    )
    staff_kind: Mapped[StaffKind | None] = field("人员类别", headings=("编制类别", "人员分类", "人员状态"))
    staff_number: Mapped[Text | None] = field(
        "工号", headings=("工作证号", "学工号", "职工号", "工号/学号", "学号", "教工号"), searched=True
    )
    # Of applicants only: a member's branch is that of the membership.
    contact_branch: Mapped[OrganisationLink | None] = field("联系党支部")
    department: Mapped[DepartmentLink | None] = field(
        "科室", headings=("部门", "所在部门", "所在科室", "处室", "所在单位", "工作单位")
    )
    position: Mapped[Text | None] = field(
        "行政职务",
        headings=("职务", "现任职务", "单位职务", "行政职务/职称", "职务/职称", "行政职务职称", "担任职务"),
        searched=True,
    )
    # In a list of committee members it is the day of the party post.
    position_since: Mapped[Day | None] = field(
        "任现职时间", beside=(("任职时间", "person.position"),), rule=not_in_future
    )
    post: Mapped[Text | None] = field("岗位", headings=("工作岗位", "岗位名称"), searched=True)
    subject: Mapped[Text | None] = field(
        "学科", headings=("任教学科", "教研学科", "科室/学科"), searched=True
    )
    title: Mapped[Text | None] = field(
        "专业技术职务", headings=("职称", "专业技术职称", "技术职称", "专业技术资格"), searched=True
    )
    title_level: Mapped[TitleLevel | None] = field("职称级别", headings=("职称等级", "专业技术职务级别"))
    phone: Mapped[Phone | None] = field(
        "手机",
        headings=("联系电话", "手机号码", "手机号", "电话", "联系方式", "移动电话", "党员本人联系电话"),
        searched=True,
        private=Private.PHONE,
        expected=True,
    )
    office_phone: Mapped[Phone | None] = field("办公电话", headings=("单位电话", "固定电话"))
    email: Mapped[Text | None] = field("邮箱", headings=("电子邮箱", "E-mail", "邮件"), rule=mail_address)
    address: Mapped[Text | None] = field(
        "家庭住址", headings=("住址", "现居住地", "家庭地址", "居住地"), private=Private.ADDRESS
    )
    resume: Mapped[Paragraph | None] = field("简历", headings=("个人简历", "工作简历", "学习工作简历"))
    note: Mapped[Paragraph | None] = field("备注", headings=("备注说明", "说明"))
