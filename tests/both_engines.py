"""Which tests run on both engines, and what is said of them at the end: how many ran on each, or could not.

Every test of the services does, and whatever is marked `both_engines`. A test marked `own_to_the_file` is about what
only an encrypted file has: on the server it has to end in the plain answer that says so.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from trial_server import NEEDED, is_there

from wuling_desktop.services.data_files import KeptByServer

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINES = ("file", "server")
_SERVICES = Path(__file__).parent / "services"
_TITLES = {"file": "SQLite", "server": "PostgreSQL"}
_not_run = pytest.StashKey[int]()
_asked = pytest.StashKey[Counter[str]]()
_passed = pytest.StashKey[Counter[str]]()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let a test have each engine in turn."""
    definition = metafunc.definition
    if "engine" in metafunc.fixturenames and (
        _SERVICES in definition.path.parents or definition.get_closest_marker("both_engines")
    ):
        metafunc.parametrize("engine", ENGINES, indirect=True)


def _engine_of(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("engine") if callspec else None


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count; stop at once where a server must be there and is not."""
    config.stash[_not_run], config.stash[_asked], config.stash[_passed] = 0, Counter(), Counter()
    config.pluginmanager.register(_Counting(config))
    if os.environ.get(NEEDED) and not is_there():
        raise pytest.UsageError(f"PostgreSQL: no server, and {NEEDED} asks for one")


def _is_worker(config: pytest.Config) -> bool:
    """Whether this process runs a share of the tests for another one, which counts."""
    return hasattr(config, "workerinput")


def _is_uneven(config: pytest.Config) -> bool:
    asked, passed = config.stash[_asked], config.stash[_passed]
    return asked["server"] == asked["file"] and 0 < passed["server"] != passed["file"]


@pytest.hookimpl(trylast=True)  # after those that choose by mark or by word
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the server's tests out where there is no server, and remember how many they were."""
    config.stash[_asked] = Counter(filter(None, map(_engine_of, items)))
    wanting = [item for item in items if _engine_of(item) == "server" or "trial_server" in item.fixturenames]
    if not wanting or is_there():
        return
    config.stash[_not_run] = len(wanting)
    config.hook.pytest_deselected(items=wanting)
    items[:] = [item for item in items if item not in wanting]


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    """Expect the plain answer of a test about the file's own matters where it runs on the server."""
    if _engine_of(pyfuncitem) != "server" or not pyfuncitem.get_closest_marker("own_to_the_file"):
        return (yield)
    try:
        yield
    except KeptByServer as answer:
        assert len([part for part in answer.args if part.endswith("。")]) == 3
        return True
    pytest.fail("on the server this has to be answered by KeptByServer")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[pytest.TestReport]:
    """Name the engine in the report."""
    report = yield
    report.engine = _engine_of(item)
    return report


class _Counting:
    """Counts what passed on each engine, in this process or in those that run a share of the tests for it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test that passed."""
        engine = getattr(report, "engine", None)
        if engine and report.when == "call" and report.passed:
            self._config.stash[_passed][engine] += 1

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Hear from a process that ran its share what was asked for: each of them has gathered all tests."""
        told = getattr(node, "workeroutput", {})
        if "asked" in told:
            self._config.stash[_asked] = Counter(told["asked"])
            self._config.stash[_not_run] = told["not_run"]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail where a run that asked as much of one engine as of the other got less of one."""
    config = session.config
    if _is_worker(config):
        told = {"asked": dict(config.stash[_asked]), "not_run": config.stash[_not_run]}
        config.workeroutput.update(told)  # type: ignore[attr-defined]  # pytest-xdist's
    elif exitstatus == pytest.ExitCode.OK and _is_uneven(config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests ran on each engine, or that some could not."""
    if not_run := config.stash[_not_run]:
        terminalreporter.write_line(f"PostgreSQL: {not_run} tests not run")
    passed = config.stash[_passed]
    if passed["server"]:
        said = ", ".join(f"{_TITLES[engine]}: {passed[engine]} service tests passed" for engine in ENGINES)
        terminalreporter.write_line(said)
        if _is_uneven(config):
            terminalreporter.write_line(
                "The engines did not pass the same number of service tests.", red=True
            )
