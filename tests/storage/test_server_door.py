"""The way to a server: what its file may say, who is let in, and what is said to whoever is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from engines import PASSWORD
from invented_authority import papers
from trial_server import PROVEN

from wuling_desktop.domain.problems import Problem
from wuling_desktop.services.data_files import DataFiles, KeptByServer, WrongPassword
from wuling_desktop.storage import server_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engines import ServerEngine
    from trial_server import TrialServer

    from wuling_desktop.services.desk import Desk

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def desk(server: ServerEngine, tmp_path: Path) -> Iterator[Desk]:
    opened = server.open(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def own(server: ServerEngine) -> TrialServer:
    """A server with papers and accounts of its own; one that somebody named has others."""
    if not server.server.is_own:
        pytest.skip("asks for a server that the tests have started")
    server.server.ask(f"DROP ROLE IF EXISTS {PROVEN}")
    server.server.ask(f"CREATE ROLE {PROVEN} LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
    return server.server


def toml(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "server.toml").write_text(text, "utf-8")
    return folder


# ── server.toml ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("text", "said"), [("host = ", "写法有误"), ('host = "db"', "缺少“dbname”"),
    ('host = "db"\ndbname = "w"\npassword = "x"', "密码不能写在"), ('host = "db"\ndbname = "w"\nport = "5432"', "“port”"),
    ('host = "db"\ndbname = "w"\nschema = "a; drop"', "“schema”"), ('host = "db"\ndbname = "w"\nssl = "on"', "不认得“ssl”"),
    ('host = "db"\ndbname = "w"\nsslmode = "prefer"', "不够安全"), ('host = "db"\ndbname = "w"\nsslmode = "disable"', "不够安全"),
    ('host = "/tmp,db"\ndbname = "w"', "“host”"), ('host = ["db"]\ndbname = "w"', "“host”"), ("", "缺少“host”")])  # fmt: skip
def test_what_cannot_be_followed_is_told_before_anything_is_sent(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(Problem, match=said):
        server_toml.read(toml(tmp_path, text))
    assert DataFiles(tmp_path).exists()


def test_the_file_of_an_editor_that_writes_a_mark_first_is_read(tmp_path: Path) -> None:
    (tmp_path / "server.toml").write_text('host = "db"\ndbname = "w"', "utf-8-sig")
    assert server_toml.read(tmp_path) == server_toml.Address("db", "w")


def test_the_driver_is_not_loaded_where_the_data_are_a_file(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from wuling_desktop.services.data_files import DataFiles;"
        "desk, _ = DataFiles(pathlib.Path(sys.argv[1])).create('x', unit='甲', branch='乙支部', clerk='丙');"
        "desk.close(); assert not [name for name in sys.modules if name.startswith('psycopg')]"
    )
    subprocess.run([sys.executable, "-c", script, tmp_path / "data"], check=True, cwd=ROOT)


# ── who is let in ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    toml(tmp_path, 'host = "127.0.0.1"\nport = 9\ndbname = "wuling"')
    with pytest.raises(Problem, match="连不上单位的服务器"):
        DataFiles(tmp_path).unlock("x")


def test_a_wrong_password_and_none_are_told_and_counted(
    desk: Desk, own: TrialServer, server: ServerEngine
) -> None:
    own.write_toml(desk.folder, server.name_of(desk), user=PROVEN)
    for wrong in ("另一个", ""):
        with pytest.raises(WrongPassword, match="服务器不认这个密码"):
            DataFiles(desk.folder).unlock(wrong)
    DataFiles(desk.folder).unlock(PASSWORD).close()


def test_a_password_stands_in_the_users_own_file(
    desk: Desk, own: TrialServer, server: ServerEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.write_toml(desk.folder, server.name_of(desk), user=PROVEN)
    kept = tmp_path / "pgpass"
    kept.write_text(f"*:*:*:{PROVEN}:{PASSWORD}\n", "utf-8")
    kept.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(kept))
    DataFiles(desk.folder).unlock("").close()


def test_a_server_elsewhere_has_to_prove_who_it_is(
    desk: Desk, own: TrialServer, server: ServerEngine
) -> None:
    name = server.name_of(desk)
    (desk.folder / "unit.crt").write_bytes(own.authority)
    elsewhere = {"host": "127.0.0.2", "user": PROVEN}
    own.write_toml(desk.folder, name, **elsewhere, sslrootcert="unit.crt")
    proven = DataFiles(desk.folder).unlock(PASSWORD)
    with proven._database.reading() as connection:
        line = "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert connection.exec_driver_sql(line).one() == (True, "TLSv1.3")
    proven.close()

    (desk.folder / "unit.crt").write_bytes(papers("127.0.0.2")[0])
    with pytest.raises(Problem, match="认不准它是不是单位的服务器"):
        DataFiles(desk.folder).unlock(PASSWORD)
    own.write_toml(desk.folder, name, **elsewhere)
    with pytest.raises(Problem, match="认不准它是不是单位的服务器"):
        DataFiles(desk.folder).unlock(PASSWORD)


def test_a_database_or_a_host_that_is_not_admitted(tmp_path: Path, own: TrialServer) -> None:
    own.write_toml(tmp_path, "wuling_nowhere")
    with pytest.raises(Problem, match="服务器上没有这个数据库"):
        DataFiles(tmp_path).unlock("")
    own.ask("DROP ROLE IF EXISTS locked_out")
    own.ask("CREATE ROLE locked_out NOLOGIN")
    own.write_toml(tmp_path, "postgres", user="locked_out")
    with pytest.raises(Problem, match="不让这台电脑或这个账户进去"):
        DataFiles(tmp_path).unlock("")


# ── making the data ───────────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_database_is_told_and_made_once(server: ServerEngine, tmp_path: Path) -> None:
    files = server.new(tmp_path / "new")
    with pytest.raises(Problem, match="服务器上还没有数据"):
        files.unlock("")
    desk, key = files.create("", unit="青江市教科所", branch="第一党支部", clerk="韦清和")
    assert (key, desk.unit.name(), desk.unit.clerk()) == ("", "青江市教科所", "韦清和")
    desk.close()
    with pytest.raises(Problem, match="已经有一份数据"):
        files.create("", unit="另一个", branch="第二党支部", clerk="陆书翰")
    assert list((tmp_path / "new").iterdir()) == [tmp_path / "new" / "server.toml"]


def test_data_lie_in_a_schema_of_their_own(server: ServerEngine, tmp_path: Path) -> None:
    files = server.new(tmp_path / "new")
    database = server_toml.read(files.folder).dbname
    for schema in ("jia", "yi"):
        server.server.write_toml(files.folder, database, schema=schema)
        desk, _ = files.create("", unit=schema, branch="第一党支部", clerk="韦清和")
        desk.people.add({"person.name": "韦清和"})
        assert len(desk.people.choices("person", "wqh")) == 1
        desk.close()
    query = "SELECT schemaname FROM pg_tables WHERE tablename = 'person' ORDER BY 1"
    assert server.server.ask(query, dbname=database) == [("jia",), ("yi",)]


def test_an_account_without_the_right_is_told(desk: Desk, server: ServerEngine) -> None:
    server.server.ask("DROP ROLE IF EXISTS reader")
    server.server.ask("CREATE ROLE reader LOGIN IN ROLE pg_read_all_data")
    server.server.write_toml(desk.folder, server.name_of(desk), user="reader")
    reader = DataFiles(desk.folder).unlock("")
    with pytest.raises(Problem, match="没有给这个账户这项权限"):
        reader.people.add({"person.name": "韦清和"})
    reader.close()


def test_what_only_a_file_has_is_answered_before_it_is_open_too(desk: Desk, tmp_path: Path) -> None:
    files = DataFiles(desk.folder)
    for step in (
        lambda: files.unlock_with_recovery_key("ABCDE"),
        lambda: files.restore(tmp_path / "备份.wlbak", PASSWORD),
        lambda: files.salvage(tmp_path / "能读的.json", PASSWORD),
        lambda: desk.change_password(PASSWORD, "另一个"),
        lambda: desk.set_password("另一个"),
        lambda: desk.recovery.new(PASSWORD),
        desk.backups.make,
        lambda: desk.backups.restore(tmp_path / "备份.wlbak"),
        lambda: desk.backups.verify(tmp_path / "备份.wlbak"),
    ):
        with pytest.raises(KeptByServer, match="这份数据在单位的服务器上"):
            step()
    assert not (tmp_path / "能读的.json").exists()
