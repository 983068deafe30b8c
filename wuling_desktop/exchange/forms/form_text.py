"""The words of a blank with our tokens in them: {person.name}, {person.birth_date|yyyy.MM}, {person.sex?男/女}."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from wuling_desktop.domain import date_text
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.exchange.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Value = str | int | Decimal | PartialDate | None
Given = Value | Picture  # what a form is given; a picture takes the place of the words of its cell

_TOKEN = re.compile(
    r"\{([a-z]\w*(?:\.\w+)?)(?:\|([^{}|]*)(?:\|([^{}]*))?|\?([^{}]*))?\}", re.ASCII
)  # name, |pattern|otherwise or ?choices
_OR = "/"  # between the words of which one holds
_NOTHING = "\0"  # stands where a token had no value, until the text is put together
_EMPTY_BRACKET = re.compile(f"[（(][^（）()\n]*{_NOTHING}[^（）()\n]*[）)]")


@dataclass(frozen=True, slots=True)
class Token:
    """A place for a datum.

    `pattern` says how a date is written, `otherwise` what stands there where the datum is not known: room for the pen. Of
    `choices` the one holds that the datum begins with; the others are struck out, and none where that is not known.
    """

    name: str
    pattern: str = ""
    otherwise: str = ""
    choices: tuple[str, ...] = ()

    def text(self, value: Given) -> str:
        """Return the value as it stands inside a sentence."""
        if self.choices:
            return _OR.join(self.choices)
        if value in (None, "") or isinstance(value, Picture):
            return self.otherwise
        if isinstance(value, PartialDate) and self.pattern:
            return date_text.in_pattern(value, self.pattern)
        return str(value)

    def chosen(self, value: Given) -> Iterator[Piece]:
        """Yield the choices and what stands between them."""
        held = next((choice for choice in self.choices if str(value or "").startswith(choice)), None)
        for place, choice in enumerate(self.choices):
            if place:
                yield Piece(_OR)
            yield Piece(choice, struck=held not in (None, choice))


class Piece(NamedTuple):
    """A stretch of a run after filling."""

    text: str
    struck: bool = False


class FilledRun(NamedTuple):
    """A stretch of text of one look after filling; `struck` where a line goes through it beside."""

    look: str
    text: str
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look; `look` is its markup, empty for the look of the cell."""

    look: str
    parts: tuple[str | Token, ...]


@dataclass(frozen=True)
class FormText:
    """The text of a cell, run by run; what is known of it is found once and asked for with every record."""

    runs: tuple[Run, ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens in the order in which they stand."""
        return tuple(part for run in self.runs for part in run.parts if isinstance(part, Token))

    @cached_property
    def varied(self) -> bool:
        """Whether it has several looks, or may get them by what is struck out."""
        return len(self.runs) > 1 or any(token.choices for token in self.tokens)

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
        case (Run(parts=(Token(choices=()) as token,)),):
            value = value_of(token.name)
            if value is None:
                return token.otherwise or None
            return token.text(value) if isinstance(value, (PartialDate, Picture)) else value
    joined = "".join(filled_run(run, value_of) for run in text.runs)
    return _without_gaps(joined) or None


def filled_runs(text: FormText, value_of: Callable[[str], Given]) -> list[FilledRun]:
    """Return the runs of a text of several looks after filling; what is struck out stands by itself."""
    found = []
    for run in text.runs:
        plain = ""
        for piece in _pieces(run, value_of):
            if piece.struck:
                found += [
                    FilledRun(run.look, _without_gaps(plain)),
                    FilledRun(run.look, piece.text, struck=True),
                ]
                plain = ""
            else:
                plain += piece.text
        found.append(FilledRun(run.look, _without_gaps(plain)))
    return [run for run in found if run.text]


def filled_run(run: Run, value_of: Callable[[str], Given]) -> str:
    """Return the text of one run, with a mark where a token had nothing to say."""
    return "".join(piece.text for piece in _pieces(run, value_of))


def _pieces(run: Run, value_of: Callable[[str], Given]) -> Iterator[Piece]:
    for part in run.parts:
        if isinstance(part, str):
            yield Piece(part)
        elif part.choices:
            yield from part.chosen(value_of(part.name))
        else:
            yield Piece(part.text(value_of(part.name)) or _NOTHING)


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
        choices = tuple(found[4].split(_OR)) if found[4] else ()
        parts.append(Token(found[1], found[2] or "", found[3] or "", choices))
        done = found.end()
    if done < len(text):
        parts.append(text[done:])
    return tuple(parts)
