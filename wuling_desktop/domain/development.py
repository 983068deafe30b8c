"""发展党员: the dated facts of a party career and their titles in registers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wuling_desktop import program_data
from wuling_desktop.domain.codes import Code, CodeTable

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Step:
    """One fact that a career may hold; `many` where it happens again and again."""

    code: str
    label: str
    headings: tuple[str, ...]
    under: tuple[tuple[str, str], ...]  # titles that stages share, each with the pattern of this one's stage
    many: bool


def _spellings(heading: str) -> tuple[str, ...]:
    """Return the heading and the same with the other word for a day: 入党时间, 入党日期."""
    for word, other in (("时间", "日期"), ("日期", "时间")):
        if heading.endswith(word):
            return heading, heading.removesuffix(word) + other
        if heading.endswith(word + "）"):
            return heading, heading.removesuffix(word + "）") + other + "）"
    return (heading,)


def _step(fact: Mapping[str, Any]) -> Step:
    label: str = fact["label"]
    spelt = dict.fromkeys(each for heading in (label, *fact["headings"]) for each in _spellings(heading))
    shared = [each for heading in fact.get("shared", ()) for each in _spellings(heading)]
    under = tuple((each, fact["stage"]) for each in shared)
    return Step(fact["code"], label, tuple(h for h in spelt if h != label), under, fact.get("many", False))


STEPS: tuple[Step, ...] = tuple(_step(fact) for fact in program_data.rules("steps")["fact"])
STEP_FACT = CodeTable("step_fact", tuple(Code(step.code, step.label, step.headings) for step in STEPS))
