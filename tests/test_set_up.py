"""run.py's own judgements, and that locks, README and .ci/run say what is true."""

from __future__ import annotations

import ast
import functools
import http.server
import importlib.util
import platform
import re
import stat
import sys
import threading
import time
import tomllib
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="system packages are Linux's affair")


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["run"] = module  # NamedTuple looks its module up
    spec.loader.exec_module(module)
    return module


run = _load()


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of commands: a test puts into it what its machine shall have."""
    folder = tmp_path / "commands"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def _command(folder: Path, name: str, script: str = "exit 0") -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _pins(lock: str) -> dict[tuple[str, str], Requirement]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line.rstrip(" \\")) for line in lines if line and line[0] not in " #"]
    return {(canonicalize_name(pin.name), str(pin.marker or "")): pin for pin in pins}


# ── the machine ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("system", "machine", "glibc", "python", "said"),
    [
        ("Linux", "x86_64", (2, 28), (3, 11), ""),
        ("Linux", "x86_64", (2, 28), (3, 14), "2.34"),
        ("Linux", "x86_64", (2, 27), (3, 11), "2.28"),
        ("Linux", "x86_64", (), (3, 11), "没有"),
        ("Linux", "aarch64", (2, 31), (3, 13), ""),
        ("Linux", "aarch64", (2, 28), (3, 11), "2.31"),
        ("Linux", "loongarch64", (2, 40), (3, 12), "loongarch64"),
        ("Linux", "32 位", (2, 36), (3, 11), "64 位"),
        ("Linux", "x86_64", (2, 36), (3, 8), "3.11"),
        ("Linux", "x86_64", (2, 36), (3, 15), "3.14"),
        ("Windows", "AMD64", (), (3, 12), ""),
        ("Windows", "32 位", (), (3, 12), "64 位"),
        ("Darwin", "arm64", (), (3, 12), ""),
        ("Darwin", "x86_64", (), (3, 12), "Apple"),
    ],
)
def test_a_machine_without_wheels_is_told_so(
    system: str, machine: str, glibc: tuple[int, ...], python: tuple[int, int], said: str
) -> None:
    answer = run.unsupported(system, machine, glibc, python)
    assert said in answer
    assert bool(answer) == bool(said)


def test_this_machine_is_supported() -> None:
    run.check_machine()  # raises where it is not


def test_an_older_python_can_read_the_file_to_be_told() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))  # raises where not


@pytest.mark.parametrize(
    ("file", "chinese"),
    [
        ("NotoSansCJK-Regular.ttc", True),
        ("wqy-microhei.ttc", True),
        ("simfang.ttf", True),
        ("FZXBSJW.TTF", True),
        ("SourceHanSansSC-Regular.otf", True),
        ("DejaVuSans.ttf", False),
        ("NotoSans-Regular.ttf", False),
    ],
)
def test_a_chinese_font_is_known_by_its_file(
    tmp_path: Path, commands: Path, file: str, *, chinese: bool
) -> None:
    (tmp_path / "truetype" / "some").mkdir(parents=True)
    (tmp_path / "truetype" / "some" / file).touch()
    assert run.has_chinese_font([tmp_path / "nowhere", tmp_path / "truetype"]) is chinese


@on_linux
def test_a_font_of_an_unknown_name_is_found_by_fontconfig(tmp_path: Path, commands: Path) -> None:
    _command(commands, "fc-list", "echo /usr/share/fonts/gov/GovSong.ttf:")
    assert run.has_chinese_font([tmp_path])
    _command(commands, "fc-list")
    assert not run.has_chinese_font([tmp_path])


@on_linux
@pytest.mark.parametrize(
    ("managers", "line"),
    [
        (("apt-get",), "apt-get install -y --no-install-recommends libglib2.0-0 fonts-noto-cjk"),
        (("dnf", "yum"), "dnf install -y 'libglib-2.0.so.0()(64bit)' 'font(:lang=zh-cn)'"),
        (("yum",), "yum install -y 'libglib-2.0.so.0()(64bit)' 'font(:lang=zh-cn)'"),
        ((), "软件包管理器"),
    ],
)
def test_the_line_to_run_is_that_of_the_machine(commands: Path, managers: tuple[str, ...], line: str) -> None:
    for manager in managers:
        _command(commands, manager)
    advice = run.advice([run.DRAWING[0], run.CHINESE_FONT])
    assert line in advice
    assert "libglib-2.0.so.0、中文字体" in advice


@on_linux
def test_nothing_is_installed_where_a_password_would_be_needed(
    commands: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    _command(commands, "apt-get", "echo ran >&2; exit 1")
    _command(commands, "sudo", "exit 1")  # as `sudo -n` ends where a password is asked for
    with pytest.raises(run.SetUpError, match="sudo apt-get update && sudo apt-get install") as stop:
        run.provide([run.CHINESE_FONT], screen=False, fetching=False)
    assert stop.value.status == run.SYSTEM_LACKS


@on_linux
@pytest.mark.parametrize(
    ("known", "taken"), [("libglib2.0-0", "libglib2.0-0"), ("libglib2.0-0t64", "libglib2.0-0t64")]
)
def test_the_name_the_release_knows_is_taken(commands: Path, known: str, taken: str) -> None:
    _command(commands, "apt-cache", f'[ "$3" = {known} ] && echo "Package: {known}"')
    assert run.known_to_apt(run.DRAWING[0].debian) == taken


# ── where packages come from ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("environment", "settings", "index"),
    [
        ({}, "", "PYPI"),
        ({}, "[global]\nindex-url = https://mirror.example/simple\n", "https://mirror.example/simple"),
        ({}, "[global]\nindex-url = a\n[install]\nindex-url = b\n", "b"),
        ({"UV_DEFAULT_INDEX": "u"}, "[global]\nindex-url = a\n", "u"),
        ({"PIP_INDEX_URL": "p", "UV_DEFAULT_INDEX": "u"}, "[global]\nindex-url = a\n", "p"),
    ],
)
def test_the_index_asked_is_the_one_pip_would_ask(
    tmp_path: Path, environment: dict[str, str], settings: str, index: str
) -> None:
    (tmp_path / "pip.conf").write_text(settings, encoding="utf-8")
    wanted = run.PYPI if index == "PYPI" else index
    assert run.package_index(environment, [tmp_path / "absent.conf", tmp_path / "pip.conf"]) == wanted


def test_settings_of_pip_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text("index-url = a\n", encoding="utf-8")
    with pytest.raises(run.SetUpError, match=r"pip\.conf"):
        run.package_index({}, [tmp_path / "pip.conf"])


@pytest.mark.parametrize(
    "href", ["../../packages/ab/{}#sha256=00", "https://files.example/x/{}#sha256=00", "{}"]
)
def test_a_wheel_is_found_on_its_page(href: str) -> None:
    wheel = "uv-1.0-py3-none-any.whl"
    page = f'<a href="x/other-{wheel}.metadata">x</a>\n<a data-x="" href="{href.format(wheel)}">{wheel}</a>'
    assert run.wheel_link(page, wheel) == href.format(wheel).partition("#")[0]


def test_a_wheel_the_index_lacks_is_named() -> None:
    with pytest.raises(run.SetUpError, match=r"uv-1\.0"):
        run.wheel_link("<html></html>", "uv-1.0-py3-none-any.whl")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[str]:
    """A package index on this machine whose uv is not the one run.py knows."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    folder = tmp_path / "index" / "uv"
    folder.mkdir(parents=True)
    for wheel, _ in run.UV_WHEELS.values():
        (folder / wheel).write_bytes(b"not uv")
    (folder / "index.html").write_text("".join(f'<a href="{path.name}">x</a>' for path in folder.iterdir()))
    handler = functools.partial(Quiet, directory=str(tmp_path / "index"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in run.UV_WHEELS, reason="uv is fetched on Linux only"
)
def test_a_uv_with_another_hash_is_thrown_away(tmp_path: Path, index: str) -> None:
    with pytest.raises(run.SetUpError, match="校验值") as stop:
        run.fetch_uv(index, tmp_path / "uv")
    assert stop.value.status == run.NOT_INSTALLED
    assert not (tmp_path / "uv").exists()


# ── the virtual environment ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A virtual environment made by hand, as `WULING_VENV` names it."""
    folder = tmp_path / "venv"
    venv.create(folder, symlinks=sys.platform != "win32")
    monkeypatch.setenv("WULING_VENV", str(folder))
    return folder


def _stamp(folder: Path, *lines: str) -> None:
    (folder / run.STAMP).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_an_environment_is_ready_only_with_its_stamp(environment: Path) -> None:
    assert run.usable(environment)
    assert not run.is_ready(environment, run.LOCK)
    _stamp(environment)  # a set-up under way
    assert not run.is_ready(environment, run.LOCK)
    _stamp(environment, f"{run.LOCK} {'0' * 64}")  # an older lock
    assert not run.is_ready(environment, run.LOCK)
    _stamp(environment, run.stamp_line(run.LOCK))
    assert run.is_ready(environment, run.LOCK)
    assert not run.is_ready(environment, run.DEV_LOCK)


def test_an_environment_of_another_python_is_not_usable(environment: Path) -> None:
    described = environment / "pyvenv.cfg"
    described.write_text(re.sub(r"(?m)^version.*$", "version = 3.1.0", described.read_text(encoding="utf-8")))
    assert not run.usable(environment)


def test_a_folder_of_other_things_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "花名册.xlsx").write_bytes(b"mine")
    with pytest.raises(run.SetUpError, match="没有动它"):
        run.make_environment(tmp_path)
    assert (tmp_path / "花名册.xlsx").read_bytes() == b"mine"


