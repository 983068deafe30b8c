"""What is computed about a person for a stated day: never stored, never stale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wuling_desktop.domain import anniversaries, code_kinds, kinds
from wuling_desktop.domain.codes import MemberKind, MemberState, PartyPost, Standing
from wuling_desktop.domain.fields import Figure
from wuling_desktop.domain.membership import party_age
from wuling_desktop.domain.months import age

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

_NOT_COUNTED = (MemberState.STOPPED, MemberState.LEFT, MemberState.DEAD)
_ON_THE_WAY = (
    (("object_on", "object_committee_on"), Standing.OBJECT),
    (("activist_on",), Standing.ACTIVIST),
    (("applied_on", "received_on"), Standing.APPLICANT),
)


def standing(facts: Mapping[str, Any], as_of: dt.date) -> Standing | None:
    """Return where a person stood on a day; None where what is known does not tell.

    A member's kind may be unknown; a known conversion day tells it. A step may be known without its day.
    """
    if facts.get("membership.id") is not None and begun(facts, as_of):
        if facts.get("membership.state") in _NOT_COUNTED:
            return None
        kind, full_from = facts.get("membership.kind"), facts.get("membership.full_from")
        if kind == MemberKind.FULL or (kind is None and full_from):
            converted = full_from is None or full_from.first <= as_of
            return Standing.FULL if converted else Standing.PROBATIONARY
        return Standing.PROBATIONARY if kind == MemberKind.PROBATIONARY else None
    done = {code for code, (_, on, _) in facts.get("steps", {}).items() if on is None or on.first <= as_of}
    return next((stage for codes, stage in _ON_THE_WAY if done.intersection(codes)), None)


def begun(facts: Mapping[str, Any], as_of: dt.date) -> bool:
    """Whether a membership had begun by a day, as far as its beginnings are known."""
    starts = (facts.get("step_fact.assembly_on"), facts.get("membership.in_on"))
    return all(start is None or start.first <= as_of for start in starts)


def _age(facts: Mapping[str, Any], as_of: dt.date) -> int | None:
    birth = facts.get("person.birth_date")
    return None if birth is None else age(birth.first, as_of)


def _party_age(facts: Mapping[str, Any], as_of: dt.date) -> int | None:
    """ORG-12: whole years from conversion, never from joining."""
    since = facts.get("membership.full_from")
    return None if since is None or since.first > as_of else party_age(since, as_of)


def _letter_days(facts: Mapping[str, Any], as_of: dt.date) -> int | None:  # noqa: ARG001 - the signature of figures
    """For how many days a letter of introduction is valid, where both its days are known to the day."""
    issued, until = (facts.get(f"membership.{key}") for key in ("letter_issued_on", "letter_valid_until"))
    if issued is None or until is None or not (issued.exact and until.exact) or until.first < issued.first:
        return None
    return int((until.first - issued.first).days)


def _political_birthday(facts: Mapping[str, Any], as_of: dt.date) -> str | None:
    if facts.get("membership.id") is None:
        return None
    return anniversaries.political_birthday_text(facts.get("step_fact.assembly_on"), as_of)


def _fifty_years(facts: Mapping[str, Any], as_of: dt.date) -> bool | None:
    """ORG-14 by the count alone; who has the medal or a measure in force is seen by the rule."""
    if facts.get("membership.id") is None:
        return None
    return anniversaries.has_fifty_years(facts.get("membership.full_from"), as_of.year)


def _branch(facts: Mapping[str, Any], as_of: dt.date) -> kinds.Link | None:  # noqa: ARG001 - the signature of figures
    return facts.get("membership.branch") or facts.get("person.contact_branch")


def _rewards(facts: Mapping[str, Any], as_of: dt.date) -> str | None:  # noqa: ARG001 - the signature of figures
    lines = facts.get("rewards", ())
    return "\n".join(lines) or None  # nothing known is not 无


def _office(key: str, label: str, *posts: PartyPost) -> Figure:
    """Return the figure that says whether a person holds one of these posts of a committee."""
    post = "committee_member.post"

    def of(facts: Mapping[str, Any], as_of: dt.date) -> bool:  # noqa: ARG001 - the signature of figures
        return facts.get(post) in posts

    return Figure(record="committee", key=key, label=label, kind=kinds.FLAG, of=of, made_of=(post,))


def _studies(prefix: str, label: str) -> Figure:
    """Return the figure that says a course of studies and its degree, a line each."""
    parts = {
        f"person.{prefix}_education": code_kinds.EDUCATION,
        f"person.{prefix}_degree": code_kinds.DEGREE,
    }

    def of(facts: Mapping[str, Any], as_of: dt.date) -> str | None:  # noqa: ARG001 - the signature of figures
        shown = [kind.show(facts[name]) for name, kind in parts.items() if facts.get(name) is not None]
        return "\n".join(shown) or None

    return Figure(
        record="person",
        key=f"{prefix}_education_and_degree",
        label=label,
        kind=kinds.PARAGRAPH,
        of=of,
        made_of=tuple(parts),
    )


STANDING = Figure(
    record="person",
    key="standing",
    label="人员身份",
    kind=code_kinds.STANDING,
    of=standing,
)
AGE = Figure(
    record="person",
    key="age",
    label="年龄",
    kind=kinds.WHOLE,
    of=_age,
    made_of=("person.birth_date",),
)
PARTY_AGE = Figure(
    record="membership",
    key="party_age",
    label="党龄",
    kind=kinds.WHOLE,
    of=_party_age,
    made_of=("membership.full_from",),
)
FIGURES = (
    STANDING,
    AGE,
    PARTY_AGE,
    Figure(
        record="membership",
        key="political_birthday",
        label="政治生日",
        kind=kinds.TEXT,
        of=_political_birthday,
    ),
    Figure(
        record="membership",
        key="letter_days",
        label="介绍信有效天数",
        kind=kinds.WHOLE,
        of=_letter_days,
        made_of=("membership.letter_issued_on", "membership.letter_valid_until"),
    ),
    Figure(record="membership", key="fifty_years", label="光荣在党50年", kind=kinds.FLAG, of=_fifty_years),
    Figure(record="branch", key="name", label="所在党支部", kind=kinds.LinkKind("organisation"), of=_branch),
    Figure(
        record="person", key="rewards_and_discipline", label="党内奖惩情况", kind=kinds.PARAGRAPH, of=_rewards
    ),
    _office("is_secretary", "党支部书记", PartyPost.SECRETARY),
    _office("is_member", "委员", *PartyPost),
    _studies("ft", "全日制学历学位"),
    _studies("is", "在职学历学位"),
)
