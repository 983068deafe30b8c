"""Column types that say what they hold: a repeated kind of datum is spelt once, here."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column

from wuling_desktop.domain import code_kinds, kinds
from wuling_desktop.domain.development import STEP_FACT
from wuling_desktop.domain.partial_date import PartialDate


class DayType(sa.types.TypeDecorator[PartialDate]):
    """A date with its precision, stored and sorted as ISO text."""

    impl = sa.String(10)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 - its signature
        """Return the text stored for a date."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> PartialDate | None:  # noqa: ARG002 - its signature
        """Return the date of a stored text."""
        return None if value is None else PartialDate.parse(value)


class MoneyType(sa.types.TypeDecorator[Decimal]):
    """Decimal yuan in code, whole 分 in the store: SQLite has no exact decimal."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002 - its signature
        """Return the sum in 分."""
        return None if value is None else int(value * 100)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> Decimal | None:  # noqa: ARG002 - its signature
        """Return the sum in yuan."""
        return None if value is None else Decimal(value).scaleb(-2)


def _column(type_: sa.types.TypeEngine[Any], kind: kinds.Kind, *constraints: Any) -> Any:
    return mapped_column(type_, *constraints, info={"kind": kind})


def _code(kind: kinds.CodeKind) -> Any:
    return _column(sa.String(40), kind)


def _link(record: str) -> Any:
    # Deferred to the commit, so that a dump loads in any order of rows.
    target = sa.ForeignKey(f"{record}.id", deferrable=True, initially="DEFERRED")
    return _column(sa.Integer(), kinds.LinkKind(record), target)


Text = Annotated[str, _column(sa.String(200), kinds.TEXT)]
Paragraph = Annotated[str, _column(sa.Text(), kinds.PARAGRAPH)]
Name = Annotated[str, _column(sa.String(60), kinds.NAME)]
Whole = Annotated[int, _column(sa.Integer(), kinds.WHOLE)]
Money = Annotated[Decimal, _column(MoneyType(), kinds.MONEY)]
Flag = Annotated[bool, _column(sa.Boolean(create_constraint=False), kinds.FLAG)]
Day = Annotated[PartialDate, _column(DayType(), kinds.DAY)]
IdentityNumber = Annotated[str, _column(sa.String(20), kinds.IDENTITY)]
Phone = Annotated[str, _column(sa.String(30), kinds.PHONE)]

Sex = Annotated[str, _code(code_kinds.SEX)]
EthnicGroup = Annotated[str, _code(code_kinds.ETHNIC_GROUP)]
Education = Annotated[str, _code(code_kinds.EDUCATION)]
Degree = Annotated[str, _code(code_kinds.DEGREE)]
MaritalStatus = Annotated[str, _code(code_kinds.MARITAL_STATUS)]
PoliticalStatus = Annotated[str, _code(code_kinds.POLITICAL_STATUS)]
TitleLevel = Annotated[str, _code(code_kinds.TITLE_LEVEL)]
MemberKind = Annotated[str, _code(code_kinds.MEMBER_KIND)]
MemberState = Annotated[str, _code(code_kinds.MEMBER_STATE)]
StaffKind = Annotated[str, _code(code_kinds.STAFF_KIND)]
OrganisationKind = Annotated[str, _code(code_kinds.ORGANISATION_KIND)]
PartyPost = Annotated[str, _code(code_kinds.PARTY_POST)]
Measure = Annotated[str, _code(code_kinds.MEASURE)]
AwardLevel = Annotated[str, _code(code_kinds.AWARD_LEVEL)]
VisitOccasion = Annotated[str, _code(code_kinds.VISIT_OCCASION)]
MoneySource = Annotated[str, _code(code_kinds.MONEY_SOURCE)]
StepCode = Annotated[str, _code(kinds.CodeKind(STEP_FACT))]

PersonLink = Annotated[int, _link("person")]
OrganisationLink = Annotated[int, _link("organisation")]
DepartmentLink = Annotated[int, _link("department")]
CommitteeLink = Annotated[int, _link("committee")]
TermLink = Annotated[int, _link("term")]
