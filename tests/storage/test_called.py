"""Whom a word calls, held against the plain definition: every part of every key of the demo branch is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from wuling_desktop.domain import name_keys
from wuling_desktop.records import Person
from wuling_desktop.records.base import table_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wuling_desktop.services.desk import Desk

pytestmark = pytest.mark.both_engines


@pytest.fixture
def keys(demo: Desk) -> dict[int, str]:
    person = table_of(Person)
    query = sa.select(person.c.id, person.c.name, person.c.id_number, person.c.phone)
    with demo.people._operations.database.reading() as connection:
        rows = connection.execute(query.where(person.c.removed_at.is_(None))).all()
    return {row.id: name_keys.key_of(row.name, row.id_number, row.phone) for row in rows}


def ask(desk: Desk, word: str, limit: int = 999, first: Collection[int] = ()) -> list[int]:
    operations = desk.people._operations
    with operations.database.reading() as connection:
        return operations.called.ask(connection, word, limit, first)


def expected(keys: Mapping[int, str], word: str, first: Collection[int] = ()) -> list[int]:
    """Look through the keys one by one."""
    terms = name_keys.terms(word)

    def rank(id_: int) -> tuple[bool, ...]:
        key = keys[id_]
        likely = key.partition(name_keys.PART)[0]
        whole = terms[0] in likely if terms[0].startswith(" ") else key.startswith(terms[0])
        return id_ not in first, not key.startswith(f"{''.join(terms)} "), not whole

    return sorted(
        (id_ for id_, key in keys.items() if name_keys.fits(key, word)), key=lambda id_: (*rank(id_), id_)
    )


def words(keys: Mapping[int, str]) -> set[str]:
    """Return what may be typed: beginnings of every spelling, pieces of every name, digits, and names with more."""
    asked: set[str] = set()
    for key in keys.values():
        name, *spelt = key.replace(name_keys.PART, " ").split()
        asked |= {each[:length] for each in spelt for length in (1, 2, 3, len(each))}
        asked |= {name[start:end] for start in range(len(name)) for end in range(start + 1, len(name) + 1)}
        asked |= {f"{name[:1]}{spelt[0][:2]}", f"{name} {spelt[-1][:3]}"}
    return asked


def test_every_word_calls_the_right_people_in_the_right_order(demo: Desk, keys: dict[int, str]) -> None:
    asked = words(keys)
    assert len(asked) > 500
    assert {word: ask(demo, word) for word in asked} == {word: expected(keys, word) for word in asked}


def test_who_was_opened_last_comes_first_and_the_list_ends_in_time(demo: Desk, keys: dict[int, str]) -> None:
    opened = (*list(keys)[::7], 10**6)
    for word in sorted(words(keys))[::11]:
        assert ask(demo, word, 5, opened) == expected(keys, word, opened)[:5]


def test_nobody_is_called_where_nobody_is(desk: Desk) -> None:
    assert ask(desk, "韦") == ask(desk, "w") == ask(desk, "0467") == ask(desk, "450199199108010467") == []


@pytest.mark.own_to_the_file
def test_a_restored_backup_is_asked_even_if_it_counts_the_same_operations(desk: Desk) -> None:
    backup = desk.backups.make()
    desk.people.add({"person.name": "黄若衡"})
    assert len(ask(desk, "黄")) == 1
    desk.backups.restore(backup.path)
    assert ask(desk, "黄") == []
    desk.people.add({"person.name": "韦清和"})
    assert ask(desk, "黄") == []
    assert len(ask(desk, "韦")) == 1
