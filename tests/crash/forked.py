"""A child forked from a process that has everything loaded; what it says is there to read even after it was killed."""

from __future__ import annotations

import json
import os
import signal
import time
import traceback
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_write = os.write  # the real one, whatever a trial puts in its place


class Speech:
    """The child's side: says a word at once, whole, and waits to be told to go."""

    def __init__(self, words: int, go: int) -> None:
        self._words, self._go = words, go

    def __call__(self, word: str, **facts: Any) -> None:
        line = json.dumps({"word": word, "at": time.perf_counter(), **facts}) + "\n"
        _write(self._words, line.encode())

    def wait(self) -> None:
        """Wait for `Forked.go`."""
        os.read(self._go, 1)


class Forked:
    """The parent's side of a child that does one task and ends without tidying up, as if it had been killed."""

    def __init__(self, task: Callable[[Speech], None]) -> None:
        words, words_in = os.pipe()
        go_out, self._go = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(words)
            os.close(self._go)
            self._be_the_child(task, Speech(words_in, go_out))
        os.close(words_in)
        os.close(go_out)
        self._words = os.fdopen(words, encoding="utf-8")

    def hears(self, word: str) -> list[dict[str, Any]]:
        """Wait for the child to say so; return what it said until then."""
        words: list[dict[str, Any]] = []
        for line in self._words:
            words.append(json.loads(line))
            if words[-1]["word"] == word:
                return words
        raise RuntimeError(words[-1].get("traceback", words[-1]) if words else "the child said nothing")

    def go(self) -> None:
        """Let it go on."""
        os.write(self._go, b"!")

    def kill(self) -> None:
        """Kill it as nothing can be prepared for."""
        os.kill(self.pid, signal.SIGKILL)

    def end(self) -> list[dict[str, Any]]:
        """Wait for its end; return what it said since it was last heard."""
        _, status = os.waitpid(self.pid, 0)
        with self._words:
            words = [json.loads(line) for line in self._words if line.endswith("\n")]
        os.close(self._go)
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, -signal.SIGKILL):
            raise RuntimeError(f"{code}: {words[-1]['traceback'] if words else ''}")
        return words

    @staticmethod
    def _be_the_child(task: Callable[[Speech], None], speech: Speech) -> None:
        code = 1
        try:
            task(speech)
            code = 0
        except BaseException:  # noqa: BLE001 - the parent tells of it
            speech("failed", traceback=traceback.format_exc())
        finally:
            os._exit(code)  # whatever happens: the rest of the program is the parent's
