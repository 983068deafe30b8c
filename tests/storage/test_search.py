"""The keys of people stay in step with the people: typed, imported, undone, removed, loaded, restored, or spoilt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from wuling_desktop.domain import name_keys
from wuling_desktop.records import Person
from wuling_desktop.records.base import table_of
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.storage import search
from wuling_desktop.storage.search import KEYS, holds

if TYPE_CHECKING:
    from pathlib import Path

    from wuling_desktop.services.desk import Desk
    from wuling_desktop.storage.database import Database

pytestmark = pytest.mark.both_engines


def database(desk: Desk) -> Database:
    return desk.people._operations.database


def called(desk: Desk, word: str) -> list[str]:
    return [link.text for link in desk.people.choices("person", word)]


def in_step(desk: Desk) -> bool:
    """Whether every key is the one of its person."""
    person = table_of(Person)
    with database(desk).reading() as connection:
        rows = connection.execute(sa.select(person.c.id, person.c.name, person.c.id_number, person.c.phone))
        wanted = {row.id: name_keys.key_of(row.name, row.id_number, row.phone) for row in rows}
        kept = {row.person: row.key for row in connection.execute(sa.select(KEYS))}
        return kept == wanted and search._in_step(connection)


def test_a_person_is_found_from_the_moment_of_saving_to_that_of_taking_back(desk: Desk) -> None:
    id_ = desk.people.add({"person.name": "黄若衡", "person.phone": "19900006021"}).id
    assert called(desk, "hrh") == ["黄若衡"]
    desk.people.change(id_, {"person.name": "单若衡"})
    assert called(desk, "hrh") == []
    assert called(desk, "srh") == called(desk, "6021") == ["单若衡"]
    desk.history.undo()
    assert called(desk, "huangr") == ["黄若衡"]
    desk.people.withdraw([id_])
    assert called(desk, "hrh") == []
    desk.history.undo()
    assert called(desk, "hrh") == ["黄若衡"]
    desk.history.undo()
    assert called(desk, "hrh") == []
    assert in_step(desk)


def test_what_does_not_touch_people_leaves_the_keys_alone(demo: Desk) -> None:
    assert in_step(demo)
    demo.ledgers.remove("visit", [demo.ledgers.rows("visit")[0].id])
    assert in_step(demo)


def test_the_likeliest_stands_first(desk: Desk) -> None:
    for name in ("黄清和", "韦清和", "吴韦清", "韦清", "韦青禾"):
        desk.people.add({"person.name": name})
    assert called(desk, "韦清") == ["韦清", "韦清和", "吴韦清"]
    assert called(desk, "wq") == ["韦清和", "韦清", "韦青禾", "吴韦清"]
    with database(desk).reading() as connection:
        ask = desk.people._operations.called.ask
        assert ask(connection, "wq", 2, first=[3]) == [3, 2]
        assert ask(connection, "韦清", 9, first=[3, 2, 99]) == [2, 3, 4]
        assert ask(connection, " ", 9) == []


def test_a_whole_number_finds_its_person(desk: Desk) -> None:
    desk.people.add({"person.name": "韦清和", "person.id_number": "450199199108010467"})
    desk.people.add({"person.name": "韦清扬", "person.id_number": "450199197001010046"})
    assert called(desk, "450199199108010467") == called(desk, "0467") == ["韦清和"]
    assert called(desk, "45019919") == ["韦清和", "韦清扬"]


def test_ledgers_find_the_people_they_point_at(demo: Desk) -> None:
    (visit, *_) = demo.ledgers.rows("visit")
    name = next(value.text for value in visit.values if hasattr(value, "text") and value.text)
    letters = "".join(each[0][0] for each in name_keys.readings(name))
    assert visit.id in [row.id for row in demo.ledgers.rows("visit", letters)]


@pytest.mark.parametrize("fault", ["DROP TABLE search_person", "DROP TABLE search_made", "DELETE FROM search_made",
                                   "UPDATE search_made SET edition = 'old'", "DELETE FROM search_person WHERE person = 7",
                                   "UPDATE search_made SET operation = 1"])  # fmt: skip
def test_missing_or_stale_keys_are_written_anew(demo: Desk, fault: str) -> None:
    with database(demo).writing() as connection:
        connection.exec_driver_sql(fault)
    search.keep_in_step(database(demo))
    assert in_step(demo)


def test_an_operation_on_a_file_without_keys_makes_them(demo: Desk) -> None:
    with database(demo).writing() as connection:
        search._TABLES.drop_all(connection)
    demo.people.add({"person.name": "黄若衡"})
    assert in_step(demo)


def test_keys_come_with_a_dump_and_a_restored_backup(demo: Desk, tmp_path: Path) -> None:
    demo.backups.dump(tmp_path / "all.json")
    fresh, _ = DataFiles(tmp_path / "fresh").create("测试口令 2026", unit="甲", branch="乙支部", clerk="丙")
    fresh.backups.load(tmp_path / "all.json")
    assert in_step(fresh)
    with database(fresh).writing() as connection:
        search._TABLES.drop_all(connection)
    made = fresh.backups.make()
    fresh.backups.restore(made.path)
    assert in_step(fresh)
    fresh.close()


def test_both_engines_are_asked_in_their_own_words() -> None:
    condition = holds(Person, "wqh")
    assert "strpos(" in str(condition.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert "instr(" in str(condition.compile())
