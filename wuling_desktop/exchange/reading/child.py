"""A stranger's file is opened in a child process with caps, which answers plain JSON and may die alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

from wuling_desktop import progress
from wuling_desktop.domain.problems import Problem
from wuling_desktop.exchange.reading import limits
from wuling_desktop.exchange.reading.file_kind import damaged, file_kind

FROZEN_VERB = "--read-workbook"  # a frozen program starts itself with this and the path, and calls `main`
_START = (
    "import importlib, sys; sys.path.insert(0, sys.argv.pop(1));"
    "importlib.import_module(sys.argv.pop(1)).main(*sys.argv[1:])"
)
_CHUNK = 2**16
_LINE = 64  # bytes of what the child prints beside its answer
_GLANCE = 0.05  # seconds between two looks at the child


def command(path: Path) -> list[str]:
    """Return the command that reads `path`."""
    return started(__name__, FROZEN_VERB, str(path))


def started(module: str, verb: str, *arguments: str) -> list[str]:
    """Return the command that calls `main` of a module: isolated from the environment and the current folder."""
    if getattr(sys, "frozen", False):
        return [sys.executable, verb, *arguments]
    return [sys.executable, "-I", "-c", _START, str(Path(__file__).resolve().parents[3]), module, *arguments]


def read_in_child(path: Path) -> dict[str, Any]:
    """Return what the child read; its problems and its death are problems of ours."""
    process = subprocess.Popen(  # noqa: S603 - our own program and a path, no shell
        command(path.resolve()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    answer, counts = bytearray(), [0]
    readers = [
        threading.Thread(target=_collect, args=(process, answer), daemon=True),
        threading.Thread(target=_count, args=(process, counts), daemon=True),
    ]
    for reader in readers:
        reader.start()
    try:
        _wait(process, counts)
    finally:
        _kill(process)
        for reader in readers:
            reader.join()
    if len(answer) > limits.ANSWER_BYTES:
        raise limits.too_large("里面的内容太多")
    return _understood(bytes(answer), process.returncode)


def _collect(process: subprocess.Popen[bytes], answer: bytearray) -> None:
    """Gather the child's answer up to the cap; beyond it the child is stopped."""
    assert process.stdout is not None  # noqa: S101 - it was asked for as a pipe
    with process.stdout as stream:
        while chunk := stream.read(_CHUNK):
            answer += chunk
            if len(answer) > limits.ANSWER_BYTES:
                _kill(process)
                return


def _count(process: subprocess.Popen[bytes], counts: list[int]) -> None:
    """Follow the rows that the child says it has read; whatever else it prints is passed over."""
    assert process.stderr is not None  # noqa: S101 - it was asked for as a pipe
    with process.stderr as stream:
        while line := stream.readline(_LINE):
            if line.strip().isdigit():
                counts[0] = int(line)


def _wait(process: subprocess.Popen[bytes], counts: list[int]) -> None:
    """Wait for the child's end; Problem where it takes too long, Stopped where nobody waits any more."""
    last = time.monotonic() + limits.WALL_SECONDS
    while True:
        try:
            process.wait(_GLANCE)
        except subprocess.TimeoutExpired:
            if time.monotonic() > last:
                raise limits.too_large("读了好几秒还没有读完，文件太大或里面的结构很怪") from None
            progress.tell("已读", counts[0], None, "行")
        else:
            return


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it may have started."""
    if os.name == "posix":
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    else:
        process.kill()
    process.wait()


def _understood(answer: bytes, status: int) -> dict[str, Any]:
    if -status == getattr(signal, "SIGXCPU", None):
        raise limits.too_large("读了好几秒还没有读完，文件太大或里面的结构很怪")
    try:
        plain = json.loads(answer)
    except ValueError as error:
        raise damaged("读到一半读不下去了") from error
    if "problem" in plain:
        raise Problem(*plain["problem"])
    return plain  # type: ignore[no-any-return]  # our own child's object


def main(path: str) -> None:
    """Be the child: read one file and answer on standard output."""
    cap()
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not spoil the answer
    try:
        with progress.heard_by(_Aloud()):
            plain = _read(Path(path))
    except Problem as problem:
        plain = _told(problem)
    except MemoryError:
        plain = _told(limits.too_large("读它要占的内存太多"))
    _answer(out, plain)


class _Aloud(progress.Progress):
    """Says on the error channel how many rows have been read."""

    def hear(self, told: progress.Told) -> None:
        sys.stderr.write(f"{told.done}\n")
        sys.stderr.flush()


def _told(problem: Problem) -> dict[str, Any]:
    return {"problem": [problem.what, problem.why, problem.todo]}


def _answer(out: IO[bytes], plain: dict[str, Any]) -> None:
    out.write(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))
    out.flush()


def cap() -> None:
    """Take a share of memory and time, and no more."""
    if sys.platform == "win32":
        from wuling_desktop.exchange.reading import windows_caps  # noqa: PLC0415 - on Windows only

        windows_caps.cap(limits.MEMORY_BYTES)
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(path: Path) -> dict[str, Any]:
    """Read the file with the reader of its kind, the only one that is loaded."""
    kind = file_kind(path)
    if kind == "package":
        return _read_package(path)
    if kind == "xls":
        from wuling_desktop.exchange.reading.read_xls import read  # noqa: PLC0415 - only the reader that is needed
    elif kind == "xml":
        from wuling_desktop.exchange.reading.read_xml import read  # noqa: PLC0415 - the same
    elif kind == "html":
        from wuling_desktop.exchange.reading.read_html import read  # noqa: PLC0415 - the same
    else:
        from wuling_desktop.exchange.reading.read_csv import read  # noqa: PLC0415 - the same
    return read(path)


def _read_package(path: Path) -> dict[str, Any]:
    from wuling_desktop.exchange.package import Package  # noqa: PLC0415 - the same

    package = Package(path, opendocument=True)
    if package.opendocument:
        from wuling_desktop.exchange.reading.read_ods import read  # noqa: PLC0415 - the same
    else:
        from wuling_desktop.exchange.reading.read_xlsx import read  # noqa: PLC0415 - the same
    return read(path, package)
