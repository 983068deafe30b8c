"""找: one word, answered by places and actions, people, rows of ledgers and attached files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from wuling_desktop.domain import masking, name_keys
from wuling_desktop.domain.fields import Private
from wuling_desktop.domain.problems import Problem
from wuling_desktop.domain.texts import folded
from wuling_desktop.records import Attachment, Person
from wuling_desktop.records.base import table_of
from wuling_desktop.services.people import Who
from wuling_desktop.storage.former import former
from wuling_desktop.storage.search import WHOLE_ID, holds, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wuling_desktop.domain.fields import Field
    from wuling_desktop.services.ledgers import Ledger, Ledgers
    from wuling_desktop.services.people import People
    from wuling_desktop.services.unit import Unit
    from wuling_desktop.storage.former import Former
    from wuling_desktop.storage.operations import Operations

WAY = "way"  # the kind of what is no record: a place or an action
LAST_OPENED = 8
_MOST = {WAY: 5, "person": 8, "row": 6, "file": 4}
_AROUND = 10  # characters shown before and after what was found in a long text

Key = tuple[str, str]  # what was opened: WAY and its name, or a record and its id; never a name of a person


@dataclass(frozen=True, slots=True)
class Way:
    """A place or an action, as the window names it; `name` stays the same from day to day."""

    name: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer in two lines, and what to open."""

    key: Key
    title: str
    detail: str = ""
    note: str = ""  # what stands at the right: the keys of a way, where a person stands, which ledger
    is_file: bool = False

    @property
    def is_way(self) -> bool:
        """Whether it is a place or an action."""
        return self.key[0] == WAY


@dataclass(frozen=True, slots=True)
class Hits:
    """The answers of one kind under their caption."""

    title: str
    hits: tuple[Hit, ...]


