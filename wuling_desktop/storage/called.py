"""Whom a word calls: the keys of the living people in memory, read anew whenever an operation has touched a person."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import accumulate, chain
from typing import TYPE_CHECKING

import sqlalchemy as sa

from wuling_desktop.domain import name_keys
from wuling_desktop.records import Person
from wuling_desktop.records.base import table_of
from wuling_desktop.storage.search import KEYS, WHOLE_ID, keys_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_MARK = "\n"  # before every text, so that what stands at its beginning can be asked for


class CalledPeople:
    """Answers a word while it is typed, the likeliest first; kept with the operations of one data file."""

    def __init__(self) -> None:
        self._read: tuple[sa.Engine, int | None, _Keys] | None = None

    def ask(self, connection: sa.Connection, word: str, limit: int, first: Collection[int] = ()) -> list[int]:
        """Return the living people a word calls: those in `first`, of just this name, of one that begins so, the rest."""
        terms = name_keys.terms(word)
        if not terms:
            return []
        by_number = {term: _with_number(connection, term) for term in terms if _is_number(term)}
        return self._keys(connection).called(terms, by_number, limit, first)

    def _keys(self, connection: sa.Connection) -> _Keys:
        read, now = self._read, keys_of(connection)
        if read is None or read[:2] != (connection.engine, now):  # another engine: a backup was restored
            read = (connection.engine, now, _Keys(connection))
            self._read = read
        return read[2]


class _Keys:
    """The parts of the keys, each as one text with a line for every person in the order of their ids."""

    def __init__(self, connection: sa.Connection) -> None:
        person = table_of(Person)
        query = sa.select(KEYS.c.person, KEYS.c.key).join(person, person.c.id == KEYS.c.person)
        rows = connection.execute(query.where(person.c.removed_at.is_(None)).order_by(KEYS.c.person)).all()
        keys = [row.key.split(name_keys.PART) for row in rows]
        self._ids = array("q", (row.person for row in rows))
        self._likely, self._maybe, self._digits = (_Lines([key[part] for key in keys]) for part in range(3))
        self._named: defaultdict[str, list[int]] = defaultdict(list)
        for line, (likely, *_) in enumerate(keys):
            self._named[likely.partition(" ")[0]].append(line)

    def called(
        self, terms: Sequence[str], by_number: Mapping[str, set[int]], limit: int, first: Collection[int]
    ) -> list[int]:
        """Return at most `limit` people whose keys hold every term, or whose number is in `by_number` under it."""
        numbered = {term: self._lines_of(ids) for term, ids in by_number.items()}
        term, exact = terms[0], self._named.get("".join(terms), [])
        before = sorted(
            self._lines_of(first),
            key=lambda line: (line not in exact, not self._likely.holds(line, _whole(term)), line),
        )
        found: dict[int, None] = {}
        for line in chain(before, exact, self._holding(term), sorted(numbered.get(term, ()))):
            if all(self._holds(line, each) or line in numbered.get(each, ()) for each in terms):
                found[line] = None
                if len(found) == limit:
                    break
        return [self._ids[line] for line in found]

    def _holding(self, term: str) -> Iterator[int]:
        if term.isascii():
            return chain(*(part.holding(term) for part in (self._likely, self._maybe, self._digits)))
        return chain(
            self._likely.holding(_whole(term)), self._likely.holding(term)
        )  # the other parts are ASCII

    def _holds(self, line: int, term: str) -> bool:
        return any(part.holds(line, term) for part in (self._likely, self._maybe, self._digits))

    def _lines_of(self, ids: Iterable[int]) -> set[int]:
        places = ((id_, bisect_left(self._ids, id_)) for id_ in ids)
        return {place for id_, place in places if place < len(self._ids) and self._ids[place] == id_}


class _Lines:
    """Texts in one: a part of them is found as fast as memory is read."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._whole = "".join(f"{_MARK}{text}" for text in texts)
        self._starts = array("q", accumulate((len(text) + 1 for text in texts), initial=0))

    def holding(self, part: str) -> Iterator[int]:
        """Return the lines that hold a part, in order."""
        at = self._whole.find(part)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            yield line
            at = self._whole.find(part, self._starts[line + 1])

    def holds(self, line: int, part: str) -> bool:
        """Whether a line holds a part."""
        return self._whole.find(part, self._starts[line], self._starts[line + 1]) >= 0


def _whole(term: str) -> str:
    """Return a term as it stands where it says the whole name: at the beginning, or as a whole spelling."""
    return term if term.startswith(" ") else f"{_MARK}{term}"


def _is_number(term: str) -> bool:
    """Whether a term is more of an ID number than the tail that stands in a key."""
    return len(term) >= WHOLE_ID and term[0].isdigit()


def _with_number(connection: sa.Connection, term: str) -> set[int]:
    person = table_of(Person)
    begun = person.c.id_number.startswith(term.upper(), autoescape=True)
    return set(connection.execute(sa.select(person.c.id).where(begun)).scalars())
