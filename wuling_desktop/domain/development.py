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
    # Titles that steps share, each with the pattern of the heads under which it means this one.
    under: tuple[tuple[str, str], ...]
    many: bool


# A head that says which of the twenty-five steps stands below: 15, 第15步, 步骤15.
_NUMBERED = r"^(?:步骤|环节|第)?\(?{}\)?(?:步|[.、:]|$)"


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
    heads: dict[str, str] = {}  # by the list of titles, the pattern of the heads above them
    if "shared" in fact:
        heads["shared"] = f"{fact['stage']}|{_NUMBERED.format(fact['step'])}"
    if "usual" in fact:
        heads["usual"] = f"^(?!.*{fact['unless']})"
    under = [(each, head) for key, head in heads.items() for title in fact[key] for each in _spellings(title)]
    return Step(
        fact["code"], label, tuple(h for h in spelt if h != label), tuple(under), fact.get("many", False)
    )


STEPS: tuple[Step, ...] = tuple(_step(fact) for fact in program_data.rules("steps")["fact"])
MANY = frozenset(step.code for step in STEPS if step.many)  # each day is one more, none takes another's place
STEP_FACT = CodeTable("step_fact", tuple(Code(step.code, step.label, step.headings) for step in STEPS))
