"""Data on a server: one chain of operations for all desks, and nothing lost, doubled or half done when the line breaks."""

from __future__ import annotations

import shutil
import threading
import time
from typing import TYPE_CHECKING

import psycopg
import pytest
import sqlalchemy as sa
from cut_line import CutLine

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import DataFiles
from wuling_desktop.services.overtaken import Overtaken
from wuling_desktop.services.people import Who
from wuling_desktop.storage import log, migrate, operations, schema, server_troubles
from wuling_desktop.storage.log import OPERATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from engines import ServerEngine

    from wuling_desktop.services.desk import Desk

AT_MOST = 60  # messages of one operation, and some
COMMIT = b"COMMIT\0"  # as it goes out; READ COMMITTED is another matter


@pytest.fixture
def desk(server: ServerEngine, tmp_path: Path) -> Iterator[Desk]:
    opened = server.open(tmp_path / "data")
    yield opened
    opened.close()


def another(desk: Desk) -> Desk:
    """Return a second desk on the same data."""
    return DataFiles(desk.folder).unlock("")


def names(desk: Desk) -> list[str]:
    return [facts["person.name"] for facts in desk.people.facts(Who("all"), desk.unit.today())]


def whole(desk: Desk) -> bool:
    """Whether the log is one chain without a gap."""
    with desk._database.reading() as connection:
        ids = list(connection.execute(sa.select(OPERATION.c.id).order_by(OPERATION.c.id)).scalars())
        return log.first_broken(connection) is None and ids == list(range(1, len(ids) + 1))


def test_the_tables_are_those_of_the_records(desk: Desk) -> None:
    with desk._database.reading() as connection:
        assert migrate.differences_from(connection) == []
        assert schema.current(connection) == schema.head()


