"""The words of a blank with our tokens in them: {person.name}, {person.birth_date|yyyy.MM}, 共 {count} 人."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from wuling_desktop.domain import date_text
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.exchange.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Callable

Value = str | int | Decimal | PartialDate | None
Given = Value | Picture  # what a form is given; a picture takes the place of the words of its cell

_TOKEN = re.compile(r"\{([a-z]\w*(?:\.\w+)?)(?:\|([^{}]*))?\}", re.ASCII)
_NOTHING = "\0"  # stands where a token had no value, until the text is put together
_EMPTY_BRACKET = re.compile(f"[（(][^（）()\n]*{_NOTHING}[^（）()\n]*[）)]")


@dataclass(frozen=True, slots=True)
class Token:
    """A place for a datum; `pattern` says how a date is written."""

    name: str
    pattern: str = ""

    def text(self, value: Given) -> str:
        """Return the value as it stands inside a sentence."""
        if value is None or isinstance(value, Picture):
            return ""
        if isinstance(value, PartialDate) and self.pattern:
            return date_text.in_pattern(value, self.pattern)
        return str(value)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look; `look` is its markup, empty for the look of the cell."""

    look: str
    parts: tuple[str | Token, ...]


@dataclass(frozen=True, slots=True)
class FormText:
    """The text of a cell, run by run."""

    runs: tuple[Run, ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens in the order in which they stand."""
        return tuple(part for run in self.runs for part in run.parts if isinstance(part, Token))

    def plain(self) -> str:
        """Return the words between the tokens."""
        return "".join(part for run in self.runs for part in run.parts if isinstance(part, str))


def form_text(runs: list[tuple[str, str]]) -> FormText:
    """Return the text of runs given as (look, text); a token broken over runs takes the look of the first."""
    if len(runs) > 1 and any(text.count("{") != text.count("}") for _, text in runs):
        runs = [(runs[0][0], "".join(text for _, text in runs))]
    return FormText(tuple(Run(look, _parts(text)) for look, text in runs))


def picture(text: FormText, value_of: Callable[[str], Given]) -> Picture | None:
    """Return the picture a cell asks for, None where it asks for none or there is none."""
    given = (value_of(token.name) for token in text.tokens)
    return next((value for value in given if isinstance(value, Picture)), None)


def filled(text: FormText, value_of: Callable[[str], Given]) -> Value:
    """Return what a cell holds after filling: the bare value where a token stands alone, else text."""
    match text.runs:
        case (Run(parts=(Token() as token,)),):
            value = value_of(token.name)
            return token.text(value) if isinstance(value, (PartialDate, Picture)) else value
    joined = "".join(filled_run(run, value_of) for run in text.runs)
    return _without_gaps(joined) or None


def filled_runs(text: FormText, value_of: Callable[[str], Given]) -> list[tuple[str, str]]:
    """Return the runs of a text of several looks after filling, as (look, text)."""
    return [(run.look, _without_gaps(filled_run(run, value_of))) for run in text.runs]


def filled_run(run: Run, value_of: Callable[[str], Given]) -> str:
    """Return the text of one run, with a mark where a token had nothing to say."""
    return "".join(
        part if isinstance(part, str) else part.text(value_of(part.name)) or _NOTHING for part in run.parts
    )


def _without_gaps(text: str) -> str:
    """Leave out a bracket whose datum is missing, （岁）, and a line that held nothing else."""
    if _NOTHING not in text:
        return text
    lines = [(line, _EMPTY_BRACKET.sub(_NOTHING, line)) for line in text.split("\n")]
    kept = [left for line, left in lines if _NOTHING not in left or left.replace(_NOTHING, "").strip()]
    return "\n".join(kept).replace(_NOTHING, "")


def _parts(text: str) -> tuple[str | Token, ...]:
    parts: list[str | Token] = []
    done = 0
    for found in _TOKEN.finditer(text):
        if found.start() > done:
            parts.append(text[done : found.start()])
        parts.append(Token(found[1], found[2] or ""))
        done = found.end()
    if done < len(text):
        parts.append(text[done:])
    return tuple(parts)
