"""The groups of 党员信息: who is a member, who is on the way in or out, who is away, whose anniversary it is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from wuling_desktop.domain.anniversaries import has_fifty_years, political_birthday
from wuling_desktop.domain.codes import MemberState, Standing
from wuling_desktop.domain.doubts import Doubts
from wuling_desktop.domain.person import completeness
from wuling_desktop.services import person_data

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from wuling_desktop.domain.fields import Datum
    from wuling_desktop.services.person_facts import Facts

MEMBERS = "members"
DOUBTFUL = "doubtful"
LEAVING = "leaving"
_DOUBTS = Doubts(person_data.STORED)
_KIND = "membership.kind"
_ENDED = (MemberState.STOPPED, MemberState.LEFT, MemberState.DEAD)
_ON_THE_WAY = (Standing.APPLICANT, Standing.ACTIVIST, Standing.OBJECT)


def is_member(facts: Facts) -> bool:
    """Whether a person belonged to the branch on the day of the facts: a membership begun, open and not ended."""
    open_ = facts["membership.id"] is not None and facts["membership.begun"] and facts["membership.open"]
    return bool(open_) and facts["membership.state"] not in _ENDED


def complete(facts: Facts) -> Any:
    """Return how complete a person's data are, by what is expected of one like this."""
    known = {
        **facts,
        _KIND: facts.get(_KIND) or facts["person.standing"],
    }  # how far one has come tells the kind
    return completeness(known, _expected(facts))


def lacks_something(facts: Facts) -> bool:
    """Whether a person's data are not complete; of thousands this is asked before a table is shown."""
    lacking = (datum.name for datum in _expected(facts) if facts.get(datum.name) in (None, ""))
    return any(name != _KIND or facts["person.standing"] is None for name in lacking)


def _expected(facts: Facts) -> tuple[Datum, ...]:
    return _expected_of(facts["membership.id"] is not None, facts["person.standing"] == Standing.FULL)


@cache
def _expected_of(member: bool, full: bool) -> tuple[Datum, ...]:  # noqa: FBT001 - the key of a table
    """Return what every member, or other person, is expected to have; a full member also the day of it."""
    own = (person_data.named("membership.full_from"),) if full else ()
    return (*person_data.expected(member=member), *own)


def doubts_in(facts: Facts, day: dt.date) -> dict[str, str]:
    """Return {full name: why} of what was kept of a person's data and is to be looked at (待核)."""
    return _DOUBTS.in_facts(facts, day)


def is_moving(facts: Facts) -> bool:
    """Whether the relation is on its way, to others or to us."""
    coming = facts.get("membership.in_started_on") and facts.get("membership.in_on") is None
    return _is_leaving(facts) or bool(coming)


def _is_leaving(facts: Facts) -> bool:
    return bool(facts.get("membership.out_started_on")) and facts.get("membership.out_on") is None


def _is_away(facts: Facts) -> bool:
    return bool(facts.get("membership.away_from") or facts.get("membership.abroad_from"))


def _is_lost(facts: Facts) -> bool:
    """A search is under way, or the membership rests because it found nobody."""
    stopped = facts.get("membership.state") == MemberState.STOPPED
    return stopped or (is_member(facts) and facts.get("membership.search_log") is not None)


def _has_left(facts: Facts) -> bool:
    gone = facts["membership.id"] is not None and facts["membership.begun"] and not is_member(facts)
    return gone and not is_moving(facts) and not _is_lost(facts)


def _is_standing(*standings: Standing) -> Callable[[Facts, bool, int, dt.date], bool]:
    return lambda facts, member, _month, _day: member and facts["person.standing"] in standings


GROUPS: Mapping[str, Callable[[Facts, bool, int, dt.date], bool]] = {
    MEMBERS: lambda _facts, member, _month, _day: member,
    "full": _is_standing(Standing.FULL),
    "probationary": _is_standing(Standing.PROBATIONARY),
    "unclear": lambda facts, member, _month, _day: member and facts["person.standing"] is None,
    "pipeline": lambda facts, _member, _month, _day: facts["person.standing"] in _ON_THE_WAY,
    "incomplete": lambda facts, member, _month, _day: member and lacks_something(facts),
    DOUBTFUL: lambda facts, _member, _month, day: bool(doubts_in(facts, day)),
    "others": lambda facts, member, _month, _day: (
        not member and facts["membership.id"] is None and facts["person.standing"] is None
    ),
    "moving": lambda facts, _member, _month, _day: is_moving(facts),
    LEAVING: lambda facts, _member, _month, _day: _is_leaving(facts),
    "away": lambda facts, member, _month, _day: member and _is_away(facts),
    "lost": lambda facts, _member, _month, _day: _is_lost(facts),
    "left": lambda facts, _member, _month, _day: _has_left(facts),
    "birthday": lambda facts, member, month, day: (
        member and political_birthday(facts.get("step_fact.assembly_on"), month, day.year) is not None
    ),
    "fifty": lambda facts, member, _month, day: (
        member and has_fifty_years(facts.get("membership.full_from"), day.year)
    ),
    "all": lambda _facts, _member, _month, _day: True,
}
