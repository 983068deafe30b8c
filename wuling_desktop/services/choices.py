"""What a link may point at: people by name, pinyin or digits and told apart; branches and departments by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from wuling_desktop.domain.kinds import Link
from wuling_desktop.records import BY_NAME, Membership, Organisation, Person
from wuling_desktop.records.base import table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wuling_desktop.storage.operations import Operations

_MOST = 200  # in a list to choose from


def link_choices(operations: Operations, record: str, word: str = "", limit: int = _MOST) -> list[Link]:
    """Return the living rows a link may point at, people by all that calls them, others by name."""
    table = table_of(BY_NAME[record])
    query = sa.select(table.c.id, table.c.name).where(table.c.removed_at.is_(None))
    with operations.database.reading() as connection:
        if word.strip() and record == Person.__tablename__:
            called = operations.called.ask(connection, word, limit)
            names = {row.id: row.name for row in connection.execute(query.where(table.c.id.in_(called)))}
            links = [Link(id_, names[id_]) for id_ in called]
        else:
            if word.strip():
                query = query.where(table.c.name.icontains(word.strip(), autoescape=True))
            rows = connection.execute(query.order_by(table.c.id).limit(limit))
            links = [Link(row.id, row.name) for row in rows]
        if record == Person.__tablename__ and limit <= _MOST:
            return _told_apart(connection, links)
        return links


def _told_apart(connection: sa.Connection, people: Sequence[Link]) -> list[Link]:
    """Say of each person post and branch, so that two of one name are not taken for each other."""
    person, membership, branch = table_of(Person), table_of(Membership), table_of(Organisation)
    query = (
        sa.select(person.c.id, sa.func.coalesce(person.c.position, person.c.post), branch.c.name)
        .outerjoin(membership, sa.and_(membership.c.person == person.c.id, membership.c.removed_at.is_(None)))
        .outerjoin(branch, branch.c.id == membership.c.branch)
        .where(person.c.id.in_([link.id for link in people]))
        .order_by(membership.c.out_on.is_(None), membership.c.id)
    )
    found = {id_: "　".join(filter(None, parts)) for id_, *parts in connection.execute(query)}
    return [Link(link.id, link.text, found[link.id]) for link in people]
