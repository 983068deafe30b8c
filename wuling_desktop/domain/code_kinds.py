"""The ready kinds of coded data: one for each code table in use."""

from __future__ import annotations

from wuling_desktop.domain import codes
from wuling_desktop.domain.codes import shipped, table_of
from wuling_desktop.domain.kinds import CodeKind

# Tables of standards, from resources/codes/: a text not in them is kept as typed.
SEX = CodeKind(shipped("sex", numbers=True))
ETHNIC_GROUP = CodeKind(shipped("ethnic_group"))
EDUCATION = CodeKind(shipped("education"))
DEGREE = CodeKind(shipped("degree"))
MARITAL_STATUS = CodeKind(shipped("marital_status"))
POLITICAL_STATUS = CodeKind(shipped("political_status"))  # numbers shift by one between lists in use (COD-08)
TITLE_LEVEL = CodeKind(shipped("title_level"))

# Short lists of our own: a text not in them must be answered.
MEMBER_KIND = CodeKind(table_of(codes.MemberKind))
MEMBER_STATE = CodeKind(table_of(codes.MemberState))
STANDING = CodeKind(table_of(codes.Standing))
STAFF_KIND = CodeKind(table_of(codes.StaffKind))
ORGANISATION_KIND = CodeKind(table_of(codes.OrganisationKind))
PARTY_POST = CodeKind(table_of(codes.PartyPost))
MEASURE = CodeKind(table_of(codes.Measure))
AWARD_LEVEL = CodeKind(table_of(codes.AwardLevel))
VISIT_OCCASION = CodeKind(table_of(codes.VisitOccasion))
MONEY_SOURCE = CodeKind(table_of(codes.MoneySource))