class Finding:
    """Answers a word while it is typed; reads only."""

    def __init__(self, operations: Operations, people: People, ledgers: Ledgers, unit: Unit) -> None:
        self._operations = operations
        self._people, self._ledgers, self._unit = people, ledgers, unit
        self._former: tuple[object, dict[int, _Former]] | None = None

    @property
    def file_id(self) -> str:
        """The name of the data file, by which this computer remembers what was opened in it."""
        return self._operations.database.file_id

    def find(
        self, word: str, ways: Sequence[Way], opened: Sequence[Key] = (), *, covered: bool = False
    ) -> list[Hits]:
        """Return what a word finds, what was opened last before the rest; without a word, that alone.

        The digits by which a person was found are shown, unless private values are `covered`.
        """
        if not name_keys.terms(word):
            return self._latest(ways, opened)
        groups = [
            Hits("去哪儿", tuple(_ways(word, ways, opened))),
            Hits("人", tuple(self._persons(word, opened, covered=covered))),
        ]
        if not (word.isascii() and len(word.strip()) == 1):  # one letter or digit stands in nearly every row
            groups += [
                Hits("台账", tuple(self._rows(word))),
                Hits("文件", tuple(self._files(word))),
            ]
        return [group for group in groups if group.hits]

    def in_view(self, people: Sequence[int]) -> set[int]:
        """Return those of some people who belong to the organisation looked at: a list shows nobody else."""
        reach = self._unit.reach()
        if reach is None:
            return set(people)
        found = self._people.facts(Who("all", ids=tuple(people)), self._unit.today())
        return {
            facts["person.id"]
            for facts in found
            if facts["branch.name"] is not None and facts["branch.name"].id in reach
        }

    def _latest(self, ways: Sequence[Way], opened: Sequence[Key]) -> list[Hits]:
        """Return what was opened last and is still there; the ways where nothing was."""
        known = {way.name: way for way in ways}
        people = [int(id_) for kind, id_ in opened[:LAST_OPENED] if kind == Person.__tablename__]
        found = {hit.key: hit for hit in self._shown(people)}
        for kind, ref in opened[:LAST_OPENED]:
            if kind == WAY and ref in known:
                found[kind, ref] = _hit(known[ref])
            elif ledger := self._ledger(kind):
                found |= {hit.key: hit for hit in self._row(ledger, int(ref))}
        kept = tuple(found[key] for key in opened if key in found)
        if kept:
            return [Hits("最近打开", kept)]
        return [Hits("去哪儿", tuple(_hit(way) for way in ways[:LAST_OPENED]))]

    def _persons(self, word: str, opened: Sequence[Key], *, covered: bool) -> list[Hit]:
        first = [int(id_) for kind, id_ in opened if kind == Person.__tablename__]
        with self._operations.database.reading() as connection:
            ids = self._operations.called.ask(connection, word, _MOST["person"], first)
            if len(ids) < _MOST["person"] and not word.isascii():  # a post, a subject, a title
                person = table_of(Person)
                query = sa.select(person.c.id).where(person.c.removed_at.is_(None), holds(Person, word))
                query = query.where(person.c.id.notin_(ids)).order_by(person.c.id)
                ids += connection.execute(query.limit(_MOST["person"] - len(ids))).scalars()
            before = self._called_before(connection, word, {*ids})
        digits = not covered and any(each.isdigit() for each in word)
        told = {id_: former.told(word, digits=digits) for id_, former in before.items()}
        return self._shown([*ids, *told][: _MOST["person"]], told, digits=digits)

    def _called_before(self, connection: sa.Connection, word: str, found: set[int]) -> dict[int, _Former]:
        """Return who was called so before, of those that today's names and numbers have not found."""
        stands = (connection.engine, keys_of(connection))  # another operation has touched a person since
        if self._former is None or self._former[0] != stands:
            read = {id_: _Former(each) for id_, each in former(connection).items()}
            self._former = (stands, read)
        return {id_: each for id_, each in self._former[1].items() if id_ not in found and each.fits(word)}

    def _shown(
        self, ids: Sequence[int], before: Mapping[int, str] = MappingProxyType({}), *, digits: bool = False
    ) -> list[Hit]:
        return [
            _person(facts, before.get(facts["person.id"], ""), digits=digits)
            for facts in self._people.facts(Who("all", ids=tuple(ids)), self._unit.today())
        ]

    def _rows(self, word: str) -> Iterable[Hit]:
        found: list[Hit] = []
        for ledger in self._ledgers.ledgers():
            rows = self._ledgers.rows(ledger.name, word, newest=_MOST["row"])
            named = {row.id: _people_in(ledger, row.values) for row in rows}
            near = self.in_view([id_ for ids in named.values() for id_ in ids])
            # A row that names nobody belongs to all.
            shown = [row for row in rows if not named[row.id] or near & named[row.id]]
            found += [_row(ledger, row.id, row.values, word) for row in shown]
        return found[: _MOST["row"]]

    def _row(self, ledger: Ledger, id_: int) -> Iterable[Hit]:
        try:
            values = self._ledgers.values(ledger.name, id_)
        except Problem:  # taken back since it was opened
            return
        yield _row(ledger, id_, tuple(values.values()), "")

    def _ledger(self, name: str) -> Ledger | None:
        return next((each for each in self._ledgers.ledgers() if each.name == name), None)

    def _files(self, word: str) -> Iterable[Hit]:
        """Return attached files by their names; opening one is opening what it belongs to."""
        nouns = {each.name: each.noun for each in self._ledgers.ledgers()} | {Person.__tablename__: "人员"}
        table = table_of(Attachment)
        query = sa.select(table.c.owner, table.c.owner_id, table.c.name, table.c.note)
        query = query.where(table.c.removed_at.is_(None), table.c.is_photo.isnot(True))
        query = query.where(table.c.owner.in_(nouns))
        for part in folded(word).split():
            query = query.where(
                sa.or_(*(table.c[key].icontains(part, autoescape=True) for key in ("name", "note")))
            )
        with self._operations.database.reading() as connection:
            for row in connection.execute(query.order_by(table.c.id.desc()).limit(_MOST["file"])):
                yield Hit(
                    (row.owner, str(row.owner_id)), row.name, row.note or "", nouns[row.owner], is_file=True
                )


