"""Rules as data: thresholds and articles by edition, so that an event is judged by the edition of its day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from wuling_desktop import program_data
from wuling_desktop.domain.partial_date import PartialDate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

_SHIPPED = ("person", "membership")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of one edition; `point` is in our own words and never printed as a quotation."""

    id: str
    edition: str
    article: str
    point: str
    source: str
    confidence: str  # A: two texts agree; B: one text seen; C: common knowledge of the trade
    effective_from: PartialDate
    effective_to: PartialDate | None
    params: Mapping[str, Any]

    def in_force(self, day: dt.date) -> bool:
        """Whether an event of that day is judged by this edition."""
        return self.effective_from.first <= day and (
            self.effective_to is None or day <= self.effective_to.last
        )


class Rulebook:
    """All rules in all their editions."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)

    def rule(self, rule_id: str, day: dt.date) -> Rule | None:
        """Return the rule in the edition in force on a day; None where no edition of that day is known."""
        return next((rule for rule in self.rules if rule.id == rule_id and rule.in_force(day)), None)

    def with_params(self, changes: Mapping[str, Mapping[str, Any]]) -> Rulebook:
        """Return the book with a unit's own figures, by rule id."""
        return Rulebook(
            replace(rule, params=MappingProxyType({**rule.params, **changes.get(rule.id, {})}))
            for rule in self.rules
        )


@cache
def shipped() -> Rulebook:
    """Return the rules shipped in `resources/rules/`."""
    return Rulebook(_rule(entry) for name in _SHIPPED for entry in program_data.rules(name)["rule"])


def _rule(entry: Mapping[str, Any]) -> Rule:
    until = entry.get("effective_to")
    return Rule(
        id=entry["id"],
        edition=entry["edition"],
        article=entry["article"],
        point=entry["point"],
        source=entry["source"],
        confidence=entry["confidence"],
        effective_from=PartialDate.parse(entry["effective_from"]),
        effective_to=PartialDate.parse(until) if until else None,
        params=MappingProxyType(dict(entry.get("params", {}))),
    )