def test_an_environment_made_anew_says_that_it_is_not_finished(environment: Path) -> None:
    _stamp(environment)
    (environment / "half").touch()
    run.make_environment(environment)
    assert run.usable(environment)
    assert run.stamped(environment) == []
    assert not (environment / "half").exists()


def test_a_second_start_adds_little(environment: Path) -> None:
    _stamp(environment, run.stamp_line(run.LOCK), run.stamp_line(run.DEV_LOCK))
    began = time.perf_counter()
    python = run.set_up(dev=True, screen=False)
    assert time.perf_counter() - began < 0.3
    assert python == run.python_of(environment)


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        ([], ["-m", "pytest", *run.SHARED_OUT, "-m", "not slow"]),
        (["--slow"], ["-m", "pytest"]),
        (["tests/domain", "--slow", "-q"], ["-m", "pytest", "tests/domain", "-q"]),
    ],
)
def test_long_trials_are_asked_for(given: list[str], passed: list[str]) -> None:
    assert run.pytest_arguments(given) == passed


# ── locks, README, .ci/run ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    assert not re.search(
        r"://|index-url|find-links|^\s*-[eif]\b|@", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_exact_and_hashed(lock: str) -> None:
    blocks = re.split(r"\n(?=[\w-])", (ROOT / lock).read_text(encoding="utf-8"))
    assert len(blocks) == len(_pins(lock)) > 10
    for block in blocks:
        assert re.match(r"[\w.-]+==[\w.]+ ", block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", block), block


def test_the_developers_lock_holds_all_of_the_programs() -> None:
    programs, developers = map(_pins, LOCKS)
    assert programs.items() <= developers.items()


def test_the_locks_answer_what_the_project_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for lock, wanted in zip(
        LOCKS, (asked["project"]["dependencies"], asked["dependency-groups"]["dev"]), strict=True
    ):
        pins = list(_pins(lock).values())
        for requirement in map(Requirement, wanted):
            named = [
                pin for pin in pins if canonicalize_name(pin.name) == canonicalize_name(requirement.name)
            ]
            versions = [next(iter(pin.specifier)).version for pin in named]
            assert any(map(requirement.specifier.contains, versions)), requirement


def test_uv_is_known_by_hash_and_one_host_by_name() -> None:
    source = (ROOT / "run.py").read_text(encoding="utf-8")
    assert re.findall(r"https?://[^\"'\s]+", source) == [run.PYPI]
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for _, digest in run.UV_WHEELS.values())
    assert set(run.UV_WHEELS) == set(run.OLDEST_GLIBC)


def test_the_readme_gives_the_two_commands_and_ci_runs_the_second() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    given = set(re.findall(r"^ {4}(python3 run\.py.*?)(?: {2,}.*)?$", readme, re.MULTILINE))
    assert {"python3 run.py", "python3 run.py test"} <= given
    assert {"py run.py", "py run.py test"} <= set(re.findall(r"`(py run\.py[^`]*)`", readme))
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == "python3 run.py test"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_what_a_page_points_to_is_there(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)[^)]*\)", (ROOT / page).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_changelog_tells_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert re.search(
        rf"^## \[{re.escape(version)}\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