def _ways(word: str, ways: Sequence[Way], opened: Sequence[Key]) -> list[Hit]:
    # One letter stands in the middle of too many texts to mean one of them.
    meant = name_keys.fits if len(word.strip()) > 1 else _begins
    found = [_hit(way) for way in ways if meant(_key(way.text), word)]
    places = {key: place for place, key in enumerate(opened)}
    found.sort(key=lambda hit: places.get(hit.key, len(places)))
    return found[: _MOST[WAY]]


def _begins(key: str, word: str) -> bool:
    return name_keys.fits(key.partition(name_keys.PART)[0], word)


@cache
def _key(text: str) -> str:
    return name_keys.key_of(text)


def _hit(way: Way) -> Hit:
    return Hit((WAY, way.name), way.text, "", way.note)


class _Former:
    """What one person was called before, ready to be held against a word."""

    def __init__(self, called: Former) -> None:
        self._called = called
        self._names = [(name, name_keys.key_of(name)) for name in called.names]
        self._numbers = [(number, name_keys.key_of("", number)) for number in called.numbers]

    def fits(self, word: str) -> bool:
        """Whether a word asks for one of the old names or numbers."""
        return bool(self.told(word, digits=True))

    def told(self, word: str, *, digits: bool) -> str:
        """Return what is said of it: the name that was asked for, of a number its tail where `digits` are shown."""
        for name, key in self._names:
            if name_keys.fits(key, word):
                return f"曾记作 {name}"
        for number, key in self._numbers:
            begun = len(word.strip()) >= WHOLE_ID and number.startswith(word.strip().upper())
            if begun or name_keys.fits(key, word):
                return f"原身份证号末四位 {number[-4:]}" if digits else "按原身份证号找到"
        return ""


def _person(facts: Mapping[str, Any], before: str, *, digits: bool) -> Hit:
    """Show a person so that two of the same name can be told apart; `before` says by which old name it was found."""
    branch, standing = facts["branch.name"], facts["person.standing"]
    parts = [
        before,
        facts.get("person.position") or facts.get("person.post"),
        branch.text if branch else None,
    ]
    if digits and (number := facts.get("person.id_number")):
        parts.append(f"身份证号末四位 {number[-4:]}")
    if digits and (phone := facts.get("person.phone")):
        parts.append(masking.on_screen(Private.PHONE, phone))
    return Hit(
        (Person.__tablename__, str(facts["person.id"])),
        facts["person.name"],
        "　".join(filter(None, parts)),
        standing.text if standing else "",
    )


def _people_in(ledger: Ledger, values: Sequence[Any]) -> set[int]:
    people = f"link:{Person.__tablename__}"
    pairs = zip(ledger.fields, values, strict=True)
    return {value.id for each, value in pairs if each.kind.name == people and value is not None}


def _row(ledger: Ledger, id_: int, values: Sequence[Any], word: str) -> Hit:
    texts = {
        each.key: "" if each.private else each.show(value)
        for each, value in zip(ledger.fields, values, strict=True)
    }
    shown = [texts[each.key] for each in ledger.table_shows]
    detail = _place(ledger.fields, texts, word) or "　".join(filter(None, shown[3:]))
    return Hit((ledger.name, str(id_)), "　".join(filter(None, shown[:3])), detail, ledger.noun)


def _place(fields: Sequence[Field], texts: Mapping[str, str], word: str) -> str:
    """Return where in a longer text the word stands."""
    part = next(iter(folded(word).split()), "")
    for each in fields:
        text = texts[each.key].replace("\n", " ")
        at = text.find(part)
        if part and each.searched and at >= 0 and len(text) > len(part) + _AROUND:
            start, end = max(at - _AROUND, 0), at + len(part) + 2 * _AROUND
            dots = ("…" if start else "", "…" if end < len(text) else "")
            return f"{each.label}：{dots[0]}{text[start:end]}{dots[1]}"
    return ""