def test_desks_that_write_at_once_make_one_chain(desk: Desk) -> None:
    desks = [another(desk) for _ in range(3)]

    def work(mine: Desk, number: int) -> None:
        for count in range(8):
            mine.people.add({"person.name": f"韦{'甲乙丙'[number]}{'一二三四五六七八'[count]}"})

    threads = [threading.Thread(target=work, args=(mine, number)) for number, mine in enumerate(desks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for mine in desks:
        mine.close()
    assert len(set(names(desk))) == 24
    assert whole(desk)
    assert desk.backups.verify().ok


def test_desks_that_correct_the_same_value_lose_none_of_it(desk: Desk) -> None:
    id_ = desk.people.add({"person.name": "韦清和", "person.position": "第0次"}).id
    desks = [another(desk) for _ in range(3)]
    told: list[Problem] = []

    def position(at: Desk) -> str:
        (facts,) = at.people.facts(Who("all", ids=(id_,)), at.unit.today())
        return str(facts["person.position"])

    def work(mine: Desk, name: str) -> None:
        done = 0
        while done < 12:
            seen = position(mine)
            count = int("".join(filter(str.isdigit, seen))) + 1
            try:
                mine.people.change(
                    id_, {"person.position": f"第{count}次，{name}"}, {"person.position": seen}
                )
            except Overtaken as problem:
                told.append(problem)
            else:
                done += 1

    threads = [threading.Thread(target=work, args=each) for each in zip(desks, "甲乙丙", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for mine in desks:
        mine.close()
    assert position(desk).startswith("第36次")
    assert told
    assert whole(desk)


def test_another_desks_people_are_found_at_once(desk: Desk) -> None:
    other = another(desk)
    assert other.people.choices("person", "韦") == []
    desk.people.add({"person.name": "韦清和"})
    assert [link.text for link in other.people.choices("person", "wqh")] == ["韦清和"]
    other.close()


def test_each_account_has_its_own_clerk_and_half_typed_forms(desk: Desk, server: ServerEngine) -> None:
    server.server.ask("DROP ROLE IF EXISTS lu")
    server.server.ask("CREATE ROLE lu LOGIN SUPERUSER")
    desk.unit.set_clerk("韦清和")
    desk.drafts.keep("members", {"person.name": "韦"})
    server.server.write_toml(desk.folder, server.name_of(desk), user="lu")
    other = another(desk)
    assert (other.unit.clerk(), other.drafts.kept()) == ("lu", [])
    other.drafts.keep("members", {"person.name": "陆"})
    assert [draft.values for draft in desk.drafts.kept()] == [{"person.name": "韦"}]
    other.close()
    server.server.write_toml(desk.folder, server.name_of(desk))
    again = another(desk)
    assert again.unit.clerk() == "韦清和"
    again.close()


# ── the line breaks ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def line(server: ServerEngine, desk: Desk) -> Iterator[CutLine]:
    address = server.server.address
    if not str(address["host"]).startswith("/"):
        pytest.skip("the line runs to the socket of a server of our own")
    opened = CutLine(f"{address['host']}/.s.PGSQL.{address['port']}")
    server.server.write_toml(desk.folder, server.name_of(desk), host="127.0.0.1", port=opened.port)
    yield opened
    opened.close()


@pytest.mark.parametrize("sent", [False, True], ids=["unsent", "unanswered"])
def test_a_line_that_breaks_at_the_commit_neither_loses_nor_doubles(
    desk: Desk, line: CutLine, *, sent: bool
) -> None:
    far = another(desk)
    line.cut(lambda message: COMMIT in message, sent=sent)
    if sent:
        assert far.people.add({"person.name": "韦清和"}).changes.operation == 2
    else:
        with pytest.raises(server_troubles.Lost, match="没有做成"):
            far.people.add({"person.name": "韦清和"})
    assert line.cuts == 1
    assert names(far) == ["韦清和"] * sent
    assert whole(desk)
    far.close()


@pytest.mark.parametrize("sent", [False, True], ids=["unsent", "unanswered"])
def test_cut_at_every_message_an_operation_is_there_once_or_not_at_all(
    desk: Desk, line: CutLine, *, sent: bool
) -> None:
    far = another(desk)
    told: list[str] = []
    for place in range(1, AT_MOST):
        left = [place]

        def chosen(_: bytes, left: list[int] = left) -> bool:
            left[0] -= 1
            return left[0] == 0

        name = f"韦清{chr(ord('一') + place)}"
        line.cut(chosen, sent=sent)
        try:
            far.people.add({"person.name": name})
        except server_troubles.Lost:
            told.append(name)
        if line.cuts == 0:
            break
    else:
        pytest.fail("an operation never came to its end")
    assert told
    expected = [f"韦清{chr(ord('一') + each)}" for each in range(1, place + 1)]
    assert names(desk) == [each for each in expected if each not in told]
    assert whole(desk)
    far.close()


def test_a_server_that_does_not_come_back_leaves_it_open_whether_it_was_saved(
    desk: Desk, line: CutLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "_PAUSES", (0, 0))
    far = another(desk)

    def chosen(message: bytes) -> bool:
        if COMMIT in message:
            line.close()
            return True
        return False

    line.cut(chosen, sent=True)
    with pytest.raises(server_troubles.Unsure, match="不知道保存做成了没有"):
        far.people.add({"person.name": "韦清和"})
    until = time.monotonic() + 10  # the server does what it heard, in its own time
    while not names(desk) and time.monotonic() < until:
        time.sleep(0.02)
    assert names(desk) == ["韦清和"]
    far.close()


def test_a_session_ended_by_the_administrator_is_told_and_the_next_step_goes_on(
    desk: Desk, server: ServerEngine
) -> None:
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    desk.people.add({"person.name": "韦清和"})
    server.server.ask(ended, (server.name_of(desk),))
    desk.people.add({"person.name": "陆书翰"})
    with (
        pytest.raises(server_troubles.Lost, match="断了"),
        desk._database.writing() as connection,
    ):
        server.server.ask(ended, (server.name_of(desk),))
        connection.execute(sa.select(1))
    assert names(desk) == ["韦清和", "陆书翰"]


def test_who_waits_too_long_for_another_desk_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wuling_desktop.storage.server._SESSION", {"lock_timeout": 100})
    other = another(desk)
    with desk._database.writing(), pytest.raises(Problem, match="一直没有轮到"):
        other.people.add({"person.name": "韦清和"})
    other.people.add({"person.name": "韦清和"})
    other.close()


# ── programs of another age ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def known_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Path]:
    """Let the program know the first n migrations only."""
    all_steps = sorted(schema.VERSIONS.glob("v*.py"))

    def known(count: int) -> Path:
        place = tmp_path / f"steps{count}"
        place.mkdir()
        for path in all_steps[:count]:
            shutil.copy(path, place)
        monkeypatch.setattr(schema, "VERSIONS", place)
        return place

    return known


def test_an_older_program_is_told_at_the_door_and_at_the_desk(
    desk: Desk, known_steps: Callable[[int], Path]
) -> None:
    known_steps(schema.number() - 1)
    with pytest.raises(Problem, match="更新版本的程序"):
        another(desk)
    with pytest.raises(Problem, match="更新版本的程序"):
        desk.people.add({"person.name": "韦清和"})
    assert names(desk) == []


def test_a_newer_program_brings_the_data_along_or_leaves_them_as_they_are(
    desk: Desk, known_steps: Callable[[int], Path]
) -> None:
    desk.people.add({"person.name": "韦清和"})
    before = schema.number()
    place = known_steps(before)
    step = place / f"v{before + 1:04}_add_shelf.py"
    text = (
        '"""A shelf."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f'revision = "{before + 1:04}"\ndown_revision = "{before:04}"\n\n\n'
        'def upgrade() -> None:\n    op.create_table("shelf", sa.Column("id", sa.Integer, primary_key=True))\n'
    )
    step.write_text(f'{text}    raise ValueError("half way")\n', "utf-8")
    with pytest.raises(ValueError, match="half way"):
        another(desk)
    with desk._database.reading() as connection:
        assert not sa.inspect(connection).has_table("shelf")
        assert int(schema.current(connection)) == before

    step.write_text(text, "utf-8")
    newer = another(desk)
    assert "其他电脑要装上新版" in newer._database.notes[0]
    with newer._database.reading() as connection:
        assert sa.inspect(connection).has_table("shelf")
    assert names(newer) == ["韦清和"]
    newer.close()


def test_a_text_longer_than_its_word_is_kept_as_the_file_keeps_it(desk: Desk) -> None:
    id_ = desk.people.add({"person.name": "韦清和"}).id
    desk.people.change(id_, {"person.position": "主任" * 200})
    (facts,) = desk.people.facts(Who("all", ids=(id_,)), desk.unit.today())
    assert facts["person.position"] == "主任" * 200


def test_a_row_written_past_the_program_is_not_written_over(desk: Desk, server: ServerEngine) -> None:
    id_ = desk.people.add({"person.name": "韦清和"}).id
    with psycopg.connect(**server.server.reached(server.name_of(desk))) as past:
        past.execute("UPDATE person SET position = '主任', version = version + 1")
        release = threading.Timer(0.3, past.commit)
        release.start()  # until then the row is locked, and what is read is what stood there before
        with pytest.raises(Problem, match="被别处改过"):
            desk.people.change(id_, {"person.position": "副主任"})
        release.join()
    (facts,) = desk.people.facts(Who("all", ids=(id_,)), desk.unit.today())
    assert facts["person.position"] == "主任"
