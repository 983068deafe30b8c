"""The rules of the house: what every floor, record and kind must keep, checked on the code as it stands."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import inspect
import json
import os
import pkgutil
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from importlinter.cli import lint_imports
from log_replay import replayed, stored

from wuling_desktop import records
from wuling_desktop.domain import kinds
from wuling_desktop.domain.kinds import CodeKind, Kind, Link, LinkKind, Mention
from wuling_desktop.domain.partial_date import PartialDate
from wuling_desktop.records.base import Record, field_of, fields_of, table_of
from wuling_desktop.storage import log, migrate
from wuling_desktop.ui.record.editors import EDITORS

if TYPE_CHECKING:
    from wuling_desktop.services.desk import Desk

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "wuling_desktop"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TODAY = dt.date(2026, 11, 24)
EXAMPLES: dict[str, tuple[Any, ...]] = {
    "text": ("市教科所", "A=1+1"),
    "paragraph": ("第一行\n第二行",),
    "name": ("韦清和", "阿布都·赛麦提"),
    "whole": (0, 42),
    "money": (Decimal("0.01"), Decimal("1234.50")),
    "flag": (True, False),
    "day": (PartialDate(1979), PartialDate(1979, 3), PartialDate(2024, 2, 29)),
    "identity": ("450102198002290012", "11010519491231002X"),
    "phone": ("19900001000", "0771-5501234"),
}


def test_import_contracts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    # Its set-up of logging would switch off every logger of ours for the tests that follow.
    monkeypatch.setattr("importlinter.cli.logging_config.dictConfig", lambda _config: None)
    assert lint_imports(config_filename="pyproject.toml") == 0, capsys.readouterr().out


def test_the_pen_knows_no_widgets() -> None:
    allowed = {"QtCore", "QtGui", "QtPrintSupport"}
    for path in (PACKAGE / "paint").glob("*.py"):
        found = re.findall(r"(?:from|import) PySide6\.(\w+)", path.read_text("utf-8"))
        assert set(found) <= allowed, path


def test_every_record_file_is_listed() -> None:
    named = {module.name for module in pkgutil.iter_modules([str(PACKAGE / "records")])} - {"base", "types"}
    listed = {record.__module__.rpartition(".")[2] for record in records.LEDGERS}
    assert named == listed


@pytest.mark.parametrize("record", records.LEDGERS, ids=lambda record: record.__tablename__)
def test_a_record_describes_itself(record: type[Record]) -> None:
    fields = fields_of(record)
    assert record.ledger
    assert record.noun
    assert set(record.table_shows) <= {each.key for each in fields}
    described = {each.key for each in fields} | {"id", "version", "removed_at"}
    assert {column.key for column in table_of(record).columns} == described
    headings = [heading for each in fields for heading in (each.label, *each.headings)]
    assert len(headings) == len(set(headings)), "two fields answer to one heading"
    for each in fields:
        if isinstance(each.kind, LinkKind) and record.plain:
            assert "name" in table_of(records.BY_NAME[each.kind.record]).columns


def every_kind() -> list[Kind]:
    found = {each.kind.name: each.kind for record in records.LEDGERS for each in fields_of(record)}
    found |= {value.name: value for value in vars(kinds).values() if isinstance(value, Kind)}
    return list(found.values())


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.name)
def test_a_kind_reads_back_what_it_shows(kind: Kind) -> None:
    if isinstance(kind, CodeKind):
        values: tuple[Any, ...] = tuple(code.code for code in kind.table.codes)
    elif isinstance(kind, LinkKind):
        values = ()
        assert kind.read(kind.show(Link(1, "韦清和")), TODAY).value == Mention("韦清和")
    else:
        values = EXAMPLES[kind.name]
    for value in values:
        reading = kind.read(kind.show(value), TODAY)
        assert (reading.value, reading.taken) == (value, True)
        assert kind.load(json.loads(json.dumps(kind.dump(value)))) == value


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.name)
def test_a_kind_has_an_editor_and_a_column(kind: Kind) -> None:
    assert kind.name.partition(":")[0] in EDITORS
    columns = [
        c for record in records.LEDGERS for c in table_of(record).columns if c.info.get("kind") is kind
    ]
    spelt = (PACKAGE / "records" / "types.py").read_text("utf-8")
    constant = next((name for name, value in vars(kinds).items() if value is kind), None)
    assert columns or (constant and f"kinds.{constant}" in spelt)


def test_models_equal_migrations() -> None:
    assert migrate.differences() == []


def test_a_planted_difference_is_found() -> None:
    copy = sa.MetaData(naming_convention=Record.metadata.naming_convention)
    for table in Record.metadata.sorted_tables:
        table.to_metadata(copy)
    copy.tables["person"].append_column(sa.Column("shoe_size", sa.Integer))
    found = migrate.differences(copy)
    assert [(each[0], each[3].name) for each in found] == [("add_column", "shoe_size")]


def test_every_changed_row_has_its_log(demo: Desk) -> None:
    """Replaying the log gives the data, cell by cell: so nothing was written beside it."""
    (first, *_) = demo.people.choices("person")
    demo.people.change(first.id, {"person.native_place": "广西钦州", "step_fact.talk_on": "2019.7"})
    (visit, *_) = demo.ledgers.rows("visit")
    demo.ledgers.change("visit", visit.id, {"amount": "123.45"})
    demo.ledgers.remove("visit", [visit.id])
    demo.history.undo()
    demo.people.withdraw([first.id])
    with demo.backups._database.reading() as connection:
        assert log.first_broken(connection) is None
        assert replayed(connection) == stored(connection)


def test_a_row_changed_behind_the_log_is_noticed(demo: Desk) -> None:
    with demo.backups._database.writing() as connection:
        person = table_of(records.Person)
        connection.execute(sa.update(person).where(person.c.id == 1).values(native_place="别处"))
    with demo.backups._database.reading() as connection:
        assert replayed(connection) != stored(connection)


def test_only_the_cupboard_writes() -> None:
    """Data are written by operations, a dump is loaded by dump and backing_up; some keep tables of their own."""
    own_tables = {"search.py", "memo.py", "server_tables.py"}
    allowed = {"operations.py", "dump.py", "backing_up.py"} | own_tables
    writing = re.compile(r"\bsa\.(insert|update|delete)\(|\.(insert|update|delete)\(\)\.")
    found = [path.name for path in SOURCES if writing.search(path.read_text("utf-8"))]
    assert set(found) <= allowed


def test_colours_are_tokens() -> None:
    colour = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\s*\d|setStyleSheet\(")
    for path in (PACKAGE / "ui").rglob("*.py"):
        if path.name not in ("tokens.py", "theme.py"):
            assert not colour.search(path.read_text("utf-8")), path.name


def test_a_file_opens_with_what_it_is_for() -> None:
    for path in SOURCES:
        if "versions" in path.parts:
            continue
        said = ast.get_docstring(ast.parse(path.read_text("utf-8")))
        assert said, path
        assert said.splitlines()[0].rstrip().endswith((".", ":")) or len(said.splitlines()) > 1, path


def test_files_and_functions_stay_small() -> None:
    for path in SOURCES:
        if "versions" in path.parts:
            continue
        text = path.read_text("utf-8")
        assert text.count("\n") <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{path}: {node.name}"
    assert (PACKAGE / "ui" / "main_window.py").read_text("utf-8").count("\n") < 250


def test_what_the_program_reads_is_installed_with_it() -> None:
    globs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["data-files"]
    shipped = {path for patterns in globs.values() for each in patterns for path in ROOT.glob(each)}
    assert {path for path in (ROOT / "resources").rglob("*") if path.is_file()} == {
        path for path in shipped if path.is_file()
    }


def test_locks_name_no_host() -> None:
    locks = sorted(ROOT.glob("*.lock"))
    assert len(locks) == 2
    for path in locks:
        text = path.read_text("utf-8")
        assert not re.search(r"https?://|index-url|find-links", text)
        assert "--hash=sha256:" in text


def test_the_program_needs_no_shared_brief() -> None:
    for path in (*SOURCES, *(ROOT / "tests").rglob("*.py")):
        if path != Path(__file__):
            assert not re.search(r"\.\./shared|/work/", path.read_text("utf-8")), path


def test_headless_verbs_never_load_qt() -> None:
    code = (
        "import sys; from wuling_desktop import app; app.main(['forms']);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    import subprocess  # noqa: PLC0415 - this one test starts a process
    import sys  # noqa: PLC0415 - the same

    environment = dict(os.environ, PYTHONPATH=str(ROOT), WULING_DATA=str(ROOT / "no such folder"))
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_every_module_imports() -> None:
    for path in SOURCES:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if "migrations" not in name:
            assert inspect.ismodule(importlib.import_module(name.removesuffix(".__init__")))


def test_field_names_are_found_by_key() -> None:
    assert field_of(records.Visit, "amount").label == "慰问金额(元)"
    with pytest.raises(KeyError):
        field_of(records.Visit, "no_such_field")
