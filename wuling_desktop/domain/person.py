"""人员: what a person's data say of each other (COD-01…08), and how complete they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain import code_kinds, editions, identity_card
from wuling_desktop.domain.codes import MemberKind
from wuling_desktop.domain.examination import Examination
from wuling_desktop.domain.findings import Finding, Grade, Place, Subject, undecided
from wuling_desktop.domain.months import age, for_every_day
from wuling_desktop.domain.partial_date import PartialDate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from wuling_desktop.domain.editions import Rule, Rulebook
    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.domain.kinds import CodeKind

_PROBATIONARY_POLITICAL, _LEAGUE = "02", "03"  # GB/T 4762
_SAID_SEX = frozenset({"1", "2"})
# A text of these data that its table does not know is kept as typed and named here.
_CODED: tuple[tuple[str, str, str, CodeKind], ...] = (
    ("COD-03", "sex", "性别", code_kinds.SEX),
    ("COD-04", "marital_status", "婚姻状况", code_kinds.MARITAL_STATUS),
    ("COD-05", "ethnic_group", "民族", code_kinds.ETHNIC_GROUP),
    ("COD-06", "education", "学历", code_kinds.EDUCATION),
    ("COD-06", "ft_education", "全日制教育学历", code_kinds.EDUCATION),
    ("COD-06", "is_education", "在职教育学历", code_kinds.EDUCATION),
    ("COD-07", "degree", "学位", code_kinds.DEGREE),
    ("COD-07", "ft_degree", "全日制教育学位", code_kinds.DEGREE),
    ("COD-07", "is_degree", "在职教育学位", code_kinds.DEGREE),
    ("COD-08", "political_status", "政治面貌", code_kinds.POLITICAL_STATUS),
)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what is expected is known, of the data and not of the person."""

    percent: int
    missing: tuple[Datum, ...]


def completeness(values: Mapping[str, Any], expected: Sequence[Datum]) -> Completeness:
    """Return how many of the expected data are known by full name; 100 only where none is missing."""
    missing = tuple(datum for datum in expected if values.get(datum.name) in (None, ""))
    known = len(expected) - len(missing)
    return Completeness(100 * known // len(expected) if expected else 100, missing)


def findings_on_person(
    subject: Subject, facts: Mapping[str, Any], today: dt.date, book: Rulebook | None = None
) -> list[Finding]:
    """Return what the codes and the identity number find in a person's facts by full name.

    `person.archive_birth_date` may hold the birth date of the personnel file, kept apart (COD-02).
    """
    exam = Examination(subject, today, book or editions.shipped())
    return [*_identity(exam, facts), *_unknown_texts(exam, facts), *_political_status(exam, facts)]


def _say(exam: Examination, rule: Rule, grade: Grade, occurrence: str, message: str, todo: str) -> Finding:
    """Return a finding at the field that its occurrence names."""
    place = Place(exam.subject.record, exam.subject.id, occurrence.partition(":")[0])
    return exam.say(rule, grade, occurrence, message, todo, place=place)


def _identity(exam: Examination, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """COD-01 and COD-02: the number by itself, then against birth and sex as the forms have them."""
    rule, number = exam.rule("COD-01"), facts.get("person.id_number")
    if rule is None or not number:
        return
    if wrong := identity_card.fault(number, exam.today):
        yield _say(exam, rule, Grade.MUST, "id_number", wrong, "请对照身份证更正")
        return
    card = identity_card.parse(number, exam.today)
    assert card is not None  # noqa: S101 - a number without a fault can be parsed
    born, filed = facts.get("person.birth_date"), facts.get("person.archive_birth_date")
    said, sex = PartialDate.of(card.birth), facts.get("person.sex")
    if born and not born.agrees(said) and not (filed and filed.agrees(born)):
        message = f"出生日期 {born} 与身份证号里的 {said} 不一致，待核"
        yield _say(exam, rule, Grade.MUST, "birth_date", message, "请对照身份证和人事档案核实")
    if sex in _SAID_SEX and sex != card.sex:
        yield _say(exam, rule, Grade.MUST, "sex", "性别与身份证号不一致，待核", "请对照身份证核实")
    archive = exam.rule("COD-02")
    if archive and filed and not filed.agrees(said):
        message = f"档案出生日期 {filed} 与身份证号里的 {said} 不同，两个都保留"
        yield _say(exam, archive, Grade.REMIND, "archive_birth_date", message, "填表前请看清要哪一个")


def _unknown_texts(exam: Examination, facts: Mapping[str, Any]) -> Iterator[Finding]:
    for rule_id, key, label, kind in _CODED:
        value, rule = facts.get(f"person.{key}"), exam.rule(rule_id)
        if rule and value and not kind.table.knows(value):
            message = f"{label}“{value}”不在代码表里，已照原样保存"
            yield _say(exam, rule, Grade.REMIND, key, message, f"请选一个标准的{label}")


def _political_status(exam: Examination, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """COD-08: 02 goes with a probationary membership and with no other; 03 ends at 28."""
    rule, status = exam.rule("COD-08"), facts.get("person.political_status")
    if rule is None or not status:
        return
    probationary = facts.get("membership.kind") == MemberKind.PROBATIONARY
    if (status == _PROBATIONARY_POLITICAL) != probationary:
        message = f"政治面貌是“{code_kinds.POLITICAL_STATUS.show(status)}”，与人员身份对不上"
        yield _say(exam, rule, Grade.REMIND, "political_status", message, "请核对政治面貌和人员身份")
    born, oldest = facts.get("person.birth_date"), rule.params["league_until_age"]
    if status != _LEAGUE or born is None:
        return
    young = for_every_day(lambda day: age(day, exam.today) <= oldest, born)
    if not young:
        message = undecided(born) if young is None else f"政治面貌是“共青团员”，年龄已过 {oldest} 周岁"
        yield _say(exam, rule, Grade.REMIND, "political_status:age", message, "请核对政治面貌")
