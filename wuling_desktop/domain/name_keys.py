"""By what a name is found: its characters, its pinyin in full and in initials, the tail of an ID number, a phone.

A key is one line of three parts: the name and what spells it as it is likely read; what spells it as it may be read,
or from a later character on; and digits.

    韦清和 weiqhe weiqinghe wqhe wqinghe| he huo qhe qhuo … weiqhuo …| 0020 19900001000

A word is found in it by plain containment, so a database needs nothing but the position of one text in another.
Every spelling begins behind a blank and ends with a whole syllable: what is typed is always the beginning of one.
"""

from __future__ import annotations

import os
import re
import zlib
from functools import cache, partial
from itertools import product
from typing import TYPE_CHECKING

from wuling_desktop import program_data
from wuling_desktop.domain.texts import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Readings = tuple[str, ...]  # of one character, the likeliest first

PART = "|"  # between the parts of a key
_MADE = 1  # counts up when keys are made in another way
_MOST_READINGS = 24  # of a whole name; what goes beyond is the rarest reading of the most doubtful character
_MIXED_UP_TO = 4  # characters; of a longer name nobody types some syllables in full and some not
_RUNS = re.compile(r"[a-z]+|[0-9]+(?:x(?![a-z]))?|[^a-z0-9]+")
_SYLLABLES = re.compile(r"[a-z]+|[^\s·|a-z]")
_MOST_SYLLABLES = 60  # of a name; every end of it is spelt, so a text that is none would take for ever
_TAIL = 4  # characters of an ID number: as much as a screen shows


def edition() -> str:
    """Return what changes when the same name gives another key, so that kept keys are made anew."""
    table = "".join(f"{row['code']},{row['text']},{row['others']};" for row in _table())
    return f"{_MADE}-{zlib.crc32(table.encode())}"


def key_of(name: str, id_number: str | None = None, phone: str | None = None) -> str:
    """Return the key of a name with its digits."""
    syllables, surname = readings(name), _surname(name)
    own = _surnames().get(surname, ())
    likely = _spellings([*own, *(each[:1] for each in syllables[len(own) :])])
    others = {each for start in range(len(syllables)) for each in _spellings(syllables[start:])} - likely
    digits = filter(
        None, (re.sub(r"\W", "", id_number or "")[-_TAIL:].lower(), re.sub(r"\D", "", phone or ""))
    )
    parts = ([_plain(name).replace(PART, " "), *_longest(likely)], ["", *_longest(others)], ["", *digits])
    return PART.join(" ".join(part) for part in parts)


def terms(word: str) -> tuple[str, ...]:
    """Return the texts that a key must all contain to answer a word; none where nothing is asked."""
    parts = _plain(word).replace("'", " ").replace(PART, " ").split()
    runs = (run for part in parts for run in _RUNS.findall(part))
    return tuple(f" {run}" if "a" <= run[0] <= "z" else run for run in runs)  # letters begin a spelling


def fits(key: str, word: str) -> bool:
    """Whether a word that asks for something is answered by a key."""
    wanted = terms(word)
    return bool(wanted) and all(term in key for term in wanted)


def begins(text: str, typed: str) -> bool:
    """Whether a text begins with what was typed: its own characters, or its pinyin in full, in initials or mixed."""
    wanted = "".join(_plain(typed).split())
    return bool(wanted) and (_plain(text).startswith(wanted) or _spelt(readings(text), wanted))


def _spelt(syllables: Sequence[Readings], typed: str) -> bool:
    if not syllables:
        return False
    for reading in syllables[0]:
        if reading.startswith(typed):
            return True
        for form in {reading, reading[0]}:
            if typed.startswith(form) and _spelt(syllables[1:], typed[len(form) :]):
                return True
    return False


def readings(name: str) -> tuple[Readings, ...]:
    """Return how each character of a name may be read, a surname as the table has it first; a run of letters is one."""
    found = [_readings(part) for part in _SYLLABLES.findall(_plain(name))[:_MOST_SYLLABLES]]
    for place, own in enumerate(_surnames().get(_surname(name), ())):
        found[place] = tuple(dict.fromkeys((*own, *found[place])))
    return tuple(filter(None, found))


def _surname(name: str) -> str:
    """Return the surname of a name where the table has it; a surname alone is no name."""
    parts = _SYLLABLES.findall(_plain(name))
    found = ("".join(parts[:length]) for length in (2, 1) if len(parts) > length)
    return next((each for each in found if each in _surnames()), "")


def _plain(text: str) -> str:
    return folded(text).lower().replace("ü", "v")


@cache
def _readings(part: str) -> Readings:
    """Return the readings of a character without tones; a run of letters or a digit is read as it is."""
    if part.isascii():
        return (part,) if part.isalnum() else ()
    found = spelling()(part)
    return tuple(dict.fromkeys(each.replace("ü", "v") for each in found[0] if each)) if found else ()


@cache
def spelling() -> Callable[[str], list[list[str]]]:
    """Return what spells characters; to be called ahead by whoever can wait."""
    # Asked about single characters only, it needs no phrases: they would be four fifths of its load, and 45 MB.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin  # noqa: PLC0415 - it takes longer to load than all else of the domain

    return partial(pinyin, style=Style.NORMAL, heteronym=True, errors="ignore")


@cache
def _surnames() -> dict[str, tuple[Readings, ...]]:
    """Return the surnames that are not read as their characters usually are: {surname: readings by character}."""
    found: dict[str, tuple[Readings, ...]] = {}
    for row in _table():
        ways = [row["text"].split(), *(way.split() for way in filter(None, row["others"].split("|")))]
        found[row["code"]] = tuple(zip(*ways, strict=True))
    return found


def _table() -> Sequence[dict[str, str]]:
    return program_data.code_rows("surname")  # type: ignore[return-value]  # rows are frozen mappings


def _spellings(syllables: Sequence[Readings]) -> set[str]:
    """Return the ways to type these characters: each in full or by its initial, the last in full."""
    mixed = len(syllables) <= _MIXED_UP_TO
    found: set[str] = set()
    for way in product(*_fewer(syllables)) if syllables else ():
        *front, last = way
        if mixed:
            forms = product(*((syllable, syllable[0]) for syllable in front))
            found.update("".join((*form, last)) for form in forms)
        else:
            found.update(("".join(way), "".join(syllable[0] for syllable in front) + last))
    return found


def _fewer(syllables: Sequence[Readings]) -> list[Readings]:
    kept = list(syllables)
    while _ways(kept) > _MOST_READINGS:
        longest = max(range(len(kept)), key=lambda place: len(kept[place]))
        kept[longest] = kept[longest][:-1]
    return kept


def _ways(syllables: Iterable[Readings]) -> int:
    count = 1
    for each in syllables:
        count *= len(each)
    return count


def _longest(spellings: Iterable[str]) -> list[str]:
    """Return the spellings without those that begin another one: containment finds them there."""
    kept: list[str] = []
    for each in sorted(spellings, reverse=True):
        if not kept or not kept[-1].startswith(each):
            kept.append(each)
    return kept[::-1]
